"""How fast this machine is: in plain reports everything is measured that may not take long."""

from __future__ import annotations

import datetime as dt
from functools import cache
from statistics import median

from etl.inspection import Incoming
from tests.etl.timed import timed
from tests.workbooks import prepared, report


@cache
def plain() -> float:
    """Seconds of the processor that a plain report takes here."""
    catalogue, sent = prepared().catalogue, Incoming("a.xlsx", report(), dt.datetime(2026, 11, 20))
    _, *others = [timed(catalogue.folder, catalogue.sha256, sent)[1] for _ in range(6)]
    return median(others)
