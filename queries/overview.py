"""Who needs attention first?"""

from __future__ import annotations

import datetime as dt

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame
from queries.reporting import owed
from queries.scope import Scope

ON_TIME, OVERDUE, CHANNELS = "TC02", "TC03", "CC01"
"""Where the counts of a unit come from: on time of due, overdue of due, active of obligatory channel groups."""


def attention(con: DuckDBPyConnection, scope: Scope, today: dt.date) -> pd.DataFrame:
    """Units that owe a report of the period, those that need urging first: no report, then overdue work, then silence.

    Columns: unit_code, unit, kind, state (missing | not_due | returned | late | on_time), overdue (tasks), due, on_time
    (tasks), value (% on time), silent (obligatory channel groups without a product).
    """
    relations, given = owed(scope, scope.months[-1:])
    return frame(
        con.execute(
            f"""
        with {relations},
        counted as (
            select unit_code, max(due) as due, max(on_time) as on_time, max(overdue) as overdue, max(silent) as silent
            from (
                select unit_code, case indicator when $on_time then denominator end as due,
                    case indicator when $on_time then numerator end as on_time,
                    case indicator when $overdue then numerator end as overdue,
                    case indicator when $channels then denominator - numerator end as silent
                from current_indicator
                where period = $last and list_contains([$on_time, $overdue, $channels], indicator))
            group by unit_code
        )
        select o.unit_code, o.unit, o.kind,
            case when c.state is not null then c.state
                 when o.due_at >= $today then 'not_due' else 'missing' end as state,
            w.overdue, w.due, w.on_time, case when w.due > 0 then 100 * w.on_time / w.due end as value, w.silent
        from owed o
        left join came c using (unit_code, form_id, period)
        left join counted w using (unit_code)
        order by c.state is not null, coalesce(c.state <> 'returned', false), coalesce(w.overdue, 0) desc,
            value nulls last, coalesce(w.silent, 0) desc, o.name collate vi
        """,
            {**given, "today": today, "on_time": ON_TIME, "overdue": OVERDUE, "channels": CHANNELS},
        )
    )
