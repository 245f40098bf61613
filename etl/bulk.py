"""Many rows into a table at once: as Arrow columns, some hundred times faster than row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa


def insert(con: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, Sequence[object]]) -> None:
    """Add rows, given as columns of equal length; columns that are not given stay NULL."""
    if not columns or not len(next(iter(columns.values()))):
        return
    con.register("incoming", pa.table({name: pa.array(values) for name, values in columns.items()}))
    try:
        con.execute(f"insert into {table} by name select * from incoming")
    finally:
        con.unregister("incoming")
