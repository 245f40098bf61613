"""What did people settle: extensions, explanations, closings; what is still asked, and what changed after a closing?"""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame
from queries.scope import Scope
from queries.value import value_of


def extensions(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Units whose deadline for the month was extended, in Vietnamese order.

    Columns: unit_code, unit, form_id, due_at (as extended), state (of the report: accepted | returned | missing),
    on_time, reason.
    """
    return frame(
        con.execute(
            f"""
            select unit_code, unit, form_id, due_at, state, on_time, extension_reason as reason
            from due_report o
            where o.period = $period and o.extension_reason is not null {scope.chosen_in("o")}
            order by name collate vi, unit_code
            """,
            {"period": scope.months[-1], **scope.choice},
        )
    )


def owing(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Every unit that owes a report of the month, in Vietnamese order. Columns: unit_code, unit, accepted."""
    return frame(
        con.execute(
            f"""
            select unit_code, any_value(unit) as unit, bool_or(state = 'accepted') as accepted
            from due_report o
            where o.period = $period {scope.chosen_in("o")}
            group by unit_code
            order by any_value(name) collate vi, unit_code
            """,
            {"period": scope.months[-1], **scope.choice},
        )
    )


def questions(con: DuckDBPyConnection, scope: Scope, unit_code: str = "") -> pd.DataFrame:
    """What units (or one) are asked to confirm of the month and have not yet.

    Columns: unit_code, unit, period, form_id, rule_id, sheet, cell, row_label, column_label, value, message, fix.
    """
    return frame(
        con.execute(
            f"""
            select q.unit_code, u.full_name as unit, q.period, q.form_id, q.rule_id, q.sheet, q.cell, q.row_label,
                q.column_label, q.value, q.message, q.fix
            from open_question q
            join unit u using (unit_code)
            where q.period = $period and $unit in ('', q.unit_code) {scope.units_of("q")}
            order by u.name collate vi, q.unit_code, q.sheet, q.rule_id, q.cell
            """,
            {"period": scope.months[-1], "unit": unit_code, **scope.choice},
        )
    )


def explanations(con: DuckDBPyConnection, scope: Scope, unit_code: str = "") -> pd.DataFrame:
    """What was explained of the numbers of the month, in this month or before for the same cause.

    Columns: unit_code, unit, period, form_id, rule_id, sheet, cell, row_label, column_label, value, explained_in (the
    period it was explained in), reason, actor, at.
    """
    return frame(
        con.execute(
            f"""
            select e.unit_code, u.full_name as unit, e.period, e.form_id, e.rule_id, e.sheet, e.cell, e.row_label,
                e.column_label, e.value, e.explained_in, e.reason, e.actor, e."at"
            from explained e
            join unit u using (unit_code)
            where e.period = $period and $unit in ('', e.unit_code) {scope.units_of("e")}
            order by u.name collate vi, e.unit_code, e.sheet, e.cell
            """,
            {"period": scope.months[-1], "unit": unit_code, **scope.choice},
        )
    )


def closings(con: DuckDBPyConnection, period: str) -> pd.DataFrame:
    """The closings that froze a period, the latest first.

    Columns: closing, name, period (closed: a month or the quarter it lies in), at, actor, reason, accepted, owed
    (reports of the period asked for, when it was closed), adjustments (of it, since then).
    """
    return frame(
        con.execute(
            """
            select c.closing, c.name, c.period, c."at", c.actor, c.reason,
                count(*) filter (r.state = 'accepted') as accepted, count(*) as owed,
                (select count(*) from adjustment a where a.closing = c.closing and a.period = $period) as adjustments
            from closing c
            join closed_report r on r.closing = c.closing and r.period = $period
            group by c.closing, c.name, c.period, c."at", c.actor, c.reason, c.last_event
            order by c."at" desc, c.last_event desc
            """,
            {"period": period},
        )
    )


def adjustments(con: DuckDBPyConnection, closing: str, scope: Scope) -> pd.DataFrame:
    """What happened to a closed period since, the latest first.

    Columns: unit_code, unit, period, action (accepted | returned: a file came; void, extend, explain), version, at,
    actor, reason.
    """
    return frame(
        con.execute(
            f"""
            select a.unit_code, coalesce(u.full_name, a.unit_code) as unit, a.period, a.action,
                ltrim(a.version, 'v')::integer as version, a."at", a.actor, a.reason
            from adjustment a
            left join unit u using (unit_code)
            where a.closing = $closing {scope.units_of("a")}
            order by a."at" desc, u.name collate vi
            """,
            {"closing": closing, **scope.choice},
        )
    )


MOVED = """
    select indicator, unit_code, period, c.numerator as numerator_closed, c.denominator as denominator_closed,
        n.numerator, n.denominator
    from (select * from closed_indicator where closing = $closing) c
    full join (
        select * from current_indicator where period in (select period from closed_period where closing = $closing)
    ) n using (indicator, unit_code, period)
"""


def moved_of_units(con: DuckDBPyConnection, closing: str, scope: Scope) -> pd.DataFrame:
    """Indicators of units that say something else now than when the period was closed.

    Columns: unit_code, unit, period, indicator, name, unit_of (what it is counted in), closed, value, reason (of what
    happened to the report last; missing where nothing did, so that the catalogue must have changed).
    """
    return frame(
        con.execute(
            f"""
            select m.unit_code, u.full_name as unit, m.period, m.indicator, i.name, i.unit as unit_of,
                {value_of("m.numerator_closed", "m.denominator_closed")} as closed,
                {value_of("m.numerator", "m.denominator")} as value,
                a.reason
            from ({MOVED}) m
            join indicator i using (indicator)
            join unit u using (unit_code)
            left join (
                select unit_code, period, coalesce(max_by(reason, "at"), '') as reason
                from adjustment where closing = $closing group by unit_code, period
            ) a using (unit_code, period)
            where (m.numerator_closed, m.denominator_closed) is distinct from (m.numerator, m.denominator)
                {scope.units_of("m")}
            order by u.name collate vi, m.unit_code, m.period, m.indicator
            """,
            {"closing": closing, **scope.choice},
        )
    )


def moved(con: DuckDBPyConnection, closing: str, scope: Scope) -> pd.DataFrame:
    """Indicators over all units chosen that say something else now than when the period was closed.

    Columns: period, indicator, name, unit_of, closed, value, units (in which it changed).
    """
    return frame(
        con.execute(
            f"""
            select m.period, m.indicator, i.name, i.unit as unit_of,
                {value_of("sum(m.numerator_closed)", "sum(m.denominator_closed)")} as closed,
                {value_of("sum(m.numerator)", "sum(m.denominator)")} as value,
                count(*) filter (
                    (m.numerator_closed, m.denominator_closed) is distinct from (m.numerator, m.denominator)
                ) as units
            from ({MOVED}) m
            join indicator i using (indicator)
            where true {scope.units_of("m")}
            group by m.period, m.indicator, i.name, i.unit, i.scale, i.denominator
            having units > 0
            order by m.period, m.indicator
            """,
            {"closing": closing, **scope.choice},
        )
    )
