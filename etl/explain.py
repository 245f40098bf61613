"""To explain a finding: the analyst says once, on behalf of the unit, why what a rule doubts is right."""

from __future__ import annotations

import duckdb

from etl.faults import EXPLAIN as ASKED
from etl.journal import Decision, moment
from etl.undecidable import already_answered, nothing_to_explain

EXPLAIN = "explain"
FIND = """
    select f.cause, f.value
    from finding f
    join current_submission s using (submission_id)
    where s.unit_code = $unit and s.period = $period and s.form_id = $form
      and f.severity = $asked and f.rule_id = $rule and f.sheet = $sheet and f.cell = $cell
"""
KNOWN = """
    select 1
    from explanation
    where unit_code = $unit and period = $period and form_id = $form
      and rule_id = $rule and sheet = $sheet and cause = $cause and value = $value
"""
GIVE = """
    insert into explanation
    values ($unit, $period, $form, $rule, $sheet, $cause, $cell, $value, $reason, $by, $at)
"""
PLACE = {"rule": "rule_id", "sheet": "sheet", "cell": "cell"}


def explain(con: duckdb.DuckDBPyConnection, decision: Decision) -> list[tuple[str, str]]:
    """Answer a finding of the report in force (`detail`: rule_id, sheet, cell). Raises Undecidable where it is not
    asked, or was answered already. No number changes.
    """
    report = {"unit": decision.unit_code, "period": decision.period, "form": decision.form_id}
    place = {name: str(decision.detail.get(key, "")) for name, key in PLACE.items()}
    found = con.execute(FIND, {**report, **place, "asked": ASKED}).fetchone()
    if found is None:
        raise nothing_to_explain(place["sheet"], place["cell"])
    about = {**report, "rule": place["rule"], "sheet": place["sheet"], "cause": found[0], "value": found[1]}
    if con.execute(KNOWN, about).fetchone():
        raise already_answered(place["sheet"], place["cell"])
    said = {"cell": place["cell"], "reason": decision.reason, "by": decision.actor, "at": moment(decision.at)}
    con.execute(GIVE, {**about, **said})
    return []
