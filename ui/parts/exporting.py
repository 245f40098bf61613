"""What may be taken along as documents: one click each, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from ui import cards
from ui.taking import XLSX
from ui.telling import told

KINDS = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ":material/description:"),
    "xlsx": (XLSX, ":material/table_view:"),
    "html": ("text/html", ":material/web:"),
    "zip": ("application/zip", ":material/folder_zip:"),
}
"""What browsers call a file of each ending, and the sign of its button."""


ABOUT = {
    "bao-cao.docx": ("Báo cáo Word", "Báo cáo của Sở gửi UBND thành phố, thể thức theo Nghị định 30/2020/NĐ-CP."),
    "tong-hop.xlsx": ("Tệp Excel tổng hợp", "Mọi chỉ tiêu của mọi đơn vị, kèm tử số, mẫu số, biểu đồ, định nghĩa."),
    "hop.zip": ("Bộ tài liệu họp", "Báo cáo Word, tệp Excel và trang tổng quan trong một tệp nén."),
    "tong-quan.html": ("Trang tổng quan", "Một tệp HTML, mở bằng trình duyệt không cần mạng."),
    "bieu-06.xlsx": ("Biểu 06/VPCP/KSTT", "Tình hình, kết quả giải quyết thủ tục hành chính của các đơn vị."),
    "du-lieu-mo.zip": ("Dữ liệu mở", "CSV, Parquet kèm từ điển số liệu; chỉ gồm số tổng hợp."),
    "don-doc.docx": (
        "Công văn đôn đốc",
        "Gửi đơn vị chưa nộp, nộp trễ, bị trả lại; không gồm đơn vị được gia hạn.",
    ),
    "don-doc.zip": ("Bộ đôn đốc", "Công văn kèm lời nhắc cho từng đơn vị, sẵn để dán vào Zalo hoặc thư điện tử."),
}
"""What each document is and what for, by the name of its file without the period."""


def offers(some: Mapping[str, Callable[[], bytes]], period: str) -> None:
    """A card for each document, with its button."""
    with st.grid(3, min_column_width=cards.GRID_CARDS):
        for name, make in some.items():
            stem, _, ending = name.partition(".")
            with cards.box(*ABOUT[name], apart=True):
                taken("Tải về", f"{stem}-{period}.{ending}", make)


def taken(label: str, file_name: str, make: Callable[[], bytes]) -> None:
    """The button that makes a document and hands it over."""
    kind, icon = KINDS[file_name.rpartition(".")[2]]
    st.download_button(
        label, data=told(make, file_name), file_name=file_name, mime=kind, icon=icon,
        key=f"offer-{file_name}", on_click="ignore", help=f"Lập và tải {file_name}",
    )  # fmt: skip
