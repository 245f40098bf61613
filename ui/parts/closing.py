"""Closing a period: freeze its figures under a name, and see what changed since."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from etl import close_period
from queries import settled
from ui import ask, cards, choosing, filters, formats, links, tables
from ui.formats import Row
from ui.parts import deciding
from ui.remembering import remembered
from ui.tables import Column

CLOSE = "close"
ACTIONS = {
    "accepted": "Nộp và được ghi nhận", "returned": "Nộp, bị trả lại", "void": "Hủy lần nộp", "extend": "Gia hạn",
    "explain": "Giải trình",
}  # fmt: skip
BY_CATALOGUE = "Danh mục hoặc cách tính thay đổi"


def all_of(closings: pd.DataFrame, now: pd.Series[Any]) -> None:
    """The form, the closings there are, and what changed since one of them."""
    form(closings, now)
    listed(closings)
    adjustments(closings)


def form(closings: pd.DataFrame, now: pd.Series[Any]) -> None:
    """A name, a purpose, a person; what is missing is said first."""
    accepted, owed = now["on_time"] + now["late"], now["owed"]
    about = (
        f"Giữ nguyên số liệu dùng để công bố. Hiện có {formats.of(accepted, owed)} báo cáo được ghi nhận. "
        "Sau khi chốt vẫn nhận tệp, nhưng mỗi thay đổi là một điều chỉnh sau chốt."
    )
    with cards.box(f"Chốt kỳ {filters.period_name().lower()}", about):
        if not deciding.allowed("freeze"):
            return
        key = deciding.name_of(CLOSE)
        suggested = f"Số liệu {filters.choice().name.lower()}" + (f", lần {len(closings) + 1}" if len(closings) else "")
        with st.form(key, border=False):
            name = st.text_input("Tên lần chốt", value=suggested, key=f"{key}-name", max_chars=80)
            signature = deciding.signed(
                CLOSE, "Chốt kỳ", ":material/lock:", "Dùng để làm gì", "Ví dụ: báo cáo UBND thành phố"
            )
        deciding.decide(
            CLOSE, signature,
            lambda: close_period(filters.chosen().period, name, signature.reason, signature.by, ask.folder()),
            f"Đã chốt kỳ dưới tên “{name.strip()}”.",
        )  # fmt: skip


def listed(closings: pd.DataFrame) -> None:
    """The closings of the period, the latest first."""
    if closings.empty:
        with cards.box("Kỳ này chưa chốt", "Số liệu trên các trang là số liệu hiện hành."):
            return
    about = "Xem lại đúng như lúc chốt: chọn tên lần chốt ở ô Số liệu trên thanh lọc."
    with cards.box(f"Đã chốt {len(closings)} lần", about):
        tables.show(
            with_reports(closings),
            (
                Column("name", "Tên", pinned=True, width=280),
                Column("at", "Lúc", formats.moment, width=160),
                Column("actor", "Người chốt", width=140),
                Column("reports", "Báo cáo", width=80, alignment="right"),
                Column("adjustments", "Điều chỉnh", formats.number, width=90),
                Column("reason", "Dùng để", width=260),
            ),
            key="closings", alt="Các lần chốt kỳ", rows=6,
        )  # fmt: skip


@remembered
def with_reports(closings: pd.DataFrame) -> pd.DataFrame:
    """The closings with "108/115" reports accepted."""
    pairs = zip(closings["accepted"], closings["owed"], strict=True)
    return closings.assign(reports=[formats.of(accepted, owed) for accepted, owed in pairs])


def adjustments(closings: pd.DataFrame) -> None:
    """What happened since a closing, and which figures say something else now: old, new, and why."""
    if closings.empty:
        return
    names = dict(zip(closings["closing"], closings["name"], strict=True))
    st.markdown("#### Điều chỉnh sau chốt", anchors=False)
    closing = next(iter(names))
    if len(names) > 1:
        closing = choosing.one_of("So với lần chốt", choosing.COMPARED, names, 420, first=closing)
    scope = filters.chosen()
    done = ask.ask_now(settled.adjustments, closing, scope)
    if done.empty and ask.ask_now(settled.moved, closing, scope).empty:
        st.caption("Chưa có điều chỉnh nào: số liệu hiện hành đúng như lúc chốt.")
        return
    with st.grid(2, min_column_width=cards.GRID_BOXES):
        events(done)
        city(ask.ask_now(settled.moved, closing, scope))
    units(ask.ask_now(settled.moved_of_units, closing, scope))


def events(frame: pd.DataFrame) -> None:
    """Files and decisions since the closing."""
    with cards.box(f"{len(frame)} việc đã làm sau chốt", "Mới nhất xếp trước."):
        tables.show(
            in_words(frame),
            (
                Column("unit", "Đơn vị", pinned=True, width=170),
                Column("what", "Việc", width=190),
                Column("reason", "Lý do", width=240),
                Column("actor", "Người thực hiện", width=130),
                Column("at", "Lúc", formats.moment, width=160),
            ),
            key="adjustments", alt="Điều chỉnh sau chốt", rows=8, lead=links.unit_of_row,
        )  # fmt: skip


@remembered
def in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """What happened, in words."""
    return frame.assign(what=[action(row) for row in formats.rows_of(frame)])


def action(row: Row) -> str:
    """ "Nộp và được ghi nhận (lần 3)"."""
    version = "" if formats.is_missing(row["version"]) else f" (lần {formats.number(row['version'])})"
    return ACTIONS.get(str(row["action"]), str(row["action"])) + version


def city(frame: pd.DataFrame) -> None:
    """Indicators over all units, then and now."""
    with cards.box(f"{len(frame)} chỉ tiêu chung thay đổi", "Tính trên mọi đơn vị đã chọn, khi chốt và hiện hành."):
        tables.show(
            written(frame),
            (
                Column("name", "Chỉ tiêu", pinned=True, width=260),
                Column("before", "Khi chốt", width=96, alignment="right"),
                Column("after", "Hiện hành", width=96, alignment="right"),
                Column("units", "Số đơn vị", formats.number, width=84),
            ),
            key="moved-city", alt="Chỉ tiêu chung thay đổi sau chốt", rows=8,
            lead=lambda row: links.to_cells(str(row["indicator"])),
        )  # fmt: skip


def units(frame: pd.DataFrame) -> None:
    """Indicators unit by unit, then and now, with the reason."""
    with cards.box(f"{formats.number(len(frame))} giá trị của đơn vị thay đổi", "Cũ, mới và lý do."):
        tables.show(
            written(frame),
            (
                Column("unit", "Đơn vị", pinned=True, width=180),
                Column("name", "Chỉ tiêu", width=320),
                Column("before", "Khi chốt", width=96, alignment="right"),
                Column("after", "Hiện hành", width=96, alignment="right"),
                Column("why", "Lý do", width=300),
            ),
            key="moved-units", alt="Giá trị của đơn vị thay đổi sau chốt", rows=10,
            lead=lambda row: links.to_cells(str(row["indicator"]), str(row["unit"])),
        )  # fmt: skip


@remembered
def written(frame: pd.DataFrame) -> pd.DataFrame:
    """Both values as their indicator is written; where no report changed, it was the catalogue."""
    rows = formats.rows_of(frame)
    return frame.assign(
        before=[formats.amount(row["closed"], row["unit_of"]) for row in rows],
        after=[formats.amount(row["value"], row["unit_of"]) for row in rows],
        why=[BY_CATALOGUE if formats.is_missing(row.get("reason")) else row["reason"] or formats.NONE for row in rows],
    )
