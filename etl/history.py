"""The rules that need what a unit reported before: one function each, named in rules.csv.

Each yields where something is odd, with the words its sentence quotes; rules.csv has the sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from etl.catalogue import Rule
from etl.findings import Finding, shown
from etl.harvest import SheetPlan
from etl.past import History
from etl.prepare import FormPlan, HistoryRule
from etl.report import Observation, Report
from etl.rules import Words, in_force, severity_of


class Oddity(NamedTuple):
    """Something a history rule found."""

    sheet: str
    cell: str
    row_label: str
    column_label: str
    value: object
    words: Mapping[str, object]


def historical_findings(plan: FormPlan, report: Report, history: History) -> Iterator[Finding]:
    """What the history rules of a form have to say of a report."""
    if not history.period_before:
        return
    for each in plan.history:
        if not in_force(each.rule, report.period):
            continue
        for odd in HISTORY_RULES[each.function](plan, each, report, history, each.arguments):
            if each.condition.true_of(odd.words):
                yield oddity_finding(each.rule, odd, report.period, history.period_before)


def oddity_finding(rule: Rule, odd: Oddity, period: str, before: str) -> Finding:
    """The finding for an oddity, in the words of its rule."""
    words = Words({name: shown(value) for name, value in odd.words.items()}, period_before=before)
    return Finding(
        rule.rule_id, severity_of(rule, period), odd.sheet, odd.cell, odd.row_label, odd.column_label, shown(odd.value),
        rule.basis, rule.message.format_map(words), rule.fix.format_map(words),
    )  # fmt: skip


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


def part_of(plan: FormPlan, rule: Rule) -> SheetPlan:
    """The sheet a rule is about."""
    if plan.cover is not None and plan.cover.form.sheet == rule.sheet:
        return plan.cover
    return plan.tables[rule.sheet]


def opening_is_last_closing(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """What is carried in is what was open at the end of the period before."""
    opening, closing = arguments
    measure = part_of(plan, rule.rule).columns[closing].column.measure
    for each, row, column in observed(plan, rule, report, opening):
        before = history.before.get((measure, each.item_code))
        if before is not None and each.value is not None and each.value != before:
            yield Oddity(
                each.sheet, each.cell, row, column, each.value, {opening: each.value, closing: before, "before": before}
            )


def never_falls(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """A cumulative figure is not below that of the period before."""
    (column_id,) = arguments
    for each, row, column in observed(plan, rule, report, column_id):
        before = history.before.get((each.measure, each.item_code))
        if before is not None and each.value is not None and each.value < before:
            yield Oddity(each.sheet, each.cell, row, column, each.value, {column_id: each.value, "before": before})


def stays_within(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """A figure does not move from the period before by more than a share of it."""
    column_id, share = arguments[0], float(arguments[1])
    for each, row, column in observed(plan, rule, report, column_id):
        before = history.before.get((each.measure, each.item_code))
        if before and each.value is not None and abs(each.value - before) > share * before:
            yield Oddity(each.sheet, each.cell, row, column, each.value, {column_id: each.value, "before": before})


def adds_up(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """A cumulative figure is that of the period before and what was done in this one, within a share."""
    cumulative, in_period, share = arguments[0], arguments[1], float(arguments[2])
    added = {each.item_code: each.value for each, _, _ in observed(plan, rule, report, in_period)}
    for each, row, column in observed(plan, rule, report, cumulative):
        before, now = history.before.get((each.measure, each.item_code)), added.get(each.item_code)
        if before is None or now is None or each.value is None:
            continue
        if abs(each.value - before - now) > share * max(each.value, before + now):
            words = {cumulative: each.value, in_period: now, "before": before, "expected": before + now}
            yield Oddity(each.sheet, each.cell, row, column, each.value, words)


def spike(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """A figure is not many times the unit's own median of the six periods before."""
    column_id, times = arguments[0], float(arguments[1])
    least = float(arguments[2]) if len(arguments) > 2 else 0.0
    for each, row, column in observed(plan, rule, report, column_id):
        median = history.medians.get((each.measure, each.item_code))
        if median and each.value is not None and each.value > max(times * median, least):
            words = {column_id: each.value, "median": median, "before": median, "times": times}
            yield Oddity(each.sheet, each.cell, row, column, each.value, words)


def tasks_stay(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """No task of the period before has vanished; one that is given up is cancelled, with a reason."""
    given = {task.task_id for task in report.tasks}
    for task_id, before in history.tasks.items():
        if task_id not in given and before.status not in ("HUY", "HOAN_THANH"):
            yield Oddity(
                rule.rule.sheet,
                "",
                task_id,
                "",
                task_id,
                {"task_id": task_id, "title": before.title, "before": before.title},
            )


def due_does_not_move(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """A deadline stays where it was."""
    for task in report.tasks:
        before = history.tasks.get(task.task_id)
        if before and before.due_date and task.due_date and task.due_date != before.due_date:
            words = {
                "task_id": task.task_id,
                "title": task.title,
                "kind": task.kind,
                "due": task.due_date,
                "before": before.due_date,
            }
            yield Oddity(rule.rule.sheet, task.cell.split("!")[-1], task.task_id, "", task.due_date, words)


def progress_does_not_fall(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """The progress of a task does not go back."""
    for task in report.tasks:
        before = history.tasks.get(task.task_id)
        if before and before.progress is not None and task.progress is not None and task.progress < before.progress:
            words = {
                "task_id": task.task_id,
                "title": task.title,
                "kind": task.kind,
                "progress": task.progress,
                "before": before.progress,
            }
            yield Oddity(rule.rule.sheet, task.cell.split("!")[-1], task.task_id, "", task.progress, words)


HistoryFunction = Callable[[FormPlan, HistoryRule, Report, History, Sequence[str]], Iterator[Oddity]]
HISTORY_RULES: Mapping[str, HistoryFunction] = {
    rule.__name__: rule
    for rule in (
        opening_is_last_closing, never_falls, stays_within, adds_up, spike, tasks_stay, due_does_not_move,
        progress_does_not_fall,
    )
}  # fmt: skip


HABITUAL = frozenset({spike.__name__})
"""Rules that compare with what is usual, not with the period just before."""


def measures_needed(plan: FormPlan, habitual: bool) -> tuple[str, ...]:
    """The measures whose last period, or whose habit, the history rules of a form ask for."""
    found = set()
    for each in plan.history:
        if (each.function in HABITUAL) == habitual:
            part = part_of(plan, each.rule)
            found |= {part.columns[argument].column.measure for argument in each.arguments if argument in part.columns}
    return tuple(sorted(found - {""}))
