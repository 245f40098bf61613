"""What several documents say alike: sentences of indicators, rows of tables, what units wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd
from duckdb import DuckDBPyConnection

from documents import wording
from queries import indicators
from queries.scope import Scope, made_out
from ui import formats

REMARKS = {
    "KHO_KHAN": "Khó khăn, vướng mắc", "KIEN_NGHI": "Đề xuất, kiến nghị", "MO_HINH_HAY": "Mô hình, cách làm hay",
}  # fmt: skip
LEVELS = {"XA": "cấp xã", "SO": "Sở Khoa học và Công nghệ", "UBND_TP": "UBND thành phố", "TRUNG_UONG": "Trung ương"}
THEN = {"month": "tháng trước", "quarter": "quý trước", "half": "kỳ trước", "year": "năm trước"}


class About(NamedTuple):
    """The period of a document, in words."""

    name: str
    date_from: str
    date_to: str
    year: str
    month: str
    fresh: str


def about(con: DuckDBPyConnection, scope: Scope, today: dt.date) -> About:
    """The period of a document in words; year and month are those of writing."""
    rows = con.execute("select name from period where period = $period", {"period": scope.period}).fetchall()
    fresh = con.execute("select max(loaded_at) from submission").fetchall()[0][0]
    return About(
        rows[0][0], formats.date(scope.date_from), formats.date(scope.date_to), str(today.year), f"{today.month:02d}",
        wording.moment(fresh),
    )  # fmt: skip


def year_before(con: DuckDBPyConnection, scope: Scope, codes: Sequence[str]) -> dict[str, object]:
    """The values of the same period a year before, by indicator; none where there is no such period, or where it is the
    period before, with which all is compared anyway.
    """
    try:
        past = made_out(con, f"{int(scope.period[:4]) - 1}{scope.period[4:]}")
    except KeyError:
        return {}
    if past.months in ((), scope.before):
        return {}
    standing = indicators.standing(con, replace(scope, before=past.months), codes)
    return dict(zip(standing["indicator"], standing["before"], strict=True))


def results(con: DuckDBPyConnection, scope: Scope, codes: Sequence[str], owed: int) -> dict[str, str]:
    """A sentence for each indicator, by its code."""
    standing, past = indicators.standing(con, scope, codes), year_before(con, scope, codes)
    then = THEN.get(scope.period_kind, "kỳ trước")
    return {
        str(row["indicator"]): wording.result(row, past.get(str(row["indicator"])), owed, then)
        for row in rows_of(standing)
    }


def rows_of(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a frame by the names of their columns."""
    yield from frame.to_dict("records")  # type: ignore[misc]


def standing_rows(standing: pd.DataFrame, owed: int) -> list[Mapping[str, str]]:
    """Indicators as rows of a table, numbered."""
    return [
        {
            "tt": str(place), "ten": str(row["name"]), "gia_tri": value_of(row),
            "ty_so": formats.NONE if formats.is_missing(row["denominator"]) else wording.ratio(row),
            "don_vi": formats.of(row["units"], owed), "thay_doi": changed(row), "muc_tieu": target_of(row),
            "danh_gia": str(row["label"] or formats.NONE),
        }
        for place, row in enumerate(rows_of(standing), start=1)
    ]  # fmt: skip


def value_of(row: Mapping[str, Any]) -> str:
    """The value of an indicator with its unit, a dash where it has none."""
    return formats.NONE if formats.is_missing(row["value"]) else wording.value(row)


def changed(row: Mapping[str, Any]) -> str:
    """The change against the period before, with its sign."""
    share = row["unit"] == formats.PERCENT
    return formats.points(row["change"]) if share else formats.signed(row["change"], 1 if not whole(row) else 0)


def whole(row: Mapping[str, Any]) -> bool:
    """Whether value and change are counts."""
    return formats.whole(row["value"]) and formats.whole(row["change"])


def target_of(row: Mapping[str, Any]) -> str:
    """The target, a dash where there is none."""
    if formats.is_missing(row["target"]):
        return formats.NONE
    return wording.compared(row["operator"], row["target"], row["unit"])


def opinions(remarks: pd.DataFrame) -> list[Mapping[str, object]]:
    """What units wrote, by kind; the same words of several units stand once, those of most units first."""
    groups: list[Mapping[str, object]] = []
    for kind, name in REMARKS.items():
        those = remarks[remarks["kind"] == kind]
        parts = [(str(text), part) for text, part in those.groupby(those["text"].str.strip())]
        said = [opinion(text, part) for text, part in sorted(parts, key=order)]
        if said:
            groups.append({"ten": name, "cau": said})
    return groups


def order(part: tuple[str, pd.DataFrame]) -> tuple[int, str]:
    """Where the same words of several units stand."""
    return -part[1]["unit_code"].nunique(), part[0]


def opinion(text: str, part: pd.DataFrame) -> str:
    """What some units wrote alike: to whom, and which units."""
    whom = sent_to(set(part["to_level"]))
    return f"- {one_line(text)} ({whom and f'{whom}; '}{wording.listed(list(dict.fromkeys(part['unit'])))})."


def sentence_of_remark(row: Mapping[str, Any]) -> str:
    """What one unit wrote, and to whom."""
    whom = sent_to(str(row["levels"]).split(","))
    return f"- {one_line(row['text'])}{whom and f' ({whom})'}."


def sent_to(levels: Container[object]) -> str:
    """ "gửi cấp xã, Trung ương"; nothing where no level is named."""
    named = ", ".join(name for level, name in LEVELS.items() if level in levels)
    return named and f"gửi {named}"


def one_line(text: object) -> str:
    """Text of a unit on one line, without the full stop at its end."""
    return " ".join(str(text).split()).rstrip(". ;")
