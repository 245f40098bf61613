"""What officers do to sheets, rows and columns: the numbers stay where they belong, or the sender is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.etl.messy.office import ACCEPTED, RETURNED, Ending, Touch, ending, plain, touched

CHANNELS, AUDIENCES, TASKS, DOSSIERS, SKILLS, MONEY = (
    "2_TUYEN_TRUYEN", "3_DOI_TUONG", "4_NHIEM_VU", "5_DVC", "6_KY_NANG_SO", "7_KINH_PHI",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """What was done to the plain report, how it ends, and what is said: "rule place words"."""

    done: Touch
    outcome: str
    said: Sequence[str] = ()
    same: bool = True
    """Whether an accepted workbook still says the same numbers."""


# Rows -----------------------------------------------------------------------------------------------------------------


def rows_inserted_above_the_heading(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        sheet.insert_rows(1, amount=4)
        sheet["A1"] = "ỦY BAN NHÂN DÂN XÃ BÌNH GIANG"


def blank_rows_between(book: openpyxl.Workbook) -> None:
    book[CHANNELS].insert_rows(10, amount=3)
    book[TASKS].insert_rows(5, amount=2)


def printed_row_deleted(book: openpyxl.Workbook) -> None:
    book[CHANNELS].delete_rows(5)


def row_added_with_a_code_of_its_own(book: openpyxl.Workbook) -> None:
    book[CHANNELS].append(["K0809", "Đi bộ đồng hành", "cuộc", 3])


def row_added_without_a_code(book: openpyxl.Workbook) -> None:
    book[CHANNELS].append([None, "Đi bộ đồng hành", "cuộc", 3])


def formula_in_a_row_without_a_code(book: openpyxl.Workbook) -> None:
    book[CHANNELS].append([None, "Đi bộ đồng hành", "cuộc", "='[Bao cao cu.xlsx]2_TUYEN_TRUYEN'!D48"])
    book[DOSSIERS].append([None, "=NA()"])


def row_named_by_words_with_a_formula_only(book: openpyxl.Workbook) -> None:
    book[CHANNELS].append(["Đi bộ đồng hành", None, None, "='[Bao cao cu.xlsx]2_TUYEN_TRUYEN'!D48"])


def row_copied(book: openpyxl.Workbook) -> None:
    book[CHANNELS].append(["K0101", "Tin, bài trên báo, đài, tạp chí", "tin, bài", 2])


def total_below_that_is_right(book: openpyxl.Workbook) -> None:
    book[AUDIENCES].append([None, "Tổng cộng (I+II)", None, 2, 60])


def total_below_that_is_wrong(book: openpyxl.Workbook) -> None:
    book[AUDIENCES].append([None, "TỔNG SỐ", None, 3, 60])


def subtotals_between(book: openpyxl.Workbook) -> None:
    sheet = book[AUDIENCES]
    sheet.insert_rows(10)
    sheet["B10"], sheet["D10"], sheet["E10"] = "Cộng nhóm I", 2, 60


def printed_total_renamed(book: openpyxl.Workbook) -> None:
    book[DOSSIERS]["A4"] = "Tổng cộng"


def printed_total_overwritten(book: openpyxl.Workbook) -> None:
    book[DOSSIERS]["A4"] = "Đất đai"


def note_below(book: openpyxl.Workbook) -> None:
    book[CHANNELS].append(["* Số liệu tính đến hết ngày 14/11/2026"])


def signatures_below(book: openpyxl.Workbook) -> None:
    for name in (CHANNELS, TASKS):
        sheet = book[name]
        sheet.append([])
        sheet.append([None, None, "Bình Giang, ngày 17 tháng 11 năm 2026"])
        sheet.append([None, "NGƯỜI LẬP BIỂU", None, "TM. ỦY BAN NHÂN DÂN"])
        sheet.append([None, None, None, "KT. CHỦ TỊCH"])
        sheet.append([None, "(Ký, ghi rõ họ tên)", None, "(Ký tên, đóng dấu)"])
        sheet.append([])
        sheet.append([None, "Nguyễn Thị Hoa", None, "Trần Văn Bình"])


def heading_repeated_for_printing(book: openpyxl.Workbook) -> None:
    for name in (CHANNELS, TASKS):
        sheet = book[name]
        labels = [cell.value for cell in sheet[2]]
        at = 20 if name == CHANNELS else 5
        sheet.insert_rows(at)
        for place, label in enumerate(labels, start=1):
            sheet.cell(at, place, label)


def two_tables_on_one_sheet(book: openpyxl.Workbook) -> None:
    sheet = book[CHANNELS]
    rows = list(sheet.iter_rows(values_only=True))
    sheet.append([])
    for row in rows[1:]:
        sheet.append(row)


ROWS = {
    "rows inserted above the heading": Case(rows_inserted_above_the_heading, ACCEPTED),
    "blank rows between": Case(blank_rows_between, ACCEPTED),
    "a printed row deleted": Case(
        printed_row_deleted, RETURNED, ["V16.1 2_TUYEN_TRUYEN Thiếu dòng “K0102 Chuyên trang"]
    ),
    "a row added with a code of its own": Case(
        row_added_with_a_code_of_its_own, RETURNED, ["V16.3 2_TUYEN_TRUYEN!A48 Mã “K0809” không có trong danh mục"]
    ),
    "a row added without a code": Case(
        row_added_without_a_code, RETURNED, ["V16.4 2_TUYEN_TRUYEN!A48 Dòng có số liệu nhưng không có mã"]
    ),
    "a formula in a row without a code": Case(
        formula_in_a_row_without_a_code, RETURNED,
        ["V16.4 2_TUYEN_TRUYEN!A48 Dòng có số liệu nhưng không có mã", "V16.4 5_DVC!A5 Dòng có số liệu"],
    ),
    "a row named by words with a formula only": Case(
        row_named_by_words_with_a_formula_only, RETURNED, ["V16.3 2_TUYEN_TRUYEN!A48 Mã “ĐI BỘ ĐỒNG HÀNH”"]
    ),
    "a row copied": Case(row_copied, RETURNED, ["V16.2 2_TUYEN_TRUYEN!A48 Mã K0101 xuất hiện hai lần (dòng 4, 48)"]),
    "a total below that is right": Case(total_below_that_is_right, ACCEPTED),
    "a total below that is wrong": Case(
        total_below_that_is_wrong, RETURNED, ["V37 3_DOI_TUONG!D26 Dòng tổng ghi 3, cộng các dòng chi tiết được 2"]
    ),
    "subtotals between the rows": Case(subtotals_between, ACCEPTED),
    "the printed total renamed": Case(printed_total_renamed, ACCEPTED),
    "the printed total overwritten": Case(printed_total_overwritten, RETURNED, ["V16.1 5_DVC Thiếu dòng “TONG”"]),
    "a note below the table": Case(note_below, ACCEPTED, ["V02.12 2_TUYEN_TRUYEN!A48 không thuộc bảng (“* Số liệu"]),
    "signatures below the tables": Case(
        signatures_below, ACCEPTED,
        ["V02.12 2_TUYEN_TRUYEN!C49 không thuộc bảng (“Bình Giang, ngày 17", "V02.12 4_NHIEM_VU!C7 không thuộc bảng"],
    ),
    "headings repeated for printing": Case(
        heading_repeated_for_printing, ACCEPTED,
        ["V02.12 2_TUYEN_TRUYEN!A20 không thuộc bảng (“Mã kênh”)", "V02.12 4_NHIEM_VU!A5 không thuộc bảng"],
    ),
    "two tables on one sheet": Case(
        two_tables_on_one_sheet, RETURNED, ["V16.6 2_TUYEN_TRUYEN!A49 Sheet có hai bảng (dòng 2 và dòng 49)"]
    ),
}  # fmt: skip


# Columns --------------------------------------------------------------------------------------------------------------


def columns_moved(book: openpyxl.Workbook) -> None:
    book[CHANNELS].move_range("D1:D60", cols=30)


def columns_hidden(book: openpyxl.Workbook) -> None:
    book[CHANNELS].column_dimensions["D"].hidden = True


def optional_column_deleted(book: openpyxl.Workbook) -> None:
    book[CHANNELS].delete_cols(18)


def required_column_deleted(book: openpyxl.Workbook) -> None:
    book[AUDIENCES].delete_cols(5)


def column_copied(book: openpyxl.Workbook) -> None:
    sheet = book[CHANNELS]
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, 30).value = sheet.cell(row, 4).value


def column_added(book: openpyxl.Workbook) -> None:
    sheet = book[CHANNELS]
    sheet["W2"], sheet["W4"] = "Ghi chú của phòng", "đã rà soát"


def headings_retyped(book: openpyxl.Workbook) -> None:
    book[CHANNELS]["D2"] = "Kết quả thực hiện"


def headings_exchanged(book: openpyxl.Workbook) -> None:
    sheet = book[AUDIENCES]
    sheet["D2"], sheet["E2"] = sheet["E2"].value, sheet["D2"].value


def unit_in_the_heading(book: openpyxl.Workbook) -> None:
    book[MONEY]["D2"] = "Được duyệt (triệu đồng)"


def cumulative_in_the_heading(book: openpyxl.Workbook) -> None:
    book[CHANNELS]["D2"] = "Số sản phẩm lũy kế từ đầu năm"


def ids_deleted(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        sheet.delete_rows(3)
        sheet.row_dimensions[3].hidden = False


def ids_deleted_and_heading_retyped(book: openpyxl.Workbook) -> None:
    ids_deleted(book)
    book[AUDIENCES]["D2"] = "KQ đạt được"


COLUMNS = {
    "columns in another order": Case(columns_moved, ACCEPTED),
    "a column hidden": Case(columns_hidden, ACCEPTED, ["V02.13 2_TUYEN_TRUYEN!D3 Cột “Số sản phẩm trong kỳ” đang ẩn"]),
    "an optional column deleted": Case(
        optional_column_deleted, ACCEPTED, ["V02.14 2_TUYEN_TRUYEN Không có cột “Số điểm”"], same=True
    ),
    "a required column deleted": Case(
        required_column_deleted, RETURNED, ["V02.7 3_DOI_TUONG Thiếu cột “Lượt tham dự”"]
    ),
    "a column copied": Case(column_copied, RETURNED, ["V02.8 2_TUYEN_TRUYEN!AD3 xuất hiện hai lần"]),
    "a column of one's own": Case(column_added, ACCEPTED, ["V02.9 2_TUYEN_TRUYEN!W2 Cột “Ghi chú của phòng”"]),
    "a heading retyped": Case(
        headings_retyped, ACCEPTED, ["V02.15 2_TUYEN_TRUYEN!D2 ghi “Kết quả thực hiện”, mẫu ghi “Số sản phẩm trong kỳ”"]
    ),
    "two headings exchanged": Case(
        headings_exchanged, RETURNED,
        ["V02.16 3_DOI_TUONG!D2 tiêu đề của cột “Lượt tham dự”", "V02.16 3_DOI_TUONG!E2 tiêu đề của cột “Số cuộc"],
    ),
    "the unit in a heading changed": Case(
        unit_in_the_heading, RETURNED, ["V02.17 7_KINH_PHI!D2 sửa thành “Được duyệt (triệu đồng)”: mẫu tính bằng đồng"]
    ),
    "a heading made cumulative": Case(
        cumulative_in_the_heading, RETURNED, ["V02.17 2_TUYEN_TRUYEN!D2 “Số sản phẩm lũy kế từ đầu năm”"]
    ),
    "the row of ids deleted": Case(ids_deleted, ACCEPTED),
    "the row of ids deleted and a heading retyped": Case(
        ids_deleted_and_heading_retyped, RETURNED,
        ["V02.7 3_DOI_TUONG Thiếu cột “Số cuộc, buổi, lớp”", "V02.9 3_DOI_TUONG!D2 Cột “KQ đạt được” không có trong mẫu"],
    ),
}  # fmt: skip


# Cells ----------------------------------------------------------------------------------------------------------------


def merged_down(book: openpyxl.Workbook) -> None:
    book[CHANNELS].merge_cells("D4:D6")


def merged_across(book: openpyxl.Workbook) -> None:
    book[CHANNELS].merge_cells("O4:P4")


def only_a_comment(book: openpyxl.Workbook) -> None:
    book[CHANNELS]["D4"].value = None
    book[CHANNELS]["D4"].comment = Comment("7 tin bài", "Phòng VHXH")


def codes_with_spaces(book: openpyxl.Workbook) -> None:
    book[CHANNELS]["A4"], book[CHANNELS]["A5"] = " k0101", "K 0102 "


def codes_sorted_alone(book: openpyxl.Workbook) -> None:
    sheet = book[CHANNELS]
    codes = [sheet.cell(row, 1).value for row in range(4, 48)]
    for row, code in enumerate(reversed(codes), start=4):
        sheet.cell(row, 1, code)


def codes_deleted(book: openpyxl.Workbook) -> None:
    for row in range(4, 48):
        book[CHANNELS].cell(row, 1).value = None


def protected(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        sheet.protection.sheet = True
        sheet.protection.password = "matkhau"


def filtered(book: openpyxl.Workbook) -> None:
    sheet = book[CHANNELS]
    sheet.auto_filter.ref = "A2:U47"
    for row in range(5, 30):
        sheet.row_dimensions[row].hidden = True


def hidden_sheets_deleted(book: openpyxl.Workbook) -> None:
    """What Excel leaves of the template's own sentences when the sheet that works them out is gone."""
    for name in (CHANNELS, TASKS):
        sheet = book[name]
        place = sheet.max_column + 1
        sheet.cell(2, place, "Tự kiểm tra")
        sheet.cell(3, place, "tu_kiem_tra")
        for row in range(4, 60):
            sheet.cell(row, place, "#REF!")


def hidden_sheets_and_ids_deleted(book: openpyxl.Workbook) -> None:
    hidden_sheets_deleted(book)
    ids_deleted(book)
    for name in (CHANNELS, TASKS):
        for cell in book[name][2]:
            cell.value = str(cell.value or "").upper()


def error_alone_on_a_row(book: openpyxl.Workbook) -> None:
    book[TASKS]["C9"] = "#REF!"


def formula_alone_on_a_row(book: openpyxl.Workbook) -> None:
    book[TASKS]["T9"] = "=COUNTA(A4:A8)"


def nothing_declared_above_numbers(book: openpyxl.Workbook) -> None:
    book[CHANNELS]["E1"], book[CHANNELS]["F1"] = "Không phát sinh trong kỳ:", "Có"


def nothing_declared_for_all(book: openpyxl.Workbook) -> None:
    (cell,) = (row[2] for row in book["1_THONG_TIN"].iter_rows() if row[0].value == "nothing_to_report")
    cell.value = "x"


CELLS = {
    "nothing to report, and numbers": Case(
        nothing_declared_above_numbers, ACCEPTED,
        ["V46.4 2_TUYEN_TRUYEN!F1 nhưng sheet 2_TUYEN_TRUYEN vẫn ghi 3 số phát sinh lớn hơn 0 (ô đầu tiên: D4)"],
    ),
    "nothing to report at all, and numbers": Case(
        nothing_declared_for_all, ACCEPTED,
        ["V46.4 1_THONG_TIN!C30 nhưng sheet 2_TUYEN_TRUYEN", "V46.4 1_THONG_TIN!C30 nhưng sheet 3_DOI_TUONG vẫn ghi 2",
         "V46.4 1_THONG_TIN!C30 nhưng sheet 5_DVC vẫn ghi 5"],
    ),
    "hidden sheets deleted": Case(hidden_sheets_deleted, ACCEPTED),
    "hidden sheets and ids deleted, headings shouted": Case(hidden_sheets_and_ids_deleted, ACCEPTED),
    "an error alone on a row": Case(
        error_alone_on_a_row, RETURNED, ["V10.8 4_NHIEM_VU!C9 Ô báo lỗi #REF!", "V16.7 4_NHIEM_VU!A9 Dòng này không có"]
    ),
    "a formula alone on a row": Case(formula_alone_on_a_row, ACCEPTED),
    "cells merged downwards": Case(
        merged_down, RETURNED,
        ["V46.1 2_TUYEN_TRUYEN!D5 bị gộp với ô D4", "V46.1 2_TUYEN_TRUYEN!D6 bị gộp với ô D4"],
    ),
    "cells merged across": Case(
        merged_across, ACCEPTED, ["V46.2 2_TUYEN_TRUYEN!O4 Các ô O4:P4 bị gộp; chỉ đọc ô O4"]
    ),
    "a comment in the place of a number": Case(only_a_comment, RETURNED, ["V46 2_TUYEN_TRUYEN!D4 đang trống"]),
    "codes retyped with spaces": Case(codes_with_spaces, ACCEPTED),
    "codes sorted without their rows": Case(
        codes_sorted_alone, RETURNED, ["V16.5 2_TUYEN_TRUYEN!A4 mã là K99 nhưng tên là của K0101"]
    ),
    "codes deleted": Case(codes_deleted, ACCEPTED),
    "sheets protected": Case(protected, ACCEPTED),
    "filters on": Case(filtered, ACCEPTED, ["V02.11 2_TUYEN_TRUYEN!A5 Có 25 dòng đang ẩn có số liệu"]),
}  # fmt: skip


# Sheets ---------------------------------------------------------------------------------------------------------------


def sheets_renamed(book: openpyxl.Workbook) -> None:
    names = ("Thông tin", "2. Tuyên truyền", "Sheet3", "NHIEM VU", "Dịch vụ công ", "bdhvs")
    for sheet, name in zip(book.worksheets, names, strict=False):
        sheet.title = name


def sheets_reordered(book: openpyxl.Workbook) -> None:
    book.move_sheet(CHANNELS, 5)


def sheet_copied(book: openpyxl.Workbook) -> None:
    copy = book.copy_worksheet(book[CHANNELS])
    copy.title = "2_TUYEN_TRUYEN (2)"


def sheet_copied_and_changed(book: openpyxl.Workbook) -> None:
    sheet_copied(book)
    book["2_TUYEN_TRUYEN (2)"]["D4"] = 9


def hidden_copy_changed(book: openpyxl.Workbook) -> None:
    sheet_copied_and_changed(book)
    book["2_TUYEN_TRUYEN (2)"].title = "T10"
    book["T10"].sheet_state = "hidden"


def optional_sheet_wiped(book: openpyxl.Workbook) -> None:
    book[MONEY].delete_rows(1, 60)


def second_report_in_the_workbook(book: openpyxl.Workbook) -> None:
    for sheet in list(book.worksheets):
        book.copy_worksheet(sheet).title = f"{sheet.title} (2)"
    book["1_THONG_TIN (2)"]["C10"] = "10888"
    book["2_TUYEN_TRUYEN (2)"]["D4"] = 9


def required_sheet_deleted(book: openpyxl.Workbook) -> None:
    book.remove(book[DOSSIERS])


def optional_sheet_deleted(book: openpyxl.Workbook) -> None:
    book.remove(book["8_KHO_KHAN"])


def sheet_of_ones_own(book: openpyxl.Workbook) -> None:
    book.create_sheet("Sheet1").append(["Phân công", "Chị Hoa", 12])
    book.create_sheet("Sheet2")


def sheet_hidden(book: openpyxl.Workbook) -> None:
    book[AUDIENCES].sheet_state = "hidden"


def sheet_emptied(book: openpyxl.Workbook) -> None:
    sheet = book[DOSSIERS]
    for row in sheet.iter_rows(min_row=4, min_col=2):
        for cell in row:
            cell.value = None


def only_the_stamp(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[1:]:
        emptied(sheet)


def emptied(sheet: Worksheet) -> None:
    for row in sheet.iter_rows(min_row=4):
        for cell in row[0 if sheet.title in (TASKS, "8_KHO_KHAN") else 3 if sheet.title != DOSSIERS else 1 :]:
            cell.value = None


def heading_deleted(book: openpyxl.Workbook) -> None:
    book[AUDIENCES].delete_rows(1, 3)


SHEETS = {
    "sheets renamed": Case(sheets_renamed, ACCEPTED),
    "sheets in another order": Case(sheets_reordered, ACCEPTED),
    "a sheet copied": Case(sheet_copied, ACCEPTED, ["V02.18 Sheet “2_TUYEN_TRUYEN (2)” giống hệt “2_TUYEN_TRUYEN”"]),
    "a sheet copied and changed": Case(
        sheet_copied_and_changed, RETURNED, ["V02.5 Có hai sheet cùng là “2_TUYEN_TRUYEN”: 2_TUYEN_TRUYEN, 2_TUYEN_TRUYEN (2)"]
    ),
    "a hidden copy, changed": Case(
        hidden_copy_changed, RETURNED, ["V02.5 Có hai sheet cùng là “2_TUYEN_TRUYEN”: 2_TUYEN_TRUYEN, T10 (đang ẩn)"]
    ),
    "an optional sheet wiped": Case(
        optional_sheet_wiped, ACCEPTED, ["V02.19 Không có sheet “7_KINH_PHI” (không bắt buộc)"], same=False
    ),
    "two reports in one workbook": Case(
        second_report_in_the_workbook, RETURNED,
        ["V02.5 Có hai sheet cùng là “1_THONG_TIN”", "V02.5 Có hai sheet cùng là “2_TUYEN_TRUYEN”",
         *(f"V02.18 giống hệt “{name}”" for name in (AUDIENCES, TASKS, DOSSIERS, SKILLS, MONEY, "8_KHO_KHAN"))],
    ),
    "a required sheet deleted": Case(required_sheet_deleted, RETURNED, ["V02.4 Thiếu sheet “5_DVC”"]),
    "an optional sheet deleted": Case(
        optional_sheet_deleted, ACCEPTED, ["V02.19 Không có sheet “8_KHO_KHAN” (không bắt buộc)"]
    ),
    "sheets of one's own": Case(sheet_of_ones_own, ACCEPTED, ["V02.20 Sheet “Sheet1” không thuộc mẫu"]),
    "a sheet hidden": Case(sheet_hidden, ACCEPTED, ["V02.10 3_DOI_TUONG đang ẩn; số liệu trong sheet vẫn được đọc"]),
    "a sheet emptied": Case(sheet_emptied, RETURNED, ["V46.3 5_DVC!B4 Sheet này chưa điền số liệu: mọi ô bắt buộc đều trống"]),
    "nothing but the stamp": Case(
        only_the_stamp, RETURNED,
        ["V46.3 2_TUYEN_TRUYEN!D4 mọi ô bắt buộc đều trống", "V46.3 3_DOI_TUONG!D4", "V46.3 5_DVC!B4",
         "V46.3 6_KY_NANG_SO!D4", "V46.3 7_KINH_PHI!D4"],
    ),
    "the heading deleted": Case(heading_deleted, RETURNED, ["V02.6 3_DOI_TUONG Không tìm thấy dòng tiêu đề của bảng"]),
}  # fmt: skip

CASES = {**ROWS, **COLUMNS, **CELLS, **SHEETS}


@pytest.fixture(scope="module")
def untouched() -> Ending:
    return ending(plain())


def test_the_plain_report_has_no_findings(untouched: Ending) -> None:
    assert (untouched.outcome, untouched.said) == (ACCEPTED, [])


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_becomes_of_it(case: Case, untouched: Ending) -> None:
    ended = touched(case.done)
    assert (ended.outcome, ended.said) == (case.outcome, [place_of(line) for line in case.said])
    for line in case.said:
        assert words_of(line) in ended.words
    if case.outcome == ACCEPTED and case.same:
        assert ended.numbers() == untouched.numbers()
        assert ended.tasks() == untouched.tasks()


def place_of(line: str) -> str:
    """Rule and place of a drawn finding; some are about no sheet, or no cell of it."""
    rule, place, *_ = line.split(" ")
    if "!" in place:
        return f"{rule} {place}"
    return f"{rule} {place}!" if place[0].isdigit() and "_" in place else rule


def words_of(line: str) -> str:
    """The words of a drawn finding."""
    place = place_of(line).removesuffix("!")
    return line.removeprefix(place).strip()
