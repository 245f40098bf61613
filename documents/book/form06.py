"""Form 06/VPCP/KSTT (Circular 01/2020/TT-VPCP) refilled for all units from their reports; it loads back as it is."""

from __future__ import annotations

import io
from collections.abc import Sequence

from duckdb import DuckDBPyConnection
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from documents.word.parts import rows_of
from queries import reporting, services
from queries.scope import Scope
from ui import formats

GROUPS = (
    ("STT", ("STT",), ("row_no",)),
    ("Mã đơn vị", ("Mã đơn vị",), ("unit_code",)),
    ("Tên đơn vị", ("Tên đơn vị",), ("unit_name",)),
    ("Số lượng hồ sơ tiếp nhận", ("Tổng số", "Trực tuyến", "Trực tiếp, dịch vụ bưu chính", "Từ kỳ trước"),
     ("recv_all", "recv_online", "recv_direct_post", "carried_in")),
    ("Số lượng hồ sơ đã giải quyết", ("Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn"),
     ("done_total", "done_early", "done_ontime", "done_late")),
    ("Số lượng hồ sơ đang giải quyết", ("Tổng số", "Trong hạn", "Quá hạn"), ("open_total", "open_intime", "open_late")),
)  # fmt: skip
COUNTS = [column for _, _, columns in GROUPS[3:] for column in columns]
WIDTHS = (6, 11, 34, *(12 for _ in COUNTS))
TOP = 5
SHEET = "BIEU06"


def refilled(con: DuckDBPyConnection, scope: Scope, period_name: str) -> bytes:
    """The form as .xlsx: one row a unit that has the figures, a total below; n/N units stands on top."""
    told = list(rows_of(services.dossiers(con, scope)))
    owed = reporting.units(con, scope)
    out = io.BytesIO()
    book = Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    made = con.execute("select max(loaded_at) from submission").fetchall()[0][0]
    book.set_properties({"created": made})
    page = book.add_worksheet(SHEET)
    heading(book, page, period_name, f"{formats.of(len(told), owed)} đơn vị có đủ số liệu. Đơn vị tính: hồ sơ.")
    cell = book.add_format({"border": 1, "num_format": "#,##0"})
    bold = book.add_format({"border": 1, "num_format": "#,##0", "bold": True})
    for place, row in enumerate(told):
        values = [place + 1, row["unit_code"], row["unit"], *(row[column] for column in COUNTS)]
        write(page, TOP + 3 + place, values, cell)
    totals = [sum(float(row[column]) for row in told) for column in COUNTS]
    write(page, TOP + 3 + len(told), ["", "", "Tổng cộng", *totals], bold)
    book.close()
    return out.getvalue()


def heading(book: Workbook, page: Worksheet, period_name: str, about: str) -> None:
    """Title, two lines of headings, and the hidden line of column names by which the form is read."""
    title = book.add_format({"bold": True, "font_size": 13, "align": "center"})
    centred = book.add_format({"align": "center", "italic": True})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
    last = len(WIDTHS) - 1
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    merged(page, 0, 0, last, "Biểu số 06/VPCP/KSTT", book.add_format({"bold": True, "align": "right"}))
    merged(page, 1, 0, last, "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", title)
    merged(page, 2, 0, last, f"Kỳ báo cáo: {period_name}", centred)
    merged(page, 3, 0, last, about, centred)
    heads(page, head)
    page.set_row(TOP + 1, 45)
    page.set_row(TOP + 2, None, None, {"hidden": True})
    page.freeze_panes(TOP + 3, 3)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(TOP, TOP + 1)


def heads(page: Worksheet, head: Format) -> None:
    """The two lines of headings and the line of column names."""
    column = 0
    for name, labels, ids in GROUPS:
        end = column + len(labels) - 1
        if len(labels) > 1:
            merged(page, TOP, column, end, name, head)
            for place, label in enumerate(labels):
                page.write_string(TOP + 1, column + place, label, head)
        else:
            page.merge_range(TOP, column, TOP + 1, column, name, head)
        for place, code in enumerate(ids):
            page.write_string(TOP + 2, column + place, code)
        column = end + 1


def merged(page: Worksheet, row: int, first: int, last: int, text: str, form: Format) -> None:
    """Words over several columns."""
    page.merge_range(row, first, row, last, text, form)


def write(page: Worksheet, place: int, values: Sequence[object], form: Format) -> None:
    """One row: text as text, numbers as numbers."""
    for column, value in enumerate(values):
        if isinstance(value, str):
            page.write_string(place, column, value, form)
        else:
            page.write_number(place, column, float(value), form)  # type: ignore[arg-type]
