"""Indicators against arithmetic left visible: two communes and the agency over a quarter, sent through the front door."""

import datetime as dt
from collections.abc import Iterator

import duckdb
import pytest

from etl import intake
from etl.inspection import Incoming
from etl.warehouse import open_to_read
from queries import lineage
from tests.workbooks import prepared, report, task

BINH_GIANG, GIA_VIEN, AGENCY, NO_SCREEN_HERE = "10966", "11359", "CQ-BQLKKT", "11629"
D = dt.date

SERVICES = {
    "5_DVC TONG recv_total": 100, "5_DVC TONG recv_online": 60, "5_DVC TONG recv_full": 30, "5_DVC TONG recv_direct": 35,
    "5_DVC TONG recv_post": 5, "5_DVC TONG done_total": 80, "5_DVC TONG done_early": 50, "5_DVC TONG done_ontime": 20,
    "5_DVC TONG done_late": 10, "5_DVC TONG open_total": 20, "5_DVC TONG open_intime": 17, "5_DVC TONG open_late": 3,
    "5_DVC TONG fee_total": 40, "5_DVC TONG fee_online": 10, "5_DVC TONG digitised": 90, "5_DVC TONG reused": 45,
    "5_DVC TONG e_result": 72, "5_DVC TONG procs_total": 50, "5_DVC TONG procs_online": 40, "5_DVC TONG procs_full": 20,
    "5_DVC TONG procs_used": 10, "5_DVC TONG ratings": 20, "5_DVC TONG ratings_good": 19,
}  # fmt: skip
SMALL = {
    "5_DVC TONG recv_total": 10, "5_DVC TONG recv_online": 9, "5_DVC TONG recv_direct": 1, "5_DVC TONG done_total": 10,
    "5_DVC TONG done_early": 10,
}  # fmt: skip
CHANNELS = {
    "2_TUYEN_TRUYEN K0101 products": 4, "2_TUYEN_TRUYEN K0101 t1": 1, "2_TUYEN_TRUYEN K0101 t2": 3,
    "2_TUYEN_TRUYEN K0301 products": 6, "2_TUYEN_TRUYEN K0301 t2": 6, "2_TUYEN_TRUYEN K0302 products": 1,
    "2_TUYEN_TRUYEN K0401 products": 10, "2_TUYEN_TRUYEN K0401 reach": 2_000, "2_TUYEN_TRUYEN K0401 interactions": 150,
    "2_TUYEN_TRUYEN K0201 products": 2, "2_TUYEN_TRUYEN K0201 minutes": 45, "2_TUYEN_TRUYEN K0602 products": 7,
    "2_TUYEN_TRUYEN K0801 products": 1, "2_TUYEN_TRUYEN K0804 products": 2,
}  # fmt: skip
NO_SCREEN = {"1_THONG_TIN has_screen": "KHONG"}
PEOPLE = {
    "3_DOI_TUONG A01 sessions": 1, "3_DOI_TUONG A01 attendances": 40, "3_DOI_TUONG A06 sessions": 2,
    "3_DOI_TUONG A06 attendances": 160,
}  # fmt: skip
SKILLS = {
    "6_KY_NANG_SO KN01 cumulative": 30, "6_KY_NANG_SO KN05 cumulative": 5_600, "6_KY_NANG_SO KN10 cumulative": 9,
    "6_KY_NANG_SO KN20 in_period": 0, "6_KY_NANG_SO KN12 in_period": 25, "6_KY_NANG_SO KN02 base": 32,
    "6_KY_NANG_SO KN02 cumulative": 24,
}  # fmt: skip
FUNDS = {
    "7_KINH_PHI NSNN approved": 50_000_000, "7_KINH_PHI NSNN spent_period": 5_000_000, "7_KINH_PHI NSNN spent_cum": 30_000_000,
    "7_KINH_PHI XA_HOI_HOA approved": 10_000_000, "7_KINH_PHI XA_HOI_HOA spent_cum": 6_000_000,
}  # fmt: skip
TASKS = (
    task("T1", task_group="1", due_date=D(2026, 9, 30), status="HOAN_THANH", progress=100.0, done_date=D(2026, 9, 25), evidence="1/BC"),
    task("T2", task_group="1", due_date=D(2026, 9, 30), status="HOAN_THANH", progress=100.0, done_date=D(2026, 10, 4)),
    task("T3", task_group="2", due_date=D(2026, 10, 4), progress=30.0),
    task("T4", task_group="2", due_date=D(2026, 12, 14), progress=10.0),
    task("T5", task_group="5", kind="THUONG_XUYEN", due_date=None, status="HOAN_THANH", progress=100.0, done_date=D(2026, 10, 14), evidence="2/BC"),
    task("T6", task_group="5", kind="THUONG_XUYEN", due_date=None, progress=60.0, responsible=None),
    task("T7", task_group="7", status="HUY", progress=0.0),
)  # fmt: skip


def month(period: str, *parts: dict[str, object]) -> dict[str, object]:
    return {key: value for part in parts for key, value in part.items()}


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    data = tmp_path_factory.mktemp("data")
    everything = month("", SERVICES, CHANNELS, PEOPLE, SKILLS, FUNDS)
    wrong = {**everything, "5_DVC TONG recv_online": 61}
    follows = {"5_DVC TONG carried_in": 20, "5_DVC TONG done_total": 100, "5_DVC TONG done_ontime": 40}
    files = [
        ("bg10-sai.xlsx", report(BINH_GIANG, "2026-10", wrong, TASKS), dt.datetime(2026, 10, 20, 10)),
        ("bg10.xlsx", report(BINH_GIANG, "2026-10", everything, TASKS), dt.datetime(2026, 10, 25)),
        ("gv10.xlsx", report(GIA_VIEN, "2026-10", SMALL), dt.datetime(2026, 10, 22)),
        ("al10.xlsx", report(NO_SCREEN_HERE, "2025-12", NO_SCREEN), dt.datetime(2025, 12, 19)),
        ("kkt10.xlsx", report(AGENCY, "2026-10", {"2_TUYEN_TRUYEN K0101 products": 1}), dt.datetime(2026, 10, 20)),
        ("bg11.xlsx", report(BINH_GIANG, "2026-11", {**everything, **follows, "6_KY_NANG_SO KN05 cumulative": 5_900}, TASKS), dt.datetime(2026, 11, 19)),
        ("bg10-2025.xlsx", report(BINH_GIANG, "2025-10", {**SMALL, "5_DVC TONG recv_online": 8, "5_DVC TONG recv_direct": 2}), dt.datetime(2025, 10, 19)),
    ]  # fmt: skip
    receipts = intake.submit(prepared(), [Incoming(*file) for file in files], data, "thử")
    assert [each.outcome for each in receipts] == ["returned", *["accepted"] * 6]
    con = open_to_read(data)
    yield con
    con.close()


def value(
    con: duckdb.DuckDBPyConnection, indicator: str, unit: str = BINH_GIANG, period: str = "2026-10"
) -> float | None:
    sql = "select value from indicator_value where indicator = ? and unit_code = ? and period = ?"
    found = con.execute(sql, [indicator, unit, period]).fetchall()
    return found[0][0] if found else None


def city(con: duckdb.DuckDBPyConnection, indicator: str, period: str = "2026-10") -> tuple[float, float, int]:
    sql = """select sum(numerator), sum(denominator), count(denominator) from indicator_value
             where indicator = ? and period = ?"""
    (row,) = con.execute(sql, [indicator, period]).fetchall()
    return row


# The radio, portal, social media, press, visual, event groups are active: 6 of the nine; Bình Giang has a screen.
UNIT = [
    ("CC01", 100 * 6 / 9), ("CC02", 100 * 6 / 13), ("CC03", 4 + 6 + 2), ("CC04", 1000 * (4 + 6 + 1 + 10 + 2) / 10_000),
    ("CC05", 2_000), ("CC06", 100 * 150 / 2_000), ("CC07", 45), ("CC08", 100 * 2 / 5), ("CC09", 100 * 2 / 4),
    ("CC10", 100 * 3 / (13 * 5)), ("CC11", 1), ("CC12", 1 + 2), ("CC13", 40 + 160), ("CC14", 100 * 30 / 40),
    ("TC01", 100 * 3 / 6), ("TC02", 100 * 2 / 5), ("TC03", 100 * 1 / 5), ("TC04", (100 + 100 + 30 + 10 + 100 + 60) / 6),
    ("TC05", 100 * 5 / 6), ("TC07", 100 * 2 / 3), ("TC08", ((D(2026, 10, 4) - D(2026, 9, 30)).days + (D(2026, 10, 14) - D(2026, 10, 4)).days) / 2),
    ("DV01", 100 * 60 / 100), ("DV02", 100 * 30 / 100), ("DV04", 100 * 40 / 50), ("DV05", 100 * 10 / 40),
    ("DV06", 100 * 10 / 40), ("DV07", 100 * 90 / 100), ("DV08", 100 * 72 / 80), ("DV09", 100 * 45 / 100),
    ("DV10", 100 * (50 + 20) / 80), ("DV11", 10 + 3), ("DV12", 100 * (60 - 8) / 8), ("DV13", 100 * 19 / 20),
    ("DV15", 25), ("DV16", 100 * 5 / 100), ("BD01", 100 * 24 / 32), ("BD04", 100 * 5_600 / 7_000), ("BD08", 100 * 9 / 12),
    ("KP01", 100 * (30 + 6) / (50 + 10)), ("KP02", 100 * 6 / (30 + 6)), ("BC03", 0), ("BC06", 100),
]  # fmt: skip


@pytest.mark.parametrize(("indicator", "expected"), UNIT)
def test_an_indicator_of_a_unit(con: duckdb.DuckDBPyConnection, indicator: str, expected: float) -> None:
    assert value(con, indicator) == pytest.approx(expected)


def test_all_fifty_nine_answer(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute("select count(*) from indicator").fetchall() == [(59,)]
    never = con.execute(
        "select indicator from indicator where indicator not in (select indicator from current_indicator) order by 1"
    ).fetchall()
    assert never == [("DV14",)], "only the published score, which no report of this test gives"


def test_a_rate_over_units_is_the_ratio_of_sums_not_the_mean_of_rates(con: duckdb.DuckDBPyConnection) -> None:
    numerator, denominator, units = city(con, "DV01")
    assert (numerator, denominator) == (60 + 9 + 0, 100 + 10 + 0)
    assert numerator / denominator != pytest.approx((0.6 + 0.9) / 2)
    assert units == 3


def test_nothing_over_nothing_is_no_answer(con: duckdb.DuckDBPyConnection) -> None:
    assert value(con, "CC15") is None, "no false information found: nothing to handle"
    assert value(con, "DV01", AGENCY) is None, "no dossier received"


def test_a_unit_that_lacks_one_side_is_left_out_of_both_sums(con: duckdb.DuckDBPyConnection) -> None:
    assert value(con, "DV13", GIA_VIEN) is None, "no ratings were written"
    numerator, denominator, units = city(con, "DV13")
    assert (numerator, denominator, units) == (19, 20, 1)


def test_a_sum_without_denominator_adds_over_units(con: duckdb.DuckDBPyConnection) -> None:
    assert city(con, "CC03")[0] == (4 + 6 + 2) + 0 + 1


def test_a_unit_without_a_screen_is_not_asked_for_one(con: duckdb.DuckDBPyConnection) -> None:
    sql = "select denominator from indicator_value where indicator = 'CC01' and unit_code = ?"
    assert con.execute(sql, [NO_SCREEN_HERE]).fetchall() == [(8,)]
    assert set(con.execute(sql, [BINH_GIANG]).fetchall()) == {(9,)}


def test_the_agency_has_obligations_of_its_own(con: duckdb.DuckDBPyConnection) -> None:
    sql = "select numerator, denominator from indicator_value where indicator = 'CC01' and unit_code = ? and period = '2026-10'"
    assert con.execute(sql, [AGENCY]).fetchall() == [(1, 8)], "no radio; its plan names a LED screen and it has one"
    assert con.execute(sql, [GIA_VIEN]).fetchall() == [(0, 6)], "no press, chatbot or screen in its plan"


def test_open_overdue_work_lowers_the_on_time_rate(con: duckdb.DuckDBPyConnection) -> None:
    due = {"T1": True, "T2": False, "T3": False, "T5": True, "T6": False}
    assert value(con, "TC02") == pytest.approx(100 * sum(due.values()) / len(due))
    states = dict(con.execute("select task_id, state from task_state where period = '2026-10'").fetchall())
    assert states == {
        "T1": "done_on_time", "T2": "done_late", "T3": "overdue", "T4": "in_progress", "T5": "done_on_time",
        "T6": "due_soon", "T7": "cancelled",
    }  # fmt: skip


def test_a_routine_task_is_due_at_the_end_of_every_period(con: duckdb.DuckDBPyConnection) -> None:
    due = con.execute("select period, due_on from task_state where task_id = 'T5' order by 1").fetchall()
    assert due == [("2026-10", D(2026, 10, 14)), ("2026-11", D(2026, 11, 14))]


def test_completion_by_the_seven_groups_adds_up_to_the_whole(con: duckdb.DuckDBPyConnection) -> None:
    sql = "select item_code, value from measure where measure = ? and period = '2026-10' and unit_code = ? order by 1"
    assert con.execute(sql, ["tasks_done", BINH_GIANG]).fetchall() == [("1", 2.0), ("2", 0.0), ("5", 1.0), ("7", 0.0)]
    assert con.execute(sql, ["tasks_total", BINH_GIANG]).fetchall() == [("1", 2.0), ("2", 2.0), ("5", 2.0), ("7", 0.0)]


def test_a_corrected_report_stays_on_time_and_counts_as_corrected(con: duckdb.DuckDBPyConnection) -> None:
    assert value(con, "BC02") == 100
    assert value(con, "BC03") == 0, "the first file was returned"
    assert value(con, "BC02", GIA_VIEN) == 0
    assert value(con, "BC04", GIA_VIEN) == (D(2026, 10, 22) - D(2026, 10, 20)).days


def test_reports_are_expected_from_every_unit_that_owes_one(con: duckdb.DuckDBPyConnection) -> None:
    received, expected, _ = city(con, "BC01")
    assert (received, expected) == (3, 114 + 1)
    assert city(con, "BC02")[0] == 2
    assert city(con, "BC06")[:2] == (3, 3)


def test_a_flow_adds_over_a_quarter_and_a_stock_takes_the_latest(con: duckdb.DuckDBPyConnection) -> None:
    kinds = dict(con.execute("select indicator, kind from indicator where indicator in ('DV01', 'BD04')").fetchall())
    assert kinds == {"DV01": "flow", "BD04": "stock"}
    flow = con.execute(
        "select sum(numerator), sum(denominator) from indicator_value where indicator = 'DV01' and unit_code = ? and period in ('2026-10', '2026-11')",
        [BINH_GIANG],
    ).fetchall()
    assert flow == [(60 + 60, 100 + 100)]
    assert value(con, "BD04", period="2026-11") == pytest.approx(100 * 5_900 / 7_000)


def test_a_skill_is_a_share_of_the_total_beside_it_else_of_the_number_on_the_cover(
    con: duckdb.DuckDBPyConnection,
) -> None:
    told = {code: lineage.of_indicator(con, code, BINH_GIANG, "2026-10") for code in ("BD01", "CC14")}
    below = {
        code: one.loc[one["side"] == "denominator", ["sheet", "value"]].to_numpy().tolist()
        for code, one in told.items()
    }
    assert below == {"BD01": [["6_KY_NANG_SO", 32]], "CC14": [["1_THONG_TIN", 40]]}


def test_the_kad_of_a_channel_is_no_zero(con: duckdb.DuckDBPyConnection) -> None:
    blank = con.execute("select count(*) from measure where value is null").fetchall()
    assert blank == [(0,)]
