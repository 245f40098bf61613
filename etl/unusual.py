"""Rules about the past that judge how likely a number is: outliers, cumulative figures, copies of last month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import exp

from etl.findings import one_period_of, same_numbers, times_usual, usual_among, usual_for
from etl.habits import Doubts, Figure, Habit, Limits, figures, parts, usual_numbers, worth_asking
from etl.harvest import SheetPlan
from etl.oddity import Oddity, part_of
from etl.past import History
from etl.prepare import FormPlan, HistoryRule
from etl.report import Report

JUMP = 1.8
"""A cumulative figure is at least so many times the most of a period."""
ENTERED_AS_CUMULATIVE = (0.8, 1.25)
"""How near a figure comes to the sum of the year, this period's usual figure with it."""
FEW_CUMULATIVE = 3
HALF = 0.5
RISEN = 2.5
"""Figures that rise all the time are cumulative when they rise so many times; work that grows, grows slower."""
MOST_OF_A_SHEET = 0.8
FEW_FIGURES = 5


def unusual(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """A figure is not far off what the unit usually reports, or units of its kind where its own past is short."""
    part, limits = part_of(plan, rule.rule), history.limits
    for argument, one in history.doubts.get(rule.rule.rule_id, ()):
        own, peer = history.habits.get(one.rate_key), history.peers.get(one.rate_key)
        if own and own.times >= limits.periods:
            habit, known_of = own, usual_for
        elif peer and peer.times >= limits.peers:
            habit, known_of = peer, usual_among
        else:
            continue
        if habit.unusual(one.rate, limits):
            column, driver = parts(argument)
            low, high = usual_numbers(habit, one.by)
            by = part.columns[driver].label if driver else ""
            usual = known_of(low, high, history.before.get(one.key), by, one.by)
            times = times_usual(one.value / (exp(habit.middle) * one.by))
            yield oddity(part, report, one, column, {"times": times, "usual": usual}, usual)


def cumulative_as_flow(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """The figures of a period are not the sums of the year so far; one alone may be so by chance, half a sheet not."""
    part, limits = part_of(plan, rule.rule), history.limits
    doubts = [(argument, one, history.habits.get(one.rate_key))
              for argument, one in history.doubts.get(rule.rule.rule_id, ()) if one.value >= limits.least]  # fmt: skip
    for like in (looks_cumulative, keeps_rising):
        found = [(argument, one, habit) for argument, one, habit in doubts if habit and like(one, habit, limits)]
        if len(found) < FEW_CUMULATIVE or len(found) < HALF * with_a_past(part, rule, report, history):
            continue
        for argument, one, habit in found:
            last = next((number for number in habit.last if number), 0.0)
            before = last if like is keeps_rising else habit.so_far
            expected = one_period_of(max(0.0, one.value - before), last)
            yield oddity(part, report, one, parts(argument)[0], {"so_far": before, "before": last}, expected)
        return


def with_a_past(part: SheetPlan, rule: HistoryRule, report: Report, history: History) -> int:
    """How many figures a rule is about that are worth comparing and were there in the period before."""
    least, before = history.limits.least, history.before
    return sum(
        one.value >= least and one.key in before
        for argument in rule.arguments
        for one in of_argument(part, rule, report, argument)
    )


def copied(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """The figures of a sheet are not nearly all those of the period before: it would be last month's report."""
    share, part, least = float(arguments[0]), part_of(plan, rule.rule), history.limits.least
    compared = [
        (one, history.before.get(one.key), column)
        for column in arguments[1:]
        for one in figures(report, part.columns[column].column.measure, "", rule.items)
        if one.value >= least
    ]
    same = [(one, column) for one, before, column in compared if one.value == before]
    if len(compared) >= FEW_FIGURES and len(same) >= share * len(compared):
        one, column = same[0]
        words = {"same": len(same), "all": len(compared), "least": least}
        yield oddity(part, report, one, column, words, "")._replace(value=same_numbers(len(same), len(compared)))


def oddity(
    part: SheetPlan, report: Report, one: Figure, column: str, words: Mapping[str, object], expected: str
) -> Oddity:
    """What was found at a figure."""
    sheets, _, _, _, _, cells = report.observations.columns
    item, label = part.items.get(one.item), part.columns[column].label
    said = {"column": label, column: one.value, "value": one.value, **words}
    row = item.name if item else one.item
    return Oddity(str(sheets[one.place]), str(cells[one.place]), row, label, one.value, said, expected)


def looks_cumulative(one: Figure, habit: Habit, limits: Limits) -> bool:
    """Whether a figure is about the sum of the year's periods before and of one more like them."""
    low, high = ENTERED_AS_CUMULATIVE
    if habit.months < 3 or one.value < JUMP * max(habit.last, default=0.0):
        return False
    return low <= one.value / (habit.so_far + habit.so_far / habit.months) <= high


def keeps_rising(one: Figure, habit: Habit, limits: Limits) -> bool:
    """Whether a figure has only risen in the last periods of the year, and far."""
    last = habit.last[: limits.rising - 1]
    if len(last) < limits.rising - 1 or last[-1] <= 0:
        return False
    numbers = (one.value, *last)
    return all(later > earlier for later, earlier in pairwise(numbers)) and one.value >= RISEN * last[-1]


def doubts_of(
    plan: FormPlan, report: Report, before: Mapping[tuple[str, str], float], limits: Limits
) -> Doubts:  # fmt: skip
    """The figures of a report whose past is worth looking up: those that may be outliers, or sheets where all rise."""
    found: dict[str, list[tuple[str, Figure]]] = {}
    for rule in plan.history:
        if rule.function not in LOOKED_UP:
            continue
        part = part_of(plan, rule.rule)
        those = [(argument, one) for argument in rule.arguments for one in of_argument(part, rule, report, argument)]
        if rule.function != cumulative_as_flow.__name__ or not all_rise([one for _, one in those], before, limits):
            those = [(argument, one) for argument, one in those if worth_asking(one, before, limits)]
        if those:
            found[rule.rule.rule_id] = those
    return found


def of_argument(part: SheetPlan, rule: HistoryRule, report: Report, argument: str) -> Iterator[Figure]:
    """The figures an argument names: "reach / products"."""
    column, driver = parts(argument)
    measure = part.columns[driver].column.measure if driver else ""
    return figures(report, part.columns[column].column.measure, measure, rule.items)


def all_rise(those: Sequence[Figure], before: Mapping[tuple[str, str], float], limits: Limits) -> bool:
    """Whether nearly all figures of a sheet are above those of the period before."""
    pairs = [(one.value, last) for one in those if (last := before.get(one.key, 0.0)) and one.value >= limits.least]
    return len(pairs) >= FEW_FIGURES and sum(now > last for now, last in pairs) >= MOST_OF_A_SHEET * len(pairs)


LOOKED_UP = frozenset((unusual.__name__, cumulative_as_flow.__name__))
