"""A workbook in, what was understood and what was found out."""

import datetime as dt

import openpyxl
import pytest

from etl.identity import Choice
from etl.inspection import Incoming, Inspected, inspect
from tests.workbooks import GONE, prepared, report, task

RECEIVED = dt.datetime(2026, 11, 18, 9, 0)


def looked_at(data: bytes, name: str = "bao-cao.xlsx", choice: Choice | None = None) -> Inspected:
    return inspect(prepared(), Incoming(name, data, RECEIVED, choice or Choice()))


def found(inspected: Inspected) -> list[tuple[str, str, str]]:
    """rule, sheet and cell of each finding."""
    findings = [*inspected.findings, *(each for one in inspected.reports for each in one.findings)]
    return [(each.rule_id, each.sheet, each.cell) for each in findings]


def values_of(inspected: Inspected, measure: str, item: str) -> list[tuple[float | None, str]]:
    (one,) = inspected.reports
    return [(each.value, each.cell) for each in one.observations if (each.measure, each.item_code) == (measure, item)]


def test_a_correct_report_has_no_findings() -> None:
    inspected = looked_at(report(tasks=(task("T1"),), remarks=(("KHO_KHAN", "Thiếu thiết bị phát thanh", "SO"),)))
    (one,) = inspected.reports
    assert found(inspected) == []
    assert (one.unit_code, one.period, one.form_id) == ("10966", "2026-11", "NQ57-HP-1")
    assert [each.task_id for each in one.tasks] == ["T1"]
    assert [(each.kind, each.to_level, each.cell) for each in one.remarks] == [("KHO_KHAN", "SO", "8_KHO_KHAN!B4")]
    assert one.cells_required == one.cells_filled


def test_every_number_keeps_its_cell() -> None:
    inspected = looked_at(report(changes={"2_TUYEN_TRUYEN K0101 products": 7, "1_THONG_TIN population": 12_345}))
    assert values_of(inspected, "products", "K0101") == [(7.0, "D4")]
    assert values_of(inspected, "population", "") == [(12_345.0, "C20")]


CELLS = [
    # what the officer wrote, what is found, what is read
    (None, ["V46"], []),
    (0, [], [0.0]),
    ("KAD", [], [None]),
    ("không áp dụng", [], [None]),
    ("-", ["V46"], []),
    ("–", ["V46"], []),
    ("không có", ["V10.7"], []),
    ("1.234", ["V10.9"], [1234.0]),
    ("1 234", ["V10.9"], [1234.0]),
    ("1,234", ["V10.2"], []),
    ("12.5", ["V10.2"], []),
    (12.5, ["V10.19"], []),
    (-1, ["V10.5"], []),
    (100_001, ["V10.6"], []),
    ("s6", ["V10.3"], []),
    ("nhiều", ["V10.1"], []),
    (dt.date(2026, 11, 1), ["V10.32"], []),
    (True, ["V10.1"], []),
]


@pytest.mark.parametrize(("written", "rules", "numbers"), CELLS)
def test_a_count_cell(written: object, rules: list[str], numbers: list[float | None]) -> None:
    inspected = looked_at(report(changes={"2_TUYEN_TRUYEN K0101 products": written}))
    assert found(inspected) == [(rule, "2_TUYEN_TRUYEN", "D4") for rule in rules]
    assert [value for value, _ in values_of(inspected, "products", "K0101")] == numbers


def test_a_finding_says_what_where_and_what_to_do() -> None:
    inspected = looked_at(report(changes={"2_TUYEN_TRUYEN K0101 products": "1,234"}))
    (finding,) = inspected.reports[0].findings
    assert finding.row_label == "Tin, bài trên báo, đài, tạp chí"
    assert finding.column_label == "Số sản phẩm trong kỳ"
    assert finding.message == "“1,234” có thể hiểu là 1234 hoặc 1,234."
    assert finding.expected.startswith("Số nguyên từ 0 đến 100.000")
    assert finding.fix


def test_all_findings_come_in_one_pass() -> None:
    inspected = looked_at(
        report(
            changes={
                "2_TUYEN_TRUYEN K0101 products": "nhiều",
                "2_TUYEN_TRUYEN K0301 products": None,
                "5_DVC TONG recv_total": 10,
                "5_DVC TONG recv_online": 12,
                "1_THONG_TIN adults": 20_000,
            },
            tasks=(task("T1", status="HOAN_THANH", progress=80.0),),
        )
    )
    assert {rule for rule, _, _ in found(inspected)} == {
        "V10.1",
        "V46",
        "V28",
        "V29b",
        "V32",
        "V09a",
        "V22a",
        "V22b",
        "V27",
    }


# Structure ------------------------------------------------------------------------------------------------------------


def move_heading_down(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        sheet.insert_rows(1, amount=4)


def reorder_and_add_columns(book: openpyxl.Workbook) -> None:
    sheet = book["2_TUYEN_TRUYEN"]
    sheet.insert_cols(1, amount=2)
    sheet.cell(2, 1, "Ý kiến của phòng")
    sheet.cell(5, 1, "đã rà soát")
    sheet.move_range(f"F1:F{sheet.max_row}", cols=30)


def blank_rows_between(book: openpyxl.Workbook) -> None:
    book["2_TUYEN_TRUYEN"].insert_rows(10, amount=3)


def drop_ids(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        sheet.delete_rows(3)
        sheet.row_dimensions[3].hidden = False


def rename_sheets(book: openpyxl.Workbook) -> None:
    for sheet, name in zip(book.worksheets, ("Thông tin", "2. Tuyên truyền", "Sheet3", "Nhiệm vụ"), strict=False):
        sheet.title = name


def hide(book: openpyxl.Workbook) -> None:
    book["2_TUYEN_TRUYEN"].row_dimensions[4].hidden = True
    book["3_DOI_TUONG"].sheet_state = "hidden"


def sign(book: openpyxl.Workbook) -> None:
    book["4_NHIEM_VU"].append(["Người lập biểu"])
    book["2_TUYEN_TRUYEN"].append([None, "Thủ trưởng đơn vị"])


TOUCHES = [
    (move_heading_down, []),
    (reorder_and_add_columns, ["V02.9"]),
    (blank_rows_between, []),
    (drop_ids, []),
    (rename_sheets, []),
    (hide, ["V02.11", "V02.10"]),
    (sign, ["V02.12", "V02.12"]),
]


@pytest.mark.parametrize(("touch", "rules"), TOUCHES)
def test_what_officers_do_to_a_sheet_does_not_lose_a_number(touch: object, rules: list[str]) -> None:
    plain = report(changes={"2_TUYEN_TRUYEN K0101 products": 7}, tasks=(task("T1"),))
    touched = report(changes={"2_TUYEN_TRUYEN K0101 products": 7}, tasks=(task("T1"),), touch=touch)  # type: ignore[arg-type]
    before, after = looked_at(plain), looked_at(touched)
    assert [rule for rule, _, _ in found(after)] == rules
    assert numbers(after) == numbers(before)
    assert [each.task_id for each in after.reports[0].tasks] == ["T1"]


def numbers(inspected: Inspected) -> set[tuple[str, str, str | None, float | None]]:
    (one,) = inspected.reports
    return {(each.measure, each.item_code, each.theme_code, each.value) for each in one.observations}


def test_the_row_in_a_message_is_excels_own() -> None:
    inspected = looked_at(report(changes={"2_TUYEN_TRUYEN K0102 products": "nhiều"}, touch=blank_rows_between))
    assert found(inspected) == [("V10.1", "2_TUYEN_TRUYEN", "D5")]
    inspected = looked_at(report(changes={"2_TUYEN_TRUYEN K99 products": "nhiều"}, touch=blank_rows_between))
    assert found(inspected) == [("V10.1", "2_TUYEN_TRUYEN", "D50")]


STRUCTURE = [
    ({"2_TUYEN_TRUYEN K0101": GONE}, [("V16.1", "2_TUYEN_TRUYEN", "")]),
    ({"2_TUYEN_TRUYEN K9999 products": 1}, [("V16.3", "2_TUYEN_TRUYEN", "A48")]),
]


@pytest.mark.parametrize(("changes", "expected"), STRUCTURE)
def test_printed_rows_come_once_and_all(changes: dict[str, object], expected: list[tuple[str, str, str]]) -> None:
    assert found(looked_at(report(changes=changes))) == expected


def test_a_code_said_twice_names_both_rows() -> None:
    def copy_row(book: openpyxl.Workbook) -> None:
        book["2_TUYEN_TRUYEN"].append(["K0101", "", "", 3])

    inspected = looked_at(report(touch=copy_row))
    assert found(inspected) == [("V16.2", "2_TUYEN_TRUYEN", "A48")]
    assert "4, 48" in inspected.reports[0].findings[0].message + inspected.reports[0].findings[0].fix


def test_a_totals_row_is_compared_and_never_counted() -> None:
    def total(number: int) -> object:
        def touch(book: openpyxl.Workbook) -> None:
            book["3_DOI_TUONG"].append([None, "Tổng cộng", None, number])

        return touch

    changes = {"3_DOI_TUONG A01 sessions": 2, "3_DOI_TUONG A03 sessions": 3}
    right = looked_at(report(changes=changes, touch=total(5)))  # type: ignore[arg-type]
    wrong = looked_at(report(changes=changes, touch=total(6)))  # type: ignore[arg-type]
    assert found(right) == []
    assert found(wrong) == [("V37", "3_DOI_TUONG", "D26")]
    assert sum(each.value or 0 for each in wrong.reports[0].observations if each.measure == "sessions") == 2 + 3


def test_the_line_of_all_fields_is_the_sum_of_the_fields() -> None:
    changes = {
        "5_DVC TONG recv_total": 10, "5_DVC TONG recv_direct": 10, "5_DVC TONG done_total": 10, "5_DVC TONG done_early": 10,
        "5_DVC Đất-đai recv_total": 4, "5_DVC Tư-pháp recv_total": 5,
    }  # fmt: skip
    assert ("V37", "5_DVC", "C4") in found(looked_at(report(changes=changes)))


def test_nothing_to_report_is_said_for_a_sheet_or_for_all_of_it() -> None:
    def declare(book: openpyxl.Workbook) -> None:
        sheet = book["2_TUYEN_TRUYEN"]
        sheet.cell(1, 5, "Không phát sinh trong kỳ:")
        sheet.cell(1, 6, "Có")
        for row in range(4, sheet.max_row + 1):
            sheet.cell(row, 4).value = None

    inspected = looked_at(report(touch=declare))
    assert found(inspected) == []
    assert inspected.reports[0].nothing_in == ("2_TUYEN_TRUYEN",)
    assert values_of(inspected, "products", "K0101") == [(0.0, "F1")]


def test_a_missing_sheet_is_named_and_the_rest_is_checked() -> None:
    def drop(book: openpyxl.Workbook) -> None:
        book.remove(book["5_DVC"])

    assert found(looked_at(report(changes={"1_THONG_TIN adults": 20_000}, touch=drop))) == [
        ("V02.4", "", ""),
        ("V09a", "1_THONG_TIN", "C21"),
    ]


# Whose and when -------------------------------------------------------------------------------------------------------

IDENTITY = [
    # file name, changes to the cover, rules
    ("a.xlsx", {"unit_code": "99999"}, ["V03.1"]),
    ("a.xlsx", {"unit_code": None, "unit_name": None}, ["V03.2"]),
    ("a.xlsx", {"unit_code": "11359"}, ["V03.3"]),
    ("NQ57-HP-1_11359_2026-11.xlsx", {}, ["V03.3"]),
    ("NQ57-HP-1_10966_2026-10.xlsx", {}, ["V05.3"]),
    ("bao cao thang 10-2026.xlsx", {}, ["V05.3"]),
    ("a.xlsx", {"period": "tháng mười một"}, ["V05.2"]),
    ("a.xlsx", {"period": "2026-12"}, ["V07", "V05.5"]),
    ("a.xlsx", {"period": "2026-10"}, ["V05.5"]),
    ("a.xlsx", {"unit_code": None, "unit_name": "xã cam giang"}, ["V03.4"]),
    ("a.xlsx", {"unit_code": "HU-CAMGIANG", "unit_name": "Huyện Cẩm Giàng"}, ["V03.5"]),
]


@pytest.mark.parametrize(("name", "cover", "rules"), IDENTITY)
def test_witnesses_that_disagree_stop_and_ask(name: str, cover: dict[str, object], rules: list[str]) -> None:
    inspected = looked_at(report(changes={f"1_THONG_TIN {key}": value for key, value in cover.items()}), name)
    assert inspected.reports == ()
    assert [rule for rule, _, _ in found(inspected) if rule != "V46"] == rules


SAME_UNIT = [
    ("NQ57-HP-1_10966_2026-11.xlsx", {}),
    ("xã Bình Giang tháng 11-2026.xlsx", {}),
    ("a.xlsx", {"unit_name": "UBND xã Bình Giang"}),
    ("a.xlsx", {"unit_name": "XÃ BÌNH GIANG"}),
    ("a.xlsx", {"unit_name": "xa Binh Giang"}),
    ("a.xlsx", {"unit_code": 10966}),
    ("a.xlsx", {"period": "Tháng 11/2026"}),
    ("a.xlsx", {"period": dt.datetime(2026, 11, 1)}),
]


@pytest.mark.parametrize(("name", "cover"), SAME_UNIT)
def test_witnesses_may_put_it_each_in_their_own_words(name: str, cover: dict[str, object]) -> None:
    inspected = looked_at(report(changes={f"1_THONG_TIN {key}": value for key, value in cover.items()}), name)
    assert [(one.unit_code, one.period) for one in inspected.reports] == [("10966", "2026-11")]


@pytest.mark.parametrize("unit_code", ["10888", "10903"])
def test_cam_giang_and_cam_giang_are_told_apart_by_one_tone(unit_code: str) -> None:
    inspected = looked_at(report(unit_code, changes={"1_THONG_TIN unit_code": unit_code}))
    assert [one.unit_code for one in inspected.reports] == [unit_code]
    other = {"10888": "Xã Cẩm Giàng", "10903": "Xã Cẩm Giang"}[unit_code]
    mixed = looked_at(report(unit_code, changes={"1_THONG_TIN unit_name": other}))
    assert [rule for rule, _, _ in found(mixed)] == ["V03.3"]


def test_a_sheet_copied_from_another_month_is_noticed_by_its_title() -> None:
    def copied(book: openpyxl.Workbook) -> None:
        book["5_DVC"].cell(1, 1, "5. DỊCH VỤ CÔNG — Xã Bình Giang — Tháng 10/2026")

    assert [rule for rule, _, _ in found(looked_at(report(touch=copied)))] == ["V05.3"]


def test_the_old_district_may_still_send_its_report_of_2025() -> None:
    data = report("HU-CAMGIANG", "2025")
    inspected = inspect(prepared(), Incoming("a.xlsx", data, dt.datetime(2025, 12, 8)))
    assert [(one.unit_code, one.period) for one in inspected.reports] == [("HU-CAMGIANG", "2025")]


FORMS = [
    ({"template_version": "NQ57-HP-9"}, "V02.3"),
]


@pytest.mark.parametrize(("cover", "rule"), FORMS)
def test_a_version_that_is_not_known_is_refused_by_name(cover: dict[str, object], rule: str) -> None:
    inspected = looked_at(report(changes={f"1_THONG_TIN {key}": value for key, value in cover.items()}))
    assert rule in [each for each, _, _ in found(inspected)]


def test_a_workbook_of_another_form_is_told_so() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Danh sách khách mời", "Đơn vị"])  # type: ignore[union-attr]
    import io

    out = io.BytesIO()
    book.save(out)
    inspected = looked_at(out.getvalue())
    assert [rule for rule, _, _ in found(inspected)] == ["V02.1"]


# Text -----------------------------------------------------------------------------------------------------------------

PERSONAL = ["CCCD 031234567890", "liên hệ 0912 345 678", "gửi về nguyenvana@gmail.com"]


@pytest.mark.parametrize("text", PERSONAL)
def test_personal_data_are_refused_and_masked(text: str) -> None:
    inspected = looked_at(report(remarks=(("KHO_KHAN", text, "SO"),)))
    assert found(inspected) == [("V50", "8_KHO_KHAN", "B4")]
    (finding,) = inspected.reports[0].findings
    assert not any(part in finding.message for part in ("031234567890", "0912 345 678", "nguyenvana@gmail.com"))


@pytest.mark.parametrize(
    "text", ["Kinh phí 150000000 đồng", "Công văn 123/UBND-VX ngày 20/11/2026", "https://fb.com/p/123456789012"]
)
def test_amounts_documents_and_links_are_not_personal_data(text: str) -> None:
    assert found(looked_at(report(remarks=(("KHO_KHAN", text, "SO"),)))) == []


def test_text_that_lost_its_tones_is_said() -> None:
    scanned = "Cong tac tuyen truyen can tién hanh kip thoi, thuong xuyén, toan dién, cé trong tam, trong diém. " * 4
    assert ("V47", "", "") in found(looked_at(report(remarks=(("KHO_KHAN", scanned, "SO"),))))


def test_a_number_where_it_has_no_meaning_is_said_and_not_read() -> None:
    inspected = looked_at(report(changes={"2_TUYEN_TRUYEN K0601 airings": 5}))
    assert [rule for rule, _, _ in found(inspected)] == ["V14.1"]
    assert values_of(inspected, "airings", "K0601") == []


def test_a_column_that_stands_twice_is_not_guessed() -> None:
    def copy_column(book: openpyxl.Workbook) -> None:
        sheet = book["2_TUYEN_TRUYEN"]
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, 30).value = sheet.cell(row, 4).value

    assert found(looked_at(report(touch=copy_column))) == [("V02.8", "2_TUYEN_TRUYEN", "AD3")]


def test_a_column_of_ones_own_is_said_where_it_holds_something_though_its_heading_was_seen_empty() -> None:
    def headed(*below: str) -> bytes:
        def add_column(book: openpyxl.Workbook) -> None:
            for row, text in enumerate(("Của phòng", "", *below), 2):
                book["2_TUYEN_TRUYEN"].cell(row, 30).value = text or None

        return report(touch=add_column)

    noted = [("V02.9", "2_TUYEN_TRUYEN", "AD2")]
    assert [found(looked_at(headed(*below))) for below in ((), ("đủ",), ())] == [[], noted, []]
