"""What the author wrote: the cells of a workbook, each with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


def column_letter(index: int) -> str:
    """The letters Excel gives to the column at this index, counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


COLUMN_LETTERS = tuple(column_letter(index) for index in range(512))


def cell_name(row: int, column: int) -> str:
    """The A1 name of the cell at a row and a column, both counted from 0."""
    return f"{COLUMN_LETTERS[column]}{row + 1}"


class Range(NamedTuple):
    """Cells from one corner to the other, both counted from 0 and both in it."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is in it, other than the first."""
        inside = self.top <= row <= self.bottom and self.left <= column <= self.right
        return inside and (row, column) != (self.top, self.left)

    @property
    def name(self) -> str:
        """D4:D6"""
        return f"{cell_name(self.top, self.left)}:{cell_name(self.bottom, self.right)}"


NOT_SHOWN = "########"
"""What Excel shows in place of a number that its format cannot show."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `rows[r][c]` is the value at row r, column c (from 0), "" where blank."""

    name: str
    rows: Sequence[Sequence[object]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Cells that show an error such as #N/A; their value in `rows` is ""."""
    uncached: frozenset[tuple[int, int]] = frozenset()
    """Cells with a formula whose result was never saved; their value in `rows` is ""."""
    percents: frozenset[tuple[int, int]] = frozenset()
    """Number cells shown as a percentage, so that 0.85 was written as 85%."""
    merged: tuple[Range, ...] = ()
    """Cells made one; only the first of each range can hold a value."""
    legacy_fonts: frozenset[str] = frozenset()
    """Names of fonts of the time before Unicode (.VnTime, VNI-Times) used in the workbook."""

    @property
    def troubled_rows(self) -> frozenset[int]:
        """Rows with a cell that shows an error or was never calculated."""
        return frozenset(row for row, _ in (*self.errors, *self.uncached))

    def cell(self, row: int, column: int) -> object:
        """The value at a place, "" beyond the edge of what was written."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook as it was received."""

    file_name: str
    sheets: tuple[Sheet, ...]
    has_macros: bool = False
    has_external_links: bool = False
