"""The letter that urges units to report: whom it names and what it asks of them. Never one with a running extension."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from documents import wording
from documents.word.city import states
from documents.word.parts import about, rows_of
from queries import chasing, opendata
from queries.scope import Scope
from ui import formats

STATES = {"missing": "Chưa nộp", "returned": "Trả lại, chờ nộp lại", "late": "Đã nộp, trễ hạn"}
"""Whom the letter names, those that must still send something first."""


class NobodyToUrge(LookupError):
    """Every unit has reported or still has time."""


def contents(con: DuckDBPyConnection, scope: Scope, now: dt.datetime) -> Mapping[str, object]:
    """What the template `cong-van-don-doc.docx` takes, by name. Raises NobodyToUrge where nobody is to be named."""
    cases = urged(con, scope, now.date())
    if cases.empty:
        raise NobodyToUrge
    came = states(opendata.units(con, scope), now)
    when = about(con, scope, now.date())
    received = int((~came["how"].isin(("missing", "not_due"))).sum())
    return {
        "ky": formats.inside(when.name), "ky_hoa": when.name.upper(), "thang": when.month, "nam": when.year,
        "kinh_gui": "Ủy ban nhân dân các xã, phường, đặc khu và cơ quan có tên trong danh sách kèm theo",
        "han": due(came), "luc": wording.moment(now),
        "da_nop": f"đã có {formats.of(received, len(came))} đơn vị nộp báo cáo",
        "de_nghi": asked(cases), "bang": rows(cases, now.date()),
    }  # fmt: skip


def urged(con: DuckDBPyConnection, scope: Scope, today: dt.date) -> pd.DataFrame:
    """The cases that the letter names, as `chasing.cases` has them."""
    cases = chasing.cases(con, scope, today)
    return cases[cases["state"].isin(STATES)]


def anybody(con: DuckDBPyConnection, scope: Scope, today: dt.date) -> bool:
    """Whether there is anybody to name."""
    return not urged(con, scope, today).empty


def due(came: pd.DataFrame) -> str:
    """The common deadline in words."""
    return wording.moment(came["due_at"].mode().iloc[0])


def asked(cases: pd.DataFrame) -> list[str]:
    """What is asked of whom."""
    missing, returned = (int((cases["state"] == state).sum()) for state in ("missing", "returned"))
    late = cases[cases["state"] == "late"]
    said = []
    if missing:
        said.append(f"Đơn vị chưa nộp báo cáo ({formats.number(missing)} đơn vị): khẩn trương lập và nộp báo cáo.")
    if returned:
        count = formats.number(returned)
        said.append(
            f"Đơn vị được trả lại báo cáo ({count} đơn vị): sửa các ô đã đánh dấu trong tệp trả lại rồi nộp lại."
        )
    if len(late):
        names = ", ".join(formats.unit_inside(str(name)) for name in late["unit"])
        count = formats.number(len(late))
        said.append(f"Đơn vị nộp trễ ({count} đơn vị: {names}): rút kinh nghiệm, nộp đúng hạn các kỳ sau.")
    return [f"{place}. {one}" for place, one in enumerate(said, start=1)]


def rows(cases: pd.DataFrame, today: dt.date) -> list[Mapping[str, str]]:
    """The units named, in the order of STATES."""
    return [
        {
            "tt": str(place), "ten": str(row["unit"]), "tinh_trang": STATES[row["state"]],
            "han": formats.date(row["due_at"]), "qua_han": over(row, today), "can_sua": faults(row),
        }
        for place, row in enumerate(
            (row for state in STATES for row in rows_of(cases) if row["state"] == state), start=1
        )
    ]  # fmt: skip


def over(case: Mapping[str, Any], today: dt.date) -> str:
    """Days past the deadline: until it came where it came late, else until today."""
    days = case["days"] if case["state"] == "late" else (today - case["due_at"].date()).days
    return formats.number(max(days, 0))


def faults(case: Mapping[str, Any]) -> str:
    """How much there is to correct."""
    if case["state"] != "returned" or formats.is_missing(case["errors"]):
        return ""
    return f"{formats.number(case['errors'])} lỗi, theo tệp trả lại"
