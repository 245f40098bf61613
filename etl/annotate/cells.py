"""The style of cells in a sheet's XML; cells and rows that are not there yet are made in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from etl.annotate.parts import Element

AFTER_LEGACY = frozenset({
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
})  # fmt: skip
"""What must stand behind the reference to comments' shapes."""


class Painted(NamedTuple):
    """A cell whose style was changed, and the number of the style it had; -1 where the cell was not there."""

    cell: str
    style: int


def paint(tree: Element, main: str, cells: Mapping[str, str], filled: Callable[[int, str], int]) -> list[Painted]:
    """Give cells the style that `filled` says of their own style and their severity; returns what they had."""
    data = tree.find(f"{{{main}}}sheetData")
    rows = numbered_rows(data)
    done = []
    for cell in sorted(cells, key=place):
        row = row_of(data, rows, main, place(cell)[0])
        found, made = cell_of(row, main, cell)
        own = int(found.get("s", row.get("s", "0") if made else "0"))
        found.set("s", str(filled(own, cells[cell])))
        done.append(Painted(cell, -1 if made else own))
    return done


def restore(tree: Element, main: str, painted: Iterable[Painted]) -> None:
    """Give cells back the style they had."""
    rows = numbered_rows(tree.find(f"{{{main}}}sheetData"))
    for cell, style in painted:
        row = rows.get(place(cell)[0])
        found = next((each for each in ([] if row is None else row) if each.get("r") == cell), None)
        if row is None or found is None:
            continue
        if style == -1 and not len(found):
            row.remove(found)
        elif style > 0:
            found.set("s", str(style))
        else:
            found.attrib.pop("s", None)


def place(cell: str) -> tuple[int, int]:
    """Row and column of a cell, from 1."""
    column, row = coordinate_from_string(cell)
    return int(row), column_index_from_string(column)


def numbered_rows(data: Element) -> dict[int, Element]:
    """The rows by number; one without a number follows the one before."""
    rows: dict[int, Element] = {}
    number = 0
    for row in data:
        number = int(row.get("r", number + 1))
        row.set("r", str(number))
        rows[number] = row
    return rows


def row_of(data: Element, rows: dict[int, Element], main: str, number: int) -> Element:
    """The row of a number, made in its place where it is not there."""
    if number not in rows:
        row = etree.Element(f"{{{main}}}row", r=str(number))
        data.insert(sum(other < number for other in rows), row)
        rows[number] = row
    return rows[number]


def cell_of(row: Element, main: str, cell: str) -> tuple[Element, bool]:
    """The cell, and whether it had to be made."""
    wanted = place(cell)[1]
    before = 0
    for at, each in enumerate(row):
        column = place(each.get("r"))[1] if each.get("r") else before + 1
        if column == wanted:
            each.set("r", cell)
            return each, False
        if column > wanted:
            return inserted(row, main, cell, at), True
        before = column
    return inserted(row, main, cell, len(row)), True


def inserted(row: Element, main: str, cell: str, at: int) -> Element:
    """A new empty cell."""
    new = etree.Element(f"{{{main}}}c", r=cell)
    row.insert(at, new)
    row.attrib.pop("spans", None)
    return new


def refer_to_shapes(tree: Element, main: str, relations: str, identity: str) -> None:
    """Let a sheet show the shapes of its comments."""
    element = etree.Element(f"{{{main}}}legacyDrawing")
    element.set(f"{{{relations}}}id", identity)
    for at, each in enumerate(tree):
        if isinstance(each.tag, str) and etree.QName(each).localname in AFTER_LEGACY:
            tree.insert(at, element)
            return
    tree.append(element)
