"""Extensions, questions, explanations and closings as pages ask for them, in a warehouse made by real decisions."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl import front, intake, settle, settled
from etl.inspection import Incoming
from etl.warehouse import open_to_read
from queries import settled as queries
from queries.scope import Scope, made_out
from tests.workbooks import prepared, report

PERIOD, FORM = "2026-11", "NQ57-HP-1"
XA, PHUONG = "10966", "11359"
CROWD = {"3_DOI_TUONG A01 attendances": 300}
SERVED = {
    "5_DVC TONG recv_online": 60, "5_DVC TONG recv_direct": 40, "5_DVC TONG recv_total": 100,
    "5_DVC TONG done_ontime": 100, "5_DVC TONG done_total": 100,
}  # fmt: skip
BETTER = {**SERVED, "5_DVC TONG recv_online": 80, "5_DVC TONG recv_direct": 20}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month closed with 60 of 100 dossiers online, then corrected to 80; another unit's late report came after."""
    folder = tmp_path_factory.mktemp("data")

    def send(unit: str, changes: dict[str, object], day: int, reason: str = "") -> None:
        content, at = report(unit, PERIOD, changes), dt.datetime(2026, 11, day)
        intake.submit(prepared(), [Incoming(f"{unit}.xlsx", content, at, reason=reason)], folder, "An")

    send(XA, {**SERVED, **CROWD}, 18)
    settle.explain_findings(
        [each.place for each in settled.open_findings(folder, PERIOD, XA)], "Hội nghị thành phố", "An", folder
    )
    settle.close_period(PERIOD, "Tháng 11", "Trình UBND thành phố", "Bình", folder)
    send(XA, {**BETTER, **CROWD}, 24, "Tính sót hồ sơ")
    send(PHUONG, CROWD, 25, "Nộp muộn")
    settle.extend_deadline([PHUONG], PERIOD, dt.date(2026, 11, 30), "Bão số 12", "An", data=folder)
    front.void_submission((XA, PERIOD, FORM), 1, "Gửi nhầm tệp", "An", folder)
    return folder


@pytest.fixture
def con(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_to_read(data) as connection:
        yield connection


@pytest.fixture
def scope(con: duckdb.DuckDBPyConnection) -> Scope:
    return made_out(con, PERIOD)


def test_extensions_are_listed_with_what_became_of_them(con: duckdb.DuckDBPyConnection, scope: Scope) -> None:
    (row,) = queries.extensions(con, scope).to_dict("records")
    assert (row["unit_code"], row["state"], row["on_time"], row["reason"]) == (PHUONG, "accepted", True, "Bão số 12")


def test_what_is_asked_and_what_was_answered(con: duckdb.DuckDBPyConnection, scope: Scope) -> None:
    (asked,) = queries.questions(con, scope).to_dict("records")
    assert (asked["unit_code"], asked["rule_id"], asked["sheet"]) == (PHUONG, "V19", "3_DOI_TUONG")
    assert queries.questions(con, scope, XA).empty
    (given,) = queries.explanations(con, scope).to_dict("records")
    assert (given["unit_code"], given["reason"], given["actor"]) == (XA, "Hội nghị thành phố", "An")
    assert queries.explanations(con, scope, PHUONG).empty


def test_a_closing_says_what_it_froze_and_what_happened_since(con: duckdb.DuckDBPyConnection, scope: Scope) -> None:
    (row,) = queries.closings(con, PERIOD).to_dict("records")
    assert (row["name"], row["actor"], row["accepted"], row["owed"], row["adjustments"]) == (
        "Tháng 11",
        "Bình",
        1,
        115,
        4,
    )
    assert queries.closings(con, "2026-10").empty
    done = queries.adjustments(con, row["closing"], scope)
    assert sorted(zip(done["action"], done["unit_code"], strict=True)) == [
        ("accepted", XA), ("accepted", PHUONG), ("extend", PHUONG), ("void", XA),
    ]  # fmt: skip


def test_figures_that_moved_are_told_old_and_new_with_the_reason(con: duckdb.DuckDBPyConnection, scope: Scope) -> None:
    closing = queries.closings(con, PERIOD)["closing"].iloc[0]
    rows = {
        (row["unit_code"], row["indicator"]): row
        for row in queries.moved_of_units(con, closing, scope).to_dict("records")
    }
    online = rows[XA, "DV01"]
    assert (online["closed"], online["value"], online["reason"]) == (60, 80, "Gửi nhầm tệp")
    assert rows[PHUONG, "BC01"]["closed"] == 0
    assert rows[PHUONG, "BC01"]["value"] == 100
    city = queries.moved(con, closing, scope).set_index("indicator")
    assert (city.loc["DV01", "closed"], city.loc["DV01", "value"], city.loc["DV01", "units"]) == (60, 80, 2)
    assert city.loc["BC01", "closed"] == pytest.approx(100 / 115)
    assert city.loc["BC01", "value"] == pytest.approx(200 / 115)
    only = made_out(con, PERIOD, kind="phuong")
    assert XA not in set(queries.moved_of_units(con, closing, only)["unit_code"])


def test_the_closed_state_answers_every_question_as_it_was(data: Path, scope: Scope) -> None:
    with settled.open_closing(data, "Tháng 11") as closed:
        assert queries.extensions(closed, scope).empty
        assert queries.closings(closed, PERIOD).empty
        value = closed.execute("select value from indicator_value where indicator = 'DV01' and unit_code = ?", [XA])
        assert value.fetchall() == [(60.0,)]
