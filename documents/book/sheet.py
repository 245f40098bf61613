"""What a sheet of the consolidated workbook is: a title, what it is about, headings, rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Value = str | float | int | bool | None | object
Row = Sequence[Value]


class Head(NamedTuple):
    """A column: its heading, what it holds (text | count | number | share | points | date | moment), its width in
    letters, and a remark shown at the heading.
    """

    label: str
    kind: str = "text"
    width: int = 14
    remark: str = ""


class Sheet(NamedTuple):
    """A sheet. `last` is a row below the table (totals of the city), outside of the filter."""

    name: str
    title: str
    heads: Sequence[Head]
    rows: Sequence[Row]
    about: str = ""
    last: Row | None = None
    pinned: int = 1
    """Columns that stay in sight."""
