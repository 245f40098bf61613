"""Online services: the volume beside every rate, small denominators apart."""

from random import Random

import pandas as pd
from duckdb import DuckDBPyConnection

from queries import official, services
from queries.scope import made_out

from .conftest import Put

RATES = ("CC01", "TC02", "TC03", "DV01", "CC04")


def test_a_unit_has_its_rate_its_volume_and_its_past(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-11 | 30 | 40\n01 | 2026-10 | 20 | 40\n01 | 2025-11 | 4 | 40")
    row = services.by_unit(con, made_out(con, "2026-11")).iloc[0]
    assert (row["numerator"], row["denominator"], row["value"]) == (30, 40, 100 * 30 / 40)
    assert (row["before"], row["change"], row["year_before"]) == (50, 25, 10)


def test_small_denominators_stand_apart_without_a_rank(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-11 | 9 | 9\n02 | 2026-11 | 30 | 60\n03 | 2026-11 | 20 | 40\n04 | 2026-11 | 0 | 0")
    frame = services.by_unit(con, made_out(con, "2026-11")).set_index("unit_code")
    assert list(frame.index[:2]) == ["03", "02"] or list(frame.index[:2]) == ["02", "03"]
    assert set(frame.index[frame["small"]]) == {"01", "04"}
    assert pd.isna(frame["place"]["01"])
    assert pd.isna(frame["value"]["04"])
    assert frame["least"]["01"] == 10


def test_ranks_run_inside_a_kind_and_equal_values_share_one(con: DuckDBPyConnection, indicator: Put) -> None:
    indicator("DV01", "01 | 2026-11 | 10 | 20\n02 | 2026-11 | 20 | 40\n03 | 2026-11 | 15 | 20\n04 | 2026-11 | 18 | 20")
    frame = services.by_unit(con, made_out(con, "2026-11")).set_index("unit_code")
    assert dict(frame["place"]) == {"01": 1, "02": 1, "03": 2, "04": 1}
    assert dict(frame["peers"]) == {"01": 2, "02": 2, "03": 2, "04": 2}


def test_each_step_is_compared_with_what_it_is_a_part_of(con: DuckDBPyConnection, put: Put) -> None:
    put(
        "current_measure",
        """
        unit_code | measure     | value
        01        | recv_total  | 60
        02        | recv_total  | 40
        01        | recv_online | 50
        02        | recv_online | 30
        01        | fee_total   | 0
        01        | fee_online  | 0
        """,
        period="2026-11", item_code="TONG",
    )  # fmt: skip
    frame = services.flow(con, made_out(con, "2026-11")).set_index("measure")
    assert (frame["value"]["recv_total"], frame["share"]["recv_online"]) == (60 + 40, 100 * (50 + 30) / (60 + 40))
    assert pd.isna(frame["share"]["recv_total"])
    assert pd.isna(frame["share"]["fee_online"])


def test_the_flow_of_a_quarter_adds_its_months(con: DuckDBPyConnection, put: Put) -> None:
    put(
        "current_measure",
        "period | value\n2026-07 | 10\n2026-09 | 20\n2026-10 | 40",
        unit_code="01",
        measure="recv_total",
        item_code="TONG",
    )
    assert services.flow(con, made_out(con, "2026-Q3"))["value"].iloc[0] == 10 + 20


def test_dossiers_that_two_forms_tell_apart_and_together_are_counted_once(con: DuckDBPyConnection, put: Put) -> None:
    known = ("recv_online", "carried_in", "done_early", "done_ontime", "done_late", "open_intime", "open_late")
    both = ("recv_direct | 40", "recv_post | 5", "recv_direct_post | 45")
    rows = [f"{unit} | {line}" for unit in ("01", "02") for line in (*(f"{measure} | 0" for measure in known), both[2])]
    drawn = "\n".join(("unit_code | measure | value", *rows, f"01 | {both[0]}", f"01 | {both[1]}"))
    put("current_measure", drawn, period="2026-11", item_code="TONG")
    told = services.dossiers(con, made_out(con, "2026-11"))
    assert dict(zip(told["unit_code"], told["recv_direct_post"], strict=True)) == {"01": 40 + 5, "02": 45}


def test_over_a_quarter_a_unit_adds_what_flows_and_keeps_the_latest_of_a_stock(
    con: DuckDBPyConnection, indicator: Put
) -> None:
    indicator("DV01", "01 | 2026-07 | 10 | 20\n01 | 2026-09 | 30 | 60\n01 | 2026-06 | 4 | 10\n01 | 2025-08 | 5 | 50")
    indicator("TC02", "01 | 2026-07 | 1 | 2\n01 | 2026-08 | 3 | 4\n01 | 2026-05 | 1 | 4\n02 | 2026-10 | 1 | 1")
    quarter = made_out(con, "2026-Q3")
    row = services.by_unit(con, quarter).iloc[0]
    assert (row["numerator"], row["denominator"], row["value"]) == (10 + 30, 20 + 60, 100 * (10 + 30) / (20 + 60))
    assert (row["before"], row["year_before"]) == (40, 10)
    tasks = services.by_unit(con, quarter, "TC02")
    assert list(tasks["unit_code"]) == ["01"]
    assert (tasks["numerator"][0], tasks["denominator"][0], tasks["before"][0]) == (3, 4, 25)


def test_what_grows_with_every_month_is_compared_only_with_as_many_months(
    con: DuckDBPyConnection, indicator: Put
) -> None:
    for unit, before in (("01", "2026-04 | 5 | 1000"), ("02", "2026-04 | 5 | 1000\n02 | 2026-05 | 5 | 1000")):
        indicator("CC04", f"{unit} | 2026-07 | 6 | 1000\n{unit} | 2026-08 | 6 | 1000\n{unit} | {before}")
    told = services.by_unit(con, made_out(con, "2026-Q3"), "CC04").set_index("unit_code")
    assert list(told["value"]) == [12, 12]
    assert pd.isna(told["before"]["01"])
    assert told["change"]["02"] == 12 - 10


def test_pages_and_documents_say_the_same_of_every_unit(con: DuckDBPyConnection, indicator: Put) -> None:
    """Two ways lead to a unit's rate over a period: of all indicators for documents, of one with its past for pages."""
    chance = Random(57)
    for code in RATES:
        drawn = [
            f"{unit} | {month} | {chance.randint(0, 20)} | {chance.choice(['', 0, 5, 40])}"
            for unit in ("01", "02", "03", "04")
            for month in ("2025-12", "2026-01", "2026-03", "2026-04", "2026-07", "2026-09")
            if chance.random() < 0.7
        ]
        indicator(code, "\n".join(drawn))
    for period in ("2026-03", "2026-Q1", "2026-Q3", "2026"):
        scope = made_out(con, period)
        documents = official.rates_of_units(con, scope, RATES)
        for code in RATES:
            columns = ["unit_code", "numerator", "denominator", "value", "small", "place", "peers"]
            those = documents.loc[documents["indicator"] == code, columns].sort_values("unit_code", ignore_index=True)
            pages = services.by_unit(con, scope, code)[columns].sort_values("unit_code", ignore_index=True)
            pd.testing.assert_frame_equal(pages, those, check_dtype=False)
