"""What every change of the warehouse begins with: a transaction, and tables that say what the catalogue says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from etl.prepare import Prepared
from etl.refresh import refresh_all, refresh_expected
from etl.store import same_catalogue, store_catalogue


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of it or nothing."""
    con.execute("begin")
    try:
        yield
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")


def bring_up_to_date(con: duckdb.DuckDBPyConnection, prepared: Prepared, today: dt.date) -> None:
    """The catalogue's tables as the files say, and reports expected that fell due since the last time."""
    if same_catalogue(con, prepared.catalogue, today):
        refresh_expected(con, today)
    else:
        store_catalogue(con, prepared.catalogue, today)
        refresh_all(con, today)
