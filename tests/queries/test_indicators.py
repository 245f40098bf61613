"""Rates are ratios of sums; what flows adds up, of a stock the latest counts; targets and bands are rows."""

from random import Random

import pandas as pd
import pytest
from duckdb import DuckDBPyConnection

from etl.warehouse import script
from queries import indicators
from queries.scope import made_out

from .conftest import Put


def standing(
    con: DuckDBPyConnection, code: str, period: str = "2026-11", kind: str = "", district: str = ""
) -> pd.Series:
    return indicators.standing(con, made_out(con, period, kind, district), (code,)).iloc[0]


def test_a_rate_is_the_ratio_of_the_sums_not_the_mean_of_the_rates(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-11 | 90 | 100\n02 | 2026-11 | 1 | 10")
    row = standing(con, "DV01")
    assert row["value"] == pytest.approx(100 * (90 + 1) / (100 + 10))
    assert row["value"] != pytest.approx((90 + 10) / 2)
    assert row["units"] == 2


def test_a_unit_without_one_side_is_left_out_and_counted_out(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-11 | 30 | 40\n02 | 2026-11 |  | \n03 | 2026-11 | 10 | 40")
    row = standing(con, "DV01")
    assert (row["value"], row["units"]) == (100 * (30 + 10) / (40 + 40), 2)


def test_nothing_over_nothing_is_nothing(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-11 | 0 | 0\n02 | 2026-11 | 0 | 0")
    row = standing(con, "DV01")
    assert row["value"] is None
    assert row["level"] is None


def test_no_report_at_all_still_gives_a_row(con: DuckDBPyConnection) -> None:
    row = standing(con, "DV01")
    assert row["value"] is None
    assert row["units"] == 0


def test_the_month_before_is_compared(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-11 | 30 | 40\n01 | 2026-10 | 20 | 40\n01 | 2026-09 | 40 | 40")
    row = standing(con, "DV01")
    assert (row["value"], row["before"], row["change"]) == (75, 50, 25)


def test_over_a_quarter_flow_adds_and_stock_takes_the_latest(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-07 | 10 | 20\n01 | 2026-08 | 20 | 20\n01 | 2026-09 | 30 | 60")
    indicator("TC02", "01 | 2026-07 | 1 | 2\n01 | 2026-09 | 3 | 4\n02 | 2026-08 | 5 | 6")
    assert standing(con, "DV01", "2026-Q3")["value"] == 100 * (10 + 20 + 30) / (20 + 20 + 60)
    assert standing(con, "TC02", "2026-Q3")["value"] == 100 * (3 + 5) / (4 + 6)


def test_of_a_stock_the_latest_counts_whatever_came_when(con: DuckDBPyConnection, put: Put) -> None:
    """Reports come and go in any order, over the turn of a year; each time only what is touched is worked out anew."""
    chance = Random(57)
    put(
        "period",
        """
        period | kind   | date_from  | date_to    | due_at     | convention | name
        fiscal | fiscal | 2025-09-15 | 2026-09-14 | 2026-09-20 | ND09       | Năm tài chính
        """,
    )
    months = [row[0] for row in con.execute("select period from period where kind = 'month' order by 1").fetchall()]
    there: dict[tuple[str, str], tuple[float, float]] = {}
    for _ in range(150):
        unit, month = chance.choice(["01", "02", "03"]), chance.choice(months)
        con.execute("delete from current_indicator where unit_code = ? and period = ?", [unit, month])
        if there.pop((unit, month), None) is None:
            there[unit, month] = sides = float(chance.randint(0, 40)), float(chance.randint(40, 90))
            con.execute("insert into current_indicator values ('TC02', ?, ?, ?, ?)", [unit, month, *sides])
        con.execute("create or replace temp table touched as select ? as unit_code, ? as period", [unit, month])
        con.execute(script("totals.sql"))
        scope = made_out(con, chance.choice(["2025", "2026", "2026-Q1", "2025-Q4", "fiscal"]))
        latest = {
            unit: there[unit, month] for month in scope.months for unit in ("01", "02", "03") if (unit, month) in there
        }
        row = standing(con, "TC02", scope.period)
        assert (row["numerator"], row["denominator"], row["units"]) == (
            sum(above for above, _ in latest.values()) if latest else None,
            sum(below for _, below in latest.values()) if latest else None,
            len(latest),
        )


def test_a_flow_over_a_stock_adds_above_and_takes_the_latest_below(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("CC04", "01 | 2026-07 | 5 | 1000\n01 | 2026-08 | 7 | 2000")
    assert standing(con, "CC04", "2026-Q3")["value"] == 1000 * (5 + 7) / 2000


def test_a_plain_sum_needs_no_denominator(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("CC05", "01 | 2026-11 | 300 | \n02 | 2026-11 | 45 | ")
    assert standing(con, "CC05")["value"] == 300 + 45


def test_only_the_chosen_units_count(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-11 | 10 | 20\n02 | 2026-11 | 20 | 20\n03 | 2026-11 | 5 | 20")
    assert standing(con, "DV01", kind="phuong")["value"] == 100 * (10 + 20) / (20 + 20)
    assert standing(con, "DV01", district="Nam Sách")["value"] == 100 * 5 / 20
    assert standing(con, "DV01", kind="phuong", district="Nam Sách")["units"] == 0


@pytest.mark.parametrize(
    ("met", "level", "label"),
    [(80, "good", "Đạt mục tiêu"), (79, "watch", "Gần đạt"), (64, "watch", "Gần đạt"), (63, "bad", "Chưa đạt")],
)
def test_the_share_of_the_target_gives_the_band(
    con: DuckDBPyConnection, indicator: Put, met: int, level: str, label: str
) -> None:
    indicator("CC01", f"01 | 2026-11 | {met} | 100")
    row = standing(con, "CC01")
    assert (row["target"], row["level"], row["label"]) == (80, level, label)


def test_a_target_colours_only_while_it_holds(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("TC02", "01 | 2026-11 | 1 | 2\n01 | 2026-10 | 1 | 2")
    assert standing(con, "TC02", "2026-11")["level"] == "bad"
    before = standing(con, "TC02", "2026-10")
    assert before["level"] is None
    assert pd.isna(before["target"])


def test_a_target_of_2030_is_a_line_and_no_colour(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-11 | 20 | 100")
    row = standing(con, "DV01")
    assert (row["line_operator"], row["line"], row["line_due"]) == (">", 80, "2030")
    assert row["level"] is None
    assert pd.isna(row["target"])


def test_nothing_is_judged_under_the_least_denominator(con: DuckDBPyConnection, put: Put, indicator: Put) -> None:
    put("target", "target_id | indicator | operator | value | usage\nT9 | DV01 | >= | 50 | colour")
    indicator("DV01", "01 | 2026-11 | 9 | 9\n03 | 2026-11 | 10 | 10")
    assert standing(con, "DV01", kind="phuong")["level"] is None
    assert standing(con, "DV01", kind="xa")["level"] == "good"


def test_answers_come_in_the_order_asked_for(con: DuckDBPyConnection) -> None:
    asked = ("TC02", "CC01", "DV01")
    assert tuple(indicators.standing(con, made_out(con, "2026-11"), asked)["indicator"]) == asked


def test_history_is_month_by_month(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-09 | 10 | 20\n02 | 2026-09 | 30 | 60\n01 | 2026-11 | 15 | 20\n01 | 2025-11 | 1 | 2")
    frame = indicators.history(con, made_out(con, "2026-11"), ("DV01",))
    assert list(zip(frame["period"], frame["value"], frame["units"], strict=True)) == [
        ("2026-09", 100 * (10 + 30) / (20 + 60), 2),
        ("2026-11", 100 * 15 / 20, 1),
    ]


def test_a_course_says_what_standing_and_history_say(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-11 | 30 | 40\n01 | 2026-10 | 20 | 40\n02 | 2026-10 | 5 | 8")
    indicator("CC05", "01 | 2026-09 | 300 | \n02 | 2026-11 | 45 | ")
    scope, codes = made_out(con, "2026-11", "phuong"), ("CC05", "DV01", "XX99")
    standing_, history = indicators.course(con, scope, codes)
    pd.testing.assert_frame_equal(standing_, indicators.standing(con, scope, codes))
    pd.testing.assert_frame_equal(history, indicators.history(con, scope, codes))


def test_what_grows_with_every_month_is_compared_with_as_many(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("CC05", "01 | 2026-04 | 1 | \n01 | 2026-07 | 10 | \n02 | 2026-08 | 20 | \n01 | 2026-10 | 8 | ")
    indicator("CC04", "01 | 2026-07 | 10 | 100\n01 | 2026-08 | 10 | 100\n01 | 2026-10 | 8 | 100")
    indicator("DV01", "01 | 2026-07 | 10 | 40\n01 | 2026-08 | 10 | 40\n01 | 2026-10 | 20 | 40")
    for code in ("CC05", "CC04"):
        assert standing(con, code, "2026-Q4")["value"] is not None
        assert (standing(con, code, "2026-Q4")["before"], standing(con, code, "2026-Q4")["change"]) == (None, None)
    assert standing(con, "DV01", "2026-Q4")["change"] == 50 - 25
    indicator("CC05", "01 | 2026-11 | 2 | ")
    assert standing(con, "CC05", "2026-Q4")["change"] == (8 + 2) - (10 + 20)


def test_the_course_of_a_quarter_stands_on_the_quarter_and_runs_by_months(
    con: DuckDBPyConnection, indicator: Put
) -> None:
    indicator("DV01", "01 | 2026-06 | 1 | 10\n01 | 2026-07 | 10 | 20\n01 | 2026-09 | 30 | 60")
    scope = made_out(con, "2026-Q3")
    standing, history = indicators.course(con, scope, ["DV01"])
    pd.testing.assert_frame_equal(standing, indicators.standing(con, scope, ["DV01"]))
    assert (standing["value"][0], standing["before"][0]) == (100 * (10 + 30) / (20 + 60), 10)
    assert list(history["period"]) == ["2026-06", "2026-07", "2026-09"]
    assert list(history["value"]) == [10, 50, 50]
