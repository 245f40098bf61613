"""The layout of typed rows, as many as there are: tasks, remarks."""

from __future__ import annotations

from collections.abc import Sequence

from etl.cells import REMEMBERABLE, same_words
from etl.harvest import (
    Harvest,
    Laid,
    SheetPlan,
    column_bounds,
    floor,
    is_footer,
    is_troubled,
    last_row,
    row_finding,
    say_blank,
    slow_cell,
)
from etl.lines import Line
from etl.locate import Table
from etl.sheet import Sheet


def read_records(plan: SheetPlan, sheet: Sheet, table: Table) -> Harvest:
    """Typed rows, as many as there are; signatures and notes below the table are named and left out."""
    harvest = Harvest()
    columns = floor(plan, table).of_any
    troubled = {row for row, _ in (*sheet.errors, *sheet.uncached)}
    for index in range(table.first_row, last_row(sheet, table)):
        row = sheet.rows[index]
        filled = len(row) - row.count("")
        if not filled and index not in troubled:
            continue
        if filled == 1 and len(columns) > 2:
            lone = next(value for value in row if value != "")
            if isinstance(lone, str) and (is_footer(plan, lone) or same_words(lone, plan.totals)):
                harvest.findings.append(row_finding("row_ignored", plan, sheet, table, index))
                continue
        read_record(harvest, plan, sheet, table, index, columns)
    return harvest


def read_record(
    harvest: Harvest, plan: SheetPlan, sheet: Sheet, table: Table, index: int, columns: Sequence[Laid]
) -> None:
    """One typed row into a line, its faults into findings; a row with nothing in its columns is no row."""
    row = sheet.rows[index]
    values: dict[str, object] = {}
    label = str(index + 1)
    blanks: list[Laid] = []
    required = len([one for one in columns if one.required])
    for one in columns:
        raw = row[one.place]
        if raw == "" and not is_troubled(sheet, index, one.place):
            if one.required:
                blanks.append(one)
            continue
        value = one.column.seen.get(raw) if type(raw) in REMEMBERABLE else None
        if value is None:
            value = slow_cell(harvest, one.column, sheet, index, one.place, raw, label, one.required)
        if value is not None:
            harvest.filled += one.required
            values[one.column_id] = value
    if not values and len(blanks) == required:
        return
    harvest.required += required
    for one in blanks:
        say_blank(harvest, one.column, sheet, f"{one.letters}{index + 1}", label)
    line = Line(plan.form.sheet, sheet.name, "", label, index, values, table.columns)
    harvest.lines.append(line)
    harvest.findings.extend(column_bounds(plan, line))
