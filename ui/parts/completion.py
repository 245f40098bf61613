"""Tasks: by unit, by role, by the seven groups, and the pressing ones."""

from __future__ import annotations

import pandas as pd

from queries.completion import FEW_TASKS
from ui import cards, charts, formats, links, tables, theme
from ui.signs import TASKS
from ui.tables import Column


def groups(frame: pd.DataFrame) -> None:
    """The seven groups as bars of the on-time rate."""
    about = "Nhiệm vụ xong đúng hạn trên nhiệm vụ đến hạn, theo nhóm của kế hoạch."
    rates(frame, "name", "Đúng hạn theo bảy nhóm nhiệm vụ", about, "task-groups")


def roles(frame: pd.DataFrame) -> None:
    """The parts of the units that lead the work, as bars of the on-time rate; those with few due tasks are left out."""
    shown = frame[frame["due"] >= FEW_TASKS]
    few = len(frame) - len(shown)
    note = f" {few} bộ phận dưới {FEW_TASKS} nhiệm vụ đến hạn không đưa vào." if few else ""
    rates(shown, "role", "Đúng hạn theo bộ phận chủ trì", f"Cùng cách tính, theo bộ phận chủ trì.{note}", "task-roles")


def rates(frame: pd.DataFrame, label: str, title: str, about: str, key: str) -> None:
    """On-time rates as bars, worst first, each with how many tasks it is made of."""
    shown = frame.sort_values("value", na_position="last")
    text = [
        f"{formats.share(row['value'])} · {formats.of(row['on_time'], row['due'])}" for row in shown.to_dict("records")
    ]
    with cards.box(title, about):
        figure = charts.bars(shown, label, "value", text, [theme.NORMAL] * len(shown))
        charts.show(figure, key=key, alt=f"{title}: {'; '.join(text[:3])}")


def units(frame: pd.DataFrame) -> None:
    """Every unit, worst first; those with few due tasks have no rank."""
    about = (
        "Hạng xếp trong cùng loại đơn vị, bằng nhau thì cùng hạng. "
        f"Dưới {FEW_TASKS} nhiệm vụ đến hạn thì không xếp hạng và đứng cuối."
    )
    with cards.box("Từng đơn vị, thấp nhất đứng trước", about):
        tables.show(
            tables.ranked(frame),
            (
                Column("unit", "Đơn vị", pinned=True, width=210),
                Column("value", "Đúng hạn", formats.share),
                Column("change", "So với kỳ trước", formats.points),
                Column("on_time", "Xong đúng hạn", formats.number),
                Column("due", "Đến hạn", formats.number),
                Column("overdue", "Quá hạn", formats.number),
                Column("total", "Được giao", formats.number),
                Column("rank", "Hạng trong loại", alignment="right"),
            ),
            key="completion-units", alt="Hoàn thành nhiệm vụ của từng đơn vị", rows=12,
            lead=links.unit_of_row,
        )  # fmt: skip


def pressing(frame: pd.DataFrame) -> None:
    """Overdue and soon-due tasks, longest overdue first."""
    if frame.empty:
        with cards.box("Không có nhiệm vụ quá hạn hay sắp đến hạn"):
            return
    overdue, soon = (formats.number(frame[name].iloc[0]) for name in ("overdue", "due_soon"))
    title = f"{overdue} nhiệm vụ quá hạn, {soon} sắp đến hạn"
    with cards.box(title, "Quá hạn lâu nhất đứng trước. Sắp đến hạn: trong 7 ngày sau ngày chốt số liệu."):
        tables.show(
            frame,
            (
                Column("unit", "Đơn vị", pinned=True, width=190),
                Column("title", "Nhiệm vụ", width=340),
                Column("state", "Tình trạng", signs=TASKS),
                Column("due_on", "Hạn", formats.date),
                Column("days", "Số ngày trễ", formats.number, help="Số âm: còn bấy nhiêu ngày"),
                Column("progress", "Tiến độ", formats.share),
                Column("role", "Bộ phận chủ trì", width=230),
                Column("obstacle", "Vướng mắc", width=260),
            ),
            key="pressing", alt=title, rows=10,
            lead=links.unit_of_row,
        )  # fmt: skip


def burn_up(history: pd.DataFrame, height: int = 300) -> None:
    """Tasks done against tasks given, month by month."""
    past = history[history["indicator"] == "TC01"]
    if past.empty:
        return
    left = past["denominator"].iloc[-1] - past["numerator"].iloc[-1]
    title = f"Còn {formats.number(left)} trong {formats.number(past['denominator'].iloc[-1])} nhiệm vụ chưa xong"
    with cards.box(title, "Nhiệm vụ được giao và đã hoàn thành, lũy kế đến từng tháng theo báo cáo của tháng đó."):
        figure = charts.two_lines(past, "period", ("denominator", "được giao"), ("numerator", "đã xong"), height)
        charts.show(figure, key="burn-up", alt=f"{title}, theo tháng")
