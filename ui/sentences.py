"""What the numbers say, in a sentence: titles of pages and boxes, built from answers.

Sentences are Markdown: text from the warehouse goes through formats.plain.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

import pandas as pd

from queries.judging import reached
from ui import cards, formats
from ui.formats import Row
from ui.remembering import remembered

LEADING = {
    "BC01": "Đơn vị đã nộp báo cáo",
    "CC01": "Độ phủ kênh bắt buộc",
    "TC02": "Nhiệm vụ hoàn thành đúng hạn",
    "DV01": "Hồ sơ nộp trực tuyến",
}
"""The four indicators the overview leads with, by the short names it gives them."""
OF_MONTHS = {**LEADING, "BC01": "Báo cáo đã nộp"}
"""The same over several months, in which a unit owes several reports."""


@remembered
def overview_title(
    period: str, standing: pd.DataFrame, missing: int, provisional: bool, *, is_month: bool = True
) -> str:
    """ "Tháng 10/2026: 2/3 chỉ tiêu đạt mục tiêu, còn 5 đơn vị chưa nộp"; over several months of "5 báo cáo"."""
    judged = [level for level in standing["level"] if not formats.is_missing(level)]
    what, all_there = ("đơn vị", "tất cả đơn vị đã nộp") if is_month else ("báo cáo", "đã nộp đủ báo cáo đến hạn")
    rest = f"còn {formats.number(missing)} {what} chưa nộp" if missing else all_there
    if provisional or not judged:
        return f"{period}: {rest}"
    met = judged.count("good")
    return f"{period}: {met}/{len(judged)} chỉ tiêu đạt mục tiêu, {rest}"


@remembered
def shortfalls(standing: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The leading indicators that miss their target, each with value and target."""
    short = [shortfall(row, names) for row in formats.rows_of(standing) if row["level"] in ("watch", "bad")]
    return f"Chưa đạt: {'; '.join(short)}." if short else ""


def shortfall(row: Row, names: Mapping[str, str]) -> str:
    """ "nhiệm vụ hoàn thành đúng hạn 79,4% (mục tiêu ≥ 90%)"."""
    name = names.get(str(row["indicator"]), str(row["name"]))
    value = formats.amount(row["value"], row["unit"])
    return f"{formats.plain(formats.inside(name))} {value} ({cards.aim(row).lower()})"


def reports(row: pd.Series[Any]) -> str:
    """ "90 đơn vị nộp đúng hạn, 19 nộp trễ, 5 chưa nộp"."""
    parts = [
        (row["on_time"], "đơn vị nộp đúng hạn"), (row["late"], "nộp trễ"), (row["returned"], "bị trả lại"),
        (row["missing"], "chưa nộp"), (row["not_due"], "chưa đến hạn"),
    ]  # fmt: skip
    return ", ".join(
        f"{formats.number(count)} {words}" for count, words in parts if count or words.startswith("đơn vị")
    )


@remembered
def attention(frame: pd.DataFrame) -> str:
    """ "6 đơn vị chưa nộp, 1 đơn vị bị trả lại, 21 đơn vị có nhiệm vụ quá hạn"."""
    states = list(frame["state"])
    counts = {
        "chưa nộp": states.count("missing"), "bị trả lại": states.count("returned"),
        "có nhiệm vụ quá hạn": sum(count > 0 for count in frame["overdue"]),
    }  # fmt: skip
    told = ", ".join(f"{formats.number(count)} đơn vị {words}" for words, count in counts.items() if count)
    return told or "Không có đơn vị nào phải đôn đốc"


@remembered
def weakest_channel(frame: pd.DataFrame) -> str:
    """ "Trí tuệ nhân tạo, chatbot: 16 đơn vị chưa làm"; the channel that most units owe and are silent on."""
    low = max(reversed(formats.rows_of(frame)), key=itemgetter("silent"), default=None)
    if not low or not low["silent"]:
        return "Độ phủ theo kênh"
    return f"{formats.plain(low['channel'])}: {formats.number(low['silent'])} đơn vị chưa có sản phẩm"


@remembered
def theme(frame: pd.DataFrame) -> str:
    """ "Chính sách hỗ trợ: nội dung ít đơn vị tuyên truyền nhất", by the channel that speaks of it most."""
    reached: dict[str, int] = {}
    for said, active in zip(frame["theme"], frame["active"], strict=True):
        reached[said] = max(active, reached.get(said, 0))
    if not any(reached.values()):
        return "Nội dung theo từng kênh"
    return f"{formats.plain(min(reached, key=reached.__getitem__))}: nội dung ít đơn vị tuyên truyền nhất"


@remembered
def silence(frame: pd.DataFrame) -> str:
    """ "16 đơn vị bỏ trống ít nhất một kênh bắt buộc"."""
    silent = int((frame["silences"] > 0).sum())
    if not silent:
        return "không đơn vị nào bỏ trống kênh bắt buộc"
    return f"{formats.number(silent)} đơn vị bỏ trống ít nhất một kênh bắt buộc"


@remembered
def silence_on(group: str, silent: int) -> str:
    """ "51 đơn vị chưa có sản phẩm trên kênh bắt buộc Trí tuệ nhân tạo, chatbot"."""
    if not silent:
        return f"mọi đơn vị bắt buộc đều có sản phẩm trên kênh {formats.plain(group)}"
    return f"{formats.number(silent)} đơn vị chưa có sản phẩm trên kênh bắt buộc {formats.plain(group)}"


def completion(rows: Mapping[str, Row]) -> str:
    """ "87,1% nhiệm vụ đến hạn hoàn thành đúng hạn, 24 nhiệm vụ quá hạn"; the indicators by code."""
    if formats.is_missing(rows["TC02"]["value"]):
        return "chưa có nhiệm vụ đến hạn"
    overdue = formats.number(rows["TC03"]["numerator"])
    return f"{formats.share(rows['TC02']['value'])} nhiệm vụ đến hạn hoàn thành đúng hạn, {overdue} nhiệm vụ quá hạn"


def adoption(row: Row, period: str) -> str:
    """ "Tháng 10/2026: 75,5% hồ sơ nộp trực tuyến, tăng 1,7 điểm"."""
    if formats.is_missing(row["value"]):
        return f"{period}: chưa có số liệu hồ sơ trực tuyến"
    return f"{period}: {formats.share(row['value'])} hồ sơ nộp trực tuyến{moved(row['change'])}"


def moved(change: object) -> str:
    """ ", tăng 1,7 điểm"; nothing where there is nothing to compare with."""
    written = formats.signed(change, 1)
    if written == formats.NONE:
        return ""
    if written == "0,0":
        return ", không đổi so với kỳ trước"
    return f", {'tăng' if written.startswith('+') else 'giảm'} {written.lstrip('+-')} điểm so với kỳ trước"


@remembered
def unit(standing: pd.DataFrame) -> str:
    """ ": 12 chỉ tiêu đạt, 5 chưa đạt"; nothing where none can be judged, and where the unit has not reported."""
    rows = [] if set(standing["indicator"].str[:2]) <= {"BC"} else formats.rows_of(standing)
    judged = [row["level"] == "good" or reached(row) for row in rows if row["level"] in ("good", "watch", "bad")]
    good, short = judged.count(True), judged.count(False)
    return f": {good} chỉ tiêu đạt, {short} chưa đạt" if good or short else ""


def skills(rows: Mapping[str, Row]) -> str:
    """ "62,3% người trưởng thành có kỹ năng số, 78,4% có VNeID mức độ 2"; the indicators by code."""
    known = [
        f"{formats.share(rows[code]['value'])} {words}"
        for code, words in (("BD02", "người trưởng thành có kỹ năng số"), ("BD04", "có VNeID mức độ 2"))
        if code in rows and not formats.is_missing(rows[code]["value"])
    ]
    return ", ".join(known) or "chưa có số liệu kỹ năng số"
