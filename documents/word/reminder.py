"""The letter that urges units to report: whom it names and what it asks of them. Never one with a running extension."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd
from duckdb import DuckDBPyConnection

from documents import wording
from documents.word.city import states
from documents.word.parts import about, rows_of
from queries import opendata, reporting
from queries.scope import Scope
from ui import formats

STATES = {"missing": "Chưa nộp", "returned": "Trả lại, chờ nộp lại"}


class NobodyToUrge(LookupError):
    """Every unit has reported or still has time."""


def contents(con: DuckDBPyConnection, scope: Scope, now: dt.datetime) -> Mapping[str, object]:
    """What the template `cong-van-don-doc.docx` takes, by name. Raises NobodyToUrge where nobody is to be named."""
    absent = reporting.missing(con, scope, now.date())
    absent = absent[absent["state"].isin(STATES)]
    came = states(opendata.units(con, scope), now)
    late = came[came["how"] == "late"]
    if absent.empty and late.empty:
        raise NobodyToUrge
    when = about(con, scope, now.date())
    received = int((~came["how"].isin(("missing", "not_due"))).sum())
    return {
        "ky": wording.inside(when.name), "ky_hoa": when.name.upper(), "thang": when.month, "nam": when.year,
        "kinh_gui": "Ủy ban nhân dân các xã, phường, đặc khu và cơ quan có tên trong danh sách kèm theo",
        "han": due(came), "luc": wording.moment(now),
        "da_nop": f"đã có {formats.of(received, len(came))} đơn vị nộp báo cáo",
        "de_nghi": asked(absent, late), "bang": rows(absent, late),
    }  # fmt: skip


def anybody(con: DuckDBPyConnection, scope: Scope, today: dt.date) -> bool:
    """Whether there is anybody to name."""
    told = reporting.by_month(con, scope, today).iloc[-1]
    return bool(told["late"] + told["returned"] + told["missing"])


def due(came: pd.DataFrame) -> str:
    """The common deadline in words."""
    return wording.moment(came["due_at"].mode().iloc[0])


def asked(absent: pd.DataFrame, late: pd.DataFrame) -> list[str]:
    """What is asked of whom."""
    missing = int((absent["state"] == "missing").sum())
    returned = int((absent["state"] == "returned").sum())
    said = []
    if missing:
        said.append(f"{formats.number(missing)} đơn vị chưa nộp báo cáo: khẩn trương lập và nộp ngay báo cáo.")
    if returned:
        count = formats.number(returned)
        said.append(f"{count} đơn vị được trả lại báo cáo: sửa các ô đã đánh dấu trong tệp trả lại và nộp lại.")
    if len(late):
        names = ", ".join(wording.inside(str(name)) for name in late["unit"])
        said.append(f"{formats.number(len(late))} đơn vị nộp trễ rút kinh nghiệm, nộp đúng hạn các kỳ sau: {names}.")
    return [f"{place}. {one}" for place, one in enumerate(said, start=1)]


def rows(absent: pd.DataFrame, late: pd.DataFrame) -> list[Mapping[str, str]]:
    """The units named, those that must still send something first."""
    named = [
        {
            "ten": str(row["unit"]), "tinh_trang": STATES[str(row["state"])], "han": formats.date(row["due_at"]),
            "qua_han": formats.number(row["days_over"]), "can_sua": faults(row["errors"]),
        }
        for row in rows_of(absent)
    ]  # fmt: skip
    named += [
        {
            "ten": str(row["unit"]), "tinh_trang": "Đã nộp, trễ hạn", "han": formats.date(row["due_at"]),
            "qua_han": formats.number((row["first_received_at"].date() - row["due_at"].date()).days), "can_sua": "",
        }
        for row in rows_of(late)
    ]  # fmt: skip
    return [{"tt": str(place), **row} for place, row in enumerate(named, start=1)]


def faults(errors: object) -> str:
    """How much there is to correct."""
    return "" if formats.is_missing(errors) else f"{formats.number(errors)} lỗi, theo tệp trả lại"
