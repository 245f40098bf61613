"""The map: every unit has its area, nothing is fetched, classes are of equal width."""

import json
from pathlib import Path

import pandas as pd

from ui import maps
from ui.areas import Place, areas, within_sight

PLACES = (
    Place("01", "xa", 106.1, 20.9, 20), Place("02", "xa", 106.3, 20.9, 20), Place("03", "phuong", 106.2, 21.0, 10),
    Place("04", "phuong", 106.2, 20.8, 10), Place("05", "dac_khu", 107.8, 20.1, 4),
)  # fmt: skip
NOWHERE = Path("no-such-file.geojson")


def test_the_land_is_parted_by_nearness_and_islands_stand_apart() -> None:
    drawn = areas(tuple(within_sight(PLACES)), NOWHERE, 0.0)
    assert set(drawn) == {place.unit_code for place in PLACES}
    xs = [x for (ring, _) in drawn["01"] for x in ring]
    assert min(xs) < 106.1
    assert max(xs) <= 106.2 + 1e-3
    assert max(x for (ring, _) in drawn["05"] for x in ring) < 106.8


def test_any_province_can_be_drawn_and_one_of_islands_alone() -> None:
    south = tuple(place._replace(x=place.x + 2, y=place.y - 8) for place in PLACES)
    assert [round(place.x - 2, 6) for place in within_sight(south)] == [round(one.x, 6) for one in within_sight(PLACES)]
    assert within_sight(PLACES[4:]) == list(PLACES[4:])
    assert set(areas(PLACES[4:], NOWHERE, 0.0)) == {"05"}
    assert areas((), NOWHERE, 0.0) == {}


def test_official_boundaries_are_drawn_where_the_operator_gives_them(tmp_path: Path) -> None:
    path = tmp_path / "boundaries.geojson"
    square = [[106, 20], [106.5, 20], [106.5, 20.5], [106, 20.5], [106, 20]]
    feature = {"properties": {"unit_code": "01"}, "geometry": {"type": "Polygon", "coordinates": [square]}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    drawn = areas(PLACES, path, path.stat().st_mtime)
    assert set(zip(*drawn["01"][0], strict=True)) == {(106, 20), (106.5, 20), (106.5, 20.5), (106, 20.5)}


def test_a_unit_without_a_value_or_with_few_dossiers_is_grey() -> None:
    frame = pd.DataFrame(
        {
            "unit_code": ["01", "02", "03"], "unit": ["Xã Một", "<b>Xã</b> Hai", "Phường Ba"], "value": [50.0, 90.0, 10.0],
            "small": [False, False, True], "numerator": [5, 9, 1], "denominator": [10, 10, 3],
        }
    )  # fmt: skip
    figure = maps.classes(frame, {place.unit_code: place for place in PLACES}, areas(PLACES, NOWHERE, 0.0), "%")
    named = {trace.get("name"): trace for trace in figure["data"]}
    assert "chưa có số liệu" in named
    assert all(trace["type"] == "scatter" for trace in figure["data"])
    assert "&lt;b&gt;Xã" in figure["data"][-1]["customdata"][1]


def test_classes_hold_every_value() -> None:
    for values in ([57.7, 93.2], [0.0, 0.0], [3.0], [1_200.0, 80_000.0]):
        bounds = maps.steps(values)
        assert all(0 <= maps.class_of(value, bounds) < len(bounds) - 1 for value in values)
        assert len(bounds) <= 12
