"""A column made ready for reading many cells: its bounds, its list, and the words that may stand in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from etl.catalogue import Catalogue
from etl.findings import expectation, is_number
from etl.form import Column, Item
from etl.spelling import fold, without_tones

COUNTED = ("int", "decimal")
SEVERAL = re.compile(r"[,;/]\s*")
NUMBER_OF = re.compile(r"Số (.+?)(?: trong kỳ)?")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


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
    earliest: dt.date | None
    latest: dt.date | None
    units: frozenset[str]
    """Words for what the column counts, which may stand behind its numbers."""
    blank: frozenset[str]
    not_applicable: frozenset[str]
    none: frozenset[str]
    nothing: frozenset[str]
    later: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    seen: dict[object, object] = field(default_factory=dict, compare=False, repr=False)
    """What was read without fault, and what it means: most comes back every month, in every unit."""

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
        earliest=day(column.low),
        latest=day(column.high),
        units=unit_words(column.unit) | counted_by(column.label) | words.get(f"unit:{column.unit}", frozenset()),
        blank=words.get("blank", frozenset()),
        not_applicable=words.get("not_applicable", frozenset()),
        none=words.get("none", frozenset()),
        nothing=words.get("nothing", frozenset()),
        later=words.get("later", frozenset()),
        yes=words.get("yes", frozenset()),
        no=words.get("no", frozenset()),
    )


def day(bound: str) -> dt.date | None:
    """A bound that is a date."""
    return dt.date.fromisoformat(bound) if ISO_DAY.fullmatch(bound) else None


def unit_words(unit: str) -> frozenset[str]:
    """The words of a unit of counting: "tin, bài" is also tin, bài and tin bài."""
    parts = (unit, *SEVERAL.split(unit), SEVERAL.sub(" ", unit))
    return frozenset(fold(part) for part in parts) - {""}


def counted_by(label: str) -> frozenset[str]:
    """What a heading itself says it counts: "Số cuộc, buổi, lớp"."""
    named = NUMBER_OF.fullmatch(label)
    return unit_words(named[1]) if named else frozenset()


def counted_in(plan: ColumnPlan, unit: str) -> ColumnPlan:
    """The column in a row that says itself what it counts."""
    return replace(plan, units=plan.units | unit_words(unit)) if unit and plan.type in COUNTED else plan


def choices_of(items: Sequence[Item]) -> Mapping[str, str]:
    """The codes of a list by every way of writing them: code, name, "code - name", each without tones if unique."""
    choices: dict[str, str] = {}
    bare: dict[str, set[str]] = {}
    for item in items:
        for words in (item.code, item.name, f"{item.code} - {item.name}", f"{item.code} – {item.name}", *item.aliases):
            choices[fold(words)] = item.code
            bare.setdefault(without_tones(words), set()).add(item.code)
    return {words: next(iter(codes)) for words, codes in bare.items() if len(codes) == 1} | choices
