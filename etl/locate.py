"""Where a form's headings and columns are on a sheet, however they were moved or renamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from etl.form import Column, SheetForm
from etl.sheet import Sheet
from etl.spelling import heading_key, without_tones

HEADING_ROWS = 30
"""How far down a heading is looked for."""
NUMBERING = re.compile(r"\(?(\d{1,2})\)?(?:\s*=.*)?|[A-ZĐ]|STT", re.IGNORECASE)
"""A cell that numbers a column: (3), 3, (3)=(4)+(5)+(6), A."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table found on a sheet: which column holds what, and where its data begin."""

    columns: Mapping[str, int]
    first_row: int
    heading_row: int
    by_label: bool = False
    """Whether the headings were recognised by their words, the hidden row of ids being gone."""

    @property
    def label_row(self) -> int:
        """The row of the words above the columns; -1 where there is none."""
        return self.heading_row if self.by_label else self.heading_row - 1


def table_by_ids(form: SheetForm, rows: Sequence[Sequence[object]]) -> Table | None:
    """The table whose columns are named by a row of column ids; None where there is no such row."""
    ids = {column.column_id for column in form.columns}
    if form.layout == "cover":
        ids = {"column_id", "label", "value"}
    needed = min(len(ids), max(2, len(ids) // 2))
    for index, row in enumerate(rows[:HEADING_ROWS]):
        if len(ids.intersection(row)) >= needed:
            positions: dict[str, int] = {}
            for place, value in enumerate(row):
                if isinstance(value, str) and value in ids:
                    positions.setdefault(value, place)
            return Table(positions, index + 1, index)
    return None


def column_keys(columns: Iterable[Column]) -> Mapping[str, str]:
    """column_id by every folded heading it may bear; a heading two columns share belongs to neither."""
    keys: dict[str, str] = {}
    shared: set[str] = set()
    for column in columns:
        for name in {without_tones(heading_key(text)) for text in (column.label, *column.aliases)} - {""}:
            if keys.setdefault(name, column.column_id) != column.column_id:
                shared.add(name)
    return {name: column_id for name, column_id in keys.items() if name not in shared}


def table_by_labels(form: SheetForm, rows: Sequence[Sequence[object]]) -> Table | None:
    """The table whose headings read like the form's, in one row or in two or three merged ones."""
    keys = column_keys(form.columns)
    best: Table | None = None
    for index in range(min(len(rows), HEADING_ROWS)):
        positions = labelled_columns(keys, rows, index)
        if len(positions) >= max(2, len(form.columns) // 3) and (best is None or len(positions) > len(best.columns)):
            best = Table(positions, index + 1, index, by_label=True)
    if best is None:
        return None
    first = best.first_row
    while first < len(rows) and is_numbering(rows[first]):
        first += 1
    return Table(best.columns, first, best.heading_row, by_label=True)


def labelled_columns(keys: Mapping[str, str], rows: Sequence[Sequence[object]], index: int) -> dict[str, int]:
    """column_id -> place for the headings that end in this row."""
    above = [filled_right(rows[upper]) for upper in range(max(0, index - 2), index)]
    positions: dict[str, int] = {}
    for place, value in enumerate(rows[index]):
        own = heading_text(value)
        parents = [text for row in above if place < len(row) and (text := row[place]) and text != own]
        for name in heading_candidates(own, parents):
            if (column_id := keys.get(name)) and column_id not in positions:
                positions[column_id] = place
                break
    return positions


@lru_cache(maxsize=20_000)
def heading_text(value: object) -> str:
    """A heading's key, "" for what is no heading."""
    return without_tones(heading_key(value)) if isinstance(value, str) and value.strip() else ""


def filled_right(row: Sequence[object]) -> list[str]:
    """The headings of a row, a merged one repeated over the blanks to its right."""
    texts: list[str] = []
    for value in row:
        own = heading_text(value)
        texts.append(own or (texts[-1] if texts else ""))
    return texts


def heading_candidates(own: str, parents: Sequence[str]) -> list[str]:
    """The keys a column may answer to: with its parents first, then alone; its parents where it is merged with them."""
    last = [own] if own else []
    return [" / ".join([*parents[start:], *last]) for start in range(len(parents))] + last


def is_numbering(row: Sequence[object]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), 1 2 3, A B 1 2."""
    texts = [str(int(value)) if isinstance(value, float) and value.is_integer() else str(value) for value in row]
    written = [text.strip() for text in texts if text.strip()]
    return len(written) >= 3 and all(NUMBERING.fullmatch(text) for text in written) and increasing(written)


def increasing(texts: Sequence[str]) -> bool:
    """Whether the numbers among the texts only grow by one."""
    numbers = [int(found[1]) for text in texts if (found := NUMBERING.fullmatch(text)) and found[1]]
    return len(numbers) >= 2 and all(later == earlier + 1 for earlier, later in pairwise(numbers))


def find_table(form: SheetForm, sheet: Sheet) -> Table | None:
    """The form's table on a sheet: by its row of ids, else by its headings."""
    return table_by_ids(form, sheet.rows) or table_by_labels(form, sheet.rows)
