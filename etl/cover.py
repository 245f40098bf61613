"""The cover of a workbook: labels with a value beside each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from etl.cells import KAD
from etl.column import ColumnPlan
from etl.harvest import Harvest, SheetPlan, column_bounds, rememberable, say_blank, slow_cell
from etl.lines import Line
from etl.locate import HEADING_ROWS, table_by_ids
from etl.report import Observation
from etl.sheet import Sheet, cell_name
from etl.spelling import heading_key, without_tones
from etl.values import UNREAD

COVER_ROWS = HEADING_ROWS * 4


def places(plan: SheetPlan, sheet: Sheet) -> Mapping[str, tuple[int, int]]:
    """Where the value of each line of the cover stands: found by its id, else by its label."""
    table = table_by_ids(plan.form, sheet.rows)
    value_column = table.columns.get("value") if table else None
    if table and value_column is not None:
        whole = by_id(plan, sheet, table.columns.get("column_id", 0), value_column)
        if whole:
            return whole
    found: dict[str, tuple[int, int]] = {}
    for index, row in enumerate(sheet.rows[:COVER_ROWS]):
        for place, value in enumerate(row):
            if not isinstance(value, str) or not value:
                continue
            column_id = value if value in plan.columns else plan.keys.get(without_tones(heading_key(value)))
            if column_id and column_id not in found:
                found[column_id] = (
                    index,
                    value_column if value_column is not None else beside(row, place, column_id, plan.keys),
                )
                break
    return found


def by_id(plan: SheetPlan, sheet: Sheet, id_column: int, value_column: int) -> dict[str, tuple[int, int]]:
    """The places of all lines where the template's column of ids is whole, else none."""
    rows = {row[id_column]: index for index, row in enumerate(sheet.rows[:COVER_ROWS]) if id_column < len(row)}
    found = {column_id: (rows[column_id], value_column) for column_id in plan.columns if column_id in rows}
    return found if len(found) == len(plan.columns) else {}


def beside(row: Sequence[object], place: int, column_id: str, keys: Mapping[str, str]) -> int:
    """The first filled cell to the right of an id or label that is not that line's label again, else the next one."""
    last_label = place
    for other in range(place + 1, len(row)):
        text = row[other]
        if isinstance(text, str) and keys.get(without_tones(heading_key(text))) == column_id:
            last_label = other
        elif text != "":
            return other
    return last_label + 1


def read_cover(plan: SheetPlan, sheet: Sheet) -> tuple[Harvest, Mapping[str, object], Mapping[str, str]]:
    """What the cover says: its numbers and findings, its values by column_id, and their cells."""
    harvest = Harvest()
    said: dict[str, object] = {}
    unread: dict[str, object] = {}
    known = rememberable(sheet)
    where = places(plan, sheet)
    cells = {column_id: cell_name(*place) for column_id, place in where.items()}
    for column_id, column in plan.columns.items():
        index, place = where.get(column_id, (-1, -1))
        harvest.required += column.required
        raw = sheet.cell(index, place)
        troubled = (index, place) in sheet.errors or (index, place) in sheet.uncached
        if raw == "" and not troubled:
            if column.required:
                say_blank(harvest, column, sheet, index, place, column.label)
            continue
        value = column.seen.get(raw) if type(raw) in known and not troubled else None
        if value is None:
            value = slow_cell(harvest, column, sheet, index, place, raw, column.label, column.required)
        if value is UNREAD:
            unread[column_id] = value
        if value is None or value is UNREAD:
            continue
        harvest.filled += column.required
        if value is not KAD:
            said[column_id] = value
        harvest.observations.extend(observed(column, sheet.name, value, cells[column_id]))
    line = Line(plan.form.sheet, sheet.name, "", "", 0, {**said, **unread}, {}, cells)
    harvest.lines.append(line)
    harvest.findings.extend(column_bounds(plan, line))
    return harvest, said, cells


def observed(column: ColumnPlan, sheet: str, value: object, cell: str) -> Iterator[Observation]:
    """The number a line of the cover feeds; yes and no are 1 and 0."""
    measure = column.column.measure
    if measure and (value is KAD or isinstance(value, float | bool)):
        yield Observation(sheet, "", None, measure, float(value) if isinstance(value, float | bool) else None, cell)
