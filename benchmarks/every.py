"""Every public question, timed where it can be asked: of a folder, of a machine that follows a lake, of the lake."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

from etl.lake import FACTS, Lake, transaction_on
from etl.show import SHOWN
from etl.warehouse import open_to_read, script
from tests.scale.asking import answer, arguments
from tests.scale.asking import questions as all_questions

ROUNDS = 3
LARGE = (*FACTS[1:], "event", "journal")
"""What a machine could leave to the lake. Submissions are asked by every page."""
Times = dict[str, float]


def timed(con: duckdb.DuckDBPyConnection, period: str, cursor: Callable[[], Any]) -> Times:
    """The median of each question in milliseconds, all asked in turn, after one warming round."""
    given = arguments(con, period)
    taken: dict[str, list[float]] = {}
    for round_ in range(ROUNDS + 1):
        for name, question in all_questions():
            start = time.perf_counter()
            answer(question, cursor(), given)
            if round_:
                taken.setdefault(name, []).append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(those) for name, those in taken.items()}


def questions(lake: Lake, folder: Path, machine: Path, period: str) -> list[Mapping[str, object]]:
    """Rows of a table: median, 95th percentile and slowest of the questions of pages, and of drill-downs."""
    with open_to_read(folder) as con:
        own = timed(con, period, con.cursor)
    with open_to_read(machine) as con:
        following = timed(con, period, con.cursor)
    with transaction_on(lake) as con:
        con.execute(f"use {SHOWN}")
        direct = timed(con, period, lambda: con)
    deep = drill_downs(folder, period)
    kinds = {"of pages": [one for one in own if one not in deep], "of rows (drill-downs)": sorted(deep)}
    where = {"embedded": own, "machine that follows": following, "the lake itself": direct}
    return [
        {"questions": f"{len(names)} {kind}", "asked of": place, **summary([times[name] for name in names]),
         "slowest": max(names, key=times.__getitem__)}
        for kind, names in kinds.items() for place, times in where.items()
    ]  # fmt: skip


def summary(times: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and maximum."""
    ordered = sorted(times)
    return {
        "median, ms": statistics.median(ordered),
        "p95, ms": ordered[int(0.95 * (len(ordered) - 1))],
        "max, ms": ordered[-1],
    }


def drill_downs(folder: Path, period: str) -> set[str]:
    """The questions that cannot be answered where rows of workbooks are not at hand."""
    deep = set()
    with open_to_read(folder) as whole, lean(Path(whole.execute("pragma database_list").fetchall()[0][2])) as con:
        given = arguments(whole, period)
        for name, question in all_questions():
            try:
                answer(question, con, given)
            except duckdb.CatalogException:
                deep.add(name)
    return deep


@contextmanager
def lean(snapshot: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A snapshot without rows of workbooks, events and journal."""
    with duckdb.connect() as con:
        con.execute(f"attach '{snapshot}' as whole (read_only)")
        for table in lean_tables(con):
            con.execute(f"create view {table} as from whole.{table}")
        for statement in con.extract_statements(script("views.sql")):
            with suppress(duckdb.Error):  # a view of what is not there
                con.execute(statement)
        yield con


def lean_tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables that stay."""
    found = con.execute("select table_name from duckdb_tables() where database_name = 'whole'").fetchall()
    return [table for (table,) in found if table not in LARGE]


def without_facts(snapshot: Path, copy: Path) -> float:
    """Megabytes of a snapshot without rows of workbooks, events and journal."""
    copy.unlink(missing_ok=True)
    with duckdb.connect(str(copy)) as con:
        con.execute(f"attach '{snapshot}' as whole (read_only)")
        for table in lean_tables(con):
            con.execute(f"create table {table} as from whole.{table}")
    return copy.stat().st_size / 1e6
