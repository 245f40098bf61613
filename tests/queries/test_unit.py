"""One unit beside its peers and its own past."""

import pandas as pd
from duckdb import DuckDBPyConnection

from queries import official, unit
from queries.scope import made_out
from ui.parts.unit import SIDE_BY_SIDE, side_by_side

from .conftest import Put


def standing(con: DuckDBPyConnection, code: str, period: str = "2026-11") -> pd.DataFrame:
    scope, kinds = made_out(con, period), unit.units(con).set_index("unit_code")["kind"]
    rows = unit.placed(unit.standing(con, scope, code), unit.peers(con, scope, kinds[code]))
    return rows.set_index("indicator")


def test_units_of_today_side_by_side_with_what_they_have(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-11 | 8 | 20\n03 | 2026-11 | 0 | 4")
    con.execute("update unit set valid_to = date '2025-06-30' where unit_code = '04'")
    scope = made_out(con, "2026-11")
    units = unit.of_today(con, scope)
    assert list(units["unit_code"]) == ["03", "02", "01"]
    assert list(unit.of_today(con, made_out(con, "2026-11", "phuong"))["unit_code"]) == ["02", "01"]
    shown = side_by_side(units, official.rates_of_units(con, scope, SIDE_BY_SIDE)).set_index("unit_code")
    assert (shown.loc["01", "DV01"], shown.loc["01", "DV01 of"]) == (40, "8/20")
    assert (shown.loc["03", "DV01"], shown.loc["03", "DV01 of"]) == (0, "0/4")
    assert shown.loc["02", ["DV01", "DV01 of", "CC01"]].isna().all()


def test_a_place_is_among_units_of_the_kind_and_ties_share_it(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-11 | 8 | 20\n02 | 2026-11 | 8 | 20\n03 | 2026-11 | 19 | 20\n01 | 2026-10 | 5 | 20")
    row = standing(con, "01").loc["DV01"]
    assert (row["value"], row["before"], row["change"]) == (40, 25, 15)
    assert (row["place"], row["peers"]) == (1, 2)
    assert standing(con, "02").loc["DV01", "place"] == 1


def test_less_is_better_where_the_indicator_says_so(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("TC03", "01 | 2026-11 | 3 | 20\n02 | 2026-11 | 1 | 20")
    assert (standing(con, "02").loc["TC03", "place"], standing(con, "01").loc["TC03", "place"]) == (1, 2)


def test_a_small_denominator_takes_no_place(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-11 | 3 | 4\n02 | 2026-11 | 8 | 20")
    row = standing(con, "01").loc["DV01"]
    assert bool(row["small"])
    assert pd.isna(row["place"])
    assert standing(con, "02").loc["DV01", "peers"] == 1


def test_every_file_of_a_unit_latest_period_first(con: DuckDBPyConnection, report: Put) -> None:
    report(
        """
        unit | period  | received_at         | status   | version
        01   | 2026-10 | 2026-10-18 08:00:00 | accepted | 1
        01   | 2026-11 | 2026-11-18 08:00:00 | returned | 1
        01   | 2026-11 | 2026-11-19 08:00:00 | accepted | 2
        """
    )
    frame = unit.reports(con, "01")
    assert list(zip(frame["period"], frame["version"], strict=True)) == [("2026-11", 2), ("2026-11", 1), ("2026-10", 1)]
    assert bool(frame["on_time"].iloc[0])


def test_over_a_quarter_a_unit_stands_where_the_whole_quarter_left_it(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-07 | 10 | 20\n01 | 2026-09 | 30 | 60\n02 | 2026-08 | 9 | 10\n01 | 2026-05 | 4 | 10")
    indicator("TC02", "01 | 2026-07 | 1 | 2\n01 | 2026-08 | 3 | 4\n02 | 2026-07 | 1 | 4")
    indicator(
        "CC05",
        "01 | 2026-07 | 100 |\n01 | 2026-08 | 50 |\n01 | 2026-04 | 90 |\n02 | 2026-08 | 70 |\n02 | 2026-06 | 60 |",
    )
    rows = standing(con, "01", "2026-Q3")
    online, tasks, reach = (rows.loc[code] for code in ("DV01", "TC02", "CC05"))
    assert (online["numerator"], online["denominator"], online["before"]) == (10 + 30, 20 + 60, 40)
    assert (online["place"], online["peers"]) == (2, 2)
    assert (tasks["numerator"], tasks["denominator"], tasks["place"]) == (3, 4, 1)
    assert (reach["value"], reach["before"]) == (100 + 50, None), "two months are not compared with one"
    other = standing(con, "02", "2026-Q3").loc["CC05"]
    assert (other["value"], other["before"], other["change"]) == (70, 60, 10)
    rates = official.rates_of_units(con, made_out(con, "2026-Q3"), list(rows.index))
    mine = rates[rates["unit_code"] == "01"].set_index("indicator")
    for column in ("value", "numerator", "place", "peers"):
        assert dict(rows[column]) == dict(mine[column][rows.index])


def test_what_a_unit_wrote_month_after_month_stands_once(con: DuckDBPyConnection, report: Put, put: Put) -> None:
    report(
        """
        unit | period  | received_at         | status
        01   | 2026-07 | 2026-07-18 08:00:00 | accepted
        01   | 2026-08 | 2026-08-18 08:00:00 | accepted
        """
    )
    put(
        "remark",
        """
        submission_id | text        | to_level | cell
        1             | Thiếu máy   | SO       | B4
        2             | Thiếu máy   | UBND_TP  | B5
        1             | Thiếu người |          | B5
        """,
        kind="KHO_KHAN",
    )
    told = unit.remarks(con, "01", made_out(con, "2026-Q3").months)
    assert list(zip(told["text"], told["cell"], strict=True)) == [("Thiếu người", "B5"), ("Thiếu máy", "B5")]
    assert list(told["levels"]) == ["", "SO,UBND_TP"]
    assert list(unit.remarks(con, "01", ["2026-08"])["text"]) == ["Thiếu máy"]
