"""Streamlit's settings are read once.

At every run of a page Streamlit (1.67) writes the theme into a message anew, from some two hundred settings: a fifth
of a cached run. They do not change while a server runs, so the message is kept. This is Streamlit's own business,
hence only this module knows it, and a test looks at the message.
"""

from __future__ import annotations

from functools import cache

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

written_by_streamlit = app_session._populate_theme_msg


@cache
def theme(section: str) -> CustomThemeConfig:
    """The theme as a section of the settings says it."""
    message = CustomThemeConfig()
    written_by_streamlit(message, section)
    return message


def write_theme(msg: CustomThemeConfig, section: str = "theme") -> None:
    """Write the theme into a message."""
    if theme(section).ByteSize():
        msg.MergeFrom(theme(section))


def read_once() -> None:
    """Let Streamlit take the theme from here."""
    app_session._populate_theme_msg = write_theme
