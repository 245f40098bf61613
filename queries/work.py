"""Some of the work: the tasks that one part of the units leads, the tasks of one group, or both.

Indicators know groups but not who leads, so what is asked of some of the work is counted from the tasks themselves, by
the same rules: a cancelled task counts nowhere, open overdue work counts as due.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from queries.held import held
from queries.indicators import Sides, Sums
from queries.scope import Scope

SIDES = {"TC02": ("on_time", "due"), "TC01": ("done", "total"), "TC03": ("overdue", "due"), "TC05": ("clear", "total")}
"""The indicators of tasks, and which counts each is made of."""
TOLD = """
    case when state <> 'cancelled' then 1 end as total,
    case when state = 'done_on_time' or state = 'done_late' then 1 end as done,
    case when state <> 'cancelled' and due_on <= cut_off then 1 end as due,
    case when state = 'done_on_time' and due_on <= cut_off then 1 end as on_time,
    case state when 'overdue' then 1 end as overdue,
    case when state <> 'cancelled' and five_clear then 1 end as clear
"""
"""What a task counts as."""
COUNTS = ("total", "done", "due", "on_time", "overdue", "clear")


@dataclass(frozen=True, slots=True)
class Work:
    """A choice of tasks; empty means all."""

    role: str = ""
    group: str = ""

    def __bool__(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.role or self.group)

    @property
    def choice(self) -> dict[str, object]:
        """What is chosen, by the names that `of` gives it."""
        chosen = {"role": self.role, "task_group": self.group}
        return {name: value for name, value in chosen.items() if value}

    def of(self, table: str) -> str:
        """The condition that a table's task is one of those chosen; none where all are."""
        role = f"and coalesce({table}.lead_role, 'U00') = $role" if self.role else ""
        return f"{role} and {table}.task_group = $task_group" if self.group else role


ALL = Work()


def roles(con: DuckDBPyConnection) -> dict[str, str]:
    """The parts of today's units that may lead work, by role_code; work nobody is named for comes last."""
    rows = con.execute(
        "select role_code, name from role where valid_to is null order by role_code = 'U00', role_code"
    ).fetchall()
    return dict(rows)


def groups(con: DuckDBPyConnection) -> dict[str, str]:
    """The seven groups of tasks."""
    return dict(held(con).rows("select task_group, coalesce(short_name, name) from task_group order by task_group"))


def by_month(con: DuckDBPyConnection, scope: Scope, work: Work) -> Sums:
    """The two sides of the indicators of the tasks chosen, of the months shown."""
    those = "period between $first and $last and list_contains($months, period)"
    given = {"first": scope.shown[0], "last": scope.shown[-1], "months": list(scope.shown)}
    return counted(con, scope, work, "period", those, given)


def over_months(con: DuckDBPyConnection, scope: Scope, work: Work) -> Sums:
    """The same of a period of several months and of the one before, under the last month of each."""
    counts: dict[tuple[str, str], Sides] = {}
    for period, months in ((scope.period_before, scope.before), (scope.period, scope.months)):
        if months:
            those, given = latest(period, scope.is_month)
            counts |= counted(con, scope, work, "$under", those, {**given, "under": months[-1]})
    return counts


def latest(period: str, is_month: bool, name: str = "period") -> tuple[str, dict[str, object]]:
    """The condition that rows `t` of tasks are of the month, or of each unit's latest of a longer period, and its
    parameter by a name.
    """
    in_longer = f"(t.unit_code, t.period) in (select unit_code, tasks_of from unit_period where period = ${name})"
    return f"t.period = ${name}" if is_month else in_longer, {name: period}


def counted(
    con: DuckDBPyConnection, scope: Scope, work: Work, under: str, those: str, given: Mapping[str, object]
) -> Sums:
    """The tasks chosen that a condition holds for, counted under a month each."""
    rows = con.execute(
        f"""
        select period, count(distinct unit_code), {", ".join(f"count({each})" for each in COUNTS)}
        from (
            select {under} as period, unit_code, {TOLD}
            from current_task t where {those} {work.of("t")} {scope.units_of("t")})
        group by period
        """,
        {**given, **work.choice, **scope.choice},
    ).fetchall()
    return {
        (code, period): Sides(counts[COUNTS.index(top)], counts[COUNTS.index(under)], units)
        for period, units, *counts in rows
        for code, (top, under) in SIDES.items()
    }
