"""How the workbook looks: a few looks of a cell, each worked out once for all workbooks of a process."""

from __future__ import annotations

from functools import cache

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle

from etl.form import Column

FONT = "Times New Roman"
INK, MUTED, WHITE = "1F2933", "5F6B7A", "FFFFFF"
NAVY, BLUE, PALE_BLUE = "1F3864", "2F5597", "DCE6F2"
LOCKED_GREY, UNUSED_GREY, LINE = "F3F5F8", "D0D3D8", "B8C0CC"
TO_FILL, MUST_FILL, ODD, WRONG = "FFFBE8", "FFE08A", "F9C99B", "F4B0A6"
WRONG_INK = "9C0006"
GOOD, GOOD_INK = "D8EFD8", "1E5C2A"

FILLS = {
    "": "",
    "title": "",
    "head_required": NAVY,
    "head_optional": PALE_BLUE,
    "group": PALE_BLUE,
    "head_last": LOCKED_GREY,
    "label": LOCKED_GREY,
    "link": LOCKED_GREY,
    "stamp": LOCKED_GREY,
    "input": TO_FILL,
    "must": MUST_FILL,
    "last": LOCKED_GREY,
    "unused": UNUSED_GREY,
    "odd": ODD,
    "wrong": WRONG,
    "alarm": WRONG,
    "note": "",
    "section": NAVY,
    "said": "",
    "state": LOCKED_GREY,
    "good": GOOD,
}
FONTS = {
    "title": Font(name=FONT, size=14, bold=True, color=NAVY),
    "head_required": Font(name=FONT, size=11, bold=True, color=WHITE),
    "head_optional": Font(name=FONT, size=11, bold=True, color=NAVY),
    "group": Font(name=FONT, size=11, bold=True, color=NAVY),
    "head_last": Font(name=FONT, size=11, italic=True, color=MUTED),
    "link": Font(name=FONT, size=11, underline="single", color=BLUE),
    "stamp": Font(name=FONT, size=11, bold=True, color=INK),
    "last": Font(name=FONT, size=11, italic=True, color=MUTED),
    "wrong": Font(name=FONT, size=11, bold=True, color=WRONG_INK),
    "odd": Font(name=FONT, size=11, color=INK),
    "note": Font(name=FONT, size=11, italic=True, color=MUTED),
    "strong": Font(name=FONT, size=12, bold=True, color=WRONG_INK),
    "state": Font(name=FONT, size=11, color=INK),
    "section": Font(name=FONT, size=12, bold=True, color=WHITE),
}
PLAIN_FONT = Font(name=FONT, size=11, color=INK)
UNRULED = frozenset({"", "title", "note", "strong", "section", "said"})
ONE_LINE = frozenset({"said"})
"""Texts that run on to the right, over cells that are empty: their rows stay as high as they are."""
COUNT, DATE, GENERAL, TEXT = "#,##0", "dd/mm/yyyy", "General", "@"


SHARED_TABLES = (
    "_fonts", "_fills", "_borders", "_alignments", "_protections", "_number_formats", "_cell_styles",
    "_differential_styles",
)  # fmt: skip


@cache
def palette() -> Workbook:
    """The workbook whose tables of styles all others share: they only grow, so an index never changes its meaning."""
    book = Workbook()
    book._fonts[0] = PLAIN_FONT  # type: ignore[attr-defined]
    return book


def new_workbook() -> Workbook:
    """An empty workbook that knows every look below."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in SHARED_TABLES:
        setattr(book, table, getattr(palette(), table))
    return book


@cache
def look(name: str, number: str = GENERAL, align: str = "left", *, locked: bool = True, indent: int = 0) -> StyleArray:
    """The style of a cell: a name from above, its number format, where its text stands and whether it is locked."""
    cell = Cell(palette().worksheets[0], row=1, column=1)
    cell.font = FONTS.get(name, PLAIN_FONT)
    if colour := FILLS.get(name):
        cell.fill = PatternFill("solid", fgColor=colour)
    if name not in UNRULED:
        side = Side(style="thin", color=LINE)
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    margin = indent + (1 if align in ("left", "right") and name not in UNRULED else 0)
    across, height = ("left", "top") if align == "top" else (align, "center")
    cell.alignment = Alignment(horizontal=across, vertical=height, wrap_text=name not in ONE_LINE, indent=margin)
    cell.protection = Protection(locked=locked)
    cell.number_format = number
    _ = cell.style_id  # enters the table of cell styles now, so that every workbook has the same one
    return cell._style  # type: ignore[attr-defined, no-any-return]


INKS = {"wrong": WRONG_INK, "alarm": WRONG_INK, "good": GOOD_INK}
BOLD = frozenset({"wrong"})


@cache
def live_look(name: str) -> int:
    """The number of a look put on a cell by what it holds (conditional formatting)."""
    style = DifferentialStyle(
        font=Font(color=INKS[name], bold=name in BOLD or None) if name in INKS else None,
        fill=PatternFill(bgColor=FILLS[name], fill_type="solid"),
    )
    return int(palette()._differential_styles.add(style))  # type: ignore[attr-defined]


NUMBER_FORMATS = {"int": COUNT, "date": DATE, "code": TEXT}


def format_of(column: Column) -> str:
    """The number format of a column. Percentages are plain numbers, 85 for 85%: a cell formatted as a percentage
    would hold 0.85, and whoever pastes or computes 85 into it would have sent 8500%."""
    return NUMBER_FORMATS.get(column.type, GENERAL)
