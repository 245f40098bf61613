"""What became of the files that were dropped: the outcome of each, its findings in words, and then recording the good
ones.

Nothing is stored while files are looked at. What an earlier drop showed never lingers: results are kept under the
files they are of, and other files show nothing until they were checked themselves.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import pandas as pd
import streamlit as st

from etl import Receipt, check_files, mark_files, submit_files
from ui import ask, cards, formats, tables
from ui.signs import OUTCOMES, SEVERITIES, marked
from ui.tables import Column

Files = Sequence[tuple[str, bytes]]
TAKEN = ["xlsx", "xlsm", "zip", "xls", "xlsb", "ods", "csv", "htm", "html", "pdf", "docx"]
"""More than can be read, so that a file of the wrong kind is answered with its own sentence and its cure."""
CHECKED, DROPS, RECORDED = "checked", "drops", "recorded"
STORED = {
    "accepted": "báo cáo được ghi nhận",
    "returned": "báo cáo bị trả lại",
    "unreadable": "tệp không đọc được",
    "duplicate": "tệp đã nhận từ trước",
}
SHOWN_OF_A_KIND = 5
"""Findings shown of one rule in one file; the rest is counted."""
RANK = {severity: place for place, severity in enumerate(SEVERITIES)}


def dropped() -> Files:
    """The files in the box; a new box after every recording, so that memory is given back."""
    files = st.file_uploader(
        "Tệp báo cáo (.xlsx), hoặc một tệp .zip gồm nhiều báo cáo", type=TAKEN, accept_multiple_files=True,
        key=f"files-{st.session_state.get(DROPS, 0)}",
    )  # fmt: skip
    return [(file.name, file.getvalue()) for file in files]


STEPS = (
    (
        ":material/fact_check:",
        "Kiểm tra",
        "Nhận ra biểu mẫu, đơn vị và kỳ của từng tệp; chỉ rõ ô sai, vì sao sai và cách sửa.",
    ),
    (
        ":material/save:",
        "Ghi nhận",
        "Tệp hợp lệ vào số liệu cùng một lúc; nộp lại thì thành lần nộp mới, lần cũ vẫn giữ.",
    ),
    (
        ":material/undo:",
        "Trả lại",
        "Tệp có lỗi được lưu kèm lý do và tính ngày nhận; gửi đơn vị sửa theo danh sách lỗi.",
    ),
)


def steps() -> None:
    """What will happen to files, while there are none."""
    with st.grid(3, min_column_width=280):
        for icon, name, text in STEPS:
            with st.container(border=True, height="stretch"):
                st.markdown(f"##### {icon} {name}", anchors=False)
                st.caption(text)


def checked(files: Files) -> list[Receipt]:
    """What would become of the files; worked out once for the same files and the same snapshot."""
    identity = ask.snapshot(), fingerprint(files)
    held = st.session_state.get(CHECKED)
    if held is None or held[0] != identity:
        held = (
            identity,
            with_progress("Đang kiểm tra", lambda progress: check_files(files, ask.now(), ask.folder(), progress)),
        )
        st.session_state[CHECKED] = held
    receipts: list[Receipt] = held[1]
    return receipts


def forget() -> None:
    """There are no files any more: nothing of them stays."""
    st.session_state.pop(CHECKED, None)


def fingerprint(files: Files) -> str:
    """The same for the same names and contents."""
    digest = hashlib.sha256()
    for name, content in files:
        digest.update(f"{len(name)}:{name}:{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()


def with_progress(doing: str, work: Callable[[Callable[[int, int, str], None]], list[Receipt]]) -> list[Receipt]:
    """Do something with many files, telling how far it is."""
    bar = st.progress(0.0, text=f"{doing}…")

    def progress(done: int, total: int, name: str) -> None:
        bar.progress(min(1.0, done / max(1, total)), text=f"{doing} {done}/{total} tệp")

    try:
        return work(progress)
    finally:
        bar.empty()


def recording(files: Files, receipts: Sequence[Receipt]) -> None:
    """Offer to store the good files, and with them the fact that the others were sent back."""
    good = {receipt.sha256 for receipt in receipts if receipt.outcome == "accepted"}
    faulty = {receipt.sha256 for receipt in receipts if receipt.outcome in ("returned", "unreadable")}
    with st.container(horizontal=True, vertical_alignment="center"):
        wanted = st.button(
            f"Ghi nhận {len(good)} tệp hợp lệ", type="primary", icon=":material/save:", disabled=not good, key="record"
        )
        both = bool(faulty) and st.checkbox(
            f"Lưu cả {len(faulty)} tệp phải trả lại", value=True, key="keep-returned",
            help="Giữ tệp và lý do trả lại, tính ngày nhận để xét đúng hạn; không lấy số liệu của các tệp này.",
        )  # fmt: skip
        marked_copies(files, receipts)
    if wanted:
        record(files, None if both else good)


def marked_copies(files: Files, receipts: Sequence[Receipt]) -> None:
    """The senders' own workbooks with every fault marked in its cell, made when they are asked for."""
    count = sum(any(finding.severity != "note" for finding in one.findings) and bool(one.form_id) for one in receipts)
    if count:
        st.download_button(
            f"Tải {count} tệp đã đánh dấu lỗi", data=lambda: zipped(mark_files(files, receipts)),
            file_name="tep-danh-dau-loi.zip", mime="application/zip", icon=":material/download:", key="marked",
            on_click="ignore", help="Chính tệp của đơn vị, ô sai được tô màu và ghi chú, trang đầu liệt kê từng lỗi.",
        )  # fmt: skip


def zipped(files: Files) -> bytes:
    """Files in one zip; those of the same name are told apart by a number."""
    out = io.BytesIO()
    names: Counter[str] = Counter()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            names[name] += 1
            archive.writestr(name if names[name] == 1 else f"{names[name]}-{name}", content)
    return out.getvalue()


def record(files: Files, only: AbstractSet[str] | None) -> None:
    """Store files, or those of these content hashes, then begin with an empty box."""
    receipts = with_progress(
        "Đang ghi nhận",
        lambda progress: submit_files(files, ask.now(), "trang nộp báo cáo", ask.folder(), progress, only=only),
    )
    st.session_state[DROPS] = st.session_state.get(DROPS, 0) + 1
    st.session_state[RECORDED] = Counter(receipt.outcome for receipt in receipts)
    forget()
    st.rerun()


def recorded() -> None:
    """Say once what the last recording did."""
    counts = st.session_state.pop(RECORDED, None)
    if counts is None:
        return
    words = "; ".join(
        f"{formats.number(counts[outcome])} {said}" for outcome, said in STORED.items() if counts[outcome]
    )
    st.success(f"Đã lưu: {words}. Số liệu mới đã có trên các trang.", icon=":material/task_alt:")


def summary(receipts: Sequence[Receipt]) -> None:
    """How many files are good and how many need work, then a table of all."""
    counts = Counter(receipt.outcome for receipt in receipts)
    words = "; ".join(
        f"{formats.number(counts[outcome])} {sign.word.lower()}"
        for outcome, sign in OUTCOMES.items()
        if counts[outcome]
    )
    with cards.box(f"{formats.number(len(receipts))} tệp: {words}", "Chưa có gì được lưu. Bấm tiêu đề cột để sắp xếp."):
        tables.show(
            pd.DataFrame([row_of(receipt) for receipt in receipts]),
            (
                Column("outcome", "Kết quả", signs=OUTCOMES, width=140),
                Column("file", "Tệp", width=260),
                Column("unit", "Đơn vị", width=200),
                Column("period", "Kỳ"),
                Column("version", "Lần nộp"),
                Column("numbers", "Số liệu", formats.number),
                Column("tasks", "Nhiệm vụ", formats.number),
                Column("errors", "Phải sửa", formats.number),
                Column("explains", "Cần xác nhận", formats.number),
            ),
            key="outcomes", alt=f"Kết quả kiểm tra {len(receipts)} tệp", rows=10,
        )  # fmt: skip


def row_of(receipt: Receipt) -> dict[str, Any]:
    """A receipt as a row of the table."""
    return {
        "outcome": receipt.outcome, "file": receipt.file, "unit": receipt.unit_name or formats.NONE,
        "period": receipt.period or formats.NONE,
        "version": str(receipt.version or formats.NONE), "numbers": receipt.counts.get("observations", 0),
        "tasks": receipt.counts.get("tasks", 0), "errors": receipt.counts.get("error", 0),
        "explains": receipt.counts.get("explain", 0),
    }  # fmt: skip


def findings(receipts: Sequence[Receipt]) -> None:
    """The findings of each file that has any, blocking ones first."""
    for place, receipt in enumerate(sorted(receipts, key=lambda one: OUTCOME_RANK[one.outcome])):
        if receipt.findings:
            errors = receipt.counts.get("error", 0)
            count = f"{errors} lỗi phải sửa" if errors else f"{len(receipt.findings)} điểm cần xem"
            label = f"{formats.plain(receipt.file)} · {count}"
            with st.expander(label, expanded=place == 0 and bool(errors), icon=OUTCOMES[receipt.outcome].icon):
                finding_table(receipt)


OUTCOME_RANK = {"returned": 0, "unreadable": 1, "accepted": 2, "duplicate": 3}


def finding_table(receipt: Receipt) -> None:
    """What is wrong at which cell and how to put it right, in full; of many alike the first few and a count."""
    kinds = Counter(finding.rule_id for finding in receipt.findings)
    seen: Counter[str] = Counter()
    rows = []
    for finding in sorted(receipt.findings, key=lambda one: RANK[one.severity]):
        seen[finding.rule_id] += 1
        if seen[finding.rule_id] <= SHOWN_OF_A_KIND:
            rows.append(finding_row(finding))
        if seen[finding.rule_id] == SHOWN_OF_A_KIND < kinds[finding.rule_id]:
            rows.append({"Vấn đề": f"… còn {kinds[finding.rule_id] - SHOWN_OF_A_KIND} lỗi cùng loại."})
    st.table(pd.DataFrame(rows).fillna(""), border="horizontal", hide_index=True)


def finding_row(finding: Any) -> dict[str, str]:
    """A finding as a row of words; what stands in the sender's workbook is shown as written."""
    place = " ".join(one for one in (finding.sheet, finding.cell) if one) or "Cả tệp"
    whose = " · ".join(one for one in (finding.row_label, finding.column_label) if one)
    found = [f"Đang ghi: “{finding.value}”."] if finding.value else []
    wanted = [f"Cần: {finding.expected.rstrip('.')}."] if finding.expected else []
    return {
        "Ở đâu": f"{marked(SEVERITIES[finding.severity])}: {formats.plain(place)}",
        "Vấn đề": formats.plain(" ".join([*([f"{whose}:"] if whose else []), finding.message, *found, *wanted])),
        "Cách sửa": formats.plain(finding.fix),
    }
