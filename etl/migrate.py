"""To move a warehouse from a folder into a lake and back, and to prove that both say the same, number by number."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb

from etl.belonging import only_its_lake
from etl.chain import START
from etl.depot import store_of
from etl.joint import add_lines, hand_over
from etl.journal import Reception, journal_path, lines, links
from etl.kept import WRITERS, fetch, kept_path, name_of
from etl.lake import WRITING, Lake, commit, on, only_one, standing_in, transaction_on
from etl.opening import followed
from etl.prepare import Prepared
from etl.show import AS_IN_LAKE, SHOWN, show
from etl.trouble import NOT_EMPTY, Unsaved, unlike
from etl.warehouse import Paths, open_to_read, version

VALUES = "indicator_value"
SUM = "select count(*), coalesce(sum(hash(t)), 0) from {} t"
TABLES_OF_SCHEMA = "select table_name from duckdb_tables() where schema_name = ? and not temporary order by table_name"


class Sum(NamedTuple):
    """What is compared of a table: how many rows it has, and a sum over the content of all of them."""

    rows: int
    content: int


def to_lake(prepared: Prepared, data: Path, lake: Lake) -> dict[str, Sum]:
    """Move what is in a folder into an empty lake; the folder stays as it is. Returns what was found equal, by table.

    The proof is a machine that follows the lake from its first line: its tables are those of the folder.
    """
    paths = Paths(data)
    only_its_lake(prepared.catalogue, lake)
    with on(None):
        followed(prepared, data)
    with open_to_read(data) as own:
        pour(own, paths, lake)
        with tempfile.TemporaryDirectory(dir=data.parent) as scratch, on(lake):
            followed(prepared, Path(scratch))
            with open_to_read(Path(scratch)) as other:
                return equal(sums(own, everything_in(own)), sums(other, everything_in(other)))


def pour(own: duckdb.DuckDBPyConnection, paths: Paths, lake: Lake) -> None:
    """Everything into the lake: files of the record first, then facts and journal in one transaction."""
    with only_one(lake, WRITING), transaction_on(lake) as con:
        if standing_in(con) != START:
            raise Unsaved(NOT_EMPTY)
        store = store_of(lake)
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(lambda path: store.put(name_of(paths, path), path.read_bytes()), of_record(paths)))
        hand_over(own, con)
        show(own, con)
        everything = list(links(paths))
        add_lines(con, everything)
        commit(lake, con, everything[-1].standing)


def of_record(paths: Paths) -> list[Path]:
    """The files of the record without the journal, which is in the tables of the lake."""
    files = [path for path in paths.reports.rglob("*") if path.is_file() and path.suffix != ".partial"]
    return [path for path in files if path != journal_path(paths)]


def to_folder(prepared: Prepared, lake: Lake, data: Path) -> dict[str, Sum]:
    """Move what is in a lake into an empty folder; the lake stays as it is. Returns what was found equal, by table:
    the facts, and all other tables where the lake shows them as of the same line.
    """
    paths = Paths(data)
    if version(data) or journal_path(paths).exists():
        raise Unsaved(NOT_EMPTY)
    with on(lake):
        followed(prepared, data)
        names = {line.entry.sha256 for line in lines(paths) if isinstance(line.entry, Reception)}
        store = store_of(lake)
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(lambda sha256: fetch(store, paths, kept_path(paths, sha256)), names))
    with open_to_read(data) as own, shown(lake) as (con, tables):
        return equal(sums(con, tables), sums(own, tables))


@contextmanager
def shown(lake: Lake) -> Iterator[tuple[duckdb.DuckDBPyConnection, list[str]]]:
    """The lake as questions see it, and what of it can be compared: facts, and the rest if it is of the last line."""
    with transaction_on(lake) as con:
        found = [table for (table,) in con.execute(TABLES_OF_SCHEMA, ["current"]).fetchall()]
        standings = f"from {SHOWN}.journal_standing intersect from lake.main.journal_standing"
        if found and con.execute(standings).fetchall():
            con.execute(f"use {SHOWN}")
            yield con, [*AS_IN_LAKE, *found, VALUES]
        else:
            con.execute("use lake.main")
            yield con, list(AS_IN_LAKE)


def everything_in(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables of a warehouse, and the values of the indicators."""
    return [*(table for (table,) in con.execute(TABLES_OF_SCHEMA, ["main"]).fetchall()), VALUES]


def sums(con: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> dict[str, Sum]:
    """Rows and content of tables, in whatever order."""
    found = {table: con.execute(SUM.format(table)).fetchall()[0] for table in tables}
    return {table: Sum(int(rows), int(content)) for table, (rows, content) in found.items()}


def equal(one: dict[str, Sum], other: dict[str, Sum]) -> dict[str, Sum]:
    """What is equal on both sides. Raises Unsaved with the names of the tables where not all is."""
    different = sorted(name for name in {**one, **other} if one.get(name) != other.get(name))
    if different:
        raise Unsaved(unlike(different))
    return one
