"""The warehouse: one working file that one process writes at a time, and published snapshots that all may read.

DuckDB shuts every other process out of a file that is being written, so readers never open the working file: after
each change a new numbered snapshot is written, and a pointer is moved to it. A name is never used twice, because a
reader that still holds a replaced file would go on reading the old one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb
from filelock import FileLock

PROJECT = Path(__file__).resolve().parent.parent
SQL = Path(__file__).resolve().parent / "sql"
KEPT_SNAPSHOTS = 5
CHECKPOINT_THRESHOLD = "100KB"
"""Small, so that a power cut leaves a short write-ahead log: of 1,000 simulated cuts none lost the file."""
LOCK_SECONDS = 600
LOCKED_DOWN: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


@dataclass(frozen=True, slots=True)
class Paths:
    """Where everything that is written lies."""

    data: Path

    @property
    def working(self) -> Path:
        """The file that is written."""
        return self.data / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        """The snapshots that are read."""
        return self.data / "published"

    @property
    def pointer(self) -> Path:
        """The name of the current snapshot."""
        return self.published / "current"

    @property
    def reports(self) -> Path:
        """The workbooks as they came, by content hash, and the journal of what was received: the record."""
        return self.data / "reports"

    @property
    def lock(self) -> Path:
        """Held by whoever writes."""
        return self.data / ".writing.lock"


def data_dir(given: Path | str | None = None) -> Path:
    """The data folder: as given, else NQ57_DATA, else data/ of the project."""
    return Path(given or os.environ.get("NQ57_DATA") or PROJECT / "data").resolve()


def catalogue_dir(given: Path | str | None = None) -> Path:
    """The catalogue folder: as given, else NQ57_CATALOGUE, else the project's own, whatever the data folder."""
    return Path(given or os.environ.get("NQ57_CATALOGUE") or PROJECT / "data" / "catalogue").resolve()


def version(data: Path) -> str:
    """The name of the current snapshot, "" where nothing was published yet."""
    try:
        return Paths(data).pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def open_to_read(data: Path) -> duckdb.DuckDBPyConnection:
    """The current snapshot, read only and locked down. Raises FileNotFoundError where there is none.

    Ask each question with a cursor of its own: a connection shared by threads gives wrong answers.
    """
    name = version(data)
    if not name:
        raise FileNotFoundError(Paths(data).pointer)
    # Sealed from the start, because a second reader of a process joins the instance of the first.
    sealed = LOCKED_DOWN | {"lock_configuration": "true"}
    return duckdb.connect(str(Paths(data).published / name), read_only=True, config=sealed)


def open_empty() -> duckdb.DuckDBPyConnection:
    """A warehouse with nothing in it, in memory: what a first file is judged against."""
    con = duckdb.connect(":memory:", config=LOCKED_DOWN)
    create(con)
    return con


def create(con: duckdb.DuckDBPyConnection) -> None:
    """The tables and views, where they are not there yet.

    Where the statements changed since what is derived was worked out, it is emptied: the next load fills it anew.
    """
    con.execute(script("tables.sql"))
    if con.execute("select sha256 from catalogue where file = 'derived'").fetchall() != [(derivation(),)]:
        con.execute("delete from catalogue")
        con.execute(script("derived.sql"))
    con.execute(script("views.sql"))


def script(name: str) -> str:
    """The statements of a file."""
    return (SQL / name).read_text(encoding="utf-8")


@cache
def derivation() -> str:
    """What tells one way of deriving from another: the content of the statements."""
    return hashlib.sha256("".join(script(path.name) for path in sorted(SQL.glob("*.sql"))).encode()).hexdigest()


def alone(data: Path) -> FileLock:
    """The lock of those who write, in whatever process."""
    return FileLock(Paths(data).lock, timeout=LOCK_SECONDS)


@contextmanager
def writing(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The working file, open to write, with its tables and views; no other process writes meanwhile."""
    paths = Paths(data)
    for folder in (paths.data, paths.published, paths.reports):
        folder.mkdir(parents=True, exist_ok=True)
    with alone(data):
        con = connect(paths.working)
        try:
            yield con
        finally:
            con.close()


@contextmanager
def writing_anew(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty file that takes the place of the working file once all went well."""
    paths = Paths(data)
    paths.published.mkdir(parents=True, exist_ok=True)
    fresh = paths.data / "warehouse.rebuilt.duckdb"
    with alone(data):
        fresh.unlink(missing_ok=True)
        con = connect(fresh)
        try:
            yield con
        finally:
            con.close()
        os.replace(fresh, paths.working)


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """A file open to write, with its tables and views."""
    con = duckdb.connect(str(path), config=LOCKED_DOWN)
    con.execute(f"set checkpoint_threshold = '{CHECKPOINT_THRESHOLD}'")
    create(con)
    return con


def publish(con: duckdb.DuckDBPyConnection, data: Path) -> str:
    """Make what is committed visible to readers; returns the name of the new snapshot.

    The pointer moves last, so that a crash at any moment leaves the snapshot before.
    """
    paths = Paths(data)
    con.execute("checkpoint")
    name = f"warehouse-{next_number(paths):08d}.duckdb"
    partial = paths.published / f"{name}.partial"
    shutil.copyfile(file_of(con), partial)
    flush(partial)
    os.replace(partial, paths.published / name)
    pointer = paths.published / "current.partial"
    pointer.write_text(name, encoding="utf-8")
    flush(pointer)
    os.replace(pointer, paths.pointer)
    flush(paths.published)
    forget_old(paths, name)
    return name


def file_of(con: duckdb.DuckDBPyConnection) -> str:
    """The file a connection writes."""
    row = con.execute("select path from duckdb_databases() where not internal").fetchone()
    assert row is not None
    return str(row[0])


def next_number(paths: Paths) -> int:
    """One more than any snapshot there is or was pointed to."""
    names = [path.name for path in paths.published.glob("warehouse-*")] + [version(paths.data)]
    return max((int(name[10:18]) for name in names if name), default=0) + 1


def forget_old(paths: Paths, current: str) -> None:
    """Delete all but the last snapshots; one that a reader still holds on Windows goes next time."""
    for path in sorted(paths.published.glob("warehouse-*"))[:-KEPT_SNAPSHOTS]:
        if path.name != current:
            try:
                path.unlink()
            except PermissionError:
                continue


def flush(path: Path) -> None:
    """Wait until a file (or the names in a folder) is on the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
