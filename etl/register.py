"""Typed rows into the lines of the tables they feed: tasks and remarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from etl.cells import KAD
from etl.harvest import Harvest, SheetPlan
from etl.lines import Line
from etl.prepare import FormPlan
from etl.report import Remark, Task
from etl.values import UNREAD


def fields(part: SheetPlan) -> Mapping[str, str]:
    """The column that feeds each field of the table a sheet of records goes to."""
    return {column.column.measure: column_id for column_id, column in part.columns.items() if column.column.measure}


NO_VALUE: frozenset[object] = frozenset((KAD, UNREAD))
TASK_FIELDS = Task._fields[:-1]
"""All but the cell."""


def tasks(plan: FormPlan, harvests: Sequence[Harvest]) -> Iterator[Task]:
    """The lines of the task register."""
    for part, lines in target_lines(plan, harvests, "task"):
        column = fields(part)
        columns = [column.get(field, "") for field in TASK_FIELDS]
        for line in lines:
            given = [None if (value := line.values.get(one)) in NO_VALUE else value for one in columns]
            yield Task(*given, f"{line.sheet}!{line.cell(column['task_id'])}")  # type: ignore[call-arg, arg-type]


def remarks(plan: FormPlan, harvests: Sequence[Harvest]) -> Iterator[Remark]:
    """The difficulties, proposals and models."""
    for part, lines in target_lines(plan, harvests, "remark"):
        column = fields(part)
        for line in lines:
            said, kind = line.values.get(column["text"]), line.values.get(column["kind"])
            level = line.values.get(column.get("to_level", ""))
            if said and said not in NO_VALUE:
                cell = f"{line.sheet}!{line.cell(column['text'])}"
                kind, level = (each if isinstance(each, str) else None for each in (kind, level))
                yield Remark(kind or "", str(said), level, cell)


def target_lines(plan: FormPlan, harvests: Sequence[Harvest], target: str) -> Iterator[tuple[SheetPlan, list[Line]]]:
    """The sheets that feed a table, with their rows."""
    for name, part in plan.tables.items():
        if part.form.target == target:
            yield part, [line for harvest in harvests for line in harvest.lines if line.part == name]
