"""Tables to take along: real numbers, text that is never a formula."""

import csv
import datetime as dt
import io

import openpyxl

from etl.tabular import Field, as_csv, as_workbook

FIELDS = (Field("Đơn vị"), Field("Tỷ lệ", "share"), Field("Hồ sơ", "number"), Field("Hạn", "date"))
ROWS = [
    ("Xã Bình Giang", 64.2, 346, dt.date(2026, 11, 20)),
    ('=HYPERLINK("http://x")', None, float("nan"), None),
    ("+84 912", 0.0, 0, None),
]


def test_numbers_are_numbers_and_what_is_missing_is_blank() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_workbook("Bảng", ["Tháng 11/2026"], FIELDS, ROWS))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert rows[0] == ("Đơn vị", "Tỷ lệ", "Hồ sơ", "Hạn")
    assert rows[1] == ("Xã Bình Giang", 64.2, 346, dt.datetime(2026, 11, 20))
    assert rows[2][1:] == (None, None, None)
    assert rows[3][1:3] == (0, 0)
    assert sheet["B5"].number_format == '0.0"%"'
    assert sheet.auto_filter.ref == "A4:D7"
    assert sheet.print_title_rows == "$4:$4", "the headings stand on every printed page"


def test_text_is_never_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook("=1+1", [], FIELDS, ROWS)))
    assert book.active is not None
    cells = [cell for row in book.active.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    lines = list(csv.reader(io.StringIO(as_csv(FIELDS, ROWS).decode("utf-8-sig"))))
    assert lines[2][0] == '\'=HYPERLINK("http://x")'
    assert lines[3][0] == "'+84 912"
    assert lines[1] == ["Xã Bình Giang", "64.2", "346", "2026-11-20"]


def test_a_whole_number_of_csv_has_no_point() -> None:
    """A count beside a missing one is held as 3.0, which Excel set to Vietnamese takes for something else."""
    lines = as_csv(FIELDS[:2], [("Xã Một", 3.0), ("Xã Hai", 0.5)]).decode("utf-8-sig").splitlines()
    assert lines[1:] == ["Xã Một,3", "Xã Hai,0.5"]
