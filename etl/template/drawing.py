"""The cells of a table's rows before anything is filled in: what is printed, how each looks, how high a row is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from openpyxl.styles.cell_style import StyleArray

from etl.form import Column, Item, SheetForm
from etl.template.look import format_of, look
from etl.template.page import LINE_HEIGHT, height, lines

STAR = "\u00a0*"
"""The mark of what must be filled; its space does not break, so that it never stands alone on a line."""
UNIT_NAME, ROW_NUMBER = "unit_name", "row_no"
"""Columns of a sheet of many units: the name printed with its code, and a number of the row that nobody needs."""
TYPED_LINES = 2
"""Height of a row to be typed, in lines."""


class Slot(NamedTuple):
    """One column of the printed table: a column of the form, the groups of its rows, or last month's numbers."""

    what: str
    """column | group | last"""
    column: Column
    letter: str
    width: float


class Drawn(NamedTuple):
    """One cell of a row."""

    at: int
    what: str
    """printed | input | last"""
    column_id: str
    text: str | None
    style: StyleArray
    width: float


class Heading(NamedTuple):
    """The heading of a column."""

    text: str
    style: StyleArray


class DrawnRow(NamedTuple):
    """One row of a table."""

    code: str
    cells: tuple[Drawn, ...]
    height: float


def is_printed(form: SheetForm, column: Column) -> bool:
    """Whether a column only says which row it is, and is not filled in."""
    if form.layout == "units" and column.column_id == UNIT_NAME:
        return True
    return column.type == "label" or (column.column_id == form.item_column and bool(form.items))


def is_used(column: Column, item: Item | None) -> bool:
    """Whether a column has a meaning in a row."""
    return not column.items or (item is not None and any(fnmatchcase(item.code, each) for each in column.items))


def draw_heading(form: SheetForm, slot: Slot, required: bool, themes: Mapping[str, str]) -> Heading:
    """A column's heading. `themes`: short names of what the products of a column are about.

    The heading over last month's numbers is the day they are of: a date, so that nobody takes it for a column to read.
    """
    if slot.what == "last":
        return Heading("", look("head_last", '"Đến "dd/mm/yyyy', "center"))
    if slot.what == "group":
        return Heading("", look("head_optional"))
    required = required and not is_printed(form, slot.column)
    text = explained(slot.column, themes) if not required else explained(slot.column, themes, STAR)
    return Heading(text, look("head_required" if required else "head_optional", align="center"))


def explained(column: Column, themes: Mapping[str, str], star: str = "") -> str:
    """A column's label, a star where it must be filled, then in brackets what explains it."""
    theme = themes.get(column.theme, "")
    words = theme if theme and column.label.startswith("Trong đó") else column.unit
    already = f"({words})" in column.label or (theme and column.label.endswith(theme[:1].lower() + theme[1:]))
    if words in ("", "theo dòng", "dd/mm/yyyy") or already:
        return column.label + star
    return f"{column.label}{star}\n({words})"


def heading_height(headings: Sequence[Heading], slots: Sequence[Slot]) -> float:
    """The height of the row of headings."""
    return (
        max(lines(heading.text, slot.width * 0.92) for heading, slot in zip(headings, slots, strict=True)) * LINE_HEIGHT
        + 6
    )


def draw_row(form: SheetForm, slots: Sequence[Slot], item: Item | None) -> DrawnRow:
    """One row: printed for an item, to be typed without one."""
    cells = tuple(draw_cell(form, index, slot, item) for index, slot in enumerate(slots, start=1))
    texts = [(cell.text, cell.width) for cell in cells if cell.text]
    return DrawnRow(
        item.code if item else "", cells, height(*texts, least=1 if item and not form.open_rows else TYPED_LINES)
    )


def draw_cell(form: SheetForm, index: int, slot: Slot, item: Item | None) -> Drawn:
    """One cell."""
    column = slot.column
    if slot.what == "group":
        return Drawn(index, "printed", "", None, look("group"), slot.width)
    if slot.what == "last":
        return Drawn(index, "last", column.column_id, None, look("last", format_of(column), "right"), slot.width)
    if item and is_printed(form, column):
        return Drawn(index, "printed", "", printed(column, form, item), label_look(form, column, item), slot.width)
    if not is_used(column, item):
        return Drawn(index, "printed", "", None, look("unused"), slot.width)
    style = look("input", format_of(column), side(column), locked=False)
    return Drawn(index, "input", column.column_id, None, style, slot.width)


def printed(column: Column, form: SheetForm, item: Item) -> str:
    """What a printed row shows in a column: its code, its unit or its name."""
    if column.column_id == form.item_column:
        return item.code
    if column.column_id == ROW_NUMBER:
        return ""
    return item.unit if column.column_id.endswith("unit") else item.name


def label_look(form: SheetForm, column: Column, item: Item) -> StyleArray:
    """The look of a printed cell; the parts of a printed group stand further in."""
    if column.column_id == form.item_column and not form.open_rows:
        return look("label", align="center")
    codes = {each.code for each in form.items}
    if column.column_id.endswith("name") and item.parent in codes:
        return look("label", indent=2)
    strong = column.column_id.endswith("name") and any(each.parent == item.code for each in form.items)
    return look("stamp" if strong or form.open_rows else "label")


def side(column: Column) -> str:
    """Where a value stands in its cell."""
    if column.type in ("int", "decimal", "percent"):
        return "right"
    return "center" if column.type in ("date", "yesno") or column.width <= 14 else "left"
