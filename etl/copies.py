"""Kept copies: the whole warehouse as it was when a period was closed, so that what was published can be shown again.

A copy belongs to the record and is never changed. Where a later version of the software asks for tables in another
shape, it reads a translation of the copy: the same figures, none worked out again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb

from etl.refresh import refresh_all
from etl.sealed import flush
from etl.warehouse import Paths, derivation, file_of, open_sealed, script

OLD = "old"
"""What a copy is called while it is translated."""
COLUMNS = "select column_name from duckdb_columns() where database_name = ? and table_name = ? order by column_index"


def copy_path(paths: Paths, closing: str) -> Path:
    """Where the copy of a closing is kept: with the workbooks, because it is part of the record."""
    return paths.reports / "closed" / f"{closing}.duckdb"


def keep_copy(con: duckdb.DuckDBPyConnection, paths: Paths, closing: str) -> None:
    """Keep what is committed now; a copy that is there already stays as it is."""
    path = copy_path(paths, closing)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    con.execute("checkpoint")
    partial = path.with_suffix(f".{os.getpid()}.partial")
    shutil.copyfile(file_of(con), partial)
    flush(partial)
    os.replace(partial, path)
    flush(path.parent)


def open_closed(data: Path, closing: str) -> duckdb.DuckDBPyConnection:
    """The warehouse as it was when a period was closed: the copy, as this version of the software can ask it."""
    return open_sealed(readable(Paths(data), closing))


def readable(paths: Paths, closing: str) -> Path:
    """The copy itself where its tables have today's shape, else its translation. Raises FileNotFoundError."""
    kept = copy_path(paths, closing)
    if not kept.exists():
        raise FileNotFoundError(kept)
    if shape_of(kept) == derivation():
        return kept
    translated = paths.published / f"closed-{closing}-{derivation()[:8]}.duckdb"
    if not translated.exists():
        translate(kept, translated)
    return translated


def shape_of(path: Path) -> str:
    """What tells the statements that a file was made with (`warehouse.derivation`)."""
    with open_sealed(path) as con:
        row = con.execute("select sha256 from catalogue where file = 'derived'").fetchone()
    return str(row[0]) if row else ""


def translate(kept: Path, translated: Path) -> None:
    """The figures of a copy in tables of today's shape; only what was not worked out then is worked out now."""
    partial = translated.with_suffix(f".{os.getpid()}.partial")
    partial.unlink(missing_ok=True)
    translated.parent.mkdir(parents=True, exist_ok=True)
    # No lock-down here: both files are our own, and to attach one is what the lock-down forbids.
    with duckdb.connect(str(partial)) as con:
        con.execute(script("tables.sql"))
        plain = tables_of(con)
        con.execute(script("derived.sql"))
        derived = tables_of(con) - plain
        con.execute(script("views.sql"))
        con.execute(f"attach '{quoted(kept)}' as old (read_only)")
        held = tables_of(con, OLD)
        copy_rows(con, held)
        if not derived <= held:
            work_out(con)
            copy_rows(con, held & derived)
        con.execute("detach old")
    os.replace(partial, translated)


def work_out(con: duckdb.DuckDBPyConnection) -> None:
    """Everything that is derived, as on the day of the last load."""
    con.execute(script("owed.sql"))
    last = con.execute("select max(loaded_at) from submission").fetchone()
    if last and last[0]:
        refresh_all(con, last[0].date())


def tables_of(con: duckdb.DuckDBPyConnection, name: str = "") -> set[str]:
    """The tables of an attached database, else of the one that is written."""
    asked = "select table_name from duckdb_tables() where database_name = ? and not temporary"
    return {table for (table,) in con.execute(asked, [name or database(con)]).fetchall()}


def copy_rows(con: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> None:
    """Rows of the attached old tables into those of today, by the columns that both have."""
    for table in sorted(tables):
        old = [name for (name,) in con.execute(COLUMNS, [OLD, table]).fetchall()]
        today = {name for (name,) in con.execute(COLUMNS, [database(con), table]).fetchall()}
        shared = ", ".join(f'"{name}"' for name in old if name in today)
        if shared:
            con.execute(f'delete from "{table}"')
            con.execute(f'insert into "{table}" ({shared}) select {shared} from old.main."{table}"')


def database(con: duckdb.DuckDBPyConnection) -> str:
    """The name of the database that a connection writes."""
    row = con.execute("select current_database()").fetchone()
    return str(row[0]) if row else ""


def quoted(path: Path) -> str:
    """A path inside a literal of SQL."""
    return str(path).replace("'", "''")


def forget_demonstrations(paths: Paths) -> None:
    """Delete copies that hold demonstration data, and their translations."""
    for path in copy_path(paths, "").parent.glob("*.duckdb"):
        with open_sealed(path) as con:
            demo = con.execute("select 1 from submission where demo limit 1").fetchone()
        if demo:
            path.unlink()
            for translated in paths.published.glob(f"closed-{path.stem}-*.duckdb"):
                translated.unlink()
