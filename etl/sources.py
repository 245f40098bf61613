"""Files to look at: paths, folders and zips, as they are named on a command line or dropped on a page."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from etl.inspection import Incoming

LONGEST_MEMBER = 11 * 1024 * 1024
MOST_MEMBERS = 2_000
IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def from_paths(paths: Iterable[Path], received_at: dt.datetime) -> Iterator[Incoming]:
    """Every file that paths, folders and zips name. Raises FileNotFoundError for a path that does not exist."""
    for path in paths:
        if path.is_dir():
            yield from from_paths(sorted(each for each in path.rglob("*") if each.is_file()), received_at)
        elif path.name in IGNORED:
            continue
        elif path.suffix.lower() == ".zip":
            yield from from_files([(path.name, path.read_bytes())], received_at)
        else:
            path.stat()
            yield Incoming(path.name, path, received_at)


def from_files(files: Iterable[tuple[str, bytes]], received_at: dt.datetime) -> Iterator[Incoming]:
    """Files given as name and content; a zip of workbooks stands for its members."""
    for name, data in files:
        members = members_of(data)
        if members is None:
            yield Incoming(name, data, received_at)
        else:
            yield from (Incoming(member, content, received_at) for member, content in members)


def members_of(data: bytes) -> list[tuple[str, bytes]] | None:
    """The files in a zip, None where it is none: a workbook is a zip too, but never one of workbooks."""
    if not data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and not ignored(entry.filename)]
            if any(entry.filename.startswith(("xl/", "[Content_Types]", "mimetype")) for entry in entries):
                return None
            if not any(entry.filename.lower().endswith((".xlsx", ".xlsm", ".xls")) for entry in entries):
                return None
            return [(entry.filename.rsplit("/", 1)[-1], member(archive, entry)) for entry in entries[:MOST_MEMBERS]]
    except zipfile.BadZipFile:
        return None


def ignored(name: str) -> bool:
    """Whether a member is litter of the system that made the zip."""
    return any(part in name for part in IGNORED)


def member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """A member's content; of one that is too large only so much that it is refused as too large."""
    with archive.open(entry) as file:
        return file.read(LONGEST_MEMBER)
