"""Online services: how units spread, who is where, and the way of the dossiers."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ui import cards, charts, formats, links, tables, theme
from ui.tables import Column

STEPS = {
    "recv_total": "Hồ sơ tiếp nhận mới", "recv_online": "nộp trực tuyến", "recv_full": "trong đó toàn trình",
    "fee_total": "Hồ sơ có phí, lệ phí", "fee_online": "thanh toán trực tuyến",
    "done_total": "Hồ sơ đã giải quyết", "e_result": "trả kết quả điện tử",
}  # fmt: skip

ADOPTION = {
    "DV01": "Hồ sơ nộp trực tuyến",
    "DV02": "Hồ sơ toàn trình",
    "DV06": "Thanh toán trực tuyến",
    "DV08": "Kết quả điện tử",
}
"""The cards of the page, in order."""


def distribution(frame: pd.DataFrame, row: pd.Series[Any]) -> None:
    """Every unit as a dot on the lane of its kind; units with few dossiers are left out, and that is said."""
    shown = frame[~frame["small"] & frame["value"].notna()]
    placed = shown.assign(lane=[formats.kind(kind) for kind in shown["kind"]])
    few = len(frame) - len(shown)
    note = f" {few} đơn vị dưới {formats.number(frame['least'].iloc[0])} hồ sơ không đưa vào." if few else ""
    about = f"Mỗi chấm một đơn vị: {formats.plain(row['name']).lower()}. Đường chấm: {cards.aim(row).lower()}.{note}"
    with cards.box("Các đơn vị phân bố ra sao", about):
        charts.show(
            charts.dots(placed, "value", "lane", [dot(one) for _, one in shown.iterrows()], cards.aim_value(row)),
            key="distribution", alt=f"Phân bố {row['name']} của {len(placed)} đơn vị",
        )  # fmt: skip


def dot(row: pd.Series[Any]) -> str:
    """What a dot says of its unit: name, rate, counts."""
    counts = formats.of(row["numerator"], row["denominator"])
    return f"<b>{formats.in_chart(row['unit'])}</b><br>{formats.share(row['value'])} · {counts} hồ sơ"


def flow(frame: pd.DataFrame) -> None:
    """From received to paid online to an electronic result, each step against what it is a part of."""
    shown = frame.assign(name=[STEPS.get(one, one) for one in frame["measure"]])
    text = [step(row) for _, row in shown.iterrows()]
    colours = [theme.SOFT if formats.is_missing(share) else theme.NORMAL for share in shown["share"]]
    top = float(frame["value"].max() or 1)
    with cards.box(
        "Hồ sơ đi đến đâu trên môi trường điện tử", "Số hồ sơ trong kỳ; phần trăm tính trên nhóm tương ứng."
    ):
        charts.show(
            charts.bars(shown, "name", "value", text, colours, top=top),
            key="flow", alt="; ".join(f"{name} {written}" for name, written in zip(shown["name"], text, strict=True)),
        )  # fmt: skip


def step(row: pd.Series[Any]) -> str:
    """A count, and its share of what it is a part of."""
    count = formats.number(row["value"])
    return count if formats.is_missing(row["share"]) else f"{count} · {formats.share(row['share'], 0)}"


def units(frame: pd.DataFrame, row: pd.Series[Any]) -> None:
    """Every unit with its volume, lowest first; small denominators last, without a rank."""
    least = formats.number(frame["least"].iloc[0])
    past = [Column("year_before", "Cùng kỳ năm trước", formats.share)] if frame["year_before"].notna().any() else []
    about = f"{formats.plain(row['name'])}. Dưới {least} hồ sơ thì không xếp hạng và đứng cuối."
    with cards.box("Từng đơn vị, thấp nhất đứng trước", about):
        tables.show(
            tables.ranked(frame),
            (
                Column("unit", "Đơn vị", pinned=True, width=210),
                Column("value", "Tỷ lệ", formats.share),
                Column("change", "So với kỳ trước", formats.points),
                *past,
                Column("numerator", "Hồ sơ trực tuyến", formats.number),
                Column("denominator", "Hồ sơ tiếp nhận", formats.number),
                Column("rank", "Hạng trong loại"),
            ),
            key="services-units", alt="Tỷ lệ hồ sơ trực tuyến của từng đơn vị", rows=12,
            lead=links.unit_of_row,
        )  # fmt: skip
