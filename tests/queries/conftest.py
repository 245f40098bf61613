"""A small warehouse in memory, its rows drawn in the tests as text tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

import duckdb
import pytest

from etl.calendar import periods
from etl.warehouse import script

Put = Callable[..., None]
TODAY = dt.date(2026, 11, 21)

UNITS = """
    unit_code | name      | kind    | old_district
    01        | Đồ Sơn    | phuong  | Đồ Sơn
    02        | An Biên   | phuong  | Lê Chân
    03        | Ái Quốc   | xa      | Nam Sách
    04        | Bình Minh | xa      | Nam Sách
"""
CHANNELS = """
    channel_code | parent_code | name        | count_unit | obligation
    K01          |             | Báo chí     | tin, bài   | core
    K0101        | K01         | Tin, bài    | tin, bài   | core
    K0102        | K01         | Chuyên mục  | số         | core
    K07          |             | Màn hình    | điểm       | conditional
    K0701        | K07         | Màn hình LED | điểm      | conditional
    K99          |             | Khác        |            | extra
"""
INDICATORS = """
    indicator | name          | numerator      | denominator    | scale | unit | kind  | denominator_kind | direction | min_denominator | target_id | scheme
    CC01      | Độ phủ kênh   | channels_active | channels_planned | 100 | %   | flow  | flow             | up        |                 | T1        | S1
    TC01      | Hoàn thành    | tasks_done     | tasks_total    | 100   | %    | stock | stock            | up        |                 |           | S4
    TC02      | Đúng hạn      | tasks_on_time  | tasks_due      | 100   | %    | stock | stock            | up        |                 | T2        | S1
    TC03      | Quá hạn       | tasks_overdue  | tasks_due      | 100   | %    | stock | stock            | down      |                 | T3        | S3
    DV01      | Trực tuyến    | recv_online    | recv_total     | 100   | %    | flow  | flow             | up        | 10              | T4        | S7
    CC05      | Lượt tiếp cận | reach          |                | 1     | lượt | flow  |                  | up        |                 |           | S4
    CC04      | Trên 1.000 dân | products      | population     | 1000  | sp   | flow  | stock            | up        |                 |           | S4
"""
TARGETS = """
    target_id | indicator | operator | value | due  | usage  | valid_from | valid_to   | source_class
    T1        | CC01      | >=       | 80    | 2026 | colour | 2025-07-01 |            | P
    T2        | TC02      | >=       | 90    | 2026 | colour | 2026-11-01 | 2026-12-31 | P
    T3        | TC03      | <=       | 5     | 2026 | colour | 2025-07-01 |            | P
    T4        | DV01      | >        | 80    | 2030 | line   |            |            | A
"""
SCHEMES = """
    scheme | level | label        | low | high | relative | source_class
    S1     | good  | Đạt mục tiêu | 1   |      | target   | P
    S1     | watch | Gần đạt      | 0.8 | 1    | target   | P
    S1     | bad   | Chưa đạt     |     | 0.8  | target   | P
    S3     | good  | Đạt          |     | 2    |          | P
    S3     | watch | Cần chú ý    | 2   | 5    |          | P
    S3     | bad   | Chưa đạt     | 5   |      |          | P
    S4     | grey  | Không xếp loại |   |      |          | P
    S6     | watch | Không đổi    | 0   | 0    |          | P
    S6     | good  | Tăng         | 0   |      |          | P
    S6     | bad   | Giảm         |     | 0    |          | P
    S7     | good  | Đạt mốc năm  | 1   |      | target   | P
    S7     | bad   | Chưa đạt mốc năm |  | 1   | target   | P
"""
CALENDAR = [
    {
        "kind": kind, "convention": "ND09", "period": period, "name": name, "last_months": months, "from_month_offset": offset,
        "from_day": "15", "to_day": "14", "due_month_offset": "0", "due_day": "20", "due_time": "23:59:59", "first": "2025",
    }
    for kind, period, name, months, offset in (
        ("month", "{year}-{month:02}", "Tháng {month}/{year}", "1;2;3;4;5;6;7;8;9;10;11;12", "-1"),
        ("quarter", "{year}-Q{quarter}", "Quý {roman}/{year}", "3;6;9;12", "-3"),
        ("year", "{year}", "Năm {year}", "12", "-12"),
    )
]  # fmt: skip


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse with four units, three channels, seven indicators and the calendar of 2025 to 2026."""
    with duckdb.connect() as connection:
        for name in ("tables.sql", "derived.sql", "views.sql"):
            connection.execute(script(name))
        put = putting(connection)
        put("unit", UNITS, full_name="", valid_from="2025-01-01")
        connection.execute("update unit set full_name = case kind when 'xa' then 'Xã ' else 'Phường ' end || name")
        put("channel", CHANNELS)
        put("indicator", INDICATORS)
        put("target", TARGETS)
        put("rating_scheme", SCHEMES, name="")
        put("duty", "unit_code\n01\n02\n03\n04", form_id="F", period_kind="month", valid_from="2025-07-01")
        put("form", "form_id | rank\nF | 1")
        rows = [
            [each.period, each.kind, each.date_from, each.date_to, each.due_at, each.convention, each.name]
            for each in periods(CALENDAR, {}, dt.date(2025, 1, 1), dt.date(2026, 12, 31))
        ]
        connection.execute(f"insert into period values {marks(rows)}", list(chain.from_iterable(rows)))
        connection.execute(script("owed.sql"))
        yield connection


def follow(con: duckdb.DuckDBPyConnection) -> None:
    """Work out reports and states of tasks, as after a load."""
    con.execute("create or replace temp table touched as select distinct unit_code, period from submission")
    con.execute(script("reports.sql"))


def sum_up(con: duckdb.DuckDBPyConnection, touched: Sequence[tuple[str, str]] = ()) -> None:
    """Work out what is summed up over units, as after a load that touched these units and periods, or all."""
    con.execute("create or replace temp table touched (unit_code text, period text)")
    if touched:
        con.execute(f"insert into touched values {marks(touched)}", list(chain.from_iterable(touched)))
    else:
        tables = ("current_measure", "current_indicator", "current_task")
        con.execute(
            "insert into touched " + " union ".join(f"select unit_code, period from {table}" for table in tables)
        )
    con.execute(script("totals.sql"))


@pytest.fixture
def put(con: duckdb.DuckDBPyConnection) -> Put:
    """put(table, drawn, **same): the drawn rows into a table; `same` columns hold the same in every row."""
    return putting(con)


def marks(rows: Sequence[Sequence[object]]) -> str:
    """Places for the values of rows, so that all are put in at once."""
    return ", ".join(f"({', '.join('?' for _ in row)})" for row in rows)


def putting(con: duckdb.DuckDBPyConnection) -> Put:
    """Puts drawn rows into tables of a connection; a blank cell is NULL."""

    def put(table: str, drawn: str, **same: object) -> None:
        heads, *rows = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines()]
        filled = [[cell or None for cell in row] + list(same.values()) for row in rows]
        names = ", ".join([*heads, *same])
        con.execute(f"insert into {table} ({names}) values {marks(filled)}", list(chain.from_iterable(filled)))
        if table in ("current_measure", "current_indicator", "current_task"):
            sum_up(con)

    return put


@pytest.fixture
def indicator(put: Put) -> Put:
    """indicator(code, drawn): rows unit | period | numerator | denominator of current_indicator."""

    def given(code: str, drawn: str) -> None:
        put("current_indicator", "unit_code | period | numerator | denominator\n" + drawn.strip("\n"), indicator=code)

    return given


@pytest.fixture
def report(con: duckdb.DuckDBPyConnection, put: Put) -> Put:
    """report(drawn): rows unit | period | received_at | status of submissions, with the reports that follow from them."""

    def given(drawn: str, **same: object) -> None:
        heads, *rows = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines()]
        for row in rows:
            one = dict(zip(heads, row, strict=True))
            count = con.execute("select count(*) + 1 from submission").fetchall()[0][0]
            con.execute(
                """
                insert into submission by name
                select $id as submission_id, $unit as unit_code, $period as period, $version::integer as version, 'F' as form_id,
                    $status as status, $file as file_name, 'hash' || $id as file_sha256, $received::timestamp as received_at,
                    $received::timestamp as loaded_at, 'an' as loaded_by, $nothing as nothing_in, $errors::integer as errors,
                    false as demo
                """,
                {
                    "id": count, "unit": one["unit"], "period": one["period"], "version": one.get("version") or 1,
                    "status": one["status"], "file": f"{one['unit']}-{one['period']}-{count}.xlsx", "received": one["received_at"],
                    "nothing": one.get("nothing") or None, "errors": one.get("errors") or 0,
                },
            )  # fmt: skip
        follow(con)

    return given
