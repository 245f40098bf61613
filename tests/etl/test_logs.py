"""The log: lines of JSON, rotated, and never in the way of the work."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl import logs


@pytest.fixture
def handlers() -> Iterator[list[logging.Handler]]:
    """Those of the root logger; what a test adds is taken away."""
    root = logging.getLogger()
    before = list(root.handlers)
    yield root.handlers
    for each in set(root.handlers) - set(before):
        root.removeHandler(each)
        each.close()


def test_a_fault_is_kept_with_its_code_and_its_trace(tmp_path: Path, handlers: list[logging.Handler]) -> None:
    path = logs.keep_log("server-1", tmp_path)
    try:
        raise ValueError("Ô trống ở sheet 5_DVC")
    except ValueError:
        logging.getLogger("ui.frame").exception("page failed", extra={"code": "A1B2C3", "page": "don-vi", "who": "an"})
    assert path and path.parent == tmp_path / "log"
    (line,) = [json.loads(one) for one in path.read_text(encoding="utf-8").splitlines()]
    assert (line["code"], line["page"], line["who"], line["level"]) == ("A1B2C3", "don-vi", "an", "ERROR")
    assert "ValueError: Ô trống ở sheet 5_DVC" in line["exc_info"]


def test_it_stays_within_its_bounds(
    tmp_path: Path, handlers: list[logging.Handler], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "LARGEST", 2000)
    monkeypatch.setenv("NQ57_LOG", str(tmp_path / "elsewhere"))
    path = logs.keep_log("server-2", tmp_path)
    for number in range(400):
        logging.getLogger("etl").info("report %s", number)
    assert path and path.parent == tmp_path / "elsewhere"
    kept = list(path.parent.iterdir())
    assert len(kept) == logs.KEPT + 1 and all(one.stat().st_size <= 2000 for one in kept)
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[-1])["message"] == "report 399"


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path, handlers: list[logging.Handler]) -> None:
    (tmp_path / "log").write_text("a file, not a folder")
    assert logs.keep_log("server-3", tmp_path) is None
