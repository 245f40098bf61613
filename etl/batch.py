"""A zip of reports: its directory is looked at before anything is inflated, then each member within its bounds."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from etl.findings import Finding, finding
from etl.package import MAX_FILE, MEGABYTE, inflates_unduly, leads_out, megabytes

MAX_BATCH = 256 * MEGABYTE
"""A zip, and what all its members are when inflated."""
MAX_MEMBERS = 2_000
MOST_LISTED = 100_000
"""Marks of entries, those of the workbooks inside counted along; more are not even listed."""
IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
OF_A_WORKBOOK = ("xl/", "[Content_Types]", "mimetype", "word/")
WORTH_OPENING = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".zip")
FAULTS_OF_ZIPS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError, NotImplementedError,
)  # fmt: skip


class Member(NamedTuple):
    """A file of a zip, or the zip itself where it is refused as a whole; findings where it must not be opened."""

    name: str
    content: bytes
    findings: tuple[Finding, ...] = ()


def members_of(name: str, data: bytes) -> Sequence[Member] | None:
    """The files in a zip, None where it is no zip of files: a workbook is a zip too, but never one of workbooks."""
    if not data.startswith(b"PK\3\4") or data.count(b"PK\1\2") > MOST_LISTED:
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except FAULTS_OF_ZIPS:
        return None
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not ignored(entry.filename)]
    if any(entry.filename.startswith(OF_A_WORKBOOK) for entry in entries):
        return None
    if not any(entry.filename.lower().endswith(WORTH_OPENING) for entry in entries):
        return None
    if found := trouble_of_all(entries):
        return [Member(name, data, (found,))]
    return list(members(archive, data, entries))


def ignored(name: str) -> bool:
    """Whether a member is litter of the system that made the zip."""
    return any(part in name for part in IGNORED)


def trouble_of_all(entries: Sequence[zipfile.ZipInfo]) -> Finding | None:
    """Why nothing of a zip is opened."""
    if len(entries) > MAX_MEMBERS:
        return finding("batch_too_many", size=len(entries), limit=MAX_MEMBERS)
    inflated = sum(entry.file_size for entry in entries if trouble(entry) is None)
    if inflated > MAX_BATCH:
        return finding("batch_too_large", size=megabytes(inflated), limit=megabytes(MAX_BATCH))
    names = [entry.filename.replace("\\", "/").lower() for entry in entries]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        return finding("duplicate_names", name=twice)
    return None


def trouble(entry: zipfile.ZipInfo) -> Finding | None:
    """Why a member is not opened."""
    if leads_out(entry.filename):
        return finding("absolute_names", name=entry.filename)
    if entry.filename.lower().endswith(".zip"):
        return finding("nested_zip")
    if entry.flag_bits & 1:
        return finding("batch_encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return finding("batch_method")
    if inflates_unduly(entry):
        return finding("zip_bomb", size=megabytes(entry.file_size))
    if entry.file_size > MAX_FILE:
        return finding("too_large", limit=megabytes(MAX_FILE))
    return None


def members(archive: zipfile.ZipFile, data: bytes, entries: Sequence[zipfile.ZipInfo]) -> Iterator[Member]:
    """Each file; one that is not opened as it lies in the zip."""
    for entry in entries:
        name = entry.filename.replace("\\", "/").rpartition("/")[2]
        packed = data[entry.header_offset : entry.header_offset + entry.compress_size]
        if found := trouble(entry):
            yield Member(name, packed, (found,))
            continue
        try:
            with archive.open(entry) as file:
                yield Member(name, file.read(MAX_FILE + 1))
        except FAULTS_OF_ZIPS:
            yield Member(name, packed, (finding("truncated"),))
