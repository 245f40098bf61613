"""Where indicators stand: cards and lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ui import cards, charts, filters, formats

ICONS: Mapping[str, str] = {
    "BC": ":material/task:", "CC": ":material/campaign:", "TC": ":material/checklist:", "DV": ":material/language:",
}  # fmt: skip
OTHER = ":material/monitoring:"


def card(row: pd.Series[Any], history: pd.DataFrame, name: str, owed: int) -> None:
    """One indicator: value, change, twelve months, state, target, and the units it is made of."""
    past = history.loc[history["indicator"] == row["indicator"], "value"]
    unit = cards.POINTS if row["unit"] == formats.PERCENT else ""
    with st.container(border=True, height="stretch", gap="small"):
        cards.metric(
            name, ICONS.get(str(row["indicator"])[:2], OTHER), formats.amount(row["value"], row["unit"]), about(row),
            cards.Move(row["change"], unit, str(row["direction"])), list(past),
        )  # fmt: skip
        cards.standing(row, filters.provisional(), made_of(row, owed))


def made_of(row: pd.Series[Any], owed: int) -> str:
    """What a rate is made of: "37.378/50.088 · 108/115 đơn vị có số liệu"."""
    units = f"{formats.of(row['units'], owed)} đơn vị có số liệu"
    return (
        units
        if formats.is_missing(row["denominator"])
        else f"{formats.of(row['numerator'], row['denominator'])} · {units}"
    )


def count_card(name: str, months: pd.DataFrame, row: pd.Series[Any]) -> None:
    """How many of the owed reports came, as a count of units, with the state of the rate."""
    now = months.iloc[-1]
    with st.container(border=True, height="stretch", gap="small"):
        cards.metric(
            name, ICONS["BC"], formats.of(now["received"], now["owed"]), about(row),
            cards.Move(now["change"], " đơn vị", "up"), list(months["received"]),
        )  # fmt: skip
        cards.standing(row, filters.provisional(), f"{formats.share(row['value'])} số đơn vị phải báo cáo")


def about(row: pd.Series[Any]) -> str:
    """What an indicator is: its two sides, its target's document, its caveat."""
    said = [str(row["name"]), f"Tử số: {row['numerator_text']} ({formats.number(row['numerator'])})"]
    if not formats.is_missing(row["denominator_text"]):
        said.append(f"Mẫu số: {row['denominator_text']} ({formats.number(row['denominator'])})")
    if not formats.is_missing(row["target_document"]):
        said.append(f"Mục tiêu: {row['target_document']}")
    if not formats.is_missing(row["caveat"]):
        said.append(str(row["caveat"]))
    return "\n\n".join(formats.plain(one) for one in said)


def trend(row: pd.Series[Any], history: pd.DataFrame, title: str, height: int = 400) -> None:
    """One indicator over twelve months with its target, or a later one, as a dotted line."""
    past = history[history["indicator"] == row["indicator"]]
    with cards.box(title, f"{formats.plain(row['name'])}, từng tháng. Đường chấm: {cards.aim(row).lower()}."):
        charts.show(
            charts.line(past, "period", "value", cards.aim_value(row), str(row["unit"]), height),
            key=f"trend-{row['indicator']}", alt=f"{title}. {row['name']}, 12 tháng.",
        )  # fmt: skip
