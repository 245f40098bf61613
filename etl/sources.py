"""Files to look at: paths, folders and zips, as they are named on a command line or dropped on a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from etl.batch import IGNORED, MAX_BATCH, members_of
from etl.findings import finding
from etl.inspection import Incoming
from etl.package import megabytes
from etl.personal import veiled

UNPRINTABLE = "\ufffd"


def from_paths(paths: Iterable[Path], received_at: dt.datetime) -> Iterator[Incoming]:
    """Every file that paths, folders and zips name. Raises FileNotFoundError for a path that is no file."""
    for path in paths:
        if path.is_dir():
            yield from from_paths(sorted(each for each in path.rglob("*") if each.is_file()), received_at)
        elif path.name in IGNORED:
            continue
        elif not path.is_file():  # a device or a pipe may never end
            raise FileNotFoundError(path)
        elif path.suffix.lower() == ".zip":
            yield from from_zip(path, received_at)
        else:
            yield Incoming(plain_name(path.name), path, received_at)


def from_zip(path: Path, received_at: dt.datetime) -> Iterator[Incoming]:
    """The files in a zip on the disk."""
    if path.stat().st_size > MAX_BATCH:
        trouble = finding("batch_too_large", size=megabytes(path.stat().st_size), limit=megabytes(MAX_BATCH))
        yield Incoming(plain_name(path.name), path, received_at, findings=(trouble,))
    else:
        yield from from_files([(path.name, path.read_bytes())], received_at)


def from_files(files: Iterable[tuple[str, bytes]], received_at: dt.datetime) -> Iterator[Incoming]:
    """Files given as name and content; a zip of workbooks stands for its members."""
    for name, data in files:
        members = members_of(name, data)
        if members is None:
            yield Incoming(plain_name(name), data, received_at)
        else:
            yield from (
                Incoming(plain_name(each.name), each.content, received_at, findings=each.findings) for each in members
            )


def plain_name(name: str) -> str:
    """A file's name as it can be stored and shown: what steers a terminal or turns the line round is replaced, and
    personal data are veiled.
    """
    printable = (letter if letter.isprintable() else UNPRINTABLE for letter in name.replace("\u00a0", " "))
    return veiled("".join(printable))
