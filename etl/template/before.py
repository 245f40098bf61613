"""What a unit said last month, as the template of this month shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from etl.catalogue import Catalogue, Row, Rule, Unit, applying
from etl.expression import call_of
from etl.form import Form
from etl.report import Task

Place = tuple[str, str, str]
"""Sheet, item code, column id."""

ROUTINE, FINISHED = "THUONG_XUYEN", "HOAN_THANH"
NOT_BEGUN = "CHUA_THUC_HIEN"
OF_ONE_PERIOD = frozenset(("submission_no", "document_no", "signed_date", "nothing_to_report"))
"""Lines of a cover that say something new each period."""


@dataclass(frozen=True, slots=True)
class Before:
    """Last month's facts. Empty: the unit reports for the first time, and its tasks are those of the catalogue."""

    tasks: tuple[Task, ...] = ()
    numbers: Mapping[Place, float] = field(default_factory=dict)
    """Numbers to write into this month's cells, such as the dossiers carried over."""
    beside: Mapping[Place, float] = field(default_factory=dict)
    """Last month's numbers to show beside this month's cells, such as what was reached so far."""
    cover: Mapping[str, object] = field(default_factory=dict)


def carry_forward(
    catalogue: Catalogue, form: Form, last: Mapping[Place, float], tasks: Sequence[Task], cover: Mapping[str, object]
) -> Before:
    """What this month's template takes from last month's report: which numbers, the history rules of the form say."""
    numbers: dict[Place, float] = {}
    beside: dict[Place, float] = {}
    for rule in catalogue.rules_of(form.form_id):
        if rule.kind != "history":
            continue
        name, columns = call_of(rule.expression)
        mine = {place: value for place, value in last.items() if place[0] == rule.sheet and about(rule, place[1])}
        if name == "opening_is_last_closing":
            opening, closing = columns[:2]
            numbers |= {
                (sheet, item, opening): value for (sheet, item, column), value in mine.items() if column == closing
            }
        elif name in ("never_falls", "adds_up"):
            beside |= {place: value for place, value in mine.items() if place[2] == columns[0]}
    numbers |= bases(catalogue, form, cover)
    kept = {column_id: value for column_id, value in cover.items() if column_id not in OF_ONE_PERIOD}
    return Before(tuple(asked_again(task) for task in tasks), numbers, beside, kept)


def about(rule: Rule, item_code: str) -> bool:
    """Whether a rule is about a row."""
    return not rule.items or any(fnmatchcase(item_code, pattern) for pattern in rule.items)


def bases(catalogue: Catalogue, form: Form, cover: Mapping[str, object]) -> Mapping[Place, float]:
    """The denominators of printed rows that are numbers of the cover (`base` of skills.csv)."""
    found: dict[Place, float] = {}
    for sheet in form.sheets:
        if "base" not in {column.column_id for column in sheet.columns}:
            continue
        for row in catalogue.tables.get(sheet.items_list, ()):
            value = cover.get(row.get("base", ""))
            if isinstance(value, int | float) and not isinstance(value, bool):
                found[sheet.sheet, row["item_code"], "base"] = float(value)
    return found


def asked_again(task: Task) -> Task:
    """A task as this month asks about it: a routine one is judged anew each month, others stand where they stood."""
    if task.kind != ROUTINE:
        return task
    return task._replace(status=None, progress=None, done_date=None, evidence=None, obstacle=None)


def seed_tasks(catalogue: Catalogue, unit: Unit) -> tuple[Task, ...]:
    """The tasks the catalogue gives a unit that has not reported yet."""
    return tuple(seeds(applying(catalogue.tables.get("tasks", ()), unit)))


def seeds(rows: Iterator[Row]) -> Iterator[Task]:
    """Tasks from rows of tasks.csv."""
    for row in rows:
        routine = row["kind"] == ROUTINE
        yield Task(
            task_id=row["task_id"], task_group=row["task_group"] or None, title=row["title"],
            source_doc=row["source_doc"] or None, lead_role=row["lead_role"] or None,
            responsible=row["responsible"] or None, coop=row["coop"] or None, kind=row["kind"],
            start_date=day(row["start_date"]), due_date=day(row["due_date"]), due_text=row["due_text"] or None,
            product=row["product"] or None, status=None if routine else NOT_BEGUN,
            progress=None if routine else 0.0, done_date=None, evidence=None, obstacle=None, cell="",
        )  # fmt: skip


def day(text: str) -> dt.date | None:
    """A date of the catalogue."""
    return dt.date.fromisoformat(text) if text else None
