"""Who has reported, when, and who has not?

Owed reports come from duties and the calendar, never from the data. state: on_time | late | nothing (there is nothing
to report) | returned (the last file was sent back) | missing | not_due (missing, and the day has not passed).
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame, with_columns
from queries.scope import Scope

OWED = """
    select unit_code, form_id, period, due_at, unit, name, kind
    from owed_report o
    where o.period between $first and $last and list_contains($periods, o.period) {units}
"""
CAME = """
    select r.unit_code, r.form_id, r.period, r.first_received_at, r.days_late, r.submissions, r.nothing,
        case when r.state = 'accepted' and r.on_time then 'on_time'
             when r.state = 'accepted' then 'late' else r.state end as state
    from report r
    where r.period between $first and $last and list_contains($periods, r.period)
"""


def owed(scope: Scope, periods: tuple[str, ...]) -> tuple[str, dict[str, object]]:
    """The two relations every question here begins with, and their parameters."""
    given = {"periods": list(periods), "first": min(periods), "last": max(periods), **scope.choice}
    return f"owed as ({OWED.format(units=scope.owed_by('o'))}), came as ({CAME})", given


def by_month(con: DuckDBPyConnection, scope: Scope, today: dt.date) -> pd.DataFrame:
    """How many owed reports came and how, over the months shown, oldest first.

    Columns: period, owed, received (a readable file came), on_time, late, returned, missing, not_due, corrected (more
    than one file was needed), change (of received).
    """
    relations, given = owed(scope, scope.shown)
    months = frame(
        con.execute(
            f"""
        with {relations}
        select period, count(*) as owed, count(came) as received, count(on_time) as on_time, count(late) as late,
            count(returned) as returned, count(missing) as missing, count(not_due) as not_due,
            count(corrected) as corrected
        from (
            select o.period, c.state as came, case when c.submissions > 1 then 1 end as corrected,
                case c.state when 'on_time' then 1 end as on_time,
                case c.state when 'late' then 1 end as late, case c.state when 'returned' then 1 end as returned,
                case when c.state is null and o.due_at < $today then 1 end as missing,
                case when c.state is null and o.due_at >= $today then 1 end as not_due
            from owed o left join came c using (unit_code, form_id, period))
        group by period
        order by period
        """,
            {**given, "today": today},
        )
    )
    return with_columns(months, {"change": np.diff(months["received"].to_numpy().astype(float), prepend=np.nan)})


def grid(con: DuckDBPyConnection, scope: Scope, today: dt.date) -> pd.DataFrame:
    """Every unit that owes reports in the months shown, in Vietnamese order, with the state of each month.

    Columns: unit_code, unit, kind, cells (one text, "2026-10 on_time,2026-11 late": lists of texts come back slowly).
    """
    relations, given = owed(scope, scope.shown)
    return frame(
        con.execute(
            f"""
        with {relations},
        stated as (
            select o.unit_code, o.unit, o.kind, o.name, o.period,
                case when c.nothing then 'nothing' when c.state is not null then c.state
                     when o.due_at >= $today then 'not_due' else 'missing' end as state
            from owed o
            left join came c using (unit_code, form_id, period)
        )
        select unit_code, any_value(unit) as unit, any_value(kind) as kind,
            string_agg(period || ' ' || state, ',') as cells
        from stated
        group by unit_code
        order by any_value(name) collate vi, unit_code
        """,
            {**given, "today": today},
        )
    )


def missing(con: DuckDBPyConnection, scope: Scope, today: dt.date) -> pd.DataFrame:
    """Units without an accepted report of the period: returned ones first, then those that were missing before too.

    Columns: unit_code, unit, kind, state (returned | missing | not_due), due_at, days_over (past the due day),
    submissions, errors (of the last returned file), months_running (months in a row without an accepted report).
    """
    relations, given = owed(scope, scope.shown)
    return frame(
        con.execute(
            f"""
        with {relations},
        absent as (
            select o.unit_code, o.unit, o.name, o.kind, o.form_id, o.due_at, c.state, c.submissions
            from owed o left join came c using (unit_code, form_id, period)
            where o.period = $last and coalesce(c.state = 'returned', true)
        ),
        accepted as (
            select unit_code, max(period) as period from came where state in ('on_time', 'late') group by unit_code
        ),
        last_file as (
            select unit_code, form_id, max_by(errors, version) as errors
            from submission where period = $last and status = 'returned' group by unit_code, form_id
        )
        select a.unit_code, a.unit, a.kind,
            case when a.state is not null then a.state
                 when a.due_at >= $today then 'not_due' else 'missing' end as state,
            a.due_at, greatest(0, date_diff('day', a.due_at::date, $today)) as days_over,
            coalesce(a.submissions, 0) as submissions,
            f.errors, len($periods) - coalesce(list_position($periods, k.period), 0) as months_running
        from absent a
        left join accepted k using (unit_code)
        left join last_file f using (unit_code, form_id)
        order by a.state is null, months_running desc, a.name collate vi
        """,
            {**given, "today": today},
        )
    )


def units(con: DuckDBPyConnection, scope: Scope) -> int:
    """How many units owe a report of the period."""
    counted = con.execute(
        f"select count(distinct unit_code) from owed_report o where o.period in $periods {scope.owed_by('o')}",
        {"periods": list(scope.months), **scope.choice},
    ).fetchall()
    return int(counted[0][0])
