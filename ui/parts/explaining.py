"""What units are asked to confirm: the open questions, a form to answer them, and the answers given."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from etl import FindingPlace, explain_findings
from ui import ask, cards, choosing, formats, links, tables
from ui.formats import Row
from ui.parts import deciding
from ui.remembering import remembered
from ui.tables import Column

ANSWER = "explain"


def questions(frame: pd.DataFrame) -> None:
    """The open questions of all units, and a form for one unit."""
    if frame.empty:
        with cards.box("Không có điểm nào chờ xác nhận", "Nộp lại đúng số đã giải trình thì không hỏi lại."):
            return
    names = dict(zip(frame["unit_code"], frame["unit"], strict=True))
    title = f"{formats.number(len(frame))} điểm cần xác nhận ở {len(names)} đơn vị"
    with cards.box(title, "Báo cáo đã được ghi nhận; cần đơn vị xác nhận số có đúng không, vì sao."):
        tables.show(
            in_place(frame),
            (
                Column("unit", "Đơn vị", pinned=True, width=180),
                Column("place", "Ở đâu", width=170),
                Column("what", "Số liệu", width=280),
                Column("message", "Vì sao hỏi", width=420),
            ),
            key="questions", alt=title, rows=8, lead=links.unit_of_row,
        )  # fmt: skip
    with cards.box("Giải trình thay đơn vị", "Ghi lại lời giải trình của đơn vị; lời này luôn hiện kèm số liệu."):
        if deciding.allowed():
            code = choosing.one_of("Đơn vị", choosing.ANSWERING, names, 320, first=next(iter(names)))
            answering(frame[frame["unit_code"] == code])


def of_unit(frame: pd.DataFrame) -> None:
    """The open questions of one unit, with the form; and what the last answer did."""
    deciding.done()
    if frame.empty:
        return
    with cards.box(
        f"{len(frame)} điểm cần xác nhận", "Báo cáo đã được ghi nhận; nộp lại đúng số đã giải trình thì không hỏi lại."
    ):
        if deciding.allowed():
            answering(frame)


def answering(frame: pd.DataFrame) -> None:
    """A form that answers some or all questions of one unit for one reason."""
    rows = formats.rows_of(frame)
    key = deciding.name_of(ANSWER)
    with st.form(f"{key}-{rows[0]['unit_code']}", border=False):
        picked = [
            row for number, row in enumerate(rows)
            if st.checkbox(question_text(row), value=len(rows) == 1, key=f"{key}-{row['unit_code']}-{number}")
        ]  # fmt: skip
        signature = deciding.signed(
            ANSWER,
            "Ghi giải trình",
            ":material/check:",
            "Lời giải trình",
            "Ví dụ: dự hội nghị của thành phố",
        )
    if signature.pressed and not picked:
        st.error("Chọn điểm được giải trình.", icon=":material/error:")
        return
    deciding.decide(
        ANSWER, signature,
        lambda: explain_findings([place_of(row) for row in picked], signature.reason, signature.by, ask.folder()),
        f"Đã ghi giải trình cho {len(picked)} điểm.",
    )  # fmt: skip


def question_text(row: Row) -> str:
    """A question in words: where, of what, and why it is asked."""
    labels = " · ".join(formats.plain(one) for one in (row["row_label"], row["column_label"]) if one)
    return f"**{formats.plain(place(row))}** {labels}: {formats.plain(row['message'])}"


def place(row: Row) -> str:
    """ "3_DOI_TUONG!D6", the whole file where there is no cell."""
    return "!".join(str(one) for one in (row["sheet"], row["cell"]) if one) or "Cả tệp"


def place_of(row: Row) -> FindingPlace:
    """Where a question is, as it is answered."""
    return FindingPlace((row["unit_code"], row["period"], row["form_id"]), row["rule_id"], row["sheet"], row["cell"])


@remembered
def in_place(frame: pd.DataFrame) -> pd.DataFrame:
    """Questions or answers with their place and what they are about in words."""
    rows = formats.rows_of(frame)
    labels = [" · ".join(str(one) for one in (row["row_label"], row["column_label"]) if one) for row in rows]
    return frame.assign(
        place=[place(row) for row in rows],
        what=[f"{label}: {row['value']}" if row["value"] else label for label, row in zip(labels, rows, strict=True)],
    )


def answers(frame: pd.DataFrame, key: str) -> None:
    """What was explained, with the number it explains."""
    if frame.empty:
        return
    with cards.box(
        f"{formats.number(len(frame))} số liệu có giải trình",
        "Lời giải trình luôn hiện kèm số liệu; nộp lại đúng số đã giải trình thì không hỏi lại.",
    ):
        tables.show(
            in_place(frame),
            (
                Column("unit", "Đơn vị", pinned=True, width=180),
                Column("place", "Ở đâu", width=170),
                Column("what", "Số liệu", width=260),
                Column("reason", "Giải trình", width=300),
                Column("explained_in", "Từ kỳ", formats.short_month, width=70),
                Column("actor", "Người ghi", width=120),
                Column("at", "Lúc", formats.moment, width=150),
            ),
            key=key, alt="Số liệu có giải trình", rows=8, lead=links.unit_of_row,
        )  # fmt: skip
