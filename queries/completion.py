"""Is the work done, and on time? By unit, by role, by the seven groups, task by task.

The state of a task is worked out from its dates (view task_state); a routine task is due at the end of every period,
and open overdue work counts as due, so it lowers the on-time rate. Tasks are a stock: of several months the latest of
each unit counts, as it does for the indicators.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from queries import indicators
from queries.frames import frame, of_rows
from queries.held import UNITS, held
from queries.ranks import ranked
from queries.scope import Scope
from queries.work import ALL, COUNTS, SIDES, TOLD, Work, by_month, groups, latest, over_months

FEW_TASKS = 5
"""Below so many due tasks a rate says little: the unit is listed apart and takes no rank."""
ROLES = "select role_code, name from role"
SOON_DAYS = 7
"""Where the catalogue does not say; as in etl/sql/reports.sql."""
LISTED = 200
"""Tasks of a list at most; the rest is counted."""


def course(con: DuckDBPyConnection, scope: Scope, work: Work = ALL) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Where the indicators of tasks stand, and their months, of all the work or of some; as `indicators.course`."""
    codes = tuple(SIDES)
    if not work:
        return indicators.course(con, scope, codes)
    months = by_month(con, scope, work)
    return indicators.told(con, scope, codes, months, months if scope.is_month else over_months(con, scope, work))


COUNTED = """
    select unit_code, unit, name, kind, total, done, due, on_time, overdue, 100 * on_time / nullif(due, 0) as value,
        b.value as before
    from unit_period t
    left join (
        select unit_code, 100 * on_time / nullif(due, 0) as value from unit_period where period = $before
    ) b using (unit_code)
    where t.period = $period and total is not null {units}
"""
COUNTED_FROM_TASKS = f"""
    select unit_code, u.full_name as unit, u.name, u.kind,
        count(now + total) as total, count(now + done) as done, count(now + due) as due,
        count(now + on_time) as on_time, count(now + overdue) as overdue,
        100.0 * count(now + on_time) / nullif(count(now + due), 0) as value,
        100.0 * count(was + on_time) / nullif(count(was + due), 0) as before
    from (
        select unit_code, case when {{now}} then 0 end as now, case when {{before}} then 0 end as was, {TOLD}
        from current_task t
        where ({{now}} or {{before}}) {{work}} {{units}})
    join unit u using (unit_code)
    group by unit_code, u.full_name, u.name, u.kind
    having count(now + total) > 0
"""


def by_unit(con: DuckDBPyConnection, scope: Scope, work: Work = ALL) -> pd.DataFrame:
    """On-time rate among due tasks, unit by unit, worst first; units with few due tasks last.

    Columns: unit_code, unit, kind, total, done, due, on_time, overdue, value (% on time), before, change, small (few
    tasks due), place (rank inside the kind, equal values share it; NULL where small), peers (ranked units of the
    kind).
    """
    if work:
        now, _ = latest(scope.period, scope.is_month)
        before, _ = latest(scope.period_before, scope.is_month, "before")
        counted = COUNTED_FROM_TASKS.format(now=now, before=before, work=work.of("t"), units=scope.units_of("t"))
    else:
        counted = COUNTED.format(units=scope.chosen_in("t"))
    counts = frame(con.execute(
        f"""
        with counted as ({counted})
        select unit_code, unit, kind, total, done, due, on_time, overdue, value, before, value - before as change,
            coalesce(due, 0) < $few as small
        from counted
        order by small, value, overdue desc, name collate vi, unit_code
        """,
        {"period": scope.period, "before": scope.period_before, "few": FEW_TASKS, **work.choice, **scope.choice},
    ))  # fmt: skip
    return ranked(counts)


COUNTED_BY_PART = f"""
    select task_group, role_code, {", ".join(f"count({each})" for each in COUNTS)}
    from (
        select task_group, coalesce(lead_role, 'U00') as role_code, {TOLD}
        from current_task t where {{latest}} {{units}})
    group by task_group, role_code
"""
PART = {"total": int, "done": int, "due": int, "on_time": int, "overdue": int, "value": float, "completed": float}
Counts = Mapping[tuple[str, str], Sequence[int]]
"""What COUNTS names, by group and role."""


def parts(con: DuckDBPyConnection, scope: Scope, work: Work = ALL) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The answers of by_group and by_role, for one look at the tasks: the groups of the role chosen, the roles of the
    group chosen.
    """
    counts = by_part(con, scope)
    return by_group(con, scope, work.role, counts), by_role(con, scope, work.group, counts)


def by_part(con: DuckDBPyConnection, scope: Scope) -> Counts:
    """One look at the tasks of the period."""
    those, given = latest(scope.period, scope.is_month)
    asked = COUNTED_BY_PART.format(latest=those, units=scope.units_of("t"))
    rows = con.execute(asked, {**given, **scope.choice}).fetchall()
    return {(group, role): counts for group, role, *counts in rows}


def by_group(con: DuckDBPyConnection, scope: Scope, role: str = "", counts: Counts | None = None) -> pd.DataFrame:
    """The seven groups, of all the work or of what one role leads.

    Columns: task_group, name, total, done, due, on_time, overdue, value (% on time among due), completed (% done
    among all).
    """
    counts = by_part(con, scope) if counts is None else counts
    rows = [
        (group, name, *told)
        for group, name in groups(con).items()
        if (told := added(each for (one, leads), each in counts.items() if one == group and role in ("", leads)))
    ]
    return of_rows(rows, {"task_group": object, "name": object, **PART})


def by_role(con: DuckDBPyConnection, scope: Scope, group: str = "", counts: Counts | None = None) -> pd.DataFrame:
    """Who leads the work inside the units, of all the work or of one group.

    Columns: role_code, role, total, done, due, on_time, overdue, value, completed; worst first.
    """
    counts = by_part(con, scope) if counts is None else counts
    names: dict[str, str] = dict(held(con).rows(ROLES))
    rows: list[Sequence[Any]] = [
        (role, names.get(role, role), *told)
        for role in sorted({leads for _, leads in counts})
        if (told := added(each for (one, leads), each in counts.items() if leads == role and group in ("", one)))
    ]
    rows.sort(key=lambda row: (math.inf if row[-2] is None else row[-2], -row[2]))
    return of_rows(rows, {"role_code": object, "role": object, **PART})


def added(counts: Iterable[Sequence[int]]) -> tuple[int | float | None, ...]:
    """What PART names, of counts added up; nothing where there are no tasks."""
    those = list(counts)
    if not those:
        return ()
    total, done, due, on_time, overdue, _ = (sum(each) for each in zip(*those, strict=True))
    if not total:
        return ()
    return total, done, due, on_time, overdue, 100 * on_time / due if due else None, 100 * done / total


def soon_days(con: DuckDBPyConnection) -> int:
    """Within how many days after the end of a period work is due soon."""
    rows = con.execute("select value::integer from setting where setting = 'due_soon_days'").fetchall()
    return int(rows[0][0]) if rows else SOON_DAYS


PRESSING = {
    "unit_code": object, "unit": object, "task_id": object, "title": object, "role": object, "state": object,
    "due_on": object, "days": int, "progress": float, "obstacle": object, "cell": object, "submission_id": int,
    "overdue": int, "due_soon": int,
}  # fmt: skip


def pressing(con: DuckDBPyConnection, scope: Scope, work: Work = ALL, limit: int = LISTED) -> pd.DataFrame:
    """Overdue and soon-due tasks, longest overdue first, so many at most.

    Columns: unit_code, unit, task_id, title, role, state (overdue | due_soon), due_on, days (late; to go, negative),
    progress, obstacle, cell, submission_id; overdue, due_soon (how many there are in all).
    """
    those, given = latest(scope.period, scope.is_month)
    catalogue = held(con)
    roles: dict[str, str] = dict(catalogue.rows(ROLES))
    units = {code: (place, name) for place, (code, name, *_) in enumerate(catalogue.rows(UNITS))}
    rows = con.execute(
        f"""
        with found as (
            select unit_code, submission_id, lead_role, state, due_on, progress, cell,
                coalesce(days_late, -date_diff('day', cut_off, due_on)) as days,
                sum((state = 'overdue')::integer) over () as overdue,
                sum((state = 'due_soon')::integer) over () as due_soon
            from current_task t
            where {those} and list_contains(['overdue', 'due_soon'], state)
              {work.of("t")} {scope.units_of("t")}
            order by days desc, task_id limit $limit
        )
        select f.unit_code, t.task_id, t.title, f.lead_role, f.state, f.due_on, f.days, f.progress, t.obstacle, f.cell,
            f.submission_id, f.overdue, f.due_soon
        from found f join task t on t.submission_id = f.submission_id and t.cell = f.cell
        """,
        {**given, "limit": limit, **work.choice, **scope.choice},
    ).fetchall()
    told = [
        (unit, units[unit][1], task, title, roles.get(role, role), *rest)
        for unit, task, title, role, *rest in rows
        if unit in units
    ]
    told.sort(key=lambda row: (-row[7], units[row[0]], row[2]))
    return of_rows(told, PRESSING)


def unclear(con: DuckDBPyConnection, scope: Scope, work: Work = ALL, limit: int = LISTED) -> pd.DataFrame:
    """Tasks that lack one of the "5 rõ" (who, what, whose duty, by when, with what result), most lacking first.

    Columns: unit_code, unit, task_id, title, role, due_on, state, cell; no_title, no_role, no_person, no_date,
    no_result (whether it lacks that); lacking (how many it lacks), in_all (how many tasks lack any).
    """
    those, given = latest(scope.period, scope.is_month)
    return frame(
        con.execute(
            f"""
        with found as (
            select unit_code, submission_id, task_id, lead_role, state, due_on, cell, count(*) over () as in_all
            from current_task t
            where {those} and not five_clear and state <> 'cancelled' {work.of("t")} {scope.units_of("t")}
        ),
        told as (
            select f.*, t.title, t.title is null as no_title, coalesce(f.lead_role, 'U00') = 'U00' as no_role,
                t.responsible is null as no_person, f.due_on is null as no_date, t.product is null as no_result
            from found f join task t on t.submission_id = f.submission_id and t.cell = f.cell
        )
        select o.unit_code, u.full_name as unit, o.task_id, o.title, coalesce(r.name, o.lead_role) as role, o.due_on,
            o.state, o.cell, o.no_title, o.no_role, o.no_person, o.no_date, o.no_result, o.in_all,
            o.no_title::int + o.no_role::int + o.no_person::int + o.no_date::int + o.no_result::int as lacking
        from told o
        join unit u using (unit_code)
        left join role r on r.role_code = o.lead_role
        order by lacking desc, u.name collate vi, o.task_id
        limit $limit
        """,
            {**given, "limit": limit, **work.choice, **scope.choice},
        )
    )
