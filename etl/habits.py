"""What is usual for a number: by the unit's own past, else among units of its kind.

A number is compared on a log scale. What is usual is the median of the periods before and the median distance from it
(MAD), which a mistake in the past hardly moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from statistics import median
from typing import NamedTuple

import duckdb

from etl.figures import RateKey, figures
from etl.limits import Limits
from etl.report import Report


class Habit(NamedTuple):
    """What is usual for a number, or for its rate of another; logarithms."""

    times: int
    """How many periods, or units, it is known of."""
    middle: float
    spread: float
    least: float
    most: float
    """The furthest on each side is left out of these, as it may have been a mistake."""
    so_far: float = 0.0
    """The sum of the year's periods before."""
    months: int = 0
    """How many they were."""
    last: tuple[float, ...] = ()
    """The numbers of the periods just before, latest first, as far as they follow each other in the year."""
    gaps: int = 0
    """In how many periods the unit reported, but no such number above 0."""

    def unusual(self, rate: float, limits: Limits) -> bool:
        """Whether a rate (its logarithm) is far off what is usual."""
        return self.far_below(rate, limits) or rate > max(
            self.middle + self.width(limits), self.most + log(limits.unusual_record)
        )

    def far_below(self, rate: float, limits: Limits) -> bool:
        """Whether a rate is far below what is usual."""
        return rate < min(self.middle - self.width(limits), self.least - log(limits.unusual_record))

    def width(self, limits: Limits) -> float:
        """How far from the middle is still usual."""
        return max(limits.unusual_spread * TO_DEVIATION * self.spread, log(limits.unusual_times))

    def forbids_zero(self, by: float, limits: Limits) -> bool:
        """Whether 0 is unusual: there was nearly always a number (one gap may have been a mistake), and so great a
        one that even the least that is asked about would be far too little.
        """
        return self.gaps <= 1 and self.far_below(log(max(limits.unusual_least, 1) / by), limits)


TO_DEVIATION = 1.4826
"""MAD times this is the standard deviation where numbers spread evenly around the median."""


Asked = tuple[str, str, str, str]
"""unit_code, measure, measure it follows from ("" for none), item_code."""


def own_habits(
    con: duckdb.DuckDBPyConnection, form_id: str, period: str, before: Sequence[str], asked: Sequence[Asked]
) -> dict[str, dict[RateKey, Habit]]:
    """What was usual for numbers of units in the periods before, latest first."""
    found: dict[str, dict[RateKey, Habit]] = {}
    if not asked:
        return found
    units, measures, drivers, items = (list(column) for column in zip(*asked, strict=True))
    year = [each for each in before if each[:4] == period[:4]]
    given = {
        "form": form_id, "periods": list(before), "units": units, "measures": measures, "drivers": drivers,
        "items": items,
    }  # fmt: skip
    for unit, measure, driver, item, times, *habit, gaps, numbers in con.execute(OWN, given).fetchall():
        of_year = tuple(numbers.get(each, 0.0) for each in year)
        middle, spread, least, most = habit
        known = Habit(times, middle, spread, least, most, sum(of_year), sum(map(bool, of_year)), of_year, gaps)
        found.setdefault(unit, {})[measure, driver, item] = known
    return found


RATES = """
    with looked_at as materialized (
        select submission_id, measure, item_code, value
        from observation
        where submission_id in (select submission_id from past) and value > 0 and theme_code is null
          and measure in (select measure from asked union select driver from asked)
    )
    select a.unit_code, s.period, a.measure, a.driver, a.item_code, n.value, ln(n.value / coalesce(d.value, 1)) as rate
    from asked a
    join past s using (unit_code)
    join looked_at n on n.submission_id = s.submission_id and n.measure = a.measure and n.item_code = a.item_code
    left join looked_at d on d.submission_id = s.submission_id and d.measure = a.driver and d.item_code = a.item_code
    where a.driver = '' or d.value > 0
"""
OWN = f"""
    with asked as (
        select unnest($units) as unit_code, unnest($measures) as measure, unnest($drivers) as driver,
            unnest($items) as item_code
    ),
    past as (
        select submission_id, unit_code, period
        from current_submission
        where form_id = $form and list_contains($periods, period) and unit_code in (select unit_code from asked)
    ),
    rates as ({RATES})
    select
        unit_code, measure, driver, item_code, count(*), median(rate), mad(rate),
        list_max(min(rate, 2)), list_min(max(rate, 2)), any_value(reports) - count(*),
        map_from_entries(list((period, value)))
    from rates join (select unit_code, count(*) as reports from past group by unit_code) using (unit_code)
    group by unit_code, measure, driver, item_code
"""
"""Numbers are looked up for the few that are asked about; all of a year's would cost as much as all the rest."""


def peer_habits(
    con: duckdb.DuckDBPyConnection, form_id: str, period: str, before: str, asked: Sequence[Asked]
) -> dict[str, dict[RateKey, Habit]]:
    """What is usual among units of a kind: in the period so far, else in the one before."""
    wanted = sorted({(measure, driver, item) for _, measure, driver, item in asked})
    units = sorted({unit for unit, *_ in asked})
    found: dict[str, dict[RateKey, Habit]] = {}
    if not wanted:
        return found
    measures, drivers, items = (list(column) for column in zip(*wanted, strict=True))
    given = {"form": form_id, "period": period, "before": before, "units": units, "measures": measures,
             "drivers": drivers, "items": items}  # fmt: skip
    for kind, measure, driver, item, *habit in con.execute(PEERS, given).fetchall():
        found.setdefault(kind, {})[measure, driver, item] = Habit(*habit)
    return found


PEERS = f"""
    with past as (
        select s.submission_id, s.unit_code, s.period
        from current_submission s
        where s.form_id = $form
          and (s.period = $before or (s.period = $period and not list_contains($units, s.unit_code)))
    ),
    asked as (
        select unit_code, measure, driver, item_code
        from (select unnest($measures) as measure, unnest($drivers) as driver, unnest($items) as item_code),
            (select distinct unit_code from past)
    ),
    rates as ({RATES})
    select u.kind, measure, driver, item_code, count(*), median(rate), mad(rate),
        list_max(min(rate, 2)), list_min(max(rate, 2))
    from rates join unit u using (unit_code)
    group by all
"""


def among(reports: Sequence[tuple[str, Report]], asked: Sequence[Asked]) -> dict[str, dict[RateKey, Habit]]:
    """What is usual among reports of a kind that came together: in the first period there is nothing else."""
    wanted = {(measure, driver): set[str]() for _, measure, driver, _ in asked}
    for _, measure, driver, item in asked:
        wanted[measure, driver].add(item)
    rates: dict[str, dict[RateKey, list[float]]] = {}
    for kind, report in reports:
        for (measure, driver), items in wanted.items():
            for one in figures(report, measure, driver, items):
                rates.setdefault(kind, {}).setdefault(one.rate_key, []).append(one.rate)
    return {kind: {key: habit_of(sorted(some)) for key, some in those.items()} for kind, those in rates.items()}


def habit_of(rates: Sequence[float]) -> Habit:
    """The habit of some rates in order."""
    middle = median(rates)
    inner = rates[1:-1] or rates
    return Habit(len(rates), middle, median(abs(rate - middle) for rate in rates), inner[0], inner[-1])


def usual_numbers(habit: Habit, by: float) -> tuple[float, float]:
    """From what to what a number usually is, for what it follows from."""
    return round(exp(habit.least) * by), round(exp(habit.most) * by)
