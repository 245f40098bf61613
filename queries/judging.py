"""How an indicator's value is judged: which target holds in a period, which band of its scheme the value falls in.

Nothing here is a threshold: targets and bands are rows. A band is the first one of its scheme, in the order of the
table, whose bounds hold the value (or the value's share of the target). A scheme that is relative to a target judges
nothing in a period for which no target may colour, and nothing is judged under the least denominator.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from queries.frames import plain
from queries.held import Held


class Target(NamedTuple):
    """One row of the table target that has a number."""

    target_id: str
    indicator: str
    usage: str
    operator: str
    value: float
    due: str
    document: str
    source_class: str


class Band(NamedTuple):
    """One row of the table rating_scheme."""

    scheme: str
    level: str
    label: str
    low: float | None
    high: float | None
    relative: str | None
    source_class: str


TARGETS = """
    select target_id, indicator, usage, operator, value, due, document, source_class, valid_from, valid_to from target
"""
BANDS = "select scheme, level, label, low, high, relative, source_class from rating_scheme"


Targets = Mapping[tuple[str, str], Sequence[Target]]
"""By indicator and usage, the best sourced first."""


def targets_of(catalogue: Held, date_to: dt.date) -> Targets:
    """Targets that may colour a period that ends on a day, and those that are only a line for later years."""
    found: dict[tuple[str, str], list[Target]] = {}
    for row in catalogue.rows(TARGETS):
        target = Target(*row[:8])
        used = target.usage == "line" or (target.usage == "colour" and holds(date_to, *row[8:]))
        if used and target.indicator and target.value is not None:
            found.setdefault((target.indicator, target.usage), []).append(target)
    return {use: sorted(those, key=lambda one: (one.source_class or "", one.target_id)) for use, those in found.items()}


def holds(day: dt.date, valid_from: dt.date | None, valid_to: dt.date | None) -> bool:
    """Whether a day lies between two dates, either of which may be open."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or valid_to >= day)


def bands_of(catalogue: Held) -> list[Band]:
    """The bands of all schemes, in the order of the table."""
    return [Band(*row) for row in catalogue.rows(BANDS)]


def target_for(targets: Targets, indicator: str, usage: str, own: object) -> Target | None:
    """The target of an indicator for a use: the one it names itself, else the best sourced."""
    those = targets.get((indicator, usage), ())
    return next((target for target in those if target.target_id == own), those[0] if those else None)


def band_of(bands: Sequence[Band], scheme: str, value: float, target: Target | None) -> Band | None:
    """The first band of a scheme that holds a value."""
    for band in bands:
        if band.scheme != scheme or (band.low is None and band.high is None):
            continue
        if band.relative == "target" and not (target and target.value):
            continue
        measured = value / target.value if band.relative == "target" and target else value
        if (band.low is None or measured >= band.low) and (band.high is None or measured <= band.high):
            return band
    return None


VERDICT = (
    "operator", "target", "target_document", "target_class", "line_operator", "line", "line_due",
    "level", "label", "level_class",
)  # fmt: skip
HOW = ("scheme", "target_id", "min_denominator")
"""How an indicator is judged: needed for the verdict, of no use to who reads it."""


def judged(
    catalogue: Held, date_to: dt.date, rows: Sequence[Mapping[str, object]], names: Sequence[str]
) -> pd.DataFrame:
    """Rows of indicators and values as a frame, what HOW names left out and what VERDICT names put in.

    Takes indicator, value, denominator and what HOW names.
    """
    targets, bands = targets_of(catalogue, date_to), bands_of(catalogue)
    kept = [name for name in names if name not in HOW]
    written = [(*(row[name] for name in kept), *verdict(row, targets, bands)) for row in rows]
    return pd.DataFrame(written, columns=plain([*kept, *VERDICT]), dtype=object)


def verdict(row: Mapping[str, object], targets: Targets, bands: Sequence[Band]) -> tuple[object, ...]:
    """What VERDICT names, for one indicator."""
    indicator, own = str(row["indicator"]), row["target_id"]
    target, line = target_for(targets, indicator, "colour", own), target_for(targets, indicator, "line", own)
    value, least, made_of = (as_number(row[name]) for name in ("value", "min_denominator", "denominator"))
    enough = least is None or made_of is None or made_of >= least
    band = band_of(bands, str(row["scheme"]), value, target) if value is not None and enough else None
    return (
        *((target.operator, target.value, target.document, target.source_class) if target else (None,) * 4),
        *((line.operator, line.value, line.due) if line else (None,) * 3),
        *((band.level, band.label, band.source_class) if band else (None,) * 3),
    )


REACH = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq}


def reached(row: Mapping[str, object]) -> bool:
    """Whether a value is where its target wants it: a band may ask for care before a limit is passed."""
    value, target = as_number(row["value"]), as_number(row["target"])
    return value is not None and target is not None and REACH[str(row["operator"])](value, target)


def as_number(value: object) -> float | None:
    """A number, None for what is none."""
    return float(value) if isinstance(value, (int, float)) and value == value else None
