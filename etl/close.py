"""To close a period: its figures are frozen under a name, and may be shown again as they were.

What stands in the warehouse of a closing is read from the copy that is kept of it, now as in a rebuild, so that both
say the same even after the catalogue has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import duckdb

from etl.bulk import insert
from etl.copies import keep_copy, open_closed
from etl.journal import Decision, moment
from etl.undecidable import name_taken, no_name, nothing_to_close
from etl.warehouse import Paths, file_of

CLOSE = "close"
MONTHS = """
    select m.period
    from period p
    join period m on m.period = p.period or m.kind = 'month' and p.date_from <= m.date_from and m.date_to <= p.date_to
    where p.period = $period
"""
FROZEN = {
    "closed_report": """
        select r.unit_code, r.period, r.form_id, r.state, r.on_time, s.version
        from reporting r
        left join submission s on s.submission_id = r.current_submission_id
        where list_contains($months, r.period)
        order by all
    """,
    "closed_indicator": """
        select indicator, unit_code, period, numerator, denominator
        from current_indicator
        where list_contains($months, period)
        order by all
    """,
}


def key_of(decision: Decision) -> str:
    """What names the copy of a closing: never the same for two closings."""
    said = f"{decision.at} {decision.actor} {decision.detail.get('name')}"
    return f"{decision.period}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def keep_copies(con: duckdb.DuckDBPyConnection, decisions: Iterable[Decision]) -> None:
    """Before decisions are taken, and outside of a transaction: keep the state that each closing among them freezes."""
    for each in decisions:
        if each.action == CLOSE:
            check(con, each)
            keep_copy(con, paths_of(con), key_of(each))


def close(con: duckdb.DuckDBPyConnection, decision: Decision) -> list[tuple[str, str]]:
    """Close a period under a name (`detail["name"]`). No number changes."""
    months = check(con, decision)
    closing = key_of(decision)
    con.execute(
        """
        insert into closing
        select $closing, $name, $period, $at, $actor, $reason,
            (select coalesce(max(submission_id), 0) from submission),
            (select coalesce(max(line), 0) from event
             where action in ('accepted', 'returned', 'void', 'extend', 'explain'))
        """,
        {
            "closing": closing, "name": decision.detail["name"], "period": decision.period, "at": moment(decision.at),
            "actor": decision.actor, "reason": decision.reason,
        },
    )  # fmt: skip
    with open_closed(paths_of(con).data, closing) as copy:
        for table, question in FROZEN.items():
            asked = copy.execute(question, {"months": months})
            names = [column[0] for column in asked.description or ()]
            rows = asked.fetchall()
            columns = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}
            insert(con, table, {"closing": [closing] * len(rows), **columns})
    return []


def check(con: duckdb.DuckDBPyConnection, decision: Decision) -> list[str]:
    """The periods that a closing freezes: the one named and its months. Raises Undecidable where there is nothing to
    freeze, or the name is taken.
    """
    name = str(decision.detail.get("name", "")).strip()
    if not name:
        raise no_name()
    taken = con.execute("select name, period from closing where lower(name) = lower(?)", [name]).fetchone()
    if taken:
        raise name_taken(*taken)
    months = [period for (period,) in con.execute(MONTHS, {"period": decision.period}).fetchall()]
    held = con.execute("select 1 from report where list_contains(?, period) limit 1", [months]).fetchone()
    if held is None:
        raise nothing_to_close(decision.period)
    return months


def paths_of(con: duckdb.DuckDBPyConnection) -> Paths:
    """The data folder of a working file."""
    return Paths(Path(file_of(con)).parent)
