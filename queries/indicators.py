"""Where does an indicator stand, and how did it move?

Rates are ratios of sums over the units that have both sides. A quarter or a year is built from its months: what flows
adds up, of a stock each unit's latest month counts.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame
from queries.judging import judged
from queries.scope import Scope

SIDES_OF_A_MONTH = """
    select v.indicator, v.period = $last as now, v.numerator, v.denominator
    from current_indicator v
    where v.period between $first and $last and list_contains($months, v.period)
      and list_contains($indicators, v.indicator) and v.numerator is not null {units}
"""
SIDES_OF_MONTHS = """
    select v.indicator, list_contains($now, v.period) as now,
        case i.kind when 'stock' then arg_max(v.numerator, v.period) else sum(v.numerator) end as numerator,
        case coalesce(i.denominator_kind, i.kind)
            when 'stock' then arg_max(v.denominator, v.period) else sum(v.denominator) end as denominator
    from current_indicator v join indicator i using (indicator)
    where v.period between $first and $last and list_contains($months, v.period)
      and list_contains($indicators, v.indicator) and v.numerator is not null {units}
    group by v.indicator, now, v.unit_code, i.kind, i.denominator_kind
"""


def standing(con: DuckDBPyConnection, scope: Scope, indicators: Sequence[str]) -> pd.DataFrame:
    """Each indicator over the units chosen, in the order asked for, against its target and the period before; one that
    the catalogue does not have gives a row without a value.

    Columns: indicator, name, unit, direction, numerator_text, denominator_text, caveat; value, numerator, denominator,
    units (that have it); before, change; operator, target, target_document, target_class (the target that holds in the
    period), line_operator, line, line_due (one for later years); level (good | watch | bad | …, None where nothing may
    be judged), label, level_class.
    """
    single = len(scope.months) == 1 and len(scope.before) <= 1
    sides = (SIDES_OF_A_MONTH if single else SIDES_OF_MONTHS).format(units=scope.units_of("v"))
    months = (*scope.before, *scope.months)
    given = {
        "first": months[0],
        "last": months[-1],
        "months": list(months),
        "indicators": list(indicators),
        **scope.choice,
    }
    asked = con.execute(
        f"""
        with whole as (
            select indicator, sum(n) as n, sum(d) as d, sum(now::integer) as units, sum(bn) as bn, sum(bd) as bd
            from (
                select indicator, now, case when now then numerator end as n, case when now then denominator end as d,
                    case when not now then numerator end as bn, case when not now then denominator end as bd
                from ({sides}))
            group by indicator
        )
        select i.scheme, i.target_id, i.min_denominator,
            i.indicator, i.name, i.unit, i.direction, i.numerator_text, i.denominator_text, i.caveat,
            case when i.denominator is null then w.n * i.scale when w.d > 0 then w.n * i.scale / w.d end as value,
            w.n as numerator, w.d as denominator, coalesce(w.units, 0) as units,
            case when i.denominator is null then w.bn * i.scale when w.bd > 0 then w.bn * i.scale / w.bd end as before,
            value - before as change
        from indicator i left join whole w using (indicator)
        where list_contains($indicators, i.indicator)
        """,
        given if single else {**given, "now": list(scope.months)},
    )
    names = [column[0] for column in asked.description or ()]
    rows = {row[3]: dict(zip(names, row, strict=True)) for row in asked.fetchall()}
    nothing = dict.fromkeys(names)
    asked_for = [rows.get(code) or {**nothing, "indicator": code, "name": code, "units": 0} for code in indicators]
    return judged(con, scope.date_to, asked_for, names)


def history(con: DuckDBPyConnection, scope: Scope, indicators: Sequence[str]) -> pd.DataFrame:
    """Each indicator month by month until the end of the period, oldest first; a month without it is left out.

    Columns: indicator, period, value, numerator, denominator, units.
    """
    return frame(con.execute(
        f"""
        with side as (
            select v.indicator, v.period, sum(v.numerator) as numerator, sum(v.denominator) as denominator,
                count(*) as units
            from current_indicator v
            where v.period between $first and $last and list_contains($months, v.period)
              and list_contains($indicators, v.indicator) and v.numerator is not null {scope.units_of("v")}
            group by v.indicator, v.period
        )
        select s.indicator, s.period,
            case when i.denominator is null then s.numerator * i.scale
                 when s.denominator > 0 then s.numerator * i.scale / s.denominator end as value,
            s.numerator, s.denominator, s.units
        from side s join indicator i using (indicator)
        order by list_position($indicators, s.indicator), s.period
        """,
        {
            "first": scope.shown[0], "last": scope.shown[-1], "months": list(scope.shown),
            "indicators": list(indicators), **scope.choice,
        },
    ))  # fmt: skip
