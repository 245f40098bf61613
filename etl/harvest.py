"""What a table yields, cell by cell: numbers, lines for the rules, and findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from math import inf

from etl import values
from etl.cells import REMEMBERABLE, REMEMBERED, cell_finding, is_error, read_cell, read_percent_cell
from etl.column import ColumnPlan
from etl.findings import Finding, and_more, bounded_by, finding, number, shown
from etl.form import Item, SheetForm
from etl.lines import Line
from etl.locate import Table
from etl.report import Fact
from etl.sheet import COLUMN_LETTERS, NOT_SHOWN, Sheet, cell_name
from etl.spelling import clean, fold
from etl.values import UNREAD

NUMBERS = frozenset(("int", "decimal", "percent"))
ALIKE = 3
"""So many cells of a heading, found again in a row, make it a heading."""
WITH_NUMBERS = REMEMBERABLE | {float}


def rememberable(sheet: Sheet) -> frozenset[type]:
    """What is read alike wherever it stands on a sheet: a number only where none is shown as a percentage."""
    return REMEMBERABLE if sheet.percents else WITH_NUMBERS


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet of a form made ready for reading many workbooks of one kind of unit."""

    form: SheetForm
    columns: Mapping[str, ColumnPlan]
    items: Mapping[str, Item]
    by_name: Mapping[str, str]
    """folded name of a printed row -> its code, for tables whose codes were deleted."""
    by_item: Mapping[str, tuple[ColumnPlan, ...]]
    """item_code -> the columns that have a meaning in its row, labels left out."""
    useless: Mapping[str, tuple[ColumnPlan, ...]]
    """item_code -> the columns of numbers that have none."""
    without_item: tuple[ColumnPlan, ...]
    bounds: tuple[tuple[str, str, int], ...]
    """A column, the column that bounds it, and 1 from above or -1 from below."""
    keys: Mapping[str, str]
    """column_id by every folded heading it may bear."""
    totals: frozenset[str]
    footers: tuple[str, ...]
    nothing: tuple[str, ...]
    floors: dict[object, Floor] = field(default_factory=dict, compare=False, repr=False)
    headings: dict[object, Headings] = field(default_factory=dict, compare=False, repr=False)
    """What is to be said of headings that were seen: they are the same in every unit."""


@dataclass(frozen=True, slots=True)
class Headings:
    """What is to be said of the headings of a table, whatever stands below them."""

    unfit: tuple[Finding, ...]
    """Of columns that are missing or stand twice."""
    extra: tuple[tuple[int, Finding], ...]
    """Of columns that the form does not have, with their places; only said of those with data."""
    retyped: tuple[Finding, ...]


@dataclass(slots=True)
class Harvest:
    """What one table yields."""

    observations: list[Fact] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    required: int = 0
    filled: int = 0


def applies(patterns: Sequence[str], item_code: str) -> bool:
    """Whether a row is one of those the patterns (K02*) name; no pattern names them all."""
    return not patterns or any(fnmatchcase(item_code, pattern) for pattern in patterns)


@dataclass(frozen=True, slots=True)
class Laid:
    """A column where it lies on a sheet, with what its commonest cells are asked."""

    place: int
    letters: str
    column_id: str
    is_count: bool
    low: float
    high: float
    measure: str
    theme: str | None
    required: bool
    column: ColumnPlan


def laid(plan: SheetPlan, table: Table, columns: Sequence[ColumnPlan]) -> tuple[Laid, ...]:
    """The columns that a table has, from left to right as the form has them."""
    return tuple(
        Laid(
            place, COLUMN_LETTERS[place], column.column_id, column.type == "int",
            -inf if column.low is None else column.low, inf if column.high is None else column.high,
            column.column.measure, column.column.theme or None, column.required, column,
        )
        for column in columns
        if (place := table.columns.get(column.column_id)) is not None
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Floor:
    """A form's columns as they lie on one workbook's sheet; the same for all that left the template as it was."""

    columns: Mapping[str, int]
    of_item: Mapping[str, tuple[Laid, ...]]
    useless: Mapping[str, tuple[Laid, ...]]
    of_any: tuple[Laid, ...]
    required: int
    """How many of any row's columns must be filled."""


def floor(plan: SheetPlan, table: Table) -> Floor:
    """The floor plan of a table, worked out once for the same places."""
    key = tuple(table.columns.items())
    known = plan.floors.get(key)
    if known is None:
        known = plan.floors[key] = Floor(
            table.columns,
            {code: laid(plan, table, columns) for code, columns in plan.by_item.items()},
            {code: laid(plan, table, columns) for code, columns in plan.useless.items()},
            laid(plan, table, plan.without_item),
            sum(column.required for column in plan.without_item if column.column_id in table.columns),
        )
    return known


def say_blank(harvest: Harvest, column: ColumnPlan, sheet: Sheet, index: int, place: int, label: str) -> None:
    """Say that a required cell is blank, or that it was merged away; a cover may lack its place (-1)."""
    into = next((each for each in sheet.merged if each.holds(index, place)), None)
    harvest.findings.append(
        finding(
            "merged_blank" if into else "required_blank", sheet=sheet.name,
            cell=cell_name(index, place) if index >= 0 else "", row=label, column=column.label,
            value=cell_name(into.top, into.left) if into else "", expected=column.expected(),
        )
    )  # fmt: skip


def slow_cell(
    harvest: Harvest, column: ColumnPlan, sheet: Sheet, index: int, place: int, raw: object, label: str, required: bool
) -> object:
    """A cell that is not simply a good number: text, dates, KAD, errors. Returns its value, None for a blank."""
    cell = cell_name(index, place)
    if trouble := cell_trouble(column, sheet, index, place, label):
        harvest.findings.append(trouble)
        return UNREAD
    if type(raw) is float and column.type in NUMBERS and (index, place) in sheet.percents:
        reading, raw = read_percent_cell(column, raw), f"{number(round(raw * 100, 6))}%"
    else:
        reading = read_cell(column, raw)
    if not reading.fault and reading.value is not None and type(raw) in rememberable(sheet):
        remember(column, raw, reading.value)
    if reading.fault:
        harvest.findings.append(cell_finding(column, reading, raw, sheet=sheet.name, cell=cell, row=label))
        return UNREAD if is_error(reading.fault) else reading.value
    if reading.value is None and required:
        harvest.findings.append(
            finding("required_blank", sheet=sheet.name, cell=cell, row=label, column=column.label,
                    value=values.text(raw), expected=column.expected())
        )  # fmt: skip
    return reading.value


def remember(column: ColumnPlan, raw: object, value: object) -> None:
    """Keep what a cell was read as; not of zero, which minus zero is equal to."""
    if raw != 0 and len(column.seen) < REMEMBERED:
        column.seen[raw] = value


def is_troubled(sheet: Sheet, index: int, place: int) -> bool:
    """Whether a cell shows an error or was never calculated."""
    return (index, place) in sheet.errors or (index, place) in sheet.uncached


def cell_trouble(column: ColumnPlan, sheet: Sheet, index: int, place: int, label: str) -> Finding | None:
    """The finding for a cell that shows an error or was never calculated."""
    kind, value = "", ""
    if (index, place) in sheet.errors:
        value = sheet.errors[index, place]
        kind = "date_not_shown" if value == NOT_SHOWN else "error_cell"
    elif (index, place) in sheet.uncached:
        kind = "uncached"
    if not kind:
        return None
    return finding(kind, sheet=sheet.name, cell=cell_name(index, place), row=label, column=column.label, value=value,
                   expected=column.expected())  # fmt: skip


def column_bounds(plan: SheetPlan, line: Line) -> Iterator[Finding]:
    """A finding for each value beyond the value of the column that bounds it."""
    for column_id, bound, sign in plan.bounds:
        value, limit = line.values.get(column_id), line.values.get(bound)
        if isinstance(value, float) and isinstance(limit, float):
            beyond, fault = (value - limit) * sign > 0, "above" if sign > 0 else "below"
        elif isinstance(value, dt.date) and isinstance(limit, dt.date):
            beyond, fault = (value - limit).days * sign > 0, "date_late" if sign > 0 else "date_early"
        else:
            continue
        if beyond:
            expected = bounded_by(plan.columns[bound].label, limit, above=sign > 0)
            yield finding(
                fault, sheet=line.sheet, cell=line.cell(column_id), row=line.label,
                column=plan.columns[column_id].label, value=shown(value), expected=expected,
            )  # fmt: skip


def last_row(sheet: Sheet, table: Table) -> int:
    """Just past the last row in which a column of the table holds anything, or shows an error."""
    places = list(table.columns.values())
    last = len(sheet.rows)
    troubled = sheet.troubled_rows
    while last > table.first_row and last - 1 not in troubled:
        row = sheet.rows[last - 1]
        if row.count("") < len(row) and any(row[place] != "" for place in places if place < len(row)):
            break
        last -= 1
    return last


def is_footer(plan: SheetPlan, text: str) -> bool:
    """Whether a text below a table is a signature or a note."""
    return fold(text).startswith(plan.footers)


def heading_rows(sheet: Sheet, table: Table) -> Sequence[Sequence[object]]:
    """The rows of a table's heading: its words, its ids."""
    return [sheet.rows[index] for index in (table.label_row, table.heading_row) if index >= 0]


def repeats_heading(sheet: Sheet, table: Table, row: Sequence[object]) -> bool:
    """Whether a row is the heading once more, as for printing on every page: its words or its ids."""
    return any(
        sum(row[place] == heading[place] != "" for place in table.columns.values() if place < len(row)) >= ALIKE
        for heading in heading_rows(sheet, table)
    )


def ignored_rows(plan: SheetPlan, sheet: Sheet, table: Table, rows: list[int]) -> Iterator[Finding]:
    """One note for rows that are no data and follow each other, which are then told."""
    if rows:
        found = row_finding("row_ignored", plan, sheet, table, rows[0], and_more(len(rows) - 1))
        rows.clear()
        yield found


def row_finding(kind: str, plan: SheetPlan, sheet: Sheet, table: Table, index: int, more: str = "") -> Finding:
    """The finding for a row that is no data."""
    row = sheet.rows[index]
    text, place = next(
        ((value, at) for at, value in enumerate(row) if isinstance(value, str) and value.strip()), ("", 0)
    )
    cell = item_cell(plan, table, index) if kind == "item_blank" else cell_name(index, place)
    return finding(kind, sheet=sheet.name, cell=cell, value=clean(text)[:60], suggestion=more)


def item_cell(plan: SheetPlan, table: Table, index: int) -> str:
    """Where the code of a row stands, or would stand."""
    return cell_name(index, table.columns.get(plan.form.item_column, 0))
