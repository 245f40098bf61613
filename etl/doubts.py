"""Which figures of a report are worth looking up in the past: few, so that a month is judged as fast as it is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from etl.cumulative import cumulative_as_flow, cumulative_doubts
from etl.figures import Doubts, Figure, Key, parts, worth_asking
from etl.harvest import SheetPlan
from etl.history_rule import part_of
from etl.past import History
from etl.prepare import FormPlan, HistoryRule
from etl.report import Report
from etl.unusual import unusual

NONE: frozenset[Key] = frozenset()


def doubts_of(plan: FormPlan, report: Report, history: History) -> Doubts:
    """The figures of a report that may be outliers, or belong to a sheet where all rises."""
    found: dict[str, list[tuple[str, Figure]]] = {}
    for rule in plan.history:
        asked = history.asked_before.get(rule.rule.rule_id, NONE)
        if rule.function == unusual.__name__:
            those = list(outlying(part_of(plan, rule.rule), rule, report, history, asked))
        elif rule.function == cumulative_as_flow.__name__:
            those = cumulative_doubts(part_of(plan, rule.rule), rule, report, history.before, asked, history.limits)
        else:
            continue
        if those:
            found[rule.rule.rule_id] = those
    return found


def outlying(
    part: SheetPlan, rule: HistoryRule, report: Report, history: History, asked: Collection[Key]
) -> Iterator[tuple[str, Figure]]:
    """The figures a rule about outliers may doubt."""
    for argument in rule.arguments:
        column, driver = parts(argument)
        measure, by = part.columns[column].column.measure, part.columns[driver].column.measure if driver else ""
        for one in worth_asking(report, measure, by, rule.items, history.before, asked, history.limits):
            yield argument, one
