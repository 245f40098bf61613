"""The intake desk: look first, decide later, and nothing that somebody else did meanwhile is overwritten blindly."""

import datetime as dt
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest

from etl import clock, front, front_desk, journal
from etl.front_desk import Decided
from etl.inspection import Inspected
from etl.receipt import Receipt
from etl.undecidable import Undecidable
from etl.warehouse import Paths, open_to_read
from tests.folders import receptions
from tests.workbooks import drawn, report, task

BINH_GIANG, GIA_VIEN = "10966", "11359"
PRODUCTS = "2_TUYEN_TRUYEN K0101 products"
ONLINE = {
    "5_DVC TONG recv_total": 10,
    "5_DVC TONG recv_direct": 10,
    "5_DVC TONG open_total": 10,
    "5_DVC TONG open_intime": 10,
}
TABLES = ("submission", "observation", "measure", "report", "event", "current_indicator")


def looked(data: Path, *files: tuple[str, bytes]) -> list[tuple[Inspected, Receipt]]:
    """Files as an analyst has them before the choice."""
    inspected = list(front_desk.inspect_files(front_desk.unpack_files(files)))
    return list(zip(inspected, front_desk.judge_files(inspected, data), strict=True))


def taken(those: Sequence[tuple[Inspected, Receipt]], returned: str | None = None) -> list[Decided]:
    return [(inspected, receipt, returned) for inspected, receipt in those]


def ask(data: Path, sql: str) -> list[tuple[object, ...]]:
    con = open_to_read(data)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


def products(number: int, unit: str = BINH_GIANG) -> tuple[str, bytes]:
    return f"{unit}-{number}.xlsx", report(unit, changes={PRODUCTS: number})


def test_looking_and_comparing_store_nothing(tmp_path: Path) -> None:
    data = tmp_path / "new"
    ((inspected, receipt),) = looked(data, products(7))
    front_desk.preview_files([inspected], data)
    assert (receipt.outcome, receipt.version, receipt.form_version) == ("accepted", 1, "NQ57-HP-1")
    assert not data.exists()


def test_a_good_file_may_be_sent_back_with_a_reason_that_a_rebuild_remembers(data: Path) -> None:
    those = looked(data, products(7))
    for reason in ("", " ", "ờ"):
        with pytest.raises(Undecidable, match="lý do"):
            front_desk.settle_files(taken(those, reason), "An", data)
    assert not journal.journal_path(Paths(data)).exists() or not receptions(data)
    (receipt,) = front_desk.settle_files(taken(those, "Thiếu chữ ký của lãnh đạo"), "An", data)
    assert (receipt.outcome, receipt.returned) == ("returned", "Thiếu chữ ký của lãnh đạo")
    assert ask(data, "select status, note, errors from submission") == [("returned", "Thiếu chữ ký của lãnh đạo", 0)]
    assert ask(data, "select count(*) from observation") == [(0,)]
    assert ask(data, "select action, actor, reason from event where action = 'returned'") == [
        ("returned", "An", "Thiếu chữ ký của lãnh đạo")
    ]
    assert ask(data, "select first_valid, on_time from report") == [(False, False)]
    assert [one.returned for one in receptions(data)] == ["Thiếu chữ ký của lãnh đạo"]
    before = [ask(data, f"select * from {table} order by all") for table in TABLES]
    front.rebuild(data)
    assert [ask(data, f"select * from {table} order by all") for table in TABLES] == before


def test_an_earlier_date_of_receipt_needs_a_reason_and_is_in_the_audit(data: Path) -> None:
    at = dt.datetime(2026, 11, 19, 16, 30)
    files = front_desk.unpack_files([products(7)])
    with pytest.raises(Undecidable, match="sớm hơn"):
        front_desk.redate_files(files, at, " ")
    with pytest.raises(Undecidable, match="muộn hơn"):
        front_desk.redate_files(files, clock.now() + dt.timedelta(minutes=2), "Nhận qua thư điện tử")
    inspected = list(front_desk.inspect_files(front_desk.redate_files(files, at, "Nhận qua thư điện tử")))
    receipts = front_desk.judge_files(inspected, data)
    front_desk.settle_files([(inspected[0], receipts[0], None)], "An", data)
    assert ask(data, "select received_at, on_time from submission join report using (unit_code, period)") == [
        (at, True)
    ]
    assert ask(data, "select actor, reason, after from event where action = 'received'") == [
        ("An", "Nhận qua thư điện tử", "2026-11-19T16:30:00")
    ]
    before = [ask(data, f"select * from {table} order by all") for table in TABLES]
    front.rebuild(data)
    assert [ask(data, f"select * from {table} order by all") for table in TABLES] == before


def test_lines_written_before_reasons_were_kept_are_still_read(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    paths.reports.mkdir()
    old = '{"file_name": "a.xlsx", "sha256": "0", "received_at": "2026-11-18T09:00:00", "loaded_at": "2026-11-18T09:00:00", "loaded_by": "An", "unit_code": "", "period": "", "demo": false}'
    journal.journal_path(paths).write_text(old + "\n", encoding="utf-8")
    (one,) = receptions(paths.data)
    assert (one.loaded_by, one.reason, one.returned) == ("An", "", "")


def test_the_same_bytes_again_say_when_and_by_whom(data: Path) -> None:
    file = products(7)
    front_desk.settle_files(taken(looked(data, file)), "An", data)
    ((_, receipt),) = looked(data, ("ten khac.xlsx", file[1]))
    assert receipt.outcome == "duplicate"
    assert receipt.earlier is not None
    assert (receipt.earlier.file_name, receipt.earlier.version, receipt.earlier.loaded_by) == ("10966-7.xlsx", 1, "An")


def test_changed_cells_are_named_with_old_and_new(data: Path) -> None:
    first = report(changes={PRODUCTS: 7, "1_THONG_TIN population": 10_000}, tasks=(task("NV1"), task("NV2")),
                   remarks=(("KHO_KHAN", "Thiếu máy tính ở nhà văn hóa thôn", ""),))  # fmt: skip
    front_desk.settle_files(taken(looked(data, ("1.xlsx", first))), "An", data)
    second = report(changes={PRODUCTS: 9, "1_THONG_TIN population": 10_200, "1_THONG_TIN plan_no": "40/KH-UBND"},
                    tasks=(task("NV1", progress=80.0), task("NV3")),
                    remarks=(("KHO_KHAN", "Thiếu cán bộ phụ trách", ""),))  # fmt: skip
    ((inspected, receipt),) = looked(data, ("2.xlsx", second))
    assert (receipt.outcome, receipt.version, receipt.held[0].current, receipt.held[0].loaded_by) == (
        "accepted",
        2,
        1,
        "An",
    )
    changes = front_desk.preview_files([inspected], data).changes
    assert [(one.sheet, one.row, one.column, one.old, one.new) for one in changes] == [
        ("", "Số, ngày kế hoạch tuyên truyền đang thực hiện", "", "36/KH-UBND", "40/KH-UBND"),
        ("1_THONG_TIN", "", "Dân số", 10_000.0, 10_200.0),
        ("2_TUYEN_TRUYEN", "Tin, bài trên báo, đài, tạp chí", "Số sản phẩm trong kỳ", 7.0, 9.0),
        ("4_NHIEM_VU", "NV1 Tuyên truyền Nghị quyết 57 trên đài truyền thanh", "Tiến độ (%)", 50.0, 80.0),
        (
            "4_NHIEM_VU",
            "NV3",
            "Nội dung nhiệm vụ (“rõ việc”)",
            None,
            "Tuyên truyền Nghị quyết 57 trên đài truyền thanh",
        ),
        (
            "4_NHIEM_VU",
            "NV2",
            "Nội dung nhiệm vụ (“rõ việc”)",
            "Tuyên truyền Nghị quyết 57 trên đài truyền thanh",
            None,
        ),
        ("8_KHO_KHAN", "", "", None, "Thiếu cán bộ phụ trách"),
        ("8_KHO_KHAN", "", "", "Thiếu máy tính ở nhà văn hóa thôn", None),
    ]


def test_what_changed_is_shown_without_personal_data(data: Path) -> None:
    front_desk.settle_files(taken(looked(data, ("1.xlsx", report(tasks=(task("NV1"),))))), "An", data)
    ((inspected, _),) = looked(data, ("2.xlsx", report(tasks=(task("NV1", evidence="Gọi 0912 345 678"),))))
    seen = front_desk.preview_files([inspected], data)
    assert "345 678" not in str(seen)


def sides(data: Path) -> dict[str, tuple[object, ...]]:
    """The city's sums of every indicator."""
    rows = ask(
        data,
        "select indicator, sum(numerator), sum(denominator), count(*) from current_indicator where period = '2026-11' and numerator is not null group by indicator",
    )
    return {str(row[0]): row[1:] for row in rows}


def test_the_effect_that_is_foretold_is_the_effect_that_comes(data: Path) -> None:
    """Foretold on the side, then recorded: every indicator of the city moved from what was said to what was said."""
    for changes in ({PRODUCTS: 7, **ONLINE}, {PRODUCTS: 9, "1_THONG_TIN population": 12_000}):
        those = looked(
            data,
            ("a.xlsx", report(changes=changes)),
            ("b.xlsx", report(GIA_VIEN, changes={**changes, PRODUCTS: 3}, tasks=(task("NV1"),))),
        )
        before = sides(data) if Paths(data).pointer.exists() else {}
        foretold = front_desk.preview_files([inspected for inspected, _ in those], data).effects
        front_desk.settle_files(taken(those), "An", data)
        after = sides(data)
        assert len(foretold) > 5
        said = {one.indicator: one for one in foretold}
        for indicator in before.keys() | after.keys():
            old, new = before.get(indicator, (None, None, 0)), after.get(indicator, (None, None, 0))
            if indicator in said:
                assert said[indicator].city_after == new, indicator
                assert not before or tuple(said[indicator].city_before) == old, indicator
            else:
                assert not before or old == new, indicator


def test_nothing_is_overwritten_that_somebody_else_recorded_meanwhile(data: Path) -> None:
    """Two analysts at their desks: each looked at a file of the same report while nothing was there."""
    mine, hers = looked(data, products(7), products(3, GIA_VIEN)), looked(data, products(9))
    assert [one.outcome for one in front_desk.settle_files(taken(hers), "Bình", data)] == ["accepted"]
    receipts = front_desk.settle_files(taken(mine), "An", data)
    assert [(one.unit_code, one.outcome) for one in receipts] == [(GIA_VIEN, "accepted"), (BINH_GIANG, "overtaken")]
    assert (receipts[1].held[0].current, receipts[1].held[0].loaded_by) == (1, "Bình")
    assert ask(data, "select unit_code, version, loaded_by from submission order by all") == [
        (BINH_GIANG, 1, "Bình"), (GIA_VIEN, 1, "An"),
    ]  # fmt: skip
    assert [one.loaded_by for one in receptions(data)] == ["Bình", "An"]
    again = [inspected for inspected, _ in mine][:1]
    seen = front_desk.judge_files(again, data)
    assert [(one.column, one.old, one.new) for one in front_desk.preview_files(again, data).changes] == [
        ("Số sản phẩm trong kỳ", 9.0, 7.0)
    ]
    assert [one.outcome for one in front_desk.settle_files([(again[0], seen[0], None)], "An", data)] == ["accepted"]
    assert ask(
        data, "select value from measure where measure = 'products' and item_code = 'K0101' and unit_code = '10966'"
    ) == [(7.0,)]


def test_of_two_who_record_at_the_same_moment_one_is_told(data: Path) -> None:
    desks = [taken(looked(data, products(number))) for number in (7, 9)]
    outcomes: list[str] = []

    def record(decided: list[Decided], by: str) -> None:
        outcomes.extend(one.outcome for one in front_desk.settle_files(decided, by, data))

    threads = [Thread(target=record, args=(decided, by)) for decided, by in zip(desks, ("An", "Bình"), strict=True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["accepted", "overtaken"]
    assert ask(data, "select count(*), max(version) from submission") == [(1, 1)]


def test_two_files_of_one_report_in_one_drop_become_two_versions(data: Path) -> None:
    those = looked(data, products(7), products(9))
    assert [receipt.version for _, receipt in those] == [1, 2]
    front_desk.settle_files(taken(those), "An", data)
    assert ask(data, "select version, status from submission order by 1") == [(1, "accepted"), (2, "accepted")]


HEAD = """
| Kỳ báo cáo: Tháng 10/2026 |
| STT | Mã đơn vị | Tên đơn vị | Tổng số tiếp nhận | Tiếp nhận trực tuyến | Trực tiếp, bưu chính | Từ kỳ trước chuyển qua | Tổng số đã giải quyết | Giải quyết trước hạn | Giải quyết đúng hạn | Giải quyết quá hạn | Tổng số đang giải quyết | Đang giải quyết trong hạn | Đang giải quyết quá hạn |
"""


def city_table(online: int, total: int = 110) -> bytes:
    return drawn(("BIEU06", HEAD + f"""
| 1 | '{BINH_GIANG}' | Xã Bình Giang | {total} | {online} | {100 - online} | 10 | 90 | 50 | 35 | 5 | 20 | 18 | 2 |
| 2 | '{GIA_VIEN}' | Phường Gia Viên | 205 | 150 | 50 | 5 | 200 | 100 | 100 | 0 | 5 | 5 | 0 |
""".strip()))  # fmt: skip


def test_a_workbook_of_several_units_is_compared_recorded_and_sent_back_as_a_whole(data: Path) -> None:
    front_desk.settle_files(taken(looked(data, ("b06.xlsx", city_table(60)))), "An", data)
    ((inspected, receipt),) = looked(data, ("b06 sua.xlsx", city_table(70)))
    assert (receipt.outcome, receipt.counts["units"], len(receipt.held)) == ("accepted", 2, 2)
    seen = front_desk.preview_files([inspected], data)
    assert {(one.unit_code, one.column, one.old, one.new) for one in seen.changes} == {
        (BINH_GIANG, "Trực tuyến", 60.0, 70.0),
        (BINH_GIANG, "Trực tiếp, dịch vụ bưu chính", 40.0, 30.0),
    }
    online = next(one for one in seen.effects if one.indicator == "DV01")
    assert (online.value(online.city_before), online.value(online.city_after)) == (70.0, pytest.approx(220 / 3))
    front_desk.settle_files(taken([(inspected, receipt)], "Biểu của tháng khác"), "An", data)
    assert ask(data, "select unit_code, version, status from submission order by all") == [
        (BINH_GIANG, 1, "accepted"), (BINH_GIANG, 2, "returned"), (GIA_VIEN, 1, "accepted"), (GIA_VIEN, 2, "returned"),
    ]  # fmt: skip


def test_of_a_workbook_of_several_units_the_good_ones_can_be_taken_in(data: Path) -> None:
    those = looked(data, ("b06.xlsx", city_table(60, total=999)))
    assert (those[0][1].outcome, those[0][1].counts["units_good"]) == ("returned", 1)
    front_desk.settle_files(taken(those), "An", data)
    assert ask(data, "select unit_code, status from submission order by 1") == [
        (BINH_GIANG, "returned"),
        (GIA_VIEN, "accepted"),
    ]


def test_a_faulty_file_needs_no_more_reason_than_its_findings(data: Path) -> None:
    those = looked(data, ("sai.xlsx", report(changes={"5_DVC TONG recv_online": 5})), ("hong.xlsx", b"khong phai"))
    receipts = front_desk.settle_files(taken(those, ""), "An", data)
    assert [one.outcome for one in receipts] == ["unreadable", "returned"]
    assert ask(data, "select status, note from submission") == [("returned", None)]


def test_marked_copies_come_from_what_is_kept(data: Path) -> None:
    faulty = report(GIA_VIEN, changes={"5_DVC TONG recv_online": 5})
    receipts = front_desk.settle_files(taken(looked(data, ("sai.xlsx", faulty), products(7))), "An", data)
    ((name, content),) = front_desk.mark_kept(receipts, data)
    assert name == "sai.xlsx"
    with zipfile.ZipFile(BytesIO(content)) as book:
        assert "LỖI CẦN SỬA" in book.read("xl/workbook.xml").decode()
