"""What units reported before a period, asked of the warehouse for many units at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import duckdb

LEAST_PERIODS = 6
"""A unit's own past says something from this many periods on."""


Key = tuple[str, str]
"""measure and item_code."""


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
    medians: Mapping[Key, float] = field(default_factory=dict)
    """Median of the six periods before, where the unit reported all six."""
    tasks: Mapping[str, TaskBefore] = field(default_factory=dict)
    period_before: str = ""


NO_HISTORY = History()


def histories(
    con: duckdb.DuckDBPyConnection,
    form_id: str,
    units: Sequence[str],
    before: Sequence[str],
    measures: Sequence[str],
    habits: Sequence[str],
) -> Mapping[str, History]:
    """The history of several units' reports on a form; `before`: the periods before, latest first.

    Of `measures` the last period is looked up, of `habits` also what was usual.
    """
    last = before[0]
    values: dict[str, dict[Key, float]] = {unit: {} for unit in units}
    medians: dict[str, dict[Key, float]] = {unit: {} for unit in units}
    tasks: dict[str, dict[str, TaskBefore]] = {unit: {} for unit in units}
    asked = {"form": form_id, "units": list(units), "last": last}
    past = {**asked, "periods": list(before[:LEAST_PERIODS]), "measures": [*measures, *habits], "habits": list(habits)}
    for unit, measure, item, value, median, times in con.execute(PAST, past).fetchall():
        if value is not None:
            values[unit][measure, item] = value
        if times >= LEAST_PERIODS:
            medians[unit][measure, item] = median
    for unit, task_id, *rest in con.execute(TASKS_BEFORE, asked).fetchall():
        tasks[unit][task_id] = TaskBefore(*rest)
    return {unit: History(values[unit], medians[unit], tasks[unit], last) for unit in units}


PAST = """
    with past as (
        select submission_id, unit_code, period
        from current_submission
        where form_id = $form and list_contains($units, unit_code) and list_contains($periods, period)
    )
    select
        p.unit_code, o.measure, o.item_code, max(case when p.period = $last then o.value end), median(o.value), count(*)
    from observation o
    join past p using (submission_id)
    where list_contains($measures, o.measure) and (p.period = $last or list_contains($habits, o.measure))
      and o.theme_code is null and o.value is not null
    group by p.unit_code, o.measure, o.item_code
"""


TASKS_BEFORE = """
    select s.unit_code, t.task_id, t.status, t.kind, t.due_date, t.progress, t.title
    from task t
    join current_submission s using (submission_id)
    where s.form_id = $form and s.unit_code in (select unnest($units)) and s.period = $last
"""
