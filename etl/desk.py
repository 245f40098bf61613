"""The intake desk: files are looked at, then a person decides about each; nothing is stored before that.

What was looked at stays in the hands of whoever asked, so that recording does not read the files a second time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import duckdb

from etl import clock
from etl.differences import Change, column_name, differences, names_of, written
from etl.held import Held, held
from etl.inspection import Incoming, Inspected, inspecting
from etl.intake import kept, rare_collection, said_of
from etl.judge import Judged, judge
from etl.kept import keeping
from etl.lake import again
from etl.opening import opened
from etl.personal import veiled
from etl.prepare import Prepared
from etl.receipt import OVERTAKEN, Receipt, receipt_of
from etl.refresh import refresh_all
from etl.report import Report
from etl.session import promise
from etl.sources import from_files
from etl.store import store_catalogue
from etl.storing import batches, last_number, store_files, submission_of
from etl.transaction import transaction
from etl.trial import Effect, effects
from etl.undecidable import LATER_THAN_NOW, NO_REASON, NO_REASON_FOR_DATE, Undecidable, stated
from etl.warehouse import open_empty, open_to_read, version

SAMPLES = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """What one file would bring."""

    samples: tuple[Change, ...]
    """A few of the numbers read, with nothing on the old side."""
    changes: tuple[Change, ...]
    """What it says otherwise than the versions in force."""
    effects: tuple[Effect, ...]
    """What its good reports do to the indicators."""


def unpack(files: Iterable[tuple[str, bytes]]) -> list[Incoming]:
    """Files given as name and content, a zip as its members, received now."""
    return list(from_files(files, clock.now()))


def redated(files: Sequence[Incoming], received_at: dt.datetime, reason: str) -> list[Incoming]:
    """Files as received at an earlier moment, for a reason. Raises Undecidable for a moment still to come, and without
    a reason.
    """
    if received_at > clock.now():
        raise Undecidable(LATER_THAN_NOW)
    why = stated(reason, NO_REASON_FOR_DATE)
    return [replace(each, received_at=received_at, reason=why) for each in files]


def look(prepared: Prepared, files: Sequence[Incoming], workers: int) -> Iterator[Inspected]:
    """What each file turns out to be, one after the other as they are read."""
    with inspecting(prepared, files, workers) as inspected:
        for incoming, each in zip(files, inspected, strict=True):
            yield replace(each, incoming=incoming)  # not the copy that came back from a worker process


def weigh(prepared: Prepared, data: Path, inspected: Sequence[Inspected]) -> list[Receipt]:
    """What would become of files that were looked at, by what is published now."""
    with reading(prepared, data) as con:
        judged = {id(each.inspected): each for each in judged_by_period(con, prepared, inspected)}
    return [receipt_of(prepared.catalogue, judged[id(each)]) for each in inspected]


def judged_by_period(
    con: duckdb.DuckDBPyConnection, prepared: Prepared, inspected: Iterable[Inspected]
) -> list[Judged]:
    """Files judged, those of one period together."""
    return [each for batch in batches(inspected) for each in judge(con, prepared, batch)]


def preview(prepared: Prepared, data: Path, inspected: Sequence[Inspected]) -> Preview:
    """What files would bring if they were recorded together; worked out on the side, nothing is stored."""
    reports = [report for each in inspected for report in each.reports]
    with reading(prepared, data) as con:
        judged = judged_by_period(con, prepared, inspected)
        changes = differences(con, prepared.catalogue, reports)
        return Preview(tuple(samples(prepared, reports)), tuple(changes), tuple(tried(con, prepared, judged)))


def tried(con: duckdb.DuckDBPyConnection, prepared: Prepared, judged: Sequence[Judged]) -> list[Effect]:
    """The effect of what is good in files."""
    numbers = count(last_number(con) + 1)
    good = [
        submission_of(prepared, each, report, version, "", next(numbers))
        for each in judged if not each.duplicate
        for report, version in zip(each.reports, each.versions, strict=True) if not report.refused
    ]  # fmt: skip
    return effects(con, good, clock.now()) if good else []


def samples(prepared: Prepared, reports: Sequence[Report]) -> Iterator[Change]:
    """A few numbers of the first report, from all of its sheets, rather those that are not zero."""
    if not reports:
        return
    report = reports[0]
    names = names_of(prepared.catalogue.form(report.form_id))
    numbers = [one for one in report.observations if one.theme_code is None]
    telling = [one for one in numbers if one.value] or numbers
    for one in telling[:: max(1, len(telling) // SAMPLES)][:SAMPLES]:
        row = names.row.get(one.item_code, one.item_code)
        yield Change(report.unit_code, one.sheet, one.cell, row, column_name(names, one), None, written(one))


@contextmanager
def reading(prepared: Prepared, data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published snapshot; where there is none, an empty warehouse in which all is owed."""
    if version(data):
        whole = open_to_read(data)
    else:
        whole = open_empty()
        with transaction(whole):
            store_catalogue(whole, prepared.catalogue, clock.today())
            refresh_all(whole, clock.today())
    try:
        with whole.cursor() as con:
            yield con
    finally:
        whole.close()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to be stored: what it is, and what was held of its reports when somebody decided."""

    inspected: Inspected
    held: tuple[Held, ...]
    returned: str | None = None
    """Why it is sent back, None to take it in; a file that the checks refuse altogether needs no more reason."""


@again
def settle(prepared: Prepared, data: Path, by: str, wanted: Sequence[Wanted]) -> list[Receipt]:
    """Store files as decided, all at once. One whose report somebody else changed meanwhile is not stored: its receipt
    says so, and it must be decided about again. Raises Undecidable for a good file sent back without a reason.
    """
    now = clock.now()
    stored: list[Judged] = []
    with opened(prepared, data) as session, rare_collection():
        fresh, late = parted(session.con, wanted)
        need_reasons(session.con, prepared, wanted)
        if fresh:
            with transaction(session.con):
                with keeping(session.paths) as keep:
                    stored = store_files(session.con, prepared, kept(fresh, keep), by, now)
                promise(session, [said_of(each, by, now) for each in stored])
    return [*(receipt_of(prepared.catalogue, each) for each in stored), *overtaken(prepared, late)]


def parted(
    con: duckdb.DuckDBPyConnection, wanted: Sequence[Wanted]
) -> tuple[list[Inspected], list[tuple[Inspected, tuple[Held, ...]]]]:
    """The files whose reports are still as they were, ready to be stored; and the others, with what is held now."""
    now = held(con, [report for each in wanted for report in each.inspected.reports])
    fresh, late = [], []
    for each in wanted:
        holds = tuple(now[report.key] for report in each.inspected.reports)
        if holds == each.held:
            incoming = replace(each.inspected.incoming, returned=veiled((each.returned or "").strip()))
            fresh.append(replace(each.inspected, incoming=incoming))
        else:
            late.append((each.inspected, holds))
    return fresh, late


def need_reasons(con: duckdb.DuckDBPyConnection, prepared: Prepared, wanted: Sequence[Wanted]) -> None:
    """Raises Undecidable where a good report is sent back and nobody says why."""
    back = [each for each in wanted if each.returned is not None]
    bare = [each.inspected for each in back if not (each.returned or "").strip()]
    for each in judged_by_period(con, prepared, bare):
        if not all(report.refused for report in each.reports):
            raise Undecidable(NO_REASON)
    for one in back:
        if one.returned and one.returned.strip():
            stated(one.returned)


def overtaken(prepared: Prepared, late: Sequence[tuple[Inspected, tuple[Held, ...]]]) -> Iterator[Receipt]:
    """The receipts of files that were not stored."""
    for inspected, holds in late:
        judged = Judged(inspected, inspected.reports, tuple(0 for _ in holds), holds)
        yield replace(receipt_of(prepared.catalogue, judged), outcome=OVERTAKEN)
