"""What is said of the totals that provinces share with the nation."""

from __future__ import annotations

NOT_A_SUMMARY = "Tệp không phải số tổng hợp của tỉnh, hoặc bị sửa, bị cắt. Lập lại bằng lệnh share."
TOO_LARGE = "Tệp quá lớn, không phải số tổng hợp của tỉnh."
NOT_NATIONAL = (
    "Danh mục đang dùng không phải danh mục toàn quốc (thiếu provinces.csv). Lập bằng lệnh catalogue import --nation, "
    "rồi đặt NQ57_CATALOGUE."
)
TOO_NEW = "Số tổng hợp của “{}” ghi thời điểm lập sau hôm nay. Kiểm tra đồng hồ máy của tỉnh rồi lập lại."


def not_listed(authority: str) -> str:
    """A province that the national catalogue does not have."""
    return f"“{authority}” không có trong danh sách tỉnh (provinces.csv). Thêm dòng cho tỉnh này hoặc kiểm tra lại tệp."


def older(authority: str) -> str:
    """What is there is newer."""
    return f"Số tổng hợp của “{authority}” cũ hơn bản đang có; giữ bản đang có."
