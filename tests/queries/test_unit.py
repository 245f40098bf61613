"""One unit beside its peers and its own past."""

import pandas as pd
from duckdb import DuckDBPyConnection

from queries import official, unit
from queries.scope import made_out
from ui.parts.unit import SIDE_BY_SIDE, side_by_side

from .conftest import Put


def standing(con: DuckDBPyConnection, code: str) -> pd.DataFrame:
    return unit.standing(con, made_out(con, "2026-11"), code).set_index("indicator")


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
