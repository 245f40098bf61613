"""Online services: the volume beside every rate, small denominators apart."""

import pandas as pd
from duckdb import DuckDBPyConnection

from queries import services
from queries.scope import made_out

from .conftest import Put


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
