"""What changed in the catalogue, row by row: compared with the copy that is kept of it as it was told last."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from etl import clock
from etl.catalogue import Catalogue, Row
from etl.events import of_note
from etl.journal import Note
from etl.kept import at_hand, keeping_shared
from etl.sealed import flush
from etl.session import Session, promise
from etl.transaction import transaction
from etl.warehouse import Paths

CHANGED = "catalogue"
BY_FILES = "catalogue"
LONG_AGO = (2020, 1, 1, 0, 0, 0)
"""The date of every file in a copy, so that the same catalogue gives the same copy."""
Tables = Mapping[str, Sequence[Row]]


def tell_catalogue(session: Session, catalogue: Catalogue) -> None:
    """Note each row that is otherwise than when the catalogue was told last; a copy is kept for the next time."""
    before = told_last(session.con)
    if before == catalogue.sha256:
        return
    keep(session.paths, catalogue)
    now, by = clock.now().isoformat(), BY_FILES
    told = Note(CHANGED, now, by, before=before, after=catalogue.sha256)
    old = read_copy(session.paths, before)
    rows = changes(old, tables_of(catalogue.folder)) if old else ()
    notes = [told, *(Note(CHANGED, now, by, subject, before=was, after=new) for subject, was, new in rows)]
    with transaction(session.con):
        promise(session, [(note, (of_note(note),)) for note in notes])
    session.promised = False


def told_last(con: duckdb.DuckDBPyConnection) -> str:
    """The catalogue that was told last, "" where none ever was."""
    row = con.execute(
        "select after from event where action = ? and subject is null order by line desc limit 1", [CHANGED]
    ).fetchone()
    return str(row[0]) if row else ""


def copy_path(paths: Paths, sha256: str) -> Path:
    """Where the copy of a catalogue is kept: with the workbooks, because it is part of the record."""
    return paths.reports / "catalogue" / f"{sha256}.zip"


def keep(paths: Paths, catalogue: Catalogue) -> None:
    """Keep a copy of the catalogue, on the disk for good."""
    path = copy_path(paths, catalogue.sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(catalogue.folder.rglob("*.csv")):
            entry = zipfile.ZipInfo(file.relative_to(catalogue.folder).as_posix(), LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
    data = partial.read_bytes()
    partial.unlink()
    keeping_shared(paths)(path, data)
    flush(path.parent)


def read_copy(paths: Paths, sha256: str) -> Tables:
    """The tables of a kept catalogue by file; nothing where there is no copy that can be read."""
    try:
        with zipfile.ZipFile(at_hand(paths, copy_path(paths, sha256))) as archive:
            return {name: rows_of(archive.read(name)) for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile):
        return {}


def tables_of(folder: Path) -> Tables:
    """The tables of a catalogue folder by file."""
    return {path.relative_to(folder).as_posix(): rows_of(path.read_bytes()) for path in sorted(folder.rglob("*.csv"))}


def rows_of(content: bytes) -> list[Row]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def changes(old: Tables, new: Tables) -> Iterator[tuple[str, str, str]]:
    """File and key of each row that came, went or is otherwise, with what it said and says."""
    for file in sorted({*old, *new}):
        before, after = old.get(file, ()), new.get(file, ())
        names = key_columns(before, after)
        was, now = keyed(before, names), keyed(after, names)
        for key in [*was, *(key for key in now if key not in was)]:
            one, other = was.get(key, {}), now.get(key, {})
            if one != other:
                differing = [name for name in {**one, **other} if one.get(name) != other.get(name)]
                yield f"{file}: {' '.join(key)}", shown(one, differing), shown(other, differing)


def key_columns(before: Sequence[Row], after: Sequence[Row]) -> list[str]:
    """The first columns that tell all rows of both apart; all columns where not even these do."""
    names = list(after[0] if after else before[0] if before else ())
    for count in range(1, len(names) + 1):
        if all(len({tuple(row.get(name) for name in names[:count]) for row in rows}) == len(rows)
               for rows in (before, after)):  # fmt: skip
            return names[:count]
    return names


def keyed(rows: Sequence[Row], names: Sequence[str]) -> dict[tuple[str, ...], Row]:
    """Rows by their keys."""
    return {tuple(row.get(name) or "" for name in names): row for row in rows}


def shown(row: Row, names: Sequence[str]) -> str:
    """Some columns of a row as JSON; nothing for a row that is not there."""
    return json.dumps({name: row.get(name) for name in names}, ensure_ascii=False) if row else ""
