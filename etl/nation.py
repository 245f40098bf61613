"""A national warehouse: the totals that provinces shared, as files of the record, and the tables made of them.

A catalogue is a national one where it lists provinces (provinces.csv: authority_code, name, units). A province that has
not shared has its row all the same, so that it is counted and named and never taken for zero.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from etl.bulk import insert
from etl.catalogue import Catalogue, Row
from etl.summary import Summary, read_summary
from etl.undecidable import Undecidable
from etl.warehouse import Paths

PROVINCES = "provinces"
TABLES = ("province", "province_period", "province_total")
DEFINITIONS = "select indicator, numerator, denominator, scale, kind, denominator_kind from indicator"
log = logging.getLogger(__name__)


def listed(catalogue: Catalogue) -> Mapping[str, Row]:
    """The provinces of a national catalogue by code; none in another."""
    return {row["authority_code"]: row for row in catalogue.tables.get(PROVINCES, ())}


def summaries_in(paths: Paths) -> Path:
    """Where what provinces shared is kept: with the record, so that backups have it."""
    return paths.reports / "summaries"


def kept_of(paths: Paths, authority: str) -> list[Path]:
    """What a province shared, the newest first: its name begins with the moment it was made."""
    return sorted((summaries_in(paths) / authority).glob("*.json"), reverse=True)


def newest(paths: Paths, authority: str) -> Summary | None:
    """What a province shared last, None where it shared nothing that can be read."""
    for path in kept_of(paths, authority):
        try:
            return read_summary(path.read_bytes())
        except (OSError, Undecidable):
            log.exception("%s cannot be read", path)
    return None


def take_summaries(con: duckdb.DuckDBPyConnection, catalogue: Catalogue, paths: Paths) -> None:
    """Bring the tables of provinces up to what is kept, in the transaction the caller has open."""
    provinces = listed(catalogue)
    marks = {code: mark(catalogue, kept_of(paths, code)) for code in provinces}
    if dict(con.execute("select authority_code, mark from province").fetchall()) == marks:
        return
    for table in TABLES:
        con.execute(f"delete from {table}")
    own = {row[0]: tuple(row[1:]) for row in con.execute(DEFINITIONS).fetchall()}
    for code, row in provinces.items():
        one = newest(paths, code)
        differing = [name for name, how in one.definitions.items() if own.get(name) != tuple(how)] if one else []
        put_province(con, row, one, differing, marks[code])
        if one:
            put_totals(con, one, frozenset(differing))


def mark(catalogue: Catalogue, files: Iterable[Path]) -> str:
    """What the rows of a province are made from: the names of its files, which never change, and the catalogue."""
    return hashlib.sha256(" ".join([catalogue.sha256, *(path.name for path in files)]).encode()).hexdigest()


def put_province(
    con: duckdb.DuckDBPyConnection, row: Row, one: Summary | None, differing: Iterable[str], made_from: str
) -> None:
    """The row of a province."""
    known = (one.made_at, one.loaded_at, one.snapshot, one.lines, one.hash, one.demo) if one else (None,) * 6
    units = int(row["units"]) if row.get("units", "").isdigit() else None
    con.execute(
        "insert into province values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [row["authority_code"], row["name"], units, *known, " ".join(sorted(differing)) or None, made_from],
    )


def put_totals(con: duckdb.DuckDBPyConnection, one: Summary, differing: frozenset[str]) -> None:
    """The totals of a province, but for indicators that it works out otherwise than the nation."""
    those = [total for total in one.totals if total[1] in one.definitions and total[1] not in differing]
    totals: dict[str, list[object]] = {
        name: [total[place] for total in those]
        for place, name in enumerate(("period", "indicator", "numerator", "denominator", "units"))
    }
    insert(con, "province_total", {"authority_code": [one.authority] * len(those), **totals})
    owed: dict[str, list[object]] = {
        "period": [period for period, _ in one.periods], "owed": [units for _, units in one.periods]
    }  # fmt: skip
    insert(con, "province_period", {"authority_code": [one.authority] * len(one.periods), **owed})
