"""Channels: how far each reaches, on which themes, and who is silent."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

import pandas as pd

from ui import cards, charts, choosing, formats, links, sentences, tables, theme
from ui.charts import Drawn
from ui.remembering import remembered
from ui.signs import CHANNELS
from ui.tables import Column

THEME = "Nội dung"


def by_channel(frame: pd.DataFrame, owed: pd.DataFrame) -> None:
    """Each channel group as a bar, against the month before; channels that nobody must use are lighter."""
    title = sentences.weakest_channel(owed)
    about = "Tỷ lệ đơn vị có sản phẩm trên từng kênh. Vạch đậm: kỳ trước. Nhạt màu: kênh không bắt buộc."
    with cards.box(title, about):
        charts.show(channels_drawn(frame, frozenset(owed["channel_code"]), title), key="by-channel")


@remembered
def channels_drawn(frame: pd.DataFrame, owed: Set[str], title: str) -> Drawn:
    """The channels as bars, widest used first; those owed stand out."""
    named = frame.assign(label=frame["channel_code"] + " " + frame["channel"])
    shown = named.sort_values("value", na_position="last")
    text = [
        f"{formats.share(one)} · {formats.of(active, units)}"
        for one, active, units in zip(shown["value"], shown["active"], shown["units"], strict=True)
    ]
    colours = [theme.NORMAL if code in owed else theme.SOFT for code in shown["channel_code"]]
    figure = charts.bars(shown, "label", "value", text, colours, before="before")
    return charts.drawn(figure, f"{title}. Tỷ lệ đơn vị có sản phẩm trên từng kênh.")


def themes(frame: pd.DataFrame) -> None:
    """Theme by channel: the share of units with a product in each cell."""
    channels = dict(zip(frame["channel_code"], frame["channel"], strict=True))
    about = "Tỷ lệ đơn vị có sản phẩm về từng nội dung trên từng kênh. Mã kênh như ở biểu đồ trên."
    with cards.box(sentences.theme(frame), about):
        alt = "Nội dung theo kênh, tỷ lệ đơn vị có sản phẩm"
        tables.shares(by_theme(frame), THEME, list(channels), channels, key="themes", alt=alt)


@remembered
def by_theme(frame: pd.DataFrame) -> pd.DataFrame:
    """A row a theme, a column a channel."""
    themes_ = dict(zip(frame["theme_code"], frame["theme"], strict=True))
    wide = frame.pivot(index="theme_code", columns="channel_code", values="value").reindex(
        index=list(themes_), columns=list(dict.fromkeys(frame["channel_code"]))
    )
    wide.insert(0, THEME, list(themes_.values()))
    return wide.reset_index(drop=True)


def silence(frame: pd.DataFrame, groups: pd.DataFrame) -> None:
    """Units by channels; a channel that must be used and is not stands out."""
    names = dict(zip(groups["channel_code"], groups["channel"], strict=True))
    title = sentences.silence(frame)
    about = (
        "Đơn vị bỏ trống nhiều kênh bắt buộc đứng trước; kênh không bắt buộc để trống thì không tô màu. "
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
    with cards.box(
        "Sản phẩm theo kênh", "Mỗi kênh đếm theo đơn vị tính của mình, không cộng các đơn vị tính khác nhau."
    ):
        tables.show(
            frame,
            (
                Column("channel", "Kênh", width=250),
                Column("count_unit", "Đơn vị tính"),
                Column("products", "Sản phẩm", formats.number),
                Column("units", "Số đơn vị có", formats.number),
                Column("reach", "Lượt tiếp cận", formats.number, help="Lượt, không phải số người"),
                Column("airings", "Lượt phát", formats.number),
                Column("interactions", "Lượt tương tác", formats.number),
            ),
            key="output", alt="Sản phẩm, lượt tiếp cận theo từng kênh", rows=13,
        )  # fmt: skip


def over_time(frame: pd.DataFrame, channel: pd.Series[Any], height: int = 300) -> None:
    """The products of one sub-channel over twelve months, in its own unit of count."""
    unit = formats.plain(channel["count_unit"])
    about = f"Số sản phẩm từng tháng, đơn vị tính: {unit}. Không cộng với kênh có đơn vị tính khác."
    with cards.box(formats.plain(channel["channel"]), about):
        figure = products_drawn(frame, unit, height, f"{channel['channel']}: {unit} từng tháng")
        charts.show(figure, key="channel-over-time")


@remembered
def products_drawn(frame: pd.DataFrame, unit: str, height: int, alt: str) -> Drawn:
    """The months as a line."""
    return charts.drawn(charts.line(frame, "period", "products", None, unit, height), alt)


def pick(output: pd.DataFrame) -> str:
    """The sub-channel to be looked at over time."""
    words = dict(zip(output["channel_code"], choosing.spoken(output["channel_code"], output["channel"]), strict=True))
    return choosing.one_of("Kênh xem theo thời gian", choosing.CHANNEL, words, 460, first=next(iter(words)))


def audiences(frame: pd.DataFrame) -> None:
    """Who was reached, audience by audience."""
    with cards.box("Đối tượng được tiếp cận", "Lượt người dự, không phải số người: một người dự hai cuộc là hai lượt."):
        tables.show(
            frame,
            (
                Column("audience", "Đối tượng", pinned=True, width=260),
                Column("attendances", "Lượt người dự", formats.number),
                Column("sessions", "Số cuộc", formats.number),
                Column("units", "Số đơn vị có", formats.number),
            ),
            key="audiences", alt="Lượt người dự theo đối tượng", rows=9,
        )  # fmt: skip
