"""What the warehouse knows of a file: was it received before, which version is it, what does its past say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from etl.calendar import period_before
from etl.findings import Finding, differing, finding
from etl.history import historical_findings, measures_needed
from etl.inspection import Inspected
from etl.past import LEAST_PERIODS, NO_HISTORY, histories
from etl.prepare import FormPlan, Prepared
from etl.report import Report

ReportKey = tuple[str, str, str]
"""unit_code, period, form_id"""
Numbers = dict[tuple[str, str], tuple[float, str, str]]
"""measure, item_code -> value, form_id and convention of another form"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A file with what the warehouse knows of it."""

    inspected: Inspected
    reports: tuple[Report, ...]
    versions: tuple[int, ...]
    duplicate: bool = False


def judge(con: duckdb.DuckDBPyConnection, prepared: Prepared, batch: Sequence[Inspected]) -> list[Judged]:
    """Judge files of one period. A file whose bytes were received before is a duplicate, whatever its name."""
    known = {sha for (sha,) in con.execute(RECEIVED, {"hashes": [each.sha256 for each in batch]}).fetchall()}
    reports = [report for each in batch for report in each.reports]
    versions = last_versions(con, reports)
    pasts = Pasts(con, prepared, reports)
    judged: list[Judged] = []
    for each in batch:
        if each.sha256 in known:
            judged.append(Judged(each, each.reports, tuple(0 for _ in each.reports), duplicate=True))
            continue
        if each.reports:
            known.add(each.sha256)
        numbers = []
        for report in each.reports:
            key = (report.unit_code, report.period, report.form_id)
            versions[key] = versions.get(key, 0) + 1
            numbers.append(versions[key])
        found = tuple(
            pasts.judged(report, each, first=number == 1) for report, number in zip(each.reports, numbers, strict=True)
        )
        judged.append(Judged(each, found, tuple(numbers)))
    return judged


RECEIVED = (
    "select distinct file_sha256 from submission where status <> 'void' and file_sha256 in (select unnest($hashes))"
)
VERSIONS = """
    select unit_code, period, form_id, max(version)
    from submission
    where unit_code in (select unnest($units)) and period in (select unnest($periods))
    group by all
"""
OTHER_FORMS = """
    select submission_id, unit_code, period, form_id, convention
    from current_submission
    where unit_code in (select unnest($units)) and period in (select unnest($periods))
      and form_id not in (select unnest($forms))
"""
OTHER_NUMBERS = """
    select submission_id, measure, item_code, value
    from observation
    where submission_id in (select unnest($submissions)) and theme_code is null and value is not null
"""
EXTENSIONS = "select unit_code, period, form_id, until from extension where period in (select unnest($periods))"


def last_versions(con: duckdb.DuckDBPyConnection, reports: Sequence[Report]) -> dict[ReportKey, int]:
    """The last version received of each report."""
    asked = {"units": [each.unit_code for each in reports], "periods": sorted({each.period for each in reports})}
    return {(unit, period, form): number for unit, period, form, number in con.execute(VERSIONS, asked).fetchall()}


def other_numbers(con: duckdb.DuckDBPyConnection, asked: Mapping[str, object]) -> dict[tuple[str, str], Numbers]:
    """What units gave for the same periods in other forms, by unit_code and period."""
    those = {submission: rest for submission, *rest in con.execute(OTHER_FORMS, asked).fetchall()}
    found: dict[tuple[str, str], Numbers] = {}
    if those:
        for submission, measure, item, value in con.execute(OTHER_NUMBERS, {"submissions": list(those)}).fetchall():
            unit, period, form_id, convention = those[submission]
            found.setdefault((unit, period), {})[measure, item] = (value, form_id, convention)
    return found


class Pasts:
    """The past of every unit of a batch, asked of the warehouse once."""

    def __init__(self, con: duckdb.DuckDBPyConnection, prepared: Prepared, reports: Sequence[Report]) -> None:
        self.prepared = prepared
        self.histories = {}
        for form_id, period in sorted({(report.form_id, report.period) for report in reports}):
            units = [report.unit_code for report in reports if (report.form_id, report.period) == (form_id, period)]
            plan = prepared.plan(prepared.catalogue.form(form_id), "")
            last, habits = measures_needed(plan, habitual=False), measures_needed(plan, habitual=True)
            past = histories(con, form_id, units, before(period), last, habits)
            self.histories.update({(unit, period, form_id): history for unit, history in past.items()})
        asked = {"units": [each.unit_code for each in reports], "periods": sorted({each.period for each in reports})}
        self.others = other_numbers(con, {**asked, "forms": sorted({each.form_id for each in reports})})
        extended = con.execute(EXTENSIONS, {"periods": asked["periods"]}).fetchall()
        self.extensions = {(unit, period, form): until for unit, period, form, until in extended}

    def judged(self, report: Report, inspected: Inspected, *, first: bool) -> Report:
        """The report with what its past says of it."""
        plan = self.plan(report)
        key = (report.unit_code, report.period, report.form_id)
        found = [
            *historical_findings(plan, report, self.histories.get(key, NO_HISTORY)),
            *self.other_forms(report),
            *(self.lateness(report, inspected) if first else ()),
        ]
        return replace(report, findings=(*report.findings, *found)) if found else report

    def plan(self, report: Report) -> FormPlan:
        """The form of a report, ready for its unit."""
        kind = self.prepared.catalogue.unit(report.unit_code).kind
        return self.prepared.plan(self.prepared.catalogue.form(report.form_id), kind)

    def other_forms(self, report: Report) -> Iterator[Finding]:
        """One finding where another form of the unit gives other numbers for the same things."""
        others = self.others.get((report.unit_code, report.period))
        if others is None:
            return
        pairs = [
            (each, others[each.measure, each.item_code])
            for each in report.observations
            if each.theme_code is None and each.value is not None and (each.measure, each.item_code) in others
        ]
        different = [(each, other) for each, other in pairs if each.value != other[0]]
        if different:
            ranked = sorted(
                {report.form_id, different[0][1][1]}, key=lambda form: self.prepared.catalogue.form(form).rank
            )
            words = differing((each.measure, each.value or 0.0, other[0]) for each, other in different)
            at = different[0][0]
            yield finding("other_form_differs", sheet=at.sheet, cell=at.cell, value=words, expected=ranked[0])

    def lateness(self, report: Report, inspected: Inspected) -> Iterator[Finding]:
        """A note where the first file came after the deadline."""
        period = self.prepared.period(report.period)
        if period is None:
            return
        if not owed(self.prepared, report, period.kind):
            if any(row["form_id"] == report.form_id for row in self.prepared.catalogue.tables.get("duties", ())):
                yield finding("not_owed", value=period.name)
            return
        due = self.extensions.get((report.unit_code, report.period, report.form_id), period.due_at)
        received = inspected.incoming.received_at
        if received > due:
            days = max(1, (received.date() - due.date()).days)
            yield finding("late", value=days, expected=f"{due:%H:%M %d/%m/%Y}")


def owed(prepared: Prepared, report: Report, period_kind: str) -> bool:
    """Whether the unit owes this form for this kind of period."""
    unit = prepared.catalogue.unit(report.unit_code)
    return any(
        row["form_id"] == report.form_id
        and row["period_kind"] == period_kind
        and row["applies_to"] in (unit.unit_code, unit.kind, "*")
        for row in prepared.catalogue.tables.get("duties", ())
    )


def before(period: str) -> list[str]:
    """The periods before one, latest first, as many as history looks back."""
    found: list[str] = []
    for _ in range(LEAST_PERIODS):
        period = period_before(period)
        found.append(period)
    return found
