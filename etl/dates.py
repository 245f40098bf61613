"""Dates as Vietnamese officers write them: the day first, always; what is no day is asked about, never guessed."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from etl.spelling import fold
from etl.values import Reading

SEPARATED = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
WORDED = re.compile(
    r"(\d{1,2}) tháng (\d{1,2})(?:\s*,?\s*năm\s*|\s*,\s*| )(\d{4})|(\d{1,2})\s*/\s*(\d{1,2}),? năm (\d{4})"
)
YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})")
ENGLISH_MONTH = re.compile(r"(\d{1,2})[- ]([a-z]{3})[a-z]*[- ,]+(\d{4}|\d{2})")
MIDNIGHT = re.compile(r"[ t,]+\d{1,2}(?::|h| giờ)\d{2}(?::\d{2}(?:\.\d+)?)?z?$")
WEEKDAY = r"(?:thứ [a-zà-ỹ]+|chủ nhật),? ?(?:ngày)?"
DUE = "trước|đến|hết|xong|vào"
BEFORE = re.compile(rf"^(?:(?:{DUE})? ?ngày|(?:{DUE})(?= \d+(?:\s*[/.-]\s*\d+){{2}})|{WEEKDAY})\s+")
MONTH = re.compile(r"(?:(?:trong |cuối |hết |đầu )?(?:tháng|t) ?)?(\d{1,2})(?:\s*[/.\-]\s*| năm )(\d{4})")
YEAR = re.compile(r"(?:(?:trong|cuối|hết|cả|đến) )?(?:năm )?(20\d\d)")
NO_YEAR = re.compile(r"(?:ngày )?(\d{1,2})(?:\s*[/.\-]\s*| tháng )(\d{1,2})")
SERIAL = re.compile(r"[45]\d{4}")
A_DATE = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}(?:\s*[/.\-]\s*\d{2,4})?")
SPAN = re.compile(r"^từ .*(?:đến|tới) |\d\s*-\s*\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{4}$|(?:\d|tháng|quý).*\bđến\b.*\d")
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
EPOCH = dt.date(1899, 12, 30)
PLAUSIBLE_SERIALS = range(40_000, 60_000)
PLAUSIBLE_YEARS = range(2000, 2101)


def date(value: object) -> Reading:
    """A date, from a date cell or from text with the day first; a bare number is asked about, never guessed."""
    if isinstance(value, dt.datetime):
        return plausible(value.date(), "")
    if isinstance(value, dt.date):
        return plausible(value, "")
    if isinstance(value, float):
        return of_number(value)
    return of_text(fold(str(value)).strip(" '.;"))


def plausible(day: dt.date, fault: str) -> Reading:
    """A day, unless it is in a year that no report can mean."""
    return Reading(day, fault) if day.year in PLAUSIBLE_YEARS else Reading(None, "date_far", (str(day.year),))


def of_number(value: float) -> Reading:
    """A number where a date should be: the day Excel keeps under it, a year, or nothing."""
    if int(value) in PLAUSIBLE_SERIALS:
        return Reading(None, "date_as_number", (f"{EPOCH + dt.timedelta(days=int(value)):%d/%m/%Y}",))
    return of_text(str(int(value))) if value in PLAUSIBLE_YEARS else Reading(None, "bad_date")


def of_text(text: str) -> Reading:
    """A date written as text: 20/11/2026, 20-11-2026, 2026-11-20, ngày 20 tháng 11 năm 2026."""
    text = BEFORE.sub("", MIDNIGHT.sub("", text))
    if found := SEPARATED.fullmatch(text):
        day, month, year = map(int, found.groups())
        return made(year, month, day) if len(found[3]) == 4 else short(day, month, year)
    if found := YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
        return made(year, month, day)
    if found := WORDED.fullmatch(text):
        day, month, year = (int(part) for part in found.groups() if part)
        return made(year, month, day)
    if (found := ENGLISH_MONTH.fullmatch(text)) and found[2] in MONTHS:
        day, year = int(found[1]), int(found[3])
        return made(year, MONTHS[found[2]], day) if year > 99 else short(day, MONTHS[found[2]], year)
    return incomplete(text)


def made(year: int, month: int, day: int) -> Reading:
    """The day that was written, or why there is none: 31/02, or the month before the day."""
    try:
        return plausible(dt.date(year, month, day), "text_date")
    except ValueError:
        if month > 12 >= day and month <= calendar.monthrange(max(1, year), day)[1]:
            return Reading(None, "date_swapped", (f"{month:02}/{day:02}/{year}",))
        return Reading(None, "no_such_date")


def short(day: int, month: int, year: int) -> Reading:
    """A date whose year has two digits: said with the date it would be."""
    whole = made(2000 + year, month, day)
    return whole if whole.value is None else Reading(None, "short_year", (f"{day:02}/{month:02}/{2000 + year}",))


def incomplete(text: str) -> Reading:
    """What is no day: only a month or a year, a day without its year, several days, a number, words."""
    if SERIAL.fullmatch(text):
        return of_number(float(text))
    if (found := MONTH.fullmatch(text)) and 1 <= int(found[1]) <= 12:
        month, year = int(found[1]), int(found[2])
        return Reading(None, "date_without_day", (f"{calendar.monthrange(year, month)[1]:02}/{month:02}/{year}",))
    if found := YEAR.fullmatch(text):
        return Reading(None, "date_without_day", (f"31/12/{found[1]}",))
    if NO_YEAR.fullmatch(text):
        return Reading(None, "date_without_year")
    if len(A_DATE.findall(text)) > 1 or SPAN.search(text):
        return Reading(None, "several_dates")
    return Reading(None, "date_words" if any(map(str.isalpha, text)) else "bad_date")
