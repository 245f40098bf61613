"""Extensions: give one to some units or to all that are missing, see those in force, take one back."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from etl import extend_deadline, may, take_back_extension, working_day_after
from ui import ask, cards, filters, formats, links, tables
from ui.parts import deciding
from ui.signs import RECEIVED
from ui.tables import Column

GIVE, TAKE = "extend", "take-back"
DAYS = 3
"""Working days that an extension gives unless somebody says otherwise."""


def form(owing: pd.DataFrame) -> None:
    """One unit, a selection, or all that have no accepted report yet; until the end of a day."""
    names = dict(zip(owing["unit_code"], owing["unit"], strict=True))
    absent = list(owing.loc[~owing["accepted"], "unit_code"])
    due = filters.due_at().date()
    about = f"Hạn chung: hết ngày {formats.date(due)}. Đơn vị được gia hạn không bị đôn đốc và vẫn tính đúng hạn."
    with cards.box(f"Gia hạn nộp báo cáo {filters.period_name().lower()}", about):
        if not deciding.allowed():
            return
        key = deciding.name_of(GIVE)
        with st.form(key, border=False):
            with st.container(horizontal=True, vertical_alignment="bottom"):
                chosen = st.multiselect(
                    "Đơn vị", list(names), format_func=lambda code: names[code], key=f"{key}-units",
                    placeholder="Chọn một hoặc nhiều đơn vị", select_all=False,
                )  # fmt: skip
                until = st.date_input(
                    "Gia hạn đến hết ngày", value=working_day_after(max(due, ask.today()), DAYS), key=f"{key}-until",
                    min_value=due + dt.timedelta(days=1), format="DD/MM/YYYY", width=180,
                )  # fmt: skip
            every = bool(absent) and st.checkbox(
                f"Tất cả {len(absent)} đơn vị chưa có báo cáo được ghi nhận", key=f"{key}-all"
            )
            signature = deciding.signed(GIVE, "Gia hạn", ":material/more_time:", hint="Ví dụ: mưa bão, mất điện")
        units = absent if every else chosen
        if signature.pressed and not units:
            st.error("Chọn đơn vị được gia hạn.", icon=":material/error:")
            return
        deciding.decide(
            GIVE, signature,
            lambda: extend_deadline(
                units, filters.chosen().months[-1], until, signature.reason, signature.by, data=ask.folder()
            ),
            f"Đã gia hạn cho {len(units)} đơn vị đến hết ngày {formats.date(until)}.",
        )  # fmt: skip


def in_force(frame: pd.DataFrame) -> None:
    """The extensions there are, and a form to take some back."""
    if frame.empty:
        with cards.box("Chưa gia hạn cho đơn vị nào trong kỳ này"):
            return
    with cards.box(f"{len(frame)} đơn vị đang được gia hạn", "Mọi lần gia hạn và bỏ gia hạn đều ghi vào nhật ký."):
        tables.show(
            frame,
            (
                Column("unit", "Đơn vị", pinned=True, width=200),
                Column("due_at", "Đến hết", formats.moment, width=170),
                Column("state", "Báo cáo", signs=RECEIVED, width=140),
                Column("reason", "Lý do", width=420),
            ),
            key="extensions", alt="Các đơn vị được gia hạn", rows=8, lead=links.unit_of_row,
        )  # fmt: skip
        if filters.closing() is None and may("decide"):
            taking_back(frame)


def taking_back(frame: pd.DataFrame) -> None:
    """A form that holds units to the deadline of all again."""
    names = dict(zip(frame["unit_code"], frame["unit"], strict=True))
    key = deciding.name_of(TAKE)
    with st.expander("Bỏ gia hạn", icon=":material/undo:"), st.form(key, border=False):
        units = st.multiselect(
            "Đơn vị", list(names), format_func=lambda code: names[code], key=f"{key}-units",
            placeholder="Chọn đơn vị", select_all=False,
        )  # fmt: skip
        signature = deciding.signed(TAKE, "Bỏ gia hạn", ":material/undo:")
    if signature.pressed and not units:
        st.error("Chọn đơn vị bỏ gia hạn.", icon=":material/error:")
        return
    deciding.decide(
        TAKE, signature,
        lambda: take_back_extension(
            units, filters.chosen().months[-1], signature.reason, signature.by, data=ask.folder()
        ),
        f"Đã bỏ gia hạn của {len(units)} đơn vị.",
    )  # fmt: skip
