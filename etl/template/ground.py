"""A sheet as the rules see it: where its columns and rows are, what it means that a row has begun."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.catalogue import Rule
from etl.expression import compile_expression
from etl.template.before import about
from etl.template.formula import Cell, Cells

BARE = re.compile(r"(?<![\w'!:$])(?=\$[A-Z]{1,3}\$?[\d{])")
"""Where a reference begins that does not say its sheet."""

PLAIN_NAME = re.compile(r"[A-Z_]{4,}")


@dataclass(frozen=True, slots=True)
class Ground:
    """A sheet as its rules see it; `{row}` in a reference or a formula stands for the row."""

    sheet: str
    number: int
    """Which sheet of the form it is."""
    letters: Mapping[str, str]
    """column_id -> letter of its column."""
    rows: Mapping[str, Sequence[int]]
    """item code -> its rows; "" for rows without a printed item."""
    cells: Cells
    """Names of rules -> cells."""
    begun: str = ""
    """The formula for: something stands in this row (records); empty where every row is printed."""
    nothing: str = ""
    """The formula for: the sheet is declared to have nothing to report; empty where it cannot be."""

    @property
    def cells_from_anywhere(self) -> dict[str, Cell]:
        """The cells as a name of the workbook sees them."""
        return {name: replace(cell, reference=self.whole(cell.reference)) for name, cell in self.cells.items()}

    def whole(self, formula: str) -> str:
        """A formula with the sheet its cells are on, as row 1 would ask it: so names of the workbook hold it."""
        return at_row(BARE.sub(lambda _: f"{on_sheet(self.sheet)}!", formula), 1)


def rows_about(rule: Rule, ground: Ground) -> tuple[int, ...]:
    """The rows a rule is asked of. Rows to be typed below printed ones are asked for nothing before they begin."""
    bare = compile_expression(rule.expression).only_asks and not ground.begun
    return tuple(sorted(row for code, those in ground.rows.items() if about(rule, code) and (code or not bare)
                        for row in those))  # fmt: skip


def on_sheet(name: str) -> str:
    """A sheet's name as a reference writes it; a plain one needs no quotes, and quotes cost the reader time."""
    if PLAIN_NAME.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"


def at_row(reference: str, row: int) -> str:
    """A reference as this row sees it."""
    return reference.replace("{row}", str(row))
