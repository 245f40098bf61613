"""Is the work done, and on time? By unit, by role, by the seven groups, task by task.

The state of a task is worked out from its dates (view task_state); a routine task is due at the end of every period,
and open overdue work counts as due, so it lowers the on-time rate. Tasks are a stock: of several months the last one
counts.
"""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame
from queries.ranks import ranked
from queries.scope import Scope

DONE, ON_TIME, OVERDUE = "TC01", "TC02", "TC03"
"""Where the counts of a unit come from: done of all, on time of due, overdue of due."""
FEW_TASKS = 5
"""Below so many due tasks a rate says little: the unit is listed apart and takes no rank."""


def by_unit(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """On-time rate among due tasks, unit by unit, worst first; units with few due tasks last.

    Columns: unit_code, unit, kind, total, done, due, on_time, overdue, value (% on time), before, change, small (few
    tasks due), place (rank inside the kind, equal values share it; NULL where small), peers (ranked units of the
    kind).
    """
    counts = frame(con.execute(
        f"""
        with counted as (
            select unit_code, max(total) as total, max(done) as done, max(due) as due, max(on_time) as on_time,
                max(overdue) as overdue, 100 * max(on_time) / nullif(max(due), 0) as value, max(was) as before
            from (
                select unit_code,
                    case when period = $period and indicator = $done then denominator end as total,
                    case when period = $period and indicator = $done then numerator end as done,
                    case when period = $period and indicator = $on_time then denominator end as due,
                    case when period = $period and indicator = $on_time then numerator end as on_time,
                    case when period = $period and indicator = $overdue then numerator end as overdue,
                    case when period = $before and indicator = $on_time
                         then 100 * numerator / nullif(denominator, 0) end as was
                from current_indicator v
                where period between $before and $period and list_contains([$before, $period], period)
                  and list_contains([$done, $on_time, $overdue], indicator) {scope.units_of("v")})
            group by unit_code
        )
        select c.unit_code, u.full_name as unit, u.kind, c.total, c.done, c.due, c.on_time, c.overdue, c.value,
            c.before, c.value - c.before as change, coalesce(c.due, 0) < $few as small
        from counted c join unit u using (unit_code)
        where c.total is not null
        order by small, c.value, c.overdue desc, u.name collate vi, c.unit_code
        """,
        {
            "period": scope.months[-1], "before": (scope.before or scope.months)[-1], "few": FEW_TASKS,
            "done": DONE, "on_time": ON_TIME, "overdue": OVERDUE, **scope.choice,
        },
    ))  # fmt: skip
    return ranked(counts)


def by_group(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """The seven groups.

    Columns: task_group, name, total, done, due, on_time, overdue, value (% on time among due), completed (% done
    among all).
    """
    return frame(
        con.execute(
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
        )
    )


def by_role(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Who leads the work inside the units. Columns: role_code, role, total, done, due, on_time, overdue, value, worst
    first.
    """
    return frame(
        con.execute(
            f"""
        with counted as (
            select role_code, count(*) as total, count(done) as done, count(due) as due, count(on_time) as on_time,
                count(overdue) as overdue
            from (
                select coalesce(lead_role, 'U00') as role_code,
                    case when state = 'done_on_time' or state = 'done_late' then 1 end as done,
                    case when due_on <= cut_off then 1 end as due,
                    case when state = 'done_on_time' and due_on <= cut_off then 1 end as on_time,
                    case state when 'overdue' then 1 end as overdue
                from current_task t
                where period = $period and state <> 'cancelled' {scope.units_of("t")})
            group by role_code
        )
        select c.role_code, coalesce(r.name, c.role_code) as role, c.total, c.done, c.due, c.on_time, c.overdue,
            100.0 * c.on_time / nullif(c.due, 0) as value
        from counted c left join role r using (role_code)
        order by value nulls last, c.total desc
        """,
            {"period": scope.months[-1], **scope.choice},
        )
    )


def pressing(con: DuckDBPyConnection, scope: Scope, limit: int = 200) -> pd.DataFrame:
    """Overdue and soon-due tasks, longest overdue first, so many at most.

    Columns: unit_code, unit, task_id, title, role, state (overdue | due_soon), due_on, days (late; to go, negative),
    progress, obstacle, cell, submission_id; overdue, due_soon (how many there are in all).
    """
    return frame(
        con.execute(
            f"""
        with found as (
            select unit_code, submission_id, lead_role, state, due_on, progress, cell,
                coalesce(days_late, -date_diff('day', cut_off, due_on)) as days,
                sum((state = 'overdue')::integer) over () as overdue,
                sum((state = 'due_soon')::integer) over () as due_soon
            from current_task t
            where period = $period and list_contains(['overdue', 'due_soon'], state) {scope.units_of("t")}
            order by days desc, task_id limit $limit
        )
        select f.unit_code, u.full_name as unit, t.task_id, t.title, coalesce(r.name, f.lead_role) as role,
            f.state, f.due_on, f.days, f.progress, t.obstacle, f.cell, f.submission_id, f.overdue, f.due_soon
        from found f
        join unit u using (unit_code)
        join task t on t.submission_id = f.submission_id and t.cell = f.cell
        left join role r on r.role_code = f.lead_role
        order by f.days desc, u.name collate vi, t.task_id
        """,
            {"period": scope.months[-1], "limit": limit, **scope.choice},
        )
    )
