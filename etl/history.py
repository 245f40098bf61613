"""The rules that need what a unit reported before: one function each, named in rules.csv.

Each yields where something is odd, with the words its sentence quotes; rules.csv has the sentence.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from math import inf

from etl.catalogue import Rule
from etl.cumulative import cumulative_as_flow
from etl.figures import parts
from etl.findings import Finding, shown
from etl.history_rule import HistoryFunction, Oddity, oddity, part_of, with_last
from etl.limits import Limits
from etl.past import History, Needed
from etl.prepare import FormPlan, HistoryRule
from etl.report import Report
from etl.rules import Words, in_force, severity_of
from etl.unusual import copied, unusual


def historical_findings(plan: FormPlan, report: Report, history: History) -> Iterator[Finding]:
    """What the history rules of a form have to say of a report."""
    if not history.period_before:
        return
    summed: set[tuple[str, str]] = set()
    for each in sorted(plan.history, key=lambda one: one.function != cumulative_as_flow.__name__):
        if not in_force(each.rule, report.period):
            continue
        for odd in HISTORY_RULES[each.function](plan, each, report, history, each.arguments):
            place = (odd.sheet, odd.cell)
            if each.function == cumulative_as_flow.__name__:
                summed.add(place)
            elif each.function == unusual.__name__ and place in summed:
                continue  # why it is unusual is known
            if each.condition.true_of(odd.words):
                yield oddity_finding(each.rule, odd, report.period, history.period_before)


def oddity_finding(rule: Rule, odd: Oddity, period: str, before: str) -> Finding:
    """The finding for an oddity, in the words of its rule."""
    words = Words({name: shown(value) for name, value in odd.words.items()}, period_before=before)
    return Finding(
        rule.rule_id, severity_of(rule, period), odd.sheet, odd.cell, odd.row_label, odd.column_label, shown(odd.value),
        odd.expected or rule.basis, rule.message.format_map(words), rule.fix.format_map(words),
    )  # fmt: skip


def opening_is_last_closing(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """What is carried in is what was open at the end of the period before."""
    opening, closing = arguments
    part = part_of(plan, rule.rule)
    measure = part.columns[closing].column.measure
    for place, _, value, last in with_last(plan, rule, report, history, opening, measure):
        if value != last:
            yield oddity(part, report, place, opening, {closing: last, "before": last})


def never_falls(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """A cumulative figure is not below that of the period before."""
    (column_id,) = arguments
    for place, _, value, last in with_last(plan, rule, report, history, column_id):
        if value < last:
            yield oddity(part_of(plan, rule.rule), report, place, column_id, {"before": last})


def stays_within(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """A figure does not move from the period before by more than a share of it."""
    column_id, share = arguments[0], float(arguments[1])
    for place, _, value, last in with_last(plan, rule, report, history, column_id):
        if last and abs(value - last) > share * last:
            yield oddity(part_of(plan, rule.rule), report, place, column_id, {"before": last})


def adds_up(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """A cumulative figure is that of the period before and what was done in this one, within a share."""
    cumulative, in_period, share = arguments[0], arguments[1], float(arguments[2])
    part = part_of(plan, rule.rule)
    added = {item: value for _, item, value in report.observations.numbers_of(part.columns[in_period].column.measure)}
    for place, item, value, last in with_last(plan, rule, report, history, cumulative):
        now = added.get(item)
        if now is not None and abs(value - last - now) > share * max(value, last + now):
            words = {in_period: now, "before": last, "expected": last + now}
            yield oddity(part, report, place, cumulative, words)


def never_falls_in_year(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """A figure cumulative since the year's beginning is not below that of the year's period before."""
    if report.period[:4] == history.period_before[:4]:
        yield from never_falls(plan, rule, report, history, arguments)


def stays_within_in_year(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """A figure that is set anew each year does not move from the year's period before by more than a share of it."""
    if report.period[:4] == history.period_before[:4]:
        yield from stays_within(plan, rule, report, history, arguments)


def adds_up_in_year(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """The same of what it is and what was done in the period."""
    if report.period[:4] == history.period_before[:4]:
        yield from adds_up(plan, rule, report, history, arguments)


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


HISTORY_RULES: Mapping[str, HistoryFunction] = {
    rule.__name__: rule
    for rule in (
        opening_is_last_closing, never_falls, never_falls_in_year, stays_within, stays_within_in_year, adds_up,
        adds_up_in_year, unusual, cumulative_as_flow, copied, tasks_stay, due_does_not_move, progress_does_not_fall,
    )
}  # fmt: skip


JUDGING = frozenset((unusual.__name__, cumulative_as_flow.__name__))
"""Rules that look at big numbers, and at what they follow from."""
ABOVE_ZERO = sys.float_info.min


def needed_of(plan: FormPlan, limits: Limits) -> Needed:
    """What the history rules of a form need of the period before: all numbers of some measures, those above 0 of what
    others follow from, and of most only those big enough to be asked about.
    """
    least: dict[str, float] = {}
    for each in plan.history:
        columns = part_of(plan, each.rule).columns
        big = limits.unusual_least if each.function in {*JUDGING, copied.__name__} else -inf
        for column, driver in map(parts, each.arguments):
            for name, low in ((column, big), (driver, ABOVE_ZERO)):
                if name in columns:
                    measure = columns[name].column.measure
                    least[measure] = min(low, least.get(measure, inf))
    least.pop("", None)
    return Needed(least, tuple(each.rule.rule_id for each in plan.history if each.function in JUDGING))
