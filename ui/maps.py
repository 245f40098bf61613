"""A map as an ordinary figure: filled outlines on two axes, nothing fetched, the classes in words beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ui import formats, theme
from ui.areas import Place, Ring, flatness
from ui.drawing import Figure, figure_of
from ui.formats import Row

CLASSES = 5
HEIGHT = 520


def classes(frame: pd.DataFrame, places: Mapping[str, Place], rings: Mapping[str, Sequence[Ring]], unit: str) -> Figure:
    """Every unit in the colour of its class of equal width; grey where there is no value or too small a denominator.

    Takes unit_code, unit, value, small, numerator, denominator. A click gives the unit's name as `id`.
    """
    known = {
        row["unit_code"]: row["value"]
        for row in formats.rows_of(frame)
        if not row["small"] and not formats.is_missing(row["value"])
    }
    bounds = steps(list(known.values()))
    members: dict[int | None, list[str]] = {place: [] for place in range(len(bounds) - 1)} | {None: []}
    for code in rings:
        members[class_of(known[code], bounds) if code in known else None].append(code)
    traces = [area(codes, rings, colour(step), label(step, bounds, unit)) for step, codes in members.items() if codes]
    return figure_of(
        [*traces, points(frame, places)], HEIGHT, margin={"l": 0, "r": 0, "t": 0, "b": 0}, showlegend=True,
        legend={"orientation": "h", "y": -0.02, "x": 0, "itemclick": False, "itemdoubleclick": False},
        xaxis={"visible": False}, clickmode="event+select",
        yaxis={"visible": False, "scaleanchor": "x", "scaleratio": flatness(list(places.values()))},
    )  # fmt: skip


def steps(values: Sequence[float]) -> list[float]:
    """The bounds of classes of equal width between the least and the greatest value, on round numbers."""
    if not values:
        return []
    low, high = min(values), max(values)
    width = max((high - low) / CLASSES, 1e-9)
    least = next((step for step in (1, 2, 2.5, 5, 10, 20, 25, 50, 100, 250, 500, 1000) if step >= width), width)
    first = least * (low // least)
    bounds = [first]
    while bounds[-1] <= high:
        bounds.append(bounds[-1] + least)
    return bounds


def class_of(value: float, bounds: Sequence[float]) -> int:
    """The class a value falls into."""
    return next(place for place, high in enumerate(bounds[1:]) if value < high)


def label(step: int | None, bounds: Sequence[float], unit: str) -> str:
    """What a class is called in the legend."""
    if step is None:
        return "chưa có số liệu"
    return f"{formats.amount_short(bounds[step], unit)} đến dưới {formats.amount_short(bounds[step + 1], unit)}"


def colour(step: int | None) -> str:
    """The colour of a class: the deeper the more; grey for none."""
    return theme.GRID if step is None else theme.DEPTHS[min(1 + 2 * step, len(theme.DEPTHS) - 1)]


def area(codes: Sequence[str], rings: Mapping[str, Sequence[Ring]], fill: str, name: str) -> dict[str, Any]:
    """All outlines of a class as one trace; an empty place parts one outline from the next."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for code in codes:
        for x, y in rings[code]:
            xs += [*x, None]
            ys += [*y, None]
    return {
        "type": "scatter", "mode": "lines", "x": xs, "y": ys, "fill": "toself", "fillcolor": fill, "name": name,
        "line": {"width": 0.8, "color": theme.BACKGROUND}, "hoverinfo": "skip",
    }  # fmt: skip


def points(frame: pd.DataFrame, places: Mapping[str, Place]) -> dict[str, Any]:
    """A small mark at each unit, which can be pointed at and clicked on."""
    there = frame[frame["unit_code"].isin(places)]
    return {
        "type": "scatter", "mode": "markers", "showlegend": False, "ids": list(there["unit"]),
        "x": [places[code].x for code in there["unit_code"]],
        "y": [places[code].y for code in there["unit_code"]],
        "marker": {"size": 11, "color": theme.TEXT, "opacity": 0.35, "line": {"width": 1, "color": theme.BACKGROUND}},
        "customdata": [said(row) for row in formats.rows_of(there)], "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip


def said(row: Row) -> str:
    """What the map says of a unit."""
    counts = formats.of(row["numerator"], row["denominator"])
    return f"<b>{formats.in_chart(row['unit'])}</b><br>{formats.share(row['value'])} · {counts}"
