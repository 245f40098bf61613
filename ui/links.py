"""Where a number leads: to its unit, to the cells it was read from, to the page that explains it.

One line leads on from anywhere: `tables.show(…, lead=links.unit_of_row)` for a table with a column `unit`,
`links.to_unit(name)` and `links.to_cells(indicator, unit)` from code, `links.words(page, label, asked)` for words in
Markdown to click on. The choices of the frame go along.

A click inside a table or a chart reaches the server first, which then sends the browser to the address: as one step
of its history, so that one step back returns. Streamlit's own st.switch_page makes three, and the first of them
overwrites what was chosen on the page that is left. Words in Markdown lead on in the same way; opened in a tab of
their own they are addresses like any other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from ui import choosing, filters

UNIT_PAGE, CELLS_PAGE = "pages/analysis/unit.py", "pages/reports/cells.py"
UNIT_ADDRESS, CELLS_ADDRESS = "don-vi", "truy-xuat-so-lieu"
GO = "<script>window.leadOn(%s)</script>"
"""What leadOn does stands in static/leading.js."""
PAGES: dict[str, Any] = {}
"""The pages of the menu by their scripts: to find one by its path, Streamlit looks at the disk for every link."""


def asking(asked: Mapping[str, str]) -> dict[str, str]:
    """What stands behind the question mark of an address: the choices of the frame, and what a page is asked for."""
    address = st.query_params.to_dict()
    return {**{name: address[name] for name in filters.NAMES if name in address}, **asked}


def words(page: str, label: str, asked: Mapping[str, str]) -> str:
    """Words in Markdown to click on, which lead to a page: any number of them is one message, where each st.page_link
    is one of its own.
    """
    return f"[{label}]({target(PAGES[page].url_path, asked)})"


def target(address: str, asked: Mapping[str, str]) -> str:
    """The address of a page with all that it is asked for."""
    return f"{address}?{urlencode(asking(asked))}".rstrip("?")


def go(address: str, asked: Mapping[str, str]) -> None:
    """To another page, or to the same one asked for something else. The rest of the page runs on meanwhile."""
    with st.container(key="leading-on"):
        st.html(GO % json.dumps(target(address, asked)), unsafe_allow_javascript=True)


def to_unit(unit: str) -> None:
    """To the page of a unit, by its full name."""
    go(UNIT_ADDRESS, {choosing.UNIT: unit})


def to_cells(indicator: str, unit: str = "") -> None:
    """To the numbers behind an indicator: of one unit its cells, of all units the units it is made of."""
    go(CELLS_ADDRESS, cells_of(indicator, unit))


def to_report(unit: str, period: str, indicator: str = "") -> None:
    """To what a unit reported of a period, by the period's name: of an indicator, or everything."""
    of_indicator = cells_of(indicator) if indicator else {}
    go(CELLS_ADDRESS, {**of_indicator, choosing.TRACED_UNIT: unit, choosing.TRACED_PERIOD: period})


def cells_of(indicator: str, unit: str = "") -> dict[str, str]:
    """What the page of cells is asked for."""
    words = choosing.indicators().get(indicator, indicator)
    return {choosing.TRACED: words, **({choosing.TRACED_UNIT: unit} if unit else {})}


def unit_of_row(row: pd.Series[Any]) -> None:
    """To the unit that a row of a table is about."""
    to_unit(str(row["unit"]))
