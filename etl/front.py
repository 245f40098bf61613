"""What pages and the command line may ask of the write side."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from etl import clock, intake
from etl.actors import DECIDE, MANAGE, SUBMIT, named, needs
from etl.catalogue import load_catalogue
from etl.copies import forget_demonstrations
from etl.decide import decide
from etl.duties import owes
from etl.faults import NOTE
from etl.form import UnknownCode
from etl.inspection import Incoming, prepared_for
from etl.journal import Decision, Note, append
from etl.kept import at_hand, kept_path
from etl.lake import shared
from etl.mending import sound_journal
from etl.package import sha256_of
from etl.prepare import Prepared
from etl.receipt import Receipt
from etl.replay import DEMO_CLEARED, Progress, silent
from etl.report import ReportKey
from etl.settled import open_closing
from etl.sources import from_paths
from etl.trouble import NOT_SHARED
from etl.undecidable import Undecidable
from etl.warehouse import Paths, alone, catalogue_dir, data_dir, open_to_read
from etl.workers import limited

BY_PAGE = "page"


def workers() -> int:
    """Worker processes for many files: one a core."""
    return os.cpu_count() or 1


def prepared(catalogue: Path | None) -> Prepared:
    """The catalogue, ready; read again only when its files changed."""
    folder = catalogue_dir(catalogue)
    return prepared_for(folder, load_catalogue(folder).sha256)


def mark_paths(paths: Sequence[Path], receipts: Sequence[Receipt], out: Path) -> tuple[list[Path], list[str]]:
    """Write files of paths, folders and zips that have something to correct or to confirm to a folder, with that marked
    in their cells; returns what was written and the names of files that are no workbooks and can bear no marks.
    """
    out.mkdir(parents=True, exist_ok=True)
    incoming = list(from_paths(paths, clock.now()))
    written, unmarked = [], []
    for name, content in marked_or_not(incoming, receipts):
        if content is None:
            unmarked.append(name)
            continue
        path = out / name
        if path.exists() and path in written:
            path = out / f"{path.stem}-{sha256_of(content)[:8]}{path.suffix}"
        path.write_bytes(content)
        written.append(path)
    return written, unmarked


def marked_of(files: Iterable[Incoming], receipts: Sequence[Receipt]) -> Iterator[tuple[str, bytes]]:
    """Name and marked content of each file with something to correct or to confirm, as far as it can bear marks."""
    return ((name, content) for name, content in marked_or_not(files, receipts) if content is not None)


def marked_or_not(files: Iterable[Incoming], receipts: Sequence[Receipt]) -> Iterator[tuple[str, bytes | None]]:
    """The same of every such file, with None for content where it is no workbook that can be opened."""
    from etl.annotate.mark import Work, mark_or_nothing  # openpyxl is not worth its while for the other commands

    by_content = {receipt.sha256: receipt for receipt in receipts}
    faulty = []
    for each in files:
        receipt = by_content.get(sha256_of(each.read()))
        if receipt and any(found.severity != NOTE for found in receipt.findings):
            faulty.append(Work(each.read(), each.name, receipt.findings))
    for work, content in zip(faulty, limited().map(mark_or_nothing, faulty), strict=True):
        yield Path(work.file_name).name, content if isinstance(content, bytes) else None


def check_paths(
    paths: Sequence[Path], received_at: dt.datetime, data: Path | None = None, progress: Progress = silent,
    catalogue: Path | None = None, returned: str = "",
) -> list[Receipt]:  # fmt: skip
    """What would become of files, folders and zips; nothing is stored. `returned`: as of `submit_paths`."""
    incoming = [replace(each, returned=returned) for each in from_paths(paths, received_at)]
    return intake.check(prepared(catalogue), incoming, data_dir(data), workers(), progress)


@needs(SUBMIT)
def submit_paths(
    paths: Sequence[Path], received_at: dt.datetime, by: str, data: Path | None = None, progress: Progress = silent,
    catalogue: Path | None = None, reason: str = "", returned: str = "",
) -> list[Receipt]:  # fmt: skip
    """Store files, folders and zips. `reason`: why they are said to have been received earlier than now; `returned`:
    why all of them are sent back, however good they are.
    """
    incoming = [replace(each, reason=reason, returned=returned) for each in from_paths(paths, received_at)]
    return intake.submit(prepared(catalogue), incoming, data_dir(data), by, workers(), progress)


def kept_workbook(sha256: str, data: Path | None = None) -> bytes:
    """A workbook as it was received, by its content hash. Raises FileNotFoundError where none is kept."""
    paths = Paths(data_dir(data))
    return at_hand(paths, kept_path(paths, sha256)).read_bytes()


@needs(MANAGE)
def rebuild(data: Path | None = None, progress: Progress = silent, catalogue: Path | None = None) -> list[Receipt]:
    """Make the warehouse anew from the kept workbooks and the journal of what was received."""
    return intake.remake(prepared(catalogue), data_dir(data), workers(), progress)


@needs(DECIDE)
def void_submission(
    key: ReportKey, version: int, reason: str, by: str, data: Path | None = None, catalogue: Path | None = None
) -> None:
    """Void one version of a report (unit_code, period, form_id): it is kept and counts for nothing. Raises Undecidable
    with a sentence where that cannot be.
    """
    unit, period, form = key
    made = Decision(clock.now().isoformat(), named(by), "void", reason, unit, period, form, {"version": version})
    decide(prepared(catalogue), data_dir(data), [made])


def prepare_templates(
    out: Path, period: str, units: Sequence[str] = (), form_id: str = "", data: Path | None = None,
    progress: Progress = silent, catalogue: Path | None = None,
) -> list[Path]:  # fmt: skip
    """Write stamped templates for units, or for all that owe a report of the period; returns the files.

    Raises UnknownCode for a unit, form or period the catalogue does not have.
    """
    from etl.carried import befores  # openpyxl is not worth its while for the other commands
    from etl.template import write_many

    ready = prepared(catalogue)
    form = ready.catalogue.form(form_id) if form_id else ready.catalogue.forms[0]
    when = ready.period(period, form.convention)
    if when is None:
        raise UnknownCode(period)
    chosen = [ready.catalogue.unit(code) for code in units] or [
        unit for unit in ready.catalogue.units if owes(ready.catalogue, unit, form.form_id, when)
    ]
    before = befores(data_dir(data), ready.catalogue, form, period)
    return write_many(ready.catalogue, form, chosen, when, before, out, progress)


WHO_REPORTED = """
    select r.unit_code, u.full_name, u.kind, r.state, r.on_time, r.due_at, r.first_received_at, r.days_late,
        r.submissions, r.extension_reason, c.name as closed
    from reporting r
    join unit u using (unit_code)
    left join (select period, max_by(name, "at") as name from closed_period group by period) c using (period)
    where r.period = $period
    order by u.kind, u.unit_code
"""


def who_reported(period: str, data: Path | None = None, closing: str = "") -> list[dict[str, object]]:
    """Every unit that owes a report of a period: state is accepted, returned or missing; on_time whether it was.

    With the name of a closing, as it was then.
    """
    folder = data_dir(data)
    con = open_closing(folder, closing) if closing else open_to_read(folder)
    try:
        asked = con.execute(WHO_REPORTED, {"period": period})
        names = [column[0] for column in asked.description or ()]
        return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]
    finally:
        con.close()


@needs(MANAGE)
def load_demo(
    data: Path | None = None, units: int | None = None, months: int = 12, seed: int = 57, progress: Progress = silent,
    out: Path | None = None, catalogue: Path | None = None,
) -> list[Receipt]:  # fmt: skip
    """Write a demonstration as officers would fill it and load it through the same door as any file."""
    from etl.demo import write_demo  # openpyxl is not worth its while for the other commands

    ready = prepared(catalogue)
    with tempfile.TemporaryDirectory() as scratch:
        written = write_demo(ready, out or Path(scratch), units, months, seed, clock.now(), progress)
        files = [Incoming(file.file_name, path, file.received_at, demo=True) for file, path in written]
        return intake.submit(ready, files, data_dir(data), "demo", workers(), progress)


@needs(MANAGE)
def clear_demo(data: Path | None = None, progress: Progress = silent, catalogue: Path | None = None) -> list[Receipt]:
    """Note that the demonstration counts for nothing any more, and make the warehouse anew from what is left; returns
    that.

    Decisions taken before the first real report came were about the demonstration, and go with it.
    """
    folder = data_dir(data)
    paths = Paths(folder)
    if shared():
        raise Undecidable(NOT_SHARED)
    with alone(folder):
        sound_journal(paths)
        append(paths, [Note(DEMO_CLEARED, clock.now().isoformat(), BY_PAGE)])
        forget_demonstrations(paths)
    return intake.remake(prepared(catalogue), folder, workers(), progress)
