"""Reports into the warehouse, all or nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import duckdb

from etl.bulk import insert
from etl.explained import cause_of
from etl.faults import ERROR, EXPLAIN, NOTE
from etl.report import Observation, Remark, Report, Task


@dataclass(frozen=True, slots=True)
class Submission:
    """One report ready to be stored: what the row of `submission` says, and the report itself."""

    report: Report
    file_name: str
    sha256: str
    received_at: dt.datetime
    loaded_by: str
    version: int
    submission_id: int
    convention: str
    demo: bool
    returned: str = ""
    """Why a person sends it back."""

    @property
    def status(self) -> str:
        """accepted, or returned where something must be corrected first or a person sends it back."""
        return "returned" if self.report.refused or self.returned else "accepted"


def store(con: duckdb.DuckDBPyConnection, submissions: Sequence[Submission], loaded_at: dt.datetime) -> None:
    """Add submissions with their facts, in the transaction the caller has open; a returned one has findings only."""
    insert(con, "submission", submission_columns(submissions, loaded_at))
    accepted = [each for each in submissions if each.status == "accepted"]
    insert(con, "observation", observation_columns(accepted))
    insert(con, "task", fact_columns(accepted, Task._fields, "tasks"))
    insert(con, "remark", fact_columns(accepted, Remark._fields, "remarks"))
    insert(con, "finding", finding_columns(submissions))


def submission_columns(submissions: Sequence[Submission], loaded_at: dt.datetime) -> Mapping[str, Sequence[object]]:
    """Columns of `submission`."""
    rows = [
        {
            "submission_id": each.submission_id, "unit_code": each.report.unit_code, "period": each.report.period,
            "version": each.version, "form_id": each.report.form_id, "status": each.status,
            "file_name": each.file_name, "file_sha256": each.sha256, "received_at": each.received_at,
            "loaded_at": loaded_at, "loaded_by": each.loaded_by, "note": each.returned or None,
            "convention": each.convention, "nothing_in": ";".join(each.report.nothing_in) or None,
            "cells_required": each.report.cells_required, "cells_filled": each.report.cells_filled,
            "errors": weight(each.report, ERROR), "explains": weight(each.report, EXPLAIN),
            "notes": weight(each.report, NOTE),
            "has_plan": bool(each.report.cover.get("plan_no")) if each.report.cover else None, "demo": each.demo,
            "cover": json.dumps(each.report.cover, ensure_ascii=False, default=str) if each.report.cover else None,
        }
        for each in submissions
    ]  # fmt: skip
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


def weight(report: Report, severity: str) -> int:
    """How many findings of a severity a report has."""
    return sum(each.severity == severity for each in report.findings)


def observation_columns(submissions: Sequence[Submission]) -> Mapping[str, Sequence[object]]:
    """Columns of `observation`: those of the reports, one after the other."""
    some = [each for each in submissions if each.report.observations]
    columns = {
        name: list(chain.from_iterable(each.report.observations.columns[place] for each in some))
        for place, name in enumerate(Observation._fields)
    }
    ids = [each.submission_id for each in some for _ in each.report.observations.columns[0]]
    return {"submission_id": ids} | columns


def fact_columns(submissions: Sequence[Submission], fields: Sequence[str], part: str) -> Mapping[str, Sequence[object]]:
    """Columns of a table of facts: the submission and the fields of each fact."""
    facts = [getattr(each.report, part) for each in submissions]
    ids = [each.submission_id for each, those in zip(submissions, facts, strict=True) for _ in those]
    rows = [fact for those in facts for fact in those]
    return {"submission_id": ids, **dict(zip(fields, zip(*rows, strict=True), strict=True))} if rows else {}


def finding_columns(submissions: Sequence[Submission]) -> Mapping[str, Sequence[object]]:
    """Columns of `finding`."""
    rows = [(each.submission_id, *one, cause_of(one)) for each in submissions for one in each.report.findings]
    names = (
        "submission_id",
        "rule_id",
        "severity",
        "sheet",
        "cell",
        "row_label",
        "column_label",
        "value",
        "expected",
        "message",
        "fix",
        "cause",
    )
    return dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}
