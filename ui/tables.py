"""How frames are shown as tables: which columns, in what words; states as coloured badges that also carry a word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.proto.Dataframe_pb2 import Dataframe

from queries.frames import of_columns
from ui import cards, formats, handing, painting, taking
from ui.remembering import remembered
from ui.signs import Sign, marked
from ui.taking import Taken

ROW_HEIGHT = 35
HEAD_HEIGHT = 36
UNIT = "Đơn vị"
NOTHING = "Không có dữ liệu."
Lead = Callable[["pd.Series[Any]"], None]
"""Leads on from a row of a table, to another page."""


class Column(NamedTuple):
    """One column of a table: the frame's column, its heading and how its values are written."""

    name: str
    label: str
    writer: Callable[[Any], str] | None = None
    signs: Mapping[str, Sign] | None = None
    width: int | None = None
    pinned: bool = False
    help: str | None = None
    alignment: Literal["left", "center", "right"] | None = None
    chart: bool = False
    """Whether its values are lists to be drawn as a line."""


def show(
    frame: pd.DataFrame, columns: Sequence[Column], key: str, alt: str, rows: int = 12, lead: Lead | None = None
) -> None:
    """A table of the columns named, so many rows high at most; what is missing is a dash.

    With `lead`, a click on a cell leads on from its row. A table without rows is a sentence.
    """
    if frame.empty:
        st.caption(NOTHING)
        return
    message = listed(frame, tuple(columns), key, alt)
    put(message, frame, high(frame, rows, ROW_HEIGHT), key, lead)
    taking.offer(
        frame, [Taken(one.name, one.label, one.writer, one.signs) for one in columns if not one.chart], key, alt
    )


@remembered
def listed(frame: pd.DataFrame, columns: Sequence[Column], key: str, alt: str) -> Dataframe:
    """A table of a frame's columns."""
    shown = {column.name: frame[column.name].tolist() for column in columns}
    texts = {
        column.name: [formats.NONE if formats.is_missing(one) else column.writer(one) for one in shown[column.name]]
        for column in columns
        if column.writer
    }
    for column in columns:
        if column.signs:
            words = {state: [marked(sign)] for state, sign in column.signs.items()}
            shown[column.name] = [words.get(state, []) for state in shown[column.name]]
    return painting.table(shown, texts, {}, {column.name: config(column) for column in columns}, ROW_HEIGHT, key, alt)


def high(frame: pd.DataFrame, rows: int, row_height: int) -> int:
    """The height of a table that is so many rows high at most."""
    return min(len(frame), rows) * row_height + HEAD_HEIGHT + 2


def put(message: Dataframe, frame: pd.DataFrame, height: int, key: str, lead: Lead | None) -> None:
    """Put a table on the page; with `lead`, a click on a cell leads on from its row."""
    if lead is None:
        handing.show_table(message, height)
    elif cells := handing.clicked_cells(message, height, key):
        lead(frame.iloc[cells[0][0]])


def config(column: Column) -> Any:
    """Streamlit's settings for one column."""
    plain: dict[str, Any] = {"label": column.label, "width": column.width, "help": column.help}
    if column.signs:
        words = [marked(sign) for sign in column.signs.values()]
        return st.column_config.MultiselectColumn(
            **plain, pinned=column.pinned, options=words, color=[sign.badge for sign in column.signs.values()]
        )
    if column.chart:
        return st.column_config.LineChartColumn(**plain)
    return st.column_config.Column(**plain, pinned=column.pinned, alignment=column.alignment)


def states(
    frame: pd.DataFrame, signs: Mapping[str, Sign], headings: Mapping[str, str], key: str, alt: str, rows: int = 16,
    helps: Mapping[str, str] | None = None, lead: Lead | None = None,
) -> None:  # fmt: skip
    """Units by heads, each cell the mark of a state on its tint; a legend in words stands above.

    Takes columns unit and cells ("K01 active,K07 silent").
    """
    helps = helps or {}
    wide, present, message = matrix_of_states(frame, signs, headings, key, alt, helps)
    legend(signs, present)
    put(message, wide, high(wide, rows, 28), key, lead)
    taken = [Taken(UNIT, UNIT), *(Taken(head, helps.get(head, headings[head]), signs=signs) for head in headings)]
    taking.offer(wide, taken, key, alt)


@remembered
def matrix_of_states(
    frame: pd.DataFrame, signs: Mapping[str, Sign], headings: Mapping[str, str], key: str, alt: str,
    helps: Mapping[str, str],
) -> tuple[pd.DataFrame, frozenset[str], Dataframe]:  # fmt: skip
    """Units by heads as a frame of states, the states that occur, and the table."""
    cells = [dict(cell.split(" ") for cell in text.split(",")) for text in frame["cells"]]
    columns = {head: [row.get(head) for row in cells] for head in headings}
    shown = {UNIT: frame["unit"].tolist(), **columns}
    wide = of_columns({name: np.array(those, object) for name, those in shown.items()})
    marks = {head: [mark(signs, one) for one in those] for head, those in columns.items()}
    tints = {head: [tint(signs.get(one or "")) for one in those] for head, those in columns.items()}
    present = frozenset(one for those in columns.values() for one in those if one)
    return wide, present, painting.table(shown, marks, tints, narrow(UNIT, headings, helps), 28, key, alt)


def shares(wide: pd.DataFrame, label: str, heads: Sequence[str], helps: Mapping[str, str], key: str, alt: str) -> None:
    """A table of shares (0 to 100), each cell the deeper the greater; a missing one is a dash without colour."""
    put(matrix_of_shares(wide, label, heads, helps, key, alt), wide, high(wide, len(wide), 31), key, None)
    taken = [Taken(label, label), *(Taken(head, helps.get(head, head), formats.share) for head in heads)]
    taking.offer(wide, taken, key, alt)


@remembered
def matrix_of_shares(
    wide: pd.DataFrame, label: str, heads: Sequence[str], helps: Mapping[str, str], key: str, alt: str
) -> Dataframe:
    """A table of shares."""
    shown = {name: wide[name].tolist() for name in (label, *heads)}
    texts = {head: [formats.share(one, 0) for one in shown[head]] for head in heads}
    styles = {head: [depth(one) for one in shown[head]] for head in heads}
    return painting.table(shown, texts, styles, narrow(label, {head: head for head in heads}, helps), 31, key, alt)


def narrow(label: str, headings: Mapping[str, str], helps: Mapping[str, str]) -> dict[str, Any]:
    """Streamlit's settings for a table whose first column, the label, stays in sight while the narrow others move."""
    return {label: st.column_config.Column(pinned=True, width=210)} | {
        head: st.column_config.Column(heading, width=64, alignment="center", help=helps.get(head))
        for head, heading in headings.items()
    }


def depth(share: object) -> str:
    """The style of a cell that holds a share: a see-through blue, which looks right on white and on dark."""
    if formats.is_missing(share) or not isinstance(share, (int, float)):
        return ""
    return f"background-color: rgba(47, 127, 208, {0.04 + 0.0052 * share:.3f}); text-align: center"


def mark(signs: Mapping[str, Sign], state: object) -> str:
    """The mark of a state, nothing where the state has no sign."""
    return signs[state].mark if isinstance(state, str) and state in signs else ""


def tint(sign: Sign | None) -> str:
    """The style of a cell in a state."""
    return f"background-color: {sign.tint}; text-align: center" if sign else ""


def legend(signs: Mapping[str, Sign], present: AbstractSet[object]) -> None:
    """The marks that occur, with their words."""
    st.markdown("".join(cards.badge(marked(sign), "", sign.badge) for state, sign in signs.items() if state in present))


@remembered
def ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a column `rank` in words: "3/67" among the ranked units of a kind, a dash without a place."""
    places = zip(frame["place"], frame["peers"], strict=True)
    written = [formats.NONE if formats.is_missing(place) else formats.of(place, peers) for place, peers in places]
    return frame.assign(rank=written)
