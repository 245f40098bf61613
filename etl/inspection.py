"""One file, from bytes to what it says and what is wrong with it: read, parse, check. Touches no warehouse."""

from __future__ import annotations

import datetime as dt
import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path

from etl import selfcheck
from etl.catalogue import load_catalogue
from etl.faults import MARKED_SHEET, SEVERITIES
from etl.findings import Finding, finding, number
from etl.identity import Choice
from etl.lines import Line
from etl.package import MAX_FILE, sha256_of
from etl.parse import parse
from etl.prepare import FormPlan, Prepared
from etl.read import Refused, read
from etl.report import Report
from etl.rules import broken_rules
from etl.worker import Broken
from etl.workers import limited

MAX_FINDINGS = 5_000
WORTH_WORKERS = 24
"""From so many files on, starting more than one worker process pays."""


FileKey = tuple[str, object, dt.datetime]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to be looked at: its name, its bytes or where they are, and when it came."""

    name: str
    source: bytes | Path
    received_at: dt.datetime
    choice: Choice = field(default_factory=Choice)
    demo: bool = False
    findings: tuple[Finding, ...] = ()
    """Why it must not be opened, where that is known already."""
    reason: str = ""
    """Why the date of receipt is earlier than the moment it was entered."""
    returned: str = ""
    """Why a person sends it back; then nothing of it is loaded, however good it is."""

    @property
    def key(self) -> FileKey:
        """What tells it from all others of a call: its name, where it comes from, when it came."""
        return self.name, self.source if isinstance(self.source, Path) else hash(self.source), self.received_at

    def read(self) -> bytes:
        """The file's bytes; of one that is too large only so many that it is refused as too large."""
        if isinstance(self.source, bytes):
            return self.source
        with self.source.open("rb") as file:
            size = os.fstat(file.fileno()).st_size  # a buffer for the largest would take longer than to fill it
            return file.read(1 + min(size, MAX_FILE))


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a file turned out to be. Without reports, `findings` say why."""

    incoming: Incoming
    sha256: str
    form_id: str = ""
    reports: tuple[Report, ...] = ()
    findings: tuple[Finding, ...] = ()


def inspect(prepared: Prepared, incoming: Incoming) -> Inspected:
    """Read, parse and check one file."""
    data = incoming.read()
    sha256 = sha256_of(data)
    if incoming.findings:
        return Inspected(incoming, sha256, findings=incoming.findings)
    try:
        workbook = read(data, incoming.name, skip=partial(skipped, skipped_sheets(prepared)))
    except Refused as refusal:
        return Inspected(incoming, sha256, findings=(finding(refusal.reason, **refusal.details),))
    parsed = parse(prepared, workbook, incoming.received_at, incoming.choice)
    reports = tuple(
        checked(prepared.plan(prepared.catalogue.form(parsed.form_id), kind_of(prepared, report)), report, lines)
        for report, lines in zip(parsed.reports, parsed.lines, strict=True)
    )
    return Inspected(incoming, sha256, parsed.form_id, reports, heaviest(parsed.findings))


def kind_of(prepared: Prepared, report: Report) -> str:
    """The kind of unit a report is of."""
    return prepared.catalogue.unit(report.unit_code).kind


def checked(plan: FormPlan, report: Report, lines: Sequence[Line]) -> Report:
    """The report with what the arithmetic rules find."""
    broken = tuple(broken_rules(plan, lines, report.period))
    found = heaviest((*report.findings, *broken))
    return report if found == report.findings else replace(report, findings=found)


def heaviest(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """So many findings at most: a sheet of rubbish has a million, and nobody reads them."""
    if len(findings) <= MAX_FINDINGS:
        return findings
    ordered = sorted(findings, key=lambda each: SEVERITIES.index(each.severity))
    more = finding("too_many_findings", value=number(len(findings)), limit=number(MAX_FINDINGS))
    return (*ordered[:MAX_FINDINGS], more)


@lru_cache(maxsize=4)
def skipped_sheets(prepared: Prepared) -> frozenset[str]:
    """Sheets that are never read: guidance, lists, what a template counts for itself, our list of faults."""
    return frozenset(
        sheet.sheet for form in prepared.catalogue.forms for sheet in form.sheets if sheet.layout in ("guide", "lists")
    ) | {selfcheck.SHEET, MARKED_SHEET}


def skipped(names: frozenset[str], name: str) -> bool:
    """Whether a sheet is not read."""
    return name in names


@lru_cache(maxsize=4)
def prepared_for(folder: Path, sha256: str) -> Prepared:
    """The catalogue of a folder, made ready once a worker process and content."""
    prepared = Prepared(load_catalogue(folder))
    prepared.prove()
    gc.freeze()  # it stays for good: the collector need not walk through it after every few files
    return prepared


def inspect_in_worker(folder: Path, sha256: str, incoming: Incoming) -> Inspected:
    """`inspect`, as a worker process is asked for it."""
    return inspect(prepared_for(folder, sha256), incoming)


@contextmanager
def inspecting(prepared: Prepared, files: Sequence[Incoming], processes: int) -> Iterator[Iterator[Inspected]]:
    """Files inspected in order, in worker processes with limits: a file may break its reader. They begin at once."""
    task = partial(inspect_in_worker, prepared.catalogue.folder, prepared.catalogue.sha256)
    answers = limited().map(task, files, processes if len(files) >= WORTH_WORKERS else 1)
    try:
        yield (answered(incoming, answer) for incoming, answer in zip(files, answers, strict=True))
    finally:
        answers.close()


def answered(incoming: Incoming, answer: Inspected | Broken) -> Inspected:
    """What a file turned out to be, which may be one that no worker can read."""
    if isinstance(answer, Broken):
        return Inspected(incoming, sha256_of(incoming.read()), findings=(finding(answer.how),))
    return answer
