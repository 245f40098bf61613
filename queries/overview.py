"""Who needs attention first?"""

from __future__ import annotations

import datetime as dt

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.completion import SIDES
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
    return con.execute(
        f"""
        with {relations},
        counted as (
            select unit_code, t.denominator as due, t.numerator as on_time, o.numerator as overdue,
                c.denominator - c.numerator as silent
            from ({SIDES.format(period="$last", indicator="$on_time")}) t
            full join ({SIDES.format(period="$last", indicator="$overdue")}) o using (unit_code)
            full join ({SIDES.format(period="$last", indicator="$channels")}) c using (unit_code)
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
    ).df()
