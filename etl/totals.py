"""Totals are not data: they are compared with the sum of the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from etl.cells import same_words
from etl.findings import Finding, finding, number
from etl.harvest import SheetPlan
from etl.lines import Line
from etl.locate import Table
from etl.sheet import Sheet, cell_name
from etl.spelling import fold


def is_total(plan: SheetPlan, text: object) -> bool:
    """Whether a text names a total: of all ("Tổng cộng (I+II)") or of some rows ("Cộng nhóm I")."""
    return same_words(text, plan.totals) or (isinstance(text, str) and bool(begins_with(plan.totals).match(fold(text))))


@lru_cache(maxsize=10)
def begins_with(words: frozenset[str]) -> re.Pattern[str]:
    """Finds a word for totals, and what it is the total of."""
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(longest_first) or '(?!)'})(?:\s*[(:\d]|\s+(?:nhóm|mục|phần|[ivx]+\b))")


def whole_item(plan: SheetPlan) -> str:
    """The one printed row that is the total of the open rows below it, "" where the form has none."""
    return next(iter(plan.items)) if plan.form.open_rows and len(plan.items) == 1 else ""


def compare_total(
    plan: SheetPlan, sheet: Sheet, table: Table, index: int, lines: Sequence[Line]
) -> Iterator[Finding]:  # fmt: skip
    """A finding for each number of a totals row that is no sum of rows; a totals row is never data."""
    for column in plan.without_item:
        place = table.columns.get(column.column_id)
        written = sheet.cell(index, place) if place is not None else ""
        sums = possible_sums(plan, lines, index, column.column_id)
        if isinstance(written, float) and sums and written not in sums:
            yield finding(
                "total_differs", sheet=sheet.name, cell=cell_name(index, place or 0), column=column.label,
                value=number(written), expected=number(sums[0]),
            )  # fmt: skip


def possible_sums(plan: SheetPlan, lines: Sequence[Line], index: int, column_id: str) -> list[float]:
    """What a total may be of: rows without their parts ("trong đó"), all rows or, between rows, a block above."""
    whole = whole_item(plan)
    given = [
        (line.row, line.item_code, value)
        for line in lines
        if line.item_code != whole and isinstance(value := line.values.get(column_id), float)
    ]
    if not given:
        return []
    tops = [each for each in given if (item := plan.items.get(each[1])) is None or item.parent not in plan.items]
    found = [sum(value for _, _, value in some) for some in (tops, given)]
    if any(row > index for row, _, _ in given):
        for some in (tops, given):
            above = [value for row, _, value in some if row < index]
            found += [sum(above[start:]) for start in range(len(above))]
    return found


def compare_total_item(plan: SheetPlan, sheet: Sheet, lines: Sequence[Line]) -> Iterator[Finding]:
    """Where the one printed row is the total of the open rows below it, a finding for each number that is not."""
    total_code = whole_item(plan)
    if not total_code:
        return
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
