"""Answers as frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from duckdb import DuckDBPyConnection
from pandas.api.internals import create_dataframe_from_blocks  # type: ignore[import-not-found]

Column = npt.NDArray[Any]
NUMBERS = "fiu"
"""Kinds of numpy that are numbers."""


def frame(asked: DuckDBPyConnection) -> pd.DataFrame:
    """The rows asked for. Numbers are numbers (NaN where NULL); everything else is as Python has it, None where NULL.

    DuckDB's own conversion takes as long again, because it looks for the kind of every text, and so does pandas' own
    way to make a frame of columns.
    """
    return of_columns(arrays(asked))


def arrays(asked: DuckDBPyConnection) -> dict[str, Column]:
    """The same as columns of numpy, for those who reckon with them."""
    return {name: array(np.asanyarray(column)) for name, column in asked.fetchnumpy().items()}


def numbered(codes: Column, known: Sequence[str]) -> Column:
    """The place of each code among those known, -1 where it is none of them."""
    places: dict[object, int] = {code: place for place, code in enumerate(known)}
    return np.array([places.get(code, -1) for code in codes.tolist()], int)


def of_columns(columns: Mapping[str, Column]) -> pd.DataFrame:
    """Columns of numpy as a frame, each as it is."""
    blocks = [(column.reshape(1, -1), np.array([place])) for place, column in enumerate(columns.values())]
    rows = pd.RangeIndex(max(map(len, columns.values()), default=0))
    answer: pd.DataFrame = create_dataframe_from_blocks(blocks, index=rows, columns=plain(columns))
    return answer


def with_columns(rows: pd.DataFrame, more: Mapping[str, Column]) -> pd.DataFrame:
    """A frame with more columns behind its own."""
    return of_columns({**{str(name): rows[name].to_numpy() for name in rows}, **more})


def of_rows(rows: Sequence[Sequence[Any]], kinds: Mapping[str, type]) -> pd.DataFrame:
    """Rows as a frame: the names of its columns, and what they hold (None among numbers is NaN)."""
    return of_columns(
        {name: np.array([row[at] for row in rows], kind) for at, (name, kind) in enumerate(kinds.items())}
    )


def plain(names: Iterable[str]) -> pd.Index:
    """Names of columns as Python's own texts, which are found and kept in half the time of pandas' texts."""
    return pd.Index(list(names), dtype=object)


def array(column: Column) -> Column:
    """One column of numpy, masked where it is NULL."""
    missing, known = np.ma.getmask(column), np.ma.getdata(column)
    lacking = bool(missing.any())
    if known.dtype.kind in NUMBERS:
        return np.where(missing, np.nan, known) if lacking else known
    if known.dtype.kind == "b" and not lacking:
        return known
    things = known.astype("datetime64[us]").astype(object) if known.dtype.kind == "M" else known.astype(object)
    if lacking:
        things[missing] = None
    return things
