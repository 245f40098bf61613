"""Typed rows into the lines of the tables they feed: tasks and remarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from etl.catalogue import Catalogue
from etl.cells import KAD
from etl.findings import Finding, finding
from etl.harvest import Harvest, SheetPlan
from etl.lines import Line
from etl.prepare import FormPlan
from etl.report import Remark, Task
from etl.spelling import fold
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
            given = [*map(line.values.get, columns)]
            if not NO_VALUE.isdisjoint(given):
                given = [None if value in NO_VALUE else value for value in given]
            yield Task(*given, f"{line.sheet}!{line.cell(column['task_id'])}")  # type: ignore[call-arg, arg-type]


def tasks_of_others(catalogue: Catalogue, register: Sequence[Task], unit_code: str) -> Iterator[Finding]:
    """A finding for each task that bears the code of another unit, as a row does that was copied from its report."""
    for task in register:
        code = str(task.task_id or "").partition("-")[0]
        if code != unit_code and catalogue.has_unit(code):
            sheet, _, cell = task.cell.rpartition("!")
            unit = f"{catalogue.unit(code).full_name} ({code})"
            title = task.title or ""
            yield finding("task_of_another", sheet=sheet, cell=cell, row=title, value=task.task_id, expected=unit)


def remarks(plan: FormPlan, harvests: Sequence[Harvest]) -> Iterator[Remark]:
    """The difficulties, proposals and models."""
    for part, lines in target_lines(plan, harvests, "remark"):
        column = fields(part)
        for line in lines:
            said, kind = line.values.get(column["text"]), line.values.get(column["kind"])
            level = line.values.get(column.get("to_level", ""))
            if said and said not in NO_VALUE and not says_none(part, str(said)):
                cell = f"{line.sheet}!{line.cell(column['text'])}"
                kind, level = (each if isinstance(each, str) else None for each in (kind, level))
                yield Remark(kind or "", str(said), level, cell)


def says_none(part: SheetPlan, text: str) -> bool:
    """Whether a remark only says that there is none: "Không", "Không có."."""
    first = next(iter(part.columns.values()))
    return fold(text).rstrip(" .;") in first.none | first.nothing


def target_lines(plan: FormPlan, harvests: Sequence[Harvest], target: str) -> Iterator[tuple[SheetPlan, list[Line]]]:
    """The sheets that feed a table, with their rows."""
    for name, part in plan.tables.items():
        if part.form.target == target:
            yield part, [line for harvest in harvests for line in harvest.lines if line.part == name]
