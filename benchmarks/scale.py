"""An embedded warehouse and a lake at 200,000 reports (24 million facts), in one run.

    python -m benchmarks.scale /var/tmp/nq57-scale         half an hour on two cores, 20 GB of disk
    python -m benchmarks.scale /var/tmp/nq57-small --small 1,368 reports, to see that it works

The large warehouse is made once and kept there as `made`.

Needs PostgreSQL (Debian: postgresql), which it starts itself. The same workbooks are loaded into an empty warehouse and
into one with five years of 3,321 communes; then the large one moves into a lake, where one machine loads the same
workbooks and another follows.
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import every, facts, record
from benchmarks.__main__ import show
from etl import clock, intake, warehouse
from etl.demo import write_demo
from etl.following import catch_up
from etl.inspection import Incoming
from etl.lake import FACTS, Lake, forget, on, speaking
from etl.migrate import pour
from etl.opening import followed
from etl.prepare import Prepared
from etl.sealed import flush
from etl.show import upkeep
from etl.warehouse import Paths, open_to_read
from tests.folders import writing
from tests.scale import postgres

WORKERS = 2
PERIOD = facts.LAST_MONTH.strftime("%Y-%m")
Row = dict[str, object]


def seconds(act: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def loads(prepared: Prepared, data: Path, files: Sequence[Incoming]) -> tuple[float, float]:
    """Seconds to load all files but the last one, then seconds for the last one."""
    many = seconds(lambda: intake.submit(prepared, files[:-1], data, "benchmark", WORKERS))
    return many, seconds(lambda: intake.submit(prepared, files[-1:], data, "benchmark"))


def publishing(data: Path) -> tuple[float, float, int]:
    """Seconds to publish, seconds to copy and flush the same file with nothing else, and its bytes."""
    working, copy = Paths(data).working, data / "copy.tmp"
    with writing(data) as con:
        times = [seconds(lambda: warehouse.publish(con, data)) for _ in range(3)]
        floors = [seconds(lambda: (shutil.copyfile(working, copy), flush(copy))) for _ in range(3)]
    copy.unlink()
    return sorted(times)[1], sorted(floors)[1], working.stat().st_size


def embedded(name: str, prepared: Prepared, data: Path, files: Sequence[Incoming]) -> Row:
    """A row of what loading and publishing cost in a folder."""
    many, one = loads(prepared, data, files)
    published, floor, size = publishing(data)
    return row(name, files, many, one, published, size) | {"copy alone, s": floor}


def row(name: str, files: Sequence[Incoming], many: float, one: float, published: float, size: int) -> Row:
    """A row of the table of loading."""
    return {
        "warehouse": name, "files/s": (len(files) - 1) / many, "one more file, s": one, "publish, s": published,
        "MB": size / 1e6,
    }  # fmt: skip


def in_lake(prepared: Prepared, source: Path, lake: Lake, root: Path, files: Sequence[Incoming]) -> list[Row]:
    """Rows of what the lake costs: moving in, following from nothing, loading on one machine, following on another."""
    one, other = root / "one", root / "other"
    with open_to_read(source) as own:
        poured = seconds(lambda: pour(own, Paths(source), lake))
    anew = seconds(lambda: followed(prepared, one))
    shutil.copytree(one, other)
    many, single = loads(prepared, one, files)
    behind = seconds(lambda: catch_up(lake, other, prepared.catalogue.folder))
    idle = seconds(lambda: catch_up(lake, other, prepared.catalogue.folder))
    published, _, size = publishing(one)
    kept = seconds(lambda: upkeep(lake, one, clock.now() - clock.now()))
    print(
        f"\nmove in {poured:.1f} s; a new machine follows {anew:.1f} s; another catches up with {len(files)} files"
        f" {behind:.1f} s, with nothing {idle:.2f} s; compact {kept:.1f} s"
    )
    return [row("lake", files, many, single, published, size)]


def sizes_of(lake: Lake, data: Path) -> list[Row]:
    """Bytes of the lake's catalogue and Parquet files, of a machine's snapshot, and of one with aggregates alone."""
    with speaking(lake) as con:
        asked = "select pg_database_size(current_database())"
        (catalogue,) = con.execute("select * from postgres_query('catalogue', ?)", [asked]).fetchall()[0]
        parquet = con.execute("select sum(file_size_bytes) from ducklake_table_info('lake')").fetchall()[0][0]
    files = list(Path(lake.data).rglob("*.parquet"))
    snapshot = Paths(data).published / warehouse.version(data)
    return [
        {"what": "PostgreSQL, the lake's catalogue", "MB": catalogue / 1e6},
        {"what": f"Parquet, {len(files)} files", "MB": (parquet or sum(path.stat().st_size for path in files)) / 1e6},
        {"what": "a machine's snapshot", "MB": snapshot.stat().st_size / 1e6},
        {
            "what": "the same without facts, events and journal",
            "MB": every.without_facts(snapshot, data / "lean.duckdb"),
        },
    ]


def facts_of(data: Path) -> str:
    """How much is in a warehouse."""
    with open_to_read(data) as con:
        many = [con.execute(f"select count(*) from {table}").fetchall()[0][0] for table in ("submission", *FACTS[1:3])]
    return "{:,} reports, {:,} values, {:,} rows of tasks".format(*many)


def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--small", action="store_true")
    given = parser.parse_args()
    units, months = facts.SIZES["1,368 reports" if given.small else "199,260 reports"]
    prepared = record.catalogue_of(given.folder / "catalogue", units, months)
    made, run = given.folder / "made", given.folder / "run"
    written = write_demo(prepared, given.folder / "workbooks", units=115, months=1, now=clock.now())
    files = [Incoming(file.file_name, path, file.received_at) for file, path in written]
    with on(None):
        if not warehouse.version(made):
            record.make(made, prepared, months)
        shutil.rmtree(run, ignore_errors=True)
        record.make(run / "empty", prepared, 0)
        record.make(run / "warm", prepared, 0)
        intake.submit(prepared, files[:30], run / "warm", "benchmark", WORKERS)  # imports, worker processes
        shutil.copytree(made, run / "large")
        print(f"{facts_of(made)}; {len(files)} workbooks", flush=True)
        rows = [
            embedded("embedded, empty", prepared, run / "empty", files),
            embedded("embedded", prepared, run / "large", files),
        ]
        show("Loading and publishing", rows)
    with postgres.server() as connection:
        catalogue = postgres.make_database(connection, "scale")
        lake = Lake(catalogue, str(run / "store"), prepared.catalogue.authority)
        with on(lake):
            rows += in_lake(prepared, made, lake, run, files)
            show("Loading and publishing", against_first(rows))
            show("Bytes", sizes_of(lake, run / "one"))
            show("Questions", every.questions(lake, run / "large", run / "one", PERIOD))
        forget()


def against_first(rows: Sequence[Row]) -> list[Row]:
    """The same with each pace in ratio to the first one."""
    return [{**one, "against empty": float(str(one["files/s"])) / float(str(rows[0]["files/s"]))} for one in rows]


if __name__ == "__main__":
    main()
