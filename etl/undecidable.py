"""What is raised for a decision that cannot be taken, and its sentences for the person who decides."""

import datetime as dt

from etl.personal import veiled

NO_REASON = "Ghi rõ lý do, ít nhất vài chữ."
NO_REASON_FOR_DATE = "Ngày nhận sớm hơn hôm nay phải có lý do, ít nhất vài chữ; lý do được lưu vào nhật ký."
LEAST_REASON = 5
"""Letters a reason must have, so that it says something."""
ALREADY_WATCHED = "Một tiến trình khác đang nhận tệp từ thư mục này."
LATER_THAN_NOW = "Thời điểm nhận không được muộn hơn bây giờ."


class Undecidable(Exception):
    """The decision cannot be taken, and nothing was changed; the text is a sentence for the person who decides."""


def stated(reason: str, otherwise: str = NO_REASON) -> str:
    """A reason as it is kept: without personal data. Raises Undecidable where it says nothing."""
    if len(reason.strip()) < LEAST_REASON:
        raise Undecidable(otherwise)
    return veiled(reason.strip())


def nothing_to_void(version: int) -> Undecidable:
    """There is no such submission in force."""
    return Undecidable(f"Không có lần nộp {version} đang có hiệu lực để hủy. Tải lại trang để xem tình trạng mới.")


def not_owed(unit_code: str, period: str) -> Undecidable:
    """The unit owes no such report."""
    return Undecidable(f"Đơn vị {unit_code} không phải nộp báo cáo này của kỳ {period}.")


def too_early(due_at: dt.datetime) -> Undecidable:
    """An extension that ends before the deadline extends nothing."""
    return Undecidable(f"Hạn mới phải sau hạn chung ({due_at:%H:%M ngày %d/%m/%Y}).")


def nothing_to_take_back(unit_code: str) -> Undecidable:
    """There is no extension in force."""
    return Undecidable(f"Đơn vị {unit_code} đang không được gia hạn kỳ này. Tải lại trang để xem tình trạng mới.")


def nothing_to_explain(sheet: str, cell: str) -> Undecidable:
    """The report in force has no such finding."""
    return Undecidable(f"Không có điểm cần xác nhận ở {sheet} {cell}. Tải lại trang để xem tình trạng mới.")


def already_answered(sheet: str, cell: str) -> Undecidable:
    """The finding was answered before."""
    return Undecidable(f"Điểm ở {sheet} {cell} đã được giải trình. Tải lại trang để xem tình trạng mới.")


def nothing_to_close(period: str) -> Undecidable:
    """The period has no report to freeze."""
    return Undecidable(f"Kỳ {period} chưa có báo cáo nào để chốt.")


def name_taken(name: str, period: str) -> Undecidable:
    """Another closing bears the name."""
    return Undecidable(f"Tên “{name}” đã dùng cho lần chốt kỳ {period}. Đặt tên khác.")


def no_name() -> Undecidable:
    """A closing needs a name to be found again by."""
    return Undecidable("Đặt tên cho lần chốt, ví dụ “Báo cáo UBND thành phố tháng 11/2026”.")


def no_such_closing(name: str) -> Undecidable:
    """No closing bears the name."""
    return Undecidable(f"Không có lần chốt nào tên “{name}”.")


def closed_already(period: str, name: str) -> Undecidable:
    """A file for a closed period came without a reason."""
    return Undecidable(
        f"Kỳ {period} đã chốt (“{name}”): tệp của kỳ này là điều chỉnh sau chốt, cần ghi lý do. Chưa có gì được lưu."
    )


class NotAllowed(Undecidable):
    """Who asks may not do this; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Tài khoản của bạn không có quyền làm việc này. Cần quyền này thì liên hệ quản trị hệ thống.")
