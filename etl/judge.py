"""What the warehouse knows of a file: was it received before, which version is it, what does its past say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import duckdb

from etl.duties import owes
from etl.explained import answered, explanations
from etl.findings import Finding, differing, finding
from etl.held import Earlier, Held, earlier, held
from etl.history import historical_findings
from etl.inspection import Inspected
from etl.past import NO_HISTORY, History
from etl.prepare import FormPlan, Prepared
from etl.rates import Recent
from etl.recalled import histories
from etl.report import Report

Numbers = dict[tuple[str, str], tuple[float, str, str]]
"""measure, item_code -> value, form_id and convention of another form"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A file with what the warehouse knows of it."""

    inspected: Inspected
    reports: tuple[Report, ...]
    versions: tuple[int, ...]
    held: tuple[Held, ...] = ()
    """What the warehouse held of each report before."""
    earlier: Earlier | None = None
    """The submission with the same bytes, where there is one."""

    @property
    def duplicate(self) -> bool:
        """Whether the same bytes were received before."""
        return self.earlier is not None


def judge(
    con: duckdb.DuckDBPyConnection,
    prepared: Prepared,
    batch: Sequence[Inspected],
    recent: Recent = MappingProxyType({}),
) -> list[Judged]:
    """Judge files of one period. A file whose bytes were received before is a duplicate, whatever its name."""
    known = earlier(con, [each.sha256 for each in batch])
    reports = [report for each in batch for report in each.reports]
    before_now = held(con, reports)
    versions = {key: one.last for key, one in before_now.items()}
    pasts = Pasts(con, recent, prepared, [one for each in batch if each.sha256 not in known for one in each.reports])
    judged: list[Judged] = []
    for each in batch:
        mine = tuple(before_now[report.key] for report in each.reports)
        if each.sha256 in known:
            judged.append(Judged(each, each.reports, tuple(0 for _ in each.reports), mine, known[each.sha256]))
            continue
        if each.reports:
            known[each.sha256] = Earlier(each.incoming.name)
        numbers = []
        for report in each.reports:
            versions[report.key] += 1
            numbers.append(versions[report.key])
        found = tuple(
            pasts.judged(report, each, first=number == 1) for report, number in zip(each.reports, numbers, strict=True)
        )
        judged.append(Judged(each, found, tuple(numbers), mine))
    return judged


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

    def __init__(
        self, con: duckdb.DuckDBPyConnection, recent: Recent, prepared: Prepared, reports: Sequence[Report]
    ) -> None:
        self.prepared = prepared
        self.histories: dict[int, History] = {}
        for form_id, period in sorted({(report.form_id, report.period) for report in reports}):
            those = [report for report in reports if (report.form_id, report.period) == (form_id, period)]
            self.histories.update(histories(con, recent, prepared, form_id, period, those))
        asked = {"units": [each.unit_code for each in reports], "periods": sorted({each.period for each in reports})}
        self.others = other_numbers(con, {**asked, "forms": sorted({each.form_id for each in reports})})
        extended = con.execute(EXTENSIONS, {"periods": asked["periods"]}).fetchall()
        self.extensions = {(unit, period, form): until for unit, period, form, until in extended}
        self.explanations = explanations(con, [each.unit_code for each in reports])

    def judged(self, report: Report, inspected: Inspected, *, first: bool) -> Report:
        """The report with what its past says of it."""
        plan = self.plan(report)
        found = [
            *historical_findings(plan, report, self.histories.get(id(report), NO_HISTORY)),
            *self.other_forms(report),
            *(self.lateness(report, inspected) if first else ()),
        ]
        findings = (*report.findings, *found)
        if self.explanations:
            reach = self.prepared.catalogue.tables.get("explaining", ())
            findings = tuple(answered(findings, report.key, self.explanations, reach))
        return replace(report, findings=findings) if findings != report.findings else report

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
            forms = [self.prepared.catalogue.form(form) for form in (report.form_id, different[0][1][1])]
            labels = {column.measure: column.label for sheet in forms[0].sheets for column in sheet.columns}
            words = differing((labels[each.measure], each.value or 0.0, other[0]) for each, other in different)
            at, counts = different[0][0], min(forms, key=lambda form: form.rank)
            yield finding("other_form_differs", sheet=at.sheet, cell=at.cell, value=words, expected=counts.name)

    def lateness(self, report: Report, inspected: Inspected) -> Iterator[Finding]:
        """A note where the first file came after the deadline."""
        period = self.prepared.period(report.period)
        if period is None:
            return
        catalogue = self.prepared.catalogue
        if not owes(catalogue, catalogue.unit(report.unit_code), report.form_id, period):
            if any(row["form_id"] == report.form_id for row in catalogue.tables.get("duties", ())):
                yield finding("not_owed", value=period.name)
            return
        due = self.extensions.get(report.key, period.due_at)
        received = inspected.incoming.received_at
        if received > due:
            days = max(1, (received.date() - due.date()).days)
            yield finding("late", value=days, expected=f"{due:%H:%M ngày %d/%m/%Y}")
