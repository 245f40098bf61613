"""The file that was sent: named for what it is when it is no workbook, refused when it is unsafe, opened when neither.

A workbook is a zip of XML parts. Only parts that hold values are inflated, each once and never past the size it
declares, and `stored` packs them again: the parser then sees nothing that was not looked at here.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from isal import isal_zlib

MEGABYTE = 1024 * 1024
MAX_FILE = 10 * MEGABYTE
MAX_INFLATED = 512 * MEGABYTE
MAX_PART = 64 * MEGABYTE
"""One part that is read; a sheet of this size has over a million cells."""
MAX_RATIO = 200
RATIO_FROM = 4 * MEGABYTE
"""Honest parts shrink 6 to 60 times; a small one of one repeated row may do better, and can do no harm."""
MAX_ENTRIES = 5000

INFLATE_ERROR = cast(type[Exception], isal_zlib.error)  # its stubs call it an instance
UTF8_NAME = 0x800
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STREAMS = (
    ("EncryptedPackage", "encrypted"), ("Workbook\0", "old_xls"), ("Book\0", "old_xls"), ("WordDocument", "word"),
)  # fmt: skip
SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"\x09\x00\x04\x00", "old_xls"),  # Excel 2, 3 and 4 wrote their records without a container
    (b"\x09\x02\x06\x00", "old_xls"),
    (b"\x09\x04\x06\x00", "old_xls"),
    (b"PK\5\6", "not_workbook"),  # a zip of nothing
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\0", "image"),
    (b"{\\rtf", "word"),
    (b"\x00\x05\x16\x07", "mac_side_file"),
)
TEXT_MARKS = (
    ("urn:schemas-microsoft-com:office:spreadsheet", "old_xls"),  # "XML Spreadsheet 2003", usually named .xls
    ("urn:oasis:names:tc:opendocument", "ods"),
    ("<!doctype html", "html"),
    ("<html", "html"),
    ("<table", "html"),
    ("mime-version:", "html"),  # a page saved whole, as "web archive"
)
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1b"))
DECLARATION = re.compile(rb"\s*<\?xml\b[^>]*\?>")
ROOT = re.compile(rb"<[^?!]")
ENCODING = re.compile(rb"encoding\s*=\s*[\"']([\w.:-]+)")

ENCODINGS = re.compile(r"utf-?16(?:-?[lb]e)?|iso-?8859-\d{1,2}|latin-?1|windows-125\d|cp125\d")


class Refused(Exception):
    """The file cannot be read as a workbook: a stable reason, and details for the sentence that says so."""

    def __init__(self, reason: str, **details: str) -> None:
        super().__init__(reason, details)
        self.reason = reason
        self.details = details


@dataclass(frozen=True, slots=True)
class Package:
    """A zip whose names and sizes were found harmless."""

    data: bytes
    entries: Mapping[str, zipfile.ZipInfo]
    """By part name in lower case: the names of parts are compared without case."""

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.entries

    def size(self, name: str) -> int:
        """How many bytes a part declares to be, 0 when it is missing."""
        entry = self.entries.get(name.lower())
        return entry.file_size if entry else 0

    def part(self, name: str) -> bytes:
        """The XML of a part in UTF-8, without a document type and as long as it was declared to be."""
        xml = in_utf8(self.inflated(name), name)
        root = ROOT.search(xml)
        if b"<!" in xml[: root.start() if root else None] and b"<!DOCTYPE" in xml:
            raise Refused("doctype", name=name)
        return xml

    def inflated(self, name: str) -> bytes:
        """The bytes of a part."""
        entry = self.entries.get(name.lower())
        if entry is None:
            raise damaged(name, "missing")
        if entry.file_size > MAX_PART:
            raise Refused("zip_bomb", name=name, size=megabytes(entry.file_size), limit=megabytes(MAX_PART))
        header = self.data[entry.header_offset : entry.header_offset + 30]
        if len(header) < 30 or not header.startswith(b"PK\3\4"):
            raise damaged(name, "header")
        name_length, extra_length = struct.unpack_from("<2H", header, 26)
        start = entry.header_offset + 30 + name_length + extra_length
        named = self.data[entry.header_offset + 30 : entry.header_offset + 30 + name_length]
        encoding = "utf-8" if entry.flag_bits & UTF8_NAME or named.isascii() else "cp437"
        if named.decode(encoding, "replace") != entry.orig_filename:
            raise damaged(name, "name")  # two names are two workbooks to two readers
        return unpacked(memoryview(self.data)[start : start + entry.compress_size], entry)


def sha256_of(data: bytes) -> str:
    """The content hash a workbook is known by."""
    return hashlib.sha256(data).hexdigest()


def open_package(data: bytes, file_name: str) -> Package:
    """The package in these bytes; `Refused` when they are something else or would do harm."""
    refuse_other_kinds(data, file_name)
    listed = data.count(b"PK\1\2")  # counted before zipfile makes an object of each
    if listed > MAX_ENTRIES:
        raise Refused("too_many_entries", size=str(listed), limit=str(MAX_ENTRIES))
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, struct.error) as error:
        raise Refused("truncated", size=megabytes(len(data))) from error
    refuse_unsafe(entries)
    return Package(data, by_name(entries))


def stored(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts, not compressed."""
    files, directory, offset = [], [], 0
    for name, content in parts.items():
        path, size = name.encode(), len(content)
        common = struct.pack("<5H3L2H", 20, 0, 0, 0, 33, zlib.crc32(content), size, size, len(path), 0)
        files += [b"PK\3\4", common, path, content]
        directory += [b"PK\1\2\x14\0", common, struct.pack("<3H2L", 0, 0, 0, 0, offset), path]
        offset += 30 + len(path) + size
    listing = b"".join(directory)
    end = struct.pack("<4H2LH", 0, 0, len(parts), len(parts), len(listing), offset, 0)
    return b"".join([*files, listing, b"PK\5\6", end])


def refuse_other_kinds(data: bytes, file_name: str) -> None:
    """Refuse what is no zip, by what it is."""
    name = file_name.replace("\\", "/").rpartition("/")[2]
    zipped = data.startswith(b"PK\3\4")
    if name.startswith(("~$", ".~lock.")) and not zipped:
        raise Refused("lock_file")
    if not data.strip(b"\0"):  # a copy that was broken off may leave nothing but zeros
        raise Refused("empty")
    if len(data) > MAX_FILE:
        raise Refused("too_large", limit=megabytes(MAX_FILE))
    if not zipped:
        raise other_kind(data)


def other_kind(data: bytes) -> Refused:
    """What a file is that is no zip, told from its content: names lie."""
    if data.startswith(OLE):
        reasons = (reason for stream, reason in STREAMS if stream.encode("utf-16-le") in data)
        return Refused(next(reasons, "not_zip"))
    for signature, reason in SIGNATURES:
        if data.startswith(signature):
            return Refused(reason)
    text = first_text(data[:8192])
    reasons = (reason for mark, reason in TEXT_MARKS if mark in text)
    return Refused(next(reasons, "csv_text" if text else "not_zip"))


def first_text(head: bytes) -> str:
    """The first characters in lower case, "" when they are not text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # what Excel calls Unicode text
        return head.decode("utf-16", "replace").lower()
    return "" if head.translate(None, CONTROLS) != head else head.decode("utf-8", "replace").lower()


def refuse_unsafe(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse passwords, paths that lead out of the package and what would inflate without measure."""
    inflated = sum(entry.file_size for entry in entries)
    if inflated > MAX_INFLATED:
        raise Refused("zip_bomb", size=megabytes(inflated), limit=megabytes(MAX_INFLATED))
    for entry in entries:
        if entry.flag_bits & 1:
            raise Refused("encrypted", name=entry.filename)
        if leads_out(entry.filename):
            raise Refused("absolute_names", name=entry.filename)
        if inflates_unduly(entry):
            raise Refused("zip_bomb", name=entry.filename, size=megabytes(entry.file_size))


def leads_out(name: str) -> bool:
    """Whether the name of an entry leads out of its zip."""
    steps = name.replace("\\", "/").split("/")
    return not steps[0] or ".." in steps or ":" in steps[0]


def inflates_unduly(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry becomes so much larger than it is packed that it can only be meant to do harm."""
    return entry.file_size > max(RATIO_FROM, MAX_RATIO * entry.compress_size)


def by_name(entries: list[zipfile.ZipInfo]) -> Mapping[str, zipfile.ZipInfo]:
    """Entries by part name; a name given twice would be two different workbooks to two readers."""
    named: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        if named.setdefault(entry.filename.replace("\\", "/").lower(), entry) is not entry:
            raise Refused("duplicate_names", name=entry.filename)
    return named


def unpacked(packed: memoryview, entry: zipfile.ZipInfo) -> bytes:
    """The content of an entry, which is what it declares."""
    if entry.compress_type == zipfile.ZIP_STORED:
        content = bytes(packed)
    elif entry.compress_type != zipfile.ZIP_DEFLATED:
        raise damaged(entry.filename, "compression")
    elif is_whole(content := inflated_fast(packed, entry.file_size), entry):
        return content
    else:  # the last word has what nearly all programs open a workbook with
        content = inflated_by_zlib(packed, entry)
    if not is_whole(content, entry):
        raise damaged(entry.filename, "checksum")
    return content


def inflated_fast(packed: memoryview, size: int) -> bytes:
    """What is packed, in half the time of zlib; at most one byte more than this size, and nothing where it is wrong."""
    try:
        return isal_zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)
    except INFLATE_ERROR:
        return b""


def inflated_by_zlib(packed: memoryview, entry: zipfile.ZipInfo) -> bytes:
    """What is packed; at most one byte more than the entry declares."""
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)
    except zlib.error as error:
        raise damaged(entry.filename, "compression") from error


def is_whole(content: bytes, entry: zipfile.ZipInfo) -> bool:
    """Whether the content of an entry is what it declares."""
    return len(content) == entry.file_size and zlib.crc32(content) == entry.CRC


def in_utf8(xml: bytes, name: str) -> bytes:
    """A part in UTF-8. Other encodings are allowed but rare, so that every search here speaks UTF-8 only."""
    declaration = DECLARATION.match(xml)
    encoding = ENCODING.search(declaration[0]) if declaration else None
    declared = encoding[1].decode().lower() if encoding else "utf-8"
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        declared = "utf-16"
    elif b"\0" in xml[:4]:
        declared = "utf-16-le" if xml[1:2] == b"\0" else "utf-16-be"
    if declared in ("utf-8", "utf8", "us-ascii", "ascii"):
        return xml
    if not ENCODINGS.fullmatch(declared):  # Python knows others, some of which take long on purpose
        raise damaged(name, "encoding")
    try:
        return DECLARATION.sub(b"", xml.decode(declared).encode(), count=1)
    except (LookupError, ValueError) as error:
        raise damaged(name, "encoding") from error


def damaged(name: str, problem: str) -> Refused:
    """The refusal of a part that is not as a workbook's should be."""
    return Refused("damaged", name=name, problem=problem)


def megabytes(size: int) -> str:
    """A size, rounded up so that one just over a limit does not read as the limit."""
    return f"{-(-size // MEGABYTE)} MB"


def counted(number: int) -> str:
    """A count as Vietnamese write it."""
    return f"{number:,}".replace(",", ".")


def local(tag: str) -> str:
    """A name without its namespace: Strict Open XML differs from the usual one in those only."""
    return tag.rpartition("}")[2]
