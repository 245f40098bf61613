"""The layout of printed rows with columns of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl import values
from etl.cells import KAD, ColumnPlan, same_words
from etl.findings import Finding, finding, shown
from etl.harvest import (
    NUMBERS,
    Harvest,
    Laid,
    SheetPlan,
    column_bounds,
    floor,
    is_footer,
    is_troubled,
    item_cell,
    last_row,
    row_finding,
    say_blank,
    slow_cell,
)
from etl.lines import Line
from etl.locate import Table
from etl.report import Observation
from etl.sheet import Sheet, cell_name
from etl.spelling import clean, fold
from etl.totals import compare_total, compare_total_item


def read_matrix(plan: SheetPlan, sheet: Sheet, table: Table, nothing: str) -> Harvest:
    """Numbers of printed rows; `nothing` is the cell where the sheet is declared to have nothing to report."""
    harvest = Harvest()
    seen: dict[str, int] = {}
    last = last_row(sheet, table)
    totals: list[int] = []
    for index in range(table.first_row, last):
        row = sheet.rows[index]
        code = item_of(plan, row, table)
        if code is None:
            kind = bare_row(plan, sheet, table, index)
            if kind == "total":
                totals.append(index)
            elif kind:
                harvest.findings.append(row_finding(kind, plan, sheet, table, index))
            continue
        if code in seen:
            numbers = f"{seen[code] + 1}, {index + 1}"
            harvest.findings.append(
                finding(
                    "item_twice", sheet=sheet.name, cell=item_cell(plan, table, index), value=code, expected=numbers
                )
            )
            continue
        seen[code] = index
        item = plan.items.get(code)
        if item is None and not plan.form.open_rows:
            harvest.findings.append(
                finding("item_unknown", sheet=sheet.name, cell=item_cell(plan, table, index), value=code)
            )
            continue
        read_row(harvest, plan, sheet, table, index, code, item.name if item else code, nothing)
    missing_rows(harvest, plan, sheet, seen, nothing)
    for index in totals:
        harvest.findings.extend(compare_total(plan, sheet, table, index, harvest.lines))
    harvest.findings.extend(compare_total_item(plan, sheet, harvest.lines))
    return harvest


def item_of(plan: SheetPlan, row: Sequence[object], table: Table) -> str | None:
    """The code of a row: as written, else by its printed name; None where it has neither."""
    place = table.columns.get(plan.form.item_column)
    if place is not None and place < len(row):
        written = row[place]
        if type(written) is str:
            if written in plan.items:
                return written
            code = clean(written).upper()
            if code in plan.items:
                return code
            named = plan.by_name.get(fold(written))
            if named:
                return named
            if code and not same_words(written, plan.totals) and not is_footer(plan, written):
                return clean(written) if plan.form.open_rows else code
        elif written not in ("", None):
            return values.text(written)
    for column_id, other in table.columns.items():
        if column_id in plan.columns and plan.columns[column_id].type == "label" and other < len(row):
            text = row[other]
            if isinstance(text, str) and (named := plan.by_name.get(fold(text))):
                return named
    return None


def bare_row(plan: SheetPlan, sheet: Sheet, table: Table, index: int) -> str:
    """What a row without a code is: "" (nothing in it), "total", "row_ignored" or "item_blank"."""
    row = sheet.rows[index]
    texts = [value for value in row if isinstance(value, str) and value.strip()]
    if any(same_words(text, plan.totals) for text in texts):
        return "total"
    places = [table.columns[column.column_id] for column in plan.without_item if column.column_id in table.columns]
    if any(place < len(row) and isinstance(row[place], float) for place in places):
        return "item_blank"
    return "row_ignored" if texts else ""


def read_row(
    harvest: Harvest, plan: SheetPlan, sheet: Sheet, table: Table, index: int, code: str, label: str, nothing: str
) -> None:
    """One printed row: its numbers into observations, its faults into findings, all of it into a line."""
    row, name, row_number = sheet.rows[index], sheet.name, str(index + 1)
    printed = code in plan.items
    places = floor(plan, table)
    line: dict[str, object] = {}
    for place, letters, column_id, is_count, low, high, measure, theme, wanted, column in places.of_item.get(
        code, places.of_any
    ):
        raw = row[place]
        required = wanted and printed
        harvest.required += required
        if type(raw) is float and is_count and low <= raw <= high and raw.is_integer():
            value: object = raw
        elif type(raw) is str and raw in column.seen:
            value = column.seen[raw]
        elif raw == "" and not required and not is_troubled(sheet, index, place):
            continue
        else:
            value = other_cell(harvest, column, sheet, index, place, label, nothing if required else "", required)
        if value is None:
            continue
        harvest.filled += required
        line[column_id] = value
        if measure and (value is KAD or type(value) is float):
            cell = nothing if raw == "" else letters + row_number
            number = value if type(value) is float else None
            harvest.observations.append(Observation(name, code, theme, measure, number, cell))
    harvest.findings.extend(misplaced(places.useless.get(code, ()), sheet, index, label))
    if line or (printed and not nothing):
        harvest.lines.append(Line(plan.form.sheet, name, code, label, index, line, table.columns, None, bool(nothing)))
        if plan.bounds:
            harvest.findings.extend(column_bounds(plan, harvest.lines[-1]))


def misplaced(useless: Sequence[Laid], sheet: Sheet, index: int, label: str) -> list[Finding]:
    """A note for each number in a column that has no meaning in its row."""
    row = sheet.rows[index]
    return [
        finding(
            "row_has_no_use", sheet=sheet.name, cell=f"{one.letters}{index + 1}", row=label, column=one.column.label,
            value=shown(row[one.place]),
        )
        for one in useless
        if type(row[one.place]) is float and row[one.place]
    ]  # fmt: skip


def other_cell(
    harvest: Harvest, column: ColumnPlan, sheet: Sheet, index: int, place: int, label: str, nothing: str, required: bool
) -> object:
    """A cell that is not simply a good number: its value, zero where nothing was declared, None where it has none."""
    raw = sheet.cell(index, place)
    if raw != "" or is_troubled(sheet, index, place):
        return slow_cell(harvest, column, sheet, index, place, raw, label, required)
    if nothing:
        return 0.0 if column.type in NUMBERS and column.column.kind == "flow" else None
    say_blank(harvest, column, sheet, cell_name(index, place), label)
    return None


def missing_rows(harvest: Harvest, plan: SheetPlan, sheet: Sheet, seen: Mapping[str, int], nothing: str) -> None:
    """A finding for each printed row that is gone and had a cell to fill."""
    if nothing:
        return
    for code, item in plan.items.items():
        if code not in seen and any(column.required for column in plan.by_item[code]):
            harvest.findings.append(finding("item_missing", sheet=sheet.name, value=f"{code} {item.name}".strip()))
