"""What the catalogue's tables say, asked for once: they change only with the catalogue, and most questions need it.

A catalogue is told from another by what its tables were made from (table catalogue, etl/store.py). Where nothing says
so, they are asked each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection

Rows = Sequence[tuple[Any, ...]]
MADE_FROM = "select file, sha256 from catalogue order by file"
UNITS = "select unit_code, full_name, kind, old_district from unit order by name collate vi, unit_code"
MOST = 8
"""Catalogues that are remembered: that of today, and those of closed periods that somebody looks at."""
_remembered: dict[Rows, dict[str, Rows]] = {}
"""By catalogue and statement."""


class Held(NamedTuple):
    """The catalogue of a warehouse."""

    con: DuckDBPyConnection
    known: dict[str, Rows]

    def rows(self, statement: str) -> Rows:
        """The rows of a statement that asks the catalogue's tables alone. Nobody may change them."""
        if statement not in self.known:
            self.known[statement] = tuple(self.con.execute(statement).fetchall())
        return self.known[statement]


def held(con: DuckDBPyConnection) -> Held:
    """The catalogue that a connection reads."""
    made_from = tuple(con.execute(MADE_FROM).fetchall())
    if "catalogue" not in dict(made_from):
        return Held(con, {})
    if made_from not in _remembered and len(_remembered) >= MOST:
        _remembered.pop(next(iter(_remembered)), None)
    return Held(con, _remembered.setdefault(made_from, {}))
