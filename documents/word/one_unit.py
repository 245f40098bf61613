"""One unit's own report to the department: what it says of a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from documents import wording
from documents.word.parts import THEN, about, changed, one_line, rows_of, sentence_of_remark, target_of, value_of
from queries import lineage, unit
from queries.scope import Scope
from ui import formats

SHOWN = (
    "CC01", "CC08", "CC09", "CC03", "CC05", "CC13", "TC02", "TC01", "TC03", "TC05", "DV01", "DV06", "DV07", "DV08",
    "DV10", "DV13", "BD01", "BD02", "BD04", "BD05", "BD08", "BD09",
)  # fmt: skip
KIND_IN_WORDS = {"xa": "xã", "phuong": "phường", "dac_khu": "đặc khu", "co_quan": "cơ quan", "huyen": "huyện"}
REMARKS = {"KHO_KHAN": "Khó khăn, vướng mắc", "KIEN_NGHI": "Đề xuất, kiến nghị",
           "NHIEM_VU_KY_TOI": "Nhiệm vụ trọng tâm kỳ tới"}  # fmt: skip
PEOPLES = ("xa", "phuong", "dac_khu", "huyen")
"""Kinds of unit that a People's Committee signs for."""


class NoUnit(LookupError):
    """There is no such unit; the text is the code that was given."""


class NoReport(LookupError):
    """The unit has no accepted report of the period; the text is its name."""


def contents(con: DuckDBPyConnection, scope: Scope, unit_code: str, today: dt.date) -> Mapping[str, object]:
    """What the template `bao-cao-don-vi.docx` takes, by name. Raises NoReport where the unit has no accepted report,
    NoUnit where there is no such unit.
    """
    whose = whose_report(con, unit_code)
    name, kind = str(whose["unit"]), str(whose["kind"])
    sent = unit.reports(con, unit_code)
    current = sent[sent["period"].isin(scope.months) & (sent["status"] == "accepted")].drop_duplicates("period")
    if current.empty:
        raise NoReport(name)
    when = about(con, scope, today)
    standing = unit.placed(unit.standing(con, scope, unit_code), unit.peers(con, scope, kind))
    tasks = lineage.of_tasks(con, unit_code, str(current["period"].iloc[0]))
    return {
        **heading(name, kind),
        "ky": formats.inside(when.name), "ky_hoa": when.name.upper(), "tu_ngay": when.date_from,
        "den_ngay": when.date_to, "thang": when.month, "nam": when.year,
        "ket_qua": results(standing, THEN.get(scope.period_kind, "kỳ trước"), kind),
        "nhiem_vu": pressing(tasks), "y_kien": written(unit.remarks(con, unit_code, scope.months)),
        "nguon": files(current, scope), "bang_chi_tieu": table(standing),
    }  # fmt: skip


def files(current: pd.DataFrame, scope: Scope) -> str:
    """The files that the figures come from, month by month where there are several."""
    said = [
        ("" if scope.is_month else f"{formats.inside(str(row['period_name']))}: ")
        + f"lần nộp {row['version']}, tệp {row['file_name']}"
        for row in rows_of(current.iloc[::-1])
    ]
    return "; ".join(said)


def whose_report(con: DuckDBPyConnection, unit_code: str) -> Mapping[str, Any]:
    """The unit's row. Raises NoUnit where there is none."""
    units = unit.units(con)
    found = list(rows_of(units[units["unit_code"] == unit_code]))
    if not found:
        raise NoUnit(unit_code)
    return found[0]


def heading(name: str, kind: str) -> Mapping[str, str]:
    """Who reports, in the forms the heading and the signature need."""
    place = name.split(" ", 2)[-1] if kind == "dac_khu" else name.partition(" ")[2]
    if kind in PEOPLES:
        return {
            "cap_tren": "ỦY BAN NHÂN DÂN", "ten_hoa": name.upper(), "ky_hieu": "BC-UBND", "dia_danh": place,
            "co_quan": f"Ủy ban nhân dân {formats.inside(name)}", "ky_thay": "KT. CHỦ TỊCH", "chuc_vu": "PHÓ CHỦ TỊCH",
        }  # fmt: skip
    return {
        "cap_tren": "UBND THÀNH PHỐ HẢI PHÒNG", "ten_hoa": name.upper(), "ky_hieu": "BC-BQL", "dia_danh": "Hải Phòng",
        "co_quan": name, "ky_thay": "KT. TRƯỞNG BAN", "chuc_vu": "PHÓ TRƯỞNG BAN",
    }  # fmt: skip


def results(standing: pd.DataFrame, then: str, kind: str) -> list[Mapping[str, object]]:
    """Sentences by group of indicators."""
    chosen = standing[standing["indicator"].isin(SHOWN)]
    return [
        {
            "ten": str(name),
            "cau": [wording.result_of_unit(row, then, KIND_IN_WORDS.get(kind, "")) for row in rows_of(part)],
        }
        for name, part in chosen.groupby("group_name", sort=False)
    ]


def pressing(tasks: pd.DataFrame) -> list[str]:
    """Overdue tasks, then those due soon, one by one."""
    said = [*late(tasks), *soon(tasks)]
    return said or ["Không có nhiệm vụ quá hạn hoặc sắp đến hạn."]


def late(tasks: pd.DataFrame) -> Iterator[str]:
    """Overdue tasks."""
    for row in rows_of(tasks[tasks["state"] == "overdue"].sort_values("days_late", ascending=False, kind="stable")):
        days = formats.number(row["days_late"])
        yield f"- Quá hạn {days} ngày (hạn {formats.date(row['due_on'])}): {one_line(row['title'])}."


def soon(tasks: pd.DataFrame) -> Iterator[str]:
    """Tasks due soon."""
    for row in rows_of(tasks[tasks["state"] == "due_soon"].sort_values("due_on", kind="stable")):
        yield f"- Đến hạn ngày {formats.date(row['due_on'])}: {one_line(row['title'])}."


def written(remarks: pd.DataFrame) -> list[Mapping[str, object]]:
    """What the unit wrote, by kind."""
    groups: list[Mapping[str, object]] = []
    for kind, name in REMARKS.items():
        those = remarks[remarks["kind"] == kind]
        if len(those):
            groups.append({"ten": name, "cau": [sentence_of_remark(row) for row in rows_of(those)]})
    return groups


def table(standing: pd.DataFrame) -> list[Mapping[str, str]]:
    """Every indicator the unit has."""
    return [
        {
            "tt": str(place), "ten": str(row["name"]), "gia_tri": value_of(row),
            "ty_so": formats.NONE if formats.is_missing(row["denominator"]) else wording.ratio(row),
            "thay_doi": changed(row), "muc_tieu": target_of(row),
            "vi_tri": formats.NONE if formats.is_missing(row["place"]) else formats.of(row["place"], row["peers"]),
        }
        for place, row in enumerate(rows_of(standing), start=1)
    ]  # fmt: skip
