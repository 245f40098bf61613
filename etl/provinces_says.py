"""What stands in a list of units that is taken in, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

HEADINGS = {
    "unit_code": ("mã", "mã xã", "mã px", "mã phường xã", "mã đvhc", "mã đơn vị hành chính", "code", "unit_code",
                  "ward_code"),
    "name": ("tên", "tên xã", "tên px", "tên phường xã", "tên đơn vị hành chính", "name", "full_name", "ward_name"),
    "kind": ("cấp", "loại", "loại đơn vị", "kind", "type"),
    "province": ("tỉnh", "tỉnh thành phố", "tỉnh/thành phố", "tỉnh / thành phố", "tên tỉnh", "tên tp", "province",
                 "province_name"),
    "old_district": ("huyện cũ", "old_district"),
    "x": ("kinh độ", "lon", "x"),
    "y": ("vĩ độ", "lat", "y"),
    "area_km2": ("diện tích", "diện tích km2", "area_km2"),
}  # fmt: skip
"""What the columns of such lists are called."""
KINDS = {"xã": "xa", "phường": "phuong", "đặc khu": "dac_khu"}
"""What names of units begin with, and the kind each is."""
SOURCE = "Danh mục đơn vị hành chính do người quản trị nạp"
OF_NATION = "tỉnh, thành phố"
WHOLE_COUNTRY = "Toàn quốc"
BLANK = "trống"
HELP = "Danh mục của tỉnh khác."
DEPARTMENT = "Sở Khoa học và Công nghệ {}"
IMPORT = (
    "Lập danh mục cho một hay nhiều tỉnh từ danh sách đơn vị hành chính (CSV); các phần khác lấy theo danh mục đang có."
)
LIST = "Tệp CSV, mỗi dòng một xã, phường, đặc khu: mã, tên, tỉnh; có thể thêm cấp, huyện cũ, kinh độ, vĩ độ, diện tích."
OUT = "Thư mục sẽ ghi, mỗi tỉnh một thư mục con."
PROVINCE = "Chỉ lấy tỉnh này; lặp lại được. Bỏ trống: mọi tỉnh trong tệp."
AUTHORITY = "Tên cơ quan nhận báo cáo; {} là tên tỉnh."
NATION = (
    "Lập thêm danh mục toàn quốc (thư mục con toan-quoc) để so sánh mọi tỉnh trong tệp; giá trị là tên cơ quan tổng "
    "hợp, ví dụ “Bộ Khoa học và Công nghệ”."
)
VALID_FROM = "Ngày các đơn vị bắt đầu hoạt động."
NO_CODE = "Mã đơn vị “{}” không phải là 5 chữ số. Ghi đúng mã của Danh mục đơn vị hành chính."
SAME_CODE = "Mã {} đã có ở dòng {}. Mỗi đơn vị một mã."
NO_NAME = "Thiếu tên đơn vị."
NO_KIND = "“{}” không bắt đầu bằng xã, phường hay đặc khu và cột cấp không ghi. Ghi tên đầy đủ hoặc điền cột cấp."
NO_PROVINCE = "Thiếu tên tỉnh."
COLLISION = "Trùng tên trong tỉnh: {}. Báo cáo của các đơn vị này phải ghi mã đơn vị."
NEAR = "Chỉ khác nhau dấu: {}. Tệp mất dấu của các đơn vị này phải ghi mã đơn vị."
TAKEN = "Thư mục {} đã có. Chọn thư mục khác hoặc đổi tên thư mục cũ."
NO_SUCH = "Danh sách không có tỉnh {}. Các tỉnh trong tệp: {}."


class UnusableList(Exception):
    """The list cannot be read; the text says why and what to do."""

    @classmethod
    def columns(cls, path: Path, missing: Sequence[str]) -> UnusableList:
        """Columns are not there."""
        return cls(f"{path.name} không có cột {', '.join(missing)}. Đặt tên cột ở dòng đầu tiên.")

    @classmethod
    def encoding(cls, path: Path) -> UnusableList:
        """The file is not UTF-8."""
        return cls(f"{path.name} không phải mã UTF-8. Trong Excel, lưu lại theo kiểu “CSV UTF-8”.")


def written_text(name: str, count: int, folder: Path, of: str = "đơn vị") -> str:
    """One catalogue is there."""
    return f"{name}: {count} {of} → {folder}"


def trouble_text(name: str, line: int, text: str) -> str:
    """One thing to be seen to."""
    return f"{name or '(không có tỉnh)'}, dòng {line}: {text}"


def left_out_text(name: str) -> str:
    """A province that was not written."""
    return f"{name or '(không có tỉnh)'}: chưa lập danh mục, sửa các dòng nêu trên rồi chạy lại."
