"""What the numbers say, in sentences worked out from them; each leads to its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd
import streamlit as st

from ui import cards, choosing, formats, links
from ui.parts import indicators
from ui.remembering import all_remembered

CHANNELS, COMPLETION, SERVICES, STATUS = (
    "pages/analysis/channels.py", "pages/analysis/completion.py", "pages/analysis/services.py",
    "pages/reports/status.py",
)  # fmt: skip
HOMES = {"BC01": STATUS, "CC01": CHANNELS, "TC02": COMPLETION, "DV01": SERVICES}
"""The page that explains each of the leading indicators."""
MOST, LEAST_MONTHS, NAMED = 6, 6, 3
"""Findings shown; months over which a record is one; units named in a sentence."""


class Said(NamedTuple):
    """A sentence, its sign, and where it leads: a page, and what the page is asked for."""

    sentence: str
    icon: str
    page: str
    asked: Mapping[str, str] = MappingProxyType({})


def show(when: str, *said: Iterable[Said]) -> None:
    """The findings, each a link; so many at most. `when`: the month, where the page is of a longer period."""
    those = list(islice(chain.from_iterable(said), MOST))
    title, of_period = (f"{when}: điểm đáng chú ý", "của tháng") if when else ("Điểm đáng chú ý", "của kỳ")
    with cards.box(title, f"Tính từ số liệu {of_period}; bấm vào từng dòng để xem.", key="findings"):
        lines = [links.words(one.page, f"{one.icon} {one.sentence}", one.asked) for one in those]
        st.markdown("\n\n".join(lines) or cards.quiet("Không có thay đổi lớn so với kỳ trước."))


@all_remembered
def of_services(units: pd.DataFrame) -> Iterator[Said]:
    """The unit whose share of online dossiers rose most, and the one that fell most."""
    moved = [row for row in formats.rows_of(units) if not row["small"] and not formats.is_missing(row["change"])]
    if not moved:
        return
    moved.sort(key=itemgetter("change"))
    for row, verb, reach, icon in (
        (moved[-1], "tăng", "đạt", ":material/trending_up:"),
        (moved[0], "giảm", "còn", ":material/trending_down:"),
    ):
        if (row["change"] > 0) == (verb == "tăng") and row["change"]:
            points, reached = formats.number(abs(row["change"]), 1), formats.share(row["value"])
            yield Said(
                f"**{formats.plain(row['unit'])}** {verb} nhiều nhất về hồ sơ trực tuyến: "
                f"{points} điểm, {reach} {reached}",
                icon, links.UNIT_PAGE, {choosing.UNIT: str(row["unit"])},
            )  # fmt: skip


@all_remembered
def of_tasks(new: pd.DataFrame) -> Iterator[Said]:
    """Tasks that fell overdue since the month before."""
    if len(new):
        yield Said(
            f"**{formats.number(new['tasks'].sum())} nhiệm vụ** mới quá hạn ở {where_overdue(new)}",
            ":material/assignment_late:", COMPLETION,
        )  # fmt: skip


def where_overdue(new: pd.DataFrame) -> str:
    """ "15 đơn vị, nhiều nhất là xã Một (3)"; the only unit by its name, and none is the first among equals."""
    name, tasks = formats.unit_inside(formats.plain(new["unit"].iloc[0])), list(new["tasks"])
    if len(tasks) == 1:
        return name
    most = f", nhiều nhất là {name} ({formats.number(tasks[0])})" if tasks[0] > tasks[1] else ""
    return f"{len(tasks)} đơn vị{most}"


@all_remembered
def of_channels(silent: pd.DataFrame) -> Iterator[Said]:
    """The channel on which most units have been silent for two months."""
    if len(silent):
        first = silent.iloc[0]
        yield Said(
            f"**{formats.number(first['units'])} đơn vị** chưa có sản phẩm hai tháng liền trên kênh bắt buộc "
            f"“{formats.plain(first['channel'])}”",
            ":material/volume_off:", CHANNELS,
            {choosing.CHANNEL_GROUP: choosing.words_of(first["channel_code"], first["channel"])},
        )  # fmt: skip


@all_remembered
def of_absence(missing: pd.DataFrame) -> Iterator[Said]:
    """Units without an accepted report for two months and more."""
    long = missing[missing["months_running"] >= 2]
    if len(long):
        names = ", ".join(formats.unit_inside(formats.plain(one)) for one in long["unit"].head(NAMED))
        names += f" và {len(long) - NAMED} đơn vị khác" if len(long) > NAMED else ""
        yield Said(
            f"**{len(long)} đơn vị** chưa có báo cáo hai tháng liền trở lên: {names}", ":material/event_busy:", STATUS
        )


@all_remembered
def of_records(history: pd.DataFrame, names: Mapping[str, str]) -> Iterator[Said]:
    """Leading indicators that stand higher or lower than in any month shown."""
    for code, name in names.items():
        past = [value for value in indicators.past(history).get(code, ()) if not formats.is_missing(value)]
        if len(past) < LEAST_MONTHS or max(past[:-1]) == min(past[:-1]):
            continue
        *before, last = past
        if last > max(before) or last < min(before):
            word = "cao nhất" if last > max(before) else "thấp nhất"
            yield Said(
                f"**{name}** {word} trong {len(past)} tháng: {formats.share(last)}",
                ":material/military_tech:" if word == "cao nhất" else ":material/south:", HOMES[code],
            )  # fmt: skip
