"""Refusals, told in the journal, but never so many that knocking fills the disk: the same one once an hour, and so many
in all an hour; what is beyond that is counted, and told in one line when the next hour begins.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

from etl.notes import note_event

NO_ENTRY, NO_RIGHT = "refused", "not_allowed"
HOUR, MOST, LONGEST = 3600.0, 60, 200
Refusal = tuple[str, str, str]
_lock = threading.Lock()


class Hour:
    """What was refused since the hour began: how often each, and how often those that there was no place for."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.told: dict[Refusal, int] = {}
        self.untold = 0

    def tells(self, refusal: Refusal) -> bool:
        """Whether a refusal is to be told; it is counted."""
        is_new = refusal not in self.told
        if is_new and len(self.told) >= MOST:
            self.untold += 1
            return False
        self.told[refusal] = self.told.get(refusal, 0) + 1
        return is_new

    @property
    def more(self) -> int:
        """How many were not told."""
        return self.untold + sum(self.told.values()) - len(self.told)


_hours: dict[Path | None, Hour] = {}


def note_refusal(action: str, actor: str, subject: str = "", data: Path | None = None) -> None:
    """Note that somebody was refused."""
    refusal = action, actor[:LONGEST], subject[:LONGEST]
    with _lock:
        past = _hours.setdefault(data, Hour())
        is_over = time.monotonic() - past.began > HOUR
        hour = _hours[data] = Hour() if is_over else past
        is_told = hour.tells(refusal)
    if is_over and past.more:
        note_event(NO_ENTRY, "", detail=str(past.more), data=data)
    if is_told:
        note_event(*refusal, data=data)
