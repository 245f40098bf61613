"""One indicator over the units: on the map, as dots, in a table; which unit is where, and who moved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import streamlit as st

from queries import services
from queries import unit as unit_questions
from queries.scope import Scope
from ui import ask, cards, charts, choosing, formats, links, maps, page, tables
from ui.areas import Place, areas, within_sight
from ui.charts import Drawn
from ui.formats import Row
from ui.remembering import remembered
from ui.tables import Column

MOVERS = 6
OFFICIAL = "boundaries.geojson"


def by_unit(scope: Scope, rows: Mapping[str, Row], name: str) -> None:
    """One rate, chosen under a name in the address, over the units: map, dots, movers and the table."""
    rates = [code for code, row in rows.items() if not formats.is_missing(row["denominator_text"])]
    words = {code: one for code, one in choosing.indicators().items() if code in rates}
    code = choosing.one_of("Chỉ tiêu xem theo đơn vị", name, words, 560, first=rates[0])
    row = rows[code]
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


def on_the_map(frame: pd.DataFrame, row: Row) -> None:
    """Every unit in the colour of its class; a click leads to the unit."""
    where = ask.ask(unit_questions.places)
    if where.empty:
        with cards.box("Chưa có bản đồ", "Danh mục đơn vị chưa có tọa độ (cột x, y của units.csv)."):
            return
    official = ask.folder() / OFFICIAL
    changed = official.stat().st_mtime if official.exists() else 0.0
    note = (
        "Ranh giới theo tệp của đơn vị vận hành." if changed else "Ranh giới minh họa, không phải địa giới hành chính."
    )
    with cards.box(
        f"{formats.plain(row['name'])} trên bản đồ",
        f"{note} Mỗi màu một mức, theo chú giải. Bấm vào dấu chấm để xem đơn vị.",
    ):
        alt = f"Bản đồ {row['name']} của {len(frame)} đơn vị. {note}"
        figure = map_drawn(frame, where, official, changed, str(row["unit"]), alt)
        if picked := charts.clicked(figure, key="map"):
            links.to_unit(picked)


@remembered
def map_drawn(frame: pd.DataFrame, where: pd.DataFrame, official: Path, changed: float, unit: str, alt: str) -> Drawn:
    """The units in the colours of their classes."""
    places = placed(where, far=bool(changed))
    rings = areas(tuple(places.values()), official, changed)
    return charts.drawn(maps.classes(frame, places, rings, unit), alt)


@remembered
def placed(where: pd.DataFrame, *, far: bool) -> Mapping[str, Place]:
    """Where the units are drawn, by unit_code; islands where they lie even if that is far out, or within sight."""
    known = [Place(*(one[name] for name in Place._fields)) for one in formats.rows_of(where)]
    return {place.unit_code: place for place in (known if far else within_sight(known))}


def distribution(frame: pd.DataFrame, row: Row) -> None:
    """Every unit as a dot on the lane of its kind; units with a small denominator are left out, and that is said."""
    figure, few = distribution_drawn(frame, str(row["name"]), cards.aim_value(row))
    note = f" Không đưa vào {few} đơn vị có mẫu số dưới {formats.number(frame['least'].iloc[0])}." if few else ""
    name = formats.plain(formats.inside(str(row["name"])))
    about = f"Mỗi chấm một đơn vị: {name}.{cards.dotted(row)}{note}"
    with cards.box("Phân bố của các đơn vị", about):
        if picked := charts.clicked(figure, key="distribution"):
            links.to_unit(picked)


@remembered
def distribution_drawn(frame: pd.DataFrame, name: str, aim: object) -> tuple[Drawn, int]:
    """The units as dots, and how many are left out."""
    shown = frame[~frame["small"] & frame["value"].notna()]
    lanes = [formats.kind(kind) for kind in shown["kind"]]
    figure = charts.dots(shown["value"], lanes, [dot(one) for one in formats.rows_of(shown)], aim)
    for trace in figure["data"]:
        trace["ids"] = list(shown["unit"])
    return charts.drawn(figure, f"Phân bố {name} của {len(shown)} đơn vị"), len(frame) - len(shown)


def dot(row: Row) -> str:
    """What a dot says of its unit: name, rate, counts."""
    counts = formats.of(row["numerator"], row["denominator"])
    return f"<b>{formats.in_chart(row['unit'])}</b><br>{formats.share(row['value'])} · {counts}"


def movers(frame: pd.DataFrame, row: Row) -> None:
    """The units that moved most since the month before, up and down."""
    with cards.box(
        "Thay đổi nhiều nhất so với kỳ trước",
        f"{formats.plain(row['name'])}, điểm phần trăm. Bấm vào một dòng để xem đơn vị.",
    ):
        tables.show(
            most_moved(frame),
            (
                Column("unit", "Đơn vị", pinned=True, width=200),
                Column("change", "Thay đổi", formats.points, width=100),
                Column("before", "Kỳ trước", formats.share, width=90),
                Column("value", "Kỳ này", formats.share, width=90),
                Column("denominator", "Mẫu số", formats.number, width=90),
            ),
            key="movers", alt="Các đơn vị thay đổi nhiều nhất", rows=2 * MOVERS, lead=links.unit_of_row,
        )  # fmt: skip


@remembered
def most_moved(frame: pd.DataFrame) -> pd.DataFrame:
    """The units that rose most, then those that fell most."""
    changes = enumerate(zip(frame["change"], frame["small"], strict=True))
    moved = sorted(
        (change, place) for place, (change, small) in changes if not small and not formats.is_missing(change)
    )
    risen = [place for change, place in reversed(moved[-MOVERS:]) if change > 0]
    return frame.iloc[[*risen, *(place for change, place in moved[:MOVERS] if change < 0)]]


def units(frame: pd.DataFrame, row: Row) -> None:
    """Every unit with its volume, lowest first; small denominators last, without a rank."""
    least = frame["least"].iloc[0]
    small = f" Mẫu số dưới {formats.number(least)} thì không xếp hạng và xếp cuối." if least > 1 else ""
    past = [Column("year_before", "Cùng kỳ năm trước", formats.share)] if frame["year_before"].notna().any() else []
    about = (
        f"{formats.plain(row['name'])}. Tử số: {formats.plain(row['numerator_text'])}. "
        f"Mẫu số: {formats.plain(row['denominator_text'])}.{small}"
    )
    with cards.box("Từng đơn vị, xếp từ thấp đến cao", about):
        tables.show(
            tables.ranked(frame),
            (
                Column("unit", "Đơn vị", pinned=True, width=210),
                Column("value", "Tỷ lệ", formats.share),
                Column("change", "So với kỳ trước", formats.points),
                *past,
                Column("numerator", "Tử số", formats.number),
                Column("denominator", "Mẫu số", formats.number),
                Column("rank", "Hạng cùng loại", alignment="right"),
            ),
            key="spread-units", alt=f"{row['name']} của từng đơn vị", rows=12, lead=links.unit_of_row,
        )  # fmt: skip


def overall(standing: pd.DataFrame, owed: int) -> None:
    """Every indicator of a theme over the units chosen, each with its volume and target; a click leads to the units."""
    with cards.box(
        "Toàn bộ chỉ tiêu", "Tỷ lệ bằng tổng tử số chia tổng mẫu số. Bấm vào một dòng để xem số liệu của từng đơn vị."
    ):
        tables.show(
            in_words(standing, owed),
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


@remembered
def in_words(standing: pd.DataFrame, owed: int) -> pd.DataFrame:
    """Where each indicator stands, in words."""
    rows = formats.rows_of(standing)
    return standing.assign(
        written=[formats.amount(row["value"], row["unit"]) for row in rows],
        moved=[formats.moved(row["change"], row["unit"]) for row in rows],
        aim=[cards.aim(row) for row in rows],
        counted=[formats.of(row["units"], owed) for row in rows],
    )
