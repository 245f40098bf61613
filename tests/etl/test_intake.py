"""Files in, receipts and numbers out: versions, duplicates, deadlines, what a unit's past says."""

import datetime as dt
import weakref
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl import intake, storing
from etl.inspection import Incoming
from etl.judge import Judged
from etl.kept import kept_path
from etl.receipt import Receipt
from etl.report import Report
from etl.trouble import Unsaved
from etl.warehouse import Paths, open_to_read, version
from tests.folders import receptions, writing
from tests.workbooks import drawn, prepared, report, task

IN_TIME = dt.datetime(2026, 11, 20, 23, 59, 59)
LATE = dt.datetime(2026, 11, 21, 0, 0, 0)
OCTOBER = dt.datetime(2026, 10, 19)
BAD = {"5_DVC TONG recv_online": 5}


def send(data: Path, *files: tuple[str, bytes, dt.datetime]) -> list[Receipt]:
    return intake.submit(prepared(), [Incoming(*file) for file in files], data, "thử")


def ask(data: Path, sql: str) -> list[tuple[object, ...]]:
    con = open_to_read(data)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


def test_a_good_file_is_accepted_kept_and_journalled(data: Path) -> None:
    content = report(changes={"2_TUYEN_TRUYEN K0101 products": 7})
    (receipt,) = send(data, ("a.xlsx", content, IN_TIME))
    assert (receipt.outcome, receipt.unit_name, receipt.period, receipt.version) == (
        "accepted",
        "Xã Bình Giang",
        "2026-11",
        1,
    )
    assert kept_path(Paths(data), receipt.sha256).read_bytes() == content
    assert [each.file_name for each in receptions(data)] == ["a.xlsx"]
    assert ask(
        data, "select value, sheet, cell from observation where measure = 'products' and item_code = 'K0101'"
    ) == [(7.0, "2_TUYEN_TRUYEN", "D4")]


def test_a_returned_report_leaves_no_fact_but_its_findings(data: Path) -> None:
    (receipt,) = send(data, ("a.xlsx", report(changes=BAD, tasks=(task("T1"),)), IN_TIME))
    assert receipt.outcome == "returned"
    assert ask(data, "select status, errors from submission") == [("returned", receipt.counts["error"])]
    for table in ("observation", "task", "remark"):
        assert ask(data, f"select count(*) from {table}") == [(0,)]
    assert ask(data, "select count(*) from finding") == [(len(receipt.findings),)]


def test_the_same_bytes_again_change_nothing(data: Path) -> None:
    content = report()
    first, second = send(data, ("a.xlsx", content, IN_TIME), ("b.xlsx", content, IN_TIME))
    (third,) = send(data, ("c.xlsx", content, LATE))
    assert [first.outcome, second.outcome, third.outcome] == ["accepted", "duplicate", "duplicate"]
    assert ask(data, "select count(*), max(version) from submission") == [(1, 1)]


def test_another_file_is_a_new_version_and_only_the_latest_counts(data: Path) -> None:
    send(data, ("a.xlsx", report(changes={"2_TUYEN_TRUYEN K0101 products": 7}), IN_TIME))
    (second,) = send(data, ("a2.xlsx", report(changes={"2_TUYEN_TRUYEN K0101 products": 9}), IN_TIME))
    assert second.version == 2
    assert ask(data, "select value from measure where measure = 'products' and item_code = 'K0101'") == [(9.0,)]
    assert ask(data, "select count(*) from observation where measure = 'products' and item_code = 'K0101'") == [(2,)]


def test_on_time_is_earned_by_the_first_readable_file_and_kept(data: Path) -> None:
    send(data, ("a.xlsx", report(changes=BAD), IN_TIME))
    assert ask(data, "select state, on_time from report") == [("returned", True)]
    send(data, ("a2.xlsx", report(), LATE))
    assert ask(data, "select state, on_time, submissions, first_valid from report") == [("accepted", True, 2, False)]


def test_an_unreadable_file_never_earns_it(data: Path) -> None:
    (unreadable,) = send(data, ("a.xlsx", b"not a workbook at all", IN_TIME))
    assert (unreadable.outcome, unreadable.findings[0].rule_id) == ("unreadable", "V01.8")
    (late,) = send(data, ("a2.xlsx", report(), LATE))
    assert ("V06", "note") in [(each.rule_id, each.severity) for each in late.findings]
    assert ask(data, "select on_time, days_late from report") == [(False, 1)]
    assert ask(data, "select action from event where action not in ('catalogue', 'received') order by line") == [
        ("unreadable",), ("accepted",),
    ]  # fmt: skip


def test_one_bad_file_never_stops_the_others(data: Path) -> None:
    receipts = send(
        data,
        ("tot.xlsx", report(), IN_TIME),
        ("rong.xlsx", b"", IN_TIME),
        ("~$tot.xlsx", b"x" * 165, IN_TIME),
        ("sai.xlsx", report("11359", changes=BAD), IN_TIME),
        ("khac.xlsx", drawn(("Sheet1", "| a | b |")), IN_TIME),
        ("tuong-lai.xlsx", report("11329", "2027-03"), IN_TIME),
        ("tot2.xlsx", report("11329"), IN_TIME),
    )
    assert [receipt.outcome for receipt in receipts] == [
        "accepted", "unreadable", "unreadable", "returned", "unreadable", "unreadable", "accepted",
    ]  # fmt: skip
    assert ask(data, "select count(*) from submission") == [(3,)]


def test_a_check_tells_the_same_and_stores_nothing(tmp_path: Path) -> None:
    data = tmp_path / "new"
    files = [Incoming("a.xlsx", report(changes=BAD), IN_TIME), Incoming("b.xlsx", report("11359"), IN_TIME)]
    told = intake.check(prepared(), files, data)
    assert not data.exists()
    sent = intake.submit(prepared(), files, data, "thử")
    assert [(each.outcome, each.findings, each.version) for each in told] == [
        (each.outcome, each.findings, each.version) for each in sent
    ]
    before = version(data)
    assert [each.outcome for each in intake.check(prepared(), files, data)] == ["duplicate", "duplicate"]
    assert version(data) == before


# What a unit's past says ----------------------------------------------------------------------------------------------

BALANCED = {
    "5_DVC TONG recv_total": 10, "5_DVC TONG recv_direct": 10, "5_DVC TONG done_total": 7, "5_DVC TONG done_early": 7,
    "5_DVC TONG open_total": 3, "5_DVC TONG open_intime": 3,
}  # fmt: skip
NEXT = {"5_DVC TONG carried_in": 3, "5_DVC TONG done_total": 3, "5_DVC TONG done_early": 3}


def after_october(data: Path, october: bytes, november: bytes) -> list[tuple[str, str, str]]:
    send(data, ("t10.xlsx", october, OCTOBER))
    (receipt,) = send(data, ("t11.xlsx", november, IN_TIME))
    return [(each.rule_id, each.severity, each.cell) for each in receipt.findings]


PASTS = [
    ("balances follow on", BALANCED, NEXT, []),
    ("opening is not last closing", BALANCED, {}, [("V33", "explain", "B4")]),
    ("population moves", {}, {"1_THONG_TIN population": 11_000}, [("V08", "explain", "C20")]),
    (
        "cumulative falls",
        {"6_KY_NANG_SO KN03 cumulative": 50},
        {"6_KY_NANG_SO KN03 cumulative": 40},
        [("V42", "explain", "F6")],
    ),
    (
        "cumulative is not what was and what was done",
        {"6_KY_NANG_SO KN03 cumulative": 500},
        {"6_KY_NANG_SO KN03 cumulative": 600, "6_KY_NANG_SO KN03 in_period": 50},
        [("V43", "explain", "F6")],
    ),
]


@pytest.mark.parametrize(("name", "october", "november", "expected"), PASTS, ids=[case[0] for case in PASTS])
def test_a_report_is_held_against_the_month_before(
    data: Path, name: str, october: dict[str, object], november: dict[str, object], expected: list[tuple[str, str, str]]
) -> None:
    assert after_october(data, report(period="2026-10", changes=october), report(changes=november)) == expected


TASKS = [
    ("a task may not vanish", (task("T1"), task("T2")), (task("T1"),), [("V21", "error", "")]),
    ("a finished one may", (task("T1"), task("T2", status="HOAN_THANH", progress=100.0, done_date=dt.date(2026, 10, 1), evidence="1/BC")), (task("T1"),), []),
    ("progress goes back", (task("T1"),), (task("T1", progress=40.0),), [("V25a", "explain", "A4")]),
    ("a deadline moves", (task("T1"),), (task("T1", due_date=dt.date(2027, 1, 31)),), [("V25b", "explain", "A4")]),
    ("a routine task starts anew", (task("T1", kind="THUONG_XUYEN"),), (task("T1", kind="THUONG_XUYEN", progress=0.0, status="CHUA_THUC_HIEN"),), []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "october", "november", "expected"), TASKS, ids=[case[0] for case in TASKS])
def test_the_register_is_held_against_the_month_before(
    data: Path,
    name: str,
    october: tuple[object, ...],
    november: tuple[object, ...],
    expected: list[tuple[str, str, str]],
) -> None:
    october_report = report(period="2026-10", tasks=october)  # type: ignore[arg-type]
    assert after_october(data, october_report, report(tasks=november)) == expected  # type: ignore[arg-type]


def test_months_sent_together_are_judged_in_order(data: Path) -> None:
    november, october = report(changes=NEXT), report(period="2026-10", changes=BALANCED)
    receipts = send(data, ("t11.xlsx", november, IN_TIME), ("t10.xlsx", october, OCTOBER))
    assert [(each.file, each.outcome, each.findings) for each in receipts] == [
        ("t11.xlsx", "accepted", ()),
        ("t10.xlsx", "accepted", ()),
    ]


# Two forms, one number ------------------------------------------------------------------------------------------------

BIEU06 = """
| Biểu 06/VPCP/KSTT tháng 11/2026 |
| STT | Đơn vị | Tiếp nhận / Tổng số | Trực tuyến | Trực tiếp, dịch vụ bưu chính | Từ kỳ trước | Đã giải quyết / Tổng số | Trước hạn | Đúng hạn | Đã giải quyết / Quá hạn | Đang giải quyết / Tổng số | Trong hạn | Đang giải quyết / Quá hạn |
| 1 | Xã Bình Giang | 110 | 60 | 40 | 10 | 90 | 50 | 35 | 5 | 20 | 18 | 2 |
"""


def test_where_two_forms_give_a_number_the_first_counts_and_the_difference_is_said(data: Path) -> None:
    own = {"5_DVC TONG recv_total": 100, "5_DVC TONG recv_online": 55, "5_DVC TONG recv_direct": 45,
           "5_DVC TONG done_total": 100, "5_DVC TONG done_early": 100}  # fmt: skip
    send(data, ("a.xlsx", report(changes=own), IN_TIME))
    (other,) = send(data, ("b.xlsx", drawn(("Biểu 06", BIEU06)), dt.datetime(2026, 12, 3)))
    assert other.outcome == "accepted"
    (said,) = other.findings
    assert said.rule_id == "V52"
    assert "“Trực tuyến” là 60, biểu mẫu kia ghi 55" in said.message
    assert said.fix.endswith("hệ thống dùng số của Báo cáo định kỳ Nghị quyết 57.")
    assert ask(data, "select sum(value) from measure where measure = 'recv_online'") == [(55.0,)]
    assert ask(data, "select sum(value) from measure where measure = 'recv_direct_post'") == [(40.0,)]
    assert ask(data, "select count(*) from current_submission") == [(2,)]


# Many files ----------------------------------------------------------------------------------------------------------


MONTHS = ("2026-08", "2026-09", "2026-10", "2026-11")
MANY = [
    (f"{unit}-{period}.xlsx", report(unit, period=period, changes={"2_TUYEN_TRUYEN K0101 products": number}), LATE)
    for number, (period, unit) in enumerate(product(MONTHS, ("10537", "11359")))
]


def test_a_load_in_parts_is_as_one_in_whole(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [*MANY[::-1], ("x.xlsx", b"no", LATE), ("again-2026-09.xlsx", MANY[3][1], LATE)]
    whole = send(data, *files)
    monkeypatch.setattr(intake, "FILES_A_TRANSACTION", 3)
    parts = send(tmp_path / "parts", *files)
    assert parts == whole
    assert [each.file for each in parts] == [name for name, *_ in files]
    for table in ("report", "current_measure", "current_indicator", "indicator_total", "unit_period"):
        assert ask(tmp_path / "parts", f"from {table} order by all") == ask(data, f"from {table} order by all")


def test_of_a_large_load_only_a_part_is_held_in_memory(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored: list[weakref.ref[Report]] = []

    def storing_files(*given: Any) -> list[Judged]:
        assert sum(each() is not None for each in stored) <= 1  # the one that was passed on last
        judged = storing.store_files(*given)
        stored.extend(weakref.ref(report) for each in judged for report in each.reports)
        return judged

    monkeypatch.setattr(intake, "FILES_A_TRANSACTION", 2)
    monkeypatch.setattr(intake, "store_files", storing_files)
    assert [each.outcome for each in send(data, *MANY)] == ["accepted"] * len(MANY)
    assert len(stored) == len(MANY)
    assert not any(each() for each in stored)


# Never half -----------------------------------------------------------------------------------------------------------


def test_a_fault_in_the_middle_leaves_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    send(data, ("a.xlsx", report(), IN_TIME))
    before = version(data)

    def fails(*_: object) -> None:
        raise duckdb.IOException("đĩa đầy")

    monkeypatch.setattr(storing, "refresh", fails)
    with pytest.raises(Unsaved, match="Chưa ghi nhận được"):
        send(data, ("b.xlsx", report("11359"), IN_TIME))
    monkeypatch.undo()
    assert version(data) == before
    with writing(data) as con:
        assert con.execute("select count(*) from submission").fetchall() == [(1,)]
    (again,) = send(data, ("b.xlsx", report("11359"), IN_TIME))
    assert again.outcome == "accepted"


def test_rebuilding_from_the_kept_workbooks_gives_the_same_answers(data: Path) -> None:
    send(data, ("a.xlsx", report(period="2026-10", changes=BALANCED), OCTOBER))
    send(data, ("b.xlsx", report(changes=BAD), IN_TIME), ("x.xlsx", b"no", IN_TIME))
    send(data, ("b2.xlsx", report(changes=NEXT), LATE))
    questions = (
        "from indicator_value order by all",
        "from report order by all",
        "select * exclude (loaded_at) from submission order by all",
        "from finding order by all",
    )
    before = [ask(data, question) for question in questions]
    Paths(data).working.unlink()
    intake.remake(prepared(), data)
    assert [ask(data, question) for question in questions] == before


def test_readers_and_one_writer_do_not_meet(data: Path) -> None:
    send(data, ("a.xlsx", report(), IN_TIME))
    reader = open_to_read(data)
    send(data, ("b.xlsx", report("11359"), IN_TIME))
    assert reader.execute("select count(*) from submission").fetchall() == [(1,)]
    assert ask(data, "select count(*) from submission") == [(2,)]
    with pytest.raises(duckdb.Error):
        reader.execute("copy submission to 'out.csv'")
    with pytest.raises(duckdb.Error):
        reader.execute("delete from submission")
    reader.close()


def test_a_file_is_checked_while_another_reads_the_same_snapshot(data: Path) -> None:
    send(data, ("a.xlsx", report(), IN_TIME))
    reader = open_to_read(data)
    (told,) = intake.check(prepared(), [Incoming("b.xlsx", report("11359"), IN_TIME)], data)
    assert told.outcome == "accepted"
    with pytest.raises(duckdb.Error):
        reader.execute("set enable_external_access = true")
    reader.close()


def test_a_new_way_of_deriving_is_applied_to_what_was_loaded_before(data: Path) -> None:
    send(data, ("a.xlsx", report(changes={"2_TUYEN_TRUYEN K0101 products": 7}), IN_TIME))
    con = duckdb.connect(str(Paths(data).working))
    con.execute("update catalogue set sha256 = 'an older version' where file = 'derived'")
    con.execute("drop table current_measure cascade")
    con.close()
    send(data, ("b.xlsx", report("11359"), IN_TIME))
    assert ask(data, "select value from measure where measure = 'products' and item_code = 'K0101' and value > 0") == [
        (7.0,)
    ]
