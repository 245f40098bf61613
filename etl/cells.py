"""One cell, read by what its column takes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from math import isfinite
from typing import Final

from etl import dates, numbers, values
from etl.column import COUNTED, ColumnPlan
from etl.faults import ERROR, FAULTS
from etl.findings import Figure, Finding, did_you_mean, either, finding, not_after, not_before, shown
from etl.personal import LINK, personal_in, veiled
from etl.spelling import clean, fold, without_tones
from etl.values import Reading


class NotApplicable:
    """What KAD ("không áp dụng") is read as: an answer, but neither a number nor zero."""

    def __str__(self) -> str:
        return "KAD"


KAD: Final = NotApplicable()
BLANK = Reading()

LONGEST_TEXT = 2_000
NEARLY = 1e-6
AS_SHOWN = 1e-12
"""Excel shows fifteen digits: what a formula leaves beyond them nobody sees."""
LEGACY = re.compile(
    r"[äåæçëîïðñöøûüþÿßÄÅÆÇËÎÏÑÖØÛÜÞµ¸¶·¹®¬¦¨©§]|(?<=[a-zà-ỹ])[ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ]|[ae][áàâãùéèê](?=[a-zà-ỹ]|\b)"
)
"""Signs that letters of TCVN3 and VNI turn into where their font is gone: no Vietnamese word has them."""
LEGACY_SIGNS = 4
NUMBERED = re.compile(r"(?:nhóm(?: nhiệm vụ)?|mục|số)?\s*0*(\d{1,2})[.)]?")
"""The number of a choice, as "Nhóm 1" or "1." """
LONGEST_QUOTE = 120
READ_ALL_THE_SAME = frozenset(
    ("text_number", "point_decimal", "text_date", "number_unit", "says_nothing", "percent_cell")
)
REMEMBERED = 20_000
"""Texts, dates and numbers a column remembers."""
REMEMBERABLE = frozenset((str, dt.date, dt.datetime))
"""What is read alike wherever it stands; how a number is meant may depend on its cell."""
ZERO = re.compile(r"(?<![\d.,])0(?![.,]*\d)")
AROUND = re.compile(r"[-()\[\]:;.,\s]+")
"""What stands around words that say nothing happened: "0 (không phát sinh)", "Không phát sinh." """
DOCUMENT_NUMBER = re.compile(r"\d+\s*/\s*[A-ZĐa-zđ]")
FIGURE = re.compile(r"-?[1-9][\d., ]*")
FORMULA_START = re.compile(r"^[=+@]|^-(?!\s)")


def read_cell(plan: ColumnPlan, raw: object) -> Reading:
    """A cell's value by its column's type; value None and no fault where it is blank, KAD where not applicable."""
    if raw is None or raw == "":
        return BLANK
    if isinstance(raw, str):
        folded = fold(raw)
        if not folded or folded in plan.blank:
            return BLANK
        if folded in plan.not_applicable:
            return Reading(KAD)
    return READERS.get(plan.type, read_text)(plan, raw)


def read_count(plan: ColumnPlan, raw: object) -> Reading:
    """A whole number."""
    reading = read_number(plan, raw, numbers.whole_number)
    if not isinstance(reading.value, float) or reading.value.is_integer():
        return reading
    whole = float(round(reading.value))
    if abs(reading.value - whole) < AS_SHOWN * abs(whole):
        return reading._replace(value=whole)
    thousand = reading.value * 1000
    if 1 < reading.value < 1000 and abs(thousand - round(thousand)) < NEARLY:
        return Reading(None, "decimal_count", (shown(float(round(thousand))),))
    return Reading(None, "not_whole")


def read_decimal(plan: ColumnPlan, raw: object) -> Reading:
    """A number with decimals."""
    return read_number(plan, raw, numbers.decimal_number)


def read_percent(plan: ColumnPlan, raw: object) -> Reading:
    """A percentage, 0 to 100; a bare 0,98 is asked about."""
    reading = read_number(plan, raw, numbers.percentage)
    return reading if isinstance(raw, str) else numbers.share_or_percent(reading)


def read_percent_cell(plan: ColumnPlan, raw: float) -> Reading:
    """A number shown with a percent sign, so that 0.85 was written as 85%."""
    if plan.type != "percent":
        return Reading(None, "percent_in_count")
    reading = read_number(plan, round(raw * 100, 6), numbers.percentage)
    return reading if reading.fault else reading._replace(fault="percent_cell")


def read_number(plan: ColumnPlan, raw: object, of_text: Callable[[str, Collection[str]], Reading]) -> Reading:
    """A number from a number cell or from text, within its bounds."""
    if isinstance(raw, dt.date | dt.time | dt.timedelta):
        return Reading(None, "date_in_number")
    if isinstance(raw, bool):
        return Reading(None, "not_a_number")
    reading = Reading(float(raw)) if isinstance(raw, float | int) else number_of_text(plan, str(raw), of_text)
    number = reading.value
    if not isinstance(number, float):
        return reading
    if not isfinite(number):
        return Reading(None, "not_a_number")
    if plan.low is not None and number < plan.low:
        return Reading(None, "below")
    if plan.high is not None and number > plan.high:
        return Reading(None, "above")
    return reading


def number_of_text(plan: ColumnPlan, raw: str, of_text: Callable[[str, Collection[str]], Reading]) -> Reading:
    """A number written as text, or what words say in its place."""
    folded = AROUND.sub(" ", fold(raw)).strip()
    words = AROUND.sub(" ", ZERO.sub("", folded)).strip()
    if words != folded and words in plan.nothing | plan.none:
        return Reading(0.0, "says_nothing")
    if folded in plan.nothing:
        return Reading(0.0, "says_nothing") if plan.column.kind == "flow" else Reading(None, "says_none")
    if folded in plan.none:
        return Reading(None, "says_none")
    if folded in plan.later:
        return Reading(None, "says_later")
    return of_text(raw, plan.units)


def read_date(plan: ColumnPlan, raw: object) -> Reading:
    """A date, within its bounds."""
    reading = dates.date(raw)
    if isinstance(reading.value, dt.date):
        if plan.earliest and reading.value < plan.earliest:
            return Reading(None, "date_early", (not_before(plan.earliest),))
        if plan.latest and reading.value > plan.latest:
            return Reading(None, "date_late", (not_after(plan.latest),))
    return reading


def read_choice(plan: ColumnPlan, raw: object) -> Reading:
    """A code of the column's list, given as code, as name or as both."""
    folded = fold(values.text(raw))
    code = plan.choices.get(folded) or plan.choices.get(folded.rstrip(" .,;"))
    if not code and (numbered := NUMBERED.fullmatch(folded)):
        code = plan.choices.get(numbered[1])
    return Reading(code) if code else Reading(None, "not_in_list")


def read_codes(plan: ColumnPlan, raw: object) -> Reading:
    """Several codes of a list parted by ";", or free words where they name no code: kept as written."""
    parts = [part for part in re.split(r"[;\n]", values.text(raw)) if part.strip()]
    text = "; ".join(plan.choices.get(fold(part), clean(part)) for part in parts)
    found = personal_in(text)
    return Reading(text, "personal_data", (veiled(found),)) if found else Reading(text)


def read_yes_no(plan: ColumnPlan, raw: object) -> Reading:
    """Yes or no; x and ✓ mean yes."""
    if isinstance(raw, bool):
        return Reading(raw)
    folded = fold(values.text(raw))
    if folded in plan.yes:
        return Reading(True)
    return Reading(False) if folded in plan.no else Reading(None, "not_yes_no")


def read_text(plan: ColumnPlan, raw: object) -> Reading:
    """Free text, with what may not stand in it."""
    if not isinstance(raw, str):
        return Reading(values.text(raw))
    return sentence(raw, plan.low or 0, plan.high or LONGEST_TEXT)


def sentence(raw: str, shortest: float, longest: float) -> Reading:
    """Typed text, clean, with what is wrong with it."""
    text = clean(raw)
    if len(text) > longest:
        return Reading(text, "too_long", (str(len(text)), shown(longest)))
    if len(text) < shortest:
        return Reading(text, "too_short", (text, shown(shortest)))
    if found := personal_in(text):
        return Reading(text, "personal_data", (veiled(found),))
    if len(LEGACY.findall(text)) >= LEGACY_SIGNS:
        return Reading(text, "legacy_text")
    if FORMULA_START.match(text):
        return Reading(text, "formula_text", (text[:1],))
    return Reading(text)


def read_link(plan: ColumnPlan, raw: object) -> Reading:
    """A link, or the number of a document."""
    reading = read_text(plan, raw)
    if reading.fault or LINK.match(str(reading.value)) or DOCUMENT_NUMBER.search(str(reading.value)):
        return reading
    return Reading(reading.value, "bad_link")


READERS: Mapping[str, Callable[[ColumnPlan, object], Reading]] = {
    "int": read_count,
    "decimal": read_decimal,
    "percent": read_percent,
    "date": read_date,
    "enum": read_choice,
    "codes": read_codes,
    "yesno": read_yes_no,
    "url": read_link,
}


def cell_finding(plan: ColumnPlan, reading: Reading, raw: object, *, sheet: str, cell: str, row: str) -> Finding:
    """The finding for a reading with a fault; `raw` is the cell, or how it was shown."""
    fault = reading.fault
    quote: object = quoted(raw)
    expected = plan.expected()
    if fault in READ_ALL_THE_SAME:
        expected = shown(reading.value)
    elif fault in ("date_early", "date_late"):
        expected = reading.readings[0]
    elif fault in ("too_long", "too_short"):
        quote, expected = reading.readings
    elif fault in ("personal_data", "formula_text"):
        quote = reading.readings[0]
    elif plan.type in (*COUNTED, "percent") and FIGURE.fullmatch(str(quote)):
        quote = Figure(quote)
    elif isinstance(raw, str) and is_error(fault) and personal_in(raw):
        fault, quote = "personal_data", veiled(personal_in(raw))
    return finding(
        fault, sheet=sheet, cell=cell, row=row, column=plan.label, value=quote, expected=expected,
        readings=either(reading.readings), suggestion=did_you_mean(reading.readings),
    )  # fmt: skip


def quoted(raw: object) -> str:
    """A cell as its finding quotes it: as the officer sees it."""
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, float) and not raw.is_integer():
        return f"{raw:.10g}".replace(".", ",")
    if isinstance(raw, dt.time):
        return f"{raw:%H:%M}"
    if isinstance(raw, dt.timedelta):
        hours, rest = divmod(raw, dt.timedelta(hours=1))
        return f"{hours}:{rest // dt.timedelta(minutes=1):02}"
    return values.text(raw)[:LONGEST_QUOTE]


def is_error(fault: str) -> bool:
    """Whether a fault of a cell keeps its value from being used."""
    return FAULTS[fault].severity == ERROR


def same_words(text: object, words: frozenset[str]) -> bool:
    """Whether a cell says one of the words, with or without tones."""
    return isinstance(text, str) and (fold(text) in words or without_tones(text) in all_without_tones(words))


@lru_cache(maxsize=100)
def all_without_tones(words: frozenset[str]) -> frozenset[str]:
    """The keys of words that lost their tones."""
    return frozenset(map(without_tones, words))
