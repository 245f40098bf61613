"""Writing on a sheet: cells, widths, heights, the title and the paper it is printed on."""

from __future__ import annotations

import datetime as dt
import math
import re
from array import array
from functools import cache, lru_cache
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.header_footer import _HeaderFooterPart as HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from etl.template.computed import Computed
from etl.template.inside import InnerCell, inner, inner_row

TITLE_ROW, STATE_ROW, LABEL_ROW, ID_ROW, FIRST_ROW = 1, 2, 3, 4, 5
LINE_HEIGHT = 15.0
TALLEST_ROW = 405.0
GROWS = "grows with what is typed"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def put(sheet: Worksheet, row: int, column: int, value: object, style: StyleArray) -> None:
    """Write one cell. Text stays text whatever its first sign is: a title that begins with "=" is no formula.

    openpyxl's own way costs three times as much, and a hundred workbooks have half a million cells.
    """
    cell = cast(InnerCell, Cell.__new__(Cell))
    cell.parent, cell.row, cell.column = sheet, row, column
    cell._style = cast(
        StyleArray, array.__new__(StyleArray, "i", style)
    )  # its own: looks are shared, cells may be changed
    cell._hyperlink = cell._comment = None
    cell._value, cell.data_type = value, "n"
    inner(sheet)._cells[row, column] = cell
    if isinstance(value, Computed):
        cell.data_type = "f"
    elif isinstance(value, str):
        cell._value, cell.data_type = UNWRITABLE.sub("", value), "s"
    elif isinstance(value, dt.date):
        cell.data_type = "d"


def put_merged(sheet: Worksheet, row: int, first: int, last: int, value: object, style: StyleArray) -> None:
    """Write one cell that spans several columns of a row."""
    for column in range(first, last + 1):
        put(sheet, row, column, value if column == first else None, style)
    if last > first:
        merge(sheet, row, first, last)


def merge(sheet: Worksheet, row: int, first: int, last: int) -> None:
    """Make cells of a row one."""
    sheet.merged_cells.add(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}")


def set_width(sheet: Worksheet, column: int, width: float) -> None:
    """The width of a column, in characters."""
    sheet.column_dimensions[get_column_letter(column)].width = width


def set_height(sheet: Worksheet, row: int, points: float) -> None:
    """The height of a row."""
    made = RowDimension.__new__(RowDimension)
    made.__dict__.update(plain_row(), index=row, ht=round(points, 1))
    inside = inner_row(made)
    inside.parent, inside._style = sheet, StyleArray()
    sheet.row_dimensions[row] = made


def set_least_height(sheet: Worksheet, row: int, points: float) -> None:
    """The height of a row that grows with what is typed into it."""
    set_height(sheet, row, points)
    sheet.row_dimensions[row].__dict__[GROWS] = True


def grows(row: RowDimension) -> bool:
    """Whether a row grows with what is typed into it."""
    return GROWS in row.__dict__


@cache
def plain_row() -> dict[str, object]:
    """What openpyxl knows of any row, worked out once."""
    return dict(RowDimension(Workbook().worksheets[0]).__dict__)


@lru_cache(maxsize=20_000)
def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width, words kept whole."""
    room = max(1.0, width * 1.06 - 2)
    count = 0
    for paragraph in text.split("\n"):
        used = 0.0
        count += 1
        for word in paragraph.split(" "):
            if used and used + 1 + len(word) > room:
                count += 1
                used = 0.0
            used += len(word) + (1 if used else 0)
            if used > room:
                count += math.ceil(used / room) - 1
                used = used % room
    return count


def height(*columns: tuple[str, float], least: int = 1) -> float:
    """The height of a row whose cells hold these (text, width of the column)."""
    most = max([least, *(lines(text, width) for text, width in columns)])
    return min(TALLEST_ROW, most * LINE_HEIGHT + 4)


def protect(sheet: Worksheet) -> None:
    """Lock what is printed, without a password; columns and rows may still be widened, rows may be added."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = False
    protection.formatRows = False
    protection.insertRows = False
    protection.sort = False
    protection.autoFilter = False


def on_paper(
    sheet: Worksheet, last_column: int, last_row: int, repeat_row: int, repeat_columns: int, pages_wide: int
) -> None:
    """A4 across, as wide as the table, headings on every page, and the page's number at its foot."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = pages_wide
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if repeat_row:
        sheet.print_title_rows = f"{repeat_row}:{repeat_row}"
    if repeat_columns and pages_wide > 1:
        sheet.print_title_cols = f"A:{get_column_letter(repeat_columns)}"
    sheet.print_area = f"A1:{get_column_letter(last_column)}{last_row}"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    foot = HeaderFooterItem(left=HeaderFooterPart("&A"), right=HeaderFooterPart("Trang &P/&N"))
    sheet.HeaderFooter.oddFooter = foot


def finish(
    sheet: Worksheet, *, freeze: str, active: str, last_column: int, last_row: int, repeat_row: int = LABEL_ROW,
    repeat_columns: int = 0, pages_wide: int = 1,
) -> None:  # fmt: skip
    """What every sheet ends with: frozen headings, the cell to begin at, paper and protection."""
    sheet.freeze_panes = freeze
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = active
    sheet.sheet_view.showGridLines = False
    on_paper(sheet, last_column, last_row, repeat_row, repeat_columns, pages_wide)
    protect(sheet)
