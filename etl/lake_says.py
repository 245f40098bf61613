"""What the commands of a shared warehouse say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from etl.findings import number as shown

MIGRATE = "Chuyển kho số liệu từ nơi này sang nơi khác (thư mục hoặc ducklake:postgres:…), đối chiếu từng số."
SOURCE = "Nơi đi: thư mục dữ liệu, hoặc ducklake:postgres:<chuỗi kết nối>."
TARGET = "Nơi đến, phải còn trống. Kho dùng chung mới cần NQ57_WAREHOUSE_DATA: thư mục chung hoặc s3://…"
ONE_OF_EACH = "Cần một thư mục và một kho ducklake:postgres:… (chuyển đi hoặc chuyển về)."
FOLLOW = "Cập nhật số liệu của máy này theo kho dùng chung, liên tục."
EVERY = "Bao nhiêu giây xem lại một lần."
ONCE = "Chỉ cập nhật một lần."
COMPACT = "Bảo dưỡng kho dùng chung: gộp tệp nhỏ, bỏ trạng thái cũ, cập nhật các bảng để tra cứu trực tiếp."
KEEP_DAYS = "Giữ lại trạng thái của bao nhiêu ngày."


def migrated(source: str, target: str, sums: Mapping[str, Sequence[int]]) -> str:
    """What was moved and found equal."""
    rows = "\n".join(f"  {table}: {shown(one[0])} dòng" for table, one in sorted(sums.items()) if one[0])
    return f"Đã chuyển {source} sang {target}. Giống nhau từng số ở {len(sums)} bảng:\n{rows}"


def followed(data: Path, lines: int) -> str:
    """How far the machine's tables go."""
    return f"{data}: đã cập nhật đến dòng {shown(lines)} của sổ nhận báo cáo."


def compacted(tables: Sequence[tuple[str, int, int]]) -> str:
    """What files a lake has after upkeep."""
    files, size = sum(files for _, files, _ in tables), sum(size for _, _, size in tables)
    return f"Kho dùng chung có {files} tệp Parquet, {size / 1e6:.1f} MB.".replace(".", ",", 1)
