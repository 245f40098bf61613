"""What is wrong with the headings of a table: gone, doubled, of one's own, retyped, exchanged, in another unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from etl.findings import Finding, finding, meant
from etl.form import Column
from etl.harvest import Headings, SheetPlan, heading_rows
from etl.locate import Table, column_keys, heading_text
from etl.sheet import Sheet, cell_name
from etl.spelling import clean, fold

OTHER_UNITS = re.compile(
    r"nghìn|ngàn|triệu|tỷ|tỉ đồng|trăm|chục|%|phần trăm|tỷ lệ|lũy kế|luỹ kế|cộng dồn|từ đầu năm|trong kỳ"
)
"""Words by which a heading says in what, or since when, its numbers are counted."""

REMEMBERED = 100
"""Headings of a sheet that are remembered: the template's, and those that officers changed."""


def heading_findings(plan: SheetPlan, sheet: Sheet, table: Table) -> Iterator[Finding]:
    """All that is to be said of a table's headings, worked out once for those that are the same: most are."""
    rows = map(tuple, heading_rows(sheet, table))
    key = (sheet.name, table.heading_row, table.by_label, *table.columns.items(), *rows)
    known = plan.headings.get(key)
    if known is None:
        known = Headings(
            (*missing_columns(plan, sheet, table), *doubled_columns(plan, sheet, table)),
            tuple(extra_columns(sheet, table)),
            tuple(retyped_headings(plan, sheet, table)),
        )
        if len(plan.headings) < REMEMBERED:
            plan.headings[key] = known
    yield from known.unfit
    for place, found in known.extra:
        if any(row[place] != "" for row in sheet.rows[table.first_row :] if place < len(row)):
            yield found
    yield from known.retyped


def missing_columns(plan: SheetPlan, sheet: Sheet, table: Table) -> Iterator[Finding]:
    """An error for each column that must be there and is not; one note for all that may be left out."""
    left_out = []
    for column_id, column in plan.columns.items():
        if column_id in table.columns or column.type in ("label", "computed") or column_id == plan.form.item_column:
            continue
        if column.required:
            yield finding("column_missing", sheet=sheet.name, value=column.label)
        elif plan.form.layout != "units":
            left_out.append(column.label)
    if left_out:
        yield finding("columns_left_out", sheet=sheet.name, value="”, “".join(left_out))


def doubled_columns(plan: SheetPlan, sheet: Sheet, table: Table) -> Iterator[Finding]:
    """A finding for each column of the form that stands twice on the sheet: which of the two counts is not guessed."""
    columns = plan.form.columns
    keys = column_keys(columns) if table.by_label else {column.column_id: column.column_id for column in columns}
    heading = sheet.rows[table.heading_row]
    for place, value in enumerate(heading):
        column_id = keys.get(heading_text(value) if table.by_label else str(value))
        first = table.columns.get(column_id, place) if column_id else place
        if column_id and first < place and value == heading[first]:
            both = f"{cell_name(table.heading_row, first)}, {cell_name(table.heading_row, place)}"
            cell = cell_name(table.heading_row, place)
            label = plan.columns[column_id].label
            yield finding("column_twice", sheet=sheet.name, cell=cell, value=label, expected=both)


def extra_columns(sheet: Sheet, table: Table) -> Iterator[tuple[int, Finding]]:
    """Each headed column that the form does not have, with the note for it if it has data."""
    if table.label_row < 0:
        return
    heading = sheet.rows[table.heading_row]
    taken = set(table.columns.values()) | {place for place, value in enumerate(heading) if value in table.columns}
    for place, value in enumerate(sheet.rows[table.label_row]):
        if place in taken or not isinstance(value, str) or not value.strip():
            continue
        cell = cell_name(table.label_row, place)
        yield place, finding("column_extra", sheet=sheet.name, cell=cell, value=clean(value))


def retyped_headings(plan: SheetPlan, sheet: Sheet, table: Table) -> Iterator[Finding]:
    """A finding for each heading that no longer says what its column is, the hidden row of ids being there still."""
    if table.by_label or table.label_row < 0:
        return
    for column_id, place in table.columns.items():
        said = sheet.rows[table.label_row][place]
        fault = heading_fault(plan, column_id, said) if isinstance(said, str) else ""
        if not fault:
            continue
        text = clean(str(said))
        column = plan.columns[column_id].column
        other = plan.columns.get(plan.keys.get(heading_text(text), ""))
        expected = meant(column) if fault == "heading_unit" else other.label if other else column.label
        yield finding(
            fault, sheet=sheet.name, cell=cell_name(table.label_row, place), column=column.label, value=text,
            expected=expected,
        )  # fmt: skip


def heading_fault(plan: SheetPlan, column_id: str, text: str) -> str:
    """What is wrong with the words above a column, "" where they are its own."""
    if not text.strip():
        return ""
    column = plan.columns[column_id].column
    said = OTHER_UNITS.findall(fold(text))
    if any(word not in words_of(column) for word in said):
        return "heading_unit"
    key = heading_text(text)
    if key in names_of(column):
        return ""
    return "heading_of_another" if plan.keys.get(key, column_id) != column_id else "heading_retyped"


@lru_cache(maxsize=1_000)
def names_of(column: Column) -> frozenset[str]:
    """The keys of a column's own headings; of one that stands below a common heading also its own part."""
    names = (column.label, *column.aliases)
    return frozenset(heading_text(one) for name in names for one in (name, name.rpartition("/")[2]))


@lru_cache(maxsize=1_000)
def words_of(column: Column) -> str:
    """All the catalogue says of a column."""
    return fold(" ".join((column.label, *column.aliases, column.unit, column.note)))
