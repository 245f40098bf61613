"""The warehouse: one working file that one process writes at a time, and published snapshots that all may read.

DuckDB shuts every other process out of a file that is being written, so readers never open the working file: after
each change a new numbered snapshot is written, and a pointer is moved to it. A name is never used twice, because a
reader that still holds a replaced file would go on reading the old one.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from etl import clock
from etl.chain import START, Standing
from etl.sealed import checksum, flush, is_intact, seal, seal_path, write_whole
from etl.trouble import BUSY, Unsaved
from etl.undecidable import ALREADY_WATCHED, Undecidable

PROJECT = Path(__file__).resolve().parent.parent
SQL = Path(__file__).resolve().parent / "sql"
KEPT_SNAPSHOTS = 5
CHECKPOINT_THRESHOLD = "100KB"
"""Small, so that a power cut leaves a short write-ahead log: of 1,000 simulated cuts none lost the file."""
USELESS_COMPRESSION = "fsst"
"""To try it takes a quarter of a commit's time, and without it a file is hardly larger (4 %)."""
LOCK_SECONDS = 600
JOURNAL_LOCK_SECONDS = 60
SNAPSHOTS = "warehouse-????????.duckdb"
SNAPSHOT_NAME = re.compile(r"warehouse-[0-9]{8}\.duckdb")
log = logging.getLogger(__name__)
LOCKED_DOWN: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
ONE_THREAD = {"threads": "1"}
"""How readers work: questions are small and many are asked at once; parting each costs a third more and gains none."""


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
    def set_aside(self) -> Path:
        """Files that were found damaged: never deleted, never used again."""
        return self.data / "set-aside"

    @property
    def lock(self) -> Path:
        """Held by whoever writes."""
        return self.data / ".writing.lock"

    @property
    def journal_lock(self) -> Path:
        """Held for the moment in which lines are added to the journal."""
        return self.data / ".journal.lock"


class Outdated(Exception):
    """The tables of a file were made by another version of the software: it must be made anew from the record."""


class NothingReadable(OSError):
    """Snapshots were published, and none of them can be read."""


def data_dir(given: Path | str | None = None) -> Path:
    """The data folder: as given, else NQ57_WAREHOUSE if that is a folder, else NQ57_DATA, else data/ of the project."""
    warehouse = os.environ.get("NQ57_WAREHOUSE", "")
    folder = "" if warehouse.startswith("ducklake:") else warehouse
    return resolved(os.path.abspath(given or folder or os.environ.get("NQ57_DATA") or PROJECT / "data"))


@lru_cache(maxsize=100)
def resolved(path: str) -> Path:
    """A path with its links followed, once: pages ask for the data folder many times a run."""
    return Path(path).resolve()


def catalogue_dir(given: Path | str | None = None) -> Path:
    """The catalogue folder: as given, else NQ57_CATALOGUE, else the project's own, whatever the data folder."""
    return Path(given or os.environ.get("NQ57_CATALOGUE") or PROJECT / "data" / "catalogue").resolve()


def version(data: Path) -> str:
    """The name of the current snapshot, "" where nothing was published yet. Where what says so is lost or damaged, it
    is the newest there is.
    """
    try:
        name = Paths(data).pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        name = ""
    if SNAPSHOT_NAME.fullmatch(name):
        return name
    return next((path.name for path in reversed(snapshots(data))), "")


def open_to_read(data: Path) -> duckdb.DuckDBPyConnection:
    """The current snapshot, read only and locked down; where it is damaged, the one before it. Raises FileNotFoundError
    where there is none, NothingReadable where all are damaged.

    Ask each question with a cursor of its own: a connection shared by threads gives wrong answers.
    """
    if not version(data):
        raise FileNotFoundError(Paths(data).pointer)
    for path in readable_first(data):
        try:
            if is_intact(path):
                return open_sealed(path)
            log.error("%s is damaged, the snapshot before it is read", path)
        except duckdb.Error:
            log.exception("%s cannot be read, the snapshot before it is", path)
    raise NothingReadable(None, "no snapshot can be read", str(Paths(data).published))


def open_sealed(path: Path) -> duckdb.DuckDBPyConnection:
    """A file of ours, read only and locked down."""
    # Sealed from the start, because a second reader of a process joins the instance of the first.
    sealed = LOCKED_DOWN | ONE_THREAD | {"lock_configuration": "true"}
    return duckdb.connect(str(path), read_only=True, config=sealed)


def readable_first(data: Path) -> list[Path]:
    """The published snapshots in the order in which they are tried: the current one, then the newest."""
    current = Paths(data).published / version(data)
    return [current, *(path for path in reversed(snapshots(data)) if path != current)]


def snapshots(data: Path) -> list[Path]:
    """The published snapshots there are, the oldest first."""
    return sorted(Paths(data).published.glob(SNAPSHOTS))


def open_empty() -> duckdb.DuckDBPyConnection:
    """A warehouse with nothing in it, in memory: what a first file is judged against."""
    con = duckdb.connect(":memory:", config=LOCKED_DOWN)
    create(con)
    return con


def create(con: duckdb.DuckDBPyConnection) -> None:
    """The tables and views, where they are not there yet. Raises Outdated where they are, and are others.

    Where the statements changed since what is derived was worked out, it is emptied: the next load fills it anew.
    """
    held = dict(con.execute("select file, sha256 from catalogue").fetchall()) if has(con, "catalogue") else {}
    if held.get("tables", shape()) != shape() or ("tables" not in held and is_filled(con)):
        raise Outdated(file_of(con))
    if held.get("derived") == derivation():
        return
    con.execute(script("tables.sql"))
    con.execute("delete from catalogue")
    con.execute("insert into catalogue values ('tables', ?)", [shape()])
    con.execute(script("derived.sql"))
    con.execute(script("views.sql"))


def has(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether there is a table of this name."""
    return bool(con.execute("select 1 from duckdb_tables() where table_name = ?", [table]).fetchall())


def is_filled(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether anything was ever loaded."""
    return has(con, "submission") and bool(con.execute("select 1 from submission limit 1").fetchall())


def standing(con: duckdb.DuckDBPyConnection) -> Standing:
    """How far in the journal a file has everything; the start where it has nothing or is in the middle of a load."""
    row = con.execute("select lines, size, hash, chained from journal_standing").fetchone()
    return Standing(*row) if row else START


def script(name: str) -> str:
    """The statements of a file."""
    return (SQL / name).read_text(encoding="utf-8")


@cache
def derivation() -> str:
    """What tells one way of deriving from another: the content of the statements."""
    return hashlib.sha256("".join(script(path.name) for path in sorted(SQL.glob("*.sql"))).encode()).hexdigest()


@cache
def shape() -> str:
    """What tells one shape of the tables of facts from another: their statements without remarks."""
    statements = re.sub(r"--.*", "", script("tables.sql"))
    return hashlib.sha256(" ".join(statements.split()).encode()).hexdigest()


def alone(data: Path) -> AbstractContextManager[None]:
    """No other process writes meanwhile. Raises Unsaved where one does for too long."""
    return locked(Paths(data).lock, LOCK_SECONDS)


@contextmanager
def locked(path: Path, seconds: float) -> Iterator[None]:
    """Hold a lock. Raises Unsaved where somebody else has it for so many seconds."""
    lock = FileLock(path, timeout=seconds)
    try:
        lock.acquire()
    except Timeout as fault:
        raise Unsaved(BUSY) from fault
    try:
        yield
    finally:
        lock.release()


def is_being_written(data: Path) -> bool:
    """Whether somebody writes at this moment."""
    try:
        with FileLock(Paths(data).lock, timeout=0):
            return False
    except Timeout:
        return True


@contextmanager
def alone_with_inbox(inbox: Path) -> Iterator[None]:
    """One process at a time takes files from an inbox. Raises Undecidable where another one does."""
    inbox.mkdir(parents=True, exist_ok=True)
    lock = FileLock(inbox / ".watching.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as fault:
        raise Undecidable(ALREADY_WATCHED) from fault
    try:
        yield
    finally:
        lock.release()


def alone_with_journal(paths: Paths) -> AbstractContextManager[None]:
    """Nobody else adds to the journal meanwhile. Raises Unsaved as `alone` does."""
    paths.data.mkdir(parents=True, exist_ok=True)
    return locked(paths.journal_lock, JOURNAL_LOCK_SECONDS)


def set_aside_path(paths: Paths, name: str) -> Path:
    """A path for what is put aside, that nothing has yet."""
    paths.set_aside.mkdir(parents=True, exist_ok=True)
    now = f"{clock.now():%Y%m%dT%H%M%S}"
    number = len(list(paths.set_aside.iterdir())) + 1
    return paths.set_aside / f"{now}-{number:04d}-{name}"


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """A file open to write, with its tables and views."""
    con = duckdb.connect(str(path), config=LOCKED_DOWN)
    try:
        con.execute(f"set checkpoint_threshold = '{CHECKPOINT_THRESHOLD}'")
        con.execute(f"set disabled_compression_methods = '{USELESS_COMPRESSION}'")
        create(con)
    except BaseException:
        con.close()
        raise
    return con


def publish(con: duckdb.DuckDBPyConnection, data: Path) -> str:
    """Make what is committed visible to readers; returns the name of the new snapshot.

    The pointer moves last, so that a crash at any moment leaves the snapshot before.
    """
    paths = Paths(data)
    con.execute("checkpoint")
    name = snapshot_name(next_number(paths))
    snapshot, partial = paths.published / name, paths.published / f"{name}.partial"
    working, old = Path(file_of(con)), snapshots(data)[: 1 - KEPT_SNAPSHOTS]
    with ThreadPoolExecutor(1) as beside:  # while the disk is waited for
        content = beside.submit(checksum, working)
        intact = beside.submit(lambda: [is_intact(path) for path in old])
        try:
            shutil.copyfile(working, partial)
            flush(partial)
        except OSError:
            partial.unlink(missing_ok=True)  # where there is no room, half a snapshot must not take what is left
            raise
    os.replace(partial, snapshot)
    seal(snapshot, standing(con), content.result())
    write_whole(paths.pointer, name)
    flush(paths.published)
    for path, is_sound in zip(old, intact.result(), strict=True):
        forget(paths, path, intact=is_sound)
    return name


def log_of(path: Path) -> Path:
    """The write-ahead log of a file."""
    return path.with_name(f"{path.name}.wal")


def file_of(con: duckdb.DuckDBPyConnection) -> str:
    """The file a connection writes."""
    row = con.execute("select path from duckdb_databases() where not internal").fetchone()
    assert row is not None
    return str(row[0])


def next_number(paths: Paths) -> int:
    """One more than any snapshot there is or was pointed to."""
    names = [path.name for path in paths.published.glob("warehouse-*")] + [version(paths.data)]
    return max(map(number_of, names), default=0) + 1


def snapshot_name(number: int) -> str:
    """The name of a snapshot."""
    return f"warehouse-{number:08d}.duckdb"


def number_of(name: str) -> int:
    """The number in the name of a snapshot, or of what belongs to one; 0 in no name."""
    return int(name[10:18]) if name else 0


def forget(paths: Paths, path: Path, *, intact: bool) -> None:
    """Delete a snapshot; one that is damaged is put aside, one that a reader still holds on Windows goes next time."""
    with suppress(PermissionError):
        if intact:
            path.unlink()
        else:
            os.replace(path, set_aside_path(paths, path.name))
        seal_path(path).unlink(missing_ok=True)
