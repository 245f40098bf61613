"""Every workbook as it came, by content hash: with the journal (journal.py) the record of all that was received."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from etl.depot import Store, store_of
from etl.lake import shared
from etl.sealed import flush
from etl.warehouse import Paths

WRITERS = 16
"""Threads that wait for the disk together: one flush then serves several files."""


def kept_path(paths: Paths, sha256: str) -> Path:
    """Where a workbook is kept."""
    return paths.reports / sha256[:2] / f"{sha256}.xlsx"


@contextmanager
def keeping(paths: Paths) -> Iterator[Callable[[str, bytes], None]]:
    """Gives a function that puts a workbook (hash, content) on the disk meanwhile; at the end all are there."""
    started: dict[Path, Future[None]] = {}
    folders: set[Path] = set()
    write = keeping_shared(paths)
    with ThreadPoolExecutor(WRITERS) as pool:

        def keep(sha256: str, data: bytes) -> None:
            path = kept_path(paths, sha256)
            if path in started or (path.exists() and path.stat().st_size == len(data)):
                return
            if path.parent not in folders:
                path.parent.mkdir(parents=True, exist_ok=True)
                folders.add(path.parent)
            started[path] = pool.submit(write, path, data)

        yield keep
        for written in started.values():
            written.result()
        list(pool.map(flush, folders))


def keeping_shared(paths: Paths) -> Callable[[Path, bytes], None]:
    """What writes a file for good: into the shared store first, where there is one, so that none that is here is not
    there.
    """
    lake = shared()
    if lake is None:
        return write_through
    store = store_of(lake)

    def write(path: Path, data: bytes) -> None:
        store.put(name_of(paths, path), data)
        write_through(path, data)

    return write


def at_hand(paths: Paths, path: Path) -> Path:
    """Where a file of the record is, once it was fetched from the shared store if it has it and is not here yet."""
    lake = shared()
    if lake and not path.exists():
        fetch(store_of(lake), paths, path)
    return path


def fetch(store: Store, paths: Paths, path: Path) -> None:
    """Put a file of the record here, as the shared store has it; one that it does not have is missed later."""
    data = store.get(name_of(paths, path))
    if data is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_through(path, data)


def name_of(paths: Paths, path: Path) -> str:
    """What a file of the record is called in the shared store."""
    return path.relative_to(paths.data).as_posix()


def write_through(path: Path, data: bytes) -> None:
    """Write one file and wait until it is on the disk; a half-written one never bears the final name."""
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        with partial.open("wb", buffering=0) as out:
            while data:
                data = data[out.write(data) :]
            os.fsync(out.fileno())
        os.replace(partial, path)
    except OSError:
        partial.unlink(missing_ok=True)  # where there is no room, it must not take what is left
        raise
