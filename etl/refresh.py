"""Keeps what is worked out (etl/sql/derived.sql) in step with the facts just loaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import duckdb

from etl.bulk import insert
from etl.warehouse import script

OF_EACH_UNIT = ("reports.sql", "measures.sql", "indicators.sql")
STEPS = (*OF_EACH_UNIT, "totals.sql")
AT_ONCE = 20_000
"""Reports worked out together."""
NEXT_YEAR = """
    insert into touched
    select distinct t.unit_code, r.period
    from touched t
    join report r
        on r.unit_code = t.unit_code and r.period = (left(t.period, 4)::integer + 1)::text || substr(t.period, 5)
    where not exists (from touched o where o.unit_code = t.unit_code and o.period = r.period)
"""
"""A report also changes what the same period of the next year is compared with."""


def refresh(con: duckdb.DuckDBPyConnection, pairs: Iterable[tuple[str, str]], steps: Sequence[str] = STEPS) -> None:
    """Work out anew what is derived for (unit_code, period) pairs, in the transaction the caller has open; of
    the steps, `OF_EACH_UNIT` do where nobody asks for sums over units.
    """
    start(con)
    those = list(pairs)
    insert(con, "touched", {"unit_code": [unit for unit, _ in those], "period": [period for _, period in those]})
    run(con, steps)


def refresh_all(con: duckdb.DuckDBPyConnection, today: dt.date) -> None:
    """Work out anew everything that is derived: the catalogue changed."""
    start(con)
    con.execute("insert into touched select distinct unit_code, period from submission")
    con.execute(EXPECTED, {"today": today})
    run(con)


EXPECTED = """
    insert into touched
    select distinct unit_code, period
    from reporting r
    where date_to <= $today
      and not exists (
          from current_measure m
          where m.unit_code = r.unit_code and m.period = r.period and m.measure = 'reports_expected'
      )
      and not exists (from touched t where t.unit_code = r.unit_code and t.period = r.period)
"""
"""Reports that are owed by now count as expected, whether or not anything came."""


def refresh_expected(con: duckdb.DuckDBPyConnection, today: dt.date) -> None:
    """Count the reports of periods that have ended since the last time."""
    start(con)
    con.execute(EXPECTED, {"today": today})
    if con.execute("select count(*) from touched").fetchall() != [(0,)]:
        run(con)


def start(con: duckdb.DuckDBPyConnection) -> None:
    """An empty list of what to work out."""
    con.execute("create or replace temp table touched (unit_code text, period text)")


def run(con: duckdb.DuckDBPyConnection, steps: Sequence[str] = STEPS) -> None:
    """Work it out; where it is much, year after year, because each may look at the one before, and all at once would
    take as much memory as there are numbers.
    """
    con.execute(NEXT_YEAR)
    (many,) = con.execute("select count(*) from touched").fetchall()[0]
    if many <= AT_ONCE:
        work_out(con, steps)
        return
    con.execute("create or replace temp table touched_in_all as from touched")
    for (year,) in con.execute("select distinct left(period, 4) from touched_in_all order by all").fetchall():
        con.execute("create or replace temp table touched as from touched_in_all where left(period, 4) = ?", [year])
        work_out(con, steps)


def work_out(con: duckdb.DuckDBPyConnection, steps: Sequence[str]) -> None:
    """Each step for what is touched."""
    for step in steps:
        con.execute(script(step))
