"""The pipeline for many files: inspect, judge, store, publish. Every file is kept, journalled and answered."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, groupby, islice
from pathlib import Path

import duckdb

from etl import clock
from etl.decide import replay
from etl.identity import Choice, period_in_file_name
from etl.inspection import Incoming, Inspected, inspecting
from etl.journal import Decision, Entry, Reception, append, entries, moment
from etl.judge import Judged, judge
from etl.kept import keeping, kept_path
from etl.load import Submission, note_refusals, store
from etl.prepare import Prepared
from etl.receipt import Receipt, receipt_of
from etl.refresh import refresh
from etl.report import Report
from etl.transaction import bring_up_to_date, transaction
from etl.warehouse import Paths, open_empty, open_to_read, publish, version, writing, writing_anew

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all and the name of the last one."""
VALUES_A_COLLECTION = 200_000
FILES_A_TRANSACTION = 3_000
"""What is derived is worked out once a transaction, so that many months load as fast as one."""


def silent(done: int, total: int, name: str) -> None:
    """Tells nobody."""


def check(
    prepared: Prepared, files: Sequence[Incoming], data: Path, workers: int = 1, progress: Progress = silent
) -> list[Receipt]:
    """What would become of files; stores nothing."""
    queue = sorted(files, key=lambda incoming: period_in_file_name(incoming.name))
    con = open_to_read(data) if version(data) else open_empty()
    try:
        with inspecting(prepared, queue, workers) as inspected:
            looked_at = told(inspected, 0, len(queue), progress)
            judged = [each for batch in batches(looked_at) for each in judge(con, prepared, batch)]
    finally:
        con.close()
    return [receipt_of(prepared.catalogue, each) for each in in_order(files, judged)]


def submit(
    prepared: Prepared, files: Sequence[Incoming], data: Path, by: str, workers: int = 1, progress: Progress = silent
) -> list[Receipt]:
    """Store files; readers see all of a call or nothing.

    Nothing is acknowledged before workbooks and numbers are on the disk. Files are looked at in worker processes while
    those of earlier periods are stored.
    """
    paths = Paths(data)
    now = clock.now()
    judged: list[Judged] = []
    queue = sorted(files, key=lambda incoming: period_in_file_name(incoming.name))
    with writing(data) as con, rare_collection(), inspecting(prepared, queue, workers) as inspected:
        with transaction(con):
            bring_up_to_date(con, prepared, now.date())
        looked_at = told(inspected, 0, len(queue), progress)
        for _ in range(0, len(queue), FILES_A_TRANSACTION):
            with transaction(con), keeping(paths) as keep:
                some = islice(looked_at, FILES_A_TRANSACTION)
                judged += store_files(con, prepared, kept(some, keep), by, now)
        given = in_order(files, judged)
        append(paths, [reception(each.inspected, by, now) for each in given])
        publish(con, data)
    return [receipt_of(prepared.catalogue, each) for each in given]


def remake(prepared: Prepared, data: Path, workers: int = 1, progress: Progress = silent) -> list[Receipt]:
    """The warehouse made anew from the kept workbooks, as they were received, in order."""
    paths = Paths(data)
    judged: list[Judged] = []
    with writing_anew(data) as con:
        journalled = list(entries(paths))
        with transaction(con):
            bring_up_to_date(con, prepared, clock.today())
        done = 0
        for call in calls(journalled):
            if isinstance(call[0], Decision):
                with transaction(con):
                    replay(con, [each for each in call if isinstance(each, Decision)])
            else:
                files = [received(paths, each) for each in call if isinstance(each, Reception)]
                with transaction(con), inspecting(prepared, files, workers) as inspected:
                    looked_at = told(inspected, done, len(journalled), progress)
                    stored = store_files(con, prepared, looked_at, call[0].loaded_by, moment(call[0].loaded_at))
                judged += in_order(files, stored)
            done += len(call)
        publish(con, data)
    return [receipt_of(prepared.catalogue, each) for each in judged]


def calls(journalled: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The lines of the journal by the calls that wrote them: files of one load, decisions taken together."""
    for _, call in groupby(journalled, key=call_of):
        yield list(call)


def call_of(entry: Entry) -> tuple[str, str, str]:
    """What lines written by one call have in common."""
    if isinstance(entry, Decision):
        return "decided", entry.at, entry.actor
    return "received", entry.loaded_at, entry.loaded_by


def received(paths: Paths, reception: Reception) -> Incoming:
    """A kept workbook as it came in then."""
    return Incoming(
        reception.file_name, kept_path(paths, reception.sha256), moment(reception.received_at),
        Choice(reception.unit_code, reception.period), reception.demo,
    )  # fmt: skip


def told(inspected: Iterable[Inspected], before: int, total: int, progress: Progress) -> Iterator[Inspected]:
    """Pass files on, telling how far it is."""
    for done, each in enumerate(inspected, start=before + 1):
        progress(done, total, each.incoming.name)
        yield each


def kept(inspected: Iterable[Inspected], keep: Callable[[str, bytes], None]) -> Iterator[Inspected]:
    """Pass files on, putting each on the disk for good meanwhile."""
    for each in inspected:
        keep(each.sha256, each.incoming.read())
        yield each


@contextmanager
def rare_collection() -> Iterator[None]:
    """Let the garbage collector look less often: millions of values come, hardly any of them in a cycle."""
    usual = gc.get_threshold()
    gc.set_threshold(VALUES_A_COLLECTION)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def batches(inspected: Iterable[Inspected]) -> Iterator[list[Inspected]]:
    """Files period after period, so that a month's history is there when the next is judged; first received, first.

    They come in the order of the months their names say, those that say none first: once a name says a later month,
    all of the months before it are complete.
    """
    waiting: list[Inspected] = []
    for each in inspected:
        said = period_in_file_name(each.incoming.name)
        ready = [one for one in waiting if period_of(one) < said]
        if ready:
            waiting = [one for one in waiting if period_of(one) >= said]
            yield from by_period(ready)
        waiting.append(each)
    yield from by_period(waiting)


def by_period(inspected: Iterable[Inspected]) -> Iterator[list[Inspected]]:
    """Files grouped by period, in order."""
    ordered = sorted(inspected, key=lambda each: (period_of(each), each.incoming.received_at))
    for _, those in groupby(ordered, key=period_of):
        yield list(those)


def period_of(inspected: Inspected) -> str:
    """The period of a file, "" where it has none."""
    return inspected.reports[0].period if inspected.reports else ""


def store_files(
    con: duckdb.DuckDBPyConnection, prepared: Prepared, files: Iterable[Inspected], by: str, now: dt.datetime
) -> list[Judged]:
    """Judge and store files, period after period, and bring what is derived in step with them."""
    judged = [each for batch in batches(files) for each in store_batch(con, prepared, batch, by, now)]
    new = [report for each in judged if not each.duplicate for report in each.reports]
    refresh(con, sorted({(report.unit_code, report.period) for report in new}))
    return judged


def store_batch(
    con: duckdb.DuckDBPyConnection, prepared: Prepared, batch: Sequence[Inspected], by: str, now: dt.datetime
) -> list[Judged]:
    """Judge and store files of one period; the caller's transaction holds them together."""
    judged = judge(con, prepared, batch)
    numbers = count(last_number(con) + 1)
    submissions = [
        submission_of(prepared, each, report, version, by, next(numbers))
        for each in judged
        if not each.duplicate
        for report, version in zip(each.reports, each.versions, strict=True)
    ]
    store(con, submissions, now)
    note_refusals(con, [each.inspected for each in judged if not each.reports and not each.duplicate], by, now)
    return judged


def last_number(con: duckdb.DuckDBPyConnection) -> int:
    """The highest submission_id there is."""
    row = con.execute("select coalesce(max(submission_id), 0) from submission").fetchone()
    return int(row[0]) if row else 0


def submission_of(
    prepared: Prepared, judged: Judged, report: Report, version: int, by: str, submission_id: int
) -> Submission:
    """A report ready to be stored."""
    incoming = judged.inspected.incoming
    convention = report.cover.get("period_convention") or prepared.catalogue.form(report.form_id).convention
    return Submission(
        report, incoming.name, judged.inspected.sha256, incoming.received_at, by, version, submission_id,
        str(convention), incoming.demo,
    )  # fmt: skip


def reception(inspected: Inspected, by: str, now: dt.datetime) -> Reception:
    """The journal's line for a file."""
    incoming = inspected.incoming
    return Reception(
        incoming.name, inspected.sha256, incoming.received_at.isoformat(), now.isoformat(), by,
        incoming.choice.unit_code, incoming.choice.period, incoming.demo,
    )  # fmt: skip


def in_order(files: Sequence[Incoming], judged: Sequence[Judged]) -> list[Judged]:
    """What was judged, in the order the files were given."""
    places = {key_of(incoming): place for place, incoming in reversed(list(enumerate(files)))}
    return sorted(judged, key=lambda each: places[key_of(each.inspected.incoming)])


def key_of(incoming: Incoming) -> tuple[str, object, dt.datetime]:
    """What tells files apart: name, where they come from, when they came."""
    source = incoming.source if isinstance(incoming.source, Path) else hash(incoming.source)
    return incoming.name, source, incoming.received_at
