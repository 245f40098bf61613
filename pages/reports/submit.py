"""Nộp báo cáo: drop many files, see what would become of each, then record, send back or leave out."""

import streamlit as st

from ui import page
from ui.parts import dropping, receipt, recording, start, tray
from ui.parts import receipts as show

recording.perform()
entries = tray.entries()
page.title(
    show.summary(entries) if entries else "Nộp báo cáo",
    "**Các tệp này chưa được lưu.** Chọn Ghi nhận, Trả lại hoặc Bỏ cho từng tệp, cho các tệp đã chọn, hoặc cho cả đợt."
    if entries
    else "Kéo thả các tệp vào ô dưới đây. Tệp được kiểm tra ngay; chỉ khi bấm **Ghi nhận** số liệu mới được lưu.",
)
dropping.top()
recording.done()

if entries:
    left, right = st.columns([7, 6], gap="small")
    with left:
        shown = show.desk(entries)
        receipt.whole_batch(entries)
    with right:
        receipt.show(*shown)
else:
    show.steps()
    start.clear_demonstration()
