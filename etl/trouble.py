"""When the disk fails or a file is found damaged: what is raised, and the sentences for people."""

from __future__ import annotations

import errno
from pathlib import Path

import duckdb

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
DISK = NO_ROOM | {errno.EIO, errno.EROFS, errno.ENXIO}
OF_DISK = ("I/O", "IO Error", "Input/output error", "No space", "Could not write file", "Disk quota")
"""What DuckDB's message says where a transaction could not be written."""
FULL, FAILED = "đĩa lưu dữ liệu đã đầy", "đĩa lưu dữ liệu báo lỗi"
OF_PATH = {
    errno.EEXIST: "đã có tệp trùng tên", errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.EISDIR: "đây là thư mục, không phải tệp", errno.EACCES: "tài khoản này không có quyền",
    errno.EPERM: "tài khoản này không có quyền", errno.ENAMETOOLONG: "tên quá dài",
}  # fmt: skip
"""Why a path cannot be read or written."""

WORKING_LOST = "Không thấy tệp kho số liệu; đã dựng lại từ bản công bố gần nhất và các báo cáo đã lưu."
WORKING_DAMAGED = "Tệp kho số liệu bị hỏng; đã để riêng và dựng lại từ bản công bố gần nhất và các báo cáo đã lưu."
WORKING_FOREIGN = "Tệp kho số liệu không khớp với sổ nhận báo cáo; đã để riêng và dựng lại từ sổ."
SNAPSHOT_DAMAGED = "Một bản số liệu đã công bố bị hỏng; đã để riêng."
JOURNAL_COMPLETED = "Sổ nhận báo cáo bị thiếu dòng ở cuối; đã ghi lại từ kho số liệu."
JOURNAL_MENDED = "Sổ nhận báo cáo bị sửa hoặc hỏng; đã để riêng và chép lại từ kho số liệu."
JOURNAL_BROKEN = "Sổ nhận báo cáo bị sửa hoặc hỏng và không còn bản nào để chép lại; phần đọc được vẫn được dùng."
ONLY_OLDER = "Bản số liệu mới nhất bị hỏng nên đang hiện bản trước đó. Hệ thống sẽ tự dựng lại."
NOT_YET = "Có báo cáo đã nhận nhưng chưa vào số liệu. Hệ thống sẽ tự cập nhật; không phải nộp lại."
FOREIGN_LAKE = (
    "Thư mục dữ liệu của máy này không thuộc kho dùng chung đã chọn. Dùng một thư mục dữ liệu mới, hoặc chuyển kho "
    "bằng lệnh migrate."
)
NOT_EMPTY = "Nơi chuyển đến phải trống. Chọn một thư mục mới hoặc một cơ sở dữ liệu PostgreSQL mới."
NO_LAKE = "Lệnh này dùng cho kho dùng chung: đặt NQ57_WAREHOUSE=ducklake:postgres:… trước."
BUSY = (
    "Chưa ghi nhận được: một tiến trình khác đang ghi số liệu, quá lâu chưa xong. Số liệu đã có vẫn nguyên vẹn. Đợi "
    "một lát rồi làm lại."
)
LAKE_BUSY = (
    "Chưa ghi nhận được: nhiều máy cùng ghi vào kho dùng chung. Số liệu đã có vẫn nguyên vẹn. Đợi một lát rồi làm lại."
)
NOT_SHARED = (
    "Kho dùng chung không cho làm việc này. Chuyển kho về một thư mục bằng lệnh migrate, làm ở đó rồi chuyển lại."
)


def why(fault: OSError) -> str:
    """Why something cannot be read or written; in the system's own words where it is rare."""
    if fault.errno in DISK:
        return FULL if fault.errno in NO_ROOM else FAILED
    return OF_PATH.get(fault.errno or 0) or fault.strerror or str(fault)


class Unsaved(Exception):
    """The disk would not take what was to be stored; the text is a sentence for the person, with what to do."""


def caught_up(lines: int) -> str:
    """What was received and had not reached the tables before a crash."""
    return f"Đã nạp tiếp {lines} dòng của sổ nhận báo cáo chưa kịp vào kho số liệu lần trước."


def is_of_disk(fault: BaseException) -> bool:
    """Whether the disk is to blame, not the one who asked."""
    if isinstance(fault, duckdb.IOException | duckdb.FatalException):
        return True
    if isinstance(fault, duckdb.TransactionException):
        return any(word in str(fault) for word in OF_DISK)
    return isinstance(fault, OSError) and fault.errno in DISK


def nothing_saved(fault: BaseException) -> Unsaved:
    """Nothing was stored: it is to be done again when the disk is well."""
    return Unsaved(f"Chưa ghi nhận được: {reason(fault)}. Số liệu đã có vẫn nguyên vẹn. {cure(fault)} rồi làm lại.")


def lake_refuses(fault: BaseException) -> Unsaved:
    """The shared store does not answer; what was sent may have arrived, and may be sent again."""
    return Unsaved(
        "Kho dùng chung không trả lời hoặc báo lỗi nên chưa rõ đã ghi nhận hay chưa. Nạp lại khi kho hoạt động; tệp đã "
        f"nhận rồi không bị tính hai lần. Chi tiết cho người quản trị: {str(fault).splitlines()[0]}"
    )


def of_another(data: Path, held: str, asked: str) -> str:
    """The data folder is of another authority than the catalogue."""
    return (
        f"Thư mục dữ liệu {data} là của “{held}”, danh mục đang dùng là của “{asked}”. Không mở để tránh lẫn số liệu "
        "hai nơi. Đặt lại NQ57_CATALOGUE cho đúng, hoặc dùng thư mục dữ liệu của cơ quan mình."
    )


def lake_of_another(held: str, asked: str) -> str:
    """The lake is of another authority than the catalogue."""
    return (
        f"Kho dùng chung đang chọn là phần của “{held}”, danh mục đang dùng là của “{asked}”. Không mở để tránh lẫn số "
        "liệu hai nơi. Đặt NQ57_CATALOGUE là danh mục của cơ quan mình cho mọi lệnh và máy chủ."
    )


def unlike(tables: list[str]) -> str:
    """A warehouse was moved, and what arrived is not what left."""
    return f"Số liệu nơi đến khác nơi đi ở: {', '.join(tables)}. Nơi đi vẫn nguyên vẹn; xóa nơi đến và làm lại."


def not_yet_published(fault: BaseException) -> Unsaved:
    """It is stored for good, but does not show yet."""
    return Unsaved(
        f"Đã nhận và lưu an toàn, nhưng chưa vào số liệu được: {reason(fault)}. {cure(fault)}; không phải nộp lại, "
        "hệ thống tự cập nhật ở lần ghi nhận sau."
    )


def reason(fault: BaseException) -> str:
    """Why, in words."""
    is_full = getattr(fault, "errno", None) in NO_ROOM or any(
        word in str(fault) for word in ("No space left", "File too large", "Disk quota")
    )
    return FULL if is_full else FAILED


def cure(fault: BaseException) -> str:
    """What to do about it."""
    return "Giải phóng dung lượng đĩa" if reason(fault) == FULL else "Kiểm tra ổ đĩa"
