"""Is the work done, and on time? By unit, by role, by the seven groups, task by task.

The state of a task is worked out from its dates (view task_state); a routine task is due at the end of every period,
and open overdue work counts as due, so it lowers the on-time rate. Tasks are a stock: of several months the last one
counts.
"""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.scope import Scope

DONE, ON_TIME, OVERDUE = "TC01", "TC02", "TC03"
"""Where the counts of a unit come from: done of all, on time of due, overdue of due."""
SIDES = """
    select unit_code, numerator, denominator from current_indicator v
    where period = {period} and indicator = {indicator}
"""
FEW_TASKS = 5
"""Below so many due tasks a rate says little: the unit is listed apart and takes no rank."""


def by_unit(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """On-time rate among due tasks, unit by unit, worst first; units with few due tasks last.

    Columns: unit_code, unit, kind, total, done, due, on_time, overdue, value (% on time), before, change, small (few
    tasks due), place (rank inside the kind, equal values share it; NULL where small), peers (ranked units of the
    kind).
    """
    return con.execute(
        f"""
        with counted as (
            select a.unit_code, a.denominator as total, a.numerator as done, t.denominator as due,
                t.numerator as on_time, o.numerator as overdue, 100 * t.numerator / nullif(t.denominator, 0) as value,
                100 * b.numerator / nullif(b.denominator, 0) as before
            from ({SIDES.format(period="$period", indicator="$done")} {scope.units_of("v")}) a
            left join ({SIDES.format(period="$period", indicator="$on_time")}) t using (unit_code)
            left join ({SIDES.format(period="$period", indicator="$overdue")}) o using (unit_code)
            left join ({SIDES.format(period="$before", indicator="$on_time")}) b using (unit_code)
        )
        select c.unit_code, u.full_name as unit, u.kind, c.total, c.done, c.due, c.on_time, c.overdue, c.value,
            c.before, c.value - c.before as change, coalesce(c.due, 0) < $few as small,
            case when not small then rank() over (partition by u.kind, small order by c.value desc) end as place,
            sum((not small)::integer) over (partition by u.kind) as peers
        from counted c join unit u using (unit_code)
        where c.total is not null
        order by small, c.value, c.overdue desc, u.name collate vi, c.unit_code
        """,
        {
            "period": scope.months[-1], "before": (scope.before or scope.months)[-1], "few": FEW_TASKS,
            "done": DONE, "on_time": ON_TIME, "overdue": OVERDUE, **scope.choice,
        },
    ).df()  # fmt: skip


def by_group(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """The seven groups.

    Columns: task_group, name, total, done, due, on_time, overdue, value (% on time among due), completed (% done
    among all).
    """
    return con.execute(
        f"""
        with counted as (
            select item_code as task_group, sum(total) as total, sum(done) as done, sum(due) as due,
                sum(on_time) as on_time, sum(overdue) as overdue
            from (
                select item_code, case measure when 'tasks_total' then value end as total,
                    case measure when 'tasks_done' then value end as done,
                    case measure when 'tasks_due' then value end as due,
                    case measure when 'tasks_on_time' then value end as on_time,
                    case measure when 'tasks_overdue' then value end as overdue
                from current_measure m
                where period = $period
                  and list_contains(
                      ['tasks_total', 'tasks_done', 'tasks_due', 'tasks_on_time', 'tasks_overdue'], measure)
                  {scope.units_of("m")})
            group by item_code
        )
        select g.task_group, coalesce(g.short_name, g.name) as name, c.total, c.done, c.due, c.on_time, c.overdue,
            100 * c.on_time / nullif(c.due, 0) as value, 100 * c.done / nullif(c.total, 0) as completed
        from counted c join task_group g using (task_group)
        order by g.task_group
        """,
        {"period": scope.months[-1], **scope.choice},
    ).df()


def by_role(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Who leads the work inside the units. Columns: role_code, role, total, done, due, on_time, overdue, value, worst
    first.
    """
    return con.execute(
        f"""
        with counted as (
            select coalesce(t.lead_role, 'U00') as role_code, count(*) as total,
                count(*) filter (t.state in ('done_on_time', 'done_late')) as done,
                count(*) filter (t.due_on <= t.cut_off) as due,
                count(*) filter (t.state = 'done_on_time' and t.due_on <= t.cut_off) as on_time,
                count(*) filter (t.state = 'overdue') as overdue
            from task_state t
            where t.period = $period and t.state <> 'cancelled' {scope.units_of("t")}
            group by role_code
        )
        select c.role_code, coalesce(r.name, c.role_code) as role, c.total, c.done, c.due, c.on_time, c.overdue,
            100.0 * c.on_time / nullif(c.due, 0) as value
        from counted c left join role r using (role_code)
        order by value nulls last, c.total desc
        """,
        {"period": scope.months[-1], **scope.choice},
    ).df()


def pressing(con: DuckDBPyConnection, scope: Scope, limit: int = 200) -> pd.DataFrame:
    """Overdue and soon-due tasks, longest overdue first, so many at most.

    Columns: unit_code, unit, task_id, title, role, state (overdue | due_soon), due_on, days (late; to go, negative),
    progress, obstacle, cell, submission_id; overdue, due_soon (how many there are in all).
    """
    return con.execute(
        f"""
        with found as (
            select t.*, coalesce(t.days_late, -date_diff('day', t.cut_off, t.due_on)) as days,
                count(*) filter (t.state = 'overdue') over () as all_overdue,
                count(*) filter (t.state = 'due_soon') over () as all_soon
            from task_state t
            where t.period = $period and t.state in ('overdue', 'due_soon') {scope.units_of("t")}
            order by days desc, t.task_id limit $limit
        )
        select t.unit_code, u.full_name as unit, t.task_id, t.title, coalesce(r.name, t.lead_role) as role,
            t.state, t.due_on, t.days, t.progress, t.obstacle, t.cell, t.submission_id,
            t.all_overdue as overdue, t.all_soon as due_soon
        from found t
        join unit u using (unit_code)
        left join role r on r.role_code = t.lead_role
        order by t.days desc, u.name collate vi, t.task_id
        """,
        {"period": scope.months[-1], "limit": limit, **scope.choice},
    ).df()
