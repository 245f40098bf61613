"""Who needs attention first?"""

from __future__ import annotations

import datetime as dt

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame
from queries.reporting import DUE, TIMELY
from queries.scope import Scope


def attention(con: DuckDBPyConnection, scope: Scope, today: dt.date) -> pd.DataFrame:
    """Units that owe a report of the period, those that need urging first: no report, then overdue work, then silence.

    Columns: unit_code, unit, kind, state (missing | not_due | returned | late | on_time), overdue (tasks), due, on_time
    (tasks), value (% on time), silent (obligatory channel groups without a product).
    """
    return frame(
        con.execute(
            f"""
        select unit_code, o.unit, o.kind, coalesce({TIMELY}, {DUE}) as state, w.overdue, w.due,
            w.done_on_time as on_time, case when w.due > 0 then 100 * w.done_on_time / w.due end as value,
            w.silences as silent
        from due_report o
        left join (
            select unit_code, overdue, due, on_time as done_on_time, silences from unit_period where period = $period
        ) w using (unit_code)
        where o.period = $period {scope.chosen_in("o")}
        order by o.state <> 'missing', o.state = 'accepted', coalesce(w.overdue, 0) desc, value nulls last,
            coalesce(w.silences, 0) desc, o.name collate vi
        """,
            {"period": scope.months[-1], "today": today, **scope.choice},
        )
    )
