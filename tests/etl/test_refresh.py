"""What is derived says the same, worked out at once or year after year."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl import intake, refresh
from etl.inspection import Incoming
from etl.migrate import everything_in, sums
from tests.folders import writing
from tests.workbooks import prepared, report

RECEIVED = dt.datetime(2026, 11, 19, 9)


def test_much_is_worked_out_year_after_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [Incoming(f"{month}.xlsx", report("10966", month), RECEIVED) for month in ("2025-11", "2026-11")]
    assert [one.outcome for one in intake.submit(prepared(), files, tmp_path, "someone")] == ["accepted"] * 2
    with writing(tmp_path) as con:
        tables = everything_in(con)
        before = sums(con, tables)
        assert con.execute(
            "select period from current_measure where measure = 'recv_online_year_before'"
        ).fetchall() == [("2026-11",)]
        con.execute("delete from current_measure")
        con.execute("delete from current_indicator")
        monkeypatch.setattr(refresh, "AT_ONCE", 0)
        refresh.refresh_all(con, RECEIVED.date())
        assert sums(con, tables) == before
