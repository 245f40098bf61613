"""When reports are of and when they are due: periods cut as calendar.csv says, and how people write a period.

Nothing here knows what day it is today: the same rows and settings always give the same periods.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from etl.spelling import without_tones

if TYPE_CHECKING:
    from holidays import HolidayBase

ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Period:
    """A time that reports are of, with the moment they are due."""

    period: str
    """2026-11, 2026-Q4, 2026-H1, 2026-9M or 2026."""
    kind: str
    date_from: dt.date
    date_to: dt.date
    due_at: dt.datetime
    convention: str
    name: str


def periods(
    calendar_rows: Sequence[Mapping[str, str]],
    settings: Mapping[str, str],
    first: dt.date,
    last: dt.date,
    days_off: Sequence[Mapping[str, str]] = (),
) -> tuple[Period, ...]:
    """The periods of all kinds and conventions that end between two days, the earliest end first.

    `days_off` are the rows of holidays.csv: days that differ from the public calendar.
    """
    moves = settings.get("due_moves_to_working_day", "").lower() in ("yes", "x", "1", "true", "co")
    decided = decided_days(days_off)
    found = [
        Period(
            period=period,
            kind=row["kind"],
            date_from=day_of(end, int(row["from_month_offset"]), int(row["from_day"])),
            date_to=date_to,
            due_at=due_at(row, end, decided) if moves else stated_due(row, end),
            convention=row["convention"],
            name=row["name"].format(**parts(end)),
        )
        for row in calendar_rows
        for end in last_months(row, first.year - 1, last.year + 1)
        if first <= (date_to := day_of(end, 0, int(row["to_day"]))) <= last
        and (period := row["period"].format(**parts(end))) >= row["first"]
    ]
    return tuple(sorted(found, key=lambda each: (each.date_to, each.date_from, each.convention)))


def last_months(row: Mapping[str, str], from_year: int, to_year: int) -> Iterator[dt.date]:
    """The first day of each month that ends a period of this kind."""
    for year in range(from_year, to_year + 1):
        for month in row["last_months"].split(";"):
            yield dt.date(year, int(month), 1)


def parts(end: dt.date) -> dict[str, object]:
    """What the id and the name of a period are made of, from its last month."""
    quarter = (end.month + 2) // 3
    return {"year": end.year, "month": end.month, "quarter": quarter, "roman": ROMAN[quarter - 1]}


def day_of(month: dt.date, offset: int, day: int) -> dt.date:
    """A day of the month that lies `offset` months from this one; day 31 is the last of any month."""
    first, following = month_after(month, offset), month_after(month, offset + 1)
    return first + dt.timedelta(days=min(day, (following - first).days) - 1)


def month_after(month: dt.date, offset: int) -> dt.date:
    """The first day of the month that lies `offset` months from this one."""
    years, index = divmod(month.month - 1 + offset, 12)
    return dt.date(month.year + years, index + 1, 1)


def stated_due(row: Mapping[str, str], end: dt.date) -> dt.datetime:
    """The moment a report is due, as the calendar states it."""
    day = day_of(end, int(row["due_month_offset"]), int(row["due_day"]))
    return dt.datetime.combine(day, dt.time.fromisoformat(row["due_time"]))


def due_at(row: Mapping[str, str], end: dt.date, decided: Mapping[dt.date, bool]) -> dt.datetime:
    """The same, moved past days off."""
    due = stated_due(row, end)
    while not is_working_day(due.date(), decided):
        due += dt.timedelta(days=1)
    return due


def decided_days(rows: Sequence[Mapping[str, str]]) -> dict[dt.date, bool]:
    """Days that differ from the public calendar, and whether they are worked; the rows of holidays.csv."""
    return {dt.date.fromisoformat(row["date"]): bool(row["working"]) for row in rows}


def working_days_later(day: dt.date, days: int, decided: Mapping[dt.date, bool]) -> dt.date:
    """So many working days after a day; 0 is the day itself where it is one, else the next."""
    while days or not is_working_day(day, decided):
        day += dt.timedelta(days=1)
        days -= bool(days) and is_working_day(day, decided)
    return day


def is_working_day(day: dt.date, decided: Mapping[dt.date, bool]) -> bool:
    """Whether offices are open: as decided for that day, else by the public holidays of Viet Nam and the weekend."""
    if day in decided:
        return decided[day]
    return public_holidays().is_working_day(day)


@cache
def public_holidays() -> HolidayBase:
    """The public holidays of Viet Nam; loaded when asked for, since most worker processes never ask."""
    from holidays import country_holidays

    return country_holidays("VN")


# How officers write a period, once tones, case and look-alikes are folded away. The words are those of the language
# itself, not of a form, so they stand here and not in the catalogue.
YEAR = r"(?P<year>20\d\d)"
MONTH = r"(?P<month>1[0-2]|0?[1-9])"
OF_YEAR = r"(?:\s*[-/.,]\s*(?:nam\s+)?|\s+(?:nam\s+)?)"
WRITINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?:bao cao\s+|ky\s+|so lieu\s+)*(?:{pattern})"), period)
    for pattern, period in (
        (rf"{YEAR}[-/.]{MONTH}", "month"),
        (rf"(?:thang\s*|t\.?\s*)?{MONTH}{OF_YEAR}{YEAR}", "month"),
        # Excel turns "11/2026" and "2026-11" into the first day of the month.
        (rf"{YEAR}-{MONTH}-01|0?1/(?P<month_>1[0-2]|0?[1-9])/(?P<year_>20\d\d)", "month"),
        (rf"(?:qu[yi]|q)\s*(?P<quarter>iv|iii|ii|i|[1-4]){OF_YEAR}{YEAR}", "quarter"),
        (rf"{YEAR}[-/ ]?q(?P<quarter>[1-4])", "quarter"),
        (rf"(?:6|sau)\s*thang(?:\s+dau)?{OF_YEAR}{YEAR}|(?P<year_>20\d\d)[-/ ]?h1", "half"),
        (rf"(?:9|chin)\s*thang(?:\s+dau)?{OF_YEAR}{YEAR}|(?P<year_>20\d\d)[-/ ]?9m", "nine_months"),
        (rf"(?:ca\s+)?(?:nam\s+)?{YEAR}", "year"),
    )
)
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def parse_period(text: str) -> str | None:
    """The id of the period a text names; None where it names none, or not clearly one."""
    folded = without_tones(text).strip(" .;:")
    for pattern, kind in WRITINGS:
        if found := pattern.fullmatch(folded):
            said = {name.rstrip("_"): value for name, value in found.groupdict().items() if value}
            return period_id(kind, said)
    return None


def period_id(kind: str, said: Mapping[str, str]) -> str:
    """The id of a period from what was said of it."""
    year = said["year"]
    ids = {"half": f"{year}-H1", "nine_months": f"{year}-9M", "year": year}
    if kind == "month":
        return f"{year}-{int(said['month']):02}"
    if kind == "quarter":
        return f"{year}-Q{QUARTERS[said['quarter']]}"
    return ids[kind]


def period_before(period: str) -> str:
    """The period of the same kind that comes just before: December before January, quarter IV before quarter I."""
    year, rest = int(period[:4]), period[5:]
    if rest.isdigit() and rest != "01":
        return f"{year}-{int(rest) - 1:02}"
    if rest.startswith("Q") and rest != "Q1":
        return f"{year}-Q{int(rest[1]) - 1}"
    last = {"01": "12", "Q1": "Q4"}.get(rest, rest)
    return f"{year - 1}-{last}" if last else f"{year - 1}"
