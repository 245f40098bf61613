"""Loading a city-year against a plain loop of pandas + openpyxl and one DataFrame insert a file; publishing.

How many times the plain loop a load can be depends on the workbooks: in small ones the insert is most of the loop, in
ours reading is. So the same processes with the parser alone are measured beside: no load can be faster than that.
"""

from __future__ import annotations

import datetime as dt
import shutil
import statistics
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import duckdb
import pandas as pd
from python_calamine import CalamineError

from benchmarks.reading import calamine
from etl import front, intake, warehouse
from etl.processes import pool
from etl.sealed import flush
from etl.sources import from_paths
from tests.folders import writing

SAMPLE = 24
"""Files the plain loop reads: it needs no more to show its pace."""
ROUNDS = 5


def plain_loop(paths: Sequence[Path], file: Path) -> float:
    """Files a second of what ten lines of ordinary pandas do; as with ours, all is on the disk in the end."""
    con = duckdb.connect(file)
    con.execute("create or replace table fact (file text, sheet text, row_number bigint, place text, value text)")
    start = time.perf_counter()
    for path in paths:
        sheets = pd.read_excel(path, sheet_name=None, engine="openpyxl")
        frames = [
            frame.astype("string")
            .reset_index(names="row_number")
            .melt("row_number", var_name="place")
            .assign(sheet=name)
            for name, frame in sheets.items()
            if not frame.empty
        ]
        everything = pd.concat(frames).dropna(subset="value").assign(file=path.name)
        con.register("everything", everything)
        con.execute("insert into fact by name select * from everything")
        con.unregister("everything")
    con.close()
    return len(paths) / (time.perf_counter() - start)


def parser_alone(paths: Sequence[Path], workers: int) -> float:
    """Files a second of processes that hand every sheet to the parser, and do nothing else."""
    with pool(workers) as processes:
        list(processes.map(parsed, paths[:workers]))  # not timed: to start, and to import
        start = time.perf_counter()
        list(processes.map(parsed, paths, chunksize=10))
        return len(paths) / (time.perf_counter() - start)


def parsed(path: Path) -> None:
    """One workbook, which may be a damaged one."""
    with suppress(CalamineError):
        calamine(path)


def whole_year(paths: Sequence[Path], folder: Path, workers: int) -> float:
    """Files a second of loading everything: read, check, store, keep and flush every workbook, publish."""
    prepared = front.prepared(None)
    files = list(from_paths(paths, dt.datetime.now()))
    start = time.perf_counter()
    receipts = intake.submit(prepared, files, folder, "benchmark", workers)
    seconds = time.perf_counter() - start
    assert len(receipts) == len(files)
    return len(files) / seconds


def run(paths: Sequence[Path], folder: Path, workers: int = 2) -> list[dict[str, object]]:
    """Rows of a table; the year is loaded into the folder.

    Each round has a folder of its own: where files were deleted a moment ago, ext4 takes long to make new ones.
    """
    step = max(1, len(paths) // SAMPLE)
    plain, alone, ours = [], [], []
    for number in range(ROUNDS):
        some, file = paths[number % step :: step][:SAMPLE], folder.with_name("plain.duckdb")
        before = plain_loop(some, file)
        alone.append(parser_alone(paths[:: max(1, step // 10)], workers))
        last = number == ROUNDS - 1
        ours.append(whole_year(paths, folder if last else folder.with_name(f"round-{number}"), workers))
        plain.append(statistics.mean([before, plain_loop(some, file)]))  # on both sides: the machine's pace changes
    rows: list[dict[str, object]] = [
        {"what": "plain loop, files/s", "median": statistics.median(plain), "goal": ""},
        {"what": f"parser alone, {workers} processes, files/s", "median": statistics.median(alone), "goal": ""},
        {"what": f"load of {len(paths)} files, files/s", "median": statistics.median(ours), "goal": ""},
        {
            "what": "load against plain loop, x",
            "median": statistics.median(one / other for one, other in zip(ours, plain, strict=True)),
            "goal": ">= 25",
        },
        {
            "what": "parser alone against plain loop, x",
            "median": statistics.median(one / other for one, other in zip(alone, plain, strict=True)),
            "goal": "",
        },
    ]
    return rows


def publishing(folder: Path) -> list[dict[str, object]]:
    """Milliseconds to publish the year, and to copy and flush the same file with nothing else."""
    times, floors = [], []
    with writing(folder) as con:
        for _ in range(9):
            start = time.perf_counter()
            warehouse.publish(con, folder)
            times.append((time.perf_counter() - start) * 1000)
            start = time.perf_counter()
            copy = folder / "copy.tmp"
            shutil.copyfile(warehouse.Paths(folder).working, copy)
            flush(copy)
            floors.append((time.perf_counter() - start) * 1000)
    return [
        {"what": "publish, ms", "median": statistics.median(times), "goal": "<= 100"},
        {"what": "copy and flush of the same file, ms", "median": statistics.median(floors), "goal": ""},
    ]
