"""Who has reported: owed reports come from duties and the calendar, never from the data."""

import datetime as dt

from duckdb import DuckDBPyConnection

from etl.warehouse import script
from queries import reporting
from queries.scope import made_out

from .conftest import TODAY, Put

DRAWN = """
    unit | period  | received_at         | status   | nothing | errors | version
    01   | 2026-11 | 2026-11-20 23:59:59 | accepted |         |        | 1
    02   | 2026-11 | 2026-11-21 00:00:00 | accepted |         |        | 1
    03   | 2026-11 | 2026-11-18 08:00:00 | returned |         | 7      | 1
    01   | 2026-10 | 2026-10-19 08:00:00 | accepted | *       |        | 1
    03   | 2026-10 | 2026-10-19 08:00:00 | accepted |         |        | 1
"""


def states(con: DuckDBPyConnection, period: str, today: dt.date = TODAY) -> dict[str, str]:
    frame = reporting.grid(con, made_out(con, period), today)
    shown = {row["unit"]: dict(cell.split(" ") for cell in row["cells"].split(",")) for _, row in frame.iterrows()}
    return {unit: months[period] for unit, months in shown.items()}


def test_every_owed_report_has_a_state(con: DuckDBPyConnection, report: Put) -> None:
    report(DRAWN)
    assert states(con, "2026-11") == {
        "Xã Ái Quốc": "returned", "Phường An Biên": "late", "Xã Bình Minh": "missing", "Phường Đồ Sơn": "on_time",
    }  # fmt: skip
    assert states(con, "2026-10")["Phường Đồ Sơn"] == "nothing"


def test_a_report_is_not_missing_before_its_day_has_passed(con: DuckDBPyConnection, report: Put) -> None:
    report(DRAWN)
    assert states(con, "2026-11", dt.date(2026, 11, 20))["Xã Bình Minh"] == "not_due"
    assert states(con, "2026-11", dt.date(2026, 11, 21))["Xã Bình Minh"] == "missing"


def test_an_extension_moves_the_day(con: DuckDBPyConnection, put: Put, report: Put) -> None:
    report(DRAWN)
    put("extension", "unit_code | period | form_id | until\n04 | 2026-11 | F | 2026-11-25 23:59:59")
    con.execute(script("owed.sql"))
    assert states(con, "2026-11")["Xã Bình Minh"] == "not_due"


def test_a_corrected_report_stays_on_time(con: DuckDBPyConnection, report: Put) -> None:
    report(
        """
        unit | period  | received_at         | status   | version
        01   | 2026-11 | 2026-11-19 08:00:00 | returned | 1
        01   | 2026-11 | 2026-11-25 08:00:00 | accepted | 2
        """
    )
    assert states(con, "2026-11")["Phường Đồ Sơn"] == "on_time"


def test_units_stand_in_vietnamese_order(con: DuckDBPyConnection) -> None:
    frame = reporting.grid(con, made_out(con, "2026-11"), TODAY)
    assert list(frame["unit"]) == ["Xã Ái Quốc", "Phường An Biên", "Xã Bình Minh", "Phường Đồ Sơn"]


def test_a_month_is_counted_by_state(con: DuckDBPyConnection, report: Put) -> None:
    report(DRAWN)
    last = reporting.by_month(con, made_out(con, "2026-11"), TODAY).iloc[-1]
    assert {name: last[name] for name in ("owed", "received", "on_time", "late", "returned", "missing", "not_due", "change")} == {
        "owed": 4, "received": 3, "on_time": 1, "late": 1, "returned": 1, "missing": 1, "not_due": 0, "change": 3 - 2,
    }  # fmt: skip


def test_a_unit_that_ended_owes_nothing_more(con: DuckDBPyConnection, report: Put) -> None:
    report(DRAWN)
    con.execute("update unit set valid_to = '2026-06-30' where unit_code = '04'")
    con.execute("update duty set valid_to = '2026-08-31' where unit_code = '02'")
    con.execute(script("owed.sql"))
    owing = {month: reporting.units(con, made_out(con, month)) for month in ("2026-06", "2026-08", "2026-11")}
    assert owing == {"2026-06": 4, "2026-08": 3, "2026-11": 2}


def test_the_missing_are_listed_returned_ones_first(con: DuckDBPyConnection, report: Put) -> None:
    report(DRAWN)
    frame = reporting.missing(con, made_out(con, "2026-11"), TODAY)
    columns = ("unit", "state", "days_over", "submissions", "months_running")
    assert [tuple(row[name] for name in columns) for _, row in frame.iterrows()] == [
        ("Xã Ái Quốc", "returned", 1, 1, 1),
        ("Xã Bình Minh", "missing", 1, 0, 12),
    ]
    assert frame["errors"].iloc[0] == 7


def test_only_the_chosen_units_owe(con: DuckDBPyConnection, report: Put) -> None:
    report(DRAWN)
    scope = made_out(con, "2026-11", kind="phuong")
    assert reporting.units(con, scope) == 2
    assert reporting.missing(con, scope, TODAY).empty


def test_over_a_quarter_the_reports_of_its_months_are_counted(con: DuckDBPyConnection, report: Put) -> None:
    report(DRAWN)
    scope = made_out(con, "2026-Q4")
    counts = reporting.in_all(reporting.by_month(con, scope, TODAY), scope)
    assert (counts["owed"], counts["received"]) == (3 * 4, 3 + 2)
    assert (counts["missing"], counts["not_due"], counts["returned"]) == (1 + 2, 4, 1)
