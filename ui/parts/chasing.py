"""Whom to remind: the list, a message for each unit, and what units get wrong most often."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from ui import cards, choosing, filters, formats, links, messages, tables
from ui.remembering import remembered
from ui.signs import CASES
from ui.tables import Column
from ui.telling import told

EVERYONE = "Tất cả"
COUNTED = "số kỳ gặp lỗi trên số kỳ đã nộp trong 12 tháng; gồm cả điểm cần xác nhận."


def reminders(cases: pd.DataFrame, faults: pd.DataFrame, wordings: Mapping[str, str]) -> None:
    """The units to be reminded beside the message for one of them; then all messages together."""
    wanted = chosen_state()
    shown = cases[cases["state"] == wanted] if wanted else cases
    if shown.empty:
        with cards.box("Không có đơn vị nào cần nhắc", "Đơn vị đang trong thời gian gia hạn không bị đôn đốc."):
            return
    texts = all_messages(shown, faults, wordings, filters.choice().name)
    with st.grid(2, min_column_width=cards.GRID_BOXES):
        listed(shown)
        one(shown, texts)


@remembered
def all_messages(cases: pd.DataFrame, faults: pd.DataFrame, wordings: Mapping[str, str], period: str) -> dict[str, str]:
    """The message for each unit."""
    return messages.all_of(cases, faults, wordings, period)


def chosen_state() -> str:
    """The kind of case the reader looks at, "" for all; written in the address."""
    words = {EVERYONE: "", **{sign.word: state for state, sign in CASES.items()}}
    chosen = st.segmented_control(
        "Trường hợp", list(words), default=EVERYONE, key=choosing.CASE, label_visibility="collapsed",
        bind="query-params", required=True,
    )  # fmt: skip
    return words.get(str(chosen), "")


def listed(cases: pd.DataFrame) -> None:
    """The units, those to be urged first."""
    counts = cases["state"].value_counts()
    kinds = ", ".join(f"{counts[state]} {sign.word.lower()}" for state, sign in CASES.items() if state in counts)
    with cards.box(f"{len(cases)} đơn vị cần nhắc", f"{kinds}. Không gồm đơn vị đang được gia hạn, trừ khi sắp hết."):
        tables.show(
            cases,
            (
                Column("unit", "Đơn vị", pinned=True, width=170),
                Column("state", "Trường hợp", signs=CASES, width=150),
                Column("days", "Số ngày", formats.number, width=74, help="Từ khi trả lại, quá hạn, còn lại hoặc trễ"),
                Column("due_at", "Hạn nộp", formats.date, width=96),
                Column("errors", "Lỗi phải sửa", formats.number, width=96),
            ),
            key="don-doc", alt="Danh sách đơn vị cần đôn đốc", rows=10, lead=links.unit_of_row,
        )  # fmt: skip


def one(cases: pd.DataFrame, texts: Mapping[str, str]) -> None:
    """The message for one unit, to be copied; and those for all."""
    names = dict(zip(cases["unit_code"], cases["unit"], strict=True))
    with cards.box("Lời nhắc gửi đơn vị", "Bấm nút ở góc phải khung để sao chép, rồi dán vào Zalo hoặc thư điện tử."):
        code = choosing.one_of("Gửi", choosing.REMINDED, names, 320, first=next(iter(names)))
        with st.container(key="reminder"):
            st.code(texts[code], language=None, wrap_lines=True, height=300)
        every = messages.BETWEEN.join(texts.values())
        name = f"loi-nhac-{filters.chosen().period}.txt"
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.caption("Câu chữ do Sở sửa trong danh mục (messages.csv).", width="content")
            st.download_button(
                f"Tải {len(texts)} lời nhắc (.txt)", data=told(lambda: every, name), file_name=name,
                icon=":material/download:", key="all-reminders", on_click="ignore", type="tertiary",
            )  # fmt: skip
        together = st.expander(f"Sao chép cả {len(texts)} lời nhắc một lần", icon=":material/content_copy:")
        with together, st.container(key="reminders"):
            st.code(every, language=None, wrap_lines=True, height=320)


def frequent(frame: pd.DataFrame) -> None:
    """What each unit got wrong most often in the months shown."""
    if frame.empty:
        with cards.box("Không đơn vị nào có lỗi trong 12 tháng qua"):
            return
    title = f"Lỗi hay gặp của {frame['unit_code'].nunique()} đơn vị"
    with cards.box(title, f"Ba lỗi nhiều nhất của mỗi đơn vị: {COUNTED}"):
        fault_table(frame, (Column("unit", "Đơn vị", pinned=True, width=180),))


def frequent_of(frame: pd.DataFrame, unit_code: str) -> None:
    """What one unit got wrong most often, where it got anything wrong."""
    mine = frame[frame["unit_code"] == unit_code]
    if not mine.empty:
        with cards.box("Lỗi hay gặp trong 12 tháng", f"Ba lỗi nhiều nhất: {COUNTED}"):
            fault_table(mine, ())


def fault_table(frame: pd.DataFrame, whose: tuple[Column, ...]) -> None:
    """Faults with how many reports had them."""
    tables.show(
        counted(frame),
        (
            *whose,
            Column("times", "Số kỳ gặp", width=90, alignment="right"),
            Column("fault", "Lỗi", width=620),
            Column("rule_id", "Quy tắc", width=80),
        ),
        key="frequent-faults", alt="Lỗi hay gặp trong 12 tháng", rows=8, lead=links.unit_of_row if whose else None,
    )  # fmt: skip


@remembered
def counted(frame: pd.DataFrame) -> pd.DataFrame:
    """The faults with "2/12" in how many reports."""
    pairs = zip(frame["reports"], frame["received"], strict=True)
    return frame.assign(times=[formats.of(reports, received) for reports, received in pairs])
