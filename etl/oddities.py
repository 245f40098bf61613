"""What is odd about a workbook as it stands: hidden parts, missing columns, lost tones, nothing to report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from etl.cells import same_words
from etl.findings import Finding, finding, number
from etl.harvest import Harvest, SheetPlan
from etl.headings import heading_findings
from etl.locate import Table
from etl.sheet import Sheet, Workbook, cell_name
from etl.spelling import fold

LETTERS_TO_JUDGE = 200
LEAST_ACCENTED = 0.15
LEAST_DISTINCT = 3
SAMPLE = 60
"""Texts that tell whether the accents are there, so that not all need be counted through."""


def workbook_notes(workbook: Workbook) -> Iterator[Finding]:
    """What is odd about the workbook as a whole."""
    if workbook.has_macros:
        yield finding("macros")
    if workbook.has_external_links:
        yield finding("external_links")
    fonts = sorted({font for sheet in workbook.sheets for font in sheet.legacy_fonts})
    if fonts:
        yield finding("legacy_font", value=", ".join(fonts[:3]))


def lost_tones(harvests: Sequence[Harvest]) -> Iterator[Finding]:
    """A finding where the free texts have next to no accents: scanned, or typed in an old code."""
    if sounds_well("".join(islice(texts(harvests), SAMPLE))):
        return
    written = "".join(texts(harvests))
    if sum(map(str.isalpha, written)) >= LETTERS_TO_JUDGE and not sounds_well(written):
        yield finding("lost_tones")


def texts(harvests: Iterable[Harvest]) -> Iterator[str]:
    """Every text of a report's tables."""
    return (value for one in harvests for line in one.lines for value in line.values.values() if isinstance(value, str))


def sounds_well(text: str) -> bool:
    """Whether a text has its accents."""
    accented = len(text) - len(text.encode("ascii", "ignore"))
    enough = accented >= LEAST_ACCENTED * len(text) or accented >= LEAST_ACCENTED * sum(map(str.isalpha, text))
    return enough and distinct_accented(text) > LEAST_DISTINCT


def distinct_accented(text: str) -> int:
    """How many different letters beyond ASCII a text has."""
    return sum(sign.isalpha() and not sign.isascii() for sign in set(text))


def nothing_declared(part: SheetPlan, sheet: Sheet, table: Table) -> str:
    """The cell above a table where "không phát sinh" is answered with yes, "" where it is not."""
    for index, row in enumerate(sheet.rows[: table.heading_row]):
        said = [(place, value) for place, value in enumerate(row) if value != ""]
        for (_, text), (place, answer) in pairwise(said):
            declares = isinstance(text, str) and fold(text).startswith(part.nothing)
            if declares and same_words(answer, next(iter(part.columns.values())).yes):
                return cell_name(index, place)
    return ""


def structure_findings(part: SheetPlan, sheet: Sheet, table: Table) -> list[Finding]:
    """What is odd about a table's columns and rows: read all the same where that is no guess, and said."""
    found = [*heading_findings(part, sheet, table), *hidden_parts(part, sheet, table)]
    if sheet.percents:
        found += percents_in_counts(part, sheet, table)
    return found


def hidden_parts(part: SheetPlan, sheet: Sheet, table: Table) -> Iterator[Finding]:
    """Notes for a hidden sheet, and for hidden columns and rows with data in them."""
    if sheet.hidden:
        yield finding("sheet_hidden", sheet=sheet.name, value=sheet.name)
    hidden = [(column_id, place) for column_id, place in table.columns.items() if place in sheet.hidden_columns]
    if hidden:
        labels = "”, “".join(part.columns[column_id].label for column_id, _ in hidden)
        yield finding("columns_hidden", sheet=sheet.name, cell=cell_name(table.heading_row, hidden[0][1]), value=labels)
    rows = [
        row for row in sheet.hidden_rows
        if table.first_row <= row < len(sheet.rows) and any(value != "" for value in sheet.rows[row])
    ]  # fmt: skip
    if rows:
        yield finding("rows_hidden", sheet=sheet.name, cell=cell_name(min(rows), 0), value=len(rows))


def percents_in_counts(part: SheetPlan, sheet: Sheet, table: Table) -> Iterator[Finding]:
    """An error for each whole number shown with a percent sign where things are counted: 1 that looks like 100%."""
    counts = {place: part.columns[column_id] for column_id, place in table.columns.items()
              if part.columns[column_id].type == "int"}  # fmt: skip
    for row, place in sorted(sheet.percents):
        value = sheet.cell(row, place)
        if row >= table.first_row and place in counts and isinstance(value, float) and value.is_integer():
            column = counts[place]
            yield finding(
                "percent_in_count", sheet=sheet.name, cell=cell_name(row, place), column=column.label,
                value=f"{number(value * 100)}%", expected=column.expected(),
            )  # fmt: skip
