"""Where indicators stand: cards and lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from ui import cards, charts, filters, formats, links
from ui.charts import Drawn
from ui.formats import Row
from ui.remembering import remembered

ICONS: Mapping[str, str] = {
    "BC": ":material/task:", "CC": ":material/campaign:", "TC": ":material/checklist:", "DV": ":material/language:",
}  # fmt: skip
OTHER = ":material/monitoring:"


Foot = Callable[[Row, str], str]
"""Says at the foot of a card, in Markdown, what its number is made of."""


@remembered
def by_code(standing: pd.DataFrame) -> Mapping[str, Row]:
    """The indicators as rows, by their codes."""
    return {str(row["indicator"]): row for row in formats.rows_of(standing)}


@remembered
def past(history: pd.DataFrame) -> Mapping[str, Sequence[Any]]:
    """The values of each indicator, month by month."""
    values: dict[str, list[Any]] = {}
    for code, value in zip(history["indicator"], history["value"], strict=True):
        values.setdefault(code, []).append(value)
    return values


def traced(row: Row, words: str) -> str:
    """What a number is made of, as a link to its cells."""
    return links.words(links.CELLS_PAGE, words, links.cells_of(str(row["indicator"])))


def said(row: Row, words: str) -> str:
    """What a number is made of, in words: for numbers that cannot be followed by themselves."""
    return cards.quiet(words)


def leading_to(page: str) -> Foot:
    """What a number is made of, and under it a link to the page that explains it: beside it, long numbers push it
    down on some cards and not on others.
    """

    def foot(row: Row, words: str) -> str:
        return f"{traced(row, words)}  \n{links.words(page, '**Chi tiết**', {})}"

    return foot


def card(row: Row, history: pd.DataFrame, name: str, owed: int, foot: Foot = traced) -> None:
    """One indicator: value, change, twelve months, state, target, and the units it is made of."""
    value = formats.amount(row["value"], row["unit"])
    move = cards.Move(row["change"], cards.POINTS if row["unit"] == formats.PERCENT else "", str(row["direction"]))
    one_card(row, name, value, move, past(history).get(row["indicator"], ()), foot(row, made_of(row, owed)))


def count_card(name: str, months: pd.DataFrame, row: Row, foot: Foot) -> None:
    """How many of the owed reports came, as a count of units, with the state of the rate."""
    now = months.iloc[-1]
    value, move = formats.of(now["received"], now["owed"]), cards.Move(now["change"], " đơn vị", "up")
    made = f"{formats.share(row['value'])} số đơn vị phải báo cáo"
    one_card(row, name, value, move, list(months["received"]), foot(row, made))


def one_card(row: Row, name: str, value: str, move: cards.Move, months: Sequence[Any], foot: str) -> None:
    """A number with its change and its months, its state and target, and at its foot what it is made of."""
    icon = ICONS.get(str(row["indicator"])[:2], OTHER)
    with st.container(border=True, height="stretch", gap="small", key=f"card-{row['indicator']}"):
        cards.metric(name, icon, value, about(row), move, months)
        st.markdown(f"{cards.standing(row, filters.provisional())}\n\n{foot}")


def made_of(row: Row, owed: int) -> str:
    """What a rate is made of: "37.378/50.088 · 108/115 đơn vị có số liệu"."""
    units = f"{formats.of(row['units'], owed)} đơn vị có số liệu"
    return (
        units
        if formats.is_missing(row["denominator"])
        else f"{formats.of(row['numerator'], row['denominator'])} · {units}"
    )


def about(row: Row) -> str:
    """What an indicator is: its two sides, its target's document, its caveat."""
    said = [str(row["name"]), f"Tử số: {row['numerator_text']} ({formats.number(row['numerator'])})"]
    if not formats.is_missing(row["denominator_text"]):
        said.append(f"Mẫu số: {row['denominator_text']} ({formats.number(row['denominator'])})")
    if not formats.is_missing(row["target_document"]):
        said.append(f"Mục tiêu: {row['target_document']}")
    if not formats.is_missing(row["caveat"]):
        said.append(str(row["caveat"]))
    return "\n\n".join(formats.plain(one) for one in said)


def trend(row: Row, history: pd.DataFrame, title: str, height: int = 400) -> None:
    """One indicator over twelve months with its target, or a later one, as a dotted line."""
    with cards.box(title, f"{formats.plain(row['name'])}, từng tháng.{cards.dotted(row)}"):
        charts.show(drawn(row, history, title, height), key=f"trend-{row['indicator']}")


@remembered
def drawn(row: Row, history: pd.DataFrame, title: str, height: int) -> Drawn:
    """The months of one indicator as a line."""
    past = history[history["indicator"] == row["indicator"]]
    figure = charts.line(past, "period", "value", cards.aim_value(row), str(row["unit"]), height)
    return charts.drawn(figure, f"{title}. {row['name']}, 12 tháng.")
