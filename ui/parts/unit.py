"""One unit: who it is, what it sent, its indicators beside its peers, its tasks and its own words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NoReturn

import pandas as pd
import streamlit as st

from etl import acting
from queries import lineage, official
from queries import unit as questions
from queries.channels import by_unit
from queries.scope import Scope
from ui import cards, choosing, filters, formats, links, page, sentences, tables
from ui.ask import ask
from ui.formats import Row
from ui.remembering import remembered
from ui.signs import LEVELS, STATUSES, TASKS
from ui.tables import Column

SIDE_BY_SIDE = ("CC01", "TC02", "DV01")
"""Rates that every unit has."""
REMARKS = {
    "KHO_KHAN": "Khó khăn, vướng mắc", "KIEN_NGHI": "Kiến nghị, đề xuất", "MO_HINH_HAY": "Mô hình hay, cách làm hay",
    "NHIEM_VU_KY_TOI": "Nhiệm vụ kỳ tới",
}  # fmt: skip
ORDER = ("overdue", "due_soon", "in_progress", "paused", "done_late", "done_on_time", "cancelled")
"""Tasks in trouble first."""


def choice(units: pd.DataFrame, name: str) -> str:
    """The unit the reader chose, "" while there is none; its full name stands in the address, under this name. Who may
    see one unit only has no choice.
    """
    actor = acting()
    if actor and actor.role == "unit":
        return actor.unit_code
    names = dict(zip(units["unit_code"], units["unit"], strict=True))
    return choosing.one_of("Đơn vị", name, names, 340, nothing="Gõ tên xã, phường, cơ quan")


def nobody_chosen(scope: Scope) -> NoReturn:
    """The page before a unit is chosen: all of them side by side, each a click away."""
    page.title(
        f"{filters.period_name()}: từng đơn vị",
        "Chọn một đơn vị để xem báo cáo, chỉ tiêu, nhiệm vụ và ý kiến của đơn vị đó.",
    )
    frame = side_by_side(ask(questions.of_today, scope), ask(official.rates_of_units, scope, SIDE_BY_SIDE))
    columns = (
        (
            Column(code, sentences.LEADING[code], formats.share, width=145),
            Column(f"{code} of", "Tử số/mẫu số", str, width=100, alignment="right"),
        )
        for code in SIDE_BY_SIDE
    )
    with cards.box("Các đơn vị", "Bấm vào một dòng để xem đơn vị. Dấu gạch: đơn vị chưa có số liệu của kỳ."):
        tables.show(
            frame,
            (
                Column("unit", "Đơn vị", pinned=True, width=185),
                *(column for pair in columns for column in pair),
            ),
            key="units", alt="Các đơn vị", rows=16, lead=links.unit_of_row,
        )  # fmt: skip
    page.source()
    st.stop()


@remembered
def side_by_side(units: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Units with their leading rates, each beside what it is a part of."""
    whole = units.set_index("unit_code")
    for code in SIDE_BY_SIDE:
        mine = rates[rates["indicator"] == code].set_index("unit_code")
        whole[code] = mine["value"]
        sides = zip(mine["numerator"], mine["denominator"], strict=True)
        whole[f"{code} of"] = pd.Series([formats.of(*pair) for pair in sides], index=mine.index, dtype=object)
    return whole.reset_index()


def indicators(frame: pd.DataFrame, peers: pd.DataFrame, past: pd.DataFrame, unit: str) -> None:
    """Every indicator with its place in the kind and its last months; a click leads to the cells."""
    about = (
        "Hạng trong cùng loại đơn vị, bằng nhau thì cùng hạng; mẫu số quá nhỏ thì không xếp hạng. "
        "Bấm vào một dòng để xem số liệu gốc."
    )
    with cards.box(f"{len(frame)} chỉ tiêu có số liệu", about):
        tables.show(
            in_words(frame, peers, past),
            (
                Column("indicator", "Mã", width=64, pinned=True),
                Column("name", "Chỉ tiêu", width=330),
                Column("written", "Giá trị", width=86, alignment="right"),
                Column("made_of", "Tử số/mẫu số", width=130, alignment="right"),
                Column("moved", "So với kỳ trước", width=120, alignment="right"),
                Column("line", "12 tháng", width=120, chart=True),
                Column("rank", "Hạng", width=76, alignment="right"),
                *(() if filters.provisional() else (Column("level", "Mức", signs=LEVELS, width=130),)),
                Column("aim", "Mục tiêu", width=170),
            ),
            key="unit-indicators", alt="Các chỉ tiêu của đơn vị", rows=14,
            lead=lambda row: links.to_cells(str(row["indicator"]), unit),
        )  # fmt: skip


@remembered
def in_words(frame: pd.DataFrame, peers: pd.DataFrame, past: pd.DataFrame) -> pd.DataFrame:
    """Every indicator in words, with its place in the kind and its last months as a line."""
    lines = past.groupby("indicator")["value"].agg(list)
    drawn: Any = [cards.carried_on(lines.get(code, [])) for code in frame["indicator"]]
    rows = formats.rows_of(frame)
    return frame.assign(
        written=[formats.amount(value, unit) for value, unit in zip(frame["value"], frame["unit"], strict=True)],
        made_of=[made_of(row) for row in rows],
        moved=[formats.moved(row["change"], row["unit"]) for row in rows],
        aim=[cards.aim(row) for row in rows],
        line=drawn,
        rank=[place(row) for row in formats.rows_of(questions.placed(frame, peers))],
    )


def made_of(row: Row) -> str:
    """Numerator over denominator; a plain sum has only the one."""
    if formats.is_missing(row["denominator"]):
        return formats.number(row["numerator"])
    return formats.of(row["numerator"], row["denominator"])


def place(row: Row) -> str:
    """ "3/67", a dash without a place."""
    return formats.NONE if formats.is_missing(row["place"]) else formats.of(row["place"], row["peers"])


def headline(row: pd.Series[Any], standing: pd.DataFrame) -> str:
    """The unit, the period, and the finding; while the period runs nothing is judged."""
    finding = "" if filters.provisional() else sentences.unit(standing)
    return f"{formats.plain(row['unit'])}, {formats.inside(filters.period_name())}{finding}"


def kind_and_place(row: pd.Series[Any]) -> str:
    """ "Xã · Bình Giang"."""
    return " · ".join(one for one in (formats.kind(row["kind"]), formats.plain(row["old_district"])) if one)


def last_reported(received: pd.DataFrame, scope: Scope) -> tuple[str, str]:
    """The last month of the period of which a file was accepted, "" where there is none; and its name where the period
    is longer. A unit that only owes a report has indicators too: that it has not sent it.
    """
    accepted = received[received["period"].isin(scope.months) & (received["status"] == "accepted")]
    last = accepted.sort_values("period").tail(1)
    if last.empty:
        return "", ""
    return str(last["period"].iloc[0]), "" if scope.is_month else str(last["period_name"].iloc[0])


def without_report() -> None:
    """The unit has nothing accepted of the period; its files follow."""
    page.note("Đơn vị chưa có báo cáo được ghi nhận của kỳ này. Chọn kỳ khác, hoặc xem các lần nộp dưới đây.")


def reports(frame: pd.DataFrame, unit: str) -> None:
    """Every file received from the unit, latest period first; a click leads to what it says."""
    with cards.box(f"{len(frame)} lần nộp", "Kỳ mới nhất xếp trước. Bấm vào một dòng để xem số liệu gốc."):
        tables.show(
            with_lateness(frame),
            (
                Column("period_name", "Kỳ", pinned=True, width=100),
                Column("version", "Lần", width=44),
                Column("status", "Kết quả", signs=STATUSES, width=134),
                Column("received_at", "Nhận lúc", formats.moment, width=148),
                Column("errors", "Phải sửa", formats.number, width=72),
                Column("explains", "Cần xác nhận", formats.number, width=102),
                Column("file_name", "Tệp", width=280),
            ),
            key="unit-reports", alt="Các lần nộp của đơn vị", rows=8,
            lead=lambda row: links.to_report(unit, str(row["period_name"])),
        )  # fmt: skip


@remembered
def with_lateness(frame: pd.DataFrame) -> pd.DataFrame:
    """An accepted report that came too late has a state of its own."""
    pairs = zip(frame["status"], frame["on_time"], strict=True)
    return frame.assign(status=["late" if pair == ("accepted", False) else pair[0] for pair in pairs])


def tasks(frame: pd.DataFrame, when: str) -> None:
    """The tasks of the unit, those in trouble first; `when`: the month, where the page is of a longer period."""
    if frame.empty:
        with cards.box(f"Báo cáo {formats.inside(when) or 'kỳ này'} không có nhiệm vụ"):
            return
    overdue = int((frame["state"] == "overdue").sum())
    counted = f"{len(frame)} nhiệm vụ, {f'{overdue} quá hạn' if overdue else 'không có nhiệm vụ quá hạn'}"
    title = f"{when}: {counted}" if when else counted
    with cards.box(title, "Tình trạng tính từ ngày tháng trong báo cáo."):
        tables.show(
            worst_first(frame),
            (
                Column("title", "Nhiệm vụ", width=420),
                Column("state", "Tình trạng", signs=TASKS, width=180),
                Column("due_on", "Hạn", formats.date, width=100),
                Column("days_late", "Số ngày trễ", formats.number, width=96),
                Column("cell", "Ô", width=126),
            ),
            key="unit-tasks", alt=title, rows=8,
        )  # fmt: skip


@remembered
def worst_first(frame: pd.DataFrame) -> pd.DataFrame:
    """The tasks in trouble first."""
    return frame.assign(rank=frame["state"].map(ORDER.index)).sort_values(["rank", "due_on"], na_position="last")


def remarks(frame: pd.DataFrame) -> None:
    """The unit's own words, each as plain text."""
    with cards.box("Ý kiến của đơn vị", "Nguyên văn trong báo cáo."):
        if frame.empty:
            st.caption("Báo cáo kỳ này không nêu khó khăn, kiến nghị.")
        for row in formats.rows_of(frame):
            st.markdown(
                f"**{REMARKS.get(str(row['kind']), formats.plain(row['kind']))}.** {formats.plain(row['text'])}"
            )


def channels(scope: Scope, unit_code: str) -> None:
    """The channel groups of the unit, whatever units the frame shows: silent obligatory ones are named."""
    matrix = ask(by_unit, replace(scope, kind="", district=""))
    cells = "".join(matrix.loc[matrix["unit_code"] == unit_code, "cells"])
    if not cells:
        return
    names, states = ask(lineage.names), dict(one.split(" ") for one in cells.split(","))
    silent = sorted(code for code, state in states.items() if state == "silent")
    active = sum(one == "active" for one in states.values())
    lacking = "; ".join(formats.plain(f"{code} {names.get(code, '')}") for code in silent)
    title = f"Kênh bắt buộc chưa có sản phẩm: {lacking}." if silent else "Mọi kênh bắt buộc đã có sản phẩm."
    st.caption(f"Có hoạt động trên {formats.of(active, len(states))} nhóm kênh. {title}")
