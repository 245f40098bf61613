"""The server for a network: dashboard.py behind the gate that lets nobody in who has not signed in.

    streamlit run asgi.py

On one machine alone, without sign-in, `streamlit run dashboard.py` is enough; it serves this machine only.
"""

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from streamlit.runtime.pages_manager import PagesManager

from ui.signin.gate import Gate
from ui.signin.guarded import SafeHeaders, mark_guarded

mark_guarded()
PagesManager.uses_pages_directory = False  # the menu is st.navigation's, known before the first address is asked for
app = st.App(
    "dashboard.py",
    middleware=[Middleware(SafeHeaders), Middleware(Gate), Middleware(GZipMiddleware, minimum_size=1024)],
)
