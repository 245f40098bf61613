"""The record: every workbook as it came, by content hash, and a journal line for each reception.

The warehouse can be deleted and made again from these.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from etl.warehouse import Paths, flush

WRITERS = 16
"""Threads that wait for the disk together: one flush then serves several files."""


@dataclass(frozen=True, slots=True)
class Reception:
    """One line of the journal: a file was received."""

    file_name: str
    sha256: str
    received_at: str
    loaded_at: str
    loaded_by: str
    unit_code: str = ""
    period: str = ""
    demo: bool = False


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
            if path not in started and not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                started[path] = pool.submit(write_through, path, data)

        yield keep
        for written in started.values():
            written.result()
        list(pool.map(flush, {path.parent for path in started}))


def write_through(path: Path, data: bytes) -> None:
    """Write one file and wait until it is on the disk; a half-written one never bears the final name."""
    partial = path.with_suffix(f".{os.getpid()}.partial")
    with partial.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    os.replace(partial, path)


def journal(paths: Paths, receptions: Sequence[Reception]) -> None:
    """Add lines to the journal and wait until they are on the disk."""
    if not receptions:
        return
    with (paths.reports / "journal.jsonl").open("a", encoding="utf-8") as out:
        out.writelines(json.dumps(asdict(reception), ensure_ascii=False) + "\n" for reception in receptions)
        out.flush()
        os.fsync(out.fileno())


def read_journal(paths: Paths) -> Iterator[Reception]:
    """What was received, in order; a last line cut short by a crash was never acknowledged and is left out."""
    path = paths.reports / "journal.jsonl"
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield Reception(**json.loads(line))
        except json.JSONDecodeError:
            continue


def leave_out(paths: Paths, unwanted: Callable[[Reception], bool]) -> None:
    """Write the journal without some of its lines; the journal as it was stays beside it."""
    path = paths.reports / "journal.jsonl"
    if not path.exists():
        return
    kept = [reception for reception in read_journal(paths) if not unwanted(reception)]
    number = len(list(paths.reports.glob("journal-*.jsonl"))) + 1
    os.replace(path, paths.reports / f"journal-{number:04d}.jsonl")
    path.touch()
    journal(paths, kept)


def moment(text: str) -> dt.datetime:
    """A time of the journal."""
    return dt.datetime.fromisoformat(text)
