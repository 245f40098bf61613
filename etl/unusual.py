"""Rules about the past that judge how likely a number is: outliers, and copies of last month's report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp

from etl.figures import numbers, parts
from etl.findings import same_numbers, times_usual, usual_among, usual_for
from etl.habits import usual_numbers
from etl.history_rule import Oddity, oddity, part_of
from etl.past import History
from etl.prepare import FormPlan, HistoryRule
from etl.report import Report


def unusual(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """A figure is not far off what the unit usually reports, or units of its kind where its own past is short."""
    part, limits = part_of(plan, rule.rule), history.limits
    for argument, one in history.doubts.get(rule.rule.rule_id, ()):
        own, peer = history.habits.get(one.rate_key), history.peers.get(one.rate_key)
        if own and own.times >= limits.history_periods:
            habit, known_of = own, usual_for
        elif peer and peer.times >= limits.history_peers and one.value:
            habit, known_of = peer, usual_among
        else:
            continue
        if habit.unusual(one.rate, limits) if one.value else habit.forbids_zero(one.by, limits):
            column, driver = parts(argument)
            low, high = usual_numbers(habit, one.by)
            by = part.columns[driver].label if driver else ""
            usual = known_of(low, high, history.before.get(one.key), by, one.by)
            times = times_usual(one.value / (exp(habit.middle) * one.by))
            yield oddity(part, report, one.place, column, {"times": times, "usual": usual}, usual)


def copied(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """The figures of a sheet are not nearly all those of the period before: it would be last month's report."""
    share, part, limits = float(arguments[0]), part_of(plan, rule.rule), history.limits
    compared, same = 0, 0
    first: tuple[int, str] | None = None
    for column in arguments[1:]:
        measure = part.columns[column].column.measure
        for place, item, value in numbers(report, measure, rule.items):
            if value >= limits.unusual_least:
                compared += 1
                if value == history.before.get((measure, item)):
                    same += 1
                    first = first or (place, column)
    if first and compared >= limits.copied_least and same >= share * compared:
        words = {"same": same, "all": compared, "least": limits.unusual_least}
        yield oddity(part, report, *first, words)._replace(value=same_numbers(same, compared))
