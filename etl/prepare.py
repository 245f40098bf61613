"""The catalogue made ready for reading many workbooks: columns with their lists, rules compiled, periods cut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.calendar import Period, periods
from etl.catalogue import Catalogue, CatalogueFault, Rule
from etl.column import ColumnPlan, counted_in, plan_column
from etl.expression import BadExpression, Expression, Values, call_of, compile_expression, screen
from etl.findings import rule_not_understood
from etl.form import Form, Item, SheetForm
from etl.harvest import NUMBERS, SheetPlan, applies
from etl.locate import column_keys
from etl.spelling import fold

NO_ITEM = Item("", "")
"""Stands for the rows of tables without printed ones."""
ALWAYS = compile_expression("1 = 1")


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its expression ready to be asked."""

    rule: Rule
    expression: Expression
    condition: Expression
    asks_cover: bool
    """Whether it compares a row with the cover."""

    def concerns(self, item_code: str) -> bool:
        """Whether the rule is about a row."""
        return not self.rule.items or applies(self.rule.items, item_code)


@dataclass(frozen=True, slots=True)
class RowRules:
    """The rules a row is asked."""

    rules: tuple[CompiledRule, ...]
    may_be_broken: Callable[[Values, Values], bool]
    """Of a row and the cover: whether it pays to ask them one by one."""


@dataclass(frozen=True, slots=True)
class HistoryRule:
    """A rule about what was reported before: a function, its arguments, and when it applies."""

    rule: Rule
    function: str
    arguments: tuple[str, ...]
    condition: Expression
    items: frozenset[str]
    """The printed rows it is about; empty for all."""


@dataclass(frozen=True, slots=True)
class FormPlan:
    """A form made ready for one kind of unit."""

    form: Form
    cover: SheetPlan | None
    tables: Mapping[str, SheetPlan]
    rules: Mapping[str, tuple[CompiledRule, ...]]
    """Arithmetic rules by sheet."""
    rules_of_item: Mapping[tuple[str, str], RowRules]
    """The same by sheet and printed row, so that each row is asked only what concerns it."""
    history: tuple[HistoryRule, ...]

    def label(self, sheet: str, column_id: str) -> str:
        """The heading of a column, "" where there is none."""
        part = self.cover if self.cover and self.cover.form.sheet == sheet else self.tables.get(sheet)
        column = part.columns.get(column_id) if part else None
        return column.label if column else ""

    def rules_for(self, sheet: str, item_code: str) -> RowRules:
        """The rules a row is asked."""
        return self.rules_of_item.get((sheet, item_code)) or row_rules(self.rules.get(sheet, ()), item_code)


class Prepared:
    """A catalogue with what was made of it, kept so that each form is prepared once a kind of unit."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._plans: dict[tuple[str, str], FormPlan] = {}
        self._periods: dict[tuple[str, str], Period] = {}
        self._horizon = dt.date.min

    def plan(self, form: Form, unit_kind: str) -> FormPlan:
        """The form, ready for a kind of unit."""
        key = (form.form_id, unit_kind)
        if key not in self._plans:
            self._plans[key] = plan_form(form, self.catalogue, unit_kind)
        return self._plans[key]

    def prove(self) -> None:
        """Raises CatalogueFault where a rule cannot be understood: else every workbook would be blamed for it."""
        try:
            for form in self.catalogue.forms:
                self.plan(form, "")
        except BadExpression as fault:
            raise CatalogueFault(rule_not_understood(str(fault))) from fault

    def period(self, period: str, convention: str = "ND09") -> Period | None:
        """The period of this id, None where the calendar has none."""
        year = int(period[:4])
        if self._horizon < dt.date(year, 12, 31):
            self._horizon = dt.date(year + 1, 12, 31)
            rows, settings = self.catalogue.tables.get("calendar", ()), self.catalogue.settings
            days_off = self.catalogue.tables.get("holidays", ())
            for each in periods(rows, settings, dt.date(2000, 1, 1), self._horizon, days_off):
                self._periods[each.period, each.convention] = each
        return self._periods.get((period, convention)) or self._periods.get((period, "ND09"))


def plan_form(form: Form, catalogue: Catalogue, unit_kind: str) -> FormPlan:
    """Make a form ready for a kind of unit."""
    rules: dict[str, list[CompiledRule]] = {}
    history: list[HistoryRule] = []
    for rule in catalogue.rules_of(form.form_id):
        condition = compile_expression(rule.condition) if rule.condition else ALWAYS
        if rule.kind == "history":
            codes = [item.code for sheet in form.sheets if sheet.sheet == rule.sheet for item in sheet.items]
            items = frozenset(code for code in codes if rule.items and applies(rule.items, code))
            history.append(HistoryRule(rule, *call_of(rule.expression), condition, items))
        else:
            compiled = compile_rule(rule, condition)
            rules.setdefault(rule.sheet, []).append(compiled)
    plans = {
        sheet.sheet: plan_sheet(sheet, catalogue, unit_kind, rules.get(sheet.sheet, ()))
        for sheet in form.sheets
        if sheet.layout not in ("guide", "lists")
    }
    covers = [plan for plan in plans.values() if plan.form.layout == "cover"]
    return FormPlan(
        form=form,
        cover=covers[0] if covers else None,
        tables={name: plan for name, plan in plans.items() if plan.form.layout != "cover"},
        rules={sheet: tuple(those) for sheet, those in rules.items()},
        rules_of_item={
            (sheet.sheet, item.code): row_rules(rules.get(sheet.sheet, ()), item.code)
            for sheet in form.sheets
            for item in (*sheet.items, NO_ITEM)
        },
        history=tuple(history),
    )


def row_rules(rules: Sequence[CompiledRule], item_code: str) -> RowRules:
    """Those of a sheet's rules that concern a row."""
    those = tuple(rule for rule in rules if rule.concerns(item_code))
    return RowRules(those, screen(tuple((each.rule.expression, each.rule.condition) for each in those)))


def compile_rule(rule: Rule, condition: Expression) -> CompiledRule:
    """A rule with its expression ready to be asked."""
    expression = compile_expression(rule.expression)
    asks_cover = any(name.startswith("cover.") for name in (*expression.names, *condition.names))
    return CompiledRule(rule, expression, condition, asks_cover)


def plan_sheet(sheet: SheetForm, catalogue: Catalogue, unit_kind: str, rules: Sequence[CompiledRule]) -> SheetPlan:
    """Make a sheet ready for a kind of unit."""
    columns = {column.column_id: plan_column(column, catalogue, unit_kind) for column in sheet.columns}
    reading = [
        plan
        for column_id, plan in columns.items()
        if plan.type not in ("label", "computed") and (column_id != sheet.item_column or sheet.layout == "records")
    ]
    return SheetPlan(
        form=sheet,
        columns=columns,
        items={item.code: item for item in sheet.items},
        by_name={fold(item.name): item.code for item in sheet.items},
        by_item={
            item.code: tuple(counted_in(plan, item.unit) for plan in reading if applies(plan.column.items, item.code))
            for item in sheet.items
        },
        useless={
            item.code: tuple(
                plan for plan in reading if plan.type in NUMBERS and not applies(plan.column.items, item.code)
            )
            for item in sheet.items
        },
        without_item=tuple(reading),
        bounds=tuple(column_bounds(columns, rules)),
        keys=column_keys(sheet.columns),
        totals=catalogue.words.get("total", frozenset()),
        footers=tuple(sorted(catalogue.words.get("footer", ()))),
        nothing=tuple(sorted(catalogue.words.get("nothing", ()))),
    )


def column_bounds(columns: Mapping[str, ColumnPlan], rules: Sequence[CompiledRule]) -> Iterator[tuple[str, str, int]]:
    """Columns that other columns bound, but for pairs a rule compares already, so that nothing is said twice."""
    compared = [set(rule.expression.names) for rule in rules]
    for column_id, plan in columns.items():
        for bound, sign in ((plan.column.high, 1), (plan.column.low, -1)):
            if bound in columns and not any({column_id, bound} <= names for names in compared):
                yield column_id, bound, sign
