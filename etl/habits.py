"""What is usual for a number: by the unit's own past, else among units of its kind.

A number is compared on a log scale. What is usual is the median of the periods before and the median distance from it
(MAD), which a mistake in the past hardly moves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log
from statistics import median
from typing import NamedTuple

import duckdb

from etl.figures import RateKey
from etl.limits import Limits
from etl.rates import Asked, Past, Rate, Rates, Recent, rates_in, rates_of
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


def own_habits(
    con: duckdb.DuckDBPyConnection, recent: Recent, past: Sequence[Past], year: Sequence[str], asked: Sequence[Asked]
) -> dict[str, dict[RateKey, Habit]]:
    """What was usual for numbers of units; `year`: the periods of the year before this one, latest first."""
    reports = Counter(each.whose for each in past)
    return {
        unit: {key: own_habit(some, year, reports[unit]) for key, some in those.items()}
        for unit, those in rates_of(con, recent, past, asked).items()
    }


def own_habit(rates: Sequence[Rate], year: Sequence[str], reports: int) -> Habit:
    """The habit of a unit that sent so many reports."""
    numbers = {each.period: each.value for each in rates}
    last = tuple(numbers.get(each, 0.0) for each in year)
    return habit_of(each.rate for each in rates)._replace(
        so_far=sum(last), months=sum(map(bool, last)), last=last, gaps=reports - len(rates)
    )


def peer_habits(
    con: duckdb.DuckDBPyConnection, recent: Recent, form_id: str, period: str, before: str, asked: Sequence[Asked],
    kinds: Mapping[str, str],
) -> dict[str, dict[RateKey, Habit]]:  # fmt: skip
    """What is usual among units of a kind: in the period so far and in the one before; `kinds`: by unit_code."""
    if not asked:
        return {}
    given = {"form": form_id, "period": period, "before": before, "units": sorted({unit for unit, *_ in asked})}
    past = [Past(*row) for row in con.execute(PEERS, given).fetchall()]
    return usual(rates_of(con, recent, past, of_kinds(asked, kinds)))


PEERS = """
    select s.submission_id, u.kind, s.period
    from current_submission s
    join unit u using (unit_code)
    where s.form_id = $form and (s.period = $before or (s.period = $period and not list_contains($units, s.unit_code)))
"""


def among(
    reports: Sequence[Report], asked: Sequence[Asked], kinds: Mapping[str, str]
) -> dict[str, dict[RateKey, Habit]]:
    """What is usual among reports of a kind that came together: in the first period there is nothing else."""
    return usual(rates_in([(kinds[each.unit_code], each) for each in reports], of_kinds(asked, kinds)))


def of_kinds(asked: Sequence[Asked], kinds: Mapping[str, str]) -> Sequence[Asked]:
    """What is asked of units, asked of all of their kind."""
    return sorted({(kinds[unit], measure, driver, item) for unit, measure, driver, item in asked})


def usual(rates: Rates) -> dict[str, dict[RateKey, Habit]]:
    """What is usual for each number."""
    return {
        whose: {key: habit_of(each.rate for each in some) for key, some in those.items()}
        for whose, those in rates.items()
    }


def habit_of(rates: Iterable[float]) -> Habit:
    """The habit of some rates."""
    ordered = sorted(rates)
    middle = median(ordered)
    inner = ordered[1:-1] or ordered
    return Habit(len(ordered), middle, median(abs(rate - middle) for rate in ordered), inner[0], inner[-1])


def usual_numbers(habit: Habit, by: float) -> tuple[float, float]:
    """From what to what a number usually is, for what it follows from."""
    return round(exp(habit.least) * by), round(exp(habit.most) * by)
