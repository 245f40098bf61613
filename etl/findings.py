"""What is wrong or odd in a workbook: the finding, and the phrases its sentences are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from etl.faults import FAULTS
from etl.form import Column


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
    """A finding of a built-in kind, with its sentences filled in; KeyError where the kind is unknown."""
    rule_id, severity, message, expected, fix = FAULTS[fault]
    shown = str(value)
    words = {"value": shown, "sheet": sheet, "cell": cell, "column": column} | OPTIONAL | details
    return Finding(
        rule_id, severity, sheet, cell, row, column, shown,
        expected.format_map(words), message.format_map(words), fix.format_map(words),
    )  # fmt: skip


# Phrases that findings are made of ----------------------------------------------------------------------------------

WITNESSES = {
    "unit_code": "mã đơn vị", "unit_name": "tên đơn vị", "title": "tiêu đề", "file_name": "tên tệp",
    "choice": "người nộp chọn", "period": "ô kỳ báo cáo",
}  # fmt: skip


def testimony(words: Iterable[tuple[str, str]]) -> str:
    """What each witness to a unit or period says, side by side."""
    return "; ".join(f"{WITNESSES[where]} ghi {says}" for where, says in words)


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
        text += f" ({column.unit})" if column.unit and not high else ""
    return text


def is_number(text: str) -> bool:
    """Whether a bound of the catalogue is a number."""
    return bool(text) and text.replace(".", "", 1).replace("e", "", 1).replace("-", "", 1).isdigit()


def not_more_than(label: str, value: float) -> str:
    """A bound that another column gives."""
    return f"Không lớn hơn “{label}” ({number(value)})"


def not_less_than(label: str, value: float) -> str:
    """A bound that another column gives."""
    return f"Không nhỏ hơn “{label}” ({number(value)})"


def date_range(date_from: dt.date, date_to: dt.date) -> str:
    """From one day to another."""
    return f"Từ {date_from:%d/%m/%Y} đến {date_to:%d/%m/%Y}"


def either(readings: Sequence[str]) -> str:
    """The readings a value may have: “1234 hoặc 1,234”."""
    return " hoặc ".join(readings)


def catalogue_missing(path: Path) -> str:
    """The sentence for a folder that is no catalogue."""
    return f"Không thấy {path}: thư mục danh mục chưa đúng."


def columns_without_sheet(path: Path, sheets: Sequence[str]) -> str:
    """The sentence for columns declared for a sheet that is not."""
    return f"{path}: sheet {', '.join(sheets)} không có trong sheets.csv."


def differing(measures: Iterable[tuple[str, float, float]]) -> str:
    """Numbers that two forms give differently: “recv_online 120 và 118”."""
    return "; ".join(f"{measure} {number(one)} và {number(other)}" for measure, one, other in measures)
