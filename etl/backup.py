"""Copies of a data folder that can be put back: taken while others load, looked through before they count.

A backup folder has reports/ (workbooks, closings, catalogues: files that never change, each copied once) and
generations/<moment>/ (the journal, a snapshot, and manifest.json, which comes last and says what must be found).
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from etl import clock
from etl.actors import MANAGE, named, needs
from etl.chain import START, Standing, walked
from etl.joint import note
from etl.journal import (
    Damaged,
    Note,
    Reception,
    entry_of,
    journal_path,
    settled,
    texts_after,
)
from etl.kept import kept_path
from etl.mending import read_all
from etl.package import sha256_of
from etl.sealed import checksum, flush, seal_of, write_whole
from etl.warehouse import (
    Paths,
    alone_with_journal,
    data_dir,
    open_sealed,
    version,
)

GENERATIONS, MANIFEST, JOURNAL, TABLES = "generations", "manifest.json", "journal.jsonl", "warehouse.duckdb"
MOMENT = "%Y%m%dT%H%M%S"
DAILY, MONTHLY = 30, 24
BACKED_UP = "backup"
SETTINGS = ("access.csv",)
COUNTED = (
    "submission", "observation", "task", "remark", "finding", "event", "report", "current_measure",
    "current_indicator", "extension", "explanation", "closing",
)  # fmt: skip


class Unusable(Exception):
    """A backup, or the place for one, cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds."""

    made_at: str
    standing: Standing
    snapshot: str
    """The name the snapshot had; "" where nothing was published yet."""
    crc32: int
    workbooks: int
    counts: Mapping[str, int]
    """Rows of the snapshot by table."""


@needs(MANAGE)
def backup(to: Path, by: str, daily: int = DAILY, monthly: int = MONTHLY, data: Path | None = None) -> Manifest:
    """Copy everything that is needed to go on elsewhere, look through the copy, and forget old generations. Raises
    Unusable where the copy does not hold what it must.
    """
    paths = Paths(data_dir(data))
    here = new_generation(to)
    snapshot = copy_snapshot(paths, here)
    end = copy_journal(paths, here)
    check_journal(here, end)
    copy_settings(paths.data, here)
    copy_record(paths, to)
    made = Manifest(
        clock.now().isoformat(), end, snapshot, checksum(here / TABLES) if snapshot else 0,
        check_workbooks(to, here, paths), counts(here / TABLES) if snapshot else {},
    )  # fmt: skip
    write_whole(here / MANIFEST, json.dumps(asdict(made), indent=1))
    os.replace(here, here.with_suffix(""))
    flush(here.parent)
    forget_old(to, daily, monthly)
    note(paths, [Note(BACKED_UP, clock.now().isoformat(), named(by), str(to))])
    return made


def new_generation(to: Path) -> Path:
    """An empty folder for a generation; it is not one while its name ends in .partial."""
    folder = to / GENERATIONS
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        here = folder / f"{name_after(path.stem for path in folder.iterdir())}.partial"
        try:
            here.mkdir()
        except FileExistsError:  # somebody else makes one at this moment
            continue
        return here


def name_after(taken: Iterable[str]) -> str:
    """The name of a generation made now. It sorts behind all others, also in the same second or on a clock set back:
    by their names the newest is found, and the old are forgotten.
    """
    moment, latest = clock.now().strftime(MOMENT), max(taken, default="")
    if moment > latest:
        return moment
    second, _, number = latest.partition("-")
    return f"{second}-{int(number or 1) + 1:03}"


def check_journal(generation: Path, end: Standing) -> None:
    """Raises Unusable where a line of a copied journal is not what it was, or it does not go as far as it must."""
    links = list(walked(texts_after(generation / JOURNAL, START)))
    if not all(link.sound for link in links) or (links[-1].standing if links else START) != end:
        raise Unusable(str(generation / JOURNAL))


def copy_settings(data: Path, here: Path) -> None:
    """What else an administrator wrote into the data folder: who may sign in."""
    for name in SETTINGS:
        if (data / name).exists():
            copy_through(data / name, here / name)


def copy_snapshot(paths: Paths, here: Path) -> str:
    """The current snapshot, whole; "" where there is none. It may be replaced meanwhile, but is not deleted so soon."""
    name = version(paths.data)
    if name:
        copy_through(paths.published / name, here / TABLES)
        held = seal_of(paths.published / name)
        if held and checksum(here / TABLES) != held.crc32:
            raise Unusable(f"{paths.published / name} is damaged")
    return name


def copy_journal(paths: Paths, here: Path) -> Standing:
    """The journal up to a whole call; it is copied after the snapshot, so that it says at least as much."""
    with alone_with_journal(paths):
        try:
            end = settled(paths)
        except Damaged as fault:
            raise Unusable(str(fault)) from fault
        content = journal_path(paths).read_bytes()[: end.size] if end.size else b""
    (here / JOURNAL).write_bytes(content)
    flush(here / JOURNAL)
    return end


def copy_record(paths: Paths, to: Path) -> None:
    """Workbooks, closings and catalogues that are not there yet: none of them ever changes."""
    for file in lasting_files(paths.reports):
        target = to / "reports" / file.relative_to(paths.reports)
        if target.exists() and target.stat().st_size == file.stat().st_size:
            continue
        partial = target.with_name(f"{target.name}.partial")
        copy_through(file, partial)
        os.replace(partial, target)


def copy_through(source: Path, target: Path) -> None:
    """Copy a file and wait until it is on the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    flush(target)


def lasting_files(reports: Path) -> Iterator[Path]:
    """The files of the record but for the journal and what is half written."""
    return (
        path for path in sorted(reports.rglob("*"))
        if path.is_file() and path.parent != reports and path.suffix != ".partial"
    )  # fmt: skip


def check_workbooks(to: Path, generation: Path, paths: Paths | None = None) -> int:
    """How many workbooks the journal of a generation names, once each was found as it came. A copy that went bad is
    taken again from the data folder given. Raises Unusable where one is missing for good.
    """
    names = {
        entry.sha256: entry.file_name
        for entry in map(entry_of, texts_after(generation / JOURNAL, START))
        if isinstance(entry, Reception)
    }
    for sha256, name in names.items():
        copy = kept_path(Paths(to), sha256)
        if not is_as_named(copy, sha256) and paths and is_as_named(kept_path(paths, sha256), sha256):
            copy_through(kept_path(paths, sha256), copy)
        if not is_as_named(copy, sha256):
            raise Unusable(f"{name} ({copy})")
    return len(names)


def is_as_named(path: Path, sha256: str) -> bool:
    """Whether a kept workbook has the content that it is named after."""
    return path.exists() and sha256_of(path.read_bytes()) == sha256


def counts(path: Path) -> dict[str, int]:
    """Rows by table, of a file every block of which can be read."""
    try:
        with open_sealed(path) as con:
            read_all(con)
            return {table: int(con.execute(f"select count(*) from {table}").fetchall()[0][0]) for table in COUNTED}
    except duckdb.Error as fault:
        raise Unusable(f"{path}: {fault}") from fault


def generations(to: Path) -> list[Path]:
    """The generations that are complete, the oldest first."""
    return sorted(path.parent for path in (to / GENERATIONS).glob(f"*/{MANIFEST}") if path.parent.suffix != ".partial")


def forget_old(to: Path, daily: int, monthly: int) -> None:
    """Keep the newest of each of the last days and months that have any; delete the others. Files of reports/ stay."""
    found = generations(to)
    kept = {*newest_of_each(found, 8, daily), *newest_of_each(found, 6, monthly), *found[-1:]}
    stopped = (path for path in (to / GENERATIONS).glob("*.partial") if is_of_yesterday(path))
    for path in [*found, *stopped]:
        if path not in kept:
            shutil.rmtree(path)


def is_of_yesterday(path: Path) -> bool:
    """Whether nothing was put into a folder for a day: whoever filled it was stopped."""
    return time.time() - path.stat().st_mtime > 86_400


def newest_of_each(found: Sequence[Path], letters: int, many: int) -> list[Path]:
    """The newest generation of each of the last so many days (8 letters of the name) or months (6)."""
    newest = {path.name[:letters]: path for path in found}
    return [newest[key] for key in sorted(newest)[-many:]] if many else []
