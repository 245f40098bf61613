"""What a cell holds, read as a number, date, yes/no or text, as Vietnamese officers write them."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from etl.spelling import clean, fold

PLAIN = re.compile(r"-?\d+")
DOTTED_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+")
SPACED_THOUSANDS = re.compile(r"-?\d{1,3}( \d{3})+")
COMMA_DECIMAL = re.compile(r"-?\d+,\d+")
DOTTED_COMMA_DECIMAL = re.compile(r"-?\d{1,3}(\.\d{3})+,\d+")
POINT_DECIMAL = re.compile(r"-?\d+\.\d+")
ENGLISH_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
SCANNED_DIGIT = re.compile(r"^(?=.*\d)(?=.*[a-zA-ZÀ-ỹ])[0-9a-zA-ZÀ-ỹ.,]+$")

NUMERIC_DATE = re.compile(r"(?:ngày )?(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{2}|\d{4})")
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]00:00(?::00)?)?")
WORDED_DATE = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
EXCEL_EPOCH = dt.date(1899, 12, 30)
PLAUSIBLE_SERIALS = range(40_000, 60_000)


class Reading(NamedTuple):
    """A value as understood; `fault` names what is wrong with the writing, `readings` what it may have meant."""

    value: object = None
    fault: str = ""
    readings: tuple[str, ...] = ()


def whole_number(text: str) -> Reading:
    """A count written as text: 1.234 is 1234; 1,234 and 12.5 could mean two things and are asked about."""
    text = clean(text).replace("−", "-")
    if PLAIN.fullmatch(text) or DOTTED_THOUSANDS.fullmatch(text) or SPACED_THOUSANDS.fullmatch(text):
        return Reading(float(text.replace(".", "").replace(" ", "")), "text_number")
    if ENGLISH_THOUSANDS.fullmatch(text):
        return Reading(None, "number_ambiguous", (text.split(".")[0].replace(",", ""), text))
    if POINT_DECIMAL.fullmatch(text):
        return Reading(None, "number_ambiguous", (text.replace(".", ""), text.replace(".", ",")))
    if COMMA_DECIMAL.fullmatch(text) or DOTTED_COMMA_DECIMAL.fullmatch(text):
        return Reading(None, "not_whole")
    return Reading(None, "digits_in_word" if SCANNED_DIGIT.match(text) else "not_a_number")


def decimal_number(text: str) -> Reading:
    """A measure written as text: 12,5 and 1.234,56 are read; 2.450 could mean two things and is asked about."""
    text = clean(text).replace("−", "-")
    if PLAIN.fullmatch(text) or SPACED_THOUSANDS.fullmatch(text):
        return Reading(float(text.replace(" ", "")), "text_number")
    if ENGLISH_THOUSANDS.fullmatch(text):
        return Reading(None, "number_ambiguous", (text.replace(",", "").replace(".", ","), text))
    if COMMA_DECIMAL.fullmatch(text) or DOTTED_COMMA_DECIMAL.fullmatch(text):
        return Reading(float(text.replace(".", "").replace(",", ".")), "text_number")
    if DOTTED_THOUSANDS.fullmatch(text):
        return Reading(None, "number_ambiguous", (text.replace(".", ""), text.replace(".", ",")))
    if POINT_DECIMAL.fullmatch(text):
        return Reading(float(text), "point_decimal")
    return Reading(None, "digits_in_word" if SCANNED_DIGIT.match(text) else "not_a_number")


def percentage(text: str) -> Reading:
    """A percentage written as text, with or without its sign: 98,5% is 98.5."""
    bare = clean(text).removesuffix("%").strip()
    if re.fullmatch(r"\d{1,3}\.\d{3}", bare):
        return Reading(None, "number_ambiguous", (bare.replace(".", ","), bare.replace(".", "")))
    return decimal_number(bare)


def date(value: object) -> Reading:
    """A date, from a date cell or from text with the day first; a bare number is asked about, never guessed."""
    if isinstance(value, dt.datetime):
        return Reading(value.date())
    if isinstance(value, dt.date):
        return Reading(value)
    if isinstance(value, float):
        if value in PLAUSIBLE_SERIALS:
            meant = EXCEL_EPOCH + dt.timedelta(days=int(value))
            return Reading(None, "date_as_number", (f"{meant:%d/%m/%Y}",))
        return Reading(None, "bad_date")
    return date_of_text(fold(str(value)))


def date_of_text(text: str) -> Reading:
    """A date written as text: 20/11/2026, 20-11-2026, 2026-11-20, ngày 20 tháng 11 năm 2026."""
    if found := NUMERIC_DATE.fullmatch(text):
        day, month, year = found.groups()
        if len(year) == 2:
            return Reading(None, "short_year")
    elif found := ISO_DATE.fullmatch(text):
        year, month, day = found.groups()
    elif found := WORDED_DATE.fullmatch(text):
        day, month, year = found.groups()
    else:
        return Reading(None, "bad_date")
    try:
        return Reading(dt.date(int(year), int(month), int(day)), "text_date")
    except ValueError:
        return Reading(None, "no_such_date")


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
