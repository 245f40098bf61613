"""The charts of the page, as what Plotly draws in the reader's browser. Text from the warehouse is escaped."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from documents.word.parts import rows_of
from queries import completion, indicators, official
from queries.channels import by_channel
from queries.scope import Scope
from ui import formats

LEADING = {"BC01": "Nộp báo cáo", "CC01": "Độ phủ kênh", "TC02": "Nhiệm vụ đúng hạn", "DV01": "Hồ sơ trực tuyến"}
COLOURS = ("#6B7885", "#0B5CAD", "#0F7B6C", "#C76F0E")
INK, QUIET = "#0D1622", "#D9E0E8"
LONGEST = 34
"""Letters of a name on one line."""
Figure = Mapping[str, Any]


def figures(con: DuckDBPyConnection, scope: Scope) -> Mapping[str, tuple[str, Figure]]:
    """Title and figure of each chart, by the name of its place on the page."""
    return {
        "months": ("Bốn chỉ tiêu chính, mười hai tháng", months(indicators.history(con, scope, list(LEADING)), scope)),
        "channels": ("Tỷ lệ đơn vị có sản phẩm trên từng nhóm kênh", channels(by_channel(con, scope))),
        "groups": ("Nhiệm vụ đúng hạn theo bảy nhóm", groups(completion.by_group(con, scope))),
        "units": ("Hồ sơ nộp trực tuyến của từng đơn vị", units(official.rates_of_units(con, scope, ["DV01"]))),
    }  # fmt: skip


def drawn(traces: list[dict[str, Any]], height: int, **layout: Any) -> Figure:
    """A figure in quiet dress."""
    dress = {
        "height": height, "separators": ",.", "font": {"size": 13, "color": INK}, "dragmode": False,
        "margin": {"l": 8, "r": 16, "t": 8, "b": 32}, "showlegend": False, "plot_bgcolor": "#FFFFFF",
        "paper_bgcolor": "#FFFFFF", "hoverlabel": {"align": "left"},
    }  # fmt: skip
    return {"data": traces, "layout": {**dress, **layout}}


def months(told: pd.DataFrame, scope: Scope) -> Figure:
    """The leading indicators over twelve months."""
    names = [formats.short_month(month) for month in scope.shown]
    traces = []
    for (code, name), colour in zip(LEADING.items(), COLOURS, strict=True):
        rows = {row["period"]: row for row in rows_of(told[told["indicator"] == code])}
        those = [rows.get(month) for month in scope.shown]
        traces.append({
            "type": "scatter", "mode": "lines+markers", "name": name, "x": names,
            "y": [plain(row["value"]) if row else None for row in those], "connectgaps": False,
            "line": {"color": colour, "width": 2.5},
            "text": [said(name, row) if row else "" for row in those], "hovertemplate": "%{x}: %{text}<extra></extra>",
        })  # fmt: skip
    rates = {"range": [0, 103], "ticksuffix": "%", "gridcolor": QUIET, "automargin": True}
    legend = {"orientation": "h", "y": -0.14}
    return drawn(traces, 340, showlegend=True, legend=legend, yaxis=rates, xaxis={"type": "category"})


def said(name: str, row: Mapping[str, Any]) -> str:
    """ "Hồ sơ trực tuyến 74,6% (37.378/50.088)"."""
    return f"{name} {formats.share(row['value'])} ({formats.of(row['numerator'], row['denominator'])})"


def plain(value: object) -> float | None:
    """A number as JSON has it, None where there is none."""
    return None if formats.is_missing(value) else float(value)  # type: ignore[arg-type]


def channels(told: pd.DataFrame) -> Figure:
    """Channel groups as bars, the best on top."""
    known = told.dropna(subset="value").sort_values("value", kind="stable")
    return bars(known, "channel", "active", "units")


def groups(told: pd.DataFrame) -> Figure:
    """Groups of tasks as bars, in their order."""
    return bars(told.dropna(subset="value").iloc[::-1], "name", "on_time", "due")


def bars(rows: pd.DataFrame, name: str, part: str, whole: str) -> Figure:
    """Rates as bars with n/N beside each."""
    text = [f"{formats.share(row['value'])} ({formats.of(row[part], row[whole])})" for row in rows_of(rows)]
    trace = {
        "type": "bar", "orientation": "h", "y": [broken(formats.in_chart(one)) for one in rows[name]],
        "x": [plain(one) for one in rows["value"]], "text": text, "textposition": "outside", "cliponaxis": False,
        "marker": {"color": COLOURS[1]}, "hovertemplate": "%{y}<br><b>%{text}</b><extra></extra>",
    }  # fmt: skip
    return drawn([trace], 60 + 32 * len(rows), xaxis={"range": [0, 145], "visible": False},
                 yaxis={"automargin": True, "ticks": ""})  # fmt: skip


def broken(name: str) -> str:
    """A long name on several lines."""
    return "<br>".join(textwrap.wrap(name, LONGEST))


def units(told: pd.DataFrame) -> Figure:
    """Every unit as a dot on the lane of its kind; units with few dossiers are left out, as on the pages."""
    known = told[~told["small"].astype(bool)].dropna(subset="value")
    lanes = [formats.kind(str(kind)) for kind in known["kind"]]
    trace = {
        "type": "box", "x": [plain(one) for one in known["value"]], "y": lanes, "boxpoints": "all", "jitter": 0.7,
        "pointpos": 0, "fillcolor": "rgba(0,0,0,0)", "line": {"color": "rgba(0,0,0,0)"}, "orientation": "h",
        "marker": {"color": COLOURS[1], "size": 8, "opacity": 0.7}, "hoveron": "points",
        "text": [f"{formats.in_chart(row['unit'])} {formats.share(row['value'])} "
                 f"({formats.of(row['numerator'], row['denominator'])})" for row in rows_of(known)],
        "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip
    return drawn([trace], 300, xaxis={"range": [0, 102], "ticksuffix": "%", "gridcolor": QUIET},
                 yaxis={"automargin": True})  # fmt: skip
