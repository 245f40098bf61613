"""What a server does for its data folder: it is made good when the server starts, and what is not yet good is said."""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from pathlib import Path
from threading import Thread

from etl.chain import START, Standing
from etl.copies import shape_of
from etl.following import catching_up
from etl.front import prepared
from etl.journal import Note, head, journal_path, lines
from etl.lake import Lake, shared
from etl.opening import opened
from etl.sealed import is_intact, matches, seal_of
from etl.trouble import NOT_YET, ONLY_OLDER
from etl.warehouse import Paths, data_dir, derivation, is_being_written, version

SECONDS = 2.0
"""How often a server asks the lake for news."""
log = logging.getLogger(__name__)


@cache
def look_after(data: Path | None = None, catalogue: Path | None = None) -> None:
    """Once a server: if something in the data folder is not as it was left, make it good without keeping anybody
    waiting; readers wait only for what another version of the software published.
    """
    folder, lake = data_dir(data), shared()
    try:
        bring_in_step(folder, catalogue)
    except Exception:
        log.exception("what another version published could not be worked out anew")
    if lake:
        Thread(target=follow, args=(lake, folder, catalogue), name="follow", daemon=True).start()
    elif needs_care(Paths(folder)):
        Thread(target=make_good, args=(folder, catalogue), name="care", daemon=True).start()


def follow(lake: Lake, data: Path, catalogue: Path | None) -> None:
    """Publish here what other machines put into the lake, as long as the server runs."""
    for end in catching_up(lake, data, SECONDS, catalogue):
        log.info("followed the lake up to line %s", end.lines)


def make_good(data: Path, catalogue: Path | None) -> None:
    """Open the warehouse to write, which repairs what is broken and publishes."""
    try:
        with opened(prepared(catalogue), data):
            log.info("the data folder was looked after")
    except Exception:
        log.exception("the data folder could not be made good")


def bring_in_step(data: Path, catalogue: Path | None = None) -> None:
    """Work out and publish anew what another version of the software published: questions may ask for tables that are
    not there yet. Raises Unsaved where the disk would not take it.
    """
    if is_of_another_version(Paths(data)):
        with opened(prepared(catalogue), data):
            log.info("what another version published was worked out anew")


def is_of_another_version(paths: Paths) -> bool:
    """Whether the current snapshot was worked out by other statements than this version has."""
    name = version(paths.data)
    return bool(name) and is_intact(paths.published / name) and shape_of(paths.published / name) != derivation()


def needs_care(paths: Paths) -> bool:
    """Whether something is missing, damaged or not published yet, as far as that can be told without the lock."""
    name = version(paths.data)
    if not name:
        return journal_path(paths).exists()
    held = seal_of(paths.published / name)
    known = head(paths)
    return (
        held is None
        or not is_intact(paths.published / name)
        or not matches(paths.working, held)
        or (known is not None and known.size > size_of(journal_path(paths)))
        or is_behind(paths, held.standing)
    )


def troubles(data: Path | None = None) -> list[str]:
    """What readers should know now, in sentences: older numbers are shown, or something received is not in them yet."""
    paths = Paths(data_dir(data))
    name = version(paths.data)
    if not name:
        return []
    snapshot = paths.published / name
    said = [] if is_intact(snapshot) else [ONLY_OLDER]
    held = seal_of(snapshot)
    if held and is_behind(paths, held.standing) and not is_being_written(paths.data):
        said.append(NOT_YET)
    return said


def is_behind(paths: Paths, standing: Standing) -> bool:
    """Whether the journal says more about numbers than has come so far."""
    size = size_of(journal_path(paths))
    return standing != START and size > standing.size and says_more(paths, standing, size)


@lru_cache(maxsize=4)
def says_more(paths: Paths, standing: Standing, size: int) -> bool:
    """Whether lines after a place in a journal of so many bytes are more than notes."""
    return any(not isinstance(line.entry, Note) for line in lines(paths, standing))


def size_of(path: Path) -> int:
    """The length of a file, 0 where there is none."""
    return path.stat().st_size if path.exists() else 0
