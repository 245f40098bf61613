"""A table to take along: as a workbook with real numbers, or as CSV. Text is text: nothing in it is ever a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

NUMBER_FORMATS = {
    "number": "#,##0.00", "share": '0.0"%"', "points": "+0.0;-0.0;0.0", "date": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm",
}  # fmt: skip
WHOLE = "#,##0"
HEAD = PatternFill("solid", fgColor="F2F5F9")
WIDEST = 60
FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


class Field(NamedTuple):
    """A column: its heading and what it holds (text | number | share | points | date | moment)."""

    label: str
    kind: str = "text"


def as_workbook(title: str, about: Sequence[str], fields: Sequence[Field], rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook of one sheet: title, what it is about, headings with a filter, rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("SO_LIEU")
    top = len(about) + 3
    sheet.freeze_panes = f"B{top + 1}"
    for place, field in enumerate(fields, start=1):
        longest = max([len(field.label), *(len(shown(row[place - 1])) for row in rows[:200])], default=8)
        sheet.column_dimensions[get_column_letter(place)].width = min(WIDEST, longest + 3)
    sheet.append([text_cell(sheet, title, Font(bold=True, size=14))])
    for line in about:
        sheet.append([text_cell(sheet, line, Font(color="5B6776"))])
    sheet.append([])
    sheet.append([head_cell(sheet, field.label) for field in fields])
    for row in rows:
        sheet.append([cell(sheet, field, value) for field, value in zip(fields, row, strict=True)])
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(fields))}{top + len(rows)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", "9", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{top}:{top}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(fields: Sequence[Field], rows: Iterable[Sequence[object]]) -> bytes:
    """The same as CSV in UTF-8, with the mark by which Excel knows it; numbers with a point, dates as in ISO 8601."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([field.label for field in fields])
    writer.writerows([[harmless(value) for value in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def text_cell(sheet: WriteOnlyWorksheet, text: str, font: Font | None = None) -> Cell:
    """A cell of text, whatever it begins with."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    if font:
        cell.font = font
    return cell


def head_cell(sheet: WriteOnlyWorksheet, label: str) -> Cell:
    """A heading."""
    cell = text_cell(sheet, label, Font(bold=True))
    cell.fill, cell.alignment = HEAD, Alignment(wrap_text=True, vertical="center")
    return cell


def cell(sheet: WriteOnlyWorksheet, field: Field, value: object) -> Cell | None:
    """A value as its field holds it; what is missing stays blank."""
    if is_missing(value):
        return None
    if field.kind == "text" or isinstance(value, str):
        return text_cell(sheet, shown(value))
    written: Cell = WriteOnlyCell(sheet)
    written.value = value  # type: ignore[assignment]
    whole = field.kind == "number" and isinstance(value, int | float) and float(value).is_integer()
    written.number_format = WHOLE if whole else NUMBER_FORMATS[field.kind]
    return written


def is_missing(value: object) -> bool:
    """Whether there is no value."""
    return value is None or value != value


def shown(value: object) -> str:
    """A value as text; nothing for what is missing."""
    return "" if is_missing(value) else str(value)


def harmless(value: object) -> str:
    """A value of CSV that no spreadsheet takes for a formula."""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    text = shown(int(value) if isinstance(value, float) and value.is_integer() else value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_START) else text
