"""Every workbook as it came, by content hash: with the journal (journal.py) the record of all that was received."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

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
    with ThreadPoolExecutor(WRITERS) as pool:

        def keep(sha256: str, data: bytes) -> None:
            path = kept_path(paths, sha256)
            if path not in started and not (path.exists() and path.stat().st_size == len(data)):
                path.parent.mkdir(parents=True, exist_ok=True)
                started[path] = pool.submit(write_through, path, data)

        yield keep
        for written in started.values():
            written.result()
        list(pool.map(flush, {path.parent for path in started}))


def write_through(path: Path, data: bytes) -> None:
    """Write one file and wait until it is on the disk; a half-written one never bears the final name."""
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        with partial.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(partial, path)
    except OSError:
        partial.unlink(missing_ok=True)  # where there is no room, it must not take what is left
        raise
