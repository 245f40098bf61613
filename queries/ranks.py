"""Places inside the kind of unit: equal values share one, what is too small to compare takes none."""

from __future__ import annotations

import numpy as np
import pandas as pd

from queries.frames import Column, with_columns

NEAR = 9
"""Decimals to which values are held equal, so that a sum in another order does not make a place."""


def place_of(value: float, among: Column, best: int) -> int:
    """The place of one value among those it is compared with, itself one of them; `best` as of `ranked`."""
    return 1 + int(np.count_nonzero(best * (among - value) > 10.0**-NEAR))


def ranked(units: pd.DataFrame, best: int | Column = 1, among: Column | None = None) -> pd.DataFrame:
    """The rows with two more columns: place (1 is best; NaN where small or without a value) and peers (ranked units
    of the kind). Takes kind, value, small; `best` is 1 where more is better, -1 where less is, of all rows or row by
    row; `among`: what rows are compared within, where that is not the kind alone.
    """
    groups = units["kind"].to_numpy() if among is None else among
    worse = np.round(-best * units["value"].to_numpy().astype(float), NEAR)
    compared = ~units["small"].to_numpy().astype(bool) & ~np.isnan(worse)
    place, peers = np.full(len(units), np.nan), np.zeros(len(units), int)
    for group in set(groups):
        mine = groups == group
        those = np.sort(worse[mine & compared])
        place[mine & compared] = 1 + np.searchsorted(those, worse[mine & compared])
        peers[mine] = len(those)
    return with_columns(units, {"place": place, "peers": peers})
