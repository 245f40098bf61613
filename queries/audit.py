"""Who did what and when: the rows of `event`, the latest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame, with_columns

MOST = 500
"""How many are told at once."""
COLUMNS = 'line, "at", actor, action, unit_code, period, form_id, subject, before, after, reason, detail'


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: of which days (both included), by whom, of what kind, of which unit; "" is any."""

    since: dt.date
    until: dt.date
    actor: str = ""
    action: str = ""
    unit_code: str = ""


def events(con: DuckDBPyConnection, wanted: Wanted) -> pd.DataFrame:
    """What happened, the latest first, MOST at most.

    Columns: line (of the journal), at, actor, action, unit_code, period, form_id, subject, before, after, reason,
    detail, found (how many there are in all).
    """
    chosen = {"actor": wanted.actor, "action": wanted.action, "unit_code": wanted.unit_code}
    given = {"since": wanted.since, "until": wanted.until, **{name: one for name, one in chosen.items() if one}}
    those = "".join(f" and {name} = ${name}" for name in chosen if name in given)
    where = f"""from event where "at" >= $since and "at" < $until::date + 1{those}"""
    first = f"select min(line) from (select line {where} order by line desc limit {MOST})"  # only their texts are read
    found = frame(
        con.execute(
            f"""
            select {COLUMNS} {where} and line >= ({first})
            order by line desc, action = 'received', unit_code limit {MOST}
            """,
            given,
        )
    )
    in_all = len(found) if len(found) < MOST else con.execute(f"select count(*) {where}", given).fetchall()[0][0]
    return with_columns(found, {"found": np.full(len(found), in_all)})


def of_unit(con: DuckDBPyConnection, unit_code: str, period: str = "") -> pd.DataFrame:
    """What happened to the reports of a unit, of one period or of all, the latest first. Columns as of events, but for
    found.
    """
    return frame(
        con.execute(
            f"""
            select {COLUMNS}
            from event
            where unit_code = $unit and $period in ('', period)
            order by line desc, action = 'received'
            """,
            {"unit": unit_code, "period": period},
        )
    )


def actors(con: DuckDBPyConnection) -> list[str]:
    """Everybody who did something."""
    found = con.execute("select distinct actor from event where actor <> '' order by actor collate vi").fetchall()
    return [str(row[0]) for row in found]
