"""The sheet of guidance, made from the same columns, rules and words the checker uses, so that they never disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, cast

from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from etl.calendar import Period
from etl.catalogue import Unit
from etl.findings import expectation
from etl.form import Column
from etl.template.draft import YES, Draft
from etl.template.entry import words_of
from etl.template.inside import cell_in
from etl.template.look import look
from etl.template.page import finish, height, merge, put, put_merged, set_height, set_width
from etl.template.stamps import due_in_words, file_name, span_in_words

WIDTHS = (20.0, 42.0, 20.0, 44.0, 50.0)
SEVERITIES = {"error": "Trả lại để sửa", "explain": "Đề nghị xác nhận", "note": "Lưu ý"}
SHOWN_NAMES = 5
"""So many choices are named in the guidance; all are on the sheet of lists."""
PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Entry(NamedTuple):
    """One row of the guidance: its texts and the look of the first."""

    texts: tuple[str, ...]
    style: str = "label"
    link: str = ""
    """The sheet the first text leads to."""


def write_guide(draft: Draft, sheet: Worksheet, unit: Unit, period: Period, intro: str) -> None:
    """Write the guidance."""
    for column, width in enumerate(WIDTHS, start=1):
        set_width(sheet, column, width)
    title = f"HƯỚNG DẪN — {draft.form.title}\n{unit.full_name} — {period.name}"
    put_merged(sheet, 1, 1, 4, title, look("title"))
    put(sheet, 1, 5, f"Hạn nộp: {due_in_words(period)}", look("strong"))
    set_height(sheet, 1, 46)
    row = 2
    for section, entries in sections(draft, unit, period, intro):
        put_merged(sheet, row, 1, 5, section, look("section"))
        set_height(sheet, row, 22)
        for row, entry in enumerate(entries, start=row + 1):
            write_entry(sheet, row, entry)
        row += 2
    finish(sheet, freeze="A2", active="A2", last_column=5, last_row=row, repeat_row=0)


def sections(draft: Draft, unit: Unit, period: Period, intro: str) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The sections of the guidance, in the order they are needed."""
    legend, ways, sheets, fields, checks = shared_sections(draft)
    yield "A. BỐN BƯỚC", tuple(steps(draft, unit, period, intro))
    yield "B. MÀU CỦA Ô", legend
    yield "C. GHI THẾ NÀO CHO ĐÚNG", ways
    yield "D. CÁC TRANG CỦA TỆP (bấm vào tên để mở)", sheets
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
    cover = next((form.sheet for form in draft.form.sheets if form.layout == "cover"), "")
    authority = draft.catalogue.settings.get("authority", "cơ quan tổng hợp")
    sent_to = draft.catalogue.settings.get("send_to", "")
    texts = (
        f"Mở trang {cover}, xem tên đơn vị ({unit.full_name}) và kỳ báo cáo ({period.name}, số liệu {span_in_words(period)}) "
        "đã đúng chưa. Không đúng thì không dùng tệp này, đề nghị cấp lại mẫu của đơn vị mình.",
        "Điền lần lượt từng trang, từ trái sang phải. Ô vàng đậm là ô bắt buộc còn trống; điền xong, ô tự nhạt đi. "
        "Ô xám không phải điền. Số và nhiệm vụ của kỳ trước (nếu có) đã được điền sẵn.",
        "Xem lại các ô đỏ và ô cam. Ô đỏ là số liệu chưa khớp, phải sửa trước khi gửi. Ô cam là số liệu khác thường: "
        "đúng thì để nguyên, sai thì sửa. Lý do từng ô ghi ở mục F.",
        f"Lưu tệp, giữ nguyên tên {file_name(draft.form, unit, period)}, gửi về {authority}"
        f"{f' ({sent_to})' if sent_to else ''} trước {due_in_words(period)}. Gửi lại lần sau thì tăng “Lần nộp trong kỳ”.",
    )
    if intro:
        yield Entry(("Tóm tắt", intro), "stamp")
    for number, text in enumerate(texts, start=1):
        yield Entry((f"Bước {number}", text), "stamp")


def colours() -> Iterator[Entry]:
    """What each colour means."""
    yield Entry(("", "Ô bắt buộc còn trống: phải điền"), "must")
    yield Entry(("", "Ô được điền (không bắt buộc, hoặc bắt buộc và đã điền)"), "input")
    yield Entry(("", "Chữ in sẵn, số kỳ trước: đã khóa, không sửa"), "label")
    yield Entry(("", "Không dùng cho dòng này: để trống"), "unused")
    yield Entry(("", "Số liệu chưa khớp: sửa trước khi gửi"), "wrong")
    yield Entry(("", "Số liệu khác thường: kiểm tra lại, đúng thì để nguyên"), "odd")
    yield Entry(("Cột *", "Tiêu đề nền xanh đậm và có dấu * là cột bắt buộc"), "head_required")


def ways_to_write(draft: Draft) -> Iterator[Entry]:
    """Blank, zero, not applicable; numbers, dates, choices."""
    for first, second in (
        ("Có số liệu", "Gõ số, không kèm chữ hay đơn vị tính, không gõ dấu ngăn cách hàng nghìn: 1234 (không gõ 1.234 hay 1,234)."),
        ("Không làm, không phát sinh", "Ghi 0. Số 0 nghĩa là đã xem và không có gì."),
        ("Không áp dụng", f"Ghi {draft.kad} khi nội dung đó không thuộc phạm vi của đơn vị."),
        ("Chưa có số liệu", "Để trống. Ô trống không được hiểu là 0; ô bắt buộc để trống thì báo cáo bị trả lại."),
        ("Cả trang không có gì", f"Chọn “{YES}” ở ô “{draft.nothing} trong kỳ” trên đầu trang; không phải điền từng số 0."),
        ("Tỷ lệ phần trăm", "Gõ số từ 0 đến 100, không gõ dấu %: đạt 85% thì gõ 85."),
        ("Phần thập phân", "Dùng dấu phẩy: 12,5."),
        ("Ngày", "Ngày trước, tháng sau, đủ bốn chữ số của năm: 20/11/2026. Gõ xong, xem ô có hiện đúng ngày đã gõ không."),
        ("Ô có danh sách", "Bấm vào ô, bấm mũi tên ở góc phải rồi chọn; không gõ cách gọi khác."),
        ("Nhiều đơn vị trong một ô", "Ngăn cách bằng dấu chấm phẩy (;)."),
        ("Dữ liệu cá nhân", "Không ghi họ tên, số định danh, số điện thoại, thư điện tử cá nhân: chỉ ghi chức danh, bộ phận và số tổng hợp."),
        ("Không được", "Đổi tên trang, xóa dòng hoặc cột in sẵn, gộp ô, chèn ảnh. Được kéo rộng cột, thêm dòng ở trang dạng danh sách."),
    ):
        yield Entry((first, second), "stamp")


def pages(draft: Draft) -> Iterator[Entry]:
    """The sheets of the workbook."""
    yield Entry(("Trang", "Nội dung", "Bắt buộc", "Cách điền"), "head_optional")
    for form in draft.form.sheets:
        if form.layout not in ("guide", "lists"):
            yield Entry((form.sheet, form.title, "Bắt buộc" if form.required else "Nếu có", form.intro), "label", form.sheet)


def columns(draft: Draft) -> Iterator[Entry]:
    """What each column takes."""
    yield Entry(("Trang", "Ô, cột", "Bắt buộc", "Điền gì", "Giải thích"), "head_optional")
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
        names = [item.name if chosen.by_name else f"{item.code} ({chosen.short.get(item.code, item.name)})" for item in chosen.items]
        return "Chọn: " + "; ".join(names[:SHOWN_NAMES]) + ("…" if len(names) > SHOWN_NAMES else "")
    return expectation(column)


def rules(draft: Draft) -> Iterator[Entry]:
    """What is compared with what, what is said where it does not fit, and what to do."""
    yield Entry(("Trang", "Điều phải đúng", "Khi chưa đúng", "Hệ thống báo", "Cách xử lý"), "head_optional")
    for rule in draft.catalogue.rules_of(draft.form.form_id):
        yield Entry((
            rule.sheet, f"{rule.basis} ({rule.rule_id})", SEVERITIES.get(rule.severity, rule.severity),
            spoken(rule.message), spoken(rule.fix),
        ))  # fmt: skip


def spoken(sentence: str) -> str:
    """A sentence of a rule with "…" where the checker quotes a value."""
    return PLACEHOLDER.sub("…", sentence)


class DrawnEntry(NamedTuple):
    """An entry ready to be written: its cells from the left, and the height of its row."""

    cells: tuple[tuple[str | None, StyleArray], ...]
    height: float


@lru_cache(maxsize=2_000)
def draw(entry: Entry) -> DrawnEntry:
    """An entry's cells; the last text runs to the right edge."""
    texts, last = entry.texts, len(entry.texts)
    heading = entry.style == "head_optional"
    side = "center" if heading else "left"
    first = look("link" if entry.link else entry.style, align=side)
    plain = look(entry.style if heading else "label", align=side)
    cells = [(text, first if column == 0 else plain) for column, text in enumerate(texts)]
    narrow = list(zip(texts[:-1], WIDTHS, strict=False))
    return DrawnEntry(
        (*cells, *[(None, plain)] * (len(WIDTHS) - last)), height(*narrow, (texts[-1], sum(WIDTHS[last - 1 :])))
    )


def write_entry(sheet: Worksheet, row: int, entry: Entry) -> None:
    """One row."""
    drawn = draw(entry)
    for column, (text, style) in enumerate(drawn.cells, start=1):
        put(sheet, row, column, text, style)
    set_height(sheet, row, drawn.height)
    if len(entry.texts) < len(WIDTHS):
        merge(sheet, row, len(entry.texts), len(WIDTHS))
    if entry.link:
        cell_in(sheet, row, 1)._hyperlink = Hyperlink(ref=f"A{row}", location=f"'{entry.link}'!A1", display=entry.link)
