"""How long somebody stays signed in: until they sign out, are idle too long, or the working day is over.

Streamlit's cookie lives for thirty days and cannot be called back; so the server remembers when each person was last
seen and signed out, and takes no cookie that is older than that. After a restart it remembers nobody: who signed in
longer ago than the idle time signs in again.
"""

from __future__ import annotations

import os
import threading
import time
from typing import NamedTuple

IDLE_MINUTES, SESSION_HOURS = 15.0, 9.0


class Limits(NamedTuple):
    """Seconds without a click, and seconds since signing in, after which somebody must sign in again."""

    idle: float
    whole: float


def limits() -> Limits:
    """As set by NQ57_IDLE_MINUTES and NQ57_SESSION_HOURS."""
    idle = float(os.environ.get("NQ57_IDLE_MINUTES") or IDLE_MINUTES)
    hours = float(os.environ.get("NQ57_SESSION_HOURS") or SESSION_HOURS)
    return Limits(60 * idle, 3600 * hours)


_lock = threading.Lock()
_seen: dict[str, float] = {}
_out: dict[str, float] = {}
_begun: set[tuple[str, float]] = set()


def seen(email: str) -> None:
    """Somebody did something just now."""
    with _lock:
        _seen[email] = time.time()


def begins(email: str, signed_at: float | None) -> bool:
    """Whether this is the first that is seen of a session: of one that a proxy vouches for, after being idle."""
    now, allowed = time.time(), limits()
    with _lock:
        if signed_at is None:
            return now - _seen.get(email, 0.0) > allowed.idle
        _begun.difference_update({one for one in _begun if now - one[1] > allowed.whole})
        is_new = (email, signed_at) not in _begun
        _begun.add((email, signed_at))
        return is_new


def signed_out(email: str) -> None:
    """Somebody signed out: no cookie from before this moment counts any more."""
    with _lock:
        _out[email] = time.time()
        _seen.pop(email, None)


def is_open(email: str, signed_at: float) -> bool:
    """Whether a session that began at a time (seconds since 1970) is still good."""
    now, allowed = time.time(), limits()
    with _lock:
        last, out = _seen.get(email, 0.0), _out.get(email, 0.0)
    return signed_at > out and now - signed_at < allowed.whole and now - max(signed_at, last) < allowed.idle
