"""A page that is open while something newer is published says so."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.cli import app
from tests.apps import dashboard
from tests.workbooks import report


def load(data: Path, name: str, content: bytes) -> None:
    (data.parent / name).write_bytes(content)
    asked = ["load", str(data.parent / name), "--received", "2026-11-20", "--data", str(data)]
    assert CliRunner().invoke(app, asked).exit_code == 0


def test_newer_numbers_are_offered_and_seen(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NQ57_DATA", str(data))
    load(data, "mot.xlsx", report("10966"))
    page = dashboard().run()
    assert not [button for button in page.button if button.key == "newer"]
    assert page.metric[0].value == "1/115"
    load(data, "hai.xlsx", report("11359"))
    assert page.run().metric[0].value == "2/115"
