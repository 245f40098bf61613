"""Channels: how far each reaches, on which themes, and who is silent."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ui import cards, charts, formats, links, sentences, tables, theme
from ui.signs import CHANNELS
from ui.tables import Column

THEME = "Nội dung"


def kept(frame: pd.DataFrame) -> None:
    """Each obligatory channel group: the share of the units that owe it and use it, against the month before."""
    shown = frame.sort_values("kept")
    used = shown["obliged"] - shown["silent"]
    text = [
        f"{formats.share(share)} · {formats.of(part, whole)}"
        for share, part, whole in zip(shown["kept"], used, shown["obliged"], strict=True)
    ]
    title = sentences.weakest_channel(frame)
    with cards.box(title, "Tỷ lệ đơn vị đã có sản phẩm, trong số đơn vị phải làm kênh đó. Vạch đậm: kỳ trước."):
        charts.show(
            charts.bars(shown, "channel", "kept", text, [theme.NORMAL] * len(shown), before="kept_before"),
            key="channels-kept", alt=f"{title}. Tỷ lệ đơn vị đã có sản phẩm trên từng kênh phải làm.",
        )  # fmt: skip


def by_channel(frame: pd.DataFrame, owed: pd.DataFrame) -> None:
    """Each channel group as a bar, against the month before; channels that nobody must use are lighter."""
    named = frame.assign(label=frame["channel_code"] + " " + frame["channel"])
    shown = named.sort_values("value", na_position="last")
    text = [
        f"{formats.share(one)} · {formats.of(active, units)}"
        for one, active, units in zip(shown["value"], shown["active"], shown["units"], strict=True)
    ]
    binding = set(owed["channel_code"])
    colours = [theme.NORMAL if code in binding else theme.SOFT for code in shown["channel_code"]]
    title = sentences.weakest_channel(owed)
    about = "Tỷ lệ đơn vị có sản phẩm trên từng kênh. Vạch đậm: kỳ trước. Nhạt màu: kênh không bắt buộc."
    with cards.box(title, about):
        figure = charts.bars(shown, "label", "value", text, colours, before="before")
        charts.show(figure, key="by-channel", alt=f"{title}. Tỷ lệ đơn vị có sản phẩm trên từng kênh.")


def themes(frame: pd.DataFrame) -> None:
    """Theme by channel: the share of units with a product in each cell."""
    codes = list(dict.fromkeys(frame["channel_code"]))
    themes_ = dict(zip(frame["theme_code"], frame["theme"], strict=True))
    channels = dict(zip(frame["channel_code"], frame["channel"], strict=True))
    wide = frame.pivot(index="theme_code", columns="channel_code", values="value").reindex(
        index=list(themes_), columns=codes
    )
    wide.insert(0, THEME, list(themes_.values()))
    about = "Tỷ lệ đơn vị có sản phẩm về từng nội dung trên từng kênh. Mã kênh như ở biểu đồ trên."
    with cards.box(sentences.theme(frame), about):
        alt = "Nội dung theo kênh, tỷ lệ đơn vị có sản phẩm"
        tables.shares(wide.reset_index(drop=True), THEME, codes, channels, key="themes", alt=alt)


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
        figure = charts.line(frame, "period", "products", None, unit, height)
        charts.show(figure, key="channel-over-time", alt=f"{channel['channel']}: {unit} từng tháng")


def pick(output: pd.DataFrame) -> str:
    """The sub-channel to be looked at over time."""
    names = dict(zip(output["channel_code"], output["channel"], strict=True))
    chosen = st.selectbox(
        "Kênh xem theo thời gian", list(names), format_func=lambda code: f"{code} · {names.get(code, '')}", key="kenh",
        width=460,
    )  # fmt: skip
    return str(chosen)


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
