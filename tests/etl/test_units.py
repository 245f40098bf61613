"""BIEU06: one row a unit, as the city's one-stop software exports it."""

import datetime as dt

from etl.inspection import Incoming, Inspected, inspect
from tests.workbooks import drawn, prepared

RECEIVED = dt.datetime(2026, 12, 3)
HEADINGS = """
| TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH                                                                                      |
| Kỳ báo cáo: Tháng 11/2026 (từ ngày 01/11/2026 đến ngày 30/11/2026)                                                                    |
| STT | Đơn vị | Số lượng hồ sơ tiếp nhận |            |                              |               | Số lượng hồ sơ đã giải quyết |  |  |  | Số lượng hồ sơ đang giải quyết |  | |
|     |        | Tổng số | Trong kỳ |                          | Từ kỳ trước | Tổng số | Trước hạn | Đúng hạn | Quá hạn | Tổng số | Trong hạn | Quá hạn |
|     |        |         | Trực tuyến | Trực tiếp, dịch vụ bưu chính |          |         |           |          |         |         |           |         |
| (1) | (2)    | (3)     | (4)        | (5)                          | (6)      | (7)     | (8)       | (9)      | (10)    | (11)    | (12)      | (13)    |
"""


def looked_at(rows: str, name: str = "BIEU 06.xlsx") -> Inspected:
    return inspect(prepared(), Incoming(name, drawn(("Sheet1", HEADINGS + rows.strip())), RECEIVED))


def found(inspected: Inspected) -> list[tuple[str, str]]:
    findings = [*inspected.findings, *(each for one in inspected.reports for each in one.findings)]
    return [(each.rule_id, each.cell) for each in findings]


def test_each_row_is_a_report_of_its_unit_with_the_cells_it_came_from() -> None:
    inspected = looked_at("""
| 1 | Xã Bình Giang     | 110 | 60 | 40 | 10 | 90 | 50 | 35 | 5 | 20 | 18 | 2 |
| 2 | UBND phường Gia Viên | 205 | 150 | 50 | 5 | 200 | 100 | 100 | 0 | 5 | 5 | 0 |
|   | Tổng cộng         | 315 | 210 | 90 | 15 | 290 | 150 | 135 | 5 | 25 | 23 | 2 |
""")
    assert found(inspected) == []
    assert [(one.unit_code, one.period, one.form_id) for one in inspected.reports] == [
        ("10966", "2026-11", "BIEU06"),
        ("11359", "2026-11", "BIEU06"),
    ]
    values = {each.measure: (each.item_code, each.value, each.cell) for each in inspected.reports[0].observations}
    assert values["recv_online"] == ("TONG", 60.0, "D7")
    assert values["recv_direct_post"] == ("TONG", 40.0, "E7")
    assert values["recv_total"] == ("TONG", 60.0 + 40.0, "D7+E7")
    assert values["done_late"] == ("TONG", 5.0, "J7")
    assert values["open_late"] == ("TONG", 2.0, "M7")


def test_rows_that_are_nobodys_and_sums_that_do_not_hold_are_named() -> None:
    inspected = looked_at("""
| 1 | Xã Bình Giang | 111 | 60 | 40 | 10 | 90 | 50 | 35 | 5 | 21 | 19 | 2 |
| 2 | Xã Bình Yên   | 205 | 150 | 50 | 5 | 200 | 100 | 100 | 0 | 5 | 5 | 0 |
| 3 | xa cam giang  | 10 | 5 | 5 | 0 | 10 | 5 | 5 | 0 | 0 | 0 | 0 |
|   | Tổng cộng     | 99 | 60 | 40 | 10 | 90 | 50 | 35 | 5 | 21 | 19 | 2 |
""")
    assert set(found(inspected)) == {("V03.1", "B8"), ("V03.4", "B9"), ("V37", "C10"), ("B06-01", "C7")}
    assert [one.unit_code for one in inspected.reports] == ["10966"]


def test_a_name_with_a_wrong_tone_is_nobodys_and_the_near_ones_are_named() -> None:
    (stray,) = looked_at("| 1 | Xã Cẩm Giáng | 10 | 5 | 5 | 0 | 10 | 5 | 5 | 0 | 0 | 0 | 0 |").findings
    assert stray.rule_id == "V03.1"
    assert "Xã Cẩm Giang – 10888" in stray.expected and "Xã Cẩm Giàng – 10903" in stray.expected


def test_the_file_name_may_be_the_only_witness_but_not_a_contrary_one() -> None:
    inspected = looked_at("| 1 | Xã Bình Giang | 10 | 5 | 5 | 0 | 10 | 5 | 5 | 0 | 0 | 0 | 0 |", "bieu06_2026-10.xlsx")
    assert found(inspected) == [("V05.3", "")]
