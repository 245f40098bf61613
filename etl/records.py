"""The layout of typed rows, as many as there are: tasks, remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from etl.cells import KAD
from etl.findings import Finding, finding, shown
from etl.harvest import (
    Floor,
    Harvest,
    Laid,
    SheetPlan,
    column_bounds,
    floor,
    heading_rows,
    ignored_rows,
    is_footer,
    is_troubled,
    item_cell,
    last_row,
    rememberable,
    repeats_heading,
    say_blank,
    slow_cell,
)
from etl.lines import Line
from etl.locate import Table
from etl.sheet import Sheet
from etl.spelling import fold
from etl.totals import is_total
from etl.values import UNREAD

FEW = 3
"""A row with no more in it than this may be a signature."""
LONGEST_CODE = 14
GROUP_NUMBER = re.compile(r"[IVX]+[.)]?")
"""What a group of tasks is numbered by, in the column of codes."""
PLACE_AND_DAY = re.compile(r"ngày\s*[\d….]*\s*tháng\s*[\d….]*\s*năm")
"""Bình Giang, ngày 17 tháng 11 năm 2026"""


def read_records(plan: SheetPlan, sheet: Sheet, table: Table) -> Harvest:
    """Typed rows, as many as there are; signatures, notes and repeated headings are named and left out."""
    harvest = Harvest()
    places = floor(plan, table)
    words = frozenset(chain.from_iterable(heading_rows(sheet, table))) - {""}
    troubled = sheet.troubled_rows
    seen: dict[object, int] = {}
    ignored: list[int] = []
    for index in range(table.first_row, last_row(sheet, table)):
        row = sheet.rows[index]
        filled = len(row) - row.count("")
        if not filled and index not in troubled:
            continue
        aside = filled <= FEW and len(places.of_any) >= FEW and is_aside(plan, table, row, after=bool(ignored))
        if aside or (not words.isdisjoint(row) and repeats_heading(sheet, table, row)):
            ignored.append(index)
        else:
            if ignored:
                harvest.findings.extend(ignored_rows(plan, sheet, table, ignored))
            read_record(harvest, plan, sheet, index, places, sound=index not in troubled)
            harvest.findings.extend(said_twice(plan, sheet, table, index, harvest.lines, seen))
    harvest.findings.extend(ignored_rows(plan, sheet, table, ignored))
    return harvest


def is_aside(plan: SheetPlan, table: Table, row: Sequence[object], *, after: bool) -> bool:
    """Whether a row with little in it is no record: a signature, a total, a note, or names `after` such a row."""
    texts = [value for value in row if value != ""]
    if not texts or not all(isinstance(text, str) for text in texts):
        return False
    words = [text for text in texts if isinstance(text, str)]
    asides = any(is_footer(plan, text) or is_total(plan, text) or PLACE_AND_DAY.search(fold(text)) for text in words)
    first = next(iter(plan.columns.values()))
    begins_with_code = row[table.columns.get(first.column_id, 0)] == words[0]
    if len(words) == 2 and begins_with_code and GROUP_NUMBER.fullmatch(words[0].strip()):
        return True
    if after or asides or len(words) > 1:
        return after or asides
    if fold(words[0]) in first.none | first.nothing:
        return True
    heads_a_group = begins_with_code and len(words[0]) > LONGEST_CODE
    return heads_a_group and fold(words[0]) not in first.choices


def no_kad(one: Laid, sheet: Sheet, index: int, raw: object, label: str) -> Finding:
    """A record's required cell cannot be "not applicable"."""
    return finding(
        "no_kad", sheet=sheet.name, cell=f"{one.letters}{index + 1}", row=label, column=one.column.label, value=raw,
        expected=one.column.expected(),
    )  # fmt: skip


def said_twice(
    plan: SheetPlan, sheet: Sheet, table: Table, index: int, lines: Sequence[Line], seen: dict[object, int]
) -> Iterator[Finding]:
    """A finding where the row just read has the code of one before."""
    if not plan.form.item_column or not lines or lines[-1].row != index:
        return
    code = lines[-1].values.get(plan.form.item_column)
    first = seen.setdefault(code, index) if code else index
    if first != index:
        numbers = f"{first + 1}, {index + 1}"
        cell = item_cell(plan, table, index)
        yield finding("item_twice", sheet=sheet.name, cell=cell, value=shown(code), expected=numbers)


def read_record(harvest: Harvest, plan: SheetPlan, sheet: Sheet, index: int, places: Floor, *, sound: bool) -> None:
    """One typed row into a line, its faults into findings; a row with nothing in its columns is no row.

    `sound`: none of its cells shows an error or was never calculated.
    """
    row = sheet.rows[index]
    values: dict[str, object] = {}
    label = str(index + 1)
    blanks: list[Laid] = []
    required, known = places.required, rememberable(sheet)
    for one in places.of_any:
        raw = row[one.place]
        if raw == "" and (sound or not is_troubled(sheet, index, one.place)):
            if one.required:
                blanks.append(one)
            continue
        value = one.column.seen.get(raw) if type(raw) in known else None
        if value is None:
            value = slow_cell(harvest, one.column, sheet, index, one.place, raw, label, one.required)
        if value is KAD and one.required and plan.form.layout == "records":
            harvest.findings.append(no_kad(one, sheet, index, raw, label))
            value = UNREAD
        if value is not None:
            harvest.filled += one.required and value is not UNREAD
            values[one.column_id] = value
    if not values and len(blanks) == required:
        return
    harvest.required += required
    if len(blanks) > required / 2 > 0.5 and blanks[0].place == min(one.place for one in places.of_any if one.required):
        labels = ", ".join(one.column.label for one in blanks[:2])
        cell = f"{blanks[0].letters}{index + 1}"
        harvest.findings.append(finding("row_continued", sheet=sheet.name, cell=cell, row=label, expected=labels))
        return
    for one in blanks:
        say_blank(harvest, one.column, sheet, index, one.place, label)
    name = str(values.get(plan.form.item_column, label))
    line = Line(plan.form.sheet, sheet.name, "", name, index, values, places.columns)
    harvest.lines.append(line)
    harvest.findings.extend(column_bounds(plan, line))
