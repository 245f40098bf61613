"""The time on the wall where deadlines fall: Viet Nam's, wherever the server stands."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> dt.datetime:
    """This moment, to the second, as times are stored."""
    return dt.datetime.now(HERE).replace(tzinfo=None, microsecond=0)


def today() -> dt.date:
    """This day."""
    return now().date()
