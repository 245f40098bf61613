"""Tasks: by unit, by role, by the seven groups, and the pressing ones."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from queries import completion, work
from queries.completion import FEW_TASKS
from queries.work import Work
from ui import cards, charts, choosing, filters, formats, links, tables, theme
from ui.ask import ask
from ui.charts import Drawn
from ui.remembering import remembered
from ui.signs import TASKS
from ui.tables import Column

COMPLETION = "hoan-thanh-nhiem-vu"
"""The address of the page."""


def choice() -> Work:
    """The tasks the reader chose: led by a part of the units, of a group, or all."""
    with st.container(horizontal=True):
        role = choosing.one_of("Bộ phận chủ trì", choosing.ROLE, ask(work.roles), 400, nothing="Mọi bộ phận chủ trì")
        group = choosing.one_of(
            "Nhóm nhiệm vụ", choosing.TASK_GROUP, ask(work.groups), 300, nothing="Mọi nhóm nhiệm vụ"
        )
    return Work(role, group)


def in_words(chosen: Work) -> str:
    """The choice of tasks in words, for Markdown: "**Phòng Văn hóa - Xã hội · Hạ tầng.** "; empty where all are."""
    words = [ask(work.roles).get(chosen.role, ""), ask(work.groups).get(chosen.group, "")]
    said = " · ".join(formats.plain(one) for one in words if one)
    return f"**{said}.** " if said else ""


def groups(frame: pd.DataFrame, chosen: Work) -> None:
    """The seven groups as bars of the on-time rate; a click chooses one."""
    about = (
        "Nhiệm vụ hoàn thành đúng hạn trên nhiệm vụ đến hạn, theo nhóm của kế hoạch. Bấm vào một thanh để chọn nhóm."
    )
    title = "Đúng hạn theo bảy nhóm nhiệm vụ"
    picked = rates(frame, ("task_group", "name"), chosen.group, title, about, "task-groups")
    if picked:
        links.go(COMPLETION, {**kept(), choosing.TASK_GROUP: picked})


def roles(frame: pd.DataFrame, chosen: Work) -> None:
    """The parts of the units that lead the work, as bars of the on-time rate; those with few due tasks are left out.
    A click chooses one.
    """
    shown = with_enough(frame, chosen.role)
    few = len(frame) - len(shown)
    note = f" Không đưa vào {few} bộ phận có dưới {FEW_TASKS} nhiệm vụ đến hạn." if few else ""
    about = f"Cách tính như trên, theo bộ phận chủ trì trong đơn vị.{note} Bấm vào một thanh để chọn bộ phận."
    picked = rates(shown, ("role_code", "role"), chosen.role, "Đúng hạn theo bộ phận chủ trì", about, "task-roles")
    if picked:
        links.go(COMPLETION, {**kept(), choosing.ROLE: picked})


@remembered
def with_enough(frame: pd.DataFrame, role: str) -> pd.DataFrame:
    """The parts with enough due tasks, and the one chosen."""
    return frame[(frame["due"] >= FEW_TASKS) | (frame["role_code"] == role)]


def kept() -> dict[str, str]:
    """What is chosen on the page, as its address says it."""
    return {name: st.query_params[name] for name in (choosing.ROLE, choosing.TASK_GROUP) if name in st.query_params}


def rates(frame: pd.DataFrame, by: tuple[str, str], chosen: str, title: str, about: str, key: str) -> str:
    """On-time rates as bars, each with how many tasks it is made of; gives the words of the bar that was clicked on."""
    with cards.box(title, about):
        return charts.newly_clicked(rates_drawn(frame, by, chosen, title), key=key)


@remembered
def rates_drawn(frame: pd.DataFrame, by: tuple[str, str], chosen: str, title: str) -> Drawn:
    """On-time rates as bars, worst first; what is not chosen is lighter."""
    code, label = by
    shown = frame.sort_values("value", na_position="last")
    text = [
        f"{formats.share(row['value'])} · {formats.of(row['on_time'], row['due'])}" for row in formats.rows_of(shown)
    ]
    colours = [theme.SOFT if chosen and one != chosen else theme.NORMAL for one in shown[code]]
    figure = charts.choosable(charts.bars(shown, label, "value", text, colours), list(shown[label]))
    return charts.drawn(figure, f"{title}: {'; '.join(text[:3])}")


def units(frame: pd.DataFrame) -> None:
    """Every unit, worst first; those with few due tasks have no rank."""
    about = (
        "Hạng xếp trong cùng loại đơn vị, bằng nhau thì cùng hạng. "
        f"Dưới {FEW_TASKS} nhiệm vụ đến hạn thì không xếp hạng và xếp cuối."
    )
    with cards.box("Từng đơn vị, xếp từ thấp đến cao", about):
        tables.show(
            tables.ranked(frame),
            (
                Column("unit", "Đơn vị", pinned=True, width=160),
                Column("value", "Đúng hạn", formats.share, width=76),
                Column("change", "Thay đổi", formats.points, width=92, help="Thay đổi so với kỳ trước"),
                Column("on_time", "Xong", formats.number, width=56, help="Nhiệm vụ hoàn thành đúng hạn"),
                Column("due", "Đến hạn", formats.number, width=68),
                Column("overdue", "Quá hạn", formats.number, width=68),
                Column("rank", "Hạng", alignment="right", width=62, help="Hạng trong loại đơn vị"),
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
    soon_is = f"Sắp đến hạn: trong {ask(completion.soon_days)} ngày sau ngày chốt số liệu."
    with cards.box(title, f"Quá hạn lâu nhất xếp trước. {soon_is}"):
        tables.show(
            frame,
            (
                Column("unit", "Đơn vị", pinned=True, width=190),
                Column("title", "Nhiệm vụ", width=340),
                Column("state", "Tình trạng", signs=TASKS),
                Column("due_on", "Hạn", formats.date),
                Column("days", "Số ngày trễ", formats.number, help="Số âm là số ngày còn lại"),
                Column("progress", "Tiến độ", formats.share),
                Column("role", "Bộ phận chủ trì", width=230),
                Column("obstacle", "Vướng mắc", width=260),
            ),
            key="pressing", alt=title, rows=10,
            lead=links.unit_of_row,
        )  # fmt: skip


LACKING = {
    "no_title": "tên việc", "no_role": "bộ phận chủ trì", "no_person": "người chịu trách nhiệm", "no_date": "thời hạn",
    "no_result": "kết quả phải đạt",
}  # fmt: skip
"""What a task may lack of the "5 rõ": what, who, whose duty, by when, with what result."""


def unclear(frame: pd.DataFrame) -> None:
    """The tasks that lack one of the "5 rõ", most lacking first, and what each lacks."""
    if frame.empty:
        with cards.box("Mọi nhiệm vụ đều đủ “5 rõ”"):
            return
    title = f"{formats.number(frame['in_all'].iloc[0])} nhiệm vụ chưa đủ “5 rõ”"
    about = "Rõ người, rõ việc, rõ trách nhiệm, rõ thời gian, rõ kết quả. Thiếu nhiều xếp trước."
    rest = f" Hiện {formats.number(len(frame))} nhiệm vụ đầu." if len(frame) < frame["in_all"].iloc[0] else ""
    with cards.box(title, about + rest):
        tables.show(
            with_what_is_wanting(frame),
            (
                Column("unit", "Đơn vị", pinned=True, width=170),
                Column("title", "Nhiệm vụ", width=330),
                Column("wanting", "Còn thiếu", width=330),
                Column("state", "Tình trạng", signs=TASKS, width=180),
                Column("due_on", "Hạn", formats.date, width=96),
                Column("cell", "Ô", width=130),
            ),
            key="unclear", alt=title, rows=8, lead=links.unit_of_row,
        )  # fmt: skip


@remembered
def with_what_is_wanting(frame: pd.DataFrame) -> pd.DataFrame:
    """The tasks, each with what it lacks in words."""
    return frame.assign(
        wanting=[", ".join(words for name, words in LACKING.items() if row[name]) for row in formats.rows_of(frame)]
    )


def burn_up(history: pd.DataFrame, *, is_month: bool, height: int = 300) -> None:
    """Tasks done against tasks given, month by month; the last is named where the page is of a longer period."""
    drawn = burn_up_drawn(history, height)
    if not drawn:
        return
    last, title, figure = drawn
    title = title if is_month else f"{filters.month_name(last)}: {formats.inside(title)}"
    with cards.box(title, "Nhiệm vụ được giao và đã hoàn thành, lũy kế đến từng tháng theo báo cáo của tháng đó."):
        charts.show(figure, key="burn-up")


@remembered
def burn_up_drawn(history: pd.DataFrame, height: int) -> tuple[str, str, Drawn] | None:
    """The last month, what is then left to do in words, and the two counts as lines; None where there is no task."""
    past = history[history["indicator"] == "TC01"]
    if past.empty:
        return None
    left = past["denominator"].iloc[-1] - past["numerator"].iloc[-1]
    title = f"Còn {formats.of(left, past['denominator'].iloc[-1])} nhiệm vụ chưa hoàn thành"
    figure = charts.two_lines(past, "period", ("denominator", "được giao"), ("numerator", "hoàn thành"), height)
    return str(past["period"].iloc[-1]), title, charts.drawn(figure, f"{title}, theo tháng")
