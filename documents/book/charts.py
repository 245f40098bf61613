"""Native charts, which stay charts in Excel and follow the figures of their sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from documents.book.sheet import Sheet
from ui import formats

COLOURS = ("#0B5CAD", "#C76F0E", "#0F7B6C", "#8E5BA6", "#6B7885", "#B3261E")
WIDE, HIGH = 760, 380
SHEET = "BIEU_DO"


def draw(book: Workbook, page: Worksheet, sheets: Mapping[str, Sheet], first: Mapping[str, int]) -> None:
    """Fill the sheet of charts; `first` tells the row (from 0) where the rows of each sheet begin."""
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.insert_chart("A1", lines(book, sheets["LICH_SU"], first["LICH_SU"]))
    page.insert_chart("A21", bars(book, sheets["KENH"], first["KENH"], 1, 4))
    page.insert_chart("A46", bars(book, sheets["NHOM_NHIEM_VU"], first["NHOM_NHIEM_VU"], 0, 6))


def lines(book: Workbook, sheet: Sheet, top: int) -> Any:
    """A line for each column over the months."""
    chart = book.add_chart({"type": "line"})
    last = top + len(sheet.rows) - 1
    for column, head in enumerate(sheet.heads[1:], start=1):
        colour = COLOURS[(column - 1) % len(COLOURS)]
        chart.add_series({
            "name": [sheet.name, top - 1, column], "categories": [sheet.name, top, 0, last, 0],
            "values": [sheet.name, top, column, last, column], "line": {"color": colour, "width": 2},
            "marker": {"type": "circle", "size": 4, "fill": {"color": colour}, "border": {"color": colour}},
        })  # fmt: skip
        assert head.kind == "share"
    dress(chart, sheet.title)
    chart.set_y_axis({"min": 0, "max": 100, "num_format": '0"%"', "major_gridlines": {"visible": True,
                      "line": {"color": "#D9E0E8"}}})  # fmt: skip
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": WIDE, "height": HIGH})
    return chart


def bars(book: Workbook, sheet: Sheet, top: int, names: int, values: int) -> Any:
    """A bar for each row, the value beside it."""
    chart = book.add_chart({"type": "bar"})
    last = top + max(len(sheet.rows), 1) - 1
    chart.add_series({
        "categories": [sheet.name, top, names, last, names], "values": [sheet.name, top, values, last, values],
        "fill": {"color": COLOURS[0]}, "gap": 60, "data_labels": {"value": True, "num_format": '0.0"%"'},
    })  # fmt: skip
    dress(chart, f"{sheet.title}: {formats.inside(sheet.heads[values].label)}")
    chart.set_x_axis({"min": 0, "max": 100, "num_format": '0"%"', "major_gridlines": {"visible": False}})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_legend({"none": True})
    chart.set_size({"width": WIDE, "height": max(HIGH, 90 + 27 * len(sheet.rows))})
    return chart


def dress(chart: Any, title: str) -> None:
    """The title of a chart."""
    chart.set_title({"name": title, "name_font": {"size": 13, "bold": True}, "overlay": False})
