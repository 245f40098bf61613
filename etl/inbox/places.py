"""Where files of the inbox go. Nothing is overwritten: a name that is taken gets a number."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from etl.kept import write_through
from etl.sealed import write_whole

TAKING, ACCEPTED, RETURNED, DUPLICATE, WAITING = "taking", "accepted", "returned", "duplicate", "waiting"
FOLDERS = frozenset({TAKING, ACCEPTED, RETURNED, DUPLICATE, WAITING})
"""What lies in these was seen to."""
NOTE = ".txt"
LONGEST = 190
"""Bytes of a name, so that a number, the mark of a copy and the end of a note still fit."""
LONGEST_SUFFIX = 12
STAMP = "%Y%m%d-%H%M%S"


def claim(inbox: Path, path: Path, came: dt.datetime) -> Path:
    """Move a file to where it is taken from; when it came is kept in the name of its folder. Raises OSError where
    somebody holds on to it.
    """
    stamp = came.strftime(STAMP)
    for number in count(1):
        target = inbox / TAKING / (stamp if number == 1 else f"{stamp}-{number}") / proper(path.name)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
            return target
    raise AssertionError


def claimed(inbox: Path) -> list[tuple[Path, dt.datetime]]:
    """The files that are being taken, each with when it came."""
    return [
        (path, dt.datetime.strptime(path.parent.name[:15], STAMP))
        for path in sorted((inbox / TAKING).glob("*/*"))
        if path.is_file()
    ]


def give_back(inbox: Path, path: Path) -> Path:
    """Put a file back to where it came from."""
    target = next(name for name in names(inbox, path.name) if not name.exists())
    path.rename(target)
    leave(path.parent)
    return target


def place(path: Path, folder: Path, sha256: str, note: str) -> Path:
    """Move a file that was seen to into a folder, what became of it beside it; returns where it is now.

    The note is written first and names the content, so that after a kill the same file finds its own note again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = next(name for name in names(folder, path.name) if is_free(name, sha256))
    write_whole(note_of(target), f"{note}\n\nSHA-256: {sha256}\n")
    path.rename(target)
    leave(path.parent)
    return target


def put(folder: Path, name: str, content: bytes) -> Path:
    """Write a file under its name, or with a number where another one has it."""
    folder.mkdir(parents=True, exist_ok=True)
    for target in names(folder, proper(name)):
        if not target.exists():
            write_through(target, content)
            return target
        if target.read_bytes() == content:
            return target
    raise AssertionError


def names(folder: Path, name: str) -> Iterator[Path]:
    """A name, then the same with numbers."""
    yield folder / name
    bare = Path(name)
    for number in count(2):
        yield folder / f"{bare.stem} ({number}){bare.suffix}"


def proper(name: str) -> str:
    """A name that can be written anywhere: no character that does not print or is none, and not too long."""
    whole = os.fsencode(name).decode("utf-8", "replace")
    bare = Path("".join(each if each.isprintable() else "_" for each in whole))
    stem, suffix = bare.stem, bare.suffix[:LONGEST_SUFFIX]
    while len(f"{stem}{suffix}".encode()) > LONGEST:
        stem = stem[:-1]
    return f"{stem}{suffix}"


def is_free(path: Path, sha256: str) -> bool:
    """Whether nobody has the name, nor the name of its note but the same content before a kill."""
    note = note_of(path)
    return not path.exists() and (not note.exists() or sha256 in note.read_text(encoding="utf-8", errors="replace"))


def note_of(path: Path) -> Path:
    """What became of a file stands here."""
    return path.with_name(path.name + NOTE)


def leave(folder: Path) -> None:
    """Take a folder away that was only there for a file in passing."""
    if not any(folder.iterdir()):
        os.rmdir(folder)
