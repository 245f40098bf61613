"""To record, to send back, to leave out: what was chosen is done with what was seen when it was chosen, not with what
the next run of the page would find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from etl import Receipt, Undecidable, Unsaved, mark_kept, settle_files
from ui import ask, formats
from ui.parts import dropping, tray
from ui.parts.archive import MARKED_ZIP, told_marked, zipped
from ui.parts.tray import Entry

CHOICE, DONE, TROUBLE = "intake-choice", "intake-done", "intake-trouble"
STORED = {
    "accepted": "báo cáo được ghi nhận",
    "returned": "báo cáo bị trả lại",
    "unreadable": "tệp không đọc được",
    "duplicate": "tệp đã nhận từ trước",
}
NOW_SHOWN = " Số liệu mới đã có trên các trang."
IN_PART = "Tệp gồm nhiều đơn vị, còn dòng phải sửa."
"""Why a workbook of several units is sent back as a whole, where nobody says more."""


class Choice(NamedTuple):
    """Files to store as they were seen; `returned`: why good ones among them are sent back."""

    entries: tuple[Entry, ...]
    sent_back: bool
    returned: str = ""


def record(entries: Sequence[Entry]) -> None:
    """Take files in."""
    st.session_state[CHOICE] = Choice(tuple(entries), sent_back=False)


def send_back(entries: Sequence[Entry], reason_key: str = "") -> None:
    """Send files back, for the reason that stands in a field."""
    reason = str(st.session_state.get(reason_key) or "") if reason_key else ""
    st.session_state[CHOICE] = Choice(tuple(entries), sent_back=True, returned=reason.strip())


def leave_out(keys: Sequence[str]) -> None:
    """Forget files: nothing of them is stored."""
    tray.take_away(keys)
    st.session_state.pop(DONE, None)


def perform() -> None:
    """Do what was chosen at the end of the last run, then show the page anew."""
    choice: Choice | None = st.session_state.pop(CHOICE, None)
    if choice is None:
        return
    decided = [(each.inspected, each.receipt, why(each, choice)) for each in choice.entries]
    try:
        with st.spinner(f"Đang lưu {len(decided)} tệp…"):
            receipts = settle_files(decided, dropping.by(), ask.folder())
    except (Undecidable, Unsaved) as fault:
        st.session_state[TROUBLE] = str(fault)
        return
    stored = {receipt.sha256 for receipt in receipts if receipt.outcome != "overtaken"}
    st.session_state[DONE] = receipts
    ask.start_run()
    tray.take_away([each.key for each in choice.entries if each.inspected.sha256 in stored])
    st.rerun()


def why(entry: Entry, choice: Choice) -> str | None:
    """Why a file is sent back, None where it is taken in; a faulty one needs no more reason than its findings."""
    if not choice.sent_back:
        return None
    return choice.returned or (IN_PART if entry.receipt.outcome == "returned" and is_of_several(entry) else "")


def is_of_several(entry: Entry) -> bool:
    """Whether a workbook is of several units."""
    return entry.receipt.counts.get("units", 0) > 1


def done() -> None:
    """What the last choice did, until files are dropped or chosen again."""
    if trouble := st.session_state.pop(TROUBLE, ""):
        st.error(formats.plain(trouble), icon=":material/error:")
    receipts: list[Receipt] = st.session_state.get(DONE, [])
    counts = Counter(receipt.outcome for receipt in receipts)
    if stored := [f"{formats.number(counts[one])} {said}" for one, said in STORED.items() if counts[one]]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(
                f"Đã lưu: {'; '.join(stored)}.{NOW_SHOWN if counts['accepted'] else ''}", icon=":material/task_alt:"
            )
            marked_copies([receipt for receipt in receipts if receipt.outcome == "returned"])
    if counts["overtaken"]:
        st.warning(
            f"{formats.number(counts['overtaken'])} tệp chưa lưu: trong lúc xem, người khác đã ghi nhận bản khác của "
            "cùng báo cáo. Xem lại khác biệt mới rồi chọn lại.",
            icon=":material/sync_problem:",
        )


def marked_copies(receipts: Sequence[Receipt]) -> None:
    """The files just sent back, with every fault marked, to be sent to their units."""
    if receipts:
        folder = ask.folder()
        st.download_button(
            f"Tải {len(receipts)} tệp đã đánh dấu lỗi",
            data=told_marked(lambda: zipped(mark_kept(receipts, folder)), MARKED_ZIP, receipts),
            file_name=MARKED_ZIP, mime="application/zip", icon=":material/download:", key="marked-kept",
            on_click="ignore",
        )  # fmt: skip
