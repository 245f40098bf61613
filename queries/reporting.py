"""Who has reported, when, and who has not?

Owed reports come from duties and the calendar, never from the data. state: on_time | late | nothing (there is nothing
to report) | returned (the last file was sent back) | missing | not_due (missing, and the day has not passed).
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame, of_rows, with_columns
from queries.held import UNITS, held
from queries.scope import Scope

TIMELY = "case state when 'accepted' then if(on_time, 'on_time', 'late') when 'returned' then 'returned' end"
"""How a report came; NULL where nothing did."""
DUE = "case when due_at >= $today then 'not_due' else 'missing' end"
"""What it is then."""
SHOWN = "period between $first and $last and list_contains($periods, period)"


def shown(scope: Scope) -> dict[str, object]:
    """The parameters of SHOWN and of the choice of units."""
    return {"periods": list(scope.shown), "first": scope.shown[0], "last": scope.shown[-1], **scope.choice}


def by_month(con: DuckDBPyConnection, scope: Scope, today: dt.date) -> pd.DataFrame:
    """How many owed reports came and how, over the months shown, oldest first.

    Columns: period, owed, received (a readable file came), on_time, late, returned, missing, not_due, corrected (more
    than one file was needed), change (of received).
    """
    months = frame(
        con.execute(
            f"""
        select period, count(*) as owed, count(came) as received, count(on_time) as on_time, count(late) as late,
            count(returned) as returned, count(missing) as missing, count(not_due) as not_due,
            count(corrected) as corrected
        from (
            select period, case when state <> 'missing' then 1 end as came,
                case when submissions > 1 then 1 end as corrected,
                case when state = 'accepted' and on_time then 1 end as on_time,
                case when state = 'accepted' and not on_time then 1 end as late,
                case state when 'returned' then 1 end as returned,
                case when state = 'missing' and due_at < $today then 1 end as missing,
                case when state = 'missing' and due_at >= $today then 1 end as not_due
            from due_report o where {SHOWN} {scope.chosen_in("o")})
        group by period
        order by period
        """,
            {**shown(scope), "today": today},
        )
    )
    return with_columns(months, {"change": np.diff(months["received"].to_numpy().astype(float), prepend=np.nan)})


def in_all(months: pd.DataFrame, scope: Scope) -> pd.Series[float]:
    """The counts of `by_month` over the months of a period."""
    counts: pd.Series[float] = months[months["period"].isin(scope.months)].sum(numeric_only=True)
    return counts


def grid(con: DuckDBPyConnection, scope: Scope, today: dt.date) -> pd.DataFrame:
    """Every unit that owes reports in the months shown, in Vietnamese order, with the state of each month.

    Columns: unit_code, unit, kind, cells (one text, "2026-10 on_time,2026-11 late": lists of texts come back slowly).
    """
    rows = con.execute(
        f"""
        select unit_code, string_agg(period || ' ' || if(nothing, 'nothing', coalesce({TIMELY}, {DUE})), ',')
        from due_report o where {SHOWN} {scope.chosen_in("o")}
        group by unit_code
        """,
        {**shown(scope), "today": today},
    ).fetchall()
    cells = dict(rows)
    units = [(code, unit, kind, cells[code]) for code, unit, kind, _ in held(con).rows(UNITS) if code in cells]
    return of_rows(units, dict.fromkeys(("unit_code", "unit", "kind", "cells"), object))


def missing(con: DuckDBPyConnection, scope: Scope, today: dt.date) -> pd.DataFrame:
    """Units without an accepted report of the period: returned ones first, then those that were missing before too.

    Columns: unit_code, unit, kind, state (returned | missing | not_due), due_at, days_over (past the due day),
    submissions, errors (of the last returned file), months_running (months in a row without an accepted report).
    """
    return frame(
        con.execute(
            f"""
        with absent as (
            select unit_code, unit, name, kind, form_id, due_at, coalesce({TIMELY}, {DUE}) as state, submissions
            from due_report o where period = $last and state <> 'accepted' {scope.chosen_in("o")}
        ),
        accepted as (
            select unit_code, max(period) as period from report where {SHOWN} and state = 'accepted' group by unit_code
        ),
        last_file as (
            select unit_code, form_id, max_by(errors, version) as errors
            from submission where period = $last and status = 'returned' group by unit_code, form_id
        )
        select a.unit_code, a.unit, a.kind, a.state, a.due_at,
            greatest(0, date_diff('day', a.due_at::date, $today)) as days_over, a.submissions, f.errors,
            len($periods) - coalesce(list_position($periods, k.period), 0) as months_running
        from absent a
        left join accepted k using (unit_code)
        left join last_file f using (unit_code, form_id)
        order by a.state <> 'returned', months_running desc, a.name collate vi
        """,
            {**shown(scope), "today": today},
        )
    )


def units(con: DuckDBPyConnection, scope: Scope) -> int:
    """How many units owe a report of the period."""
    counted = con.execute(
        f"select count(distinct unit_code) from due_report o where o.period in $periods {scope.chosen_in('o')}",
        {"periods": list(scope.months), **scope.choice},
    ).fetchall()
    return int(counted[0][0])
