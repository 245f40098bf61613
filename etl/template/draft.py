"""A form made ready for one kind of unit, once for all the workbooks of a process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from etl.catalogue import Catalogue, Rule, Unit
from etl.expression import compile_expression
from etl.form import Column, Form, SheetForm
from etl.template.choices import Choices, choices_of, group_names
from etl.template.formula import Cell
from etl.template.page import FIRST_ROW

VALUE_COLUMN = "C"
"""Where a cover's values stand."""
YES = "Có"


@dataclass(frozen=True, eq=False)
class Draft:
    """What all workbooks of a form and a kind of unit share."""

    catalogue: Catalogue
    form: Form
    unit_kind: str
    lists: Mapping[str, Choices]
    groups: Mapping[str, str]
    kad: str
    nothing: str
    """The words that declare a sheet to have nothing to report."""
    cover_cells: Mapping[str, Cell]
    """The lines of the cover as the rules of other sheets see them."""
    asked_of_cover: frozenset[str]
    """Lines of the cover that rules of other sheets ask for."""
    kept: dict[object, object] = field(default_factory=dict)
    """What sheets worked out before: the plan of a table by its sheet and number of rows."""

    def required(self, column: Column) -> bool:
        """Whether this kind of unit must fill a column."""
        return "*" in column.required or self.unit_kind in column.required

    def rules(self, sheet: SheetForm) -> tuple[Rule, ...]:
        """The rules of a sheet that look at one row."""
        return tuple(
            rule for rule in self.catalogue.rules_of(self.form.form_id)
            if rule.sheet == sheet.sheet and rule.kind != "history"
        )  # fmt: skip

    def shown(self, column: Column, value: object) -> object:
        """A value as its cell shows it: a code of a list by its name, yes and no in words."""
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            value = "CO" if value else "KHONG"
        chosen = self.lists.get(column.list_id)
        if column.type == "codes":
            return "; ".join(str(chosen.names.get(part, part)) if chosen else part for part in parts(str(value)))
        return chosen.shown(value) if chosen and column.type in ("enum", "yesno") else value


DRAFTS: dict[tuple[int, str, str], Draft] = {}


def draft_of(catalogue: Catalogue, form: Form, unit: Unit) -> Draft:
    """The form, ready for a unit's kind."""
    key = id(catalogue), form.form_id, unit.kind
    if key not in DRAFTS:
        DRAFTS[key] = draft(catalogue, form, unit)
    return DRAFTS[key]


def draft(catalogue: Catalogue, form: Form, unit: Unit) -> Draft:
    """Make a form ready for a unit's kind."""
    lists = choices_of(catalogue, form, unit)
    return Draft(
        catalogue=catalogue,
        form=form,
        unit_kind=unit.kind,
        lists=lists,
        groups=group_names(catalogue),
        kad=first_word(catalogue, "not_applicable", "KAD"),
        nothing=first_word(catalogue, "nothing", "Không phát sinh"),
        cover_cells=cover_cells(form, lists),
        asked_of_cover=frozenset(
            name.removeprefix("cover.")
            for rule in catalogue.rules_of(form.form_id) if rule.kind != "history"
            for part in (rule.expression, rule.condition) if part
            for name in compile_expression(part).names if name.startswith("cover.")
        ),
    )  # fmt: skip


def first_word(catalogue: Catalogue, kind: str, otherwise: str) -> str:
    """The first word of a kind in words.csv, as it is written there."""
    return next((row["word"] for row in catalogue.tables.get("words", ()) if row["kind"] == kind), otherwise)


def cover_cells(form: Form, lists: Mapping[str, Choices]) -> Mapping[str, Cell]:
    """The lines of the cover by `cover.` and their id, each by the name its cell has in the workbook."""
    return {
        f"cover.{column.column_id}": Cell(cover_name(column.column_id), column.type, shown_by(lists, column))
        for sheet in form.sheets if sheet.layout == "cover" for column in sheet.columns
    }  # fmt: skip


def cover_name(column_id: str) -> str:
    """The name in the workbook of a value of the cover."""
    return f"TT_{column_id}"


def cover_rows(sheet: SheetForm) -> Mapping[str, int]:
    """The row of each line of a cover."""
    return {column.column_id: FIRST_ROW + index for index, column in enumerate(sheet.columns)}


def shown_by(lists: Mapping[str, Choices], column: Column) -> Callable[[object], object]:
    """How a code in a column is shown: by its list where it has one."""
    chosen = lists.get(column.list_id)
    return chosen.shown if chosen else str


def parts(text: str) -> tuple[str, ...]:
    """The parts of a text parted by ";"."""
    return tuple(part.strip() for part in text.split(";") if part.strip())
