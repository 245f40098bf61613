"""One cell, read by what its column takes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Final

from etl import values
from etl.catalogue import Catalogue
from etl.faults import ERROR, FAULTS
from etl.findings import Finding, either, expectation, finding, is_number, shown
from etl.form import Column, Item
from etl.spelling import clean, fold, without_tones
from etl.values import Reading


class NotApplicable:
    """What KAD ("không áp dụng") is read as: an answer, but neither a number nor zero."""


KAD: Final = NotApplicable()
BLANK = Reading()

LONGEST_TEXT = 2_000
REMEMBERED = 20_000
"""Texts and dates a column remembers."""
REMEMBERABLE = frozenset((str, dt.date, dt.datetime))
"""What is read alike wherever it stands; how a number is meant depends on its cell."""
PERSONAL = (
    re.compile(r"(?<![\d.,/-])(?:\d{12}|\d{9})(?![\d.,/-]?\d)(?!\s*(?:đồng|đ\b|vnđ|vnd))", re.IGNORECASE),
    re.compile(r"(?<!\d)(?:\+84|0)(?:[ .]?\d){9}(?!\d)"),
    re.compile(r"[\w.+-]+@(?:gmail|yahoo|outlook|hotmail|icloud|live)\.[\w.]+", re.IGNORECASE),
)
LINK = re.compile(r"https?://\S+", re.IGNORECASE)
DOCUMENT_NUMBER = re.compile(r"\d+\s*/\s*[A-ZĐa-zđ]")
FORMULA_START = re.compile(r"^[=+@]|^-(?!\s)")


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """A column made ready for reading many cells of one kind of unit."""

    column: Column
    column_id: str
    type: str
    required: bool
    low: float | None
    high: float | None
    choices: Mapping[str, str]
    """folded code or label -> code, for columns with a list."""
    labels: tuple[str, ...]
    blank: frozenset[str]
    not_applicable: frozenset[str]
    none: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    seen: dict[object, object] = field(default_factory=dict, compare=False, repr=False)
    """Texts and dates that were read without fault, and what they mean: most come back every month, in every unit."""

    @property
    def label(self) -> str:
        return self.column.label

    def expected(self) -> str:
        """What the column takes, in words."""
        return expectation(self.column, self.labels)


def plan_column(column: Column, catalogue: Catalogue, unit_kind: str) -> ColumnPlan:
    """Make a column ready."""
    items = catalogue.lists.get(column.list_id, ())
    words = catalogue.words
    return ColumnPlan(
        column=column,
        column_id=column.column_id,
        type=column.type,
        required="*" in column.required or unit_kind in column.required,
        low=float(column.low) if is_number(column.low) else None,
        high=float(column.high) if is_number(column.high) else None,
        choices=choices_of(items),
        labels=tuple(item.code if item.code == item.name else f"{item.code} ({item.name})" for item in items),
        blank=words.get("blank", frozenset()),
        not_applicable=words.get("not_applicable", frozenset()),
        none=words.get("none", frozenset()),
        yes=words.get("yes", frozenset()),
        no=words.get("no", frozenset()),
    )


def choices_of(items: Sequence[Item]) -> Mapping[str, str]:
    """The codes of a list by every way of writing them: code, name, "code - name"."""
    choices: dict[str, str] = {}
    for item in items:
        for words in (item.code, item.name, f"{item.code} - {item.name}", f"{item.code} – {item.name}", *item.aliases):
            choices[fold(words)] = item.code
    return choices


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
    return read_number(plan, raw, values.whole_number)


def read_decimal(plan: ColumnPlan, raw: object) -> Reading:
    """A number with decimals."""
    return read_number(plan, raw, values.decimal_number)


def read_percent(plan: ColumnPlan, raw: object) -> Reading:
    """A percentage, 0 to 100."""
    return read_number(plan, raw, values.percentage)


def read_number(plan: ColumnPlan, raw: object, of_text: Callable[[str], Reading]) -> Reading:
    """A number from a number cell or from text, within its bounds."""
    if isinstance(raw, bool | dt.date | dt.time | dt.timedelta):
        return Reading(None, "not_a_number")
    if isinstance(raw, float | int):
        reading = Reading(float(raw))
    elif fold(str(raw)) in plan.none:
        return Reading(None, "says_none")
    else:
        reading = of_text(str(raw))
    number = reading.value
    if not isinstance(number, float):
        return reading
    if not isfinite(number):
        return Reading(None, "not_a_number")
    if plan.type == "int" and not number.is_integer():
        return Reading(None, "not_whole")
    if plan.low is not None and number < plan.low:
        return Reading(None, "below")
    if plan.high is not None and number > plan.high:
        return Reading(None, "above")
    return reading


def read_date(plan: ColumnPlan, raw: object) -> Reading:
    """A date."""
    return values.date(raw)


def read_choice(plan: ColumnPlan, raw: object) -> Reading:
    """A code of the column's list, given as code, as name or as both."""
    code = plan.choices.get(fold(values.text(raw)))
    return Reading(code) if code else Reading(None, "not_in_list")


def read_codes(plan: ColumnPlan, raw: object) -> Reading:
    """Several codes of a list parted by ";", or free words where they name no code: kept as written."""
    parts = [part for part in re.split(r"[;\n]", values.text(raw)) if part.strip()]
    return Reading("; ".join(plan.choices.get(fold(part), clean(part)) for part in parts))


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
    written = LINK.sub("", text)
    for pattern in PERSONAL:
        if found := pattern.search(written):
            return Reading(text, "personal_data", (masked(found[0]),))
    if FORMULA_START.match(text):
        return Reading(text, "formula_text", (text[:1],))
    return Reading(text)


def read_link(plan: ColumnPlan, raw: object) -> Reading:
    """A link, or the number of a document."""
    reading = read_text(plan, raw)
    if reading.fault or LINK.match(str(reading.value)) or DOCUMENT_NUMBER.search(str(reading.value)):
        return reading
    return Reading(reading.value, "bad_link")


def masked(text: str) -> str:
    """Personal data as a finding may show them: the ends only."""
    return f"{text[:2]}…{text[-2:]}"


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
    """The finding for a reading with a fault."""
    fault = reading.fault
    quoted: object = values.text(raw)
    expected = plan.expected()
    if fault in ("text_number", "point_decimal", "text_date"):
        expected = shown(reading.value)
    elif fault in ("too_long", "too_short"):
        quoted, expected = reading.readings
    elif fault in ("personal_data", "formula_text"):
        quoted = reading.readings[0]
    return finding(
        fault, sheet=sheet, cell=cell, row=row, column=plan.label, value=quoted, expected=expected,
        readings=either(reading.readings),
    )  # fmt: skip


def is_error(fault: str) -> bool:
    """Whether a fault of a cell keeps its value from being used."""
    return FAULTS[fault].severity == ERROR


def same_words(text: object, words: frozenset[str]) -> bool:
    """Whether a cell says one of the words, with or without tones."""
    return isinstance(text, str) and (
        fold(text) in words or without_tones(text) in {without_tones(word) for word in words}
    )
