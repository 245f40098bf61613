"""The four cards the overview leads with."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from ui import cards
from ui.parts import findings, indicators

REPORTED = "BC01"
"""Counted in units, not in per cent: a leader asks how many are missing."""


def four(
    standing: pd.DataFrame, history: pd.DataFrame, names: Mapping[str, str], owed: int, months: pd.DataFrame | None
) -> None:
    """Each leads to the page that explains it, and its number to the cells it was read from. `owed`: units that owe a
    report; `months`: their reports, where each unit owes one, so that they can be counted in units.
    """
    with st.grid(4, min_column_width=cards.GRID_CARDS):
        for code, row in indicators.by_code(standing).items():
            foot = indicators.leading_to(findings.HOMES[code])
            if code == REPORTED and months is not None:
                indicators.count_card(names[code], months, row, foot)
            else:
                indicators.card(row, history, names[code], owed, foot)
