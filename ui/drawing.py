"""What all charts share: the house's dress, axes of months, words put beside marks, the line of a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ui import formats, theme

Figure = dict[str, Any]


FONT = {"size": 13}
QUIET = {"fixedrange": True, "showgrid": False, "zeroline": False, "title": None, "separatethousands": True}
RULED = {"showgrid": True, "gridcolor": theme.GRID}


def figure_of(traces: Sequence[Mapping[str, Any]], height: int, **layout: Any) -> Figure:
    """A figure in the house's dress: Vietnamese separators, no dragging, quiet axes."""
    quiet = {**QUIET, "tickfont": {"color": theme.TEXT, **FONT}}
    dressed: Figure = {
        "height": height, "separators": ",.", "showlegend": False, "dragmode": False, "hovermode": "closest",
        "margin": {"l": 4, "r": 8, "t": 8, "b": 4}, "font": FONT, "hoverlabel": {"font": FONT, "align": "left"},
    }  # fmt: skip
    axes = {name: {**quiet, **layout.pop(name, {})} for name in ("xaxis", "yaxis")}
    return {"data": list(traces), "layout": {**dressed, **layout, **axes}}


def words(text: str, x: object, y: object, side: str, colour: str = theme.TEXT, **more: object) -> dict[str, Any]:
    """Words beside a mark; x is a place on the paper (0 to 1) unless `xref` says otherwise."""
    return {
        "text": text, "x": x, "y": y, "xref": "paper", "xanchor": side, "showarrow": False,
        "font": {"color": colour, **FONT}, **more,
    }  # fmt: skip


def numbers(column: pd.Series[Any]) -> list[float | None]:
    """A column as numbers, None for what is missing."""
    return [None if formats.is_missing(one) else float(one) for one in column]


def line_at(target: object, axis: str = "x") -> list[dict[str, Any]]:
    """The dotted line of a target, none where there is no target."""
    if formats.is_missing(target):
        return []
    other = "y" if axis == "x" else "x"
    return [
        {
            "type": "line", "line": {"dash": "dot", "width": 1.5, "color": theme.TEXT},
            f"{axis}0": target, f"{axis}1": target,
            f"{other}0": 0, f"{other}1": 1, f"{axis}ref": axis, f"{other}ref": "paper",
        }
    ]  # fmt: skip


def month_axis(periods: Sequence[str]) -> dict[str, Any]:
    """An axis of months by their numbers, upright at any width; the year stands under January, or the first month."""
    ticks = [tick_of(period) for period in periods]
    year_at = ticks.index("1") if "1" in ticks else 0
    text = [f"{tick}<br>{periods[place][:4]}" if place == year_at else tick for place, tick in enumerate(ticks)]
    return {"type": "category", "tickmode": "array", "tickvals": list(periods), "ticktext": text, "tickangle": 0}


def tick_of(period: str) -> str:
    """2026-07 → "7"; other periods as they are."""
    month = period.partition("-")[2]
    return str(int(month)) if month.isdigit() else period


def spread(places: Sequence[float], gap: float, top: float) -> list[float]:
    """The places moved apart, in order, so that labels lie at least a gap apart and below the top."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + gap) if moved else place)
    ceiling = top
    for index in range(len(moved) - 1, -1, -1):
        moved[index] = min(moved[index], ceiling)
        ceiling = moved[index] - gap
    return moved
