"""What may be taken along as documents: one click each, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import streamlit as st

from ui import cards

KINDS = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ":material/description:"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ":material/table_view:"),
    "html": ("text/html", ":material/web:"),
    "zip": ("application/zip", ":material/folder_zip:"),
}
"""What browsers call a file of each ending, and the sign of its button."""


class Offer(NamedTuple):
    """One document: what it is, for what, how its file is called, and how it is made."""

    title: str
    about: str
    file_name: str
    make: Callable[[], bytes]


def offers(some: Sequence[Offer]) -> None:
    """A card for each document, with its button."""
    with st.grid(3, min_column_width=cards.GRID_CARDS):
        for each in some:
            kind, icon = KINDS[each.file_name.rpartition(".")[2]]
            with cards.box(each.title, each.about):
                st.download_button(
                    "Tải về", data=each.make, file_name=each.file_name, mime=kind, icon=icon,
                    key=f"offer-{each.file_name}", on_click="ignore", help=f"Lập và tải {each.file_name}",
                )  # fmt: skip
