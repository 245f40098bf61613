"""A form made ready for one kind of unit, once for all the workbooks of a process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from etl.catalogue import Catalogue, Rule, Unit
from etl.expression import compile_expression
from etl.faults import FAULTS, SEVERITIES
from etl.form import Column, Form, SheetForm
from etl.harvest import NUMBERS
from etl.prepare import FormPlan, plan_form
from etl.rules import in_force, severity_of
from etl.template.choices import Choices, choices_of, group_names
from etl.template.formula import Cell
from etl.template.page import FIRST_ROW
from etl.template.sentences import ABOVE, BELOW, EARLIER, LATER

VALUE_COLUMN = "C"
"""Where a cover's values stand."""
YES = "Có"
NOTHING_AT_ALL = "nothing_to_report"
"""The line of a cover that declares the whole report to have nothing in it."""
BOUNDS = {
    ("number", 1): ("above", ABOVE, "<="), ("number", -1): ("below", BELOW, ">="),
    ("date", 1): ("date_late", LATER, "<="), ("date", -1): ("date_early", EARLIER, ">="),
}  # fmt: skip
"""What is said and compared where a column is above (1) or below (-1) the one that bounds it."""
NOT_APPLICABLE, NO_NUMBER = "KT_KAD", "KT_KAD_TRONG"
"""Lists of words that stand where a number may be left out."""


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
    all_rules: tuple[Rule, ...]
    """The rules in force, each as heavy as it weighs in the period."""
    plan: FormPlan
    """The form as the checker sees it."""
    always_applicable: frozenset[Column]
    """Columns of typed rows that must be filled: who types a row cannot say that it does not apply."""
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
        """The rules of a sheet that look at one row, the heaviest first; a column that bounds another is one too."""
        own = [rule for rule in self.all_rules if rule.sheet == sheet.sheet and rule.kind != "history"]
        return tuple(sorted([*own, *self.bounds(sheet)], key=lambda rule: SEVERITIES.index(rule.severity)))

    def bounds(self, sheet: SheetForm) -> Iterator[Rule]:
        """A rule for each column of numbers or dates that another column bounds."""
        part = self.plan.cover if sheet.layout == "cover" else self.plan.tables.get(sheet.sheet)
        for column_id, bound, sign in part.bounds if part else ():
            one, other = sheet.column(column_id), sheet.column(bound)
            if kind_of_bound(one) == kind_of_bound(other) != "":
                yield bound_rule(self.form.form_id, sheet.sheet, one, other, sign)

    def words_for(self, column: Column) -> str:
        """The name of the list of words a column takes in place of a number, "" where it takes none: signs of nothing
        only where it may be left blank.
        """
        if column in self.always_applicable:
            return ""
        return NOT_APPLICABLE if self.required(column) else NO_NUMBER

    def kad_for(self, column: Column) -> str:
        """The word for "not applicable", "" where a column always applies."""
        return "" if column in self.always_applicable else self.kad

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


def kind_of_bound(column: Column) -> str:
    """What a column is compared as, "" where it is not."""
    return "number" if column.type in NUMBERS else "date" if column.type == "date" else ""


def bound_rule(form_id: str, sheet: str, column: Column, bound: Column, sign: int) -> Rule:
    """That a column is never above (or below) another, as a rule; the checker has it from the columns."""
    kind, words, compares = BOUNDS[kind_of_bound(column), sign]
    message = words.format(label=column.label, column=column.column_id, bound_label=bound.label, bound=bound.column_id)
    expression = f"{column.column_id} {compares} {bound.column_id}"
    identity = f"{sheet}_{column.column_id}_{bound.column_id}"
    return Rule(identity, form_id, sheet, column.items, FAULTS[kind].severity, "expression", "", expression, message,
                FAULTS[kind].fix, "", "", "")  # fmt: skip


def rules_at(catalogue: Catalogue, form: Form, period: str) -> tuple[Rule, ...]:
    """The rules in force in a period, each as heavy as it weighs then."""
    return tuple(replace(rule, severity=severity_of(rule, period))
                 for rule in catalogue.rules_of(form.form_id) if in_force(rule, period))  # fmt: skip


DRAFTS: dict[tuple[int, str, str, tuple[Rule, ...]], Draft] = {}


def draft_of(catalogue: Catalogue, form: Form, unit: Unit, period: str) -> Draft:
    """The form, ready for a unit's kind and a period."""
    rules = rules_at(catalogue, form, period)
    key = id(catalogue), form.form_id, unit.kind, rules
    if key not in DRAFTS:
        DRAFTS[key] = draft(catalogue, form, unit, rules)
    return DRAFTS[key]


def draft(catalogue: Catalogue, form: Form, unit: Unit, rules: tuple[Rule, ...]) -> Draft:
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
        all_rules=rules,
        plan=plan_form(form, catalogue, unit.kind),
        always_applicable=frozenset(
            column for sheet in form.sheets if sheet.layout == "records"
            for column in sheet.columns if column.required & {"*", unit.kind}
        ),
        cover_cells=cover_cells(form, lists),
        asked_of_cover=frozenset(
            name.removeprefix("cover.")
            for rule in rules if rule.kind != "history"
            for part in (rule.expression, rule.condition) if part
            for name in compile_expression(part).names if name.startswith("cover.")
        ) | {NOTHING_AT_ALL},
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
