"""All of a change or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of it or nothing."""
    con.execute("begin")
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):  # after a fault of the disk the session is dead, and with it the transaction
            con.execute("rollback")
        raise
    con.execute("commit")
