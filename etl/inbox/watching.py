"""The loop: files are taken in as they arrive, several that come together at once, until somebody says stop."""

from __future__ import annotations

import datetime as dt
import errno
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from etl import says
from etl.inbox.arriving import Arrival, Arriving
from etl.inbox.places import claim, claimed
from etl.inbox.placing import Placed, placed
from etl.inbox.taking import PASSING, Settled, take, taken
from etl.package import MEGABYTE

BATCH = 500
"""Files taken at once: all of a month, not a year that somebody copied here by mistake."""
MOST_BYTES = 256 * MEGABYTE
LONGEST_WAIT = 10
"""Seconds that complete files wait for others that are still on their way."""
SOON, LATER, AFTER_TROUBLE = 0.5, 5, 15
"""Seconds until the next look: while something is on its way; while nothing is, since a folder on another machine may
tell of nothing; when something stood in the way.
"""
BREATH = 0.2
"""Seconds between two looks at least, while something is written all the time."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Inbox:
    """A folder to take files from, and how."""

    folder: Path
    data: Path
    by: str
    catalogue: Path | None = None
    still: float = 2
    """Seconds without a change after which a file that ends as it must is complete."""
    patience: float = 60
    """The same for a file that does not: a broken one is answered too."""


class Watch:
    """Takes in what arrives."""

    def __init__(self, inbox: Inbox, tell: Callable[[Placed], None], warn: Callable[[Exception], None]) -> None:
        self._inbox, self._tell, self._warn = inbox, tell, warn
        self._arriving = Arriving(inbox.folder, inbox.still, inbox.patience)
        self._unplaced: list[Settled] = []
        self._refused: set[Arrival] = set()
        self._waiting_since: float | None = None

    def run(self, stop: Event, *, once: bool) -> None:
        """Take files in until told to stop; `once`: until nothing is left."""
        with bell(self._inbox.folder) as rung:
            while not stop.is_set():
                rung.clear()
                try:
                    pending = self._turn()
                except PASSING as fault:
                    self._warn(fault)
                    if once:
                        raise
                    stop.wait(AFTER_TROUBLE)
                    continue
                if once and not pending:
                    return
                wait(rung, stop, SOON if pending else LATER)
                stop.wait(BREATH)

    def _turn(self) -> bool:
        """One look at the inbox, and what follows from it; returns whether there is more to see to soon."""
        left = self._in_hand()
        look = self._arriving.look(time.monotonic())
        if look.complete and not left and self._may_take(is_moving=look.is_moving):
            for each in at_once(look.complete):
                self._claim(each)
        files = [taken(path, came, interrupted=path in left) for path, came in self._in_hand().items()]
        if batch := [each for each in files if each]:
            self._unplaced += take(batch, self._inbox.by, self._inbox.data, self._inbox.catalogue)
        self._place()
        return bool(look.coming) or any(each not in self._refused for each in look.complete)

    def _in_hand(self) -> Mapping[Path, dt.datetime]:
        """The claimed files that are to be stored, each with when it came."""
        stored = {each.taken.path for each in self._unplaced}
        return {path: came for path, came in claimed(self._inbox.folder) if path not in stored}

    def _may_take(self, *, is_moving: bool) -> bool:
        """Whether complete files are taken now, or wait for others that come together with them."""
        now = time.monotonic()
        if is_moving and now - (self._waiting_since or now) < LONGEST_WAIT:
            self._waiting_since = self._waiting_since or now
            return False
        self._waiting_since = None
        return True

    def _claim(self, arrival: Arrival) -> None:
        """Claim a file; one that cannot be read, or that somebody holds on to, is tried again later, and said once.

        So is a link: what it leads to may be anything on this machine, and would stay where it is.
        """
        try:
            if arrival.path.is_symlink():
                raise OSError(errno.EMLINK, says.LINKED, str(arrival.path))
            with arrival.path.open("rb"):
                pass
            claim(self._inbox.folder, arrival.path, arrival.at)
        except OSError as fault:
            if arrival not in self._refused:
                self._warn(fault)
            self._refused.add(arrival)

    def _place(self) -> None:
        """Move what was stored to its place; what cannot be moved now is not stored again for that."""
        left: list[Settled] = []
        troubles: list[OSError] = []
        for each in self._unplaced:
            try:
                self._tell(placed(self._inbox.folder, each))
            except OSError as fault:
                left.append(each)
                troubles.append(fault)
        self._unplaced = left
        if troubles:
            raise troubles[0]


def at_once(arrivals: Sequence[Arrival]) -> Iterator[Arrival]:
    """As many of the files as are taken together: their content is held in memory meanwhile."""
    size = 0
    for each in arrivals[:BATCH]:
        size += each.state.size
        if size > MOST_BYTES and size > each.state.size:
            return
        yield each


class Bell(FileSystemEventHandler):
    """Rings when something is written in the folder; what, is looked up. What is only read, by us, does not ring."""

    def __init__(self) -> None:
        self.rung = Event()

    def on_created(self, event: FileSystemEvent) -> None:
        """A new file or folder."""
        self.rung.set()

    def on_modified(self, event: FileSystemEvent) -> None:
        """A file that grew."""
        self.rung.set()

    def on_moved(self, event: FileSystemEvent) -> None:
        """A file that got its final name."""
        self.rung.set()


@contextmanager
def bell(folder: Path) -> Iterator[Event]:
    """An event that is set when something happens in a folder; where the system will not tell, it never is.

    Folders in it are not watched, the regular look finds what comes there: ours are among them, and watchdog trips over
    folders made while it looks (two threads register one folder, it warns, and where warnings are errors it is dead).
    """
    handler, observer = Bell(), Observer()
    try:
        observer.schedule(handler, str(folder), recursive=False)
        observer.start()
    except OSError as fault:
        log.warning("no notice of changes in %s: %s", folder, fault)
        yield handler.rung
        return
    try:
        yield handler.rung
    finally:
        observer.stop()
        observer.join()


def wait(rung: Event, stop: Event, seconds: float) -> None:
    """Wait until something happens, time is over, or somebody says stop."""
    until = time.monotonic() + seconds
    while not rung.is_set() and not stop.is_set() and time.monotonic() < until:
        rung.wait(min(SOON, max(0.0, until - time.monotonic())))
