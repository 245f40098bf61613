"""Cards: one number with its meaning, and a titled box around a chart or a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import streamlit as st

from ui import formats, signs
from ui.formats import Row

GRID_CARDS, GRID_THREE, GRID_BOXES = 250, 220, 460
"""Least widths in pixels: four cards side by side on a desk, two on a tablet, one on a telephone; three of them also on
a tablet.
"""
POINTS, STILL = " điểm", "không đổi"
DELTA_COLOURS: Mapping[str, Any] = {"up": "normal", "down": "inverse"}


class Move(NamedTuple):
    """A change against the period before, the unit it is counted in, and the good direction (up, down, neutral)."""

    change: object
    unit: str
    direction: str


@contextmanager
def box(title: str, about: str = "", key: str | None = None, *, apart: bool = False) -> Iterator[None]:
    """A bordered box; the title states the finding, `about` says what is measured, of whom, and how to read it.

    With `apart` what it holds stands at its foot, in one line with that of the boxes beside it.
    """
    with st.container(border=True, height="stretch", key=key, vertical_alignment="distribute" if apart else "top"):
        st.markdown(f"##### {title}\n\n{quiet(about)}", anchors=False)
        yield


def metric(label: str, icon: str, value: str, about: str, move: Move, history: Sequence[Any]) -> None:
    """The number, its change in words, and its last months as a line."""
    known = carried_on(history)
    compared = not formats.is_missing(move.change)
    moved = formats.signed(move.change, 1 if move.unit == POINTS else 0, move.unit)
    still = moved.startswith("0")
    st.metric(
        label, value, icon=icon, help=about, delta=(STILL if still else moved) if compared else None,
        delta_color="off" if still else DELTA_COLOURS.get(move.direction, "off"),
        delta_arrow="off" if still else "auto", delta_description="so với kỳ trước" if compared else None,
        chart_data=known if len(known) > 1 else None,
    )  # fmt: skip


def carried_on(history: Sequence[Any]) -> list[float]:
    """A line without gaps: a month that is missing repeats the one before."""
    line: list[float] = []
    for one in history:
        if not formats.is_missing(one):
            line.append(float(one))
        elif line:
            line.append(line[-1])
    return line


def standing(row: Row, provisional: bool) -> str:
    """How an indicator stands, in Markdown: state in word and colour, and its target."""
    state = badge(signs.UNJUDGED.word, signs.UNJUDGED.icon, "gray")
    if provisional:
        state = badge("Tạm tính", ":material/hourglass_empty:", "gray")
    elif str(row["level"]) in signs.LEVELS:
        sign = signs.LEVELS[str(row["level"])]
        state = badge(formats.plain(row["label"]), sign.icon, sign.badge)
    return state + quiet(aim(row))


def quiet(text: str) -> str:
    """Markdown in small grey letters: one message with what stands above it where a caption would be another."""
    return f":small[:gray[{text}]]" if text else ""


def badge(word: str, icon: str, colour: str) -> str:
    """A word on its colour, for Markdown: one message where a badge beside a text would be three."""
    return f":{colour}-badge[{icon} {word}]&emsp;"


def aim(row: Row) -> str:
    """The target in words: "Mục tiêu ≥ 90%", a later one "Mục tiêu 2030: > 80%"."""
    if not formats.is_missing(row["target"]):
        return f"Mục tiêu {compared_with(row['operator'], row['target'], row['unit'])}"
    if not formats.is_missing(row["line"]):
        later = compared_with(row["line_operator"], row["line"], row["unit"])
        return f"Mục tiêu {formats.plain(row['line_due'])}: {later}"
    return "Chưa có mục tiêu"


def aim_value(row: Row) -> object:
    """The target of the period, else the one for later years, as a number; missing where there is neither."""
    return row["line"] if formats.is_missing(row["target"]) else row["target"]


def dotted(row: Row) -> str:
    """What the dotted line of a chart is, "" where there is no target to be drawn."""
    return "" if formats.is_missing(aim_value(row)) else f" Đường chấm: {aim(row).lower()}."


def compared_with(operator: object, target: object, unit: object) -> str:
    """ "≥ 90%"; all of something is simply "100%"."""
    sign = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< "}.get(str(operator), "")
    everything = unit == formats.PERCENT and target == 100
    return f"{'' if everything else sign}{formats.amount_short(target, unit)}"
