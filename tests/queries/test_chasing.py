"""Who is reminded of what: never a unit whose extension runs; and what units get wrong most often."""

import datetime as dt

import pytest
from duckdb import DuckDBPyConnection

from etl.warehouse import script
from queries import chasing, reporting
from queries.scope import made_out

from .conftest import TODAY, Put, follow

DRAWN = """
    unit | period  | received_at         | status   | errors | version
    01   | 2026-11 | 2026-11-22 08:00:00 | accepted |        | 1
    02   | 2026-11 | 2026-11-17 08:00:00 | returned | 9      | 1
    02   | 2026-11 | 2026-11-18 08:00:00 | returned | 7      | 2
    03   | 2026-11 | 2026-11-18 08:00:00 | accepted |        | 1
"""


def cases(con: DuckDBPyConnection, today: dt.date = TODAY) -> list[tuple[str, str, int]]:
    frame = chasing.cases(con, made_out(con, "2026-11"), today)
    return [(row["unit"], row["state"], int(row["days"])) for row in frame.to_dict("records")]


def extend(con: DuckDBPyConnection, put: Put, unit: str, until: str) -> None:
    put("extension", f"unit_code | until\n{unit} | {until} 23:59:59", period="2026-11", form_id="F", reason="Bão")
    con.execute(script("owed.sql"))
    follow(con)


def test_the_returned_the_missing_and_the_late_are_reminded(con: DuckDBPyConnection, report: Put) -> None:
    report(DRAWN)
    assert cases(con) == [
        ("Phường An Biên", "returned", 3),
        ("Xã Bình Minh", "missing", 1),
        ("Phường Đồ Sơn", "late", 2),
    ]
    frame = chasing.cases(con, made_out(con, "2026-11"), TODAY)
    assert frame["errors"].iloc[0] == 7
    assert frame["received_at"].iloc[0] == dt.datetime(2026, 11, 18, 8)


def test_nobody_is_missing_before_the_deadline_but_a_returned_file_waits(con: DuckDBPyConnection, report: Put) -> None:
    report(DRAWN)
    assert cases(con, dt.date(2026, 11, 20)) == [("Phường An Biên", "returned", 2), ("Phường Đồ Sơn", "late", 2)]


def test_a_running_extension_is_left_alone_until_it_is_about_to_end(
    con: DuckDBPyConnection, put: Put, report: Put
) -> None:
    report(DRAWN)
    extend(con, put, "04", "2026-11-30")
    extend(con, put, "02", "2026-11-23")
    extend(con, put, "01", "2026-11-23")
    assert cases(con) == [("Phường An Biên", "ending", 2)]
    assert cases(con, dt.date(2026, 11, 28)) == [("Phường An Biên", "returned", 10), ("Xã Bình Minh", "ending", 2)]
    assert cases(con, dt.date(2026, 12, 1)) == [("Phường An Biên", "returned", 13), ("Xã Bình Minh", "missing", 1)]
    con.execute("insert into setting values ('extension_reminder_days', '5', '', 'P')")
    assert ("Xã Bình Minh", "ending", 4) in cases(con, dt.date(2026, 11, 26))


def test_a_corrected_report_is_reminded_of_nothing(con: DuckDBPyConnection, report: Put) -> None:
    report(DRAWN + "    02 | 2026-11 | 2026-11-24 08:00:00 | accepted | | 3\n")
    assert "Phường An Biên" not in [unit for unit, _, _ in cases(con)]


def test_only_the_chosen_units_are_reminded(con: DuckDBPyConnection, report: Put) -> None:
    report(DRAWN)
    frame = chasing.cases(con, made_out(con, "2026-11", kind="xa"), TODAY)
    assert list(frame["unit"]) == ["Xã Bình Minh"]


FOUND = """
    submission_id | rule_id | severity | sheet | cell | message
    2             | V28     | error    | 5_DVC | C4   | Cộng lại không bằng (228).
    3             | V46     | error    | 5_DVC | P4   | Ô bắt buộc đang trống.
    3             | V46     | error    | 5_DVC | Q4   | Ô bắt buộc đang trống.
    3             | V46     | error    | 5_DVC | R4   | Ô bắt buộc đang trống.
    3             | V46     | error    | 5_DVC | S4   | Ô bắt buộc đang trống.
    3             | V28     | error    | 5_DVC | C4   | Cộng lại không bằng (230).
    3             | V24.5   | note     | 5_DVC | A4   | Ngày gõ dạng chữ.
"""


def test_the_widest_fault_of_the_last_file_stands_first(con: DuckDBPyConnection, put: Put, report: Put) -> None:
    report(DRAWN)
    put("finding", FOUND, column_label="Tổng")
    frame = chasing.faults(con, made_out(con, "2026-11"))
    columns = ("unit_code", "rule_id", "cells", "found", "message")
    assert [tuple(row[name] for name in columns) for row in frame.to_dict("records")] == [
        ("02", "V46", "P4, Q4, R4", 4, "Ô bắt buộc đang trống."),
        ("02", "V28", "C4", 1, "Cộng lại không bằng (230)."),
    ]


def test_a_fault_counts_once_a_report_and_is_said_without_the_numbers_of_one_case(
    con: DuckDBPyConnection, put: Put, report: Put
) -> None:
    report(DRAWN)
    report("unit | period | received_at | status | errors\n02 | 2026-10 | 2026-10-18 08:00:00 | accepted |")
    put("finding", FOUND)
    put("rule", "rule_id | message\nV28 | Trực tuyến ({recv_online}) và trực tiếp ({recv_direct}) không bằng {total}.")
    frame = chasing.frequent(con, made_out(con, "2026-11"))
    assert [(row["rule_id"], row["fault"], row["reports"], row["received"]) for row in frame.to_dict("records")] == [
        ("V28", "Trực tuyến và trực tiếp không bằng ….", 1, 2),
        ("V46", "Ô bắt buộc đang trống.", 1, 2),
    ]


@pytest.mark.parametrize("unit", ["01", "02", "03", "04"])
def test_three_faults_of_a_unit_at_most(con: DuckDBPyConnection, put: Put, report: Put, unit: str) -> None:
    report(f"unit | period | received_at | status\n{unit} | 2026-11 | 2026-11-18 08:00:00 | returned")
    for number in range(5):
        put("finding", f"submission_id | rule_id\n1 | V{number}", severity="error", message="Sai.")
    assert list(chasing.frequent(con, made_out(con, "2026-11"))["rule_id"]) == ["V0", "V1", "V2"]


def test_a_report_that_needed_more_than_one_file_was_corrected(con: DuckDBPyConnection, report: Put) -> None:
    report(DRAWN)
    last = reporting.by_month(con, made_out(con, "2026-11"), TODAY).iloc[-1]
    assert (last["corrected"], last["received"]) == (1, 3)
