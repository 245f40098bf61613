"""The rule that a period's figures are its own, and not what the year has come to so far."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from etl.figures import Figure, Key, figures, numbers, parts
from etl.findings import one_period_of
from etl.habits import Habit
from etl.harvest import SheetPlan
from etl.history_rule import Oddity, oddity, part_of
from etl.limits import Limits
from etl.past import History
from etl.prepare import FormPlan, HistoryRule
from etl.report import Report


def cumulative_as_flow(
    plan: FormPlan, rule: HistoryRule, report: Report, history: History, arguments: Sequence[str]
) -> Iterator[Oddity]:
    """The figures of a period are not the sums of the year so far; one alone may be so by chance, half a sheet not."""
    part, limits = part_of(plan, rule.rule), history.limits
    doubts = [
        (argument, one, history.habits[one.rate_key])
        for argument, one in history.doubts.get(rule.rule.rule_id, ())
        if one.rate_key in history.habits
    ]
    if not doubts:
        return
    known, _, _ = compared(part, rule, report, history.before, limits)
    asked = history.asked_before.get(rule.rule.rule_id, frozenset())
    for like in (is_sum_of_the_year, has_only_risen, goes_on):
        found = [each for each in doubts if like(*each[1:], asked, limits)]
        if len(found) < max(limits.cumulative_least, limits.cumulative_share * known):
            continue
        for argument, one, habit in found:
            last = next((number for number in habit.last if number), 0.0)
            before = habit.so_far if like is is_sum_of_the_year else last
            expected = one_period_of(max(0.0, one.value - before), last)
            words = {"so_far": habit.so_far, "before": last}
            yield oddity(part, report, one.place, parts(argument)[0], words, expected)
        return


def is_sum_of_the_year(one: Figure, habit: Habit, asked: Collection[Key], limits: Limits) -> bool:
    """Whether a figure is about the sum of the year's periods before and of one more like them."""
    if habit.months < limits.cumulative_periods or one.value < limits.cumulative_jump * max(habit.last, default=0.0):
        return False
    with_this = habit.so_far + habit.so_far / habit.months
    return with_this / limits.cumulative_near <= one.value <= with_this * limits.cumulative_near


def has_only_risen(one: Figure, habit: Habit, asked: Collection[Key], limits: Limits) -> bool:
    """Whether a figure has never fallen in the last periods of the year, and has risen far."""
    periods = int(limits.rising_periods)
    said = (one.value, *habit.last[: periods - 1])
    if len(said) < periods or said[-1] <= 0:
        return False
    return all(later >= earlier for later, earlier in pairwise(said)) and said[0] >= limits.rising_times * said[-1]


def goes_on(one: Figure, habit: Habit, asked: Collection[Key], limits: Limits) -> bool:
    """Whether a figure that was already taken for a sum in the period before is still above it."""
    return one.key in asked and bool(habit.last) and one.value >= habit.last[0] > 0


def cumulative_doubts(
    part: SheetPlan, rule: HistoryRule, report: Report, before: Mapping[Key, float], asked: Collection[Key],
    limits: Limits,
) -> list[tuple[str, Figure]]:  # fmt: skip
    """The figures of a sheet whose year is worth looking up: where enough of them jump, or next to none falls."""
    known, jumped, fallen = compared(part, rule, report, before, limits)
    jumps = jumped >= max(limits.cumulative_least, limits.cumulative_share * known)
    rises = known >= limits.copied_least and fallen <= (1 - limits.rising_share) * known
    if not (jumps or rises or asked):
        return []
    return [
        (argument, one)
        for argument in rule.arguments
        for one in figures(report, part.columns[argument].column.measure, rule.items)
        if one.value >= limits.unusual_least
    ]


def compared(
    part: SheetPlan, rule: HistoryRule, report: Report, before: Mapping[Key, float], limits: Limits
) -> tuple[int, int, int]:
    """How many figures of a sheet were there in the period before, how many jumped since, how many fell."""
    known = jumped = fallen = 0
    for argument in rule.arguments:
        measure = part.columns[argument].column.measure
        for _, item, value in numbers(report, measure, rule.items):
            last = before.get((measure, item))
            if last and value >= limits.unusual_least:
                known += 1
                jumped += value >= limits.cumulative_jump * last
                fallen += value < last
    return known, jumped, fallen
