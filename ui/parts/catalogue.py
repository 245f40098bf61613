"""The lists of the catalogue, as they were loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ui import cards, formats, tables
from ui.tables import Column

NAMES = {
    "indicator": "Chỉ tiêu", "target": "Mục tiêu", "rating_scheme": "Mức xếp loại", "rule": "Quy tắc kiểm tra",
    "unit": "Đơn vị", "channel": "Kênh", "period": "Kỳ báo cáo", "duty": "Nghĩa vụ báo cáo",
}  # fmt: skip
HEADINGS = {
    "unit_code": "Mã đơn vị", "full_name": "Tên đơn vị", "kind": "Loại", "old_district": "Huyện cũ",
    "valid_from": "Từ ngày",
    "valid_to": "Đến ngày", "source": "Nguồn", "source_class": "Mức tin cậy", "channel_code": "Mã kênh",
    "parent_code": "Thuộc nhóm", "name": "Tên", "count_unit": "Đơn vị tính", "obligation": "Mức bắt buộc",
    "condition": "Điều kiện", "indicator": "Chỉ tiêu", "group_name": "Chủ đề", "numerator": "Tử số",
    "denominator": "Mẫu số", "unit": "Đơn vị tính", "min_denominator": "Mẫu số tối thiểu", "scheme": "Cách xếp loại",
    "caveat": "Lưu ý", "target_id": "Mã mục tiêu", "subject": "Nội dung", "operator": "So sánh", "value": "Giá trị",
    "due": "Mốc", "usage": "Cách dùng", "document": "Văn bản", "note": "Ghi chú", "level": "Mức", "label": "Tên mức",
    "low": "Từ", "high": "Đến", "relative": "So với", "rule_id": "Mã", "form_id": "Biểu mẫu", "sheet": "Sheet",
    "severity": "Mức độ", "expression": "Biểu thức", "message": "Nội dung báo", "fix": "Cách sửa", "basis": "Căn cứ",
    "enforce_from": "Bắt buộc từ", "period": "Kỳ", "date_from": "Từ ngày", "date_to": "Đến ngày", "due_at": "Hạn nộp",
    "convention": "Cách tính kỳ", "period_kind": "Loại kỳ",
}  # fmt: skip
WORDS: Mapping[str, str] = {
    "error": "Phải sửa", "explain": "Cần xác nhận", "note": "Lưu ý", "flow": "Số phát sinh", "stock": "Lũy kế",
    "colour": "Xếp loại", "line": "Mốc về sau", "reference": "Tham khảo", "unverified": "Chờ xác minh",
    "conditional": "Bắt buộc có điều kiện", "core": "Bắt buộc", "legacy": "Kênh cũ", "extra": "Không bắt buộc",
    "month": "Tháng", "quarter": "Quý", "half": "Nửa năm", "nine_months": "9 tháng",
    "year": "Năm", "target": "Mục tiêu", "good": "Đạt", "watch": "Cần theo dõi", "bad": "Chưa đạt",
    "grey": "Không xếp loại", ">=": "≥", "<=": "≤", **formats.KIND_NAMES,
}  # fmt: skip
"""What the codes of the catalogue mean, in the columns that hold nothing else."""
CODED = frozenset({
    "severity", "kind", "usage", "obligation", "period_kind", "relative", "level", "operator",
})  # fmt: skip
NUMBERS = frozenset({"value", "low", "high", "min_denominator"})
DATES = frozenset({"valid_from", "valid_to", "date_from", "date_to"})
MOST_WIDTH, LEAST_WIDTH, LETTER = 360, 90, 8


def choice() -> str:
    """The list the reader chose."""
    chosen = st.segmented_control(
        "Danh mục", list(NAMES), default="indicator", format_func=lambda one: NAMES[one], key="danh-muc",
        label_visibility="collapsed", required=True, bind="query-params",
    )  # fmt: skip
    return str(chosen)


def listed(frame: pd.DataFrame, name: str) -> None:
    """One list in full; what is only the system's default is said."""
    about = (
        "Mức tin cậy: A là theo văn bản gốc; B là theo nguồn dẫn lại; C là theo địa phương khác hoặc năm trước; D là "
        "chưa kiểm chứng; P là mặc định của hệ thống. D và P chờ Sở quyết định."
    )
    frame = frame.assign(**{one: frame[one].map(meaning, na_action="ignore") for one in frame if one in CODED})
    with cards.box(f"{NAMES[name]}: {formats.number(len(frame))} dòng", about):
        columns = [
            Column(
                name, HEADINGS.get(name, name), writer(name), pinned=place == 0,
                width=width(frame[name], HEADINGS.get(name, name)),
            )
            for place, name in enumerate(map(str, frame))
        ]  # fmt: skip
        tables.show(frame, columns, key=f"catalogue-{name}", alt=f"Danh mục {NAMES[name]}", rows=18)


def writer(name: str) -> Callable[[Any], str] | None:
    """How the values of a column are written; None as they are."""
    if name in NUMBERS:
        return formats.shortly
    return formats.date if name in DATES else formats.moment if name == "due_at" else None


def meaning(code: object) -> Any:
    """A code in words, as it is where it has none."""
    return WORDS.get(str(code), code)


def width(column: pd.Series, heading: str) -> int:
    """Wide enough for most values and the heading, within reason."""
    longest = int(column.dropna().astype(str).str.len().quantile(0.8)) if column.notna().any() else 0
    longest = max(longest, len(heading))
    return max(LEAST_WIDTH, min(MOST_WIDTH, longest * LETTER + 20))
