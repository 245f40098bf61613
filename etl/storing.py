"""Files judged and stored, period after period; the caller's transaction holds them together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby
from typing import TypeVar

import duckdb

from etl.identity import period_in_file_name
from etl.inspection import FileKey, Incoming, Inspected
from etl.judge import Judged, judge
from etl.load import Submission, store
from etl.prepare import Prepared
from etl.refresh import refresh
from etl.report import Report

Found = TypeVar("Found")
FILES_DERIVED_AT_ONCE = 1_000
"""Derived while others are still read, so that little is left when the last was; more seldom than month by month,
because each time costs."""


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
    con.execute("set write_buffer_row_group_count = 1")  # on the way, as long as both cores are busy
    con.execute("set threads = 1")  # the cores are for those who read, and two threads take longer for a month or year
    judged: list[Judged] = []
    recent: dict[int, Report] = {}
    derived = 0
    for batch in batches(files):
        judged += store_batch(con, prepared, batch, by, now, recent)
        if len(judged) - derived >= FILES_DERIVED_AT_ONCE:
            derive(con, judged[derived:])
            derived = len(judged)
    derive(con, judged[derived:])
    con.execute("reset threads")
    con.execute("reset write_buffer_row_group_count")
    return judged


def derive(con: duckdb.DuckDBPyConnection, judged: Sequence[Judged]) -> None:
    """Bring what is derived in step with files that were stored."""
    new = [report for each in judged if not each.duplicate for report in each.reports]
    refresh(con, sorted({(report.unit_code, report.period) for report in new}))


def store_batch(
    con: duckdb.DuckDBPyConnection, prepared: Prepared, batch: Sequence[Inspected], by: str, now: dt.datetime,
    recent: dict[int, Report],
) -> list[Judged]:  # fmt: skip
    """Judge and store files of one period, and remember them for the next; the caller has a transaction open."""
    judged = judge(con, prepared, batch, recent)
    numbers = count(last_number(con) + 1)
    submissions = [
        submission_of(prepared, each, report, version, by, next(numbers))
        for each in judged
        if not each.duplicate
        for report, version in zip(each.reports, each.versions, strict=True)
    ]
    store(con, submissions, now)
    recent.update({each.submission_id: each.report for each in submissions})
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
        str(convention), incoming.demo, incoming.returned,
    )  # fmt: skip


def in_order(files: Sequence[Incoming], keys: Sequence[FileKey], found: Sequence[Found]) -> list[Found]:
    """What was found of files with these keys, in the order the files were given."""
    places = {incoming.key: place for place, incoming in reversed(list(enumerate(files)))}
    return [each for _, each in sorted(zip(keys, found, strict=True), key=lambda pair: places[pair[0]])]
