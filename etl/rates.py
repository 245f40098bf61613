"""What numbers came to in reports of before: read in those still in memory, asked of the warehouse for all others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import log
from typing import NamedTuple

import duckdb

from etl.figures import RateKey
from etl.report import Report

Recent = Mapping[int, Report]
"""Reports by submission_id that were stored a moment ago: rows that were just put in take long to ask for."""
Asked = tuple[str, str, str, str]
"""Whose past, measure, measure it follows from ("" for none), item_code."""


class Past(NamedTuple):
    """A submission of before."""

    submission_id: int
    whose: str
    """A unit's past or, taken together, that of all units of a kind."""
    period: str


class Rate(NamedTuple):
    """What a number came to in a period, and the logarithm of that for each of those it follows from."""

    period: str
    value: float
    rate: float


Rates = dict[str, dict[RateKey, list[Rate]]]
"""By whose past they are of."""


def rates_of(con: duckdb.DuckDBPyConnection, recent: Recent, past: Collection[Past], asked: Collection[Asked]) -> Rates:
    """What numbers came to in the past."""
    found = rates_in([(each.whose, recent[each.submission_id]) for each in past if each.submission_id in recent], asked)
    askers = {whose for whose, *_ in asked}
    others = [each for each in past if each.submission_id not in recent and each.whose in askers]
    if others:
        names = ("submissions", "past_of", "periods", "whose", "measures", "drivers", "items")
        columns = map(list, (*zip(*others, strict=True), *zip(*asked, strict=True)))
        for whose, period, *key, value, by in con.execute(RATES, dict(zip(names, columns, strict=True))).fetchall():
            rates = found.setdefault(whose, {}).setdefault((key[0], key[1], key[2]), [])
            rates.append(Rate(period, value, log(value / by)))
    return found


def rates_in(reports: Iterable[tuple[str, Report]], asked: Iterable[Asked]) -> Rates:
    """What numbers came to in reports, each given with whose past it is of."""
    wanted: dict[str, dict[tuple[str, str], set[str]]] = {}
    for whose, measure, driver, item in asked:
        wanted.setdefault(whose, {}).setdefault((measure, driver), set()).add(item)
    found: Rates = {}
    for whose, report in reports:
        for (measure, driver), items in wanted.get(whose, {}).items():
            values, drivers = report.observations.amounts_of(measure), report.observations.amounts_of(driver)
            for item in items:
                value, by = values.get(item), drivers.get(item) if driver else 1.0
                if value and by:
                    rates = found.setdefault(whose, {}).setdefault((measure, driver, item), [])
                    rates.append(Rate(report.period, value, log(value / by)))
    return found


RATES = """
    with past as (
        select unnest($submissions) as submission_id, unnest($past_of) as whose, unnest($periods) as period
    ),
    asked as (
        select unnest($whose) as whose, unnest($measures) as measure, unnest($drivers) as driver,
            unnest($items) as item_code
    ),
    looked_at as materialized (
        select submission_id, measure, item_code, value
        from observation
        where submission_id in (select submission_id from past) and value > 0 and theme_code is null
          and measure in (select measure from asked union select driver from asked)
    )
    select s.whose, s.period, a.measure, a.driver, a.item_code, n.value, coalesce(d.value, 1)
    from asked a
    join past s using (whose)
    join looked_at n on n.submission_id = s.submission_id and n.measure = a.measure and n.item_code = a.item_code
    left join looked_at d on d.submission_id = s.submission_id and d.measure = a.driver and d.item_code = a.item_code
    where a.driver = '' or d.value > 0
"""
"""Numbers are looked up for the few that are asked about; all of a year's would cost as much as all the rest."""
