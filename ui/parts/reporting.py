"""Who has reported: the count by month, the missing, the grid of units and months."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import streamlit as st

from ui import cards, charts, formats, links, sentences, tables
from ui.charts import Drawn, Part
from ui.remembering import remembered
from ui.signs import REPORTS
from ui.tables import Column

PARTS = tuple(
    Part(state, REPORTS[state].word.lower(), REPORTS[state].chart)
    for state in ("on_time", "late", "returned", "missing", "not_due")
)


def overview(months: pd.DataFrame, absent: pd.DataFrame, cells: pd.DataFrame) -> None:
    """How the month came in, who is missing, and every unit by month."""
    rates(months)
    with st.grid(2, min_column_width=cards.GRID_BOXES):
        missing(absent)
        by_month(months)
    grid(cells, list(months["period"]))


def rates(months: pd.DataFrame) -> None:
    """Received, in time, and corrected, each with the months before."""
    with st.grid(3, min_column_width=cards.GRID_THREE):
        rate("Tỷ lệ nộp", ":material/inbox:", shares(months, "received", "owed"), "up",
             "Đơn vị đã gửi tệp đọc được, trên số phải báo cáo.")  # fmt: skip
        rate("Tỷ lệ đúng hạn", ":material/schedule:", shares(months, "on_time", "owed"), "up",
             "Tệp đầu tiên đọc được nhận trước hạn (kể cả gia hạn) và đã được ghi nhận, "
             "trên số phải báo cáo.")  # fmt: skip
        rate("Tỷ lệ phải nộp lại", ":material/edit_note:", shares(months, "corrected", "received"), "down",
             "Báo cáo phải gửi từ hai tệp trở lên, trên số báo cáo đã nộp.")  # fmt: skip


class Shares(NamedTuple):
    """A part of a whole: in per cent, month by month, and as counts of the last month."""

    values: list[float]
    last: str


@remembered
def shares(months: pd.DataFrame, part: str, whole: str) -> Shares:
    """What share one count of a month is of another; missing where there is nothing to share."""
    values = (100 * months[part] / months[whole].where(months[whole] > 0)).tolist()
    return Shares(values, formats.of(months[part].iloc[-1], months[whole].iloc[-1]))


def rate(label: str, icon: str, of: Shares, direction: str, about: str) -> None:
    """One rate as a card, with what it is made of."""
    now, *before = reversed(of.values)
    move = cards.Move(now - before[0] if before else None, cards.POINTS, direction)
    with st.container(border=True, height="stretch"):
        cards.metric(label, icon, formats.share(now), about, move, of.values)
        st.caption(f"{of.last} báo cáo")


def by_month(months: pd.DataFrame) -> None:
    """On time, late, returned and missing reports, month by month."""
    title = sentences.reports(months.iloc[-1])
    with cards.box(title, "Số đơn vị phải báo cáo theo tình trạng nộp, từng tháng."):
        charts.show(drawn(months, f"{title}. Số đơn vị theo tình trạng nộp, từng tháng."), key="reports-by-month")


@remembered
def drawn(months: pd.DataFrame, alt: str) -> Drawn:
    """The months as stacked columns."""
    return charts.drawn(charts.stacked_columns(months, "period", PARTS), alt)


def missing(frame: pd.DataFrame) -> None:
    """The units to urge, longest silence first."""
    if frame.empty:
        with cards.box("Tất cả đơn vị đã có báo cáo được ghi nhận"):
            return
    with cards.box(
        f"{len(frame)} đơn vị chưa có báo cáo được ghi nhận",
        "Bị trả lại xếp trước, rồi đến đơn vị thiếu nhiều tháng liền.",
    ):
        tables.show(
            frame,
            (
                Column("unit", "Đơn vị", pinned=True, width=180),
                Column("state", "Tình trạng", signs=REPORTS),
                Column("days_over", "Quá hạn (ngày)", formats.number),
                Column("months_running", "Số tháng thiếu liên tiếp", formats.number),
                Column("errors", "Lỗi phải sửa", formats.number),
            ),
            key="missing", alt="Danh sách đơn vị chưa có báo cáo được ghi nhận", rows=8,
            lead=links.unit_of_row,
        )  # fmt: skip


def grid(frame: pd.DataFrame, months: Sequence[str]) -> None:
    """Units by months."""
    with cards.box("Tình trạng nộp của từng đơn vị, từng tháng", "Mỗi dòng một đơn vị, mỗi cột một tháng."):
        tables.states(
            frame, REPORTS, {one: formats.short_month(one) for one in months}, key="reporting-grid",
            alt="Tình trạng nộp báo cáo theo đơn vị và tháng",
            lead=links.unit_of_row,
        )  # fmt: skip
