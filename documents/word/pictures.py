"""Charts as pictures for print: no colour carries meaning alone, every bar has its number beside it."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ui import formats

INK, FILL, BEFORE = "#1a1a1a", "#2f6db0", "#1a1a1a"
LINES = (("#0b5cad", "-", "o"), ("#8a5a00", "--", "s"), ("#444444", ":", "^"))
WIDTH = 6.4
DOTS = 200
LONGEST = 38
"""Letters of a name on one line."""


def bars(names: Sequence[str], values: Sequence[float], words: Sequence[str], before: Sequence[float]) -> bytes:
    """Horizontal bars (percent), the value and n/N beside each; an upright mark shows the period before."""
    figure = Figure(figsize=(WIDTH, 0.36 * len(names) + 0.4), layout="constrained")
    axes = figure.subplots()
    places = range(len(names))
    axes.barh(places, values, color=FILL, height=0.55)
    axes.plot(before, places, linestyle="none", marker="|", markersize=11, markeredgewidth=1.6, color=BEFORE)
    for place, value, was, text in zip(places, values, before, words, strict=True):
        axes.text(max(value, was if was == was else 0) + 1.5, place, text, va="center", fontsize=8.5, color=INK)
    axes.set_yticks(list(places), [textwrap.fill(name, LONGEST) for name in names], fontsize=8)
    axes.invert_yaxis()
    axes.set_xlim(0, 135)
    axes.set_xticks([0, 25, 50, 75, 100], ["0%", "25%", "50%", "75%", "100%"], fontsize=8)
    bare(axes)
    return png(figure)


def lines(months: Sequence[str], series: Sequence[tuple[str, pd.Series]]) -> bytes:
    """Rates over the months (percent), each with its name and last value at its end; a month without a value breaks
    the line.
    """
    figure = Figure(figsize=(WIDTH, 2.5), layout="constrained")
    axes = figure.subplots()
    for (name, values), (colour, style, mark) in zip(series, LINES, strict=False):
        axes.plot(range(len(months)), values, color=colour, linestyle=style, marker=mark, markersize=3.5, linewidth=1.6)
        known = values.dropna()
        if len(known):
            text = f"{name}: {formats.share(known.iloc[-1])}"
            axes.annotate(text, (float(known.index[-1]), float(known.iloc[-1])), xytext=(6, 0),
                          textcoords="offset points", va="center", fontsize=8.5, color=colour)  # fmt: skip
    axes.set_xticks(range(len(months)), [tick(place, month) for place, month in enumerate(months)], fontsize=8)
    axes.set_xlim(-0.3, len(months) * 1.42)
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 25, 50, 75, 100], ["0%", "25%", "50%", "75%", "100%"], fontsize=8)
    axes.grid(axis="y", color="#d5d5d5", linewidth=0.6)
    bare(axes)
    return png(figure)


def tick(place: int, month: str) -> str:
    """The number of a month; the year stands under the first and under each January."""
    year, _, number = month.partition("-")
    return f"{int(number)}\n{year}" if place == 0 or number == "01" else str(int(number))


def bare(axes: Axes) -> None:
    """No frame but the line the marks stand on."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)


def png(figure: Figure) -> bytes:
    """The picture; nothing in it tells when it was made."""
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DOTS, metadata={"Software": None})
    return out.getvalue()
