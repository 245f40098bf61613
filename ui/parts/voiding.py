"""To void one submission: it stays in the record and counts for nothing."""

from __future__ import annotations

import streamlit as st

from etl import may, void_submission
from ui import ask, filters, formats
from ui.formats import Row
from ui.parts import deciding

VOID = "void"


def offer(row: Row, unit: str, period: str) -> None:
    """A button that asks why before a submission is voided; none for one that is void, of a frozen state, or for
    somebody whose role does not allow it.
    """
    if row["status"] == "void" or filters.closing() is not None or not may("decide"):
        return
    if st.button(
        "Hủy lần nộp", icon=":material/block:", type="tertiary", key=f"void-{row['form_id']}-{row['version']}"
    ):
        question(row, unit, period)


@st.dialog("Hủy lần nộp", icon=":material/block:")
def question(row: Row, unit: str, period: str) -> None:
    """Why, and by whom."""
    st.markdown(
        f"Lần nộp **{row['version']}** ({formats.plain(row['file_name'])}) vẫn được lưu nhưng không còn được tính. "
        "Lần đã ghi nhận trước đó, nếu có, trở lại có hiệu lực. Việc này ghi vào nhật ký và không hoàn tác được."
    )
    with st.form(deciding.name_of(VOID), border=False, enter_to_submit=False):
        signature = deciding.signed(VOID, "Hủy lần nộp", ":material/block:", hint="Ví dụ: gửi nhầm tệp")
    key, version = (unit, period, str(row["form_id"])), int(row["version"])
    deciding.decide(
        VOID, signature,
        lambda: void_submission(key, version, signature.reason, signature.by, ask.folder()),
        f"Đã hủy lần nộp {version}.",
    )  # fmt: skip
