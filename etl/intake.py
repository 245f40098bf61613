"""The pipeline for many files: inspect, judge, store, publish. Every file is kept, journalled and answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, groupby
from pathlib import Path

import duckdb

from etl import clock
from etl.identity import Choice
from etl.inspection import Incoming, Inspected, inspect_all
from etl.judge import Judged, judge
from etl.kept import Reception, journal, keep, kept_path, moment, read_journal
from etl.load import Submission, note_refusals, store
from etl.prepare import Prepared
from etl.receipt import Receipt, receipt_of
from etl.refresh import refresh, refresh_all, refresh_expected
from etl.report import Report
from etl.store import same_catalogue, store_catalogue
from etl.warehouse import Paths, open_empty, open_to_read, publish, version, writing, writing_anew

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all and the name of the last one."""
FILES_A_TRANSACTION = 3_000
"""What is derived is worked out once a transaction, so that many months load as fast as one."""


def silent(done: int, total: int, name: str) -> None:
    """Tells nobody."""


def check(
    prepared: Prepared, files: Sequence[Incoming], data: Path, workers: int = 1, progress: Progress = silent
) -> list[Receipt]:
    """What would become of files; stores nothing."""
    inspected = list(counted(inspect_all(prepared, files, workers), len(files), progress))
    con = open_to_read(data) if version(data) else open_empty()
    try:
        judged = [each for batch in batches(inspected) for each in judge(con, prepared, batch)]
    finally:
        con.close()
    return in_order(prepared, inspected, judged)


def submit(
    prepared: Prepared, files: Sequence[Incoming], data: Path, by: str, workers: int = 1, progress: Progress = silent
) -> list[Receipt]:
    """Store files; readers see all of a call or nothing.

    Nothing is acknowledged before workbooks and numbers are on the disk.
    """
    inspected = list(counted(inspect_all(prepared, files, workers), len(files), progress))
    paths = Paths(data)
    now = clock.now()
    judged: list[Judged] = []
    with writing(data) as con:
        with transaction(con):
            bring_up_to_date(con, prepared, now.date())
        keep(paths, ((each.sha256, each.incoming.read()) for each in inspected))
        for some in chunks(inspected):
            with transaction(con):
                judged += store_files(con, prepared, some, by, now)
        journal(paths, [reception(each, by, now) for each in inspected])
        publish(con, data)
    return in_order(prepared, inspected, judged)


def remake(prepared: Prepared, data: Path, workers: int = 1, progress: Progress = silent) -> list[Receipt]:
    """The warehouse made anew from the kept workbooks, as they were received, in order."""
    paths = Paths(data)
    judged: list[Judged] = []
    with writing_anew(data) as con:
        receptions = list(read_journal(paths))
        files = [received(paths, each) for each in receptions]
        inspected = list(counted(inspect_all(prepared, files, workers), len(files), progress))
        with transaction(con):
            bring_up_to_date(con, prepared, clock.today())
        pairs = zip(receptions, inspected, strict=True)
        for (loaded_at, by), call in groupby(pairs, key=lambda pair: (pair[0].loaded_at, pair[0].loaded_by)):
            for some in chunks([each for _, each in call]):
                with transaction(con):
                    judged += store_files(con, prepared, some, by, moment(loaded_at))
        publish(con, data)
    return in_order(prepared, inspected, judged)


def received(paths: Paths, reception: Reception) -> Incoming:
    """A kept workbook as it came in then."""
    return Incoming(
        reception.file_name, kept_path(paths, reception.sha256), moment(reception.received_at),
        Choice(reception.unit_code, reception.period), reception.demo,
    )  # fmt: skip


def counted(inspected: Iterable[Inspected], total: int, progress: Progress) -> Iterator[Inspected]:
    """Pass files on, telling how far it is."""
    for done, each in enumerate(inspected, start=1):
        progress(done, total, each.incoming.name)
        yield each


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of it or nothing."""
    con.execute("begin")
    try:
        yield
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")


def bring_up_to_date(con: duckdb.DuckDBPyConnection, prepared: Prepared, today: dt.date) -> None:
    """The catalogue's tables as the files say, and reports expected that fell due since the last time."""
    if same_catalogue(con, prepared.catalogue, today):
        refresh_expected(con, today)
    else:
        store_catalogue(con, prepared.catalogue, today)
        refresh_all(con, today)


def batches(inspected: Sequence[Inspected]) -> Iterator[list[Inspected]]:
    """Files by period, so that a month's history is there when the next is judged; the first received first."""
    for _, those in groupby(sorted(inspected, key=in_time), key=period_of):
        yield list(those)


def in_time(inspected: Inspected) -> tuple[str, dt.datetime]:
    """What files are taken in the order of."""
    return period_of(inspected), inspected.incoming.received_at


def chunks(inspected: Sequence[Inspected]) -> Iterator[Sequence[Inspected]]:
    """As many files as are stored in one transaction."""
    ordered = sorted(inspected, key=in_time)
    for start in range(0, len(ordered), FILES_A_TRANSACTION):
        yield ordered[start : start + FILES_A_TRANSACTION]


def period_of(inspected: Inspected) -> str:
    """The period of a file, "" where it has none."""
    return inspected.reports[0].period if inspected.reports else ""


def store_files(
    con: duckdb.DuckDBPyConnection, prepared: Prepared, files: Sequence[Inspected], by: str, now: dt.datetime
) -> list[Judged]:
    """Judge and store files, period after period, and bring what is derived in step with them."""
    judged = [each for batch in batches(files) for each in store_batch(con, prepared, batch, by, now)]
    refresh(
        con,
        sorted({(report.unit_code, report.period) for each in judged if not each.duplicate for report in each.reports}),
    )
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


def in_order(prepared: Prepared, inspected: Sequence[Inspected], judged: Sequence[Judged]) -> list[Receipt]:
    """Receipts in the order the files were given."""
    by_file = {id(each.inspected): each for each in judged}
    return [receipt_of(prepared.catalogue, by_file[id(each)]) for each in inspected]
