"""The pipeline for many files: inspect, judge, store, publish. Every file is kept, journalled and answered."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from etl import clock
from etl.afterwards import need_reason
from etl.events import in_the_middle, of_reception
from etl.identity import period_in_file_name
from etl.inspection import FileKey, Incoming, Inspected, inspecting
from etl.journal import Reception
from etl.judge import Judged, judge
from etl.kept import keeping
from etl.lake import again, shared
from etl.opening import followed_anew, opened, remade
from etl.prepare import Prepared
from etl.receipt import Receipt, receipts_of
from etl.replay import Progress, silent, told_of
from etl.session import Said, promise
from etl.storing import batches, in_order, store_files
from etl.transaction import transaction
from etl.warehouse import Paths, open_empty, open_to_read, version

VALUES_A_COLLECTION = 2_000_000
FILES_A_TRANSACTION = 3_000
"""What is derived is worked out once a transaction, so that many months load as fast as one."""


@contextmanager
def rare_collection() -> Iterator[None]:
    """Let the garbage collector look less often: millions of values come, hardly any of them in a cycle."""
    usual = gc.get_threshold()
    gc.set_threshold(VALUES_A_COLLECTION)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def check(
    prepared: Prepared, files: Sequence[Incoming], data: Path, workers: int = 1, progress: Progress = silent
) -> list[Receipt]:
    """What would become of files; stores nothing."""
    keys: list[FileKey] = []
    receipts: list[Receipt] = []
    queue = sorted(files, key=lambda incoming: period_in_file_name(incoming.name))
    con = open_to_read(data) if version(data) else open_empty()
    try:
        with inspecting(prepared, queue, workers) as inspected:
            for batch in batches(told_of(inspected, of_all(progress, queue))):
                judged = judge(con, prepared, batch)
                keys += keys_of(judged)
                receipts += receipts_of(prepared.catalogue, judged)
    finally:
        con.close()
    return in_order(files, keys, receipts)


@again
@rare_collection()
def submit(
    prepared: Prepared, files: Sequence[Incoming], data: Path, by: str, workers: int = 1, progress: Progress = silent
) -> list[Receipt]:
    """Store files; readers see all of a call or nothing.

    Nothing is acknowledged before workbooks, journal and numbers are on the disk, in this order. Files are looked at in
    worker processes while those of earlier periods are stored. Raises Unsaved where the disk would not take it, and
    Undecidable where a file is for a closed period and nobody says why.
    """
    now = clock.now()
    keys: list[FileKey] = []
    said: list[Said] = []
    receipts: list[Receipt] = []
    queue = sorted(files, key=lambda incoming: period_in_file_name(incoming.name))
    with (
        inspecting(prepared, queue, workers) as inspected,
        ready(told_of(inspected, of_all(progress, queue)), Paths(data)) as looked_at,
        opened(prepared, data, workers) as session,
        ThreadPoolExecutor(1) as beside,
    ):
        for done in range(0, len(queue), FILES_A_TRANSACTION):
            with transaction(session.con):
                with keeping(session.paths) as keep:
                    some = kept(islice(looked_at, FILES_A_TRANSACTION), keep)
                    judged = store_files(session.con, prepared, some, by, now)
                need_reason(session.con, judged)
                keys += keys_of(judged)
                said += [said_of(each, by, now) for each in judged]
                if done + FILES_A_TRANSACTION < len(queue):
                    in_the_middle(session.con)
                else:
                    promise(session, in_order(files, keys, said))
                written = beside.submit(receipts_of, prepared.catalogue, judged)  # while the disk takes the numbers
            receipts += written.result()
    return in_order(files, keys, receipts)


def remake(prepared: Prepared, data: Path, workers: int = 1, progress: Progress = silent) -> list[Receipt]:
    """The warehouse made anew from the kept workbooks, as they were received, in order; from the lake where there is
    one, whose facts stay as they are.
    """
    if shared():
        followed_anew(prepared, data)
        return []
    return remade(prepared, data, workers, progress)


def of_all(progress: Progress, queue: Sequence[Incoming]) -> Progress:
    """Tells how far it is among all files."""
    return lambda done, _, name: progress(done, len(queue), name)


@contextmanager
def ready(inspected: Iterator[Inspected], paths: Paths) -> Iterator[Iterator[Inspected]]:
    """Files as they are read. For a lake all of them are read and kept first: other machines load meanwhile."""
    if shared():
        with keeping(paths) as keep:
            inspected = iter(list(kept(inspected, keep)))
    yield inspected


def kept(inspected: Iterable[Inspected], keep: Callable[[str, bytes], None]) -> Iterator[Inspected]:
    """Pass files on, putting each on the disk for good meanwhile."""
    for each in inspected:
        keep(each.sha256, each.incoming.read())
        yield each


def keys_of(judged: Iterable[Judged]) -> list[FileKey]:
    """What tells files apart that were judged."""
    return [each.inspected.incoming.key for each in judged]


def said_of(judged: Judged, by: str, now: dt.datetime) -> Said:
    """The journal's line for a file, and what the audit tells of it."""
    entry = reception(judged.inspected, by, now)
    return entry, tuple(of_reception(entry, judged))


def reception(inspected: Inspected, by: str, now: dt.datetime) -> Reception:
    """The journal's line for a file."""
    incoming = inspected.incoming
    return Reception(
        incoming.name, inspected.sha256, incoming.received_at.isoformat(), now.isoformat(), by,
        incoming.choice.unit_code, incoming.choice.period, incoming.demo, incoming.reason, incoming.returned,
    )  # fmt: skip
