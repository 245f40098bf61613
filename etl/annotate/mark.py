"""The whole of it: old marks off, new marks on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from lxml import etree
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from etl.annotate import book as books
from etl.annotate import comments
from etl.annotate.cells import Painted, paint, restore
from etl.annotate.listing import look, sheet_xml
from etl.annotate.parts import Element, Parts
from etl.annotate.styles import MINIMAL, Styles
from etl.faults import MARKED_SHEET, SEVERITIES
from etl.findings import Finding
from etl.package import Refused

SHEET = MARKED_SHEET
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
RANK = {severity: place for place, severity in enumerate(SEVERITIES)}
LONGEST_COMMENT = 1_500


class Unmarkable(Exception):
    """The file is no workbook whose parts could be patched."""


class Work(NamedTuple):
    """A workbook to be marked."""

    content: bytes
    file_name: str
    findings: tuple[Finding, ...]


def mark_or_nothing(work: Work) -> bytes | None:
    """The workbook with its findings marked, None where it cannot be: as a worker is asked for it."""
    try:
        return marked(*work)
    except Unmarkable:
        return None


def marked(data: bytes, file_name: str, findings: Iterable[Finding]) -> bytes:
    """The workbook with its findings marked. Raises Unmarkable where it is no .xlsx that can be opened."""
    ordered = sorted(findings, key=lambda each: RANK.get(each.severity, len(RANK)))
    try:
        parts = Parts(data, file_name)
        book = books.find_book(parts)
        clean(parts, book)
        painted = mark_cells(parts, book, ordered)
        part = parts.free("xl/worksheets/nq57sheet{}.xml")
        styles = Styles(parts, styles_part(parts, book), book.main)
        parts.put(part, sheet_xml(book.main, ordered, painted, look(styles)))
        books.insert_first(parts, book, SHEET, part)
        return parts.packed()
    except (Refused, etree.XMLSyntaxError, AttributeError, KeyError, ValueError) as fault:
        raise Unmarkable(file_name) from fault


def mark_cells(parts: Parts, book: books.Book, findings: Sequence[Finding]) -> dict[str, Sequence[Painted]]:
    """Colour and comment every faulty cell; returns what style each had, by sheet."""
    styles = Styles(parts, styles_part(parts, book), book.main)
    painted: dict[str, Sequence[Painted]] = {}
    for name, path in books.sheets(parts, book).items():
        those = by_cell(findings, name)
        if not those or path not in parts:
            continue
        heaviest = {cell: found[0].severity for cell, found in those.items()}
        tree = parts.tree(path)
        painted[name] = paint(tree, book.main, heaviest, styles.filled)
        comments.add(parts, book, path, {cell: words(found) for cell, found in those.items()})
    return painted


def by_cell(findings: Sequence[Finding], sheet: str) -> Mapping[str, list[Finding]]:
    """The findings of a sheet by cell, the heaviest first."""
    found: dict[str, list[Finding]] = {}
    for each in findings:
        if each.sheet == sheet and each.cell:
            found.setdefault(each.cell, []).append(each)
    return found


def words(findings: Sequence[Finding]) -> str:
    """What is wrong with a cell, what was expected, how to mend it."""
    said = [" ".join(part for part in (each.message, each.fix) if part) for each in findings]
    return ILLEGAL_CHARACTERS_RE.sub("", "\n".join(dict.fromkeys(said))[:LONGEST_COMMENT])


def clean(parts: Parts, book: books.Book) -> None:
    """Take off what was marked before."""
    listed = books.sheets(parts, book)
    if SHEET not in listed:
        return
    for sheet, painted in remembered(parts, book, listed[SHEET]).items():
        path = listed.get(sheet, "")
        if path and path in parts:
            comments.strip(parts, book, path)
            restore(parts.tree(path), book.main, painted)
    books.remove(parts, book, SHEET)


def remembered(parts: Parts, book: books.Book, path: str) -> Mapping[str, Sequence[Painted]]:
    """What our sheet says of the styles that marked cells had; a program may have saved its texts as shared strings."""
    found: dict[str, Sequence[Painted]] = {}
    shared = shared_strings(parts, book)
    for row in parts.tree(path).iter(f"{{{book.main}}}row"):
        texts = {cell.get("r", "").rstrip("0123456789"): text_of(cell, book.main, shared) for cell in row}
        if texts.get("AD") and texts.get("AE"):
            pairs = (pair.partition("=") for pair in texts["AE"].split())
            found[texts["AD"]] = [Painted(cell, int(style)) for cell, _, style in pairs if style.lstrip("-").isdigit()]
    return found


def shared_strings(parts: Parts, book: books.Book) -> list[str]:
    """The texts that cells refer to by number."""
    path = parts.related(book.path, "sharedStrings")
    if not path or path not in parts:
        return []
    return ["".join(each.itertext()) for each in parts.tree(path)]


def text_of(cell: Element, main: str, shared: Sequence[str]) -> str:
    """The text of a cell, wherever it is written."""
    if cell.get("t") == "s":
        number = cell.findtext(f"{{{main}}}v", "")
        return shared[int(number)] if number.isdigit() and int(number) < len(shared) else ""
    return "".join(str(text) for text in cell.itertext())


def styles_part(parts: Parts, book: books.Book) -> str:
    """The part with the styles, made where the workbook has none."""
    path = parts.related(book.path, "styles")
    if path and path in parts:
        return path
    path = parts.free("xl/nq57styles{}.xml")
    parts.put(path, MINIMAL.format(book.main).encode())
    parts.relate(book.path, "styles", path, book.relations)
    parts.declare(path, STYLES_TYPE)
    return path
