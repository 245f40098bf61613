"""The official report of the department to the city: what it says of a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from documents import wording
from documents.word.parts import about, opinions, results, rows_of, standing_rows
from documents.word.pictures import bars, lines
from queries import channels, completion, indicators, official, opendata, reporting, services
from queries.scope import Scope
from ui import formats

CHANNELS = ("CC01", "CC08", "CC09", "CC05", "CC13")
TASKS = ("TC02", "TC01", "TC03", "TC05", "TC07")
SERVICES = ("DV01", "DV02", "DV06", "DV07", "DV08", "DV10", "DV13")
SKILLS = ("BD02", "BD04", "BD05", "BD08", "BD09", "BD01")
LEADING = ("CC01", "TC02", "TC03", "DV01", "BD02")
"""The columns of the appendix that lists units."""
ENDS = {
    "CC01": "độ phủ kênh bắt buộc", "TC02": "tỷ lệ nhiệm vụ đúng hạn", "DV01": "tỷ lệ hồ sơ nộp trực tuyến",
    "BD02": "tỷ lệ người trưởng thành có kỹ năng số",
}  # fmt: skip
MONTHLY = ("DV01", "DV06")
STATES = {"on_time": "Đúng hạn", "late": "Nộp trễ", "returned": "Chờ nộp lại", "missing": "Chưa nộp",
          "not_due": "Chưa đến hạn"}  # fmt: skip
ABSENT = ("missing", "not_due")
Contents = Mapping[str, object]


def contents(con: DuckDBPyConnection, scope: Scope, now: dt.datetime, closing: str = "") -> Contents:
    """What the template `bao-cao-thanh-pho.docx` takes, by name; `closing` names the closing these figures are of."""
    when = about(con, scope, now.date())
    owed = reporting.units(con, scope)
    came = states(opendata.units(con, scope), now)
    last = last_due(came, now)
    rates = official.rates_of_units(con, scope, LEADING)
    said = results(con, scope, (*CHANNELS, *TASKS, *SERVICES, *SKILLS), owed)
    coverage = channels.by_channel(con, scope)
    chosen = formats.units_of(scope.kind, scope.district)
    return {
        "ky": formats.inside(when.name), "ky_hoa": when.name.upper(), "tu_ngay": when.date_from,
        "den_ngay": when.date_to, "thang": when.month, "nam": when.year, "chot_luc": when.fresh,
        "ten_chot": f", lần chốt “{closing}”" if closing else "",
        "pham_vi": f" ({chosen})" if chosen else "",
        "nop": reported(came, scope), "bang_nop": by_kind(came),
        "kenh": [*(said[code] for code in CHANNELS), *ends(rates, "CC01"), *spoken(coverage)],
        "hinh_kenh": channel_picture(coverage),
        "nhiem_vu": [*(said[code] for code in TASKS), *ends(rates, "TC02")],
        "bang_nhom": groups(completion.by_group(con, scope)),
        "dvc": [*(said[code] for code in SERVICES), *flow(con, scope), *ends(rates, "DV01")],
        "hinh_dvc": monthly(con, scope),
        "ky_nang": [*(said[code] for code in SKILLS), *ends(rates, "BD02")],
        "y_kien": opinions(official.remarks(con, scope)),
        "don_doc": urged(last),
        "bang_chi_tieu": standing_rows(indicators.standing(con, scope, every_indicator(con)), owed),
        "bang_don_vi": units_table(last, rates),
    }  # fmt: skip


def every_indicator(con: DuckDBPyConnection) -> Sequence[str]:
    """The codes of all indicators, in the order of the catalogue."""
    rows = con.execute("select indicator from indicator order by group_code, indicator").fetchall()
    return [str(code) for (code,) in rows]


def states(came: pd.DataFrame, now: dt.datetime) -> pd.DataFrame:
    """The reports owed, with one state each in a column `how`, as STATES names them."""
    how = [state_of(row, now) for row in rows_of(came)]
    return came.assign(how=pd.Series(how, index=came.index, dtype=object))


def state_of(row: Mapping[str, Any], now: dt.datetime) -> str:
    """The state of one report owed."""
    if row["state"] == "accepted":
        return "on_time" if row["on_time"] else "late"
    if row["state"] == "missing" and row["due_at"] >= now:
        return "not_due"
    return str(row["state"])


def reported(came: pd.DataFrame, scope: Scope) -> list[str]:
    """Who reported, in a sentence."""
    owed, counts = len(came), came["how"].value_counts()
    what = "đơn vị" if scope.is_month else "lượt báo cáo"
    if not owed:
        return ["Không có đơn vị nào phải báo cáo trong kỳ."]
    received = owed - sum(int(counts.get(how, 0)) for how in ABSENT)
    came_in = parts_of(counts, [how for how in STATES if how not in ABSENT])
    absent = parts_of(counts, ABSENT)
    rate = formats.share(100 * received / owed)
    said = f"Đã nhận báo cáo của {formats.of(received, owed)} {what} phải nộp ({rate})"
    return ["; ".join(one for one in (f"{said}{', gồm ' if came_in else ''}{came_in}", absent) if one) + "."]


def parts_of(counts: pd.Series, states: Sequence[str]) -> str:
    """ "106 đúng hạn, 2 nộp trễ"; states that do not occur are left out."""
    some = [(int(counts.get(how, 0)), STATES[how].lower()) for how in states]
    return ", ".join(f"{formats.number(count)} {word}" for count, word in some if count)


def by_kind(came: pd.DataFrame) -> list[Mapping[str, str]]:
    """Reports by kind of unit, and in all."""
    parts = [(formats.kind(str(kind)), part) for kind, part in came.groupby("unit_kind", sort=False)]
    return [counted(name, part) for name, part in [*parts, ("Tổng số", came)]]


def counted(name: str, part: pd.DataFrame) -> Mapping[str, str]:
    """One row of the table of reports."""
    counts, owed = part["how"].value_counts(), len(part)
    number = {how: int(counts.get(how, 0)) for how in STATES}
    absent = number["missing"] + number["not_due"]
    received = owed - absent
    return {
        "loai": name, "phai_nop": formats.number(owed), "dung_han": formats.number(number["on_time"]),
        "tre": formats.number(number["late"]), "tra_lai": formats.number(number["returned"]),
        "chua_nop": formats.number(absent),
        "ty_le": f"{formats.share(100 * received / owed)} ({formats.of(received, owed)})" if owed else formats.NONE,
    }  # fmt: skip


def spoken(coverage: pd.DataFrame) -> list[str]:
    """The channels that most and fewest units use."""
    known = coverage.dropna(subset="value").sort_values("value", kind="stable")
    if known.empty:
        return []
    high, low = known.iloc[-1], known.iloc[0]
    return [
        f"Kênh được dùng nhiều nhất: {high['channel']} ({of_units(high)}); ít nhất: {low['channel']} ({of_units(low)})."
    ]


def of_units(row: pd.Series) -> str:
    """ "95,0%, 104/109 đơn vị"."""
    return f"{formats.share(row['value'])}, {formats.of(row['active'], row['units'])} đơn vị"


def channel_picture(coverage: pd.DataFrame) -> bytes:
    """The channel groups as bars."""
    known = coverage.dropna(subset="value").sort_values("value", ascending=False, kind="stable")
    words = [f"{formats.share(row['value'])} ({formats.of(row['active'], row['units'])})" for row in rows_of(known)]
    return bars(list(known["channel"]), list(known["value"]), words, list(known["before"].astype(float)))


def monthly(con: DuckDBPyConnection, scope: Scope) -> bytes:
    """The leading rates of online services over twelve months."""
    told = indicators.history(con, scope, MONTHLY)
    names = {"DV01": "Nộp trực tuyến", "DV06": "Thanh toán trực tuyến"}
    series = [
        (names[code], told[told["indicator"] == code].set_index("period")["value"].reindex(list(scope.shown))
         .astype(float).reset_index(drop=True))
        for code in MONTHLY
    ]  # fmt: skip
    return lines(scope.shown, series)


def flow(con: DuckDBPyConnection, scope: Scope) -> list[str]:
    """How many dossiers came, and in which way."""
    told = {str(row["measure"]): row for row in rows_of(services.flow(con, scope))}
    if "recv_total" not in told:
        return []
    total, online = told["recv_total"], told.get("recv_online")
    more = f", trong đó {formats.number(online['value'])} hồ sơ nộp trực tuyến" if online else ""
    units = formats.number(total["units"])
    return [f"Trong kỳ tiếp nhận {formats.number(total['value'])} hồ sơ{more} (theo báo cáo của {units} đơn vị)."]


def ends(rates: pd.DataFrame, code: str) -> list[str]:
    """Who leads and who lags on one indicator, kind by kind."""
    return wording.ends(rates[rates["indicator"] == code], ENDS[code])


def groups(told: pd.DataFrame) -> list[Mapping[str, str]]:
    """The groups of tasks as rows of a table."""
    return [
        {
            "tt": str(place), "ten": str(row["name"]), "tong": formats.number(row["total"]),
            "xong": formats.number(row["done"]), "den_han": formats.number(row["due"]),
            "dung_han": formats.number(row["on_time"]), "qua_han": formats.number(row["overdue"]),
            "ty_le": formats.share(row["value"]),
        }
        for place, row in enumerate(rows_of(told), start=1)
    ]  # fmt: skip


def last_due(came: pd.DataFrame, now: dt.datetime) -> pd.DataFrame:
    """The reports of the last month that is due by now for anybody; of the last of all while none is."""
    due = came[came["due_at"] < now]
    last: pd.DataFrame = came[came["period"] == (due if len(due) else came)["period"].max()]
    return last


def urged(last: pd.DataFrame) -> list[str]:
    """The units that still owe a report of the last month."""
    said = []
    for how, words in (("missing", "chưa nộp báo cáo"), ("returned", "được trả lại báo cáo, chưa nộp lại")):
        names = [formats.unit_inside(str(name)) for name in last[last["how"] == how]["unit"]]
        if names:
            said.append(f"{formats.number(len(names))} đơn vị {words}: {', '.join(names)}.")
    if not said and (waiting := int((last["how"] == "not_due").sum())):
        return [f"Chưa có đơn vị phải đôn đốc; {formats.number(waiting)} đơn vị chưa nộp còn trong hạn."]
    if not said:
        return ["Tất cả đơn vị đã nộp báo cáo; không có đơn vị phải đôn đốc."]
    return ["Sở Khoa học và Công nghệ tiếp tục đôn đốc các đơn vị sau khẩn trương nộp báo cáo:", *said]


def units_table(last: pd.DataFrame, rates: pd.DataFrame) -> list[Mapping[str, str]]:
    """Every unit that owes a report of the last month, with where it stands on the leading indicators."""
    rate = {(row["unit_code"], row["indicator"]): row for row in rows_of(rates)}
    columns = dict(zip(("kenh", "dung_han", "qua_han", "dvc", "ky_nang"), LEADING, strict=True))
    return [
        {
            "tt": str(place), "ten": str(row["unit"]), "nop": STATES[str(row["how"])],
            **{name: rate_cell(rate.get((row["unit_code"], code))) for name, code in columns.items()},
        }
        for place, row in enumerate(rows_of(last.drop_duplicates("unit_code")), start=1)
    ]  # fmt: skip


def rate_cell(row: Mapping[str, object] | None) -> str:
    """A rate with n/N, a dash where the unit has none."""
    if row is None or formats.is_missing(row["value"]):
        return formats.NONE
    return f"{formats.share(row['value'])} ({formats.of(row['numerator'], row['denominator'])})"
