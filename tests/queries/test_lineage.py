"""From a number to its cells."""

import pandas as pd
import pytest
from duckdb import DuckDBPyConnection

from queries import lineage
from queries.scope import made_out

from .conftest import Put, follow


@pytest.fixture
def corrected(report: Put, put: Put) -> None:
    """A report sent twice; the second file holds another number."""
    report(
        """
        unit | period  | received_at         | status   | version
        01   | 2026-11 | 2026-11-18 08:00:00 | accepted | 1
        01   | 2026-11 | 2026-11-19 08:00:00 | accepted | 2
        """
    )
    for submission, online in ((1, 30), (2, 35)):
        put(
            "observation",
            f"item_code | measure | value | cell\nTONG | recv_online | {online} | D5\nTONG | recv_total | 40 | C5\nA | recv_online | 9 | D6",
            submission_id=submission, sheet="5_DVC",
        )  # fmt: skip
    put(
        "indicator_term",
        "side | measure | items | coefficient\nnumerator | recv_online | TONG | 1\ndenominator | recv_total | TONG | 1",
        indicator="DV01",
    )


def cells(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return [
        tuple(row[name] for name in ("measure", "value", "sheet", "cell", "version")) for _, row in frame.iterrows()
    ]


@pytest.mark.usefixtures("corrected")
def test_an_indicator_leads_to_the_cells_of_the_file_in_use(con: DuckDBPyConnection) -> None:
    frame = lineage.of_indicator(con, "DV01", "01", "2026-11")
    assert cells(frame) == [("recv_online", 35, "5_DVC", "D5", 2), ("recv_total", 40, "5_DVC", "C5", 2)]
    assert list(frame["side"]) == ["numerator", "denominator"]
    assert set(frame["file_name"]) == {"01-2026-11-2.xlsx"}


@pytest.mark.usefixtures("corrected")
def test_every_file_of_a_report_is_remembered(con: DuckDBPyConnection) -> None:
    assert list(lineage.versions(con, "01", "2026-11")["version"]) == [2, 1]


def test_task_counts_lead_to_tasks(con: DuckDBPyConnection, report: Put, put: Put) -> None:
    report("unit | period | received_at | status\n01 | 2026-11 | 2026-11-18 08:00:00 | accepted")
    put(
        "task",
        "task_id | title | status | due_date | cell\nT-1 | Việc | DANG_THUC_HIEN | 2026-11-01 | A4",
        submission_id=1,
    )
    follow(con)
    row = lineage.of_tasks(con, "01", "2026-11").iloc[0]
    assert (row["task_id"], row["state"], row["days_late"], row["cell"]) == ("T-1", "overdue", 13, "A4")


@pytest.mark.usefixtures("corrected")
def test_what_a_later_file_says_otherwise_is_told_number_by_number(con: DuckDBPyConnection, put: Put) -> None:
    """Also a number that only one of the two files has."""
    put("observation", "item_code | measure | value | cell\nB | recv_post | 3 | E7", submission_id=2, sheet="5_DVC")
    put("observation", "item_code | measure | value | cell\nB | late | 1 | F7", submission_id=1, sheet="5_DVC")
    frame = lineage.changed(con, "01", "2026-11").fillna(-1)
    assert [tuple(row) for row in frame[["cell", "measure", "before", "value", "version"]].to_numpy()] == [
        ("D5", "recv_online", 30, 35, 2), ("E7", "recv_post", -1, 3, 2), ("F7", "late", 1, -1, 2),
    ]  # fmt: skip


def test_a_longer_period_of_a_unit_leads_to_its_months(con: DuckDBPyConnection, report: Put, indicator: Put) -> None:
    report(
        """
        unit | period  | received_at         | status
        01   | 2026-07 | 2026-07-18 08:00:00 | accepted
        01   | 2026-08 | 2026-08-18 08:00:00 | returned
        01   | 2026-09 | 2026-09-18 08:00:00 | accepted
        01   | 2026-10 | 2026-10-18 08:00:00 | accepted
        02   | 2026-08 | 2026-08-18 08:00:00 | accepted
        """
    )
    indicator("DV01", "01 | 2026-07 | 10 | 20\n02 | 2026-08 | 3 | 4")
    quarter = made_out(con, "2026-Q3")
    months = lineage.months_of_unit(con, quarter, "01", "DV01")
    assert list(months["month"]) == ["Tháng 7/2026", "Tháng 9/2026"]
    assert (months["numerator"][0], months["denominator"][0], months["value"][0]) == (10, 20, 50)
    assert months.loc[1, ["numerator", "denominator", "value"]].isna().all()
    assert list(lineage.months_of_unit(con, quarter, "01", "")["period"]) == ["2026-07", "2026-09"]
