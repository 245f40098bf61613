"""How frames are shown as tables: which columns, in what words; states as coloured badges that also carry a word."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Literal, NamedTuple

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from ui import formats, taking
from ui.painting import painted
from ui.signs import Sign, marked
from ui.taking import Taken

ROW_HEIGHT = 35
HEAD_HEIGHT = 36
UNIT = "Đơn vị"
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

    With `lead`, a click on a cell leads on from its row.
    """
    shown = frame[[column.name for column in columns]].copy()
    for column in columns:
        if column.signs:
            shown[column.name] = [
                [marked(column.signs[state])] if state in column.signs else [] for state in shown[column.name]
            ]
    texts = {
        column.name: [formats.NONE if formats.is_missing(one) else column.writer(one) for one in shown[column.name]]
        for column in columns
        if column.writer
    }
    picked = st.dataframe(
        painted(shown, texts, {}, key), key=key, alt=alt, hide_index=True, row_height=ROW_HEIGHT,
        height=min(len(shown), rows) * ROW_HEIGHT + HEAD_HEIGHT + 2, placeholder=formats.NONE,
        column_config={column.name: config(column) for column in columns},
        on_select="rerun" if lead else "ignore", selection_mode="single-cell",
    )  # fmt: skip
    taking.offer(
        frame, [Taken(one.name, one.label, one.writer, one.signs) for one in columns if not one.chart], key, alt
    )
    follow(picked, frame, lead)


def follow(picked: Any, frame: pd.DataFrame, lead: Lead | None) -> None:
    """Lead on from the row of the cell that was clicked on."""
    if lead and picked.selection.cells:
        lead(frame.iloc[picked.selection.cells[0][0]])


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
    heads: list[Hashable] = list(headings)
    cells = [dict(cell.split(" ") for cell in text.split(",")) for text in frame["cells"]]
    wide = pd.DataFrame(cells, columns=heads)
    legend(signs, set(wide.to_numpy().ravel()))
    wide.insert(0, UNIT, list(frame["unit"]))
    marks = {str(head): [mark(signs, one) for one in wide[head]] for head in heads}
    tints = {str(head): [tint(signs.get(one)) for one in wide[head]] for head in heads}
    picked = matrix(painted(wide, marks, tints, key), UNIT, headings, helps or {}, key, alt, 28, rows, leads=bool(lead))
    taken = [
        Taken(UNIT, UNIT),
        *(Taken(head, helps.get(head, headings[head]) if helps else headings[head], signs=signs) for head in headings),
    ]
    taking.offer(wide, taken, key, alt)
    follow(picked, frame, lead)


def shares(wide: pd.DataFrame, label: str, heads: Sequence[str], helps: Mapping[str, str], key: str, alt: str) -> None:
    """A table of shares (0 to 100), each cell the deeper the greater; a missing one is a dash without colour."""
    texts = {head: [formats.share(one, 0) for one in wide[head]] for head in heads}
    styles = {head: [depth(one) for one in wide[head]] for head in heads}
    matrix(painted(wide, texts, styles, key), label, {head: head for head in heads}, helps, key, alt, 31, len(wide))
    taken = [Taken(label, label), *(Taken(head, helps.get(head, head), formats.share) for head in heads)]
    taking.offer(wide, taken, key, alt)


def matrix(
    styled: Styler, label: str, headings: Mapping[str, str], helps: Mapping[str, str], key: str, alt: str,
    row_height: int, rows: int, leads: bool = False,
) -> Any:  # fmt: skip
    """A table whose first column, the label, stays in sight while the others move; so many rows high at most."""
    narrow = {
        head: st.column_config.Column(heading, width=64, alignment="center", help=helps.get(head))
        for head, heading in headings.items()
    }
    return st.dataframe(
        styled, key=key, alt=alt, hide_index=True, row_height=row_height,
        on_select="rerun" if leads else "ignore", selection_mode="single-cell",
        height=min(len(styled.index), rows) * row_height + HEAD_HEIGHT + 2,
        column_config={label: st.column_config.Column(pinned=True, width=210), **narrow},
    )  # fmt: skip


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
    with st.container(horizontal=True, gap="small"):
        for state, sign in signs.items():
            if state in present:
                st.badge(marked(sign), color=sign.badge)  # type: ignore[arg-type]


def ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a column `rank` in words: "3/67" among the ranked units of a kind, a dash without a place."""
    places = zip(frame["place"], frame["peers"], strict=True)
    written = [formats.NONE if formats.is_missing(place) else formats.of(place, peers) for place, peers in places]
    return frame.assign(rank=written)
