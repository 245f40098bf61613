"""What a worker makes of a file, and how long the processor was at it: others may be at work on the machine.

A worker imports this and has little room: it stays small.
"""

from __future__ import annotations

import time
from pathlib import Path

from etl.inspection import Incoming, Inspected, inspect_in_worker


def timed(folder: Path, sha256: str, incoming: Incoming) -> tuple[Inspected, float]:
    """The answer, and seconds of the processor."""
    started = time.process_time()
    return inspect_in_worker(folder, sha256, incoming), time.process_time() - started
