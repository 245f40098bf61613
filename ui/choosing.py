"""What a page lets the reader choose, written in its address, so that the address restores the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from queries import lineage
from ui.ask import ask

UNIT = "don-vi"
SERVICE, SKILL = "chi-tieu-dvc", "chi-tieu-kns"
CHANNEL, CHANNEL_GROUP = "kenh", "nhom-kenh"
ROLE, TASK_GROUP = "bo-phan", "nhom-nhiem-vu"
TRACED, TRACED_UNIT, TRACED_PERIOD = "chi-tieu", "cua-don-vi", "ky-so-lieu"
NATION_PERIOD, NATION_INDICATOR = "ky-toan-quoc", "so-sanh-tinh"
SECTION, CASE, REMINDED, ANSWERING, COMPARED = "muc", "truong-hop", "nhac", "giai-trinh", "so-voi"
"""The names in the address, each on one page only: Streamlit takes a name away from a page that another page has too.
What stands behind them are the words of the choice, as the reader sees them.
"""


def one_of(
    label: str, name: str, words: Mapping[str, str], width: int, first: str | None = None, nothing: str = ""
) -> str:
    """The code of the choice: `first` where the reader chose nothing; without it "", and `nothing` says
    in the box what that means.
    """
    codes = list(words)
    chosen = st.selectbox(
        label, codes, index=codes.index(first) if first is not None and first in words else None, key=name, width=width,
        format_func=lambda code: words.get(code, code), placeholder=nothing or label, bind="query-params",
        label_visibility="collapsed" if nothing else "visible",
    )  # fmt: skip
    return str(chosen or "")


def section(name: str, sections: Sequence[str]) -> str:
    """The part of a page that is looked at; the first unless the reader or the address says otherwise."""
    chosen = st.segmented_control(
        "Mục", list(sections), default=sections[0], key=name, label_visibility="collapsed", required=True,
        bind="query-params",
    )  # fmt: skip
    return str(chosen or sections[0])


def indicators() -> Mapping[str, str]:
    """Every indicator's code with the words it is chosen by."""
    return ask(_indicators)


def _indicators(con: Any) -> Mapping[str, str]:
    frame = lineage.indicators(con)
    return by_code(frame["indicator"], frame["name"])


def by_code(codes: pd.Series[str], names: pd.Series[str]) -> dict[str, str]:
    """Codes with the words they are chosen by."""
    return {code: words_of(code, name) for code, name in zip(codes, names, strict=True)}


def words_of(code: object, name: object) -> str:
    """ "DV01 · Tỷ lệ hồ sơ nộp trực tuyến": a code and what it means."""
    return f"{code} · {name}"
