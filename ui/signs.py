"""How a state is shown: a word, a sign and a colour together, never a colour alone."""

from __future__ import annotations

from typing import NamedTuple

from ui import theme


class Sign(NamedTuple):
    """One state, in words for a badge, for a cell and for a chart."""

    word: str
    mark: str
    icon: str
    badge: str
    chart: str
    tint: str


GOOD_TINT, WATCH_TINT, BAD_TINT, GREY_TINT, BLUE_TINT = "#1AA08A33", "#E08A1E3D", "#D13B3140", "#8090A02E", "#2F7FD033"
"""See-through colours for cells of tables, which look right on white and on dark."""

LEVELS = {
    "good": Sign("Đạt", "✓", ":material/check_circle:", "green", theme.NORMAL, GOOD_TINT),
    "watch": Sign("Cần theo dõi", "!", ":material/error:", "orange", theme.WATCH, WATCH_TINT),
    "bad": Sign("Chưa đạt", "✕", ":material/cancel:", "red", theme.BAD, BAD_TINT),
}
UNJUDGED = Sign("Không xếp loại", "–", ":material/remove:", "gray", theme.GREY, GREY_TINT)

REPORTS = {
    "on_time": Sign("Đúng hạn", "✓", ":material/check_circle:", "blue", theme.NORMAL, BLUE_TINT),
    "late": Sign("Nộp trễ", "!", ":material/schedule:", "orange", theme.WATCH, WATCH_TINT),
    "nothing": Sign("Không phát sinh", "0", ":material/check:", "gray", theme.SOFT, GREY_TINT),
    "returned": Sign("Bị trả lại", "↩", ":material/undo:", "violet", theme.RETURNED, "#8E5BA63D"),
    "missing": Sign("Chưa nộp", "✕", ":material/cancel:", "red", theme.BAD, BAD_TINT),
    "not_due": Sign("Chưa đến hạn", "·", ":material/hourglass_empty:", "gray", theme.GREY, "#00000000"),
}
CASES = {
    "returned": Sign("Chưa sửa", "↩", ":material/undo:", "violet", theme.RETURNED, "#8E5BA63D"),
    "missing": Sign("Chưa nộp", "✕", ":material/cancel:", "red", theme.BAD, BAD_TINT),
    "ending": Sign("Sắp hết gia hạn", "⧗", ":material/hourglass_bottom:", "blue", theme.NORMAL, BLUE_TINT),
    "late": Sign("Nộp trễ", "!", ":material/schedule:", "orange", theme.WATCH, WATCH_TINT),
}
RECEIVED = {
    "accepted": Sign("Đã ghi nhận", "✓", ":material/check_circle:", "green", theme.GOOD, GOOD_TINT),
    "returned": REPORTS["returned"],
    "missing": REPORTS["missing"],
}
CHANNELS = {
    "active": Sign("Có hoạt động", "●", "", "blue", theme.NORMAL, BLUE_TINT),
    "silent": Sign("Bắt buộc, chưa có sản phẩm", "✕", "", "red", theme.BAD, BAD_TINT),
    "free": Sign("Không bắt buộc", "·", "", "gray", theme.GREY, "#00000000"),
}
OUTCOMES = {
    "accepted": Sign("Hợp lệ", "✓", ":material/check_circle:", "green", theme.GOOD, GOOD_TINT),
    "asked": Sign("Cần xác nhận", "!", ":material/help:", "orange", theme.WATCH, WATCH_TINT),
    "overtaken": Sign("Có bản mới hơn", "⇄", ":material/sync_problem:", "violet", theme.RETURNED, "#8E5BA63D"),
    "in_part": Sign("Sửa một phần", "◐", ":material/rule:", "red", theme.BAD, BAD_TINT),
    "returned": Sign("Cần sửa", "✕", ":material/undo:", "red", theme.BAD, BAD_TINT),
    "unreadable": Sign("Không đọc được", "✕", ":material/cancel:", "red", theme.BAD, BAD_TINT),
    "duplicate": Sign("Đã nhận rồi", "=", ":material/content_copy:", "gray", theme.GREY, GREY_TINT),
}
TASKS = {
    "overdue": Sign("Quá hạn", "✕", "", "red", theme.BAD, BAD_TINT),
    "due_soon": Sign("Sắp đến hạn", "!", "", "orange", theme.WATCH, WATCH_TINT),
    "done_late": Sign("Hoàn thành trễ", "✓!", "", "orange", theme.WATCH, WATCH_TINT),
    "done_on_time": Sign("Hoàn thành đúng hạn", "✓", "", "green", theme.GOOD, GOOD_TINT),
    "in_progress": Sign("Đang thực hiện", "▸", "", "blue", theme.NORMAL, BLUE_TINT),
    "paused": Sign("Tạm dừng", "‖", "", "gray", theme.GREY, GREY_TINT),
    "cancelled": Sign("Đã hủy", "–", "", "gray", theme.GREY, GREY_TINT),
}
STATUSES = {
    "accepted": Sign("Đã ghi nhận", "✓", ":material/check_circle:", "green", theme.GOOD, GOOD_TINT),
    "late": Sign("Ghi nhận, nộp trễ", "!", ":material/schedule:", "orange", theme.WATCH, WATCH_TINT),
    "returned": Sign("Bị trả lại", "↩", ":material/undo:", "violet", theme.RETURNED, "#8E5BA63D"),
    "void": Sign("Đã hủy", "–", ":material/block:", "gray", theme.GREY, GREY_TINT),
}
SEVERITIES = {
    "error": Sign("Phải sửa", "✕", ":material/cancel:", "red", theme.BAD, BAD_TINT),
    "explain": Sign("Cần xác nhận", "!", ":material/help:", "orange", theme.WATCH, WATCH_TINT),
    "note": Sign("Lưu ý", "i", ":material/info:", "gray", theme.GREY, GREY_TINT),
}

SHARING = {
    "known": Sign("Có số liệu", "✓", ":material/check_circle:", "green", theme.GOOD, GOOD_TINT),
    "without": Sign("Chưa có số của chỉ tiêu này", "–", ":material/remove:", "gray", theme.GREY, GREY_TINT),
    "differing": Sign("Cách tính khác", "≠", ":material/difference:", "violet", theme.RETURNED, "#8E5BA63D"),
    "old": Sign("Chưa chia sẻ kỳ này", "!", ":material/schedule:", "orange", theme.WATCH, WATCH_TINT),
    "missing": Sign("Chưa chia sẻ", "✕", ":material/cancel:", "red", theme.BAD, BAD_TINT),
}


def marked(sign: Sign) -> str:
    """Mark and word, for a cell that shows both."""
    return f"{sign.mark} {sign.word}"
