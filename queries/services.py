"""Do residents use online services? By unit, with the volume beside every rate and small denominators apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import Column, arrays, frame, numbered, of_columns, of_rows
from queries.held import UNITS, Held, held
from queries.ranks import ranked
from queries.scope import Scope

FLOW = {
    "recv_total": "", "recv_online": "recv_total", "recv_full": "recv_total",
    "fee_total": "", "fee_online": "fee_total", "done_total": "", "e_result": "done_total",
}  # fmt: skip
"""The way of the dossiers: each count, and the count it is a part of."""
MEASURED = """
    select indicator, scale, coalesce(min_denominator, 1), if(direction = 'down', -1, 1), kind,
        coalesce(denominator_kind, kind)
    from indicator
"""


class Measured(NamedTuple):
    """How an indicator is measured: `best` is 1 where more is better, -1 where less is."""

    scale: float = 1
    least: float = 1
    """The least denominator that says something."""
    best: int = 1
    kind: str = "flow"
    kind_below: str = "flow"


def by_unit(con: DuckDBPyConnection, scope: Scope, indicator: str = "DV01") -> pd.DataFrame:
    """One indicator, unit by unit, lowest first; units under the least denominator last and without a rank. Of several
    months what flows adds up, and of a stock each unit's latest counts.

    Columns: unit_code, unit, kind, numerator, denominator, value, before, change, year_before, least, small
    (denominator under the least), place (rank inside the kind, equal values share it; NaN where small), peers (ranked
    units of the kind). An indicator that the catalogue does not have gives no rows.
    """
    catalogue = held(con)
    measured = how_measured(catalogue, indicator)
    units = scope.chosen(catalogue.rows(UNITS))
    periods = (scope.months, scope.before, [f"{int(month[:4]) - 1}{month[4:]}" for month in scope.months])
    by_month = sides(con, indicator, list(dict.fromkeys(chain(*periods))), [unit[0] for unit in units])
    numerators, denominators = over_months(by_month, periods, measured)
    values = measured.scale * numerators / np.where(denominators == 0, np.nan, denominators)
    small = ~(denominators[0] >= measured.least)
    order = np.lexsort((values[0], small))
    shown = order[~np.isnan(numerators[0][order])]
    codes, names, kinds, _ = np.array(units, object).reshape(-1, 4)[shown].T
    value, was, year_before = values[:, shown]
    return ranked(of_columns({
        "unit_code": codes, "unit": names, "kind": kinds, "numerator": numerators[0][shown],
        "denominator": denominators[0][shown], "value": value, "before": was, "change": value - was,
        "year_before": year_before, "least": np.full(len(shown), measured.least), "small": small[shown],
    }), measured.best)  # fmt: skip


def sides(
    con: DuckDBPyConnection, indicator: str, months: Sequence[str], units: Sequence[str]
) -> Mapping[str, tuple[Column, Column]]:
    """Numerators and denominators of an indicator by month, each a column of the units, NaN where there is none."""
    given = {f"month{row}": month for row, month in enumerate(months)}
    rows = " ".join(f"when $month{row} then {row}" for row in range(len(months)))
    statement = f"""
        select case period {rows} end as row, unit_code, numerator, denominator from current_indicator
        where period in ({", ".join(f"${name}" for name in given)}) and indicator = $indicator
    """
    asked = arrays(con.execute(statement, {**given, "indicator": indicator}))
    column = numbered(asked["unit_code"], units)
    chosen = column >= 0
    both = np.full((len(months), 2, len(units)), np.nan)
    for side, name in enumerate(("numerator", "denominator")):
        both[asked["row"][chosen], side, column[chosen]] = asked[name][chosen]
    both[:, 1][np.isnan(both[:, 0])] = np.nan
    return {month: (top, under) for month, (top, under) in zip(months, both, strict=True)}


def over_months(
    by_month: Mapping[str, tuple[Column, Column]], periods: Sequence[Sequence[str]], measured: Measured
) -> tuple[Column, Column]:
    """The sides over the months of each period, a row a period. What grows with every month is NaN where a unit gave
    another number of months than in the first period: it cannot be compared.
    """
    width = len(next(iter(by_month.values()))[0])
    nothing = (np.full(width, np.nan),) * 2
    tops, unders, gave = [], [], []
    for months in periods:
        top, under = (np.vstack(side) for side in zip(nothing, *(by_month[month] for month in months), strict=True))
        tops.append(together(top, measured.kind))
        unders.append(together(under, measured.kind_below))
        gave.append((~np.isnan(top)).sum(axis=0))
    numerators = np.vstack(tops)
    if measured.kind == "flow" and measured.kind_below == "stock":
        numerators[np.vstack(gave) != gave[0]] = np.nan
    return numerators, np.vstack(unders)


def together(rows: Column, kind: str) -> Column:
    """What months give, oldest first: the sum of what flows, the latest of a stock; NaN where none gives any."""
    known = ~np.isnan(rows)
    if kind == "stock":
        latest = len(rows) - 1 - np.argmax(known[::-1], axis=0)
        found: Column = rows[latest, np.arange(rows.shape[1])]
        return found
    return np.where(known.any(axis=0), np.nansum(rows, axis=0), np.nan)


def how_measured(catalogue: Held, indicator: str) -> Measured:
    """How the catalogue says an indicator is measured."""
    rows = catalogue.rows(MEASURED)
    return next((Measured(*how) for code, *how in rows if code == indicator), Measured())


def flow(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """The way of the dossiers over the months of the period: each count, and its share of the count it is a part of.

    Columns: measure, value, part_of, share (None where it is part of none), units (that gave it).
    """
    rows = con.execute(
        f"""
        select measure, sum(value) as value, count(distinct unit_code) as units
        from current_measure m
        where period between $first and $last and list_contains($months, period) and item_code = 'TONG'
          and list_contains($measures, measure) {scope.units_of("m")}
        group by measure
        """,
        {
            "first": scope.months[0], "last": scope.months[-1], "months": list(scope.months), "measures": list(FLOW),
            **scope.choice,
        },
    ).fetchall()  # fmt: skip
    sums = {measure: (value, units) for measure, value, units in rows}
    written = [
        (measure, sums[measure][0], whole or None, share_of(sums, measure, whole), sums[measure][1])
        for measure, whole in FLOW.items()
        if measure in sums
    ]
    return of_rows(written, {"measure": object, "value": float, "part_of": object, "share": float, "units": int})


def share_of(sums: Mapping[str, tuple[float, int]], measure: str, whole: str) -> float | None:
    """A count as a share of the count it is a part of, None where there is none."""
    return 100 * sums[measure][0] / sums[whole][0] if whole in sums and sums[whole][0] else None


FLOWS = ("recv_online", "recv_direct_post", "done_early", "done_ontime", "done_late")
OPENING, CLOSING = ("carried_in",), ("open_intime", "open_late")
APART = ("recv_direct", "recv_post")


def dossiers(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """The dossiers of every unit over the months of a period, in the columns of form 06/VPCP/KSTT: what flows adds up,
    the opening balance is that of the first month, the closing balance that of the last. Only units that gave them all.
    What is filed directly and what comes by post stands apart in one form and together in another: counted once.

    Columns: unit_code, unit, recv_all, recv_online, recv_direct_post, carried_in, done_total, done_early, done_ontime,
    done_late, open_total, open_intime, open_late.
    """
    wanted = [*FLOWS, *OPENING, *CLOSING, *APART]
    given = ", ".join(f"max(value) filter (measure = '{each}') as {each}" for each in wanted)
    return frame(
        con.execute(
            f"""
            with given as (
                select unit_code, period, {given}
                from current_measure m
                where period between $first and $last and list_contains($months, period) and item_code = 'TONG'
                  and list_contains($wanted, measure) {scope.units_of("m")}
                group by unit_code, period
            ),
            apart as (
                select * replace (
                    case when recv_direct is null and recv_post is null then recv_direct_post
                         else coalesce(recv_direct, 0) + coalesce(recv_post, 0) end as recv_direct_post)
                from given
            ),
            wide as (
                select unit_code, {", ".join(f"sum({each}) as {each}" for each in FLOWS)},
                    {", ".join(f"arg_min({each}, period) as {each}" for each in OPENING)},
                    {", ".join(f"arg_max({each}, period) as {each}" for each in CLOSING)}
                from apart group by unit_code
            )
            select w.unit_code, u.full_name as unit, recv_online + recv_direct_post + carried_in as recv_all,
                recv_online, recv_direct_post, carried_in, done_early + done_ontime + done_late as done_total,
                done_early, done_ontime, done_late, open_intime + open_late as open_total, open_intime, open_late
            from wide w join unit u using (unit_code)
            where recv_all is not null and done_total is not null and open_total is not null
            order by u.kind, u.name collate vi, w.unit_code
            """,
            {
                "first": scope.months[0], "last": scope.months[-1], "months": list(scope.months), "wanted": wanted,
                **scope.choice,
            },
        )
    )  # fmt: skip
