"""What units reported before a period, asked of the warehouse for many units at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import duckdb

from etl.figures import Doubts, Key, RateKey
from etl.habits import Habit
from etl.limits import Limits

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

    every: tuple[str, ...]
    """Measures of which all numbers are needed,"""
    drivers: tuple[str, ...]
    """those above 0, because others follow from them,"""
    big: tuple[str, ...]
    """and those big enough to be asked about."""
    rules: tuple[str, ...]
    """Rules that ask again where nobody answered."""


@dataclass(frozen=True, slots=True)
class History:
    """What one unit reported before a period."""

    before: Mapping[Key, float] = field(default_factory=dict)
    """The period just before."""
    tasks: Mapping[str, TaskBefore] = field(default_factory=dict)
    period_before: str = ""
    asked_before: Mapping[str, frozenset[Key]] = field(default_factory=dict)
    """What was asked about in the period before, by rule_id."""
    limits: Limits = NO_LIMITS
    doubts: Doubts = field(default_factory=dict)
    """Figures that may be unusual."""
    habits: Mapping[RateKey, Habit] = field(default_factory=dict)
    """What is usual for those, by the unit's own past."""
    peers: Mapping[RateKey, Habit] = field(default_factory=dict)
    """What is usual for those among units of its kind."""


NO_HISTORY = History()


def last_period(
    con: duckdb.DuckDBPyConnection, form_id: str, units: Sequence[str], last: str, needed: Needed, limits: Limits
) -> Mapping[str, History]:  # fmt: skip
    """What several units reported on a form in the period before, and what they were asked about then."""
    values: dict[str, dict[Key, float]] = {unit: {} for unit in units}
    tasks: dict[str, dict[str, TaskBefore]] = {unit: {} for unit in units}
    doubted: dict[str, dict[str, set[Key]]] = {unit: {} for unit in units}
    asked = {"form": form_id, "units": list(units), "last": last}
    measures = {name: list(those) for name, those in needed._asdict().items() if name != "rules"}
    for unit, measure, item, value in con.execute(
        LAST, {**asked, **measures, "least": limits.unusual_least}
    ).fetchall():
        values[unit][measure, item] = value
    for unit, task_id, *rest in con.execute(TASKS_BEFORE, asked).fetchall():
        tasks[unit][task_id] = TaskBefore(*rest)
    for unit, rule_id, measure, item in con.execute(DOUBTED, {**asked, "rules": list(needed.rules)}).fetchall():
        doubted[unit].setdefault(rule_id, set()).add((measure, item))
    return {
        unit: History(
            values[unit], tasks[unit], last, {rule: frozenset(those) for rule, those in doubted[unit].items()}, limits
        )
        for unit in units
    }


PAST = """
    with past as (
        select submission_id, unit_code
        from current_submission
        where form_id = $form and period = $last and list_contains($units, unit_code)
    )
"""
LAST = f"""
    {PAST}
    select p.unit_code, o.measure, o.item_code, o.value
    from observation o
    join past p using (submission_id)
    where o.theme_code is null and o.value is not null
      and (list_contains($every, o.measure)
        or (o.value > 0 and list_contains($drivers, o.measure))
        or (o.value >= $least and list_contains($big, o.measure)))
"""
DOUBTED = f"""
    {PAST}
    select p.unit_code, f.rule_id, o.measure, o.item_code
    from finding f
    join past p using (submission_id)
    join observation o on o.submission_id = f.submission_id and o.sheet = f.sheet and o.cell = f.cell
    where f.severity = 'explain' and list_contains($rules, f.rule_id) and o.theme_code is null
"""
TASKS_BEFORE = f"""
    {PAST}
    select p.unit_code, t.task_id, t.status, t.kind, t.due_date, t.progress, t.title
    from task t
    join past p using (submission_id)
"""
