"""What the guidance says, made from the same columns, rules and words the checker uses: the two never disagree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, cast

from etl.calendar import Period
from etl.catalogue import Unit
from etl.findings import expectation
from etl.form import Column
from etl.template.draft import YES, Draft
from etl.template.entry import words_of
from etl.template.quoting import PLACEHOLDER, UNKNOWN
from etl.template.sentences import COLOURS, STEPS, WAYS_TO_WRITE
from etl.template.stamps import due_in_words, file_name, span_in_words
from etl.template.tally import state_of, state_of_all

SEVERITIES = {"error": "Trả lại để sửa", "explain": "Đề nghị xác nhận", "note": "Lưu ý"}
SHOWN_NAMES = 5
"""So many choices are named in the guidance; all are on the sheet of lists."""


class Entry(NamedTuple):
    """One row of the guidance: its texts and the look of the first."""

    texts: tuple[str, ...]
    style: str = "label"
    link: str = ""
    """The sheet the first text leads to."""


def sections(draft: Draft, unit: Unit, period: Period, intro: str) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The sections of the guidance, in the order they are needed."""
    legend, ways, sheets, fields, checks = shared_sections(draft)
    yield "A. ĐÃ ĐIỀN ĐẾN ĐÂU (Excel, LibreOffice tự đếm khi điền; bấm vào tên sheet để mở)", sheets
    yield "B. BỐN BƯỚC", tuple(steps(draft, unit, period, intro))
    yield "C. MÀU CỦA Ô", legend
    yield "D. GHI THẾ NÀO CHO ĐÚNG", ways
    yield "E. TỪNG Ô, TỪNG CỘT", fields
    yield "F. QUY TẮC KIỂM TRA (báo cáo gửi về được kiểm tra theo đúng các quy tắc này)", checks


Shared = tuple[tuple[Entry, ...], ...]


def shared_sections(draft: Draft) -> Shared:
    """The sections that are the same for every unit of a kind."""
    if "guide" not in draft.kept:
        made = (colours(), ways_to_write(draft), pages(draft), columns(draft), rules(draft))
        draft.kept["guide"] = tuple(tuple(each) for each in made)
    return cast(Shared, draft.kept["guide"])


def steps(draft: Draft, unit: Unit, period: Period, intro: str) -> Iterator[Entry]:
    """What to do, in order."""
    settings = draft.catalogue.settings
    sent_to = settings.get("send_to", "")
    known = {
        "cover": next((form.sheet for form in draft.form.sheets if form.layout == "cover"), ""),
        "unit": unit.full_name,
        "period": period.name,
        "span": span_in_words(period),
        "file": file_name(draft.form, unit, period),
        "authority": settings.get("authority", "cơ quan tổng hợp") + (f" ({sent_to})" if sent_to else ""),
        "due": due_in_words(period),
    }
    if intro:
        yield Entry(("Tóm tắt", intro), "stamp")
    for number, sentence in enumerate(STEPS, start=1):
        yield Entry((f"Bước {number}", sentence.format_map(known)), "stamp")


def colours() -> Iterator[Entry]:
    """What each colour means."""
    for name, sample, meaning in COLOURS:
        yield Entry((sample, meaning), name)


def ways_to_write(draft: Draft) -> Iterator[Entry]:
    """Blank, zero, not applicable; numbers, dates, choices."""
    known = {"kad": draft.kad, "yes": YES, "nothing": draft.nothing}
    for case, sentence in WAYS_TO_WRITE:
        yield Entry((case, sentence.format_map(known)), "stamp")


def pages(draft: Draft) -> Iterator[Entry]:
    """The workbook and its sheets, each with how far it is filled."""
    yield Entry(("Cả tệp", state_of_all(draft.form)), "state")
    yield Entry(("Sheet", "Nội dung", "Bắt buộc", "Tình trạng", "Cách điền"), "head_optional")
    for form in draft.form.sheets:
        if form.layout not in ("guide", "lists"):
            yield Entry(
                (form.sheet, form.title, "Bắt buộc" if form.required else "Nếu có",
                 state_of(draft.form, form.sheet), form.intro), "label", form.sheet,
            )  # fmt: skip


def columns(draft: Draft) -> Iterator[Entry]:
    """What each column takes."""
    yield Entry(("Sheet", "Ô, cột", "Bắt buộc", "Điền gì", "Giải thích"), "head_optional")
    for form in draft.form.sheets:
        for column in form.columns:
            if column.type in ("label", "computed"):
                continue
            required = "Bắt buộc" if draft.required(column) else ""
            yield Entry((form.sheet, column.label, required, takes(draft, column), column.note))


def takes(draft: Draft, column: Column) -> str:
    """What a column takes, in the words of the checker."""
    if column.type == "percent":
        return words_of(column)
    if column.type == "code":
        return "Mã, tên"
    if column.type in ("enum", "yesno") and (chosen := draft.lists.get(column.list_id)):
        names = [
            item.name if chosen.by_name else f"{item.code} ({chosen.short.get(item.code, item.name)})"
            for item in chosen.items
        ]
        return "Chọn: " + "; ".join(names[:SHOWN_NAMES]) + ("…" if len(names) > SHOWN_NAMES else "")
    return expectation(column)


def rules(draft: Draft) -> Iterator[Entry]:
    """What is compared with what, what is said where it does not fit, and what to do."""
    yield Entry(("Sheet", "Điều phải đúng", "Khi chưa đúng", "Hệ thống báo", "Cách xử lý"), "head_optional")
    for rule in draft.all_rules:
        yield Entry((
            rule.sheet, f"{rule.basis} ({rule.rule_id})", SEVERITIES.get(rule.severity, rule.severity),
            spoken(rule.message), spoken(rule.fix),
        ))  # fmt: skip


def spoken(sentence: str) -> str:
    """A sentence of a rule with "…" where the checker quotes a value."""
    return PLACEHOLDER.sub(UNKNOWN, sentence)
