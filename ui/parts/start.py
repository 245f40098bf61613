"""The first steps with an empty warehouse."""

from __future__ import annotations

import streamlit as st

from etl import clear_demo, load_demo, may
from queries import choices
from ui import ask, cards

STEPS = (
    (
        "1. Phát mẫu báo cáo",
        "Tạo mẫu Excel ghi sẵn tên đơn vị và kỳ, rồi gửi cho các đơn vị điền.",
        "python -m etl template --all --period {period} --out mau-bao-cao",
    ),
    (
        "2. Nhận và kiểm tra",
        "Kéo thả các tệp nhận được vào trang **Nộp báo cáo**: từng tệp được kiểm tra ngay, chỉ rõ ô sai và cách sửa; "
        "tệp hợp lệ mới được ghi nhận.",
        "",
    ),
    (
        "3. Xem và đôn đốc",
        "Trang **Tổng quan** cho biết chỉ tiêu nào đạt, đơn vị nào cần đôn đốc; **Tình hình nộp** cho biết đơn vị nào "
        "chưa nộp.",
        "",
    ),
)
DEMO_MONTHS, DEMO_SEED = 12, 57


def welcome() -> None:
    """What this is, and the three steps."""
    st.title("Bắt đầu theo dõi Nghị quyết 57", anchor=False)
    st.markdown("Chưa có báo cáo nào được ghi nhận. Ba bước đầu tiên:")
    with st.grid(3, min_column_width=300):
        for title, text, command in STEPS:
            with cards.box(title):
                st.markdown(text)
                if command:
                    st.code(command.format(period=f"{ask.today():%Y-%m}"), language=None, wrap_lines=True)
    st.page_link("pages/reports/submit.py", label="Đến trang Nộp báo cáo", icon=":material/upload_file:")


def demonstration() -> None:
    """A button that fills the warehouse with demonstration data, through the same door as any file; none for those
    whose role does not allow it.
    """
    if not may("manage"):
        return
    with cards.box(
        "Xem thử với dữ liệu minh họa",
        f"Hệ thống tạo báo cáo của các đơn vị trong {DEMO_MONTHS} tháng và nạp như báo cáo thật. Mất vài phút.",
    ):
        if st.button("Tạo dữ liệu minh họa", type="primary", icon=":material/science:", key="make-demo"):
            make_demo()
            st.rerun()


def clear_demonstration() -> None:
    """While demonstration data is shown: a button that takes it away, and asks once more; none for those whose role
    does not allow it.
    """
    if not may("manage") or ask.is_empty() or not ask.ask(choices.freshness)["demo"].iloc[0]:
        return
    with cards.box("Đang có dữ liệu minh họa", "Xóa trước khi dùng thật; báo cáo thật đã nộp được giữ nguyên."):
        sure = st.checkbox("Tôi muốn xóa toàn bộ dữ liệu minh họa", key="sure-to-clear")
        if st.button("Xóa dữ liệu minh họa", icon=":material/delete:", disabled=not sure, key="clear-demo"):
            with st.spinner("Đang xóa…"):
                clear_demo(ask.folder())
            st.rerun()


def make_demo() -> None:
    """Make and load the demonstration data, telling how far it is."""
    bar = st.progress(0.0, text="Đang chuẩn bị…")

    def progress(done: int, total: int, name: str) -> None:
        bar.progress(min(1.0, done / max(1, total)), text=f"Đã làm {done}/{total} tệp")

    load_demo(ask.folder(), units=None, months=DEMO_MONTHS, seed=DEMO_SEED, progress=progress)
