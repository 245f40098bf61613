"""The one door to the warehouse, and the only cache.

Snapshots never change, so an answer is remembered under the name of its snapshot, its question and its arguments;
Streamlit's own cache would pickle every answer at every run of a page. Answers are shared by all who ask: nobody may
change one. A run of a page keeps to one snapshot; the next run notices a newer one. Every question has a cursor of its
own, because a connection shared by threads gives wrong answers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from etl import data_dir, open_closed, open_to_read, version
from etl import now as now  # questions and pages take the time from here
from ui.remembering import share

P = ParamSpec("P")
Answer = TypeVar("Answer")
ANSWERS = 4_000
SNAPSHOTS = 2
"""How many snapshots stay open: the newest, and the one that runs under way still read."""
IN_USE = "snapshot_in_use"
"""Where a session keeps data folder and snapshot of the run under way."""
NEWEST, THEN = "newest_snapshot", "day_looked_back_to"
COPIES = 4
"""How many copies of closed states stay open."""
CLOSED = "closed:"
"""What the name of a snapshot begins with where it is the copy that a closing kept."""


def today() -> dt.date:
    """The day in Hải Phòng; of a closed state, the day on which it was closed."""
    return st.session_state.get(THEN) or now().date()


def folder() -> Path:
    """The data folder this server works on."""
    return data_dir()


def start_run() -> None:
    """Let this run of the page read the newest snapshot, and only that one."""
    data = folder()
    st.session_state[IN_USE] = str(data), version(data)
    st.session_state[NEWEST] = st.session_state[IN_USE]
    st.session_state[THEN] = None


def look_back(closing: str, day: dt.date) -> None:
    """Let the rest of this run read what a closing kept, as on the day of the closing."""
    st.session_state[IN_USE] = str(folder()), CLOSED + closing
    st.session_state[THEN] = day


def in_use() -> tuple[str, str]:
    """The data folder and the snapshot this run reads; an empty name where nothing was ever published."""
    used: tuple[str, str] = st.session_state.get(IN_USE) or (str(folder()), "")
    return used


def snapshot() -> str:
    """The name of the snapshot this run reads, empty where nothing was ever published."""
    return in_use()[1]


def is_stale() -> bool:
    """Whether something newer was published since this run began."""
    return (str(folder()), version(folder())) != st.session_state.get(NEWEST)


def is_empty() -> bool:
    """Whether nothing was ever published."""
    return not snapshot()


def ask(question: Callable[Concatenate[Any, P], Answer], *args: P.args, **kwargs: P.kwargs) -> Answer:
    """The answer to a question of `queries`, from the snapshot of this run."""
    return _asked(in_use(), question, args, kwargs)


def ask_now(question: Callable[Concatenate[Any, P], Answer], *args: P.args, **kwargs: P.kwargs) -> Answer:
    """The same from the newest snapshot, even while a closed state is looked at."""
    newest: tuple[str, str] = st.session_state.get(NEWEST) or in_use()
    return _asked(newest, question, args, kwargs)


def later(question: Callable[Concatenate[Any, P], Answer], *args: P.args, **kwargs: P.kwargs) -> Callable[[], Answer]:
    """A question to be asked when its answer is wanted, of the state this run reads; the answer is not remembered,
    because it is large and asked for once.
    """
    folder, snapshot = in_use()

    def answer() -> Answer:
        with _opened(folder, snapshot).cursor() as con:
            return question(con, *args, **kwargs)

    return answer


def _asked(
    where: tuple[str, str], question: Callable[..., Answer], args: tuple[Any, ...], named: Mapping[str, Any]
) -> Answer:
    answer: Answer = _answer(*where, question, args, tuple(sorted(named.items())))
    return answer


@lru_cache(maxsize=ANSWERS)
def _answer(
    folder: str, snapshot: str, question: Callable[..., Any], args: tuple[Any, ...], named: tuple[tuple[str, Any], ...]
) -> Any:
    with _opened(folder, snapshot).cursor() as con:
        return share(question(con, *args, **dict(named)))


def _opened(folder: str, snapshot: str) -> Any:
    return _copy(folder, snapshot) if snapshot.startswith(CLOSED) else _connection(folder, snapshot)


def _close(con: Any) -> None:
    con.close()


@st.cache_resource(max_entries=SNAPSHOTS, show_spinner=False, on_release=_close)
def _connection(folder: str, snapshot: str) -> Any:
    """The open snapshot. One published while a run was under way is newer than its name here, and just as whole."""
    return open_to_read(Path(folder))


@st.cache_resource(max_entries=COPIES, show_spinner=False, on_release=_close)
def _copy(folder: str, snapshot: str) -> Any:
    """The open copy that a closing kept."""
    return open_closed(Path(folder), snapshot.removeprefix(CLOSED))
