"""How long a test waits: until what must come has come, and very long before it gives up."""

import time
from collections.abc import Callable

PATIENCE = 180
"""Seconds: the machine may be slow, and busy with other tests."""


def until(is_so: Callable[[], object], pause: float = 0.05) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(pause)
