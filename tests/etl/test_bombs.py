"""A bomb is refused from its directory, or as soon as it gives more than it says: never inflated."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile
from pathlib import Path

import pytest

from etl import intake
from etl.sources import from_files
from tests.bombs import GIGABYTES_4, bomb
from tests.etl.pace import plain
from tests.workbooks import prepared

NOW = dt.datetime(2026, 11, 20)
SHEET = "xl/workbook.xml"
SENT = [("a.xlsx", bomb(SHEET, GIGABYTES_4 - 1)), ("a.xlsx", bomb(SHEET, 90_000)), ("a.zip", bomb("a.xlsx", 90_000)),
        ("a.zip", bomb("a.xlsx", GIGABYTES_4 - 1))]  # fmt: skip


@pytest.mark.parametrize("sent", SENT, ids=["honest", "lying", "zip that lies", "honest zip"])
def test_four_gigabytes_are_refused_at_once(sent: tuple[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(sent[1])) as archive:
        assert len(archive.namelist()) == 1, "it is a zip"
    started = time.process_time()
    receipts = intake.check(prepared(), list(from_files([sent], NOW)), Path("/nonexistent"))
    assert [one.outcome for one in receipts] == ["unreadable"]
    assert all(found.fix and found.rule_id.startswith("V01") for found in receipts[0].findings)
    assert time.process_time() - started < 300 * plain()
