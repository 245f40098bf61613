"""What was explained is not asked again: how far an explanation reaches, and what then becomes of a finding.

How far is data (explaining.csv): for how many later periods, and whether any value of the same cause is covered, only
the same value, values up to the one that was explained and a margin more, or values as near to it either way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import duckdb

from etl.calendar import period_before
from etl.catalogue import Row
from etl.faults import EXPLAIN, NOTE
from etl.findings import Finding, already_explained, number_of

EVERY_RULE = "*"
SAME, NEAR, ANY = "same", "near", "any"
"""What explaining.csv may say; the fourth, up_to, is what is left."""
GIVEN = """
    select unit_code, form_id, rule_id, sheet, cause, period, value, reason, "at"
    from explanation
    where unit_code in (select unnest($units))
    order by "at" desc
"""
Cause = tuple[str, str, str, str, str]
"""unit_code, form_id, rule_id, sheet, cause"""


class Explanation(NamedTuple):
    """Why a value is right although a rule doubts it."""

    period: str
    value: str
    reason: str
    at: dt.datetime


Explanations = Mapping[Cause, Sequence[Explanation]]


def cause_of(finding: Finding) -> str:
    """What a finding is about, the same in every version and period: row and column, else the cell."""
    return " · ".join(label for label in (finding.row_label, finding.column_label) if label) or finding.cell


def explanations(con: duckdb.DuckDBPyConnection, units: Sequence[str]) -> Explanations:
    """What units have explained, by its cause, the latest first."""
    found: dict[Cause, list[Explanation]] = {}
    for *cause, period, value, reason, at in con.execute(GIVEN, {"units": list(units)}).fetchall():
        unit, form, rule, sheet, what = cause
        found.setdefault((unit, form, rule, sheet, what), []).append(Explanation(period, value, reason, at))
    return found


def answered(
    findings: Iterable[Finding], report: tuple[str, str, str], given: Explanations, reach: Sequence[Row]
) -> Iterator[Finding]:
    """The findings of a report (unit_code, period, form_id); one that an explanation covers is a note and quotes it."""
    unit, period, form = report
    rows = {row["rule_id"]: row for row in reach}
    for each in findings:
        known = given.get((unit, form, each.rule_id, each.sheet, cause_of(each)), ())
        row = rows.get(each.rule_id) or rows.get(EVERY_RULE)
        why = next((one for one in known if row and covers(row, one, each.value, period)), None)
        if each.severity == EXPLAIN and why:
            message, fix = already_explained(each.message, why.period, why.reason)
            yield each._replace(severity=NOTE, message=message, fix=fix)
        else:
            yield each


def covers(row: Row, explanation: Explanation, value: str, period: str) -> bool:
    """Whether an explanation reaches as far as a value of a period."""
    if not 0 <= periods_between(explanation.period, period) <= int(row["periods"]):
        return False
    return value == explanation.value or not exceeds(row, explanation.value, value)


def exceeds(row: Row, explained: str, value: str) -> bool:
    """Whether a value goes beyond the one explained; what is no number does unless any value is covered."""
    if row["within"] == ANY:
        return False
    one, other = number_of(explained), number_of(value)
    if row["within"] == SAME or one is None or other is None:
        return True
    most = 1 + float(row["margin"] or 0) / 100
    return other > one * most or (row["within"] == NEAR and other * most < one)


def periods_between(earlier: str, period: str, most: int = 60) -> int:
    """How many periods of its kind later a period is; -1 where it is not, or too far."""
    for steps in range(most):
        if period == earlier:
            return steps
        period = period_before(period)
    return -1
