"""The words of the audit: kinds of events, who did them, and what changed, as people read them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping

from ui import formats
from ui.formats import Row

ACTIONS = {
    "received": "Nhận tệp", "accepted": "Ghi nhận báo cáo", "returned": "Trả lại báo cáo",
    "unreadable": "Tệp không đọc được", "duplicate": "Tệp đã nhận rồi", "void": "Hủy lần nộp", "extend": "Gia hạn",
    "explain": "Giải trình", "close": "Chốt kỳ", "catalogue": "Đổi danh mục", "access": "Đổi quyền truy cập",
    "exported": "Xuất dữ liệu", "shared": "Chia sẻ số tổng hợp", "gathered": "Nhận số tổng hợp của tỉnh",
    "signed_in": "Đăng nhập", "signed_out": "Đăng xuất", "refused": "Từ chối đăng nhập",
    "not_allowed": "Không đủ quyền", "backup": "Sao lưu", "restored": "Khôi phục", "repaired": "Tự sửa dữ liệu",
    "demo_cleared": "Xóa dữ liệu minh họa",
}  # fmt: skip
ACTORS = {
    "access.csv": "Tệp access.csv",
    "catalogue": "Tệp danh mục",
    "system": "Hệ thống",
    "demo": "Dữ liệu minh họa",
    "page": "Trang web",
}
WRITES = {
    "submit_paths": "Nộp báo cáo", "settle_files": "Ghi nhận báo cáo", "void_submission": "Hủy lần nộp",
    "extend_deadline": "Gia hạn", "take_back_extension": "Bỏ gia hạn", "explain_findings": "Giải trình",
    "close_period": "Chốt kỳ", "rebuild": "Dựng lại kho số liệu", "load_demo": "Tạo dữ liệu minh họa",
    "clear_demo": "Xóa dữ liệu minh họa", "backup": "Sao lưu", "restore": "Khôi phục",
}  # fmt: skip
NAMES = {
    "state": "kết quả", "on_time": "đúng hạn", "due_at": "hạn nộp", "version": "lần nộp", "until": "đến", "name": "tên",
    "rule_id": "quy tắc", "sheet": "sheet", "cell": "ô", "cause": "dòng, cột", "value": "giá trị",
}  # fmt: skip
VALUES: Mapping[object, str] = {
    "accepted": "đã ghi nhận", "returned": "bị trả lại", "missing": "chưa nộp", True: "có", False: "không",
    None: formats.NONE, "admin": "quản trị", "analyst": "chuyên viên tổng hợp", "monitor": "phòng chuyên môn",
    "leader": "lãnh đạo", "unit": "đơn vị báo cáo",
}  # fmt: skip
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d")
VERSION = re.compile(r"v\d+")
WHOLE_CATALOGUE = "Cả danh mục (mã băm)"
MORE_REFUSALS = "và {} lần khác trong một giờ"


def actor(name: object) -> str:
    """Who did it."""
    return formats.NONE if formats.is_missing(name) or not name else ACTORS.get(str(name), str(name))


def content(row: Row) -> str:
    """What it was about, but for the unit and the period."""
    subject = "" if formats.is_missing(row["subject"]) else str(row["subject"])
    if row["action"] == "refused" and not row["actor"]:
        return MORE_REFUSALS.format(row["detail"])
    if row["action"] == "close":
        return said(row["detail"])
    if row["action"] == "catalogue" and not subject:
        return WHOLE_CATALOGUE
    if row["action"] == "not_allowed":
        return WRITES.get(subject, subject)
    return str(row["form_id"]) if row["unit_code"] and row["form_id"] else subject


def said(text: object) -> str:
    """A state as people read it: "kết quả: đã ghi nhận; lần nộp: 2"; other text as it is."""
    if formats.is_missing(text) or not text:
        return ""
    try:
        held = json.loads(str(text)) if str(text).startswith("{") else None
    except ValueError:
        held = None
    if not isinstance(held, dict):
        return value_of(str(text))
    return "; ".join(f"{NAMES.get(name, name)}: {value_of(value)}" for name, value in held.items())


def value_of(value: object) -> str:
    """One value of a state: a moment as moments are written, "v2" as the second time."""
    if isinstance(value, str | bool | None) and value in VALUES:
        return VALUES[value]
    text = str(value)
    if MOMENT.fullmatch(text):
        return formats.moment(dt.datetime.fromisoformat(text))
    return f"lần {text[1:]}" if VERSION.fullmatch(text) else text
