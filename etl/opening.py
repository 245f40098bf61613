"""To open the warehouse for writing: everything promised before is made good first, everything promised now is
published last.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from etl import clock
from etl.belonging import only_its_folder, only_its_lake
from etl.catalogue_changes import tell_catalogue
from etl.chain import START
from etl.events import of_note
from etl.follow import take_over
from etl.joint import follow_journal
from etl.journal import Note, lines
from etl.lake import WRITING, only_one, shared
from etl.mending import in_place, sound_journal, wholly_sound_journal, working_file
from etl.nation import take_summaries
from etl.prepare import Prepared
from etl.receipt import Receipt
from etl.refresh import refresh_all, refresh_expected
from etl.replay import Progress, is_clearing, replay, silent
from etl.session import Session, begun, promise
from etl.store import same_catalogue, store_catalogue
from etl.transaction import transaction
from etl.trouble import caught_up, is_of_disk, not_yet_published, nothing_saved
from etl.warehouse import Paths, alone, connect, log_of, publish

SYSTEM = "system"
REPAIRED = "repaired"
log = logging.getLogger(__name__)


@contextmanager
def opened(prepared: Prepared, data: Path, workers: int = 1, progress: Progress = silent) -> Iterator[Session]:
    """The working file, open to write and up to date; no other process writes meanwhile. What is done is published.

    Raises Unsaved where the disk would not take it. An error after the promise does not undo it: what was promised is
    looked up in the file, opened anew, and made good.
    """
    paths = Paths(data)
    make_folders(paths)
    with alone(data), alone_in_lake():
        promised = False
        try:
            with made_good(prepared, paths, workers, progress) as session:
                try:
                    yield session
                    publish(session.con, data)
                finally:
                    promised = session.promised
        except Exception as fault:
            if not is_of_disk(fault):
                raise
            log.exception("the disk failed")
            if not promised:
                raise nothing_saved(fault) from fault
            keep_word(prepared, paths, workers)


def keep_word(prepared: Prepared, paths: Paths, workers: int) -> None:
    """After the disk failed: open anew, which makes good what was promised, and publish."""
    try:
        with made_good(prepared, paths, workers, silent) as session:
            publish(session.con, paths.data)
    except Exception as fault:
        if is_of_disk(fault):
            raise not_yet_published(fault) from fault
        raise


@contextmanager
def made_good(prepared: Prepared, paths: Paths, workers: int, progress: Progress) -> Iterator[Session]:
    """The working file, open, with everything the journal says in it; what had to be repaired is told."""
    lake = shared()
    only_its_lake(prepared.catalogue, lake)
    end, done = sound_journal(paths)
    is_new = lake is not None and end == START
    if lake:
        end = follow_journal(lake, paths)
    con, more = working_file(paths, end)
    try:
        only_its_folder(prepared.catalogue, paths, con)
        session = begun(paths, con)
        missing = list(lines(paths, session.standing))
        if session.standing != START and any(is_clearing(line) for line in missing):
            con.close()
            session = begun(paths, con := in_place(paths, None))
            missing = list(lines(paths, START))
        up_to_date(session, prepared)
        if lake:
            take_over(session, prepared, lake, missing)
        else:
            replay(session, prepared, missing, workers, progress)
        tell_catalogue(session, prepared.catalogue)
        late = 0 if lake else sum(not isinstance(line.entry, Note) for line in missing)
        tell_repairs(session, [*done, *([] if is_new else more), *([caught_up(late)] if late else [])])
        yield session
    finally:
        con.close()


def remade(prepared: Prepared, data: Path, workers: int = 1, progress: Progress = silent) -> list[Receipt]:
    """The warehouse made anew from the record, in the place of the working file once all went well."""
    paths = Paths(data)
    make_folders(paths)
    fresh = paths.data / "warehouse.rebuilt.duckdb"
    with alone(data):
        only_its_folder(prepared.catalogue, paths)
        _, done = wholly_sound_journal(paths)
        fresh.unlink(missing_ok=True)
        con = connect(fresh)
        try:
            session = begun(paths, con)
            up_to_date(session, prepared)
            receipts = replay(session, prepared, list(lines(paths)), workers, progress)
            tell_catalogue(session, prepared.catalogue)
            tell_repairs(session, done)
            publish(con, data)
        finally:
            con.close()
        log_of(paths.working).unlink(missing_ok=True)
        os.replace(fresh, paths.working)
    return receipts


def followed(prepared: Prepared, data: Path) -> None:
    """Take what other machines put into the lake, and publish it here."""
    paths = Paths(data)
    make_folders(paths)
    with alone(data), made_good(prepared, paths, 1, silent) as session:
        publish(session.con, data)


def followed_anew(prepared: Prepared, data: Path) -> None:
    """The same from the beginning, into an empty file."""
    paths = Paths(data)
    make_folders(paths)
    with alone(data):
        in_place(paths, None).close()
        with made_good(prepared, paths, 1, silent) as session:
            publish(session.con, data)


def alone_in_lake() -> AbstractContextManager[None]:
    """No other machine loads into the lake or decides meanwhile, where there is one."""
    lake = shared()
    return only_one(lake, WRITING) if lake else nullcontext()


def make_folders(paths: Paths) -> None:
    """The folders of a warehouse."""
    for folder in (paths.data, paths.published, paths.reports):
        folder.mkdir(parents=True, exist_ok=True)


def up_to_date(session: Session, prepared: Prepared) -> None:
    """The catalogue's tables as the files say, and reports expected that fell due since the last time."""
    today = clock.today()
    with transaction(session.con):
        if same_catalogue(session.con, prepared.catalogue, today):
            refresh_expected(session.con, today)
        else:
            store_catalogue(session.con, prepared.catalogue, today)
            refresh_all(session.con, today)
        take_summaries(session.con, prepared.catalogue, session.paths)


def tell_repairs(session: Session, done: list[str]) -> None:
    """Note what had to be repaired."""
    for sentence in done:
        log.warning(sentence)
    if done:
        note = Note(REPAIRED, clock.now().isoformat(), SYSTEM, reason=" ".join(done))
        with transaction(session.con):
            promise(session, [(note, (of_note(note),))])
        session.promised = False
