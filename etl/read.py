"""Stage 1, read: bytes to cells.

A look through the XML of each sheet tells its cells, and what parsers hide: error cells, formulas never calculated,
hidden rows, percent signs. Sheets with cells of which it cannot tell what they hold are handed to python-calamine.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from etl.book import Book, find_book
from etl.grid import strings_told
from etl.look import Seen, see
from etl.package import MEGABYTE, Package, Refused, counted, megabytes, open_package, stored
from etl.plain import MAX_CELLS, MAX_COLUMNS, Place
from etl.sheet import Sheet, Workbook

__all__ = ["MAX_CELLS", "MAX_COLUMNS", "Refused", "read"]

MAX_SHEETS_XML = 128 * MEGABYTE
Rows = list[list[object]]

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
BOOK = (
    f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{RELATION}">'
    '<workbookPr date1904="{}"/><sheets>{}</sheets></workbook>'
)
SHEET = b"<worksheet><mergeCells></mergeCells>%b</worksheet>"
"""The parser goes through a sheet a second time, up to the first it reads of merged cells: here before all others."""


def keep_all(name: str) -> bool:
    """Skips no sheet."""
    return False


def read(data: bytes, file_name: str, skip: Callable[[str], bool] = keep_all) -> Workbook:
    """The workbook in these bytes; `Refused` when there is none or it is unsafe to open.

    Sheets that `skip` answers for are named in the workbook but have no rows.
    """
    package = open_package(data, file_name)
    book = find_book(package)
    refuse_heavy(package, [part.path for part in book.parts if part.path and not skip(part.name)])
    strings = strings_told(book.supplements.get("sharedStrings", b""))
    seen = [
        see(package.part(part.path), part, book.styles, strings)
        if part.path and not skip(part.name)
        else Seen(Sheet(part.name, (), part.hidden))
        for part in book.parts
    ]
    sheets = tuple(filled(book, seen))
    return Workbook(file_name, sheets, book.has_macros, book.has_external_links)


def refuse_heavy(package: Package, paths: Sequence[str]) -> None:
    """Refuse sheets that are too much XML together, or one sheet listed again and again."""
    size = sum(package.size(path) for path in paths)
    if size > MAX_SHEETS_XML:
        raise Refused("zip_bomb", size=megabytes(size), limit=megabytes(MAX_SHEETS_XML))


def filled(book: Book, seen: Sequence[Seen]) -> Iterator[Sheet]:
    """The sheets with their rows; where need be, calamine reads them from a package made of nothing else."""
    tables = parsed(book, [each for each in seen if each.xml])
    cells = 0
    for sheet, told, xml in seen:
        table = next(tables) if xml else None
        cells += table.total_height * table.total_width if table else told.height * told.width
        if cells > MAX_CELLS:
            raise Refused("too_many_together", limit=counted(MAX_CELLS))
        rows = cast(Rows, table.to_python(skip_empty_area=False)) if table else told.rows()
        for row, column in sheet.errors:
            rows[row][column] = ""
        if sheet.uncached:
            reach(rows, sheet.uncached)
        yield replace(sheet, rows=rows) if rows else sheet


def parsed(book: Book, seen: Sequence[Seen]) -> Iterator[CalamineSheet]:
    """The sheets that the parser reads, one after the other."""
    if not seen:
        return
    with faults_refused("damaged_shared"):
        parser = CalamineWorkbook.from_filelike(io.BytesIO(packed(book, [each.xml for each in seen])))
    for position, each in enumerate(seen):
        with faults_refused("damaged_sheet", sheet=each.sheet.name):
            yield parser.get_sheet_by_index(position)


def reach(rows: Rows, places: Collection[Place]) -> None:
    """Make rows as wide and as many as these places need: calamine ends before cells it finds empty."""
    width = max(len(rows[0]) if rows else 0, 1 + max(column for _, column in places))
    rows.extend([] for _ in range(len(rows), 1 + max(row for row, _ in places)))
    for row in rows:
        row.extend([""] * (width - len(row)))


@contextmanager
def faults_refused(reason: str, sheet: str = "") -> Iterator[None]:
    """Turn what the parser cannot read into a refusal."""
    try:
        yield
    except (CalamineError, OverflowError) as error:
        raise Refused(reason, sheet=sheet, problem=str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic in Rust is no ordinary exception
            raise
        raise Refused(reason, sheet=sheet, problem=str(error)) from None


def packed(book: Book, sheets: Sequence[bytes]) -> bytes:
    """A package that holds these sheets in this order, and what their cells refer to."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="s{n}"/>' for n in numbers)
    related = [relation(f"s{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    related += [relation(kind, kind, f"{kind}.xml") for kind in book.supplements]
    return stored(
        {
            "_rels/.rels": RELATIONS.format(relation("b", "officeDocument", "xl/workbook.xml")).encode(),
            "xl/workbook.xml": BOOK.format(int(book.from_1904), listed).encode(),
            "xl/_rels/workbook.xml.rels": RELATIONS.format("".join(related)).encode(),
            **{f"xl/{kind}.xml": xml for kind, xml in book.supplements.items()},
            **{f"xl/worksheets/sheet{n}.xml": SHEET % xml for n, xml in zip(numbers, sheets, strict=True)},
        }
    )


def relation(identity: str, kind: str, target: str) -> str:
    """One relation, as a package writes it."""
    return f'<Relationship Id="{identity}" Type="{RELATION}/{kind}" Target="{target}"/>'
