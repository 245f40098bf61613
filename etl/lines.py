"""One row of a table as the rules see it: values by column, and where each stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from etl.sheet import cell_name


class Line(NamedTuple):
    """The values of one row (or of a whole cover), with their places."""

    part: str
    """The sheet of the form."""
    sheet: str
    """Its name in the workbook."""
    item_code: str
    label: str
    row: int
    values: Mapping[str, object]
    """column_id -> number, text, date, bool or KAD; blank cells are left out."""
    columns: Mapping[str, int]
    cells: Mapping[str, str] | None = None
    """Places of a cover's values, which do not share a row."""
    nothing: bool = False
    """Whether the sheet is declared to have nothing to report, so that nobody asks for what is blank."""

    def cell(self, column_id: str) -> str:
        """Where a column's value stands, "" where the sheet has no such column."""
        if self.cells is not None:
            return self.cells.get(column_id, "")
        place = self.columns.get(column_id)
        return "" if place is None else cell_name(self.row, place)
