"""The record and what was made of it, looked through to the last byte: what is missing or altered, and where."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import duckdb

from etl import backup_says as words
from etl.catalogue_changes import copy_path as catalogue_copy
from etl.chain import START
from etl.close import CLOSE, key_of
from etl.copies import copy_path as closing_copy
from etl.journal import Decision, Line, Reception, head, head_path, journal_path, lines, links
from etl.kept import at_hand, kept_path
from etl.mending import read_all, texts_in
from etl.package import sha256_of
from etl.sealed import is_intact
from etl.warehouse import (
    Outdated,
    Paths,
    alone,
    alone_with_journal,
    connect,
    data_dir,
    open_sealed,
    snapshots,
    standing,
    version,
)

Stamp = tuple[int, int]


class Verified(NamedTuple):
    """One part that was looked through: how many pieces it has, and what is wrong."""

    part: str
    pieces: int
    faults: list[str]


def verify(data: Path | None = None) -> list[Verified]:
    """Look through everything in the data folder; nobody writes meanwhile."""
    paths = Paths(data_dir(data))
    with alone(paths.data):
        held = list(lines(paths))
        return [
            journal(paths),
            workbooks(paths, held),
            closings(paths, held),
            catalogues(paths),
            working(paths),
            published(paths),
        ]


def verify_journal(data: Path | None = None) -> Verified:
    """Look through the journal alone; worked out again only when it has changed."""
    paths = Paths(data_dir(data))
    with alone_with_journal(paths):
        return journal_once(paths.data, *(stamp(path) for path in (journal_path(paths), head_path(paths))))


@lru_cache(maxsize=4)
def journal_once(data: Path, journal_stamp: Stamp, head_stamp: Stamp) -> Verified:
    """The journal of a folder, looked through once for each time that it or the note of how far it goes changed."""
    return journal(Paths(data))


def stamp(path: Path) -> Stamp:
    """Length and time of change of a file, nothing where there is none."""
    return (path.stat().st_size, path.stat().st_mtime_ns) if path.exists() else (0, 0)


def journal(paths: Paths) -> Verified:
    """Every line and its hash, and whether it goes as far as was written down."""
    found = list(links(paths))
    faults = [words.line_altered(link.standing.lines, link.text) for link in found if not link.sound]
    known, end = head(paths), found[-1].standing if found else START
    if known is None:
        faults += [words.NO_HEAD] if found else []
    elif known not in {link.standing for link in found} and known != START:
        faults.append(words.lines_missing(known.lines, end.lines))
    unread = len(found) - sum(1 for _ in lines(paths))
    return Verified(words.JOURNAL, len(found), faults + ([words.senseless(unread)] if unread else []))


def workbooks(paths: Paths, held: Iterable[Line]) -> Verified:
    """Every workbook that was received is kept, as it came."""
    names = {line.entry.sha256: line.entry.file_name for line in held if isinstance(line.entry, Reception)}
    return Verified(words.WORKBOOKS, len(names), list(lost_workbooks(paths, names.items())))


def lost_workbooks(paths: Paths, names: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Those that are gone or altered."""
    for sha256, name in names:
        path = at_hand(paths, kept_path(paths, sha256))
        if not path.exists():
            yield words.gone(name, path)
        elif sha256_of(path.read_bytes()) != sha256:
            yield words.altered(name, path)


def closings(paths: Paths, held: Iterable[Line]) -> Verified:
    """The copy of every closing is there and can be read."""
    copies = {
        closing_copy(paths, key_of(line.entry))
        for line in held
        if isinstance(line.entry, Decision) and line.entry.action == CLOSE
    }
    return Verified(words.CLOSINGS, len(copies), [fault for path in sorted(copies) for fault in unreadable(path)])


def catalogues(paths: Paths) -> Verified:
    """The kept copies of the catalogue are what their names say."""
    copies = sorted(catalogue_copy(paths, "").parent.glob("*.zip"))
    return Verified(
        words.CATALOGUES, len(copies), [words.altered(path.name, path) for path in copies if not same(path)]
    )


def same(path: Path) -> bool:
    """Whether a copy of a catalogue has the content that it is named after."""
    try:
        with zipfile.ZipFile(path) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False
    return hashlib.sha256(content).hexdigest() == path.stem


def working(paths: Paths) -> Verified:
    """The working file can be read, and holds every line of the journal."""
    if not paths.working.exists():
        return Verified(words.WORKING, 0, [words.gone(words.WORKING, paths.working)] if version(paths.data) else [])
    try:
        with connect(paths.working) as con:
            read_all(con)
            faults = list(against_journal(paths, con))
    except Outdated:
        faults = [words.OUTDATED]
    except duckdb.Error as fault:
        faults = [words.damaged(paths.working, fault)]
    return Verified(words.WORKING, 1, faults)


def against_journal(paths: Paths, con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Where the lines in the tables and those in the journal are not the same."""
    ours, theirs = texts_in(con), [link.text for link in links(paths)]
    differing = [number for number, pair in enumerate(zip(ours, theirs, strict=False), start=1) if pair[0] != pair[1]]
    if differing:
        yield words.otherwise_in_tables(differing)
    if len(ours) > len(theirs):
        yield words.lines_missing(len(ours), len(theirs))
    if standing(con).lines != len(ours):
        yield words.IN_THE_MIDDLE


def published(paths: Paths) -> Verified:
    """The snapshots are whole."""
    found = snapshots(paths.data)
    return Verified(words.SNAPSHOTS, len(found), [
        fault for path in found
        for fault in (unreadable(path) if is_intact(path) else [words.altered(path.name, path)])
    ])  # fmt: skip


def unreadable(path: Path) -> list[str]:
    """What keeps a file of tables from being read."""
    if not path.exists():
        return [words.gone(path.name, path)]
    try:
        with open_sealed(path) as con:
            read_all(con)
    except duckdb.Error as fault:
        return [words.damaged(path, fault)]
    return []
