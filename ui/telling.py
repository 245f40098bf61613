"""What is taken along is told in the journal: by whom, of what."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from etl import acting, note_event
from ui import ask, filters

Content = TypeVar("Content", str, bytes)
WHO = "who-decides"
"""Where a session keeps the name of whoever decided or recorded something in it."""
NOBODY = "trang web"


def told(make: Callable[[], Content], file_name: str) -> Callable[[], Content]:
    """Makes a file, and notes that it was taken along. Who and of what is settled now: when the file is asked for,
    nobody's run of a page is under way.
    """
    actor, folder, scope = acting(), ask.folder(), filters.scope_in_words()
    who = actor.name if actor else st.session_state.get(WHO) or NOBODY
    period = filters.chosen().period if scope else ""

    def make_and_tell() -> Content:
        content = make()
        note_event("exported", who, file_name, detail=scope, period=period, data=folder)
        return content

    return make_and_tell
