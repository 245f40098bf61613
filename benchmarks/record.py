"""Warehouses made by facts.py, with the catalogue and the record they would have: so that they can be loaded into,
moved into a lake and followed.

The record has a line and the events of each report, month by month; its workbooks are not there.
"""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import duckdb

from benchmarks import facts
from etl import warehouse
from etl.catalogue import load_catalogue
from etl.events import RECEIVED, Event, Told, tell
from etl.journal import Reception, append
from etl.prepare import Prepared
from etl.transaction import transaction
from etl.warehouse import Paths
from tests.folders import writing

CHANGED = ("units", "duties", "calendar")
SUBMISSIONS = """
    select period, form_id, unit_code, status, file_name, file_sha256, received_at, loaded_at, loaded_by
    from submission order by submission_id
"""


def catalogue_of(folder: Path, units: int, months: int) -> Prepared:
    """The project's catalogue with so many communes and months, as files of its own."""
    if not folder.exists():
        shutil.copytree(warehouse.catalogue_dir(), folder)
        tables = facts.sized(units, months).tables
        for name in CHANGED:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                writer = csv.DictWriter(out, list(tables[name][0]))
                writer.writeheader()
                writer.writerows(tables[name])
    return Prepared(load_catalogue(folder))


def make(data: Path, prepared: Prepared, months: int) -> None:
    """A data folder with a published snapshot; without months an empty one."""
    with writing(data) as con:
        if months:
            facts.fill(con, prepared.catalogue, months)
            with transaction(con):
                write_record(con, Paths(data))
            warehouse.publish(con, data)


def write_record(con: duckdb.DuckDBPyConnection, paths: Paths) -> None:
    """The lines of the journal, a call a month, in its file and in the tables, in the caller's transaction."""
    told: list[Told] = []
    con.execute("delete from event")  # those that facts.py made stand for no line
    for _, month in groupby(con.execute(SUBMISSIONS).fetchall(), key=lambda row: str(row[0])):
        rows = list(month)
        lines = append(paths, [reception(*row[4:]) for row in rows]).lines
        told += [Told(line, list(events(*row))) for line, row in zip(lines, rows, strict=True)]
    tell(con, told, told[-1].line.link.standing)


def reception(name: str, sha256: str, received_at: dt.datetime, loaded_at: dt.datetime, by: str) -> Reception:
    """The line for a file."""
    return Reception(name, sha256, received_at.isoformat(), loaded_at.isoformat(), by, demo=True)


def events(
    period: str, form_id: str, unit_code: str, status: str, name: str, sha256: str, received_at: dt.datetime,
    loaded_at: dt.datetime, by: str,
) -> Iterator[Event]:  # fmt: skip
    """That it came, and what became of it."""
    at = loaded_at.isoformat()
    yield Event(at, by, RECEIVED, name, detail=sha256, after=received_at.isoformat())
    yield Event(
        at, by, status, f"{form_id} {unit_code} {period} v1", detail=f"{name} {sha256}", after="v1",
        unit_code=unit_code, period=period, form_id=form_id,
    )  # fmt: skip
