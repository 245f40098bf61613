"""The past of many reports at once: what was said last, and what is usual for the figures that look odd beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb

from etl.calendar import period_before
from etl.doubts import doubts_of
from etl.figures import Doubts, RateKey
from etl.habits import Habit, among, own_habits, peer_habits
from etl.history import needed_of
from etl.limits import Limits
from etl.past import History, last_period
from etl.prepare import Prepared
from etl.rates import Asked, Past, Recent
from etl.report import Report


def histories(
    con: duckdb.DuckDBPyConnection, recent: Recent, prepared: Prepared, form_id: str, period: str,
    reports: Sequence[Report],
) -> Mapping[int, History]:  # fmt: skip
    """The history of the reports of a form and period, by their identity: two of a unit may have come together."""
    catalogue = prepared.catalogue
    plan, limits = prepared.plan(catalogue.form(form_id), ""), Limits.of(catalogue.settings)
    before = periods_before(period, int(limits.history_look_back))
    units = [each.unit_code for each in reports]
    given = {"form": form_id, "units": units, "periods": before}
    submissions = [Past(*row) for row in con.execute(IN_FORCE, given).fetchall()]
    nothing = History(period_before=before[0], limits=limits)
    last = last_period(con, recent, submissions, before[0], needed_of(plan, limits), limits)
    past = {unit: last.get(unit, nothing) for unit in units}
    doubts = [doubts_of(plan, each, past[each.unit_code]) for each in reports]
    asked = sorted({line for each, those in zip(reports, doubts, strict=True) for line in asked_of(each, those)})
    year = [each for each in before if each[:4] == period[:4]]
    habits = own_habits(con, recent, submissions, year, asked)
    short = [line for line in asked if known(habits, line) < limits.history_periods]
    kinds = {each.unit_code: catalogue.unit(each.unit_code).kind for each in reports}
    peers = peer_habits(con, recent, form_id, period, before[0], short, kinds) or among(reports, short, kinds)
    return {
        id(each): replace(
            past[each.unit_code], doubts=those, habits=habits.get(each.unit_code, {}),
            peers=peers.get(kinds[each.unit_code], {}),
        )
        for each, those in zip(reports, doubts, strict=True)
    }  # fmt: skip


IN_FORCE = """
    select submission_id, unit_code, period
    from current_submission
    where form_id = $form and list_contains($periods, period) and list_contains($units, unit_code)
"""


def asked_of(report: Report, doubts: Doubts) -> set[Asked]:
    """The rates a report's doubts are about."""
    return {(report.unit_code, *one.rate_key) for those in doubts.values() for _, one in those}


def known(habits: Mapping[str, Mapping[RateKey, Habit]], line: Asked) -> int:
    """Of how many periods a unit's own habit is known."""
    unit_code, *key = line
    habit = habits.get(unit_code, {}).get((key[0], key[1], key[2]))
    return habit.times if habit else 0


def periods_before(period: str, count: int) -> list[str]:
    """The periods before one, latest first."""
    found: list[str] = []
    for _ in range(count):
        period = period_before(period)
        found.append(period)
    return found
