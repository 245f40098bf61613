"""What there is to choose from, and how fresh it is."""

import datetime as dt

from duckdb import DuckDBPyConnection

from queries import choices

from .conftest import TODAY, Put


def test_months_with_reports_and_later_ones_that_ended(con: DuckDBPyConnection, report: Put) -> None:
    report(
        "unit | period | received_at | status\n01 | 2026-09 | 2026-09-18 08:00:00 | accepted\n02 | 2026-09 | 2026-09-18 08:00:00 | returned"
    )
    frame = choices.periods(con, TODAY)
    assert list(zip(frame["period"], frame["name"], frame["reports"], strict=True)) == [
        ("2026-11", "Tháng 11/2026", 0), ("2026-10", "Tháng 10/2026", 0), ("2026-09", "Tháng 9/2026", 1),
    ]  # fmt: skip


def test_without_reports_there_is_no_month(con: DuckDBPyConnection) -> None:
    assert choices.periods(con, TODAY).empty


def test_the_longer_periods_of_a_month_the_shortest_first(con: DuckDBPyConnection, put: Put) -> None:
    def known(month: str) -> dict[str, tuple[str, str, str]]:
        longer = choices.longer(con, month)
        return {kind: (one.period, one.name, f"{one.due_at:%d/%m/%Y}") for kind, one in longer.items()}

    quarter, year = ("2026-Q3", "Quý III/2026", "20/09/2026"), ("2026", "Năm 2026", "20/12/2026")
    assert known("2026-09") == {"quarter": quarter, "year": year}
    assert known("2026-07") == {"quarter": quarter, "year": year}, "one that runs is told with all its months"
    put(
        "period",
        """
        period  | kind | name                   | date_from  | date_to
        2025-H1 | half | 6 tháng đầu năm 2025 | 2024-12-15 | 2025-06-14
        2026-H1 | half | 6 tháng đầu năm 2026 | 2025-12-15 | 2026-06-14
        """,
        due_at="2026-06-20",
        convention="ND09",
    )
    half = ("2026-H1", "6 tháng đầu năm 2026", "20/06/2026")
    assert known("2026-09") == {"quarter": quarter, "half": half, "year": year}, "the last one where none has the month"
    assert known("2025-12")["half"][0] == "2025-H1"


def test_kinds_and_districts(con: DuckDBPyConnection) -> None:
    con.execute("update unit set valid_to = '2025-06-30' where unit_code = '01'")
    assert dict(choices.kinds(con).to_dict("split")["data"]) == {"xa": 2, "phuong": 1}
    assert list(choices.districts(con)["district"]) == ["Lê Chân", "Nam Sách"]


def test_freshness_says_when_and_whether_it_is_a_demonstration(con: DuckDBPyConnection, report: Put) -> None:
    report("unit | period | received_at | status\n01 | 2026-09 | 2026-09-18 08:00:00 | accepted")
    fresh = choices.freshness(con).iloc[0]
    assert fresh["loaded_at"] == dt.datetime(2026, 9, 18, 8)
    assert not fresh["demo"]
    con.execute("update submission set demo = true")
    assert choices.freshness(con).iloc[0]["demo"]
