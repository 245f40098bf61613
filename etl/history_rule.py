"""Something a rule about the past found, and what such rules look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from etl.catalogue import Rule
from etl.harvest import SheetPlan
from etl.past import History
from etl.prepare import FormPlan, HistoryRule
from etl.report import Report


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


def with_last(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, column_id: str, measure: str = ""
) -> Iterator[tuple[int, str, float, float]]:
    """Place, item, number and the number of the period before (of another measure where one is named), where both are.

    Next to all of a month's numbers come by here, so that nothing else is made of them.
    """
    own = part_of(plan, rule.rule).columns[column_id].column.measure
    before, measure = history.before, measure or own
    for place, item, value in report.observations.numbers_of(own):
        last = before.get((measure, item))
        if last is not None and (not rule.items or item in rule.items):
            yield place, item, value, last


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
