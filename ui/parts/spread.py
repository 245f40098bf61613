"""One indicator over the units: on the map, as dots, in a table; which unit is where, and who moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from queries import services
from queries import unit as unit_questions
from queries.scope import Scope
from ui import ask, cards, charts, formats, links, maps, page, tables
from ui.areas import Place, areas
from ui.formats import Row
from ui.tables import Column

MOVERS = 6
OFFICIAL = "boundaries.geojson"


def by_unit(scope: Scope, catalogue: pd.DataFrame, standing: pd.DataFrame) -> None:
    """One rate, chosen, over the units: map, dots, movers and the table."""
    rates = [code for code in standing["indicator"] if not formats.is_missing(standing.loc[code, "denominator_text"])]
    code = choice(catalogue, rates)
    row: pd.Series[Any] = standing.loc[code]  # type: ignore[assignment]
    frame = ask.ask(services.by_unit, scope, code)
    if frame.empty:
        page.nothing("số liệu của chỉ tiêu này")
        return
    with st.grid(2, min_column_width=cards.GRID_BOXES):
        on_the_map(frame, row)
        with st.container(gap="medium"):
            distribution(frame, row)
            movers(frame, row)
    units(frame, row)


def choice(catalogue: pd.DataFrame, codes: Sequence[str]) -> str:
    """The indicator to be looked at unit by unit; its code stands in the address."""
    names = dict(zip(catalogue["indicator"], catalogue["name"], strict=True))
    place = links.asked(links.INDICATOR, codes)
    chosen = st.selectbox(
        "Chỉ tiêu xem theo đơn vị", codes, index=place or 0, key=f"{links.INDICATOR}-chon", width=560,
        format_func=lambda code: f"{code} · {names.get(code, '')}", on_change=links.remember,
        args=(links.INDICATOR, {code: code for code in codes}),
    )  # fmt: skip
    return str(chosen)


def known_places() -> list[dict[str, Any]]:
    """The units that have a place on the map."""
    return [
        {str(name): value for name, value in row.items()} for row in ask.ask(unit_questions.places).to_dict("records")
    ]


def on_the_map(frame: pd.DataFrame, row: pd.Series[Any]) -> None:
    """Every unit in the colour of its class; a click leads to the unit."""
    places = {one["unit_code"]: Place(*(one[name] for name in Place._fields)) for one in known_places()}
    official = ask.folder() / OFFICIAL
    changed = official.stat().st_mtime if official.exists() else 0.0
    rings = areas(tuple(places.values()), official, changed)
    note = (
        "Ranh giới theo tệp của đơn vị vận hành." if changed else "Ranh giới minh họa, không phải địa giới hành chính."
    )
    with cards.box(
        f"{formats.plain(row['name'])} trên bản đồ",
        f"{note} Màu càng đậm, giá trị càng cao. Bấm vào dấu chấm để xem đơn vị.",
    ):
        figure = maps.classes(frame, places, rings, str(row["unit"]))
        picked = charts.clicked(figure, key="map", alt=f"Bản đồ {row['name']} của {len(frame)} đơn vị. {note}")
        if picked:
            links.to_unit(picked)


def distribution(frame: pd.DataFrame, row: pd.Series[Any]) -> None:
    """Every unit as a dot on the lane of its kind; units with a small denominator are left out, and that is said."""
    shown = frame[~frame["small"] & frame["value"].notna()]
    placed = shown.assign(lane=[formats.kind(kind) for kind in shown["kind"]])
    few = len(frame) - len(shown)
    note = f" {few} đơn vị mẫu số dưới {formats.number(frame['least'].iloc[0])} không đưa vào." if few else ""
    about = f"Mỗi chấm một đơn vị: {formats.plain(row['name']).lower()}. Đường chấm: {cards.aim(row).lower()}.{note}"
    with cards.box("Các đơn vị phân bố ra sao", about):
        figure = charts.dots(
            placed, "value", "lane", [dot(one) for one in shown.to_dict("records")], cards.aim_value(row)
        )
        for trace in figure["data"]:
            trace["ids"] = list(shown["unit"])
        picked = charts.clicked(figure, key="distribution", alt=f"Phân bố {row['name']} của {len(placed)} đơn vị")
        if picked:
            links.to_unit(picked)


def dot(row: Row) -> str:
    """What a dot says of its unit: name, rate, counts."""
    counts = formats.of(row["numerator"], row["denominator"])
    return f"<b>{formats.in_chart(row['unit'])}</b><br>{formats.share(row['value'])} · {counts}"


def movers(frame: pd.DataFrame, row: pd.Series[Any]) -> None:
    """The units that moved most since the month before, up and down."""
    moved = frame[~frame["small"] & frame["change"].notna()].sort_values("change")
    down, up = moved[moved["change"] < 0].head(MOVERS), moved[moved["change"] > 0].tail(MOVERS)[::-1]
    with cards.box(
        "Thay đổi nhiều nhất so với kỳ trước",
        f"{formats.plain(row['name'])}, điểm phần trăm. Bấm vào một dòng để xem đơn vị.",
    ):
        tables.show(
            pd.concat([up, down]),
            (
                Column("unit", "Đơn vị", pinned=True, width=200),
                Column("change", "Thay đổi", formats.points, width=100),
                Column("before", "Kỳ trước", formats.share, width=90),
                Column("value", "Kỳ này", formats.share, width=90),
                Column("denominator", "Mẫu số", formats.number, width=90),
            ),
            key="movers", alt="Các đơn vị thay đổi nhiều nhất", rows=2 * MOVERS, lead=links.unit_of_row,
        )  # fmt: skip


def units(frame: pd.DataFrame, row: pd.Series[Any]) -> None:
    """Every unit with its volume, lowest first; small denominators last, without a rank."""
    least = formats.number(frame["least"].iloc[0])
    past = [Column("year_before", "Cùng kỳ năm trước", formats.share)] if frame["year_before"].notna().any() else []
    about = (
        f"{formats.plain(row['name'])}. Tử số: {formats.plain(row['numerator_text'])}. "
        f"Mẫu số: {formats.plain(row['denominator_text'])}. Mẫu số dưới {least} thì không xếp hạng và đứng cuối."
    )
    with cards.box("Từng đơn vị, thấp nhất đứng trước", about):
        tables.show(
            tables.ranked(frame),
            (
                Column("unit", "Đơn vị", pinned=True, width=210),
                Column("value", "Tỷ lệ", formats.share),
                Column("change", "So với kỳ trước", formats.points),
                *past,
                Column("numerator", "Tử số", formats.number),
                Column("denominator", "Mẫu số", formats.number),
                Column("rank", "Hạng trong loại", alignment="right"),
            ),
            key="spread-units", alt=f"{row['name']} của từng đơn vị", rows=12, lead=links.unit_of_row,
        )  # fmt: skip


def overall(standing: pd.DataFrame, owed: int) -> None:
    """Every indicator of a theme over the units chosen, each with its volume and target; a click leads to the units."""
    shown = standing.assign(
        written=[formats.amount(value, unit) for value, unit in zip(standing["value"], standing["unit"], strict=True)],
        moved=[moved_in_words(row) for row in standing.to_dict("records")],
        aim=[cards.aim(row) for row in standing.to_dict("records")],
        counted=[formats.of(count, owed) for count in standing["units"]],
    )
    with cards.box(
        "Toàn bộ chỉ tiêu", "Tỷ lệ là tổng tử số chia tổng mẫu số. Bấm vào một dòng để xem các đơn vị làm nên số đó."
    ):
        tables.show(
            shown,
            (
                Column("indicator", "Mã", width=64, pinned=True),
                Column("name", "Chỉ tiêu", width=380),
                Column("written", "Giá trị", width=96, alignment="right"),
                Column("moved", "So với kỳ trước", width=120, alignment="right"),
                Column("numerator", "Tử số", formats.number, width=100),
                Column("denominator", "Mẫu số", formats.number, width=100),
                Column("counted", "Đơn vị có số liệu", width=120, alignment="right"),
                Column("aim", "Mục tiêu", width=160),
            ),
            key="overall", alt="Toàn bộ chỉ tiêu của chủ đề", rows=16,
            lead=lambda row: links.to_cells(str(row["indicator"])),
        )  # fmt: skip


def moved_in_words(row: Row) -> str:
    """The change against the period before, in points for a share."""
    return formats.points(row["change"]) if row["unit"] == formats.PERCENT else formats.signed(row["change"])
