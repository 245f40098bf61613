"""Files that must be whole: written so that no half of one ever bears its name, and known again by a seal beside them.

A seal says how long a file is and its checksum, and which line of the journal it has everything up to. Damage that the
disk does later is told by it before anything is read from the file.
"""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from etl.chain import START, Standing

PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Seal:
    """What a file was when it was finished."""

    size: int
    crc32: int
    standing: Standing = START
    """How far in the journal it has everything."""


def seal_path(path: Path) -> Path:
    """Where the seal of a file is."""
    return path.with_name(f"{path.name}.seal")


def seal(path: Path, standing: Standing, crc32: int | None = None) -> Seal:
    """Put a seal beside a file that is finished; `crc32`: the checksum of its content where that is known."""
    made = Seal(path.stat().st_size, checksum(path) if crc32 is None else crc32, standing)
    write_whole(seal_path(path), json.dumps(asdict(made)))
    return made


def seal_of(path: Path) -> Seal | None:
    """The seal of a file, None where it has none that can be read."""
    try:
        held = json.loads(seal_path(path).read_text(encoding="utf-8"))
        return Seal(held["size"], held["crc32"], Standing(**held["standing"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_intact(path: Path) -> bool:
    """Whether a file is what its seal says; one without a seal is taken for what it is."""
    held = seal_of(path)
    if held is None:
        return path.exists()
    return matches(path, held)


def matches(path: Path, held: Seal) -> bool:
    """Whether a file is what a seal says."""
    try:
        state = path.stat()
        return state.st_size == held.size and checksum_once(path, state.st_size, state.st_mtime_ns) == held.crc32
    except OSError:
        return False


@lru_cache(maxsize=16)
def checksum_once(path: Path, size: int, changed_at: int) -> int:
    """The checksum of a file, worked out once for the same length and time of change."""
    return checksum(path)


def checksum(path: Path) -> int:
    """The CRC-32 of a file."""
    found = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found = zlib.crc32(piece, found)
    return found


def write_whole(path: Path, text: str) -> None:
    """Put a small file in the place of the one before, on the disk, never half."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    with partial.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    os.replace(partial, path)


def flush(path: Path) -> None:
    """Wait until a file (or the names in a folder) is on the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
