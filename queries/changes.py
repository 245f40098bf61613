"""What is new since the month before, and what has lasted too long?"""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame
from queries.scope import Scope


def newly_overdue(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Tasks that were not overdue in the month before, by unit, most first. Columns: unit_code, unit, tasks."""
    return frame(
        con.execute(
            f"""
            select t.unit_code, any_value(u.full_name) as unit, count(*) as tasks
            from current_task t
            join unit u using (unit_code)
            anti join (select unit_code, task_id from current_task where period = $before and state = 'overdue') b
                on b.unit_code = t.unit_code and b.task_id = t.task_id
            where t.period = $period and t.state = 'overdue' {scope.units_of("t")}
            group by t.unit_code
            order by tasks desc, t.unit_code
            """,
            months_of(scope),
        )
    )


def long_silent(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Units that made nothing on a channel they must use in this month and the one before, by channel, most first.

    Columns: channel_code, channel, units.
    """
    return frame(
        con.execute(
            f"""
            with silent as (
                select unit_code, item_code
                from current_measure m
                where period between $before and $period and list_contains([$before, $period], period)
                  and measure = 'channel_kept' and value = 0 {scope.units_of("m")}
                group by unit_code, item_code
                having count(*) = 2
            )
            select c.channel_code, c.name as channel, count(*) as units
            from silent s join channel c on c.channel_code = s.item_code
            group by all
            order by units desc, c.channel_code
            """,
            months_of(scope),
        )
    )


def months_of(scope: Scope) -> dict[str, object]:
    """The month shown and the one before it, with the choice of units."""
    return {"period": scope.months[-1], "before": (scope.before or ("",))[-1], **scope.choice}
