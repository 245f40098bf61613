"""To void a submission: it stays in the record, with a reason, and counts for nothing."""

from __future__ import annotations

import duckdb

from etl.journal import Decision
from etl.undecidable import nothing_to_void

FIND = """
    select submission_id, status
    from submission
    where unit_code = $unit and period = $period and form_id = $form and version = $version
"""


def void(con: duckdb.DuckDBPyConnection, decision: Decision) -> list[tuple[str, str]]:
    """Void the submission of a unit, period, form and version (`detail["version"]`); it earns no on-time credit
    either. Raises Undecidable where there is none, or where it is void already.
    """
    version = int(decision.detail["version"])
    asked = {"unit": decision.unit_code, "period": decision.period, "form": decision.form_id, "version": version}
    found = con.execute(FIND, asked).fetchone()
    if found is None or found[1] == "void":
        raise nothing_to_void(version)
    con.execute("update submission set status = 'void', note = ? where submission_id = ?", [decision.reason, found[0]])
    return [(decision.unit_code, decision.period)]
