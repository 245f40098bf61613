"""What the sender of a file is told."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.catalogue import Catalogue
from etl.faults import SEVERITIES
from etl.findings import Finding
from etl.held import Earlier, Held
from etl.judge import Judged

ACCEPTED, RETURNED, UNREADABLE, DUPLICATE = "accepted", "returned", "unreadable", "duplicate"
OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file."""

    file: str
    outcome: str
    """accepted | returned | unreadable | duplicate; overtaken: not stored, because another file of the same report was
    received since this one was looked at.
    """
    received_at: dt.datetime
    sha256: str
    form_id: str = ""
    form_version: str = ""
    """The stamp of the template that was filled."""
    unit_code: str = ""
    unit_name: str = ""
    """Empty for a workbook of several units."""
    period: str = ""
    version: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    """units, units_good (those of them that are not refused), observations, tasks, remarks, findings by severity."""
    findings: tuple[Finding, ...] = ()
    earlier: Earlier | None = None
    """The submission with the same bytes: when it was received, and by whom."""
    held: tuple[Held, ...] = ()
    """What the warehouse held of its reports when it was looked at."""
    returned: str = ""
    """Why a person sent it back."""


def receipts_of(catalogue: Catalogue, judged: list[Judged]) -> list[Receipt]:
    """The receipts for files that were judged. Each is let go with its receipt, as the numbers of many would not fit
    into memory together: the list is empty in the end.
    """
    judged.reverse()
    receipts = []
    while judged:
        receipts.append(receipt_of(catalogue, judged.pop()))
    return receipts


def receipt_of(catalogue: Catalogue, judged: Judged) -> Receipt:
    """The receipt for a file that was judged."""
    incoming, reports = judged.inspected.incoming, judged.reports
    findings = (*judged.inspected.findings, *(each for report in reports for each in report.findings))
    single = reports[0].unit_code if len(reports) == 1 else ""
    severities = Counter(each.severity for each in findings)
    return Receipt(
        file=incoming.name,
        outcome=outcome_of(judged),
        received_at=incoming.received_at,
        sha256=judged.inspected.sha256,
        form_id=judged.inspected.form_id,
        form_version=str(reports[0].cover.get("template_version") or "") if len(reports) == 1 else "",
        unit_code=single,
        unit_name=catalogue.unit(single).full_name if single else "",
        period=reports[0].period if reports else "",
        version=judged.versions[0] if len(reports) == 1 else 0,
        counts={
            "units": len(reports),
            "units_good": sum(not report.refused for report in reports),
            "observations": sum(len(report.observations) for report in reports),
            "tasks": sum(len(report.tasks) for report in reports),
            "remarks": sum(len(report.remarks) for report in reports),
            **{severity: severities[severity] for severity in SEVERITIES},
        },
        findings=findings,
        earlier=judged.earlier,
        held=judged.held,
        returned=incoming.returned,
    )


def outcome_of(judged: Judged) -> str:
    """How a file ended; a workbook of several units is accepted only where every row was."""
    if judged.duplicate:
        return DUPLICATE
    if not judged.reports:
        return UNREADABLE
    if judged.inspected.incoming.returned:
        return RETURNED
    stray = any(each.severity == "error" for each in judged.inspected.findings)
    return RETURNED if stray or any(report.refused for report in judged.reports) else ACCEPTED
