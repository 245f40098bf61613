"""The layout of typed rows, as many as there are: tasks, remarks."""

from __future__ import annotations

from etl.cells import same_words
from etl.harvest import Harvest, SheetPlan, column_bounds, is_footer, last_row, row_finding, say_blank, slow_cell
from etl.lines import Line
from etl.locate import Table
from etl.sheet import Sheet, cell_name


def read_records(plan: SheetPlan, sheet: Sheet, table: Table) -> Harvest:
    """Typed rows, as many as there are; signatures and notes below the table are named and left out."""
    harvest = Harvest()
    width = len(plan.without_item)
    for index in range(table.first_row, last_row(sheet, table)):
        row = sheet.rows[index]
        written = [
            row[place] for column in plan.without_item
            if (place := table.columns.get(column.column_id)) is not None and place < len(row) and row[place] != ""
        ]  # fmt: skip
        if not written and not any(at == index for at, _ in (*sheet.errors, *sheet.uncached)):
            continue
        lone = written[0] if len(written) == 1 and width > 2 else None
        if isinstance(lone, str) and (is_footer(plan, lone) or same_words(lone, plan.totals)):
            harvest.findings.append(row_finding("row_ignored", plan, sheet, table, index))
            continue
        read_record(harvest, plan, sheet, table, index)
    return harvest


def read_record(harvest: Harvest, plan: SheetPlan, sheet: Sheet, table: Table, index: int) -> None:
    """One typed row into a line, its faults into findings."""
    row = sheet.rows[index]
    line: dict[str, object] = {}
    label = str(index + 1)
    for column in plan.without_item:
        place = table.columns.get(column.column_id)
        if place is None:
            continue
        raw = row[place] if place < len(row) else ""
        harvest.required += column.required
        if raw == "" and (index, place) not in sheet.errors and (index, place) not in sheet.uncached:
            if column.required:
                say_blank(harvest, column, sheet, cell_name(index, place), label)
            continue
        value = column.seen.get(raw) if type(raw) is str else None
        if value is None:
            value = slow_cell(harvest, column, sheet, index, place, raw, label, column.required)
        if value is None:
            continue
        harvest.filled += column.required
        line[column.column_id] = value
    if line:
        harvest.lines.append(Line(plan.form.sheet, sheet.name, "", label, index, line, table.columns))
        harvest.findings.extend(column_bounds(plan, harvest.lines[-1]))
