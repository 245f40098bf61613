"""The layout of printed rows with columns of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from etl.cells import KAD
from etl.column import ColumnPlan
from etl.findings import Finding, finding, shown
from etl.harvest import (
    NUMBERS,
    Floor,
    Harvest,
    Laid,
    SheetPlan,
    column_bounds,
    floor,
    ignored_rows,
    is_troubled,
    item_cell,
    last_row,
    repeats_heading,
    row_finding,
    say_blank,
    slow_cell,
)
from etl.lines import Line
from etl.locate import Table
from etl.printed import CODE, bare_row, has_data, item_of, merged_numbers, names_elsewhere
from etl.sheet import Sheet, cell_name
from etl.totals import compare_total, compare_total_item, whole_item
from etl.values import UNREAD


@dataclass(slots=True)
class Rows:
    """What the rows of a table turn out to be, one after the other."""

    places: Floor
    troubled: frozenset[int]
    """Those with a cell that shows an error or was never calculated."""
    seen: dict[str, int] = field(default_factory=dict)
    """Rows that were read, by their code."""
    totals: list[int] = field(default_factory=list)
    ignored: list[int] = field(default_factory=list)
    """Rows that are no data, since the last one that is."""
    heading: int = -1
    """Where the heading stands a second time."""


def read_matrix(plan: SheetPlan, sheet: Sheet, table: Table, nothing: str) -> Harvest:
    """Numbers of printed rows; `nothing` is the cell where the sheet is declared to have nothing to report."""
    harvest = Harvest()
    rows = Rows(floor(plan, table), sheet.troubled_rows)
    for index in range(table.first_row, last_row(sheet, table)):
        code = item_of(plan, sheet.rows[index], table)
        if code and code in plan.items and code not in rows.seen:
            if rows.ignored:
                harvest.findings.extend(ignored_rows(plan, sheet, table, rows.ignored))
            read_item(harvest, plan, sheet, index, code, rows, nothing)
        elif rows.seen.get(code or "", rows.heading) < rows.heading:
            cell, first, second = cell_name(rows.heading, 0), str(table.label_row + 1), str(rows.heading + 1)
            harvest.findings.append(finding("table_twice", sheet=sheet.name, cell=cell, value=first, expected=second))
            rows.ignored.clear()
            break
        else:
            harvest.findings.extend(other_row(harvest, plan, sheet, table, index, code, rows, nothing))
    harvest.findings.extend(ignored_rows(plan, sheet, table, rows.ignored))
    if (whole := whole_item(plan)) and whole not in rows.seen and rows.totals:
        read_item(harvest, plan, sheet, rows.totals.pop(0), whole, rows, nothing)
    missing_rows(harvest, plan, sheet, rows.seen, nothing)
    for index in rows.totals:
        harvest.findings.extend(compare_total(plan, sheet, table, index, harvest.lines))
    harvest.findings.extend(compare_total_item(plan, sheet, harvest.lines))
    harvest.findings.extend(names_elsewhere(plan, sheet, table, rows.seen))
    if sheet.merged:
        harvest.findings.extend(merged_numbers(plan, sheet, table))
    return harvest


def read_item(
    harvest: Harvest, plan: SheetPlan, sheet: Sheet, index: int, code: str, rows: Rows, nothing: str
) -> None:  # fmt: skip
    """The row of an item, read for the first time."""
    rows.seen[code] = index
    item = plan.items.get(code)
    read_row(harvest, plan, sheet, rows, index, code, item.name if item else code, nothing)


def other_row(
    harvest: Harvest, plan: SheetPlan, sheet: Sheet, table: Table, index: int, code: str | None, rows: Rows,
    nothing: str,
) -> Iterator[Finding]:  # fmt: skip
    """A row that is none of the printed ones: a total, a heading again, an open row, or one that cannot be."""
    row = sheet.rows[index]
    kind = "" if code else bare_row(plan, sheet, table, index)
    if repeats_heading(sheet, table, row):
        rows.heading = rows.heading if rows.heading == index - 1 else index
        rows.ignored.append(index)
    elif kind == "total":
        rows.totals.append(index)
    elif kind == "row_ignored" or (code and not has_data(plan, sheet, table, index) and not CODE.fullmatch(code)):
        rows.ignored.append(index)
    elif kind:
        yield row_finding(kind, plan, sheet, table, index)
    elif code in rows.seen:
        numbers = f"{rows.seen[code] + 1}, {index + 1}"
        cell = item_cell(plan, table, index)
        yield finding("item_twice", sheet=sheet.name, cell=cell, value=code, expected=numbers)
    elif code and plan.form.open_rows:
        read_item(harvest, plan, sheet, index, code, rows, nothing)
    elif code:
        yield finding("item_unknown", sheet=sheet.name, cell=item_cell(plan, table, index), value=code)


def read_row(
    harvest: Harvest, plan: SheetPlan, sheet: Sheet, rows: Rows, index: int, code: str, label: str, nothing: str
) -> None:
    """One printed row: its numbers into observations, its faults into findings, all of it into a line."""
    row, name, row_number = sheet.rows[index], sheet.name, str(index + 1)
    places, printed, sound = rows.places, code in plan.items, index not in rows.troubled
    line: dict[str, object] = {}
    for one in places.of_item.get(code, places.of_any):
        raw, column, required = row[one.place], one.column, one.required and printed
        if raw == "" and not required and (sound or not is_troubled(sheet, index, one.place)):
            continue
        harvest.required += required
        if type(raw) is float and one.is_count and one.low <= raw <= one.high and raw.is_integer():
            value: object = raw
        elif type(raw) is str and raw in column.seen:
            value = column.seen[raw]
        else:
            value = other_cell(harvest, column, sheet, index, one.place, label, nothing if required else "", required)
        if value is None:
            continue
        line[one.column_id] = value
        if value is UNREAD:
            continue
        harvest.filled += required
        number = value if type(value) is float else None
        if one.measure and (number is not None or value is KAD):
            cell = nothing if raw == "" else one.letters + row_number
            harvest.observations.append((name, code, one.theme, one.measure, number, cell))
    if useless := places.useless.get(code):
        harvest.findings.extend(misplaced(useless, sheet, index, label))
    if line or (printed and not nothing):
        harvest.lines.append(Line(plan.form.sheet, name, code, label, index, line, places.columns, None, bool(nothing)))
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
    say_blank(harvest, column, sheet, index, place, label)
    return None


def missing_rows(harvest: Harvest, plan: SheetPlan, sheet: Sheet, seen: Mapping[str, int], nothing: str) -> None:
    """A finding for each printed row that is gone and had a cell to fill."""
    if nothing:
        return
    for code, item in plan.items.items():
        if code not in seen and any(column.required for column in plan.by_item[code]):
            harvest.findings.append(
                finding("item_missing", sheet=sheet.name, value=" ".join(dict.fromkeys((code, item.name))).strip())
            )
