"""What the audit answers."""

import datetime as dt
from collections.abc import Iterator

import duckdb
import pytest

from etl import front, settle
from etl.warehouse import open_to_read
from queries import audit
from queries.audit import Wanted
from tests.etl.acting import FORM, PERIOD, UNITS
from tests.etl.test_backup import send
from tests.workbooks import report

EVER = Wanted(dt.date(2000, 1, 1), dt.date(2100, 1, 1))


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    data = tmp_path_factory.mktemp("audit")
    first = report(UNITS[0], PERIOD)
    for name, content in (("a.xlsx", first), ("b.xlsx", report(UNITS[1], PERIOD)), ("a.xlsx", first)):
        send(data, name, content)
    front.void_submission((UNITS[1], PERIOD, FORM), 1, "Gửi nhầm tệp", "An", data)
    settle.extend_deadline([UNITS[1]], PERIOD, dt.date(2026, 11, 27), "Mất điện", "Bình", data=data)
    with open_to_read(data) as con:
        yield con


def kinds(con: duckdb.DuckDBPyConnection, **wanted: str) -> list[str]:
    return list(audit.events(con, Wanted(EVER.since, EVER.until, **wanted))["action"])


def test_everything_is_told_the_latest_first(con: duckdb.DuckDBPyConnection) -> None:
    frame = audit.events(con, EVER)
    assert list(frame["action"]) == [
        "extend", "void", "duplicate", "received", "accepted", "received", "accepted", "received", "catalogue",
    ]  # fmt: skip
    assert set(frame["found"]) == {9}
    void = frame.iloc[1]
    assert (void["actor"], void["reason"], void["unit_code"], void["period"]) == (
        "An",
        "Gửi nhầm tệp",
        UNITS[1],
        PERIOD,
    )
    assert '"state": "accepted"' in void["before"] and '"state": "missing"' in void["after"]


def test_by_person_kind_unit_and_day(con: duckdb.DuckDBPyConnection) -> None:
    assert kinds(con, actor="Bình") == ["extend"]
    assert kinds(con, action="accepted") == ["accepted", "accepted"]
    assert kinds(con, unit_code=UNITS[1]) == ["extend", "void", "accepted"]
    assert audit.events(con, Wanted(EVER.since, dt.date(2001, 1, 1))).empty
    day = audit.events(con, EVER)["at"].iloc[0].date()
    assert len(audit.events(con, Wanted(day, day))) == 9


def test_of_one_unit_and_who_and_what_there_is(con: duckdb.DuckDBPyConnection) -> None:
    assert list(audit.of_unit(con, UNITS[1])["action"]) == ["extend", "void", "accepted"]
    assert audit.of_unit(con, UNITS[1], "2026-10").empty
    assert set(audit.actors(con)) == {"An", "Bình", "Lan", "catalogue"}
