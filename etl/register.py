"""Typed rows into the lines of the tables they feed: tasks and remarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from etl.cells import KAD
from etl.harvest import Harvest, SheetPlan
from etl.lines import Line
from etl.prepare import FormPlan
from etl.report import Remark, Task


def fields(part: SheetPlan) -> Mapping[str, str]:
    """The column that feeds each field of the table a sheet of records goes to."""
    return {column.column.measure: column_id for column_id, column in part.columns.items() if column.column.measure}


def tasks(plan: FormPlan, harvests: Sequence[Harvest]) -> Iterator[Task]:
    """The lines of the task register."""
    for part, line in target_lines(plan, harvests, "task"):
        column = fields(part)
        given = {field: line.values.get(column.get(field, "")) for field in Task._fields if field != "cell"}
        known = {field: None if value is KAD else value for field, value in given.items()}
        yield Task(**known, cell=f"{line.sheet}!{line.cell(column['task_id'])}")  # type: ignore[arg-type]


def remarks(plan: FormPlan, harvests: Sequence[Harvest]) -> Iterator[Remark]:
    """The difficulties, proposals and models."""
    for part, line in target_lines(plan, harvests, "remark"):
        column = fields(part)
        if not (said := line.values.get(column["text"])):
            continue
        kind, level = line.values.get(column["kind"]), line.values.get(column.get("to_level", ""))
        yield Remark(
            str(kind or ""), str(said), str(level) if level else None, f"{line.sheet}!{line.cell(column['text'])}"
        )


def target_lines(plan: FormPlan, harvests: Sequence[Harvest], target: str) -> Iterator[tuple[SheetPlan, Line]]:
    """The rows of the sheets that feed a table."""
    for harvest in harvests:
        for line in harvest.lines:
            part = plan.tables.get(line.part)
            if part and part.form.target == target:
                yield part, line
