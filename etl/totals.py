"""Totals are not data: they are compared with the sum of the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.findings import Finding, finding, number
from etl.harvest import SheetPlan
from etl.lines import Line
from etl.locate import Table
from etl.sheet import Sheet, cell_name


def compare_total(
    plan: SheetPlan, sheet: Sheet, table: Table, index: int, lines: Sequence[Line]
) -> Iterator[Finding]:  # fmt: skip
    """A finding for each number of a totals row that is not the sum of the rows; a totals row is never data."""
    for column in plan.without_item:
        place = table.columns.get(column.column_id)
        written = sheet.cell(index, place) if place is not None else ""
        numbers = [value for line in lines if isinstance(value := line.values.get(column.column_id), float)]
        if isinstance(written, float) and numbers and written != sum(numbers):
            yield finding(
                "total_differs", sheet=sheet.name, cell=cell_name(index, place or 0), column=column.label,
                value=number(written), expected=number(sum(numbers)),
            )  # fmt: skip


def compare_total_item(plan: SheetPlan, sheet: Sheet, lines: Sequence[Line]) -> Iterator[Finding]:
    """Where the one printed row is the total of the open rows below it, a finding for each number that is not."""
    if not plan.form.open_rows or len(plan.items) != 1:
        return
    (total_code,) = plan.items
    total = next((line for line in lines if line.item_code == total_code), None)
    parts = [line for line in lines if line.item_code != total_code]
    if total is None or not parts:
        return
    for column_id, written in total.values.items():
        numbers = [part.values.get(column_id) for part in parts]
        if isinstance(written, float) and all(isinstance(value, float) for value in numbers):
            summed = sum(value for value in numbers if isinstance(value, float))
            if written != summed:
                yield finding(
                    "total_differs", sheet=sheet.name, cell=total.cell(column_id), row=total.label,
                    column=plan.columns[column_id].label, value=number(written), expected=number(summed),
                )  # fmt: skip
