"""The four cards the overview leads with."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui import cards, sentences
from ui.parts import findings, indicators

REPORTED = "BC01"
"""Counted in units, not in per cent: a leader asks how many are missing."""


def four(standing: pd.DataFrame, history: pd.DataFrame, months: pd.DataFrame) -> None:
    """Each leads to the page that explains it, and its number to the cells it was read from."""
    owed = int(months["owed"].iloc[-1])
    with st.grid(4, min_column_width=cards.GRID_CARDS):
        for code, row in indicators.by_code(standing).items():
            name, foot = sentences.LEADING[code], indicators.leading_to(findings.HOMES[code])
            if code == REPORTED:
                indicators.count_card(name, months, row, foot)
            else:
                indicators.card(row, history, name, owed, foot)
