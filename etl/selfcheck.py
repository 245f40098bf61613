"""What a template says of itself while it is filled in, by the names the reader knows it by: never data."""

from __future__ import annotations

from dataclasses import replace

from etl.faults import SELF_CHECK
from etl.locate import Table, heading_text
from etl.sheet import Sheet

HEADING = SELF_CHECK
"""Over the column of sentences, and the first words of the line under a title."""
HEADING_KEY = heading_text(HEADING)
COLUMN_ID = "tu_kiem_tra"
SHEET = "TU_KIEM_TRA"
"""The hidden sheet that counts what is missing or wrong."""


def is_own(text: str) -> bool:
    """Whether a text above a table is the template's own line, which names no unit and no period."""
    return text.startswith(HEADING)


def without_checks(sheet: Sheet, table: Table) -> Sheet:
    """The sheet with the column of sentences empty, found by its id or, where ids are gone, by its heading."""
    for row in sheet.rows[max(0, table.heading_row - 1) : table.heading_row + 1]:
        for place, value in enumerate(row):
            if value == COLUMN_ID or heading_text(value) == HEADING_KEY:
                return emptied(sheet, table.first_row, place)
    return sheet


def emptied(sheet: Sheet, first_row: int, place: int) -> Sheet:
    """The sheet with one column empty below its heading; most often it is empty as it came.

    Without the hidden sheet that they ask, the sentences are errors: no more to be told than a sentence is.
    """
    uncached = frozenset(each for each in sheet.uncached if each[1] != place) if sheet.uncached else sheet.uncached
    errors = {each: shown for each, shown in sheet.errors.items() if each[1] != place} if sheet.errors else sheet.errors
    if any(len(row) > place and row[place] != "" for row in sheet.rows[first_row:]):
        head, rows = sheet.rows[:first_row], sheet.rows[first_row:]
        kept = [*head, *([*row[:place], "", *row[place + 1 :]] if len(row) > place else row for row in rows)]
        return replace(sheet, rows=kept, uncached=uncached, errors=errors)
    unchanged = len(uncached) == len(sheet.uncached) and len(errors) == len(sheet.errors)
    return sheet if unchanged else replace(sheet, uncached=uncached, errors=errors)
