"""Where files are dropped: the box, the reading of them while a table fills, the date they were received, and who
receives them.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from etl import Incoming, Inspected, Undecidable, inspect_files, redate_files, unpack_files
from ui import ask, formats
from ui.parts import tray
from ui.signs import OUTCOMES, marked
from ui.telling import WHO

TAKEN = ["xlsx", "xlsm", "zip", "xls", "xlsb", "ods", "csv", "htm", "html", "pdf", "docx"]
"""More than can be read, so that a file of the wrong kind is answered with its own sentence and its cure."""
DROPS, DATED = "drops", "dated"
EVERY = 0.3
"""Seconds between two pictures of the table while files are read."""
SHOWN_WHILE_READING = 8
UNKNOWN = "trang nộp báo cáo"
"""Who records where nobody gave a name."""


def top() -> None:
    """The box to drop files in; for all of them, when they were received and who receives them."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        files = box()
        received()
        who()
    if files:
        read_in([(file.name, file.getvalue()) for file in files])
        st.session_state[DROPS] = st.session_state.get(DROPS, 0) + 1
        st.rerun()


def box() -> Sequence[Any]:
    """The box to drop files in. They go to the tray as soon as they are read, and the box is empty again."""
    return st.file_uploader(
        "Tệp báo cáo (.xlsx), hoặc một tệp .zip gồm nhiều báo cáo", type=TAKEN, accept_multiple_files=True,
        key=f"files-{st.session_state.get(DROPS, 0)}", label_visibility="collapsed",
    )  # fmt: skip


def read_in(files: Sequence[tuple[str, bytes]]) -> None:
    """Read files and put them on the tray."""
    held = tray.tray()
    incoming = unpack_files(files)
    if held.received_at:
        incoming = redate_files(incoming, held.received_at, held.reason)
    tray.add(watched(incoming))


def watched(incoming: Sequence[Incoming]) -> list[Inspected]:
    """Files as they are read: how far it is, how long it takes, and a table that fills."""
    bar, table = st.progress(0.0, text=f"Đang đọc {len(incoming)} tệp…"), st.empty()
    begun = shown = time.monotonic()
    found: list[Inspected] = []
    for each in inspect_files(incoming):
        found.append(each)
        if time.monotonic() - shown > EVERY:
            shown = time.monotonic()
            bar.progress(len(found) / len(incoming), text=how_far(len(found), len(incoming), shown - begun))
            table.dataframe(latest(found), hide_index=True, alt="Các tệp vừa đọc xong")
    bar.empty()
    table.empty()
    return found


def how_far(done: int, total: int, seconds: float) -> str:
    """ "Đang đọc 40/115 tệp, còn khoảng 3 giây"."""
    left = max(1, round(seconds / done * (total - done)))
    return f"Đang đọc {done}/{total} tệp, còn khoảng {left} giây"


def latest(inspected: Sequence[Inspected]) -> pd.DataFrame:
    """The last files that were read, newest first."""
    return pd.DataFrame([
        {"Tệp": each.incoming.name, "Kết quả": marked(OUTCOMES[first_outcome(each)]),
         "Kỳ": each.reports[0].period if each.reports else formats.NONE, "Lỗi phải sửa": errors_of(each)}
        for each in reversed(inspected[-SHOWN_WHILE_READING:])
    ])  # fmt: skip


def first_outcome(inspected: Inspected) -> str:
    """How a file looks before what is known of it already is asked."""
    return "unreadable" if not inspected.reports else "returned" if errors_of(inspected) else "accepted"


def errors_of(inspected: Inspected) -> int:
    """How many findings of a file must be corrected."""
    counts = Counter(one.severity for report in inspected.reports for one in report.findings)
    counts.update(one.severity for one in inspected.findings)
    return counts["error"]


def who() -> None:
    """The name that the audit keeps."""
    st.session_state.setdefault("intake-by", st.session_state.get(WHO, ""))
    name = st.text_input(
        "Người tiếp nhận", key="intake-by", placeholder="Người tiếp nhận (ghi vào nhật ký)", width=280, max_chars=80,
        label_visibility="collapsed", icon=":material/person:",
    )  # fmt: skip
    st.session_state[WHO] = (name or "").strip()


def by() -> str:
    """Who records."""
    return str(st.session_state.get(WHO, "")) or UNKNOWN


def received() -> None:
    """The date of receipt: now, unless somebody gives an earlier one and says why."""
    held = tray.tray()
    label = f"Nhận lúc {formats.moment(held.received_at)}" if held.received_at else "Nhận bây giờ"
    turn = st.session_state.get(DATED, 0)  # a new one is closed
    with (
        st.popover(label, icon=":material/event:", key=f"received-{turn}"),
        st.form(f"received-form-{turn}", border=False, enter_to_submit=False),
    ):
        st.caption("Chỉ đổi khi tệp đã đến sớm hơn, ví dụ qua thư hoặc văn thư. Lý do được ghi vào nhật ký.")
        now = ask.now()
        given = held.received_at or now  # the keys keep what was typed when meanwhile a minute has passed
        day = st.date_input("Ngày nhận", given, max_value=now, format="DD/MM/YYYY", key=f"received-day-{turn}")
        hour = st.time_input("Giờ nhận", given, step=dt.timedelta(minutes=15), key=f"received-hour-{turn}")
        reason = st.text_input("Lý do", value=held.reason, max_chars=300, placeholder="Ví dụ: nhận qua thư điện tử")
        if st.form_submit_button("Dùng cho cả đợt", type="primary", icon=":material/check:"):
            settle_on(dt.datetime.combine(day, hour), reason)


def settle_on(moment: dt.datetime, reason: str) -> None:
    """Take a date of receipt for all files; what stands in its way is said."""
    try:
        tray.redate(moment, reason)
    except Undecidable as fault:
        st.error(formats.plain(fault), icon=":material/error:")
        return
    st.session_state[DATED] = st.session_state.get(DATED, 0) + 1
    st.rerun()
