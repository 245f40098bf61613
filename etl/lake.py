"""A store that many machines share: what was read from the workbooks, and the journal, in a DuckLake whose catalogue is
in PostgreSQL and whose Parquet files lie in a shared folder or in object storage.

Each machine has a warehouse of its own besides (the data folder), which follows the lake line by line of the journal.
Rows of the lake are only ever added. What decides between two machines is one row, `journal_standing`: whoever commits
replaces it, and of two who replaced the same row the second is refused (Conflict) and begins again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import lru_cache, wraps
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

import duckdb

from etl.catalogue import authority_of
from etl.chain import Standing
from etl.trouble import LAKE_BUSY, Unsaved, lake_refuses
from etl.warehouse import LOCK_SECONDS, catalogue_dir, script

P = ParamSpec("P")
Result = TypeVar("Result")
PREFIX = "ducklake:postgres:"
FACTS = ("submission", "observation", "task", "remark", "finding")
"""What was read from workbooks: rows that bear the number of their submission."""
SHARED = (*FACTS, "event", "journal", "journal_standing")
WRITING, JOURNAL, MAKING = 1, 2, 3
"""What only one machine at a time may do."""
LOCKS = "nq57"
INLINED = 200
"""Rows of one call that go into PostgreSQL itself: a small load makes no small Parquet files (upkeep moves them)."""
ATTEMPTS = 5
SILENCE = "30"
"""Seconds after which PostgreSQL asks a silent machine whether it is still there; else its lock would outlive it."""

CHOSEN: ContextVar[tuple[Lake | None] | None] = ContextVar("CHOSEN", default=None)


class Lake(NamedTuple):
    """Where a lake is: the connection to its catalogue, the folder or bucket of its files where it is made, and whose
    it is. Authorities that share database and bucket have a schema, a folder and locks each, and nothing in common.
    """

    catalogue: str
    data: str = ""
    authority: str = ""

    @property
    def schema(self) -> str:
        """The schema of PostgreSQL that the catalogue of this authority's lake is in."""
        return self.authority.replace("-", "_") or "public"


class Conflict(Exception):
    """Another machine was first; nothing was stored, and all is to be judged again."""


def lake_of(setting: str) -> Lake | None:
    """The lake that a setting names, of the authority whose catalogue is worked with; None where it names a folder."""
    if not setting.startswith(PREFIX):
        return None
    data = os.environ.get("NQ57_WAREHOUSE_DATA", "")
    return Lake(setting.removeprefix(PREFIX), data, authority_of(catalogue_dir()))


def shared() -> Lake | None:
    """The lake that is worked on (NQ57_WAREHOUSE); None where the data folder is all there is."""
    chosen = CHOSEN.get()
    return chosen[0] if chosen else lake_of(os.environ.get("NQ57_WAREHOUSE", ""))


@contextmanager
def on(lake: Lake | None) -> Iterator[None]:
    """Work on this lake, or on none, whatever the setting says."""
    before = CHOSEN.set((lake,))
    try:
        yield
    finally:
        CHOSEN.reset(before)


def again(function: Callable[P, Result]) -> Callable[P, Result]:
    """Do it anew where another machine was first."""

    @wraps(function)
    def attempts(*args: P.args, **kwargs: P.kwargs) -> Result:
        for _ in range(ATTEMPTS):
            with suppress(Conflict):
                return function(*args, **kwargs)
        raise Unsaved(LAKE_BUSY)

    return attempts


@contextmanager
def transaction_on(lake: Lake) -> Iterator[duckdb.DuckDBPyConnection]:
    """One state of the lake; what is written is committed by `commit`, else it is as if it had never been."""
    with speaking(lake) as con:
        con.execute("begin")
        try:
            yield con
        finally:
            with suppress(duckdb.Error):  # committed, or dead
                con.execute("rollback")


@contextmanager
def only_one(lake: Lake, doing: int) -> Iterator[None]:
    """No other machine does the same meanwhile. The lock goes with the connection, so a machine that dies frees it."""
    with speaking(lake) as con:
        take_lock(con, lake, doing)
        try:
            yield
        finally:
            with suppress(duckdb.Error):
                con.execute("rollback")


def take_lock(con: duckdb.DuckDBPyConnection, lake: Lake, doing: int) -> None:
    """Wait for a lock of the catalogue, and hold it until the transaction that begins here ends."""
    con.execute("begin")
    for statement in (
        f"select set_config('tcp_keepalives_idle', '{SILENCE}', true)",
        f"select set_config('lock_timeout', '{LOCK_SECONDS}s', true)",
        f"select pg_advisory_xact_lock(hashtext('{LOCKS} {lake.schema}'), {doing})::text",
    ):
        con.execute("select * from postgres_query('catalogue', ?)", [statement]).fetchall()


@contextmanager
def speaking(lake: Lake) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor of the connection that the process keeps. Raises Unsaved where the lake does not answer."""
    try:
        with connection(lake).cursor() as con:
            yield con
    except duckdb.Error as fault:
        forget()
        raise lake_refuses(fault) from fault


def commit(lake: Lake, con: duckdb.DuckDBPyConnection, standing: Standing) -> None:
    """Commit what goes up to a standing. An error at the commit does not mean that nothing is there: the lake is asked
    anew. Raises Conflict where it is not there, Unsaved where nobody knows.
    """
    try:
        con.execute("commit")
    except duckdb.Error as fault:
        forget()
        with transaction_on(lake) as anew:
            held = anew.execute("select text from lake.journal where line = ?", [standing.lines]).fetchone()
        if not (held and standing.hash in held[0]):
            raise Conflict(str(fault)) from fault


def standing_in(con: duckdb.DuckDBPyConnection) -> Standing:
    """How far the journal of the lake goes."""
    (row,) = con.execute("select lines, size, hash, chained from lake.journal_standing").fetchall()
    return Standing(*row)


def forget() -> None:
    """Connect anew the next time."""
    connection.cache_clear()


@lru_cache(maxsize=2)
def connection(lake: Lake) -> duckdb.DuckDBPyConnection:
    """A connection with the lake and its catalogue attached."""
    con = speaking_to(lake.catalogue)
    take_lock(con, lake, MAKING)
    with con.cursor() as making:
        made = lake.schema in schemas(making)
        attach(making, lake, "" if made else tables_at(lake))
        if not made:
            create(making)
    con.execute("rollback")
    return con


def speaking_to(catalogue: str) -> duckdb.DuckDBPyConnection:
    """A connection with PostgreSQL attached. Nothing is fetched: the extensions come from wheels, and their signatures
    are looked at.
    """
    con = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    for name in ("postgres_scanner", "ducklake"):
        load_extension(con, name)
    con.execute(f"attach '{quoted(catalogue)}' as catalogue (type postgres)")
    return con


def all_in(catalogue: str) -> list[Lake]:
    """The lakes of all authorities in a database. Raises Unsaved where it does not answer."""
    try:
        with speaking_to(catalogue) as con:
            return [Lake(catalogue, "", name.replace("_", "-")) for name in schemas(con)]
    except duckdb.Error as fault:
        raise lake_refuses(fault) from fault


def schemas(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The schemas that lakes were made in, in the database attached."""
    asked = "select schemaname from pg_tables where tablename = ''ducklake_metadata'' order by 1"
    return [name for (name,) in con.execute(f"select * from postgres_query('catalogue', '{asked}')").fetchall()]


def attach(con: duckdb.DuckDBPyConnection, lake: Lake, data: str) -> None:
    """Attach the lake, which knows itself where its files are once it was made."""
    where = data or path_in(con, lake)
    if where.startswith("s3://"):
        load_extension(con, "httpfs")
        con.execute(secret_of(os.environ))
    files_at = f"data_path '{quoted(data)}', " if data else ""
    con.execute(
        f"attach '{quoted(PREFIX + lake.catalogue)}' as lake "
        f"({files_at}metadata_schema '{lake.schema}', data_inlining_row_limit {INLINED})"
    )


def tables_at(lake: Lake) -> str:
    """Where the Parquet files are put, beside the workbooks; "" where that was not said."""
    if not lake.data:
        return ""
    root = lake.data if "://" in lake.data else str(Path(lake.data).resolve())
    return "/".join(part for part in (root.rstrip("/"), lake.authority, "tables") if part) + "/"


def path_in(con: duckdb.DuckDBPyConnection, lake: Lake) -> str:
    """Where the Parquet files of a lake are, as its catalogue says."""
    asked = f"select value from {lake.schema}.ducklake_metadata where key = ''data_path''"
    (row,) = con.execute(f"select * from postgres_query('catalogue', '{asked}')").fetchall()
    return str(row[0])


def root_of(lake: Lake) -> str:
    """The folder or bucket of everything that is no table."""
    with speaking(lake) as con:
        return path_in(con, lake).rstrip("/").removesuffix("/tables")


def create(con: duckdb.DuckDBPyConnection) -> None:
    """The tables of the lake: those of a warehouse without keys, and the journal's line for each submission."""
    con.execute("attach ':memory:' as shape")
    con.execute("use shape")
    con.execute(script("tables.sql"))
    con.execute("use memory")
    con.execute("begin")
    for table in SHARED:
        more = ", 0::bigint as line" if table == "submission" else ""
        con.execute(f"create table lake.{table} as select *{more} from shape.{table} limit 0")
    con.execute("insert into lake.journal_standing values (0, 0, '', false)")
    con.execute("commit")
    con.execute("detach shape")


def load_extension(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load an extension from its wheel (requirements-scale.txt)."""
    wheel = files(f"duckdb_extension_{name}")
    path = wheel / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    con.execute(f"load '{quoted(str(path))}'")


def secret_of(environment: os._Environ[str]) -> str:
    """The statement that lets httpfs into object storage, from the variables that every S3 tool reads."""
    endpoint = environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL") or ""
    scheme, _, host = endpoint.rpartition("://")
    said = {
        "key_id": environment.get("AWS_ACCESS_KEY_ID", ""), "secret": environment.get("AWS_SECRET_ACCESS_KEY", ""),
        "session_token": environment.get("AWS_SESSION_TOKEN", ""),
        "region": environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION", "us-east-1"),
    } | ({"endpoint": host, "url_style": "path", "use_ssl": str(scheme != "http").lower()} if host else {})  # fmt: skip
    settings = ", ".join(f"{key} '{quoted(value)}'" for key, value in said.items() if value)
    return f"create or replace secret (type s3, {settings})"


def quoted(text: str) -> str:
    """Text inside a literal of SQL."""
    return text.replace("'", "''")
