"""What is raised for a decision that cannot be taken, and its sentences for the person who decides."""

NO_REASON = "Ghi rõ lý do, ít nhất vài chữ."


class Undecidable(Exception):
    """The decision cannot be taken, and nothing was changed; the text is a sentence for the person who decides."""


def nothing_to_void(version: int) -> Undecidable:
    """There is no such submission in force."""
    return Undecidable(f"Không có lần nộp {version} đang có hiệu lực để hủy. Tải lại trang để xem tình trạng mới.")
