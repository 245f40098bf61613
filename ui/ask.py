"""The one door to the warehouse, and the only cache.

Snapshots never change, so an answer is remembered under the name of its snapshot, its question and its arguments;
Streamlit's own cache would pickle every answer at every run of a page. A run of a page keeps to one snapshot; the next
run notices a newer one. Every question has a cursor of its own, because a connection shared by threads gives wrong
answers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from etl import data_dir, open_to_read, version

P = ParamSpec("P")
Answer = TypeVar("Answer")
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
ANSWERS = 4_000
SNAPSHOTS = 2
"""How many snapshots stay open: the newest, and the one that runs under way still read."""
IN_USE = "snapshot_in_use"


def now() -> dt.datetime:
    """The time on the wall in Hải Phòng, as times are stored."""
    return dt.datetime.now(HERE).replace(tzinfo=None, microsecond=0)


def today() -> dt.date:
    """The day in Hải Phòng."""
    return now().date()


def folder() -> Path:
    """The data folder this server works on."""
    return data_dir()


def start_run() -> None:
    """Let this run of the page read the newest snapshot, and only that one."""
    st.session_state[IN_USE] = version(folder())


def snapshot() -> str:
    """The name of the snapshot this run reads, empty where nothing was ever published."""
    return str(st.session_state.get(IN_USE, ""))


def is_stale() -> bool:
    """Whether something newer was published since this run began."""
    return version(folder()) != snapshot()


def is_empty() -> bool:
    """Whether nothing was ever published."""
    return not snapshot()


def ask(question: Callable[Concatenate[Any, P], Answer], *args: P.args, **kwargs: P.kwargs) -> Answer:
    """The answer to a question of `queries`, from the snapshot of this run."""
    answer: Answer = _answer(str(folder()), snapshot(), question, args, tuple(sorted(kwargs.items())))
    if isinstance(answer, pd.DataFrame):
        return answer.copy(deep=False)  # its values are shared until somebody writes into it (copy on write)
    return answer


@lru_cache(maxsize=ANSWERS)
def _answer(
    folder: str, snapshot: str, question: Callable[..., Any], args: tuple[Any, ...], named: tuple[tuple[str, Any], ...]
) -> Any:
    with _connection(folder, snapshot).cursor() as con:
        return question(con, *args, **dict(named))


def _close(con: Any) -> None:
    con.close()


@st.cache_resource(max_entries=SNAPSHOTS, show_spinner=False, on_release=_close)
def _connection(folder: str, snapshot: str) -> Any:
    """The open snapshot. One published while a run was under way is newer than its name here, and just as whole."""
    return open_to_read(Path(folder))
