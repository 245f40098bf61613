"""Where a number leads: to its unit, and to the cells it was read from.

One line leads on from anywhere: `tables.show(…, lead=links.unit_of_row)` for a table with a column `unit`,
`links.to_unit(name)` and `links.to_cells(indicator, unit)` from code. The choice of period and units goes along by
itself: its widgets stand in the frame and are bound to the address. A bound name cannot be set by a link, so the names
here are read and written by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import pandas as pd
import streamlit as st

UNIT_PAGE, CELLS_PAGE = "pages/analysis/unit.py", "pages/reports/cells.py"
UNIT, INDICATOR = "don-vi", "chi-tieu"
"""The names in the address."""


def to_unit(unit: str) -> NoReturn:
    """To the page of a unit, by its full name."""
    st.switch_page(UNIT_PAGE, query_params={UNIT: unit})


def to_cells(indicator: str, unit: str = "") -> NoReturn:
    """To the numbers behind an indicator: of one unit its cells, of all units the units it is made of."""
    st.switch_page(CELLS_PAGE, query_params={INDICATOR: indicator, **({UNIT: unit} if unit else {})})


def asked(name: str, known: Sequence[str]) -> int | None:
    """Where the choice that the address names stands among those there are, None where it names none of them."""
    named = st.query_params.get(name, "")
    return list(known).index(named) if named in known else None


def remember(name: str, words: Mapping[str, str]) -> None:
    """Write a choice into the address; for the `on_change` of the widget whose key is `name` with "-chon" behind it."""
    chosen = st.session_state[f"{name}-chon"]
    if chosen:
        st.query_params[name] = words[chosen]
    else:
        st.query_params.pop(name, None)


def unit_of_row(row: pd.Series[Any]) -> NoReturn:
    """To the unit that a row of a table is about."""
    to_unit(str(row["unit"]))


def cells_button(indicator: str, key: str) -> None:
    """A quiet button under a number that leads to what it is made of."""
    if st.button("Xem số liệu gốc", icon=":material/search:", type="tertiary", key=key):
        to_cells(indicator)
