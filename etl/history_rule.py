"""Something a rule about the past found, and what such rules look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from etl.catalogue import Rule
from etl.harvest import SheetPlan
from etl.past import History
from etl.prepare import FormPlan, HistoryRule
from etl.report import Observation, Report


class Oddity(NamedTuple):
    """Something a history rule found."""

    sheet: str
    cell: str
    row_label: str
    column_label: str
    value: object
    words: Mapping[str, object]
    expected: str = ""
    """What was expected; the rule's basis where nothing more is known."""


def observed(
    plan: FormPlan, rule: HistoryRule, report: Report, column_id: str
) -> Iterator[tuple[Observation, str, str]]:
    """The numbers of a column in the rows a rule is about, with the labels of row and column."""
    part = part_of(plan, rule.rule)
    column = part.columns[column_id].column
    for each in report.observations.of_measure(column.measure):
        if not rule.items or each.item_code in rule.items:
            item = part.items.get(each.item_code)
            yield each, item.name if item else each.item_code, column.label


def oddity(
    part: SheetPlan, report: Report, place: int, column: str, words: Mapping[str, object], expected: str = ""
) -> Oddity:
    """What was found at a number of a report, by its place in the columns of the observations."""
    sheets, items, _, _, values, cells = (each[place] for each in report.observations.columns)
    item, label = part.items.get(str(items)), part.columns[column].label
    said = {"column": label, column: values, "value": values, **words}
    return Oddity(str(sheets), str(cells), item.name if item else str(items), label, values, said, expected)


def part_of(plan: FormPlan, rule: Rule) -> SheetPlan:
    """The sheet a rule is about."""
    if plan.cover is not None and plan.cover.form.sheet == rule.sheet:
        return plan.cover
    return plan.tables[rule.sheet]


HistoryFunction = Callable[[FormPlan, HistoryRule, Report, History, Sequence[str]], Iterator[Oddity]]
