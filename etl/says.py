"""What the command line says, in Vietnamese; and its machine-readable answers."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from etl.receipt import Receipt

HELP = "Nhận, kiểm tra, nạp báo cáo Excel của các đơn vị và tra cứu số liệu."
DATA = "Thư mục dữ liệu (mọi thứ được ghi vào đây). Mặc định: data/ của dự án."
CATALOGUE = "Thư mục danh mục. Mặc định: data/catalogue/ của dự án."
JSON = "In kết quả dạng JSON."
PATHS = "Tệp .xlsx, thư mục hoặc tệp .zip."
RECEIVED = "Thời điểm nhận tệp, ví dụ 2026-11-20T09:30:00. Mặc định: bây giờ."
LOAD = "Kiểm tra và nạp báo cáo; tệp có lỗi được trả lại, các tệp khác vẫn được ghi nhận."
BY = "Người nạp, ghi vào nhật ký. Mặc định: tài khoản máy."
DRY_RUN = "Chỉ kiểm tra, không ghi gì (như lệnh check)."
CHECK = "Kiểm tra báo cáo, không ghi gì."
ANNOTATE = "Ghi vào thư mục này từng tệp có lỗi, chỗ sai được tô màu và ghi chú ngay trong ô."
TEMPLATE = "Ghi mẫu báo cáo đóng dấu sẵn đơn vị và kỳ, điền trước số chuyển kỳ và nhiệm vụ."
PERIOD = "Kỳ báo cáo, ví dụ 2026-11 hoặc 11/2026."
OUT = "Thư mục ghi mẫu."
UNIT = "Mã đơn vị; có thể ghi nhiều lần."
ALL = "Mọi đơn vị có nghĩa vụ báo cáo."
UNIT_OR_ALL = "Ghi --unit MÃ (một hoặc nhiều lần) hoặc --all, không ghi cả hai."
FORM = "Mã biểu mẫu. Mặc định: biểu mẫu đứng đầu danh mục."
STATUS = "Đơn vị nào đã nộp, nộp trễ, bị trả lại, chưa nộp."
QUERY = "Một câu lệnh SQL chỉ đọc trên bản số liệu đã công bố."
SQL = "Câu lệnh SQL."
ONE_STATEMENT = "Chỉ nhận một câu lệnh SQL."
DEMO = "Tạo dữ liệu minh họa: ghi báo cáo .xlsx như đơn vị điền rồi nạp như mọi tệp khác."
DEMO_UNITS = "Số đơn vị. Mặc định: tất cả."
DEMO_MONTHS = "Số tháng."
DEMO_SEED = "Số khởi tạo; cùng số cho cùng dữ liệu."
DEMO_OUT = "Giữ lại các tệp .xlsx ở thư mục này."
DEMO_CLEAR = "Xóa dữ liệu minh họa, dựng lại kho số liệu từ các báo cáo thật."
REBUILD = "Dựng lại kho số liệu từ các báo cáo đã lưu."

OUTCOMES = {
    "accepted": "Đã ghi nhận",
    "returned": "Trả lại",
    "unreadable": "Không đọc được",
    "duplicate": "Đã nhận rồi",
}
STATES = {"accepted": "đã nộp", "returned": "cần sửa", "missing": "chưa nộp"}
SEVERITIES = {"error": "LỖI", "explain": "GIẢI TRÌNH", "note": "LƯU Ý"}
SAME_KIND_SHOWN = 5


def marked_text(written: int, folder: Path, left_out: Sequence[str]) -> str:
    """What became of the marked copies."""
    said = f"Đã ghi {written} tệp đánh dấu vào {folder}."
    if left_out:
        said += f" Không đánh dấu được {len(left_out)} tệp vì không phải tệp .xlsx mở được: {', '.join(left_out)}."
    return said


def json_text(rows: object) -> str:
    """Rows as JSON."""
    return json.dumps(rows, ensure_ascii=False, default=plain, indent=None)


def plain(value: object) -> object:
    """What JSON has no word for, as text."""
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else str(value)


def receipt_row(receipt: Receipt) -> Mapping[str, object]:
    """A receipt as one object of the JSON lines."""
    return {**asdict(receipt), "findings": [finding._asdict() for finding in receipt.findings]}


def json_line(receipt: Receipt) -> str:
    """A receipt as one JSON line."""
    return json_text(receipt_row(receipt))


def receipt_text(receipt: Receipt) -> str:
    """A receipt in words: the outcome, then each finding with its cell and its cure."""
    whose = receipt.unit_name or (f"{receipt.counts.get('units', 0)} đơn vị" if receipt.counts.get("units") else "")
    version = f" lần {receipt.version}" if receipt.version else ""
    head = " · ".join(
        part for part in (OUTCOMES[receipt.outcome], receipt.file, whose, receipt.period + version) if part
    )
    return "\n".join([head, *finding_lines(receipt)])


def finding_lines(receipt: Receipt) -> Iterable[str]:
    """Findings, the blocking ones first; of many of one kind a few, and how many more there are."""
    order = list(SEVERITIES)
    seen: Counter[str] = Counter()
    for finding in sorted(receipt.findings, key=lambda each: order.index(each.severity)):
        seen[finding.rule_id] += 1
        if seen[finding.rule_id] <= SAME_KIND_SHOWN:
            place = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet
            where = " – ".join(part for part in (place, finding.row_label, finding.column_label) if part)
            yield f"  {SEVERITIES[finding.severity]} [{finding.rule_id}] {where}: {finding.message} {finding.fix}"
    for rule_id, times in seen.items():
        if times > SAME_KIND_SHOWN:
            yield f"  [{rule_id}] còn {times - SAME_KIND_SHOWN} điểm cùng loại"


def summary_text(receipts: Sequence[Receipt]) -> str:
    """How many files ended how."""
    counts = Counter(receipt.outcome for receipt in receipts)
    ended = ", ".join(f"{OUTCOMES[outcome].lower()} {counts[outcome]}" for outcome in OUTCOMES if counts[outcome])
    return f"{len(receipts)} tệp: {ended}." if receipts else "Không có tệp nào."


def status_text(rows: Sequence[Mapping[str, object]], period: str) -> str:
    """Who has reported, in words."""
    states = Counter(str(row["state"]) for row in rows)
    late = sum(row["state"] != "missing" and not row["on_time"] for row in rows)
    received = len(rows) - states["missing"]
    lines = [
        f"Kỳ {period}: {received}/{len(rows)} đơn vị đã nộp, {late} nộp trễ, "
        f"{states['returned']} cần sửa, {states['missing']} chưa nộp."
    ]
    for row in rows:
        if row["state"] != "accepted" or not row["on_time"]:
            late_mark = " (trễ)" if row["state"] != "missing" and not row["on_time"] else ""
            lines.append(f"  {row['unit_code']} {row['full_name']}: {STATES[str(row['state'])]}{late_mark}")
    return "\n".join(lines)


def table_text(names: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str:
    """Rows as tab-separated text."""
    lines = [
        "\t".join(names),
        *("\t".join("" if row[name] is None else str(row[name]) for name in names) for row in rows),
    ]
    return "\n".join(lines)


def demo_text(receipts: Sequence[Receipt]) -> str:
    """What became of the demonstration files."""
    return f"Dữ liệu minh họa đã nạp. {summary_text(receipts)}"


def rebuilt_text(receipts: Sequence[Receipt]) -> str:
    """What became of a rebuild."""
    return f"Đã dựng lại kho số liệu. {summary_text(receipts)}"


def templates_written(count: int, out: Path) -> str:
    """How many templates were written."""
    return f"Đã ghi {count} mẫu vào {out}."


def no_period(text: str) -> str:
    """The sentence for a period that cannot be read."""
    return f"Không đọc được kỳ “{text}”; ghi dạng 2026-11, 11/2026, 2026-Q4 hoặc 2026."


def not_found(fault: FileNotFoundError) -> str:
    """The sentence for a file or snapshot that is not there."""
    name = str(fault.filename or fault)
    if name.endswith("current"):
        return "Chưa có số liệu: hãy nạp báo cáo (python -m etl load …) hoặc tạo dữ liệu minh họa (python -m etl demo)."
    return f"Không thấy {name}."


def warehouse_fault(fault: Exception) -> str:
    """The sentence for a statement or file the warehouse refuses."""
    return f"Kho số liệu từ chối: {fault}"


def unknown_code(fault: KeyError) -> str:
    """The sentence for a code the catalogue does not have."""
    return f"Danh mục không có mã {fault}."


def disk_fault(fault: OSError) -> str:
    """The sentence for a disk that will not be written."""
    return f"Không đọc hoặc ghi được {fault.filename or ''}: {fault.strerror or fault}."
