"""From a number to its cells: the formula, the units, the numbers as written, the workbook itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from etl import kept_workbook
from queries import audit, lineage, settled
from queries.lineage import TASK_MEASURES
from queries.scope import Scope
from ui import ask, audit_words, cards, choosing, filters, formats, links, page, tables
from ui.formats import Row
from ui.parts import audit as auditing
from ui.parts import deciding, voiding
from ui.remembering import remembered
from ui.signs import STATUSES, TASKS, marked
from ui.tables import Column
from ui.taking import XLSX
from ui.telling import told

ORIGINAL = "Nguyên bản đơn vị gửi"
SIDES = {"numerator": "Tử số", "denominator": "Mẫu số"}
WHOLE_REPORT = "Toàn bộ số liệu của báo cáo"
WHERE = (
    Column("sheet", "Sheet", width=150), Column("cell", "Ô", width=64), Column("measure", "Số đo", width=210),
    Column("item", "Dòng", width=260),
)  # fmt: skip
"""Where a number stands."""
WHENCE = (
    Column("version", "Lần nộp", formats.number, width=72),
    Column("received_at", "Nhận lúc", formats.moment, width=170),
    Column("loaded_by", "Người ghi nhận", width=120),
)
"""With which file it came."""


def choice() -> str:
    """The indicator the reader chose, "" for every number of a report."""
    return choosing.one_of("Chỉ tiêu", choosing.TRACED, choosing.indicators(), 520, nothing=WHOLE_REPORT)


def looked_at(unit_code: str) -> tuple[Scope, str]:
    """The period the reader looks at, and its name: the one of the frame, or of one unit any it has reported of."""
    scope, name = filters.chosen(), filters.period_name()
    if not unit_code:
        return scope, name
    known = ask.ask(lineage.periods, unit_code)
    period = choosing.one_of(
        "Kỳ số liệu", choosing.TRACED_PERIOD, known, 240, nothing=f"Kỳ đang xem: {formats.inside(name)}"
    )
    if not period:
        return scope, name
    return replace(scope, period=period, months=(period,), kind="", district=""), formats.plain(known[period])


def subject(row: pd.Series[Any] | None, units: pd.DataFrame, unit_code: str) -> str:
    """What is looked at and of whom, for the title: "tỷ lệ hồ sơ nộp trực tuyến của Xã Một"."""
    what = "số liệu gốc" if row is None else formats.plain(formats.inside(row["name"]))
    if unit_code:
        return f"{what} của {formats.plain(units.set_index('unit_code').loc[unit_code, 'unit'])}"
    return f"{what} của từng báo cáo" if row is None else what


def formula(row: pd.Series[Any], numerator: object, denominator: object, value: object) -> None:
    """How the indicator is made, in words and in numbers."""
    top = f"{formats.plain(row['numerator_text'])} ({formats.number(numerator)})"
    if formats.is_missing(row["denominator_text"]):
        st.markdown(f"**{formats.amount(value, row['unit'])}** = {top}")
    else:
        under = f"{formats.plain(row['denominator_text'])} ({formats.number(denominator)})"
        st.markdown(f"**{formats.amount(value, row['unit'])}** = {top} / {under}")
    said = [
        f"Công thức: {row['numerator']}"
        + ("" if formats.is_missing(row["denominator"]) else f" / {row['denominator']}")
    ]
    said += [f"Nguồn: {row['source']}"] if not formats.is_missing(row["source"]) else []
    said += [str(row["caveat"])] if not formats.is_missing(row["caveat"]) else []
    st.caption(" · ".join(formats.plain(one) for one in said))


def totals(frame: pd.DataFrame, row: pd.Series[Any]) -> tuple[object, object, object]:
    """Numerator, denominator and value over units: the ratio of the sums."""
    top, under = frame["numerator"].sum(), frame["denominator"].sum(min_count=1)
    if formats.is_missing(row["denominator"]):
        return top, None, top * row["scale"]
    return top, under, top * row["scale"] / under if under else None


def of_tasks(row: pd.Series[Any]) -> bool:
    """Whether an indicator is counted from tasks."""
    return any(measure in str(row["numerator"]) for measure in TASK_MEASURES)


def units(frame: pd.DataFrame, row: pd.Series[Any]) -> None:
    """The units a number of the city is made of; a click leads to the cells of one."""
    with cards.box(f"{len(frame)} đơn vị có số liệu", "Bấm vào một đơn vị để xem từng ô trong tệp của đơn vị đó."):
        tables.show(
            with_amounts(frame, str(row["unit"])),
            (
                Column("unit", "Đơn vị", pinned=True, width=240),
                Column("numerator", "Tử số", formats.number, width=120),
                Column("denominator", "Mẫu số", formats.number, width=120),
                Column("written", "Giá trị", width=120, alignment="right"),
            ),
            key="cells-units", alt="Số liệu của từng đơn vị", rows=16,
            lead=lambda one: links.to_cells(str(row["indicator"]), str(one["unit"])),
        )  # fmt: skip


def months(scope: Scope, units: pd.DataFrame, unit_code: str, row: pd.Series[Any] | None) -> None:
    """The months a longer period of a unit is made of; a click leads to the cells of one."""
    unit, indicator = str(units.set_index("unit_code").loc[unit_code, "unit"]), "" if row is None else row["indicator"]
    frame = ask.ask(lineage.months_of_unit, scope, unit_code, str(indicator))
    if frame.empty:
        page.note("Đơn vị chưa nộp báo cáo của tháng nào trong kỳ này. Chọn kỳ khác.")
        return
    sides = () if row is None else (
        Column("numerator", "Tử số", formats.number, width=120),
        Column("denominator", "Mẫu số", formats.number, width=120),
        Column("written", "Giá trị", width=120, alignment="right"),
    )  # fmt: skip
    about = "" if row is None else f"{put_together(row)} "
    with cards.box(f"{len(frame)} tháng có báo cáo", f"{about}Bấm vào một tháng để xem từng ô trong tệp của tháng đó."):
        tables.show(
            frame if row is None else with_amounts(frame, str(row["unit"])),
            (Column("month", "Tháng", pinned=True, width=180), *sides),
            key="cells-months", alt="Số liệu từng tháng của đơn vị",
            lead=lambda one: links.to_report(unit, str(one["month"]), str(indicator)),
        )  # fmt: skip


def put_together(row: pd.Series[Any]) -> str:
    """How the months of an indicator make a longer period."""
    top, under = str(row["kind"]), str(row["denominator_kind"])
    if formats.is_missing(row["denominator_text"]):
        return "Số của kỳ là số của tháng mới nhất." if top == "stock" else "Số của kỳ bằng tổng các tháng."
    if top == under:
        which = "của tháng mới nhất" if top == "stock" else "cộng các tháng"
        return f"Tử số và mẫu số của kỳ: {which}."
    of_both = {"stock": "của tháng mới nhất", "flow": "cộng các tháng"}
    return f"Tử số của kỳ: {of_both[top]}; mẫu số: {of_both[under]}."


@remembered
def with_amounts(frame: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The units, each with its value as written."""
    return frame.assign(written=[formats.amount(value, unit) for value in frame["value"]])


def report(scope: Scope, unit_code: str, row: pd.Series[Any] | None) -> None:
    """What a unit's report says, of one indicator or of all: its numbers, its tasks, and the files themselves."""
    period = scope.months[-1]
    versions = ask.ask(lineage.versions, unit_code, period)
    if versions.empty:
        page.note("Đơn vị chưa nộp báo cáo của kỳ này. Chọn kỳ khác.")
        return
    if row is None:
        frame = ask.ask(lineage.of_report, unit_code, period)
    else:
        frame = ask.ask(lineage.of_indicator, str(row["indicator"]), unit_code, period)
    if not frame.empty:
        numbers(frame, ask.ask(lineage.names), ask.ask(settled.explanations, scope, unit_code))
    if row is None or of_tasks(row):
        tasks(ask.ask(lineage.of_tasks, unit_code, period))
    files(versions, unit_code, period)
    if (versions["status"] != "returned").sum() > 1:
        changes(ask.ask(lineage.changed, unit_code, period), ask.ask(lineage.names))
    auditing.history(ask.ask(audit.of_unit, unit_code, period), "cells-history")


def numbers(frame: pd.DataFrame, names: Mapping[str, str], answers: pd.DataFrame) -> None:
    """The numbers as written, each with its cell and with what was explained of it."""
    sides = (Column("side", "Vế", width=76),) if "side" in frame else ()
    explained = () if answers.empty else (Column("reason", "Giải trình", width=260),)
    with cards.box(
        f"{len(frame)} số liệu gốc", "Mỗi dòng một ô trong tệp đã nhận. Ô ghi KAD (không áp dụng) hiển thị dấu gạch."
    ):
        tables.show(
            with_reasons(in_words(frame, names), answers),
            (
                *sides,
                *WHERE,
                Column("value", "Giá trị", formats.number, width=100),
                *explained,
                *WHENCE,
            ),
            key="cells-numbers", alt="Số liệu gốc với ô trong tệp", rows=16,
        )  # fmt: skip


@remembered
def in_words(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The numbers with the names of what they count, and the side of the rate they stand on."""
    shown = frame.assign(
        measure=[names.get(one, one) for one in frame["measure"]],
        item=[item_of(row, names) for row in formats.rows_of(frame)],
        loaded_by=[audit_words.actor(one) for one in frame["loaded_by"]],
    )
    return shown.assign(side=[SIDES[one] for one in frame["side"]]) if "side" in frame else shown


@remembered
def with_reasons(frame: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """The numbers with the explanation that was given for their cell; those explained stand first."""
    if answers.empty:
        return frame
    reasons = dict(zip(zip(answers["sheet"], answers["cell"], strict=True), answers["reason"], strict=True))
    given: Any = [reasons.get(place) for place in zip(frame["sheet"], frame["cell"], strict=True)]
    return frame.assign(reason=given).sort_values("reason", key=lambda one: one.isna(), kind="stable")


def item_of(row: Row, names: Mapping[str, str]) -> Any:
    """What a number is of: channel, audience or skill, and its theme; missing where it is of the whole unit."""
    parts = [row["item_code"], row["theme_code"]]
    return " · ".join(f"{code} {names[code]}" if code in names else str(code) for code in parts if code) or None


def tasks(frame: pd.DataFrame) -> None:
    """The tasks that the counts are made of, each with its row in the register."""
    if frame.empty:
        return
    with cards.box(f"{len(frame)} nhiệm vụ", "Tình trạng tính từ ngày tháng; mỗi dòng một nhiệm vụ trong tệp đã nhận."):
        tables.show(
            frame,
            (
                Column("cell", "Ô", width=126, pinned=True),
                Column("title", "Nhiệm vụ", width=420),
                Column("state", "Tình trạng", signs=TASKS, width=180),
                Column("due_on", "Hạn", formats.date, width=100),
                Column("done_on", "Ngày hoàn thành", formats.date, width=124),
                Column("days_late", "Số ngày trễ", formats.number, width=96),
            ),
            key="cells-tasks", alt="Nhiệm vụ được tính trong số liệu", rows=12,
        )  # fmt: skip


def changes(frame: pd.DataFrame, names: Mapping[str, str]) -> None:
    """What each number was before a later file said otherwise."""
    if frame.empty:
        return
    with cards.box(
        f"{len(frame)} số liệu đổi giữa các lần nộp", "Số cũ và số mới tại ô của tệp sau; lần nộp mới nhất xếp trước."
    ):
        tables.show(
            in_words(frame, names),
            (
                *WHERE,
                Column("before", "Trước", formats.number, width=100),
                Column("value", "Sau", formats.number, width=100),
                *WHENCE,
            ),
            key="cells-changes", alt="Số liệu đổi giữa các lần nộp", rows=8,
        )  # fmt: skip


def files(frame: pd.DataFrame, unit: str, period: str) -> None:
    """The workbooks of the report as they were received, to be taken along; each can be voided."""
    with cards.box("Tệp đã nhận", "Nguyên bản đơn vị gửi, không chỉnh sửa."):
        deciding.done()
        for row in formats.rows_of(frame):
            with st.container(horizontal=True, vertical_alignment="center"):
                name = str(row["file_name"])
                read = loader(str(row["file_sha256"]))
                st.download_button(
                    "Tải tệp", data=told(read, name, [(unit, period)], ORIGINAL), file_name=name, mime=XLSX,
                    icon=":material/download:", key=f"file-{row['form_id']}-{row['version']}", on_click="ignore",
                )  # fmt: skip
                sign = STATUSES[str(row["status"])]
                st.badge(marked(sign), color=sign.badge)  # type: ignore[arg-type]
                st.caption(formats.plain(about(row)), width="content")
                voiding.offer(row, unit, period)


def about(row: Row) -> str:
    """Which file it is, when and by whom it was received, and why it was sent back or voided."""
    why = "" if formats.is_missing(row["note"]) else f"lý do: {row['note']}"
    received = f"nhận {formats.moment(row['received_at'])}, người ghi: {audit_words.actor(row['loaded_by'])}"
    return " · ".join(one for one in (f"Lần {row['version']}", received, str(row["file_name"]), why) if one)


def loader(sha256: str) -> Any:
    """Reads a kept workbook when it is asked for, not before."""
    return lambda: kept_workbook(sha256, ask.folder())
