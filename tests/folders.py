"""What tests and benchmarks do with a data folder that nobody else does."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from etl.journal import Entry, Reception, lines
from etl.opening import make_folders
from etl.warehouse import Paths, connect


def writing(data: Path) -> duckdb.DuckDBPyConnection:
    """The working file, open to write, made where it is not there: no journal, no lock, nothing published."""
    make_folders(Paths(data))
    return connect(Paths(data).working)


def entries(data: Path) -> Iterator[Entry]:
    """What was received, decided and told, in order."""
    return (line.entry for line in lines(Paths(data)))


def receptions(data: Path) -> list[Reception]:
    """The files that were received, in order."""
    return [entry for entry in entries(data) if isinstance(entry, Reception)]
