"""What units reported before a period, asked of the warehouse for many units at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import duckdb

from etl.habits import Doubts, Habit, Key, Limits, RateKey

NO_LIMITS = Limits.of({})


class TaskBefore(NamedTuple):
    """What the register said of a task in the period before."""

    status: str | None
    kind: str | None
    due_date: dt.date | None
    progress: float | None
    title: str | None


@dataclass(frozen=True, slots=True)
class History:
    """What one unit reported before a period."""

    before: Mapping[Key, float] = field(default_factory=dict)
    """The period just before."""
    tasks: Mapping[str, TaskBefore] = field(default_factory=dict)
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
    con: duckdb.DuckDBPyConnection, form_id: str, units: Sequence[str], last: str, measures: Sequence[str],
    big: Sequence[str], big_enough: float,
) -> Mapping[str, History]:  # fmt: skip
    """What several units reported on a form in the period before: some measures, and of others the big numbers."""
    values: dict[str, dict[Key, float]] = {unit: {} for unit in units}
    tasks: dict[str, dict[str, TaskBefore]] = {unit: {} for unit in units}
    asked = {"form": form_id, "units": list(units), "last": last}
    given = {**asked, "measures": list(measures), "big": list(big), "big_enough": big_enough}
    for unit, measure, item, value in con.execute(LAST, given).fetchall():
        values[unit][measure, item] = value
    for unit, task_id, *rest in con.execute(TASKS_BEFORE, asked).fetchall():
        tasks[unit][task_id] = TaskBefore(*rest)
    return {unit: History(values[unit], tasks[unit], last) for unit in units}


LAST = """
    with past as (
        select submission_id, unit_code
        from current_submission
        where form_id = $form and period = $last and list_contains($units, unit_code)
    )
    select p.unit_code, o.measure, o.item_code, o.value
    from observation o
    join past p using (submission_id)
    where (list_contains($measures, o.measure) or (list_contains($big, o.measure) and o.value >= $big_enough))
      and o.theme_code is null and o.value is not null
"""


TASKS_BEFORE = """
    select s.unit_code, t.task_id, t.status, t.kind, t.due_date, t.progress, t.title
    from task t
    join current_submission s using (submission_id)
    where s.form_id = $form and s.unit_code in (select unnest($units)) and s.period = $last
"""
