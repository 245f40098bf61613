"""The areas of the units for a map without tiles or network.

Without official boundaries the land is parted by nearness: each unit has what lies nearest to its point, within an
outline drawn around all points. The special zones are islands and stand by themselves, as discs of their size. If the
operator puts boundaries.geojson into the data folder (units by `unit_code` in the properties), those are drawn.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import cos, pi, radians, sqrt
from pathlib import Path
from typing import NamedTuple

from shapely import MultiPoint, Point, concave_hull, voronoi_polygons
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import Polygon

ISLAND = "dac_khu"
MARGIN = 0.045
"""How far the outline lies from the outermost points, in degrees: about 5 km, half the way between two units."""
TIGHT = 0.35
KM_A_DEGREE = 111.2
FAR = 0.6
"""An island farther than this from the land, in degrees, is drawn at its edge, or it would shrink the land to a
corner.
"""
BESIDE = 0.38
"""How far beside the land, in degrees."""
SIMPLE = 0.002
Ring = tuple[tuple[float, ...], tuple[float, ...]]
"""The x and the y of one outline."""


class Place(NamedTuple):
    """A unit on the map: its point in degrees and its size in square kilometres."""

    unit_code: str
    kind: str
    x: float
    y: float
    area_km2: float


@lru_cache(maxsize=4)
def areas(places: tuple[Place, ...], official: Path, changed: float) -> Mapping[str, tuple[Ring, ...]]:
    """The outlines of each unit by unit_code; official ones where the file is there, last changed at that time."""
    if changed:
        return {code: tuple(rings(area)) for code, area in features(official)}
    land = [place for place in places if place.kind != ISLAND]
    drawn = {place.unit_code: tuple(rings(disc(place))) for place in places if place.kind == ISLAND}
    return drawn | {code: tuple(rings(area)) for code, area in parted(land)}


def features(path: Path) -> Iterator[tuple[str, BaseGeometry]]:
    """The areas of a GeoJSON file, a little simplified."""
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        yield str(feature["properties"]["unit_code"]), shape(feature["geometry"]).simplify(SIMPLE)


def parted(land: Sequence[Place]) -> Iterator[tuple[str, BaseGeometry]]:
    """The land parted by nearness."""
    if not land:
        return
    points = MultiPoint([(place.x, place.y) for place in land])
    outline = concave_hull(points, ratio=TIGHT).buffer(MARGIN)
    cells = voronoi_polygons(points, extend_to=outline)
    for place in land:
        own = next(cell for cell in cells.geoms if cell.covers(Point(place.x, place.y)))
        yield place.unit_code, own.intersection(outline)


def disc(place: Place) -> BaseGeometry:
    """An island as a disc of its size."""
    radius = sqrt(max(place.area_km2, 25) / pi) / KM_A_DEGREE
    return Point(place.x, place.y).buffer(radius)


def within_sight(places: Sequence[Place]) -> list[Place]:
    """The places as they are drawn: islands that lie far out stand at the lower right corner of the land."""
    land = MultiPoint([(place.x, place.y) for place in places if place.kind != ISLAND])
    if land.is_empty:
        return list(places)
    _, south, east, _ = land.bounds
    return [
        place._replace(x=east + BESIDE, y=south) if land.distance(Point(place.x, place.y)) > FAR else place
        for place in places
    ]


def rings(area: BaseGeometry) -> Iterator[Ring]:
    """The outer outlines of an area."""
    for part in getattr(area, "geoms", [area]):
        if isinstance(part, Polygon) and not part.is_empty:
            xs, ys = part.exterior.coords.xy
            yield tuple(round(x, 4) for x in xs), tuple(round(y, 4) for y in ys)


def flatness(places: Sequence[Place]) -> float:
    """How much longer a degree is from south to north than from west to east here."""
    return 1 / cos(radians(sum(place.y for place in places) / len(places)))
