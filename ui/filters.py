"""What the reader chooses, held from page to page and written in the address: period, kind of unit, old district, and
of a closed period whether the numbers of today or those that were frozen.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

import pandas as pd
import streamlit as st

from queries import choices, settled
from queries.scope import Scope, last_month, made_out
from ui import formats
from ui.ask import ask, look_back, today
from ui.remembering import remembered

MONTH, ALL_KINDS, ALL_DISTRICTS, OF_TODAY = "month", "Mọi loại đơn vị", "Mọi địa bàn", "Số liệu hiện hành"
SPANS = {
    MONTH: "Theo tháng", "quarter": "Theo quý", "half": "6 tháng đầu năm", "nine_months": "9 tháng đầu năm",
    "year": "Theo năm",
}  # fmt: skip
"""How long a period may be, by its kind; any other kind goes by the name of the period."""
CHOSEN, PLACE = "chosen", "place"
PERIOD, SPAN, KIND, DISTRICT, CLOSING = "ky", "tinh-theo", "loai", "dia-ban", "so-lieu"
NAMES = (PERIOD, SPAN, KIND, DISTRICT, CLOSING)
"""The names in the address."""


class Periods(NamedTuple):
    """The periods there are to choose from: their names and when reports of them are due; the newest with reports; and
    those that were closed.
    """

    names: dict[str, str]
    due_at: dict[str, dt.datetime]
    newest: int
    closed: frozenset[str]


class Closing(NamedTuple):
    """A closing of the period chosen whose frozen numbers are looked at."""

    name: str
    at: dt.datetime


class Chosen(NamedTuple):
    """What the reader has chosen; without a closing it is the numbers of today."""

    scope: Scope
    month: Scope
    """The month chosen, whatever longer period is looked at: what is said of single months is said of it."""
    name: str
    due_at: dt.datetime
    closing: Closing | None
    adjusted: int
    """How much happened since the period was last closed, while it is the numbers of today that are looked at."""


def bar(*, longer: bool) -> None:
    """The choices side by side; what they say is kept for the page. `longer`: the page also tells of quarters, …, years
    (those of the month chosen).
    """
    periods = periods_of(ask(choices.periods, today()))
    names = periods.names
    kinds = ["", *ask(choices.kinds)["kind"]]
    districts = ["", *ask(choices.districts)["district"]]
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="filters", width="content"):
        period = st.selectbox(
            "Kỳ báo cáo", list(names), index=periods.newest, key=PERIOD,
            format_func=lambda one: names.get(one, one),
            label_visibility="collapsed", width=152, bind="query-params",
        )  # fmt: skip
        several = span(str(period)) if longer else None
        kind = st.selectbox(
            "Loại đơn vị", kinds, key=KIND, format_func=lambda one: formats.kind(one) if one else ALL_KINDS,
            label_visibility="collapsed", width=158, bind="query-params",
        )  # fmt: skip
        district = st.selectbox(
            "Địa bàn (huyện cũ)", districts, key=DISTRICT, format_func=lambda one: one or ALL_DISTRICTS,
            label_visibility="collapsed", width=184, bind="query-params",
        )  # fmt: skip
        closed = period in periods.closed and not several
        closing, adjusted = which_numbers(ask(settled.closings, period)) if closed else (None, 0)
    name, due_at = (several.name, several.due_at) if several else (names[period], periods.due_at[period])
    month = ask(made_out, str(period), kind or "", district or "")
    scope = ask(made_out, several.period, kind or "", district or "") if several else month
    st.session_state[CHOSEN] = Chosen(scope, month, name, due_at, closing, adjusted)


def span(month: str) -> choices.Longer | None:
    """The period of several months that the reader wants to see instead of the month, None for the month."""
    longer = ask(choices.longer, month)
    words = {MONTH: SPANS[MONTH], **{kind: SPANS.get(kind, one.name) for kind, one in longer.items()}}
    chosen = st.selectbox(
        "Tính theo", list(words), key=SPAN, format_func=lambda one: words.get(one, one),
        label_visibility="collapsed", width=152, bind="query-params",
    )  # fmt: skip
    return longer.get(str(chosen))


def which_numbers(closings: pd.DataFrame) -> tuple[Closing | None, int]:
    """Of a closed period: the numbers of today and how much was adjusted in them, or those that a closing froze, which
    the rest of the run then reads.
    """
    frozen = {row["closing"]: f"Chốt {formats.date(row['at'])}: {row['name']}" for row in formats.rows_of(closings)}
    words = {"": OF_TODAY, **frozen}
    chosen = st.selectbox(
        "Số liệu", list(words), key=CLOSING, format_func=lambda one: words.get(one, one),
        label_visibility="collapsed", width=200, bind="query-params",
        help="Số liệu hiện hành gồm cả các điều chỉnh sau chốt; số liệu đã chốt giữ nguyên như lúc công bố.",
    )  # fmt: skip
    if not chosen:
        return None, int(closings["adjustments"].iloc[0])
    row = closings.set_index("closing").loc[chosen]
    look_back(chosen, row["at"].date())
    return Closing(str(row["name"]), row["at"]), 0


@remembered
def periods_of(months: pd.DataFrame) -> Periods:
    """The periods there are to choose from."""
    held = [place for place, reports in enumerate(months["reports"]) if reports]
    codes = list(months["period"])
    return Periods(
        dict(zip(codes, months["name"], strict=True)), dict(zip(codes, months["due_at"], strict=True)),
        (held or [0])[0], frozenset(months.loc[months["closed"], "period"]),
    )  # fmt: skip


def chosen() -> Scope:
    """The scope the frame's filters say."""
    return choice().scope


def choice() -> Chosen:
    """All that the reader has chosen."""
    held: Chosen = st.session_state[CHOSEN]
    return held


def closing() -> Closing | None:
    """The closing whose frozen numbers are looked at, None while it is the numbers of today."""
    return choice().closing if CHOSEN in st.session_state else None


def period_name() -> str:
    """The name of the period chosen, for Markdown: "Tháng 11/2026"."""
    return formats.plain(choice().name)


def latest_month() -> Scope:
    """The month chosen where it lies in the period looked at, or else the last of the period."""
    chosen = choice()
    return chosen.month if chosen.month.period in chosen.scope.months else ask(last_month, chosen.scope)


def month_name(period: str) -> str:
    """The name of a month by its code, for Markdown: "Tháng 11/2026"."""
    return formats.plain(periods_of(ask(choices.periods, today())).names.get(period, formats.short_month(period)))


def due_at() -> dt.datetime:
    """When the reports of the period chosen are due."""
    return choice().due_at


def provisional() -> bool:
    """Whether reports of the period chosen may still come in time, so that nothing should be judged yet; not where a
    page asks for no period.
    """
    return CHOSEN in st.session_state and due_at().date() >= today()


def in_words() -> str:
    """The choice of units in words: "Xã · Huyện Bình Giang", empty where all are chosen."""
    scope = chosen()
    return formats.units_of(scope.kind, scope.district)


def hold(scope: Scope, name: str, due_at: dt.datetime) -> None:
    """Keep a choice that a page offers in the place of the frame's."""
    st.session_state[CHOSEN] = Chosen(scope, scope, name, due_at, None, 0)


def forget() -> None:
    """The page asks for no period and no units: what another page chose is not said of it."""
    st.session_state.pop(CHOSEN, None)


def scope_in_words() -> str:
    """Period, choice of units and closing in words, for what is taken along: "Tháng 11/2026 · Xã"; empty where none is
    asked.
    """
    return said(choice()) if CHOSEN in st.session_state else ""


@lru_cache(maxsize=100)
def said(chosen: Chosen) -> str:
    """A choice in words; every table of a page says it."""
    frozen = chosen.closing
    then = f"Số liệu đã chốt “{frozen.name}” lúc {formats.moment(frozen.at)}" if frozen else ""
    return " · ".join(
        one for one in (chosen.name, formats.units_of(chosen.scope.kind, chosen.scope.district), then) if one
    )
