"""What a province shares with the nation: totals by period and indicator, how they are defined, and as of when.

No unit is named in it. It is a JSON file that anybody can read; one that comes from elsewhere is looked through before
a number of it is used.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from etl.nation_says import NOT_A_SUMMARY, TOO_LARGE
from etl.undecidable import Undecidable

FORMAT = "nq57-summary-1"
LARGEST = 20_000_000
CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
Definition = tuple[str, str | None, float, str, str | None]
"""Numerator, denominator, scale, kind, kind of the denominator."""
Owed = tuple[str, int]
"""A period, and how many units owed a report of it."""
Total = tuple[str, str, float, float | None, int]
"""Period, indicator, numerator, denominator, and the units that have both."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The totals of one authority."""

    authority: str
    made_at: dt.datetime
    loaded_at: dt.datetime
    """When the last report came into the numbers."""
    snapshot: str
    lines: int
    hash: str
    """How far the journal of the province went: what was known when the totals were made."""
    demo: bool
    definitions: Mapping[str, Definition]
    periods: tuple[Owed, ...]
    totals: tuple[Total, ...]


def written(summary: Summary) -> bytes:
    """A summary as a file."""
    told = {"format": FORMAT, **asdict(summary)}
    return json.dumps(told, ensure_ascii=False, default=dt.datetime.isoformat, indent=0).encode()


def read_summary(data: bytes) -> Summary:
    """A summary from a file. Raises Undecidable with a sentence where it is none."""
    if len(data) > LARGEST:
        raise Undecidable(TOO_LARGE)
    try:
        return summary_of(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise Undecidable(NOT_A_SUMMARY) from fault


def summary_of(told: Mapping[str, object]) -> Summary:
    """A summary from what JSON says. Raises ValueError, KeyError or TypeError where that makes no sense."""
    if told["format"] != FORMAT:
        raise ValueError(told["format"])
    definitions = told["definitions"]
    if not isinstance(definitions, dict):
        raise TypeError(definitions)
    return Summary(
        code(told["authority"]), moment(told["made_at"]), moment(told["loaded_at"]), text(told["snapshot"]),
        count(told["lines"]), text(told["hash"]), told["demo"] is True,
        {code(name): definition(*those) for name, those in definitions.items()},
        tuple((code(period), count(owed)) for period, owed in rows(told["periods"])),
        tuple(total(*row) for row in rows(told["totals"])),
    )  # fmt: skip


def rows(value: object) -> Iterable[list[object]]:
    """A list of lists."""
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise TypeError(value)
    return value


def definition(numerator: object, denominator: object, scale: object, kind: object, below: object) -> Definition:
    """How an indicator is worked out."""
    return text(numerator), text_or_none(denominator), number(scale), text(kind), text_or_none(below)


def total(period: object, indicator: object, numerator: object, denominator: object, units: object) -> Total:
    """One total."""
    below = None if denominator is None else number(denominator)
    return code(period), code(indicator), number(numerator), below, count(units)


def code(value: object) -> str:
    """A short code without anything but letters, digits and dashes."""
    if not isinstance(value, str) or not CODE.fullmatch(value):
        raise ValueError(value)
    return value


def text(value: object) -> str:
    """Text."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def text_or_none(value: object) -> str | None:
    """Text, or nothing."""
    return None if value is None else text(value)


def number(value: object) -> float:
    """A number that can be added up."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(value)
    return float(value)


def count(value: object) -> int:
    """How many there are of something."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1 << 53:
        raise ValueError(value)
    return value


def moment(value: object) -> dt.datetime:
    """A time as times are stored."""
    return dt.datetime.fromisoformat(text(value)).replace(tzinfo=None)
