"""What the lake shows: the tables and views of a warehouse, so that whoever attaches it may ask the same questions.

Facts are those of the lake; what changes or is worked out is put there whole, as of one line of the journal, when a
warehouse moves in and at each upkeep. Dashboards do not need it: they follow the lake themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from etl.copies import tables_of
from etl.lake import WRITING, Lake, only_one, speaking, transaction_on
from etl.warehouse import open_to_read, script

SHOWN = "lake.current"
AS_IN_LAKE = ("observation", "task", "remark", "event", "journal")
"""Rows that are never changed, and need not be put there twice. Findings are: a view has no rowid, their order."""
UPKEEP = (
    "call ducklake_flush_inlined_data('lake')",
    "call ducklake_merge_adjacent_files('lake')",
    "call ducklake_expire_snapshots('lake', older_than => $before)",
    "call ducklake_cleanup_old_files('lake', older_than => $before)",
)


def show(own: duckdb.DuckDBPyConnection, con: duckdb.DuckDBPyConnection) -> None:
    """Put the tables of a machine into the lake, in the transaction the caller has open."""
    con.execute(f"create schema if not exists {SHOWN}")
    con.execute(f"use {SHOWN}")
    for table in sorted(tables_of(own)):
        if table in AS_IN_LAKE:
            con.execute(f"create or replace view {SHOWN}.{table} as from lake.main.{table}")
        else:
            con.register("incoming", own.execute(f"from {table}").to_arrow_table())
            con.execute(f"create or replace table {SHOWN}.{table} as from incoming")
            con.unregister("incoming")
    con.execute(script("views.sql"))
    con.execute("use memory")


@contextmanager
def as_shown(lake: Lake) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """The lake as whoever attaches it may ask it; None where nothing was shown yet."""
    with transaction_on(lake) as con:
        tables = "select 1 from duckdb_tables() where database_name = 'lake' and schema_name = 'current' limit 1"
        if con.execute(tables).fetchall():
            con.execute(f"use {SHOWN}")
            yield con
        else:
            yield None


def upkeep(lake: Lake, data: Path, keep: dt.timedelta) -> list[tuple[str, int, int]]:
    """Join small files, forget states of the lake that are older than a time, and show what is current; returns the
    files and bytes of each table afterwards.
    """
    with only_one(lake, WRITING):
        with speaking(lake) as con:
            for statement in UPKEEP:
                con.execute(statement, {"before": dt.datetime.now(dt.UTC) - keep} if "$before" in statement else {})
        with transaction_on(lake) as con, open_to_read(data) as own:
            show(own, con)
            con.execute("commit")
    with speaking(lake) as con:
        return con.execute("select table_name, file_count, file_size_bytes from ducklake_table_info('lake')").fetchall()
