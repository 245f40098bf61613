"""What units reported before a period, asked of the warehouse for many units at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

import duckdb

from etl.faults import EXPLAIN
from etl.figures import Doubts, Key, RateKey
from etl.habits import Habit
from etl.limits import Limits
from etl.rates import Past, Recent
from etl.report import Report

NO_LIMITS = Limits()


class TaskBefore(NamedTuple):
    """What the register said of a task in the period before."""

    status: str | None
    kind: str | None
    due_date: dt.date | None
    progress: float | None
    title: str | None


class Needed(NamedTuple):
    """What the rules of a form about the past need of the period before."""

    least: Mapping[str, float]
    """From where on numbers are needed, by measure."""
    rules: tuple[str, ...]
    """Rules that ask again where nobody answered."""


@dataclass(frozen=True, slots=True)
class History:
    """What one unit reported before a period."""

    before: Mapping[Key, float] = field(default_factory=dict)
    """The period just before."""
    tasks: Mapping[str, TaskBefore] = field(default_factory=dict)
    asked_before: Mapping[str, Set[Key]] = field(default_factory=dict)
    """What was asked about in the period before, by rule_id."""
    period_before: str = ""
    limits: Limits = NO_LIMITS
    doubts: Doubts = field(default_factory=dict)
    """Figures that may be unusual."""
    habits: Mapping[RateKey, Habit] = field(default_factory=dict)
    """What is usual for those, by the unit's own past."""
    peers: Mapping[RateKey, Habit] = field(default_factory=dict)
    """What is usual for those among units of its kind."""


NO_HISTORY = History()


def last_period(
    con: duckdb.DuckDBPyConnection, recent: Recent, past: Sequence[Past], last: str, needed: Needed, limits: Limits
) -> Mapping[str, History]:
    """What units reported in the period before, and what they were asked about then; those that reported."""
    units = {each.submission_id: each.whose for each in past if each.period == last}
    said = {number: said_in(recent[number], needed) for number in units if number in recent}
    said |= said_of(con, [number for number in units if number not in recent], needed)
    return {unit: History(*said[number], last, limits) for number, unit in units.items()}


Said = tuple[dict[Key, float], dict[str, TaskBefore], dict[str, set[Key]]]
"""The numbers and tasks of a report, and what was asked about it by rule_id."""


def said_in(report: Report, needed: Needed) -> Said:
    """What a report says to the next one."""
    numbers = report.observations
    doubted: dict[str, set[Key]] = {}
    for found in report.findings:
        if found.severity == EXPLAIN and found.rule_id in needed.rules:
            doubted.setdefault(found.rule_id, set()).update(
                (each.measure, each.item_code)
                for each in numbers
                if each.theme_code is None and (each.sheet, each.cell) == (found.sheet, found.cell)
            )
    return (
        {(measure, item): value for measure, least in needed.least.items()
         for _, item, value in numbers.numbers_of(measure) if value >= least},
        {each.task_id: TaskBefore(each.status, each.kind, each.due_date, each.progress, each.title)
         for each in report.tasks},
        doubted,
    )  # fmt: skip


def said_of(con: duckdb.DuckDBPyConnection, submissions: Sequence[int], needed: Needed) -> Mapping[int, Said]:
    """The same of submissions in the warehouse."""
    found: dict[int, Said] = {number: ({}, {}, {}) for number in submissions}
    if not found:
        return found
    asked = {"submissions": submissions}
    least = {"measures": list(needed.least), "least": list(needed.least.values())}
    for number, measure, item, value in con.execute(LAST, {**asked, **least}).fetchall():
        found[number][0][measure, item] = value
    for number, task_id, *rest in con.execute(TASKS_BEFORE, asked).fetchall():
        found[number][1][task_id] = TaskBefore(*rest)
    for number, rule_id, measure, item in con.execute(DOUBTED, {**asked, "rules": list(needed.rules)}).fetchall():
        found[number][2].setdefault(rule_id, set()).add((measure, item))
    return found


LAST = """
    select submission_id, measure, item_code, value
    from observation
    join (select unnest($measures) as measure, unnest($least) as least) using (measure)
    where submission_id in (select unnest($submissions)) and theme_code is null and value >= least
"""
DOUBTED = """
    select f.submission_id, f.rule_id, o.measure, o.item_code
    from finding f
    join observation o on o.submission_id = f.submission_id and o.sheet = f.sheet and o.cell = f.cell
    where f.submission_id in (select unnest($submissions)) and f.severity = 'explain'
      and list_contains($rules, f.rule_id) and o.theme_code is null
"""
TASKS_BEFORE = """
    select submission_id, task_id, status, kind, due_date, progress, title
    from task
    where submission_id in (select unnest($submissions))
"""
