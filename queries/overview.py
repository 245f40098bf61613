"""Who needs attention first?"""

from __future__ import annotations

import datetime as dt

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame
from queries.reporting import DUE, TIMELY
from queries.scope import Scope

ON_TIME, OVERDUE, CHANNELS = "TC02", "TC03", "CC01"
"""Where the counts of a unit come from: on time of due, overdue of due, active of obligatory channel groups."""


def attention(con: DuckDBPyConnection, scope: Scope, today: dt.date) -> pd.DataFrame:
    """Units that owe a report of the period, those that need urging first: no report, then overdue work, then silence.

    Columns: unit_code, unit, kind, state (missing | not_due | returned | late | on_time), overdue (tasks), due, on_time
    (tasks), value (% on time), silent (obligatory channel groups without a product).
    """
    return frame(
        con.execute(
            f"""
        with counted as (
            select unit_code, max(due) as due, max(on_time) as tasks_on_time, max(overdue) as overdue,
                max(silent) as silent
            from (
                select unit_code, case indicator when $on_time then denominator end as due,
                    case indicator when $on_time then numerator end as on_time,
                    case indicator when $overdue then numerator end as overdue,
                    case indicator when $channels then denominator - numerator end as silent
                from current_indicator
                where period = $last and list_contains([$on_time, $overdue, $channels], indicator))
            group by unit_code
        )
        select unit_code, unit, kind, coalesce({TIMELY}, {DUE}) as state, w.overdue, w.due, w.tasks_on_time as on_time,
            case when w.due > 0 then 100 * w.tasks_on_time / w.due end as value, w.silent
        from due_report o
        left join counted w using (unit_code)
        where period = $last {scope.owed_by("o")}
        order by o.state <> 'missing', o.state = 'accepted', coalesce(w.overdue, 0) desc, value nulls last,
            coalesce(w.silent, 0) desc, name collate vi
        """,
            {
                "last": scope.months[-1],
                **scope.choice,
                "today": today,
                "on_time": ON_TIME,
                "overdue": OVERDUE,
                "channels": CHANNELS,
            },
        )
    )
