"""How do the provinces compare? From the totals they shared; each rate of the nation is a ratio of sums over provinces.

A province's total of a quarter or a year is its own: of a stock the latest month of each unit counts, which cannot be
told from the months of a province. A province that has not shared a period is missing from it, never zero.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame
from queries.held import held
from queries.judging import judged
from queries.scope import Scope
from queries.value import value_of

BEFORE = """
    select max_by(b.period, b.date_to) from period p join period b on b.kind = p.kind and b.date_to < p.date_from
    where p.period = ?
"""
PAIRED = """
    select indicator, authority_code,
        any_value(numerator) filter (period = $period) as n, any_value(denominator) filter (period = $period) as d,
        any_value(units) filter (period = $period) as units,
        any_value(numerator) filter (period = $before) as bn, any_value(denominator) filter (period = $before) as bd
    from province_total
    where period in ($period, $before) and list_contains($indicators, indicator)
    group by indicator, authority_code
"""
"""Both sides of each indicator of each province, in the period and in the one before."""


def is_national(con: DuckDBPyConnection) -> bool:
    """Whether this is a warehouse of provinces."""
    return bool(con.execute("select 1 from province limit 1").fetchall())


def periods(con: DuckDBPyConnection) -> pd.DataFrame:
    """Periods that any province has shared, newest first, months before what is longer.

    Columns: period, name, kind, due_at, provinces (that have it).
    """
    return frame(con.execute(
        """
        select p.period, p.name, p.kind, p.due_at, count(*) as provinces
        from province_period s join period p using (period)
        group by p.period, p.name, p.kind, p.due_at, p.date_from, p.date_to
        order by p.date_to desc, p.date_from desc
        """
    ))  # fmt: skip


def indicators(con: DuckDBPyConnection) -> pd.DataFrame:
    """Indicators that any province has shared. Columns: indicator, name."""
    return frame(con.execute(
        """
        select indicator, name from indicator
        where indicator in (select indicator from province_total) order by indicator
        """
    ))  # fmt: skip


def paired(con: DuckDBPyConnection, scope: Scope, indicators: Sequence[str]) -> dict[str, object]:
    """What PAIRED asks: the period, the one of its kind before it ("" where there is none), the indicators."""
    ((before,),) = con.execute(BEFORE, [scope.period]).fetchall()
    return {"period": scope.period, "before": before or "", "indicators": list(indicators)}


def standing(con: DuckDBPyConnection, scope: Scope, indicators: Sequence[str]) -> pd.DataFrame:
    """Each indicator over all provinces that have it, in the order asked for, against its target. The change is that of
    the provinces that have both periods: else it would tell who shared, not what moved.

    Columns: as queries.indicators.standing has them, and provinces (that have it), owed (units that owe a report in
    these provinces).
    """
    asked = con.execute(
        f"""
        with whole as (
            select t.indicator, sum(n) as n, sum(d) as d, sum(units) as units, count(n) as provinces,
                sum(case when n is not null then s.owed end) as owed,
                sum(case when bn is not null then n end) as nn, sum(case when bn is not null then d end) as nd,
                sum(case when n is not null then bn end) as bn, sum(case when n is not null then bd end) as bd
            from ({PAIRED}) t
            left join province_period s on s.authority_code = t.authority_code and s.period = $period
            group by t.indicator
        )
        select i.scheme, i.target_id, i.min_denominator,
            i.indicator, i.name, i.unit, i.direction, i.numerator_text, i.denominator_text, i.caveat,
            {value_of("w.n", "w.d")} as value, w.n as numerator, w.d as denominator,
            coalesce(w.units, 0)::integer as units, {value_of("w.bn", "w.bd")} as before,
            {value_of("w.nn", "w.nd")} - before as change, coalesce(w.provinces, 0)::integer as provinces,
            coalesce(w.owed, 0)::integer as owed
        from indicator i left join whole w using (indicator)
        where list_contains($indicators, i.indicator)
        order by list_position($indicators, i.indicator)
        """,
        paired(con, scope, indicators),
    )
    names = [column[0] for column in asked.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in asked.fetchall()]
    return judged(held(con), scope.date_to, rows, names)


def history(con: DuckDBPyConnection, scope: Scope, indicators: Sequence[str]) -> pd.DataFrame:
    """Each indicator over all provinces, month by month until the end of the period, oldest first.

    Columns: indicator, period, value, numerator, denominator, units, provinces.
    """
    return frame(con.execute(
        f"""
        with side as (
            select indicator, period, sum(numerator) as n, sum(denominator) as d, sum(units) as units,
                count(*) as provinces
            from province_total
            where list_contains($months, period) and list_contains($indicators, indicator)
            group by indicator, period
        )
        select s.indicator, s.period, {value_of("s.n", "s.d")} as value, s.n as numerator, s.d as denominator,
            s.units, s.provinces
        from side s join indicator i using (indicator)
        order by list_position($indicators, s.indicator), s.period
        """,
        {"months": list(scope.shown), "indicators": list(indicators)},
    ))  # fmt: skip


def provinces(con: DuckDBPyConnection, scope: Scope, indicator: str) -> pd.DataFrame:
    """Every province of the list, the best first, those without a value last.

    Columns: authority_code, province, state (known | without: has the period and not the indicator | differing: works
    the indicator out otherwise | old: shared, but not this period | missing: never shared), value, before, change,
    numerator, denominator, units (that have it), owed (units that owe a report of the period), listed (units of the
    list), place (1 is best), loaded_at, made_at, demo.
    """
    return frame(con.execute(
        f"""
        select p.authority_code, p.name as province,
            case when p.made_at is null then 'missing' when s.owed is null then 'old'
                 when list_contains(string_split(p.differing, ' '), i.indicator) then 'differing'
                 when t.n is null then 'without' else 'known' end as state,
            {value_of("t.n", "t.d")} as value, {value_of("t.bn", "t.bd")} as before,
            value - before as change, t.n as numerator, t.d as denominator, t.units, s.owed, p.listed,
            case when value is not null then
                rank() over (order by value is null, case when i.direction = 'down' then value else -value end)
            end as place, p.loaded_at, p.made_at, p.demo
        from province p
        join indicator i on list_contains($indicators, i.indicator)
        left join ({PAIRED}) t using (authority_code)
        left join province_period s on s.authority_code = p.authority_code and s.period = $period
        order by place nulls last, p.made_at is null, p.name collate vi
        """,
        paired(con, scope, [indicator]),
    ))  # fmt: skip
