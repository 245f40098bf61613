"""A machine's own tables follow the lake: what others loaded is taken as they read it, nothing is read twice.

Decisions are taken again at their place, and what is derived is worked out here; so two machines that stand on the same
line of the journal say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import duckdb

from etl.events import Told
from etl.journal import Line, Reception
from etl.lake import FACTS, Lake, transaction_on
from etl.prepare import Prepared
from etl.refresh import refresh
from etl.replay import calls, cleared, replay, take
from etl.session import Session
from etl.storing import last_number
from etl.transaction import transaction

TAKEN = (*FACTS, "event")
THOSE = "select submission_id from incoming_submission where line between $first and $last"
PAIRS = "select distinct unit_code, period from incoming_submission where line between $first and $last order by all"


def take_over(session: Session, prepared: Prepared, lake: Lake, missing: Sequence[Line]) -> None:
    """Bring the tables up to the last of the missing lines, each run of loads and each decision in a transaction."""
    gone = cleared(missing)
    if any(isinstance(line.entry, Reception) for line in missing):
        fetch(session.con, lake, missing[0].number)
    for run in runs(missing):
        if isinstance(run[0].entry, Reception):
            take_loads(session, run)
        elif any(line.number in gone for line in run):
            with transaction(session.con):
                take(session, [Told(line, ()) for line in run])
        else:
            replay(session, prepared, run)
    for table in TAKEN:
        session.con.execute(f"drop table if exists incoming_{table}")


def runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Calls; loads that follow one another together, because what they change is worked out once."""
    for is_load, some in groupby(calls(lines), key=lambda call: isinstance(call[0].entry, Reception)):
        if is_load:
            yield [line for call in some for line in call]
        else:
            yield from some


def fetch(con: duckdb.DuckDBPyConnection, lake: Lake, first: int) -> None:
    """What came into the lake since, beside the tables."""
    last = last_number(con)
    with transaction_on(lake) as there:
        for table in TAKEN:
            column, after = ("line", first - 1) if table == "event" else ("submission_id", last)
            rows = there.execute(f"from lake.{table} where {column} > ? order by {column}", [after]).to_arrow_table()
            con.register("fetched", rows)
            con.execute(f"create or replace temp table incoming_{table} as from fetched")
            con.unregister("fetched")


def take_loads(session: Session, run: Sequence[Line]) -> None:
    """Put what some loads brought into the tables."""
    con, asked = session.con, {"first": run[0].number, "last": run[-1].number}
    with transaction(con):
        for table in FACTS:
            left_out = "exclude (line)" if table == "submission" else ""
            con.execute(
                f"insert into {table} by name "
                f"select * {left_out} from incoming_{table} where submission_id in ({THOSE}) order by submission_id",
                asked,
            )
        con.execute("insert into event by name from incoming_event where line between $first and $last", asked)
        refresh(con, con.execute(PAIRS, asked).fetchall())
        take(session, [Told(line, ()) for line in run])
