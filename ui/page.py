"""The head and the foot of a page."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ui import filters, formats

SOURCE = (
    "Nguồn: báo cáo tháng của các đơn vị. Số liệu quản lý, không phải số liệu thống kê chính thức. "
    "Tỷ lệ chung bằng tổng tử số chia tổng mẫu số của các đơn vị có đủ hai số. "
    "Mức xếp loại là mặc định của hệ thống, chưa được Sở phê duyệt."
)

PROVISIONAL = "Số liệu tạm tính"


def title(finding: str, about: str = "") -> None:
    """The finding as the page's title, and what it is about below it. Above it stands where the reader is, and whether
    the numbers of the period may still change.
    """
    with st.container(gap=None):
        place = st.session_state.get(filters.PLACE, "")
        st.caption(f"{place} · {PROVISIONAL}" if filters.provisional() else place)
        st.title(finding, anchor=False)
        if about:
            st.markdown(about)


def within(about: str) -> str:
    """What a page is about, with the choice of units before it where there is one."""
    chosen = filters.in_words()
    return f"**{formats.plain(chosen)}.** {about}".strip() if chosen else about


def provisional(now: pd.Series[Any]) -> None:
    """While the period is open: numbers may change, nothing is judged."""
    if filters.provisional():
        st.info(
            f"Số liệu tạm tính: đã nhận {formats.of(now['received'], now['owed'])} báo cáo, còn nhận đến hết "
            f"ngày {formats.date(filters.due_at())}. Chưa xếp loại.",
            icon=":material/hourglass_empty:",
        )


def nothing(what: str) -> None:
    """No data for this choice of period and units."""
    st.info(f"Chưa có {what} trong phạm vi đã chọn. Chọn kỳ khác hoặc bỏ bớt điều kiện lọc.", icon=":material/inbox:")


def note(sentence: str) -> None:
    """Something the reader should know before the numbers."""
    st.info(sentence, icon=":material/inbox:")


def source() -> None:
    """Where the numbers come from and how they are made."""
    st.caption(SOURCE)
