"""What the reader chooses, held from page to page and written in the address: period, kind of unit, old district."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from queries import choices
from queries.scope import Scope, made_out
from ui import formats
from ui.ask import ask, today

ALL_KINDS, ALL_DISTRICTS = "Mọi loại đơn vị", "Mọi địa bàn"
CHOSEN, PLACE = "chosen", "place"
PERIOD, KIND, DISTRICT = "ky", "loai", "dia-ban"
"""The names in the address."""


def bar() -> None:
    """The three choices side by side; what they say is kept for the page."""
    months = ask(choices.periods, today())
    names = dict(zip(months["period"], months["name"], strict=True))
    kinds = ["", *ask(choices.kinds)["kind"]]
    districts = ["", *ask(choices.districts)["district"]]
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="filters", width="content"):
        period = st.selectbox(
            "Kỳ báo cáo", list(names), index=default_place(months), key=PERIOD,
            format_func=lambda one: names.get(one, one),
            label_visibility="collapsed", width=152, bind="query-params",
        )  # fmt: skip
        kind = st.selectbox(
            "Loại đơn vị", kinds, key=KIND, format_func=lambda one: formats.kind(one) if one else ALL_KINDS,
            label_visibility="collapsed", width=162, bind="query-params",
        )  # fmt: skip
        district = st.selectbox(
            "Địa bàn (huyện cũ)", districts, key=DISTRICT, format_func=lambda one: one or ALL_DISTRICTS,
            label_visibility="collapsed", width=210, bind="query-params",
        )  # fmt: skip
    scope = ask(made_out, str(period), kind or "", district or "")
    st.session_state[CHOSEN] = scope, names[scope.period], due_of(months, scope.period)


def default_place(months: pd.DataFrame) -> int:
    """The newest month that has reports."""
    held = [place for place, reports in enumerate(months["reports"]) if reports]
    return held[0] if held else 0


def due_of(months: pd.DataFrame, period: str) -> dt.datetime:
    """When the reports of a period are due."""
    due: dt.datetime = months.loc[months["period"] == period, "due_at"].iloc[0]
    return due


def chosen() -> Scope:
    """The scope the frame's filters say."""
    scope: Scope = st.session_state[CHOSEN][0]
    return scope


def period_name() -> str:
    """The name of the period chosen, for Markdown: "Tháng 11/2026"."""
    return formats.plain(st.session_state[CHOSEN][1])


def due_at() -> dt.datetime:
    """When the reports of the period chosen are due."""
    due: dt.datetime = st.session_state[CHOSEN][2]
    return due


def provisional() -> bool:
    """Whether reports of the period chosen may still come in time, so that nothing should be judged yet."""
    return due_at().date() >= today()


def in_words() -> str:
    """The choice of units in words: "Xã · Huyện Bình Giang", empty where all are chosen."""
    scope = chosen()
    return " · ".join(one for one in (formats.kind(scope.kind) if scope.kind else "", scope.district) if one)


def forget() -> None:
    """The page asks for no period and no units: what another page chose is not said of it."""
    st.session_state.pop(CHOSEN, None)


def scope_in_words() -> str:
    """Period and choice of units in words, for what is taken along: "Tháng 11/2026 · Xã"; empty where none is asked."""
    if CHOSEN not in st.session_state:
        return ""
    return " · ".join(one for one in (str(st.session_state[CHOSEN][1]), in_words()) if one)
