"""What accepting reports would do to the indicators, worked out by loading them beside the snapshot.

A snapshot that is open read-only still takes temporary tables, and those stand before its own of the same name. So the
reports are stored and everything is derived by the same statements as ever, of the units concerned alone, and nothing
of it can reach the disk. What holds for the city is its sums, with these units' old numbers out and their new ones in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from etl.bulk import insert
from etl.load import Submission, store
from etl.refresh import OF_EACH_UNIT, refresh
from etl.warehouse import script


class Sides(NamedTuple):
    """Numerator and denominator, over so many units."""

    numerator: float | None = None
    denominator: float | None = None
    units: int = 0


class Effect(NamedTuple):
    """An indicator that the reports change, in the unit (of several units: in all of them) and in the city."""

    indicator: str
    name: str
    unit: str
    """What it is counted in."""
    scale: float
    is_ratio: bool
    before: Sides
    after: Sides
    city_before: Sides
    city_after: Sides
    owed: int
    """Units that owe a report of the period."""

    def value(self, sides: Sides) -> float | None:
        """The indicator of one pair of sides; None without them, or with a denominator of zero."""
        if sides.numerator is None or (self.is_ratio and not sides.denominator):
            return None
        return sides.numerator * self.scale / (sides.denominator if self.is_ratio and sides.denominator else 1)


TOUCHING = "create temp table touching (unit_code text, period text)"
SHADOWS = (
    "create temp table submission as select s.* from submission s semi join touching using (unit_code, period)",
    *(f"create temp table {table} as select f.* from {table} f semi join submission using (submission_id)"
      for table in ("observation", "task")),
    "create temp table current_measure as select m.* from current_measure m semi join (select unit_code, "
    "(left(period, 4)::integer - 1)::text || substr(period, 5) as period from touching) using (unit_code, period)",
    *(f"create temp table {table} as from {table} limit 0"
      for table in ("remark", "finding", "event", "report", "due_report", "current_task", "current_indicator")),
    *(f"create temp {view}" + script("views.sql").partition(view)[2].partition(";")[0]
      for view in ("view reporting as", "view owing as")),
)  # fmt: skip
"""What is written in a load, standing before the snapshot's own: of the reports concerned the submissions and facts,
of the year before the measures that are compared with; the rest empty, because it is derived anew.
"""
BEFORE = """
    select c.indicator, t.unit_code is not null as mine, sum(c.numerator), sum(c.denominator), count(*)
    from current_indicator c
    left join touching t using (unit_code, period)
    where c.period in (select period from touching) and c.numerator is not null
    group by c.indicator, mine
"""
AFTER = """
    select indicator, sum(numerator), sum(denominator), count(*)
    from current_indicator
    where numerator is not null
    group by indicator
"""
INDICATORS = "select indicator, name, unit, scale, denominator is not null from indicator order by indicator"
OWED = "select count(distinct unit_code) from due_report where period in (select period from touching)"


def effects(con: duckdb.DuckDBPyConnection, submissions: Sequence[Submission], now: dt.datetime) -> list[Effect]:
    """What accepting submissions of one period changes. The connection must be a cursor of its own: it is left with
    temporary tables.
    """
    pairs = sorted({(each.report.unit_code, each.report.period) for each in submissions})
    con.execute(TOUCHING)
    insert(con, "touching", {"unit_code": [unit for unit, _ in pairs], "period": [period for _, period in pairs]})
    owed = int((con.execute(OWED).fetchone() or (0,))[0])
    rows = con.execute(BEFORE).fetchall()
    old = {indicator: Sides(*sides) for indicator, mine, *sides in rows if mine}
    others = {indicator: Sides(*sides) for indicator, mine, *sides in rows if not mine}
    for statement in SHADOWS:
        con.execute(statement)
    store(con, submissions, now)
    refresh(con, pairs, OF_EACH_UNIT)
    new = {indicator: Sides(*sides) for indicator, *sides in con.execute(AFTER).fetchall()}
    found = []
    for indicator, name, unit, scale, is_ratio in con.execute(INDICATORS).fetchall():
        before, after = old.get(indicator, Sides()), new.get(indicator, Sides())
        if before != after:
            rest = others.get(indicator, Sides())
            city = together(rest, before), together(rest, after)
            found.append(Effect(indicator, name, unit or "", scale, is_ratio, before, after, *city, owed))
    return found


def together(one: Sides, other: Sides) -> Sides:
    """The sums of both."""
    return Sides(
        added(one.numerator, other.numerator), added(one.denominator, other.denominator), one.units + other.units
    )


def added(one: float | None, other: float | None) -> float | None:
    """A sum in which nothing counts for nothing."""
    return other if one is None else one if other is None else one + other
