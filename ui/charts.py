"""Figures from frames, as plain dicts: a frame and the names of its columns go in, a figure comes out.

No number is worked out here but places on the paper. Text from the warehouse is escaped, because Plotly reads tags.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st
from streamlit.proto.PlotlyChart_pb2 import PlotlyChart

from ui import formats, handing, painting, theme
from ui.drawing import RULED, Figure, figure_of, line_at, month_axis, numbers, spread, words

CONFIG = {
    "displayModeBar": "hover", "displaylogo": False, "showTips": False, "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "bieu-do"},
}  # fmt: skip
"""The only button of a chart, shown when one points at it, saves it as a picture."""
ROW, BAR, WORDS = 45, 13, 17
"""Height of one bar with a line of words above it; of the bar alone; of each further line."""
LONGEST, LINES = 36, 2
"""Longest line of a name above a bar, in letters: it must fit beside its value on a telephone. And how many lines."""
LABEL = 20
"""Height of a label."""


class Part(NamedTuple):
    """One colour of a stacked chart."""

    column: str
    name: str
    colour: str


class Drawn(NamedTuple):
    """A figure as Streamlit sends it, and its height. What makes one from an answer should be remembered."""

    message: PlotlyChart
    height: int


def drawn(figure: Figure, alt: str) -> Drawn:
    """A figure ready to be put on a page; alt says in a sentence what it shows."""
    return Drawn(painting.chart(figure, CONFIG, alt), figure["layout"]["height"])


def show(figure: Drawn, key: str) -> None:
    """Put a figure on the page."""
    handing.show_chart(*figure, key)


def clicked(figure: Drawn, key: str) -> str:
    """Put a figure on the page; gives the `id` of the mark that was clicked on, "" while there is none."""
    chosen = handing.clicked_marks(*figure, key)
    return str(chosen[0].get("id", "")) if chosen else ""


def newly_clicked(figure: Drawn, key: str) -> str:
    """The same, but "" for a click that was answered before: for a choice on the page itself, where the mark stays
    clicked on while the choice may move on.
    """
    mark, last = clicked(figure, key), f"{key}-answered"
    new = mark != st.session_state.get(last, "")
    st.session_state[last] = mark
    return mark if new else ""


def stacked_columns(frame: pd.DataFrame, x: str, parts: Sequence[Part], height: int = 300) -> Figure:
    """Counts by month, one column a month, the last one labelled part by part instead of a legend."""
    months = list(frame[x])
    traces = [
        {
            "type": "bar", "x": months, "y": frame[part.column].tolist(), "name": part.name,
            "marker": {"color": part.colour, "line": {"color": theme.BACKGROUND, "width": 1}},
            "customdata": [formats.short_month(month) for month in months],
            "hovertemplate": f"%{{customdata}}: <b>%{{y:,.0f}}</b> {part.name}<extra></extra>",
        }
        for part in parts
    ]  # fmt: skip
    return figure_of(
        traces, height, barmode="stack", bargap=0.18, margin={"l": 4, "r": 104, "t": 8, "b": 4},
        annotations=part_labels(frame, [part for part in parts if frame[part.column].sum() > 0], height),
        xaxis=month_axis(months), yaxis={**RULED, "nticks": 4, "rangemode": "tozero"},
    )  # fmt: skip


def part_labels(frame: pd.DataFrame, parts: Sequence[Part], height: int) -> list[dict[str, Any]]:
    """The count and name of each part of the last column, beside it."""
    last = [float(frame[part.column].iloc[-1]) for part in parts]
    middles = [sum(last[:place]) + one / 2 for place, one in enumerate(last)]
    top = float(frame[[part.column for part in parts]].sum(axis=1).max()) if parts else 1.0
    places = spread(middles, top * LABEL / height, top)
    return [
        words(f"<b>{formats.number(one)}</b> {part.name}", 1, place, "left", part.colour, xshift=4)
        for part, one, place in zip(parts, last, places, strict=True)
    ]


def bars(
    frame: pd.DataFrame, label: str, value: str, text: Sequence[str], colours: Sequence[str], before: str = "",
    top: float = 100,
) -> Figure:  # fmt: skip
    """Horizontal bars in the order given, name and value in words above each; a thin mark is the period before."""
    places = list(range(len(frame)))
    names = [formats.in_chart(name) for name in frame[label]]
    folded = [fold(str(name)) for name in frame[label]]
    row = ROW + WORDS * (max(map(len, folded), default=1) - 1)
    traces: list[dict[str, Any]] = [
        {
            "type": "bar", "orientation": "h", "y": places, "x": numbers(frame[value]), "width": BAR / row,
            "marker": {"color": list(colours)},
            "customdata": [[name, one] for name, one in zip(names, text, strict=True)],
            "hovertemplate": "%{customdata[0]}<br><b>%{customdata[1]}</b><extra></extra>",
        }
    ]  # fmt: skip
    if before:
        traces.append(marks(places, numbers(frame[before])))
    above = [
        words("<br>".join(formats.in_chart(line) for line in lines), 0, place, "left", align="left",
              yshift=18 + WORDS / 2 * (len(lines) - 1))
        for place, lines in enumerate(folded)
    ]  # fmt: skip
    above += [words(f"<b>{one}</b>", 1, place, "right", yshift=18) for place, one in enumerate(text)]
    return figure_of(
        traces, row * len(frame) + 20, annotations=above, margin={"l": 0, "r": 0, "t": 6, "b": 0},
        xaxis={"range": [0, top], "visible": False}, yaxis={"range": [len(frame) - 0.6, -0.75], "visible": False},
    )  # fmt: skip


def choosable(figure: Figure, ids: Sequence[str]) -> Figure:
    """Bars that can be clicked on over their whole row, words and empty place too: a short bar is hard to hit. Each
    gives its id.
    """
    shown, *others = figure["data"]
    row = {
        **shown, "x": [figure["layout"]["xaxis"]["range"][1]] * len(ids), "ids": list(ids), "width": 0.96,
        "offset": -0.72, "marker": {"color": "rgba(0,0,0,0)"},
    }  # fmt: skip
    still = {"unselected": {"marker": {"opacity": 1}}}
    traces = [{**shown, "hoverinfo": "skip", "hovertemplate": None}, *others, row]
    return {"data": [{**trace, **still} for trace in traces], "layout": {**figure["layout"], "barmode": "overlay"}}


def marks(places: Sequence[float], values: Sequence[float | None]) -> dict[str, Any]:
    """A thin upright mark at each value: where the bar ended in the period before."""
    return {
        "type": "scatter", "mode": "markers", "y": list(places), "x": list(values),
        "marker": {"symbol": "line-ns", "size": 11, "line": {"width": 2, "color": theme.TEXT}},
        "hovertemplate": "Kỳ trước: <b>%{x:,.1f}</b><extra></extra>",
    }  # fmt: skip


def fold(name: str) -> list[str]:
    """A name in lines that fit; what is longer still is cut."""
    if len(name) <= LONGEST:
        return [name]
    return textwrap.wrap(name, LONGEST, max_lines=LINES, placeholder="…") or [""]


def line(frame: pd.DataFrame, x: str, y: str, target: object, unit: str, height: int) -> Figure:
    """One measure over the months, the last point labelled; months without a value break the line."""
    months, values = list(frame[x]), numbers(frame[y])
    written = [formats.amount(one, unit) for one in values]
    last = max((place for place, one in enumerate(values) if one is not None), default=None)
    traces = [
        {
            "type": "scatter", "mode": "lines+markers", "x": months, "y": values, "connectgaps": False,
            "line": {"color": theme.NORMAL, "width": 2.5}, "cliponaxis": False,
            "marker": {"size": [9 if place == last else 5 for place in range(len(values))], "color": theme.NORMAL},
            "customdata": [[formats.short_month(month), one] for month, one in zip(months, written, strict=True)],
            "hovertemplate": "%{customdata[0]}: <b>%{customdata[1]}</b><extra></extra>",
        }
    ]  # fmt: skip
    end = {"xref": "x", "xshift": 8}
    labels = (
        []
        if last is None
        else [words(f"<b>{written[last]}</b>", months[last], values[last], "left", theme.NORMAL, **end)]
    )
    suffix = unit if unit == formats.PERCENT else ""
    return figure_of(
        traces, height, annotations=labels, shapes=line_at(target, "y"), margin={"l": 4, "r": 64, "t": 10, "b": 4},
        xaxis=month_axis(months), yaxis={**RULED, "nticks": 5, "rangemode": "tozero", "ticksuffix": suffix},
    )  # fmt: skip


def two_lines(frame: pd.DataFrame, x: str, whole: tuple[str, str], part: tuple[str, str], height: int) -> Figure:
    """A count and the part of it that is reached, month by month, each labelled at its end; the part is filled."""
    months = list(frame[x])
    traces, labels = [], []
    for (column, name), colour, fill in ((whole, theme.GREY, None), (part, theme.NORMAL, "tozeroy")):
        values = numbers(frame[column])
        traces.append(
            {
                "type": "scatter", "mode": "lines+markers", "x": months, "y": values, "fill": fill, "cliponaxis": False,
                "line": {"color": colour, "width": 2.5}, "marker": {"size": 5, "color": colour},
                "customdata": [[formats.short_month(month), formats.number(one)]
                               for month, one in zip(months, values, strict=True)],
                "hovertemplate": f"%{{customdata[0]}}: <b>%{{customdata[1]}}</b> {name}<extra></extra>",
            }
        )  # fmt: skip
        labels.append(words(f"<b>{formats.number(values[-1])}</b> {name}", 1, values[-1], "left", colour, xshift=8))
    return figure_of(
        traces, height, annotations=labels, margin={"l": 4, "r": 110, "t": 10, "b": 4}, xaxis=month_axis(months),
        yaxis={**RULED, "nticks": 5, "rangemode": "tozero"},
    )  # fmt: skip


def dots(places: Iterable[float], kinds: Sequence[str], hover: Sequence[str], target: object) -> Figure:
    """Every unit as a dot on the lane of its kind, moved a little so that near dots do not hide each other."""
    lanes = list(dict.fromkeys(kinds))
    values = [float(one) for one in places]
    shifts = offsets(kinds, values)
    least = max(0.0, 10 * (min(values, default=0.0) // 10) - 5)
    traces = [
        {
            "type": "scatter", "mode": "markers", "x": values, "customdata": list(hover),
            "y": [lanes.index(one) + 0.36 * shift for one, shift in zip(kinds, shifts, strict=True)],
            "marker": {
                "size": 10, "color": theme.NORMAL, "opacity": 0.75, "line": {"width": 1, "color": theme.BACKGROUND},
            },
            "hovertemplate": "%{customdata}<extra></extra>",
        }
    ]  # fmt: skip
    return figure_of(
        traces, 72 * max(1, len(lanes)) + 44, shapes=line_at(target),
        xaxis={**RULED, "range": [least, 101.5], "ticksuffix": "%", "nticks": 6},
        yaxis={
            "tickmode": "array", "tickvals": list(range(len(lanes))), "automargin": True,
            "ticktext": [f"{formats.in_chart(one)}  " for one in lanes], "range": [len(lanes) - 0.45, -0.55],
        },
    )  # fmt: skip


def offsets(lanes: Sequence[str], values: Sequence[float]) -> list[float]:
    """Places across a lane (-1 to 1) for dots: those with near values lie in the middle, above, below, and so on."""
    steps = (0.0, 0.4, -0.4, 0.8, -0.8)
    seen: dict[tuple[str, int], int] = {}
    placed = []
    for lane, value in zip(lanes, values, strict=True):
        near = lane, int(value / 1.5)
        placed.append(steps[seen.setdefault(near, 0) % len(steps)])
        seen[near] += 1
    return placed
