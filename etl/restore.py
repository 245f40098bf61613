"""To put a backup in the place of a data folder: what was there is put aside, and nothing is believed unread."""

from __future__ import annotations

import json
import os
from pathlib import Path

from etl import clock
from etl.actors import MANAGE, named, needs
from etl.backup import (
    GENERATIONS,
    JOURNAL,
    MANIFEST,
    TABLES,
    Manifest,
    Unusable,
    check_journal,
    check_workbooks,
    copy_settings,
    copy_through,
    generations,
    lasting_files,
)
from etl.chain import Standing
from etl.journal import Note, append, head_path, journal_path, remember
from etl.lake import shared
from etl.opening import opened
from etl.prepare import Prepared
from etl.replay import Progress, silent
from etl.sealed import checksum, seal, write_whole
from etl.trouble import NOT_SHARED, Unsaved
from etl.warehouse import (
    Paths,
    alone,
    data_dir,
    log_of,
    next_number,
    number_of,
    open_sealed,
    set_aside_path,
    snapshot_name,
    standing,
)

RESTORED = "restored"


def is_in_use(data: Path | None = None) -> bool:
    """Whether a data folder holds anything that was received, or made of it."""
    paths = Paths(data_dir(data))
    folders = [each for each in (paths.reports, paths.published) if each.is_dir()]
    return paths.working.exists() or any(any(each.iterdir()) for each in folders)


@needs(MANAGE)
def restore(
    prepared: Prepared, source: Path, generation: str, by: str, data: Path | None = None, workers: int = 1,
    progress: Progress = silent,
) -> Manifest:  # fmt: skip
    """Put a backup in the place of the data folder, which is put aside. Raises Unusable where it lacks something."""
    folder = data_dir(data)
    if shared():
        raise Unsaved(NOT_SHARED)
    manifest = put_back(source, chosen(source, generation), folder)
    append(Paths(folder), [Note(RESTORED, clock.now().isoformat(), named(by), str(source), detail=manifest.made_at)])
    with opened(prepared, folder, workers, progress):
        pass
    return manifest


def chosen(to: Path, generation: str) -> Path:
    """The generation named, or the newest. Raises Unusable where there is none."""
    found = [path for path in generations(to) if generation in ("", path.name)]
    if not found:
        raise Unusable(str(to / GENERATIONS / generation))
    return found[-1]


def put_back(to: Path, generation: Path, data: Path) -> Manifest:
    """A data folder as it was when a generation was made. What was in the folder is put aside."""
    manifest = manifest_of(generation)
    check_workbooks(to, generation)
    paths = Paths(data)
    paths.data.mkdir(parents=True, exist_ok=True)
    with alone(data):
        # A name is never used twice: who has a snapshot open under its name would go on reading that.
        name = snapshot_name(max(next_number(paths), number_of(manifest.snapshot) + 1))
        clear(paths)
        for file in lasting_files(to / "reports"):
            copy_through(file, paths.reports / file.relative_to(to / "reports"))
        copy_through(generation / JOURNAL, journal_path(paths))
        remember(paths, manifest.standing)
        copy_settings(generation, paths.data)
        if manifest.snapshot and checksum(generation / TABLES) == manifest.crc32:
            put_snapshot(paths, generation / TABLES, name)
    return manifest


def manifest_of(generation: Path) -> Manifest:
    """What a generation holds. Raises Unusable where it cannot be read, or its journal is otherwise."""
    try:
        held = json.loads((generation / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**{**held, "standing": Standing(**held["standing"])})
    except (ValueError, TypeError, KeyError) as fault:
        raise Unusable(str(generation / MANIFEST)) from fault
    check_journal(generation, manifest.standing)
    return manifest


def put_snapshot(paths: Paths, tables: Path, name: str) -> None:
    """A snapshot as working file and as the one that is read; without it, both are made anew from the record."""
    copy_through(tables, paths.working)
    copy_through(tables, paths.published / name)
    with open_sealed(paths.working) as con:
        seal(paths.published / name, standing(con))
    write_whole(paths.pointer, name)


def clear(paths: Paths) -> None:
    """Put aside whatever is in a data folder."""
    for path in (paths.working, log_of(paths.working), paths.published, paths.reports, head_path(paths)):
        if path.exists():
            os.replace(path, set_aside_path(paths, path.name))
