"""The record and the working file held against each other before anything is written: what one lost the other makes up
for. What is damaged is put aside, never deleted.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from etl.chain import START, Link, Standing, walked
from etl.journal import Damaged, hash_before, journal_path, links, remember, settled, texts_after, whole_calls
from etl.sealed import flush, is_intact, matches, seal_of, seal_path
from etl.trouble import (
    JOURNAL_BROKEN,
    JOURNAL_COMPLETED,
    JOURNAL_MENDED,
    SNAPSHOT_DAMAGED,
    WORKING_DAMAGED,
    WORKING_FOREIGN,
    WORKING_LOST,
)
from etl.warehouse import (
    Outdated,
    Paths,
    alone_with_journal,
    connect,
    has,
    is_filled,
    log_of,
    open_sealed,
    set_aside_path,
    snapshots,
    standing,
    version,
)

TEXTS = "select text from journal order by line"
log = logging.getLogger(__name__)


# The journal ----------------------------------------------------------------------------------------------------------


def sound_journal(paths: Paths) -> tuple[Standing, list[str]]:
    """How far the journal goes, mended from the tables where it is damaged; and what was done, in sentences."""
    with alone_with_journal(paths):
        try:
            return settled(paths), []
        except Damaged:
            log.exception("the journal is damaged")
            return mended_journal(paths)


def wholly_sound_journal(paths: Paths) -> tuple[Standing, list[str]]:
    """The same, every line looked at."""
    end, done = sound_journal(paths)
    with alone_with_journal(paths):
        if all(link.sound for link in links(paths)):
            return end, done
        return mended_journal(paths)


def mended_journal(paths: Paths) -> tuple[Standing, list[str]]:
    """The journal written anew from the longest sound copy of its lines in a file of tables, and what of its own lines
    goes on from there. Without any copy, what can be read of it counts.
    """
    own = texts_after(journal_path(paths), START)
    copy = max(copies(paths), key=len, default=[])
    if not copy:
        everything = list(walked(own))
        end = everything[-1].standing if everything else START
        if journal_path(paths).exists():
            shutil.copyfile(journal_path(paths), set_aside_path(paths, journal_path(paths).name))
        remember(paths, end)
        return end, [JOURNAL_BROKEN]
    held = list(walked(copy))
    for text in own:
        (link,) = walked([text], held[-1].standing)
        if link.sound and link.standing.chained:
            held.append(link)
    end = whole_calls(held)
    write_anew(paths, held[: end.lines])
    remember(paths, end)
    return end, [JOURNAL_MENDED]


def copies(paths: Paths) -> Iterator[list[str]]:
    """The lines of the journal as files of tables hold them, those that are sound from the first to the last."""
    for path in (paths.working, *reversed(snapshots(paths.data))):
        try:
            with open_sealed(path) as con:
                texts = texts_in(con)
        except duckdb.Error:
            continue
        if all(link.sound for link in walked(texts)):
            yield texts


def texts_in(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The lines of the journal that a file of tables holds."""
    return [text for (text,) in con.execute(TEXTS).fetchall()] if has(con, "journal") else []


def write_anew(paths: Paths, held: list[Link]) -> None:
    """Lines in the place of the journal, which is put aside."""
    path = journal_path(paths)
    fresh = path.with_name(f"{path.name}.partial")
    with fresh.open("wb") as out:
        out.writelines(f"{link.text}\n".encode() for link in held)
        out.flush()
        os.fsync(out.fileno())
    if path.exists():
        shutil.copyfile(path, set_aside_path(paths, path.name))
    os.replace(fresh, path)
    flush(path.parent)


# The working file -----------------------------------------------------------------------------------------------------


def working_file(paths: Paths, end: Standing) -> tuple[duckdb.DuckDBPyConnection, list[str]]:
    """The working file, open and sound, at a place on the journal that goes up to `end`; and what was done for that, in
    sentences. One that is not is put aside, and a snapshot or an empty file takes its place.
    """
    done: list[str] = []
    if paths.working.exists():
        try:
            con = sound(paths)
            if con and belongs(paths, con, end, done):
                return con, done
            done.append(WORKING_FOREIGN if con else WORKING_DAMAGED)
            if con:
                if standing(con) == START and is_filled(con):
                    done.pop()  # it was left in the middle of a load, which is nobody's fault
                con.close()
        except Outdated:
            log.warning("%s was made by another version and is made anew", paths.working)
            return in_place(paths, None), done
    elif end.lines or version(paths.data):
        done.append(WORKING_LOST)
    return in_place(paths, base(paths, end, done)), done


def sound(paths: Paths) -> duckdb.DuckDBPyConnection | None:
    """The working file, open; None where it is damaged. Raises what else stands in the way of opening it.

    As it was left after publishing, it equals the current snapshot to the byte. Otherwise all of it is read once: what
    is damaged in it would else be published, and come to light when nothing whole is left.
    """
    held = seal_of(paths.published / version(paths.data)) if version(paths.data) else None
    left_well = held is not None and matches(paths.working, held)
    try:
        con = connect(paths.working)
    except duckdb.Error:
        if is_readable(paths.working):
            raise
        log.exception("%s cannot be opened", paths.working)
        return None
    try:
        if not left_well:
            read_all(con)
    except duckdb.Error:
        log.exception("%s is damaged", paths.working)
        con.close()
        return None
    return con


def is_readable(path: Path) -> bool:
    """Whether a file that cannot be opened to write can be read: then the disk, or another process, is the trouble."""
    try:
        with open_sealed(path) as con:
            read_all(con)
    except duckdb.Error as fault:
        return "Could not set lock" in str(fault)
    return True


def read_all(con: duckdb.DuckDBPyConnection) -> None:
    """Read every block, so that its checksum is looked at. Raises duckdb.Error where one is wrong."""
    for (table,) in con.execute("select table_name from duckdb_tables() where not temporary").fetchall():
        con.execute(f'select bit_xor(hash(columns(*))) from "{table}"').fetchall()


def belongs(paths: Paths, con: duckdb.DuckDBPyConnection, end: Standing, done: list[str]) -> bool:
    """Whether a file stands somewhere on the journal. One that goes beyond its end completes it first."""
    held = standing(con)
    if held == START:
        return not is_filled(con)
    if is_on(paths, held, end):
        return True
    beyond = list(walked(texts_in(con)))
    if not all(link.sound for link in beyond) or not beyond or beyond[-1].standing != held:
        return False
    if end != START and (len(beyond) <= end.lines or beyond[end.lines - 1].standing != end):
        return False
    with alone_with_journal(paths):
        write_anew(paths, beyond)
        remember(paths, held)
    done.append(JOURNAL_COMPLETED)
    return True


def is_on(paths: Paths, held: Standing, end: Standing) -> bool:
    """Whether the journal, which goes up to `end`, has been where a file stands."""
    if held.size > end.size or held.lines > end.lines:
        return False
    if held.chained:
        return hash_before(journal_path(paths), held.size) == held.hash
    return any(link.standing == held for link in links(paths))


def base(paths: Paths, end: Standing, done: list[str]) -> Path | None:
    """The newest snapshot that is sound and stands on the journal; a copy of it, to be used as the working file."""
    for snapshot in reversed(snapshots(paths.data)):
        if not is_intact(snapshot):
            log.error("%s is damaged and put aside", snapshot)
            os.replace(snapshot, set_aside_path(paths, snapshot.name))
            seal_path(snapshot).unlink(missing_ok=True)
            done.append(SNAPSHOT_DAMAGED)
            continue
        fresh = paths.data / "warehouse.rebuilt.duckdb"
        shutil.copyfile(snapshot, fresh)
        flush(fresh)
        try:
            with connect(fresh) as con:
                read_all(con)
                held = standing(con)
                if held != START and is_on(paths, held, end):
                    con.execute("checkpoint")
                    return fresh
        except (duckdb.Error, Outdated):
            log.exception("%s cannot be built upon", snapshot)
    return None


def in_place(paths: Paths, fresh: Path | None) -> duckdb.DuckDBPyConnection:
    """A file in the place of the working file, or an empty one; what was there is put aside with its log."""
    for path in (log_of(paths.working), paths.working):
        if path.exists():
            os.replace(path, set_aside_path(paths, path.name))
    if fresh:
        os.replace(fresh, paths.working)
    return connect(paths.working)
