"""Cards: one number with its meaning, and a titled box around a chart or a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, cast

import pandas as pd
import streamlit as st

from ui import formats, signs
from ui.formats import Row

GRID_CARDS, GRID_BOXES = 250, 460
"""Least widths in pixels: four cards side by side on a desk, two on a tablet, one on a telephone."""
POINTS, STILL = " điểm", "không đổi"
DELTA_COLOURS: Mapping[str, Any] = {"up": "normal", "down": "inverse"}


class Move(NamedTuple):
    """A change against the period before, the unit it is counted in, and the good direction (up, down, neutral)."""

    change: object
    unit: str
    direction: str


@contextmanager
def box(title: str, about: str = "") -> Iterator[None]:
    """A bordered box; the title states the finding, `about` says what is measured, of whom, and how to read it."""
    with st.container(border=True, height="stretch"):
        with st.container(gap=None):
            st.markdown(f"##### {title}", anchors=False)
            if about:
                st.caption(about)
        yield


def metric(label: str, icon: str, value: str, about: str, move: Move, history: Sequence[Any]) -> None:
    """The number, its change in words, and its last months as a line."""
    known = pd.Series(list(history), dtype=float).ffill().dropna().tolist()
    compared = not formats.is_missing(move.change)
    moved = formats.signed(move.change, 1 if move.unit == POINTS else 0, move.unit)
    still = moved.startswith("0")
    st.metric(
        label, value, icon=icon, help=about, delta=(STILL if still else moved) if compared else None,
        delta_color="off" if still else DELTA_COLOURS.get(move.direction, "off"),
        delta_arrow="off" if still else "auto", delta_description="so với kỳ trước" if compared else None,
        chart_data=known if len(known) > 1 else None,
    )  # fmt: skip


def standing(row: pd.Series[Any], provisional: bool, made_of: str) -> None:
    """How an indicator stands: state in word and colour, target, and what it is made of."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if provisional:
            st.badge("Tạm tính", icon=":material/hourglass_empty:", color="gray")
        elif str(row["level"]) in signs.LEVELS:
            sign = signs.LEVELS[str(row["level"])]
            st.badge(formats.plain(row["label"]), icon=sign.icon, color=cast(Any, sign.badge))
        st.caption(aim(row), width="content")
    st.caption(made_of)


def aim(row: Row) -> str:
    """The target in words: "Mục tiêu ≥ 90%", a later one "Mục tiêu 2030: > 80%"."""
    if not formats.is_missing(row["target"]):
        return f"Mục tiêu {compared_with(row['operator'], row['target'], row['unit'])}"
    if not formats.is_missing(row["line"]):
        later = compared_with(row["line_operator"], row["line"], row["unit"])
        return f"Mục tiêu {formats.plain(row['line_due'])}: {later}"
    return "Chưa có mục tiêu"


def aim_value(row: pd.Series[Any]) -> object:
    """The target of the period, else the one for later years, as a number; missing where there is neither."""
    return row["line"] if formats.is_missing(row["target"]) else row["target"]


def compared_with(operator: object, target: object, unit: object) -> str:
    """ "≥ 90%"; all of something is simply "100%"."""
    sign = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< "}.get(str(operator), "")
    everything = unit == formats.PERCENT and target == 100
    return f"{'' if everything else sign}{formats.amount_short(target, unit)}"
