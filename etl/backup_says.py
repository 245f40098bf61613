"""What the commands backup, restore and verify say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from etl.findings import number as shown

VERIFY = "Soát lại sổ nhận báo cáo, tệp đã lưu và kho số liệu; chỉ rõ chỗ bị thiếu, bị sửa hoặc hỏng."
BACKUP = "Sao lưu toàn bộ dữ liệu vào một thư mục, kể cả khi đang có người nạp; kiểm tra bản sao trước khi giữ lại."
RESTORE = "Khôi phục dữ liệu từ thư mục sao lưu; dữ liệu đang có (nếu có) được để riêng, không xóa."
DIR = "Thư mục sao lưu, nên ở ổ đĩa hoặc máy khác."
KEEP = "Giữ bản mới nhất của bao nhiêu ngày gần nhất."
KEEP_MONTHS = "Giữ bản mới nhất của bao nhiêu tháng gần nhất."
GENERATION = "Bản sao lưu cần lấy, ví dụ 20261121T020000. Mặc định: bản mới nhất."
REPLACE = "Khôi phục cả khi thư mục dữ liệu đang có số liệu."

JOURNAL, WORKBOOKS, CLOSINGS = "Sổ nhận báo cáo", "Tệp báo cáo đã lưu", "Bản số liệu khi chốt kỳ"
CATALOGUES, WORKING, SNAPSHOTS = "Bản lưu danh mục", "Tệp kho số liệu", "Bản số liệu đã công bố"
PIECES = {
    JOURNAL: "dòng", WORKBOOKS: "tệp", CLOSINGS: "bản", CATALOGUES: "bản", WORKING: "tệp", SNAPSHOTS: "bản",
}  # fmt: skip
NO_HEAD = "không thấy tệp ghi dòng cuối (journal.head), nên không biết có mất dòng ở cuối hay không"
OUTDATED = "do phiên bản phần mềm khác tạo; lần ghi nhận tới sẽ dựng lại"
IN_THE_MIDDLE = "đang dừng giữa một lần nạp; lần ghi nhận tới sẽ dựng lại"
TO_MEND = "Sổ nhận báo cáo bị sửa hoặc hỏng: chạy “python -m etl rebuild” để chép lại từ kho số liệu."
NOTHING = "Không có dữ liệu nào trong {}. Kiểm tra lại --data, NQ57_DATA và ổ đĩa."
NOT_EMPTY = "Thư mục dữ liệu đang có số liệu; thêm --replace để khôi phục (dữ liệu đang có sẽ được để riêng)."
SHOWN = 10


def line_altered(number: int, text: str) -> str:
    """A line whose hash is not the one it must have."""
    return f"dòng {number} bị sửa, hoặc dòng trước nó bị sửa, bị bỏ hay bị chèn: {text[:120]}"


def lines_missing(had: int, has: int) -> str:
    """Fewer lines than were written down, or others."""
    return f"đã có {had} dòng, nay còn {has} dòng hoặc không còn như trước"


def senseless(count: int) -> str:
    """Lines that say nothing."""
    return f"{count} dòng không đọc được"


def otherwise_in_tables(numbers: Sequence[int]) -> str:
    """Lines that say something else in the tables."""
    return f"{len(numbers)} dòng trong kho khác với sổ, đầu tiên là dòng {numbers[0]}"


def gone(name: str, path: Path) -> str:
    """A file that is not there."""
    return f"mất {name} ({path})"


def altered(name: str, path: Path) -> str:
    """A file that is not what it was."""
    return f"{name} không còn như khi lưu ({path})"


def damaged(path: Path, fault: Exception) -> str:
    """A file that cannot be read."""
    return f"{path.name} không đọc được: {fault}"


def verified_text(part: str, pieces: int, faults: Sequence[str]) -> str:
    """One part, in a line, and what is wrong with it below."""
    verdict = f"{len(faults)} điểm sai" if faults else "không có điểm sai"
    more = [f"  … còn {len(faults) - SHOWN} điểm"] if len(faults) > SHOWN else []
    return "\n".join(
        [f"{part}: {shown(pieces)} {PIECES[part]}, {verdict}", *(f"  {one}" for one in faults[:SHOWN]), *more]
    )


def backed_up(to: Path, workbooks: int, lines: int, counts: Mapping[str, int]) -> str:
    """What a backup holds."""
    return (
        f"Đã sao lưu vào {to}: {shown(workbooks)} tệp báo cáo, {shown(lines)} dòng sổ, "
        f"{contents(counts)}. Đã mở bản sao và đếm lại."
    )


def restored(data: Path, made_at: str, counts: Mapping[str, int]) -> str:
    """What was put back."""
    return (
        f"Đã khôi phục {data} từ bản sao lưu lúc {dt.datetime.fromisoformat(made_at):%H:%M ngày %d/%m/%Y}: "
        f"{contents(counts)}."
    )


def contents(counts: Mapping[str, int]) -> str:
    """How much there is: "1.387 lần nộp, 588.499 số liệu"."""
    return f"{shown(counts.get('submission', 0))} lần nộp, {shown(counts.get('observation', 0))} số liệu"


def unusable(what: object) -> str:
    """A backup that cannot be made or used."""
    return f"Bản sao lưu không dùng được, vì thiếu hoặc hỏng: {what}."
