"""What is wrong or odd in a workbook: the finding, and the phrases its sentences are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from etl.faults import FAULTS
from etl.form import Column
from etl.personal import veiled


class Finding(NamedTuple):
    """Something wrong (`error`), to be confirmed (`explain`) or worth knowing (`note`) at a cell."""

    rule_id: str
    severity: str
    sheet: str
    cell: str
    row_label: str
    column_label: str
    value: str
    expected: str
    message: str
    fix: str


class Figure(str):
    """A number as it stands in a column of numbers: however many digits it has, it is nobody's."""


OPTIONAL = {"expected": "", "readings": "", "suggestion": ""}
"""Words a sentence may leave out."""


def finding(
    fault: str,
    *,
    sheet: str = "",
    cell: str = "",
    row: str = "",
    column: str = "",
    value: object = "",
    **details: object,
) -> Finding:
    """A finding of a built-in kind, with its sentences filled in; KeyError where the kind is unknown.

    What it quotes of a workbook is veiled: findings go to pages, exports and back to the sender.
    """
    rule_id, severity, message, expected, fix = FAULTS[fault]
    shown = value if isinstance(value, Figure) else veiled(str(value))
    row, column = veiled(row), veiled(column)
    words = {"value": shown, "sheet": sheet, "cell": cell, "row": row, "column": column} | OPTIONAL | details
    return Finding(
        rule_id, severity, sheet, cell, row, column, shown,
        expected.format_map(words), message.format_map(words), fix.format_map(words),
    )  # fmt: skip


# Phrases that findings are made of ----------------------------------------------------------------------------------

WITNESSES = {
    "unit_code": "mã đơn vị", "unit_name": "tên đơn vị", "title": "tiêu đề", "file_name": "tên tệp",
    "choice": "người nộp chọn", "period": "ô kỳ báo cáo",
}  # fmt: skip


def testimony(words: Iterable[tuple[str, Sequence[str], str]]) -> str:
    """What each witness to a unit or period says, side by side; a title with the sheets it stands on."""
    return "; ".join(f"{WITNESSES[where]}{on_sheets(sheets)} ghi {says}" for where, sheets, says in words)


def on_sheets(names: Sequence[str]) -> str:
    """The sheets that something stands on, "" where it is on none."""
    return f" (sheet {', '.join(names[:3])}{'…' if len(names) > 3 else ''})" if names else ""


def hidden_name(name: str) -> str:
    """The name of a sheet that is not shown."""
    return f"{name} (đang ẩn)"


def month_words(month: int) -> str:
    """A month without its year."""
    return f"tháng {month}"


def did_you_mean(names: Iterable[str]) -> str:
    """A suggestion for a person to decide on, "" where there is none."""
    named = ", ".join(names)
    return f" (có phải {named}?)" if named else ""


def number(value: float | None) -> str:
    """A number as Vietnamese write it: 1.234,5."""
    if value is None:
        return "—"
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")
    return text.translate(str.maketrans(",.", ".,"))


def number_of(text: str) -> float | None:
    """The number that `number` wrote so; None where it wrote none."""
    try:
        return float(text.replace(".", "").replace(",", "."))
    except ValueError:
        return None


def shown(value: object) -> str:
    """A value as it is quoted in a sentence."""
    if isinstance(value, bool):
        return "CO" if value else "KHONG"
    if isinstance(value, float | int):
        return number(float(value))
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


KINDS = {
    "int": "Số nguyên",
    "decimal": "Số",
    "percent": "Số phần trăm",
    "date": "Ngày dạng 20/11/2026",
    "yesno": "Có hoặc Không",
    "text": "Văn bản",
    "url": "Đường dẫn",
    "codes": "Mã, ngăn bằng dấu chấm phẩy",
    "enum": "Một giá trị trong danh sách",
}


def expectation(column: Column, choices: Sequence[str] = ()) -> str:
    """What a column takes, in words: "Số nguyên từ 0 đến 100.000 (hồ sơ)"."""
    text = KINDS.get(column.type, "Văn bản")
    if choices and column.type in ("enum", "codes"):
        text = "Một trong: " + ", ".join(choices[:8]) + ("…" if len(choices) > 8 else "")
    if column.type in ("int", "decimal", "percent"):
        low, high = (number(float(bound)) if is_number(bound) else "" for bound in (column.low, column.high))
        text += f" từ {low}" if low else ""
        text += f" đến {high}" if high else ""
        text += f" ({column.unit})" if column.unit not in ("", "theo dòng") and not high else ""
    return text


def meant(column: Column) -> str:
    """In what a column counts, and since when: "bằng đồng, số đến cuối kỳ"."""
    unit = f"bằng {column.unit}" if column.unit and column.unit != "theo dòng" else "theo đơn vị tính của từng dòng"
    return f"{unit}, {'số đến cuối kỳ' if column.kind == 'stock' else 'số phát sinh trong kỳ'}"


def is_number(text: str) -> bool:
    """Whether a bound of the catalogue is a number."""
    return bool(text) and text.replace(".", "", 1).replace("e", "", 1).replace("-", "", 1).isdigit()


def not_before(day: dt.date) -> str:
    """The first day that may be."""
    return f"Từ {day:%d/%m/%Y} trở đi"


def not_after(day: dt.date) -> str:
    """The last day that may be."""
    return f"Đến {day:%d/%m/%Y} trở về trước"


def bounded_by(label: str, limit: object, *, above: bool) -> str:
    """A bound that another column gives."""
    return f"“{label}” ({shown(limit)}) {'trở xuống' if above else 'trở lên'}"


def times_usual(ratio: float) -> str:
    """How far a number is off what is usual: "gấp 10 lần mức thường gặp"."""
    if not ratio:
        return "trong khi các kỳ trước hầu như luôn có số"
    if ratio >= 1:
        return f"gấp {number(round(ratio, 1) if ratio < 10 else round(ratio))} lần mức thường gặp"
    return f"chỉ bằng 1/{number(round(1 / ratio))} mức thường gặp"


def usual_for(low: float, high: float, before: float | None, label: str, by: float) -> str:
    """What a unit usually reports: "Đơn vị thường ghi từ 40 đến 75; kỳ trước ghi 52"."""
    last = f"; kỳ trước ghi {number(before)}" if before is not None else ""
    return f"Đơn vị thường ghi từ {number(low)} đến {number(high)}{given_that(label, by)}{last}"


def usual_among(low: float, high: float, before: float | None, label: str, by: float) -> str:
    """What units of a kind usually report."""
    last = f"; kỳ trước đơn vị ghi {number(before)}" if before is not None else ""
    return f"Các đơn vị cùng loại thường ghi từ {number(low)} đến {number(high)}{given_that(label, by)}{last}"


def given_that(label: str, by: float) -> str:
    """What a usual number follows from."""
    return f" (khi “{label}” là {number(by)})" if label else ""


def one_period_of(value: float, before: float) -> str:
    """What a cumulative figure would be for one period."""
    return f"Số của riêng kỳ này (khoảng {number(value)}); kỳ trước ghi {number(before)}"


def same_numbers(same: int, whole: int) -> str:
    """How many numbers are those of the period before."""
    return f"{same}/{whole} số"


def and_more(rows: int) -> str:
    """How many rows more a finding is about."""
    return f" (và {rows} dòng sau)" if rows else ""


def date_range(date_from: dt.date, date_to: dt.date) -> str:
    """From one day to another."""
    return f"Từ {date_from:%d/%m/%Y} đến {date_to:%d/%m/%Y}"


def either(readings: Sequence[str]) -> str:
    """The readings a value may have: “1234 hoặc 1,234”."""
    return " hoặc ".join(readings)


def already_explained(message: str, period: str, reason: str) -> tuple[str, str]:
    """The sentences of a finding that was explained before: what is odd and why that is right, and what to do."""
    return f"{message} Đã giải trình ở kỳ {period}: “{reason}”.", "Không cần làm gì nếu lý do vẫn như vậy."


def catalogue_missing(path: Path) -> str:
    """The sentence for a folder that is no catalogue."""
    return f"Không thấy {path}: thư mục danh mục chưa đúng."


def columns_without_sheet(path: Path, sheets: Sequence[str]) -> str:
    """The sentence for columns declared for a sheet that is not."""
    return f"{path}: sheet {', '.join(sheets)} không có trong sheets.csv."


def unknown_word(path: Path, column: str, word: str, known: Iterable[str]) -> str:
    """The sentence for a word of the catalogue that means nothing."""
    return f"{path}: cột {column} ghi “{word}”; chỉ dùng {', '.join(known)}."


def nothing_says_whose(path: Path) -> str:
    """The sentence for a form of which no sheet says what unit it is of."""
    return f"{path}: biểu mẫu phải có một sheet kiểu cover hoặc units để biết báo cáo của đơn vị nào."


def rule_not_understood(expression: str) -> str:
    """The sentence for a rule that cannot be asked."""
    return f"rules.csv: không hiểu biểu thức “{expression}”."


def differing(numbers: Iterable[tuple[str, float, float]]) -> str:
    """Numbers that two forms give differently: “Trực tuyến” là 120, biểu mẫu kia ghi 118."""
    return "; ".join(f"“{label}” là {number(one)}, biểu mẫu kia ghi {number(other)}" for label, one, other in numbers)
