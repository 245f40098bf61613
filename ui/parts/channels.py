"""Channels: how far each reaches, on which themes, and who is silent."""

from __future__ import annotations

import math
from collections.abc import Set

import pandas as pd
import streamlit as st

from queries import channels
from queries.scope import Scope
from ui import cards, charts, choosing, formats, links, page, sentences, tables, theme
from ui.ask import ask
from ui.charts import Drawn
from ui.remembering import remembered
from ui.signs import CHANNELS
from ui.tables import Column

THEME = "Nội dung"
ADDRESS = "do-phu-theo-kenh"
"""The address of the page."""


def choice(groups: pd.DataFrame) -> str:
    """The channel group the reader chose, "" for all."""
    words = choosing.by_code(groups["channel_code"], groups["channel"])
    return choosing.one_of("Nhóm kênh", choosing.CHANNEL_GROUP, words, 460, nothing="Mọi nhóm kênh")


def by_channel(frame: pd.DataFrame, owed: pd.DataFrame, chosen: str) -> None:
    """Each channel group as a bar, against the month before; channels that nobody must use are lighter. A click chooses
    one.
    """
    title, light = sentences.weakest_channel(owed), "kênh khác" if chosen else "kênh không bắt buộc"
    about = f"Tỷ lệ đơn vị có sản phẩm trên từng kênh. Vạch đậm: kỳ trước. Nhạt màu: {light}. Bấm một thanh để chọn."
    stressed = frozenset({chosen} if chosen else owed["channel_code"])
    with cards.box(title, about):
        picked = charts.newly_clicked(channels_drawn(frame, stressed, title), key="by-channel")
    if picked:
        links.go(ADDRESS, {choosing.CHANNEL_GROUP: picked})


@remembered
def channels_drawn(frame: pd.DataFrame, stressed: Set[str], title: str) -> Drawn:
    """The channels as bars, least used first; those stressed stand out."""
    named = frame.assign(label=frame["channel_code"] + " " + frame["channel"])
    shown = named.sort_values("value", na_position="last")
    text = [
        f"{formats.share(one)} · {formats.of(active, units)}"
        for one, active, units in zip(shown["value"], shown["active"], shown["units"], strict=True)
    ]
    colours = [theme.NORMAL if code in stressed else theme.SOFT for code in shown["channel_code"]]
    figure = charts.bars(shown, "label", "value", text, colours, before="before")
    words = choosing.by_code(shown["channel_code"], shown["channel"])
    return charts.drawn(
        charts.choosable(figure, list(words.values())), f"{title}. Tỷ lệ đơn vị có sản phẩm trên từng kênh."
    )


def finding(matrix: pd.DataFrame, groups: pd.DataFrame, group: str) -> str:
    """What the page says first: of the channel group chosen, or of all."""
    if not group or matrix.empty:
        return sentences.silence(matrix)
    name = str(groups.loc[groups["channel_code"] == group, "channel"].iloc[0])
    return sentences.silence_on(name, int((states_on(matrix, group) == "silent").sum()))


@remembered
def states_on(matrix: pd.DataFrame, group: str) -> pd.Series[str]:
    """How each unit stands on a channel group: active, silent or free; "" where nothing is known."""
    states = [dict(cell.split(" ") for cell in text.split(",")).get(group, "") for text in matrix["cells"]]
    return pd.Series(states, index=matrix.index, dtype=object)


def without(matrix: pd.DataFrame, group: str) -> None:
    """The units that made nothing on a channel group, those that must use it first."""
    shown = silent_on(matrix, group)
    title = f"{len(shown)} đơn vị chưa có sản phẩm trên kênh {group}"
    with cards.box(title, "Đơn vị bắt buộc thực hiện xếp trước. Bấm vào một dòng để xem đơn vị."):
        tables.show(
            shown,
            (
                Column("unit", "Đơn vị", pinned=True, width=200),
                Column("state", "Tình trạng", signs=CHANNELS, width=230),
                Column("silences", "Kênh bắt buộc bỏ trống", formats.number, width=150),
            ),
            key="without", alt=title, rows=8, lead=links.unit_of_row,
        )  # fmt: skip


@remembered
def silent_on(matrix: pd.DataFrame, group: str) -> pd.DataFrame:
    """The units that made nothing on a channel group, those that must use it first."""
    stated = matrix.assign(state=states_on(matrix, group))
    return stated[stated["state"].isin(("silent", "free"))].sort_values("state", ascending=False, kind="stable")


def themes(frame: pd.DataFrame) -> None:
    """Theme by channel: the share of units with a product in each cell."""
    names = dict(zip(frame["channel_code"], frame["channel"], strict=True))
    about = "Tỷ lệ đơn vị có sản phẩm về từng nội dung trên từng kênh. Mã kênh như ở biểu đồ trên."
    with cards.box(sentences.theme(frame), about):
        alt = "Nội dung theo kênh, tỷ lệ đơn vị có sản phẩm"
        tables.shares(by_theme(frame), THEME, list(names), names, key="themes", alt=alt)


@remembered
def by_theme(frame: pd.DataFrame) -> pd.DataFrame:
    """A row a theme, a column a channel."""
    names = dict(zip(frame["theme_code"], frame["theme"], strict=True))
    places = zip(frame["theme_code"], frame["channel_code"], strict=True)
    values = dict(zip(places, frame["value"], strict=True))
    shares = {
        channel: [values.get((theme, channel), math.nan) for theme in names]
        for channel in dict.fromkeys(frame["channel_code"])
    }
    return pd.DataFrame({THEME: list(names.values()), **shares})


def silence(frame: pd.DataFrame, groups: pd.DataFrame) -> None:
    """Units by channels; a channel that must be used and is not stands out."""
    names = dict(zip(groups["channel_code"], groups["channel"], strict=True))
    title = sentences.silence(frame)
    about = (
        "Đơn vị bỏ trống nhiều kênh bắt buộc xếp trước; kênh không bắt buộc để trống thì không tô màu. "
        "Mã kênh như ở biểu đồ đầu trang."
    )
    with cards.box(title[:1].upper() + title[1:], about):
        tables.states(
            frame, CHANNELS, {code: code for code in names},
            key="silence", alt="Tình trạng từng kênh của từng đơn vị", helps=names,
            lead=links.unit_of_row,
        )  # fmt: skip


def output(frame: pd.DataFrame) -> None:
    """What was made, each channel in its own unit of count."""
    with cards.box("Sản phẩm theo kênh", "Mỗi kênh có đơn vị tính riêng; không cộng các đơn vị tính khác nhau."):
        tables.show(
            frame,
            (
                Column("channel", "Kênh", width=390),
                Column("count_unit", "Đơn vị tính"),
                Column("products", "Sản phẩm", formats.number),
                Column("units", "Số đơn vị", formats.number),
                Column("reach", "Lượt tiếp cận", formats.number, help="Lượt, không phải số người"),
                Column("airings", "Lượt phát", formats.number),
                Column("interactions", "Lượt tương tác", formats.number),
            ),
            key="output", alt="Sản phẩm, lượt tiếp cận theo từng kênh", rows=13,
        )  # fmt: skip


def over_time(scope: Scope, output: pd.DataFrame, group: str) -> None:
    """The products of one sub-channel over twelve months, in its own unit of count; the reader chooses which."""
    mine = output[output["group_code"] == group] if group else output
    if mine.empty:
        page.nothing("sản phẩm trên nhóm kênh này")
        return
    words = choosing.by_code(mine["channel_code"], mine["channel"])
    with cards.box("Sản phẩm qua 12 tháng"):
        code = choosing.one_of("Kênh", choosing.CHANNEL, words, 460, first=next(iter(words)))
        unit = str(mine.loc[mine["channel_code"] == code, "count_unit"].iloc[0])
        st.caption(f"Số {formats.plain(unit)} từng tháng; không cộng với kênh có đơn vị tính khác.")
        figure = products_drawn(ask(channels.over_time, scope, code), unit, 260, f"{words[code]}: {unit} từng tháng")
        charts.show(figure, key="channel-over-time")


@remembered
def products_drawn(frame: pd.DataFrame, unit: str, height: int, alt: str) -> Drawn:
    """The months as a line."""
    return charts.drawn(charts.line(frame, "period", "products", None, unit, height), alt)


def audiences(frame: pd.DataFrame) -> None:
    """Who was reached, audience by audience."""
    with cards.box("Đối tượng được tiếp cận", "Tính theo lượt người dự: một người dự hai cuộc tính hai lượt."):
        tables.show(
            frame,
            (
                Column("audience", "Đối tượng", pinned=True, width=260),
                Column("attendances", "Lượt người dự", formats.number),
                Column("sessions", "Số cuộc", formats.number),
                Column("units", "Số đơn vị", formats.number),
            ),
            key="audiences", alt="Lượt người dự theo đối tượng", rows=9,
        )  # fmt: skip
