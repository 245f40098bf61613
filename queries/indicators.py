"""Where does an indicator stand, and how did it move?

Rates are ratios of sums over the units that have both sides. A quarter or a year is built from its months: what flows
adds up, of a stock each unit's latest month counts: the last month, and what is carried forward to it. The numbers are
summed when they are loaded (etl/sql/totals.sql); names, rates and verdicts of a few indicators are put to the sums
here, in a fraction of the time that a join takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import of_rows
from queries.held import Held, held
from queries.judging import HOW, judged
from queries.scope import Scope


class Sides(NamedTuple):
    """Numerator and denominator of an indicator, summed over the units that have it, and how many those are."""

    numerator: float | None
    denominator: float | None
    units: int


NOTHING = Sides(None, None, 0)
Sums = Mapping[tuple[str, str], Sides]
"""By indicator and month; of a period of several months under the last of them."""
Known = Mapping[str, Any]
"""What the catalogue says of an indicator."""
NAMED = ("indicator", "name", "unit", "direction", "numerator_text", "denominator_text", "caveat")
KNOWN = (*NAMED, *HOW, "group_name", "scale", "kind", "kind_below", "is_rate")
CATALOGUE = f"""
    select {", ".join(KNOWN[:-2])}, coalesce(denominator_kind, kind), denominator is not null
    from indicator order by group_code, indicator
"""
STANDING = (*NAMED, "value", "numerator", "denominator", "units", "before", "change")
HISTORY = {
    "indicator": object, "period": object, "value": float, "numerator": float, "denominator": float, "units": int,
}  # fmt: skip


def course(con: DuckDBPyConnection, scope: Scope, indicators: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`standing` and `history` of the same indicators; of a month in one look at the numbers."""
    months = by_month(con, scope, indicators, scope.shown)
    of_period = months if scope.is_month else over_months(con, scope, indicators, known_of(held(con)))
    return told(con, scope, indicators, months, of_period)


def told(
    con: DuckDBPyConnection, scope: Scope, indicators: Sequence[str], months: Sums, of_period: Sums
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What `standing` and `history` say of the sums of a period and of months."""
    catalogue = held(con)
    known = known_of(catalogue)
    return stood(catalogue, scope, indicators, known, of_period), past(scope, indicators, known, months)


def standing(con: DuckDBPyConnection, scope: Scope, indicators: Sequence[str]) -> pd.DataFrame:
    """Each indicator over the units chosen, in the order asked for, against its target and the period before; one that
    the catalogue does not have gives a row without a value.

    Columns: indicator, name, unit, direction, numerator_text, denominator_text, caveat; value, numerator, denominator,
    units (that have it); before, change; operator, target, target_document, target_class (the target that holds in the
    period), line_operator, line, line_due (one for later years); level (good | watch | bad | …, None where nothing may
    be judged), label, level_class.
    """
    months = (*scope.before, *scope.months)
    catalogue = held(con)
    known = known_of(catalogue)
    sums = by_month(con, scope, indicators, months) if scope.is_month else over_months(con, scope, indicators, known)
    return stood(catalogue, scope, indicators, known, sums)


def history(con: DuckDBPyConnection, scope: Scope, indicators: Sequence[str]) -> pd.DataFrame:
    """Each indicator month by month until the end of the period, oldest first; a month without it is left out.

    Columns: indicator, period, value, numerator, denominator, units.
    """
    sums = by_month(con, scope, indicators, scope.shown)
    return past(scope, indicators, known_of(held(con)), sums)


def by_month(con: DuckDBPyConnection, scope: Scope, indicators: Sequence[str], months: Sequence[str]) -> Sums:
    """The sums of each month."""
    rows = con.execute(
        f"""
        select indicator, period, sum(numerator), sum(denominator), sum(units)::integer
        from indicator_total t
        where period between $first and $last and list_contains($months, period)
          and list_contains($indicators, indicator) {scope.chosen_in("t")}
        group by indicator, period
        """,
        {
            "first": months[0], "last": months[-1], "months": list(months), "indicators": list(indicators),
            **scope.choice,
        },
    ).fetchall()  # fmt: skip
    return {(row[0], row[1]): Sides(*row[2:]) for row in rows}


def over_months(con: DuckDBPyConnection, scope: Scope, indicators: Sequence[str], known: Mapping[str, Known]) -> Sums:
    """The sums of a period of several months, and of the one before. What grows with every month is compared only with
    what as many months gave: a quarter that runs has not fallen.
    """
    months = (*scope.before, *scope.months)
    rows = con.execute(
        f"""
        with told as (
            select indicator, period, numerator, denominator, units, true as added,
                period in ($last, $last_before) as latest
            from indicator_total t where true {scope.chosen_in("t")}
            union all
            select indicator, period, numerator, denominator, 1, false,
                period not in ($last, $last_before)
                    and coalesce(until > if(list_contains($now, period), $last, $last_before), true)
            from indicator_carried t where true {scope.chosen_in("t")}
        )
        select indicator, list_contains($now, period) as now,
            sum(numerator) filter (if(list_contains($stocks, indicator), latest, added)),
            sum(denominator) filter (if(list_contains($stocks_below, indicator), latest, added)),
            sum(units) filter (latest)::integer, bit_count(bit_or(1::bigint << list_position($months, period)))
        from told
        where period between $first and $last and list_contains($months, period)
          and list_contains($indicators, indicator)
        group by indicator, now
        """,
        {
            "first": months[0], "last": months[-1], "last_before": (scope.before or ("",))[-1], "months": list(months),
            "now": list(scope.months), "indicators": list(indicators),
            "stocks": [code for code in indicators if code in known and known[code]["kind"] == "stock"],
            "stocks_below": [code for code in indicators if code in known and known[code]["kind_below"] == "stock"],
            **scope.choice,
        },
    ).fetchall()  # fmt: skip
    given = {code: months for code, now, *_, months in rows if now}
    return {
        (code, (scope.months if now else scope.before)[-1]): Sides(*sides)
        for code, now, *sides, months in rows
        if now or not grows(known[code]) or months == given.get(code)
    }


def grows(known: Known) -> bool:
    """Whether an indicator grows with every month: a sum, or a sum over something that stands."""
    return known["kind"] == "flow" and (not known["is_rate"] or known["kind_below"] == "stock")


def known_of(catalogue: Held) -> dict[str, Known]:
    """What the catalogue says of indicators."""
    return {row[0]: dict(zip(KNOWN, row, strict=True)) for row in catalogue.rows(CATALOGUE)}


def rate(known: Known, sides: Sides) -> float | None:
    """The value of an indicator: numerator over denominator, or the numerator alone; None where there is none."""
    if sides.numerator is None or (known["is_rate"] and not (sides.denominator or 0) > 0):
        return None
    value: float = sides.numerator * known["scale"]
    return value / sides.denominator if known["is_rate"] and sides.denominator else value


def stood(
    catalogue: Held, scope: Scope, indicators: Sequence[str], known: Mapping[str, Known], sums: Sums
) -> pd.DataFrame:
    """Where indicators stand by their sums of the period and of the one before."""
    last, before = scope.months[-1], (scope.before or ("",))[-1]
    rows = [
        moved(known[code], sums.get((code, last), NOTHING), sums.get((code, before), NOTHING))
        if code in known
        else {**dict.fromkeys((*STANDING, *HOW)), "indicator": code, "name": code, "units": 0}
        for code in indicators
    ]
    return judged(catalogue, scope.date_to, rows, STANDING)


def moved(known: Known, now: Sides, was: Sides) -> Known:
    """An indicator in a period, against the period before."""
    value, before = rate(known, now), rate(known, was)
    change = None if value is None or before is None else value - before
    return {**known, **now._asdict(), "value": value, "before": before, "change": change}


def past(scope: Scope, indicators: Sequence[str], known: Mapping[str, Known], sums: Sums) -> pd.DataFrame:
    """The months of indicators by their sums."""
    rows = [
        (code, month, rate(known[code], sums[code, month]), *sums[code, month])
        for code in indicators
        for month in scope.shown
        if code in known and (code, month) in sums
    ]
    return of_rows(rows, HISTORY)
