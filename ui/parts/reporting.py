"""Who has reported: the count by month, the missing, the grid of units and months."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ui import cards, charts, formats, links, sentences, tables
from ui.charts import Part
from ui.signs import REPORTS
from ui.tables import Column

PARTS = tuple(
    Part(state, REPORTS[state].word.lower(), REPORTS[state].chart)
    for state in ("on_time", "late", "returned", "missing", "not_due")
)


def by_month(months: pd.DataFrame) -> None:
    """On time, late, returned and missing reports, month by month."""
    title = sentences.reports(months.iloc[-1])
    with cards.box(title, "Số đơn vị phải báo cáo theo tình trạng nộp, từng tháng."):
        charts.show(
            charts.stacked_columns(months, "period", PARTS),
            key="reports-by-month",
            alt=f"{title}. Số đơn vị theo tình trạng nộp, từng tháng.",
        )


def missing(frame: pd.DataFrame) -> None:
    """The units to urge, longest silence first."""
    if frame.empty:
        with cards.box("Tất cả đơn vị đã có báo cáo được ghi nhận"):
            return
    with cards.box(
        f"{len(frame)} đơn vị chưa có báo cáo được ghi nhận",
        "Bị trả lại đứng trước, rồi đến đơn vị thiếu nhiều tháng liền.",
    ):
        tables.show(
            frame,
            (
                Column("unit", "Đơn vị", pinned=True, width=180),
                Column("state", "Tình trạng", signs=REPORTS),
                Column("days_over", "Quá hạn (ngày)", formats.number),
                Column("months_running", "Tháng liền thiếu", formats.number),
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
