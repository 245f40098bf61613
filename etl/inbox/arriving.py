"""What lies in the inbox, and which of it is complete: a file may still be on its way through the network."""

from __future__ import annotations

import datetime as dt
import os
import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from etl.batch import IGNORED
from etl.clock import HERE, now
from etl.inbox.places import FOLDERS

UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", ".temp")
"""What programs call a file until it is whole."""
ZIPPED = (".xlsx", ".xlsm", ".zip")
END_OF_ZIP = b"PK\5\6"
END_SIZE, LONGEST_COMMENT = 22, 1 << 16
END_POINTERS = struct.Struct("<II")
ZIP64 = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class State:
    """What changes while a file is written."""

    size: int
    changed: int
    number: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file in the inbox."""

    path: Path
    state: State
    at: dt.datetime
    """When it came: what its sender's clock said goes into the folder along with it, but not into this."""
    is_link: bool = False


class Look(NamedTuple):
    """What one look at the inbox showed."""

    complete: list[Arrival]
    coming: int
    """How many are not complete yet."""
    is_moving: bool
    """Whether some of those changed a moment ago."""


class Arriving:
    """Looks at the inbox again and again, and knows since when each file has not changed."""

    def __init__(self, inbox: Path, still: float, patience: float) -> None:
        self._inbox = inbox
        self._still, self._patience = still, patience
        self._since: dict[Path, tuple[State, float]] = {}

    def look(self, moment: float) -> Look:
        """What there is at a moment, of a clock that only goes forward."""
        found = list(arrivals(self._inbox))
        self._since = {
            each.path: before
            if (before := self._since.get(each.path)) and before[0] == each.state
            else (each.state, moment)
            for each in found
        }
        complete = [each for each in found if self._is_complete(each, moment)]
        is_moving = any(moment - since < self._still for _, since in self._since.values())
        return Look(complete, len(found) - len(complete), is_moving)

    def _is_complete(self, arrival: Arrival, moment: float) -> bool:
        """Whether a file stopped changing, and ends as files of its kind do; without an end it has time to get one.
        What a link leads to is not looked at: it is refused when it is claimed.
        """
        still = moment - self._since[arrival.path][1]
        return still >= self._patience or (
            still >= self._still and (arrival.is_link or has_end(arrival.path, arrival.state.size))
        )


def arrivals(inbox: Path) -> Iterator[Arrival]:
    """The files that lie in the inbox and in folders people put there, first come, first."""
    found = []
    for folder, folders, names in os.walk(inbox):
        top = Path(folder) == inbox
        folders[:] = sorted(name for name in folders if not is_passed_over(name) and not (top and name in FOLDERS))
        for name in names:
            path = Path(folder, name)
            if not is_passed_over(name) and (arrival := arrival_of(path)):
                found.append(arrival)
    yield from sorted(found, key=lambda each: (each.at, each.path))


def is_passed_over(name: str) -> bool:
    """Whether a name is of a file that somebody is still at, or that no person put there."""
    return (
        name.startswith((".", "~$"))
        or name.lower().endswith(UNFINISHED)
        or name in IGNORED
        or f"{name}/" in IGNORED
    )  # fmt: skip


def arrival_of(path: Path) -> Arrival | None:
    """A file, or a link to whatever it is; None where it is gone again or is neither."""
    try:
        held = path.lstat()
    except OSError:
        return None
    if not (stat.S_ISREG(held.st_mode) or stat.S_ISLNK(held.st_mode)):
        return None
    came = dt.datetime.fromtimestamp(held.st_ctime, HERE).replace(tzinfo=None, microsecond=0)
    state = State(held.st_size, held.st_mtime_ns, held.st_ino)
    return Arrival(path, state, min(came, now()), stat.S_ISLNK(held.st_mode))


def state_of(path: Path) -> State | None:
    """How a file is now; None where there is none."""
    arrival = arrival_of(path)
    return arrival.state if arrival and not arrival.is_link else None


def has_end(path: Path, size: int) -> bool:
    """Whether a file ends as it must: a zip, which every workbook is, has its directory at the end, and the directory
    says how long the rest is.
    """
    if path.suffix.lower() not in ZIPPED:
        return size > 0
    try:
        with path.open("rb") as file:
            file.seek(max(0, size - END_SIZE - LONGEST_COMMENT))
            tail = file.read()
    except OSError:
        return False
    at = tail.rfind(END_OF_ZIP)
    if at < 0 or len(tail) - at < END_SIZE:
        return False
    directory, begins = END_POINTERS.unpack_from(tail, at + 12)
    return bool(begins == ZIP64 or begins + directory == size - len(tail) + at)
