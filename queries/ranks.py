"""Places inside the kind of unit: equal values share one, what is too small to compare takes none."""

from __future__ import annotations

from collections import Counter

import pandas as pd

NEAR = 9
"""Decimals to which values are held equal, so that a sum in another order does not make a place."""


def ranked(units: pd.DataFrame, best: int = 1) -> pd.DataFrame:
    """The frame with two more columns: place (1 is best; NaN where small or without a value) and peers (ranked units
    of the kind). Takes kind, value, small; `best` is 1 where more is better, -1 where less is.
    """
    judged = [
        (kind, round(-best * value, NEAR)) if not small and value == value else None
        for kind, value, small in zip(units["kind"], units["value"], units["small"], strict=True)
    ]
    places: dict[tuple[str, float], int] = {}
    counted: Counter[str] = Counter()
    for pair in sorted(each for each in judged if each):
        counted[pair[0]] += 1
        places.setdefault(pair, counted[pair[0]])
    return units.assign(
        place=[float(places[each]) if each else float("nan") for each in judged],
        peers=[counted[kind] for kind in units["kind"]],
    )
