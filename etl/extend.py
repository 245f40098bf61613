"""To extend a deadline: one unit may send one report later, with a reason; or to take that back."""

from __future__ import annotations

import datetime as dt

import duckdb

from etl.journal import Decision, moment
from etl.undecidable import not_owed, nothing_to_take_back, too_early
from etl.warehouse import script

EXTEND = "extend"
OWED = """
    select p.due_at, p.date_to, x.until
    from due_report o
    join period p using (period)
    left join extension x on x.unit_code = o.unit_code and x.period = o.period and x.form_id = o.form_id
    where o.unit_code = $unit and o.period = $period and o.form_id = $form
"""


def extend(con: duckdb.DuckDBPyConnection, decision: Decision) -> list[tuple[str, str]]:
    """Let a unit send the report of a period until a later moment (`detail["until"]`), or, without one, take the
    extension back. Raises Undecidable where nothing is owed, or the moment is no later than the deadline of all.
    """
    report = {"unit": decision.unit_code, "period": decision.period, "form": decision.form_id}
    found = con.execute(OWED, report).fetchone()
    if found is None:
        raise not_owed(decision.unit_code, decision.period)
    due_at, date_to, extended = found
    until = decision.detail.get("until")
    if until is None and extended is None:
        raise nothing_to_take_back(decision.unit_code)
    if until is not None and moment(until) <= due_at:
        raise too_early(due_at)
    con.execute("delete from extension where unit_code = $unit and period = $period and form_id = $form", report)
    if until is not None:
        con.execute(
            "insert into extension values ($unit, $period, $form, $until, $reason)",
            {**report, "until": moment(until), "reason": decision.reason},
        )
    return touched(con, decision, date_to)


def touched(con: duckdb.DuckDBPyConnection, decision: Decision, date_to: dt.date) -> list[tuple[str, str]]:
    """The report, once its period has ended or something came of it; before that nothing is counted yet."""
    came = "select 1 from submission where unit_code = ? and period = ?"
    ended = date_to <= moment(decision.at).date()
    if ended or con.execute(came, [decision.unit_code, decision.period]).fetchone():
        return [(decision.unit_code, decision.period)]
    return []


def move_deadlines(con: duckdb.DuckDBPyConnection) -> None:
    """Bring the moments at which reports are due in step with the extensions."""
    con.execute(script("owed.sql"))
