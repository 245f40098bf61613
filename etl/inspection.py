"""One file, from bytes to what it says and what is wrong with it: read, parse, check. Touches no warehouse."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path

from etl import selfcheck
from etl.catalogue import load_catalogue
from etl.findings import Finding, finding
from etl.identity import Choice
from etl.lines import Line
from etl.package import sha256_of
from etl.parse import parse
from etl.prepare import FormPlan, Prepared
from etl.processes import pool
from etl.read import Refused, read
from etl.report import Report
from etl.rules import broken_rules

FILES_A_TASK = 8
"""Files handed to a worker process at a time, to save on messages."""
WORTH_WORKERS = 24
"""From so many files on, starting worker processes pays."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to be looked at: its name, its bytes or where they are, and when it came."""

    name: str
    source: bytes | Path
    received_at: dt.datetime
    choice: Choice = field(default_factory=Choice)
    demo: bool = False

    def read(self) -> bytes:
        """The file's bytes."""
        return self.source if isinstance(self.source, bytes) else self.source.read_bytes()


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
    try:
        workbook = read(data, incoming.name, skip=partial(skipped, skipped_sheets(prepared)))
    except Refused as refusal:
        return Inspected(incoming, sha256, findings=(finding(refusal.reason, **refusal.details),))
    parsed = parse(prepared, workbook, incoming.received_at, incoming.choice)
    reports = tuple(
        checked(prepared.plan(prepared.catalogue.form(parsed.form_id), kind_of(prepared, report)), report, lines)
        for report, lines in zip(parsed.reports, parsed.lines, strict=True)
    )
    return Inspected(incoming, sha256, parsed.form_id, reports, parsed.findings)


def kind_of(prepared: Prepared, report: Report) -> str:
    """The kind of unit a report is of."""
    return prepared.catalogue.unit(report.unit_code).kind


def checked(plan: FormPlan, report: Report, lines: Sequence[Line]) -> Report:
    """The report with what the arithmetic rules find."""
    broken = tuple(broken_rules(plan, lines, report.period))
    return replace(report, findings=(*report.findings, *broken)) if broken else report


@lru_cache(maxsize=4)
def skipped_sheets(prepared: Prepared) -> frozenset[str]:
    """Sheets that are never read: guidance, lists, and what a template counts for itself."""
    return frozenset(
        sheet.sheet for form in prepared.catalogue.forms for sheet in form.sheets if sheet.layout in ("guide", "lists")
    ) | {selfcheck.SHEET}


def skipped(names: frozenset[str], name: str) -> bool:
    """Whether a sheet is not read."""
    return name in names


@lru_cache(maxsize=4)
def prepared_for(folder: Path, sha256: str) -> Prepared:
    """The catalogue of a folder, made ready once a worker process and content."""
    prepared = Prepared(load_catalogue(folder))
    gc.freeze()  # it stays for good: the collector need not walk through it after every few files
    return prepared


def inspect_in_worker(folder: Path, sha256: str, incoming: Incoming) -> Inspected:
    """`inspect`, as a worker process is asked for it."""
    return inspect(prepared_for(folder, sha256), incoming)


@contextmanager
def inspecting(prepared: Prepared, files: Sequence[Incoming], workers: int) -> Iterator[Iterator[Inspected]]:
    """Files inspected in order, in worker processes where there are enough of them; those begin at once."""
    if workers < 2 or len(files) < WORTH_WORKERS:
        yield (inspect(prepared, incoming) for incoming in files)
        return
    task = partial(inspect_in_worker, prepared.catalogue.folder, prepared.catalogue.sha256)
    processes = pool(workers)
    try:
        yield processes.map(task, files, chunksize=FILES_A_TASK)
    finally:
        processes.shutdown(cancel_futures=True)
