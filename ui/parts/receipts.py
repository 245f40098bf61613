"""The files on the tray as a table: filter them, tick some, and record, send back or leave out those or all of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from etl import Receipt, mark_inspected
from ui import formats, handing, tables
from ui.parts import recording
from ui.parts.archive import MARKED_ZIP, told_marked, zipped
from ui.parts.tray import Entry
from ui.signs import OUTCOMES, marked
from ui.tables import Column

STEPS = (
    (
        ":material/fact_check:",
        "Kiểm tra",
        "Nhận ra biểu mẫu, đơn vị và kỳ của từng tệp; chỉ rõ ô sai, vì sao sai và cách sửa.",
    ),
    (
        ":material/save:",
        "Ghi nhận",
        "Mọi tệp hợp lệ được đưa vào số liệu cùng một lúc; nộp lại thì thành lần nộp mới, lần cũ vẫn giữ.",
    ),
    (
        ":material/undo:",
        "Trả lại",
        "Tệp có lỗi được lưu kèm lý do và tính ngày nhận; gửi đơn vị sửa theo danh sách lỗi.",
    ),
)
EVERY, IN_VIEW, LAST_CELL = "", "file-in-view", "last-cell"
ROWS = 15
ORDER = ("overtaken", "returned", "in_part", "unreadable", "asked", "accepted", "duplicate")
"""Files that need work first."""
COLUMNS = (
    Column("state", "Kết quả", signs=OUTCOMES, width=144),
    Column("unit", "Đơn vị", width=196),
    Column("period", "Kỳ", width=74),
    Column("version", "Lần", width=50, alignment="right"),
    Column("errors", "Lỗi", formats.number, width=50, alignment="right", help="Số lỗi phải sửa"),
    Column("file", "Tệp", width=270),
)


def steps() -> None:
    """What will happen to files, while there are none."""
    with st.grid(3, min_column_width=280):
        for icon, name, text in STEPS:
            with st.container(border=True, height="stretch"):
                st.markdown(f"##### {icon} {name}", anchors=False)
                st.caption(text)


def state_of(entry: Entry) -> str:
    """The sign of a file."""
    receipt = entry.receipt
    if receipt.outcome == "returned" and receipt.counts.get("units", 0) > 1 and receipt.counts.get("units_good"):
        return "overtaken" if entry.overtaken else "in_part"
    if receipt.outcome == "accepted":
        return "overtaken" if entry.overtaken else "asked" if receipt.counts.get("explain") else "accepted"
    return receipt.outcome


def is_good(entry: Entry) -> bool:
    """Whether a file can be recorded whole."""
    return entry.receipt.outcome == "accepted"


def is_faulty(entry: Entry) -> bool:
    """Whether a file must be sent back."""
    return entry.receipt.outcome in ("returned", "unreadable")


def summary(entries: Sequence[Entry]) -> str:
    """ "115 tệp: 103 hợp lệ, 12 cần sửa"."""
    counts = Counter(state_of(entry) for entry in entries)
    words = [f"{formats.number(counts[one])} {OUTCOMES[one].word.lower()}" for one in OUTCOMES if counts[one]]
    return f"{formats.number(len(entries))} tệp: {', '.join(words)}"


def ordered(entries: Sequence[Entry]) -> list[Entry]:
    """What needs work first, then by unit."""
    return sorted(entries, key=lambda one: (ORDER.index(state_of(one)), whose(one.receipt), one.receipt.file))


def desk(entries: Sequence[Entry]) -> tuple[Entry, Sequence[Entry]]:
    """Filter, table and choices; returns the file to look at closely, and those it is among."""
    with st.container(border=True, height="stretch"):
        above = st.container(horizontal=True, vertical_alignment="center", gap="small")
        shown = filtered(ordered(entries))
        ticked = table(shown)
        with above:
            choices(ticked or entries, bool(ticked))
    return in_view(shown), shown


def filtered(entries: Sequence[Entry]) -> list[Entry]:
    """The files of the outcome chosen; all unless somebody chose."""
    counts = Counter(state_of(entry) for entry in entries)
    present = [one for one in OUTCOMES if counts[one]]
    words = {EVERY: f"Tất cả {len(entries)}"} | {one: f"{marked(OUTCOMES[one])} {counts[one]}" for one in present}
    chosen = st.pills(
        "Lọc theo kết quả", list(words), default=EVERY, required=True, format_func=lambda one: words[one],
        key=f"outcome-{'-'.join(present)}", label_visibility="collapsed",
    )  # fmt: skip
    return [entry for entry in entries if not chosen or state_of(entry) == chosen]


def table(entries: Sequence[Entry]) -> list[Entry]:
    """The files as a table; returns those that are ticked. A click on a cell brings its file into view."""
    frame = pd.DataFrame([row_of(entry) for entry in entries], columns=[column.name for column in COLUMNS])
    key = f"files-{hashlib.sha256(''.join(entry.key for entry in entries).encode()).hexdigest()[:12]}"
    message = tables.listed(frame, COLUMNS, key, f"Kết quả kiểm tra {len(entries)} tệp")
    rows, cells = handing.picked(message, tables.high(frame, ROWS, tables.ROW_HEIGHT), key)
    last = (key, *cells[0]) if cells else None
    if last and last != st.session_state.get(LAST_CELL):
        st.session_state[IN_VIEW] = entries[cells[0][0]].key
    st.session_state[LAST_CELL] = last
    return [entries[row] for row in rows if row < len(entries)]


def row_of(entry: Entry) -> dict[str, object]:
    """A file as a row of the table."""
    receipt = entry.receipt
    return {
        "state": state_of(entry), "unit": whose(receipt), "period": receipt.period or formats.NONE,
        "version": version_of(receipt), "errors": receipt.counts.get("error", 0) or None,
        "file": receipt.file,
    }  # fmt: skip


def whose(receipt: Receipt) -> str:
    """The unit of a file, or how many units it is of."""
    units = receipt.counts.get("units", 0)
    return receipt.unit_name or (f"{formats.number(units)} đơn vị" if units else formats.NONE)


def version_of(receipt: Receipt) -> str:
    """The number a file would get among those of its report."""
    return formats.number(receipt.version) if receipt.version else formats.NONE


def choices(entries: Sequence[Entry], are_ticked: bool) -> None:
    """What can be done with the files that are ticked, or with all of them; each button says with how many."""
    good = [entry for entry in entries if is_good(entry) and (are_ticked or not entry.overtaken)]
    back = [entry for entry in entries if is_faulty(entry) or (are_ticked and is_good(entry))]
    which = " đã chọn" if are_ticked else ""
    st.button(
        f"Ghi nhận {len(good)} tệp {'đã chọn' if are_ticked else 'hợp lệ'}", type="primary",
        icon=":material/save:", disabled=not good, key="record", on_click=recording.record, args=(good,),
    )  # fmt: skip
    returning(back, f"Trả lại {len(back)} tệp{which or ' có lỗi'}", "all")
    st.button(
        f"Bỏ {len(entries)} tệp{which}" if are_ticked else "Bỏ tất cả", icon=":material/close:", key="leave-out",
        help="Không lưu gì của các tệp này.", on_click=recording.leave_out,
        args=([entry.key for entry in entries],),
    )  # fmt: skip
    marked_copies([entry for entry in entries if is_markable(entry)])


def returning(entries: Sequence[Entry], label: str, key: str, shortcut: str | None = None) -> None:
    """Send files back: faulty ones at once, good ones for a reason."""
    if any(is_good(entry) for entry in entries):
        with st.popover(label, icon=":material/undo:", key=f"return-{key}"):
            field = f"why-{key}"
            st.text_input("Lý do trả lại", key=field, max_chars=300, placeholder="Ví dụ: thiếu chữ ký của lãnh đạo")
            st.button(
                "Trả lại", type="primary", key=f"return-now-{key}", on_click=recording.send_back, args=(entries, field)
            )
        return
    st.button(
        label, icon=":material/undo:", key=f"return-{key}", disabled=not entries, shortcut=shortcut,
        help="Lưu tệp kèm lỗi và ngày nhận để xét đúng hạn; không lấy số liệu.",
        on_click=recording.send_back, args=(entries,),
    )  # fmt: skip


def is_markable(entry: Entry) -> bool:
    """Whether something in a workbook can be marked."""
    return bool(entry.receipt.form_id) and any(one.severity != "note" for one in entry.receipt.findings)


def marked_copies(entries: Sequence[Entry]) -> None:
    """The senders' own workbooks with every fault marked in its cell, made when they are asked for."""
    if entries:
        st.download_button(
            f"Tải {len(entries)} tệp đã đánh dấu lỗi",
            data=told_marked(lambda: zipped(marked_files(entries)), MARKED_ZIP, [entry.receipt for entry in entries]),
            file_name=MARKED_ZIP, mime="application/zip", icon=":material/download:", key="marked",
            on_click="ignore", help="Chính tệp của đơn vị, ô sai được tô màu và ghi chú, sheet đầu liệt kê từng lỗi.",
        )  # fmt: skip


def marked_files(entries: Sequence[Entry]) -> list[tuple[str, bytes]]:
    """The workbooks with their faults marked."""
    return mark_inspected([entry.inspected for entry in entries], [entry.receipt for entry in entries])


def in_view(entries: Sequence[Entry]) -> Entry:
    """The file to look at closely: the one clicked on or chosen, else the first; buttons and keys lead on."""
    keys = [entry.key for entry in entries]
    if st.session_state.get(IN_VIEW) not in keys:
        st.session_state[IN_VIEW] = keys[0]
    return entries[keys.index(st.session_state[IN_VIEW])]
