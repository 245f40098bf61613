"""Workbooks, and what else of the record is a file, where all machines of a lake find it: a folder or a bucket."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol

from etl.lake import Lake, root_of
from etl.sealed import flush
from etl.trouble import lake_refuses


class Store(Protocol):
    """Files by name. One that is there is whole, and never changes."""

    def put(self, name: str, data: bytes) -> None:
        """Keep a file for good."""

    def get(self, name: str) -> bytes | None:
        """A file, None where there is none."""


class Folder:
    """A folder that all machines reach."""

    def __init__(self, root: str) -> None:
        self.root = Path(root)

    def put(self, name: str, data: bytes) -> None:
        """Keep a file for good; a half-written one never bears its name."""
        path = self.root / name
        if path.exists() and path.stat().st_size == len(data):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        write_aside(path, data)
        flush(path.parent)

    def get(self, name: str) -> bytes | None:
        """A file, None where there is none."""
        path = self.root / name
        return path.read_bytes() if path.exists() else None


class Bucket:
    """Object storage that speaks S3."""

    def __init__(self, root: str) -> None:
        from s3fs import S3FileSystem

        self.root = root.removeprefix("s3://").rstrip("/")
        self.files = S3FileSystem()

    def put(self, name: str, data: bytes) -> None:
        """Keep a file for good."""
        try:
            self.files.pipe_file(f"{self.root}/{name}", data)
        except Exception as fault:
            raise lake_refuses(fault) from fault

    def get(self, name: str) -> bytes | None:
        """A file, None where there is none."""
        try:
            return bytes(self.files.cat_file(f"{self.root}/{name}"))
        except FileNotFoundError:
            return None


@lru_cache(maxsize=2)
def store_of(lake: Lake) -> Store:
    """Where the files of a lake are."""
    root = root_of(lake)
    return Bucket(root) if root.startswith("s3://") else Folder(root)


def write_aside(path: Path, data: bytes) -> None:
    """Write a file beside its place, wait until it is on the disk, and move it there; machines may do so at once."""
    with NamedTemporaryFile(dir=path.parent, suffix=".partial", delete=False) as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    os.replace(out.name, path)
