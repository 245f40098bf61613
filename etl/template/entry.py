"""What Excel says while a cell is being filled: the hint beside it, and the refusal of what cannot be right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from openpyxl.worksheet.datavalidation import DataValidation

from etl.findings import expectation, is_number, number
from etl.form import Column
from etl.template.choices import Choices

LONGEST_HEAD, LONGEST_BODY = 32, 250
LONGEST_TEXT = 2_000
LATEST = dt.date(2099, 12, 31)
EARLIEST = dt.date(2020, 1, 1)
EPOCH = dt.date(1899, 12, 30)
NUMBERS = ("int", "decimal", "percent")


def check(
    column: Column, letters: Mapping[str, str], row: int, lists: Mapping[str, Choices], kad: str
) -> DataValidation:
    """The check of one column. `letters`: column_id -> the column's letter; `row`: the first row it is for."""
    cell = f"{letters[column.column_id]}{row}"
    references = {column_id: f"${letter}{row}" for column_id, letter in letters.items()}
    made = CHECKS.get(column.type, text_check)(column, cell, references, lists, kad)
    if hint := cut(hint_of(column, lists, kad)):
        made.promptTitle, made.prompt, made.showInputMessage = cut(column.label, LONGEST_HEAD), hint, True
    if made.type:
        made.errorTitle, made.error, made.showErrorMessage = "Chưa đúng", cut(refusal(column, kad)), True
        made.errorStyle = "stop"
    made.allow_blank = True
    return made


def accepts(column: Column, cell: str, lists: Mapping[str, Choices], words: str) -> str:
    """The formula for: what stands in this cell can be right by itself, as pasting goes past every check; "" for text
    of any length. `words`: the name of the list of words a number may be left out with, "" where there are none.
    """
    if column.type in NUMBERS:
        return number_fits(column, cell, {}, f"ISNUMBER(MATCH(TRIM({cell}),{words},0))" if words else "FALSE")
    if column.type == "date":
        return date_fits(column, cell, {})
    if column.type in ("enum", "yesno") and column.list_id in lists:
        return f"ISNUMBER(MATCH({cell},{lists[column.list_id].defined_name},0))"
    low, high = lengths(column)
    if not (is_number(column.low) or is_number(column.high)):
        return ""
    return f"LEN({cell})<={high}" if low == "0" else f"AND(LEN({cell})>={low},LEN({cell})<={high})"


def number_check(
    column: Column, cell: str, references: Mapping[str, str], lists: Mapping[str, Choices], kad: str
) -> DataValidation:
    """A number within its bounds, or the word for "not applicable" where there is one."""
    otherwise = f'UPPER(TRIM({cell}))="{kad}"' if kad else "FALSE"
    return DataValidation(type="custom", formula1=number_fits(column, cell, references, otherwise))


def number_fits(column: Column, cell: str, references: Mapping[str, str], otherwise: str) -> str:
    """The formula for: a number within its bounds; or, where it is none, `otherwise`."""
    parts = [
        f"{cell}{sign}{bound}" for sign, bound in ((">=", column.low or "0"), ("<=", column.high)) if is_number(bound)
    ]
    parts += [f"IF(ISNUMBER({references[bound]}),{cell}{sign}{references[bound]},TRUE)"
              for sign, bound in ((">=", column.low), ("<=", column.high)) if bound in references]  # fmt: skip
    if column.type == "int":
        parts.append(f"{cell}=INT({cell})")
    if column.type == "percent":
        # 85% typed with its sign is 0.85 to Excel: refused, so that nobody means 85 and sends 0.85.
        parts.append(f"OR({cell}=0,{cell}>=1)")
    return f"IF(ISNUMBER({cell}),AND({','.join(parts)}),{otherwise})"


def date_check(
    column: Column, cell: str, references: Mapping[str, str], lists: Mapping[str, Choices], kad: str
) -> DataValidation:
    """A date not before its bound."""
    return DataValidation(type="custom", formula1=date_fits(column, cell, references))


def date_fits(column: Column, cell: str, references: Mapping[str, str]) -> str:
    """The formula for: a date not before its bound; one Excel takes for text (its country set to America) is left to
    the reader.
    """
    low = dt.date.fromisoformat(column.low) if column.low[:2] == "20" else EARLIEST
    high = dt.date.fromisoformat(column.high) if column.high[:2] == "20" else LATEST
    parts = [f"{cell}>={(low - EPOCH).days}", f"{cell}<={(high - EPOCH).days}"]
    if column.low in references:
        parts.append(f"IF(ISNUMBER({references[column.low]}),{cell}>={references[column.low]},TRUE)")
    as_text = f"AND(LEN(TRIM({cell}))<=10,ISNUMBER(VALUE(RIGHT(TRIM({cell}),4))))"
    return f"IF(ISNUMBER({cell}),AND({','.join(parts)}),{as_text})"


def choice_check(
    column: Column, cell: str, references: Mapping[str, str], lists: Mapping[str, Choices], kad: str
) -> DataValidation:
    """A value of the column's list."""
    if column.list_id not in lists:
        return text_check(column, cell, references, lists, kad)
    return DataValidation(type="list", formula1=lists[column.list_id].defined_name)


def text_check(
    column: Column, cell: str, references: Mapping[str, str], lists: Mapping[str, Choices], kad: str
) -> DataValidation:
    """A text of a length the reader takes."""
    low, high = lengths(column)
    return DataValidation(type="textLength", operator="between", formula1=low, formula2=high)


def lengths(column: Column) -> tuple[str, str]:
    """The shortest and the longest text a column takes."""
    low, high = (bound if is_number(bound) else "" for bound in (column.low, column.high))
    return low or "0", high or str(LONGEST_TEXT)


Check = Callable[[Column, str, Mapping[str, str], Mapping[str, Choices], str], DataValidation]
CHECKS: Mapping[str, Check] = {
    "int": number_check, "decimal": number_check, "percent": number_check, "date": date_check, "enum": choice_check,
    "yesno": choice_check,
}  # fmt: skip


def hint_of(column: Column, lists: Mapping[str, Choices], kad: str) -> str:
    """What to fill in, in a few words; "" where the label says it all."""
    sentences = [column.note.rstrip(".")] if column.note else []
    if column.type in NUMBERS:
        sentences.insert(0, words_of(column))
        sentences.append(f"Không phát sinh ghi 0; không áp dụng ghi {kad}" if kad else "Chưa làm thì ghi 0")
    elif column.type == "date":
        sentences.insert(0, "Ngày/tháng/năm, ví dụ 20/11/2026; gõ xong ô phải hiện đúng ngày đã gõ")
    elif column.type in ("enum", "yesno"):
        sentences.insert(0, "Bấm mũi tên ở góc ô để chọn")
        chosen = lists.get(column.list_id)
        if chosen and not chosen.by_name:
            sentences.append(
                "; ".join(f"{item.code}: {chosen.short.get(item.code, item.name)}" for item in chosen.items)
            )
    return ". ".join(sentences) + "." if sentences else ""


def words_of(column: Column) -> str:
    """What the column takes, in the words of the checker, with a bound given by another column left out."""
    if column.type == "percent":
        return "Số từ 0 đến 100, không gõ dấu %: đạt 85% thì gõ 85"
    return expectation(column)


def refusal(column: Column, kad: str) -> str:
    """What is said to a value that cannot be right."""
    if column.type == "percent":
        return f"{words_of(column)}."
    if column.type in NUMBERS:
        return (f"Ô này nhận {in_bounds(column)}, không kèm chữ, không gõ dấu ngăn cách hàng nghìn. "
                + (f"Không phát sinh ghi 0; không áp dụng ghi {kad}." if kad else "Chưa làm thì ghi 0."))  # fmt: skip
    if column.type == "date":
        return "Ô này nhận ngày dạng ngày/tháng/năm đủ bốn chữ số của năm, ví dụ 20/11/2026, không trước ngày bắt đầu."
    if column.type in ("enum", "yesno"):
        return "Chọn một giá trị trong danh sách: bấm mũi tên ở góc ô. Muốn bỏ thì xóa trắng ô."
    return "Nội dung dài quá mức cho phép. Hãy rút gọn."


def in_bounds(column: Column) -> str:
    """The numbers a column takes, in words."""
    whole = "số nguyên" if column.type == "int" else "số"
    low, high = (number(float(bound)) if is_number(bound) else "" for bound in (column.low or "0", column.high))
    return " ".join(filter(None, (whole, f"từ {low}" if low else "", f"đến {high}" if high else "")))


def cut(text: str, longest: int = LONGEST_BODY) -> str:
    """A text as long as Excel shows it, cut between words."""
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;.") + "…"


def areas(letter: str, rows: Sequence[int]) -> list[str]:
    """The cells of a column in these rows, as few ranges as possible."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        first, last = runs.pop() if runs and runs[-1][1] == row - 1 else (row, row)
        runs.append((first, row if last == row - 1 else last))
    return [area(letter, first, last) for first, last in runs]


def blocks(letters: Sequence[str], rows: Sequence[int]) -> list[str]:
    """The cells of columns side by side in these rows."""
    first, last = letters[0], letters[-1]
    if first == last:
        return areas(first, rows)
    ends = (each.split(":") for each in areas(first, rows))
    return [f"{begin[0]}:{last}{begin[-1][len(first) :]}" for begin in ends]


def area(letter: str, first: int, last: int) -> str:
    """One range of a column."""
    return f"{letter}{first}" if first == last else f"{letter}{first}:{letter}{last}"
