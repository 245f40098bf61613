"""What we use of openpyxl that it does not publish, in one place: cells made and read without its costly ways."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Protocol, cast

from openpyxl import Workbook
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet


class InnerCell(Protocol):
    """A cell from inside."""

    parent: object
    row: int
    column: int
    data_type: str
    _value: object
    _style: StyleArray | None
    _hyperlink: Hyperlink | None
    _comment: object

    @property
    def style_id(self) -> int:
        """The number of its style in the workbook's table."""
        ...


class InnerSheet(Protocol):
    """A sheet from inside."""

    _cells: MutableMapping[tuple[int, int], InnerCell]
    _hyperlinks: list[Hyperlink]
    _comments: list[object]
    _rels: object
    _drawing: object
    _id: int


class InnerRow(Protocol):
    """A row's height and looks from inside."""

    parent: Worksheet
    _style: StyleArray


def inner(sheet: Worksheet) -> InnerSheet:
    """A sheet from inside."""
    return cast(InnerSheet, sheet)


def inner_row(row: RowDimension) -> InnerRow:
    """A row from inside."""
    return cast(InnerRow, row)


def cell_in(sheet: Worksheet, row: int, column: int) -> InnerCell:
    """A cell that is there, from inside."""
    return inner(sheet)._cells[row, column]


def tables(book: Workbook, names: tuple[str, ...]) -> Mapping[str, object]:
    """Tables of styles of a workbook, by name."""
    return {name: getattr(book, name) for name in names}
