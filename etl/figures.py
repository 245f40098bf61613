"""The numbers of a report that rules about the past look at, and which of them are worth looking up.

A number that follows from another (people reached by what was made) is looked at as a rate of that other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from etl.limits import Limits
from etl.report import Number, Report

Key = tuple[str, str]
"""measure and item_code."""
RateKey = tuple[str, str, str]
"""measure, the measure it follows from ("" for none) and item_code."""


class Figure(NamedTuple):
    """A number of a report beside the one it follows from."""

    place: int
    """Where it stands in the columns of the report's observations."""
    measure: str
    driver: str
    """The measure it follows from, "" for none."""
    item: str
    value: float
    by: float
    """The number it follows from; 1 for none."""

    @property
    def key(self) -> Key:
        """What it is a number of."""
        return self.measure, self.item

    @property
    def rate_key(self) -> RateKey:
        """What it is a rate of."""
        return self.measure, self.driver, self.item

    @property
    def rate(self) -> float:
        """The logarithm of the number for each of those it follows from."""
        return log(self.value / self.by)


@lru_cache(maxsize=200)
def parts(argument: str) -> tuple[str, str]:
    """A column and the column it follows from: "reach / products"."""
    column, _, driver = (part.strip() for part in argument.partition("/"))
    return column, driver


def numbers(report: Report, measure: str, items: Collection[str]) -> Sequence[Number]:
    """The numbers of a measure above 0; in some rows, all where none is named."""
    found = report.observations.above_zero(measure)
    return [each for each in found if each[1] in items] if items else found


def figures(report: Report, measure: str, items: Collection[str]) -> Iterator[Figure]:
    """The numbers of a measure above 0, each by itself."""
    for place, code, value in numbers(report, measure, items):
        yield Figure(place, measure, "", code, value, 1.0)


def worth_asking(
    report: Report, measure: str, driver: str, items: Collection[str], before: Mapping[Key, float],
    asked: Collection[Key], limits: Limits,
) -> Iterator[Figure]:  # fmt: skip
    """The numbers of a measure that can be unusual at all: none is that is near the number of the period just before,
    by itself or as a rate, nor 0 after a small one, unless that one was asked about. Most numbers of a month pass here,
    so this must be quick.
    """
    least, record = limits.unusual_least, limits.unusual_record
    drivers = report.observations.amounts_of(driver)
    for place, code, value in numbers(report, measure, items):
        last, by = before.get((measure, code), 0.0), drivers.get(code, 0.0) if driver else 1.0
        if not by:
            continue
        near = last / record <= value <= last * record or (value < least and last < least)
        if driver and not near and (was := before.get((driver, code))):
            near = last / was / record <= value / by <= last / was * record
        if not near or (measure, code) in asked:
            yield Figure(place, measure, driver, code, value, by)
    for place, code, value in report.observations.numbers_of(measure):
        if not value and (before.get((measure, code), 0.0) >= least or (measure, code) in asked):
            by = drivers.get(code, 0.0) if driver else 1.0
            if by and (not items or code in items):
                yield Figure(place, measure, driver, code, value, by)


Doubts = Mapping[str, Sequence[tuple[str, Figure]]]
"""rule_id -> the figures of a report it may doubt, each with the argument of the rule that names it."""
