"""What a cell holds, as it is read: the value, what is wrong with the writing, and what it may have meant."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from etl.spelling import clean


class Reading(NamedTuple):
    """A value as understood; `fault` names what is wrong with the writing, `readings` what it may have meant."""

    value: object = None
    fault: str = ""
    readings: tuple[str, ...] = ()


class Unread:
    """What stands in the place of a value that is there but could not be read: neither blank nor known."""

    def __str__(self) -> str:
        return "—"


UNREAD: Final = Unread()


def text(value: object) -> str:
    """A cell as clean text; whole numbers without a decimal point, dates with the day first."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return "CO" if value else "KHONG"
    return "" if value is None else str(value)
