"""The first band of a scheme that holds a value."""

import pytest
from duckdb import DuckDBPyConnection

from queries.held import held
from queries.judging import Target, band_of, bands_of, target_for


def target(value: float, usage: str = "colour", target_id: str = "T") -> Target:
    return Target(target_id, "X", usage, ">=", value, "2026", "", "P")


@pytest.mark.parametrize(
    ("scheme", "value", "aim", "level"),
    [
        ("S1", 90, 90, "good"), ("S1", 89.9, 90, "watch"), ("S1", 72, 90, "watch"), ("S1", 71.9, 90, "bad"),
        ("S3", 0, None, "good"), ("S3", 2, None, "good"), ("S3", 2.1, None, "watch"), ("S3", 5, None, "watch"), ("S3", 5.1, None, "bad"),
        ("S6", 0, None, "watch"), ("S6", 0.1, None, "good"), ("S6", -0.1, None, "bad"),
        ("S4", 50, None, None), ("S1", 50, None, None), ("no such", 50, 10, None),
    ],
)  # fmt: skip
def test_the_first_band_that_holds_a_value(
    con: DuckDBPyConnection, scheme: str, value: float, aim: float | None, level: str | None
) -> None:
    band = band_of(bands_of(held(con)), scheme, value, target(aim) if aim is not None else None)
    assert (band.level if band else None) == level


def test_an_indicators_own_target_comes_first() -> None:
    first, own, line = target(50, target_id="A"), target(80, target_id="B"), target(90, "line", "C")
    those = {("X", "colour"): [first, own], ("X", "line"): [line]}
    assert target_for(those, "X", "colour", "B") == own
    assert target_for(those, "X", "colour", None) == first
    assert target_for(those, "X", "line", "B") == line
    assert target_for(those, "Y", "colour", "B") is None
