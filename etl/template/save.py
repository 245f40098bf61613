"""Writing a workbook to a file: openpyxl's own writer, with the two costly things done once or plainly.

Most of the time of saving goes into describing each cell as an XML element and into checks and colours that are the
same in a hundred workbooks. Here cells become text directly, and what workbooks share is described once a process.
The file is the same from day to day: the times inside it are the period's, not the clock's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import cast
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.packaging.extended import ExtendedProperties
from openpyxl.packaging.manifest import Manifest
from openpyxl.packaging.relationship import RelationshipList
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.workbook._writer import WorkbookWriter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.theme import theme_xml
from openpyxl.xml.constants import (
    ARC_APP,
    ARC_CORE,
    ARC_ROOT_RELS,
    ARC_STYLE,
    ARC_THEME,
    ARC_WORKBOOK,
    ARC_WORKBOOK_RELS,
)

from etl.template.inside import inner, tables
from etl.template.look import SHARED_TABLES, palette
from etl.template.sheet_xml import columns_xml, rows_xml, xml

HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
FOOT = b"</worksheet>"
COMPRESSION = 5
"""Half the time of the highest one, and a fortieth more bytes."""
ZIP_TIME = (2026, 1, 1, 0, 0, 0)


class Kept:
    """A part of a sheet that many workbooks share, as a key of a cache: equal to nothing but itself."""

    __slots__ = ("part",)

    def __init__(self, part: ConditionalFormattingList | DataValidationList | Workbook) -> None:
        self.part = part

    def __hash__(self) -> int:
        return id(self.part)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept) and other.part is self.part


class Parts:
    """Where openpyxl's writer sends the parts of a sheet; kept as bytes."""

    def __init__(self) -> None:
        self.written: list[bytes] = [HEAD]

    def send(self, element: object) -> None:
        """Take one part, as openpyxl gives it."""
        if element is not None:
            self.written.append(xml(element))


class SheetWriter(WorksheetWriter):
    """openpyxl's writer of a sheet of cells (no charts, no comments), with the costly parts written as text."""

    def __init__(self, sheet: Worksheet) -> None:
        inside = inner(sheet)
        inside._hyperlinks, inside._comments, inside._drawing = [], [], None
        inside._rels = self._rels = RelationshipList()
        self.ws = self.sheet = sheet
        self.parts = Parts()
        setattr(self, "xf", self.parts)  # noqa: B010 - openpyxl means a generator, and only ever sends to it

    def add(self, text: str | bytes) -> None:
        """Take one part, already written."""
        self.parts.written.append(text.encode() if isinstance(text, str) else text)

    def write_rows(self) -> None:
        self.add(rows_xml(self.sheet))

    def write_cols(self) -> None:
        self.add(columns_xml(self.sheet))

    def write_dimensions(self) -> None:
        """Left out: it is optional, and readers that believe a wrong one lose cells."""

    def write_header(self) -> None:
        foot = self.sheet.oddFooter
        left, right = (part.text if part else "" for part in (foot.left, foot.right)) if foot else ("", "")
        self.add(
            f"<headerFooter><oddFooter>{escape(f'&L{left or str()}&R{right or str()}')}</oddFooter></headerFooter>"
        )

    def write_merged_cells(self) -> None:
        merged = [area.coord for area in self.sheet.merged_cells.ranges]
        if merged:
            inside = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
            self.add(f'<mergeCells count="{len(merged)}">{inside}</mergeCells>')

    def write_formatting(self) -> None:
        formatting = self.sheet.conditional_formatting
        self.add(formatting_xml(Kept(formatting), len(formatting)))

    def write_validations(self) -> None:
        validations = self.sheet.data_validations
        self.add(validations_xml(Kept(validations), len(validations.dataValidation)))

    def all_written(self) -> bytes:
        """The whole sheet."""
        self.write_top()
        self.write_rows()
        self.write_tail()
        return b"".join([*self.parts.written, FOOT])


@lru_cache(maxsize=256)
def formatting_xml(formatting: Kept, count: int) -> bytes:
    """The colours put on by what cells hold; `count` tells a list that has grown since."""
    return b"".join(xml(part.to_tree()) for part in cast(ConditionalFormattingList, formatting.part))


@lru_cache(maxsize=256)
def validations_xml(validations: Kept, count: int) -> bytes:
    """The checks made while typing; `count` tells a list that has grown since."""
    return xml(cast(DataValidationList, validations.part).to_tree()) if count else b""


def stylesheet_xml(book: Workbook) -> bytes:
    """The table of styles; described once for all workbooks that share it and have added nothing to it."""
    own, shared = tables(book, SHARED_TABLES), tables(palette(), SHARED_TABLES)
    if any(own[name] is not shared[name] for name in SHARED_TABLES):
        return xml(write_stylesheet(book))
    sizes = tuple(len(getattr(table, "styles", table)) for table in own.values())  # type: ignore[arg-type]
    return shared_stylesheet(Kept(palette()), sizes)


@lru_cache(maxsize=4)
def shared_stylesheet(book: Kept, sizes: tuple[int, ...]) -> bytes:
    """The shared table of styles, of these sizes."""
    return xml(write_stylesheet(cast(Workbook, book.part)))


def save(book: Workbook, path: Path) -> None:
    """Write the workbook to a file."""
    path.write_bytes(as_bytes(book))


def as_bytes(book: Workbook) -> bytes:
    """The workbook as the bytes of a file."""
    buffer = BytesIO()
    book.properties.modified = book.properties.created or dt.datetime(*ZIP_TIME)
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=COMPRESSION) as archive:
        for name, data in members(book):
            entry = ZipInfo(name, ZIP_TIME)
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, data, ZIP_DEFLATED, COMPRESSION)
    return buffer.getvalue()


def members(book: Workbook) -> Iterator[tuple[str, str | bytes]]:
    """The parts of the file by name."""
    manifest = Manifest()
    for index, sheet in enumerate(book.worksheets, start=1):
        inner(sheet)._id = index
        yield sheet.path[1:], SheetWriter(sheet).all_written()
        manifest.append(sheet)
    yield ARC_APP, xml(ExtendedProperties().to_tree())
    yield ARC_CORE, xml(book.properties.to_tree())
    yield ARC_THEME, theme_xml
    yield ARC_STYLE, stylesheet_xml(book)
    writer = WorkbookWriter(book)
    for name, write in (
        (ARC_ROOT_RELS, writer.write_root_rels), (ARC_WORKBOOK, writer.write), (ARC_WORKBOOK_RELS, writer.write_rels),
    ):  # fmt: skip
        yield name, cast(Callable[[], str | bytes], write)()
    manifest.append(book)
    yield manifest.path, xml(manifest.to_tree())
