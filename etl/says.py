"""What the command line says, in Vietnamese; and its machine-readable answers."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from etl.findings import number as shown
from etl.form import UnknownCode
from etl.receipt import Receipt
from etl.settled import Asked, Closing
from etl.trouble import why

HELP = "Nhận, kiểm tra, nạp báo cáo Excel của các đơn vị và tra cứu số liệu."
DATA = "Thư mục dữ liệu (mọi thứ được ghi vào đây). Mặc định: data/ của dự án."
CATALOGUE = "Thư mục danh mục. Mặc định: data/catalogue/ của dự án."
CATALOGUED = "Lệnh này không đọc thư mục danh mục: số liệu đã công bố mang theo danh mục của mình."
JSON = "In kết quả dạng JSON."
PATHS = "Tệp .xlsx, thư mục hoặc tệp .zip."
RECEIVED = "Thời điểm nhận tệp, ví dụ 2026-11-20T09:30:00. Mặc định: bây giờ."
LATER = "Lưu ý: thời điểm nhận muộn hơn bây giờ."
RECEIVED_REASON = "Lý do ghi thời điểm nhận sớm hơn bây giờ, hoặc nộp vào kỳ đã chốt; lưu vào nhật ký."
RETURN = "Trả lại mọi tệp với lý do này, kể cả tệp không có lỗi; không lấy số liệu."
DIFF = "Với từng tệp: ô nào khác bản đang có hiệu lực, và chỉ tiêu thay đổi thế nào nếu ghi nhận."
VOID = "Hủy một lần nộp, kèm lý do; tệp vẫn giữ, số liệu không còn được tính."
VOID_VERSION = "Lần nộp thứ mấy."
VOID_REASON = "Lý do hủy; lưu vào nhật ký."
LOAD = "Kiểm tra và nạp báo cáo; tệp có lỗi được trả lại, các tệp khác vẫn được ghi nhận."
BY = "Người thực hiện, ghi vào nhật ký. Mặc định: tài khoản đang dùng trên máy."
DRY_RUN = "Chỉ kiểm tra, không ghi gì (như lệnh check)."
CHECK = "Kiểm tra báo cáo, không ghi gì."
ANNOTATE = "Ghi vào thư mục này bản đánh dấu của từng tệp có lỗi: chỗ sai được tô màu và ghi chú ngay trong ô."
TEMPLATE = "Ghi mẫu báo cáo đóng dấu sẵn đơn vị và kỳ, điền trước số chuyển kỳ và nhiệm vụ."
PERIOD = "Kỳ báo cáo, ví dụ 2026-11 hoặc 11/2026."
OUT = "Thư mục ghi mẫu."
UNIT = "Mã đơn vị; có thể ghi nhiều lần."
ALL = "Mọi đơn vị có nghĩa vụ báo cáo."
UNIT_OR_ALL = "Ghi --unit MÃ (một hoặc nhiều lần) hoặc --all, không ghi cả hai."
FORM = "Mã biểu mẫu. Mặc định: biểu mẫu đứng đầu danh mục."
STATUS = "Liệt kê đơn vị nộp trễ, bị trả lại, chưa nộp báo cáo của một kỳ."
EXTEND = "Gia hạn nộp báo cáo cho đơn vị, có lý do; --take-back để bỏ gia hạn."
REASON = "Lý do, ghi vào nhật ký."
UNTIL = "Hạn mới: hết ngày này, ví dụ 2026-11-25."
TAKE_BACK = "Bỏ gia hạn, trở lại hạn chung."
UNTIL_OR_BACK = "Ghi --until NGÀY để gia hạn hoặc --take-back để bỏ gia hạn."
EXPLAIN = "Giải trình điểm cần xác nhận thay đơn vị; không ghi --reason thì liệt kê các điểm đang hỏi."
UNIT_ONE = "Mã đơn vị."
RULE = "Mã quy tắc; không ghi thì mọi quy tắc."
SHEET = "Tên sheet; không ghi thì mọi sheet."
CELL = "Ô, ví dụ C4; không ghi thì mọi ô."
NOT_ASKED = "Không có điểm nào cần xác nhận như vậy; không ghi --reason để xem các điểm đang hỏi."
EXPLAIN_REASON = "Lời giải trình. Không ghi thì chỉ liệt kê."
CLOSE = "Chốt kỳ: giữ nguyên số liệu dùng để công bố dưới một tên; sửa về sau là điều chỉnh sau chốt."
CLOSING_NAME = "Tên lần chốt, ví dụ “Báo cáo UBND thành phố tháng 11/2026”."
FOR_PUBLICATION = "Số liệu dùng để công bố"
CLOSING = "Tên lần chốt: trả lời theo số liệu đã chốt thay vì số liệu hiện hành."
QUERY = "Chạy một câu lệnh SQL chỉ đọc trên bản số liệu đã công bố."
SQL = "Câu lệnh SQL."
ONE_STATEMENT = "Chỉ nhận một câu lệnh SQL."
DEMO = "Tạo dữ liệu minh họa: ghi báo cáo .xlsx như đơn vị điền rồi nạp như mọi tệp khác."
DEMO_UNITS = "Số đơn vị. Mặc định: tất cả."
DEMO_MONTHS = "Số tháng."
DEMO_SEED = "Số khởi tạo; cùng một số thì cho cùng dữ liệu."
DEMO_OUT = "Giữ lại các tệp .xlsx ở thư mục này."
DEMO_CLEAR = "Xóa dữ liệu minh họa, dựng lại kho số liệu từ các báo cáo thật."
REBUILD = "Dựng lại kho số liệu từ các báo cáo đã lưu."
WATCH = (
    "Nhận tệp ngay khi đến thư mục nhận, đến khi bấm Ctrl-C: tệp tốt chuyển vào accepted/, tệp có lỗi vào returned/."
)
INBOX = "Thư mục nhận. Mặc định: inbox/ trong thư mục dữ liệu."
WATCH_BY = "Người nhận, ghi vào nhật ký."
BY_INBOX = "thư mục nhận"
ONCE = "Nhận các tệp đang có trong thư mục rồi dừng."
STILL = "Số giây tệp không thay đổi thì coi là đã chép xong."
PATIENCE = "Số giây chờ một tệp chép dở; quá số này tệp được trả lại là tệp hỏng."
WATCH_ENDED = "Đã dừng nhận tệp. Tệp nào đã báo nhận thì đã được lưu."
WRITTEN_ON = "tệp bị ghi tiếp trong lúc nhận, sẽ nhận lại bản mới"
UNFORESEEN = "Lỗi ngoài dự kiến khi nhận tệp này; chi tiết ở nhật ký của tiến trình."
LINKED = "đây là một liên kết, không phải tệp; hãy chép chính tệp báo cáo vào thư mục này"
MARKED = " (đánh dấu lỗi)"
"""Added to the name of a marked copy."""
SEVERAL_PERIODS, NO_PERIOD = "nhieu-ky", "chua-ro-ky"
"""Folders of what is of several periods, and of what says none."""

OUTCOMES = {
    "accepted": "Đã ghi nhận",
    "returned": "Trả lại",
    "unreadable": "Không đọc được",
    "duplicate": "Đã nhận rồi",
    "overtaken": "Có bản mới hơn, chưa ghi nhận",
}
CHECKED = {**OUTCOMES, "accepted": "Hợp lệ", "returned": "Cần sửa"}
"""The same while nothing is stored."""
NOTHING_STORED = " Chỉ kiểm tra, chưa ghi gì."
STATES = {"accepted": "đã nộp", "returned": "cần sửa", "missing": "chưa nộp"}


def marked_text(written: int, folder: Path, left_out: Sequence[str]) -> str:
    """What became of the marked copies."""
    said = f"Đã ghi {written} tệp đánh dấu vào {folder}."
    if left_out:
        said += f" Không đánh dấu được {len(left_out)} tệp vì không phải tệp .xlsx mở được: {', '.join(left_out)}."
    return said


def watching_text(inbox: Path) -> str:
    """That files are taken from now on, and how to end it."""
    return f"Đang nhận tệp từ {inbox}. Bấm Ctrl-C để dừng."


def later_text(why: str) -> str:
    """Something stands in the way; files stay where they are until it is gone."""
    return f"{why} Tệp vẫn nằm trong thư mục nhận; sẽ tự thử lại."


def marked_beside(names: Sequence[str]) -> list[str]:
    """Where the marked copies are, if there are any."""
    return [f"Bản đánh dấu lỗi từng ô, để gửi lại đơn vị: {', '.join(names)}"] if names else []


def waits_text(name: str, why: str) -> str:
    """A file that a program must not decide about."""
    return (
        f"Chưa ghi nhận · {name}\n  {why}\n  Chưa có gì được lưu. Nộp tệp này ở trang Nộp báo cáo, "
        "ghi ngày nhận và lý do."
    )


def json_text(rows: object) -> str:
    """Rows as JSON."""
    return json.dumps(rows, ensure_ascii=False, default=plain, indent=None)


def plain(value: object) -> object:
    """What JSON has no word for, as text."""
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else str(value)


def voided_text(unit: str, period: str, version: int) -> str:
    """A submission was voided."""
    return f"Đã hủy lần nộp {version} của đơn vị {unit}, kỳ {period}."


def summary_text(receipts: Sequence[Receipt], outcomes: Mapping[str, str] = OUTCOMES) -> str:
    """How many files ended how."""
    counts = Counter(receipt.outcome for receipt in receipts)
    ended = ", ".join(
        f"{words.lower()} {shown(counts[outcome])}" for outcome, words in outcomes.items() if counts[outcome]
    )
    return f"{shown(len(receipts))} tệp: {ended}." if receipts else "Không có tệp nào."


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


def closing_text(closing: Closing) -> str:
    """A closing in words."""
    changes = f"{closing.adjustments} điều chỉnh sau chốt" if closing.adjustments else "chưa có điều chỉnh"
    return f"  Đã chốt “{closing.name}” lúc {closing.at:%H:%M ngày %d/%m/%Y}, {closing.actor}: {changes}."


def extended_text(units: int, period: str, until: dt.datetime | None) -> str:
    """What became of an extension."""
    if until is None:
        return f"Đã bỏ gia hạn kỳ {period} cho {units} đơn vị."
    return f"Đã gia hạn kỳ {period} cho {units} đơn vị đến hết ngày {until:%d/%m/%Y}."


def asked_text(asked: Sequence[Asked]) -> str:
    """What a unit is asked to confirm."""
    if not asked:
        return "Không có điểm nào cần xác nhận."
    return "\n".join(f"[{each.place.rule_id}] {each.place.sheet}!{each.place.cell}: {each.message}" for each in asked)


def explained_text(count: int) -> str:
    """What became of an explanation."""
    return f"Đã ghi giải trình cho {count} điểm."


def closed_text(period: str, name: str) -> str:
    """What became of a closing."""
    return f"Đã chốt kỳ {period} dưới tên “{name}”."


def table_text(names: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str:
    """Rows as tab-separated text."""
    lines = [
        "\t".join(names),
        *("\t".join("" if row[name] is None else str(row[name]) for name in names) for row in rows),
    ]
    return "\n".join(lines)


def demo_text(receipts: Sequence[Receipt]) -> str:
    """What became of the demonstration files."""
    return f"Đã nạp dữ liệu minh họa. {summary_text(receipts)}"


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
        return (
            "Chưa có số liệu: hãy nạp báo cáo (python -m etl load …), tạo dữ liệu minh họa (python -m etl demo) "
            "hoặc, nếu nhiều máy dùng chung một kho, cập nhật máy này theo kho (python -m etl follow --once)."
        )
    return f"Không thấy {name}."


def warehouse_fault(fault: Exception) -> str:
    """The sentence for a statement or file the warehouse refuses."""
    return f"Kho số liệu từ chối: {fault}"


def unknown_code(fault: UnknownCode) -> str:
    """The sentence for a code the catalogue does not have."""
    return f"Danh mục không có mã {fault.args[0]}."


def disk_fault(fault: OSError) -> str:
    """The sentence for a disk that will not be written."""
    return f"Không đọc hoặc ghi được {fault.filename or 'tệp'}: {why(fault)}."
