"""What is taken along is told in the journal: by whom, of what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from etl import acting, note_exports
from ui import ask, filters

Content = TypeVar("Content", str, bytes)
WHO = "who-decides"
"""Where a session keeps the name of whoever decided or recorded something in it."""
NOBODY = "trang web"


def told(
    make: Callable[[], Content], file_name: str, concerned: Sequence[tuple[str, str]] = (), kind: str = ""
) -> Callable[[], Content]:
    """Makes a file, and notes that it was taken along: once for each unit and period that it concerns, else for what
    the filters say. Who and of what is settled now: when the file is asked for, nobody's run of a page is under way.
    """
    actor, folder, scope = acting(), ask.folder(), filters.scope_in_words()
    who = actor.name if actor else st.session_state.get(WHO) or NOBODY
    whole = [("", filters.chosen().period if scope else "")]

    def make_and_tell() -> Content:
        content = make()
        note_exports(who, file_name, kind or scope, list(dict.fromkeys(concerned)) or whole, folder)
        return content

    return make_and_tell
