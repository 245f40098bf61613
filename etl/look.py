"""One look through a sheet's XML: what the parser hides is found, and what it cannot bear is kept from it.

calamine makes the whole rectangle up to the furthest cell, so a single stray one would abort the process. The look
knows rows and cells as every common program writes them (`<c r="B7" …>`); a sheet spelt otherwise is first respelt so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from etl.book import ATTRIBUTE, Part, Styles, text
from etl.counts import OF_SHEET, refuse_many
from etl.package import Refused
from etl.respell import after, respelt
from etl.sheet import COLUMN_LETTERS, Range, Sheet

MAX_ROWS = 50_000
MAX_COLUMNS = len(COLUMN_LETTERS)
MAX_CELLS = 1_000_000
"""In the rectangle of one sheet, and in those of all sheets together."""
STRAY_BELOW = 0.1
"""Where less than this share of a too large rectangle is filled, its furthest cell is a mistake, not a table."""

Place = tuple[int, int]
COLUMN_INDEX = {letters.encode(): index for index, letters in enumerate(COLUMN_LETTERS)}
LONGEST_TAG = 1000

# No pattern may look further than the next "<", or a hostile sheet would take time by the square of its length.
FORMULA = rb"<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)"

# Most sheets are told harmless by one search: every cell plain, and in the first 52 columns and 9,999 rows.
NOT_NEAR = re.compile(rb'<c(?! r="A?[A-Z][1-9][0-9]{0,3}")(?=[\s/>])')
CELL_NOT_PLAIN = re.compile(rb'<c(?! r="[A-Z]{1,3}[1-9][0-9]{0,6}")(?=[\s/>])')
ROW_NOT_PLAIN = re.compile(rb'<row(?! r="[1-9][0-9]{0,6}")(?=[\s/>])')
PREFIXED = re.compile(rb"<[^\s<>/:]*:c[\s/>]")
SINGLE_QUOTED = re.compile(rb"<(?:c|row)\s[^<>]*'")

CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^<>]*)>')
FILLED_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^<>]*(?<!/)>(?!</c>)')
EMPTY = re.compile(rb"/>|.></c>")
ERROR_MARK = re.compile(rb'\st="e"')
VALUE = re.compile(rb"(?:" + FORMULA + rb")?\s*<v(?:\s[^<>]*)?>([^<]+)")
FORMULA_WITHOUT_RESULT = re.compile(
    FORMULA.replace(b"<f", rb'<f(?<!t="str"><f)', 1) + rb"(?!\s*<v(?:\s[^<>]*)?(?<!/)>[^<])"
)
"""A result that is text was always saved, if an empty one; most programs say that it is right before the formula.
(Looked back at from behind the tag, as a search is fast only where a pattern begins with plain letters.)"""
HIDDEN_MARK = re.compile(rb'hidden="(?:1|true)"')
ROW = re.compile(rb'<row r="([0-9]+)"')
COLUMNS = re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
NUMBER = re.compile(rb"[1-9][0-9]{0,6}")
MERGED = re.compile(rb"""mergeCell ref=["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']""")


class Seen(NamedTuple):
    """A sheet without its rows yet, and the XML the parser is given of it; none where there are no rows to come."""

    sheet: Sheet
    xml: bytes = b""


def see(xml: bytes, part: Part, styles: Styles) -> Seen:
    """Look through the XML of a sheet; `Refused` where its cells reach too far."""
    refuse_many(xml, OF_SHEET, part.name)
    cells = plain_cells(xml, part.name)
    if not cells:
        return Seen(Sheet(part.name, (), part.hidden))
    errors, shown = errors_in(cells)
    sheet = Sheet(
        part.name,
        (),
        part.hidden,
        hidden_rows(cells),
        hidden_columns(xml[: xml.find(b"sheetData")]),
        errors,
        uncached_in(cells),
        percents_in(cells, styles.percents),
        merged_ranges(xml[xml.rfind(b"sheetData>") :]),
        frozenset(styles.legacy_fonts[style] for _, style in styled(cells, styles.legacy_fonts)),
    )
    return Seen(sheet, shown)


def plain_cells(xml: bytes, name: str) -> bytes:
    """The rows and cells of a sheet, spelt as the searches here know them and not too far apart."""
    start, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    cells = xml[start : end + len(b"</sheetData>")] if 0 <= start < end else b""
    if is_odd(xml[:start] if cells else xml, cells):
        cells = respelt(xml, name)
    if NOT_NEAR.search(cells):
        if CELL_NOT_PLAIN.search(cells):
            cells = respelt(xml, name)
        refuse_far(cells, name)
    return cells


def is_odd(head: bytes, cells: bytes) -> bool:
    """Whether rows or cells are written in a way that XML allows and hardly a program uses.

    Single bytes are sought first, which costs nothing: most sheets do not have them.
    """
    return bool(
        (b"!" in cells and b"<!" in cells)  # comments, and CDATA that calamine would lose
        or (b"!" in head and b"<!" in head)
        or (not cells and b":sheetData" in head)
        or (any(after.startswith(b"c") for after in cells.split(b":")) and PREFIXED.search(cells))
        or (b"'" in cells and SINGLE_QUOTED.search(cells))
        or (HIDDEN_MARK.search(cells) and ROW_NOT_PLAIN.search(cells))
    )


def refuse_far(cells: bytes, name: str) -> None:
    """Refuse a rectangle too large to be made, naming the cell that stretches it when it is nearly empty."""
    filled = rows = columns = 0
    lowest = rightmost = ""
    for cell in FILLED_CELL.finditer(cells):
        filled += 1
        place = (cell[1] + cell[2]).decode()
        row, column = int(cell[2]), after(place)
        if row > rows:
            rows, lowest = row, place
        if column > columns:
            columns, rightmost = column, place
    if rows <= MAX_ROWS and columns <= MAX_COLUMNS and rows * columns <= MAX_CELLS:
        return
    if filled < STRAY_BELOW * rows * columns:
        raise Refused("stray_cell", sheet=name, cell=lowest if rows / MAX_ROWS > columns / MAX_COLUMNS else rightmost)
    raise Refused("too_many_cells", sheet=name, size=f"{rows} × {columns}", limit=f"{MAX_ROWS} × {MAX_COLUMNS}")


def opening(cells: bytes, mark: re.Match[bytes]) -> re.Match[bytes] | None:
    """The opening tag of the cell a mark was found in, or right after."""
    return CELL.match(cells, tag_before(cells, mark))


def tag_before(cells: bytes, mark: re.Match[bytes]) -> int:
    """Where the tag begins that a mark is in, or right after."""
    return cells.rfind(b"<", max(0, mark.start() - LONGEST_TAG), mark.start())


def place_of(cell: re.Match[bytes]) -> Place:
    """Row and column of a cell's opening tag, from 0."""
    return int(cell[2]) - 1, COLUMN_INDEX[cell[1]]


def uncached_in(cells: bytes) -> frozenset[Place]:
    """Cells with a formula whose result was not saved."""
    found = (opening(cells, formula) for formula in FORMULA_WITHOUT_RESULT.finditer(cells))
    return frozenset(place_of(cell) for cell in found if cell and b't="str"' not in cell[3])


def errors_in(cells: bytes) -> tuple[Mapping[Place, str], bytes]:
    """What error cells show, and the cells with these as text: calamine gives up on errors it does not know."""
    errors: dict[Place, str] = {}

    def as_text(mark: re.Match[bytes]) -> bytes:
        cell = opening(cells, mark)
        shown = VALUE.match(cells, cell.end()) if cell and mark.end() <= cell.end() else None
        if not cell or not shown:
            return mark[0]
        errors[place_of(cell)] = text(shown[1])
        return b' t="str"'

    return (errors, ERROR_MARK.sub(as_text, cells)) if b't="e"' in cells else (errors, cells)


def percents_in(cells: bytes, styles: Collection[int]) -> frozenset[Place]:
    """Cells with a number in one of these styles."""
    numbers = (cell for cell, _ in styled(cells, styles) if b't="' not in cell[3] or b't="n"' in cell[3])
    return frozenset(place_of(cell) for cell in numbers if VALUE.match(cells, cell.end()))


def styled(cells: bytes, styles: Collection[int]) -> Iterator[tuple[re.Match[bytes], int]]:
    """Opening tags of cells in one of these styles, unless nothing can be in them."""
    if not styles:
        return
    for mark in re.finditer(rb'\ss="(%s)"' % b"|".join(b"%d" % style for style in sorted(styles)), cells):
        cell = opening(cells, mark)
        if cell and mark.end() <= cell.end() and not EMPTY.match(cells, cell.end() - 2):
            yield cell, int(mark[1])


def hidden_rows(cells: bytes) -> frozenset[int]:
    """Indices of rows that are not shown."""
    rows = (ROW.match(cells, tag_before(cells, mark)) for mark in HIDDEN_MARK.finditer(cells))
    return frozenset(int(row[1]) - 1 for row in rows if row)


def merged_ranges(tail: bytes) -> tuple[Range, ...]:
    """Ranges of cells that were made one, of those in columns that are read."""
    return tuple(
        Range(int(top) - 1, COLUMN_INDEX[left], int(bottom) - 1, COLUMN_INDEX.get(right, MAX_COLUMNS - 1))
        for left, top, right, bottom in MERGED.findall(tail)
        if left in COLUMN_INDEX
    )


def hidden_columns(head: bytes) -> frozenset[int]:
    """Indices of columns that are not shown."""
    if b"hidden=" not in head:
        return frozenset()
    columns = (dict(ATTRIBUTE.findall(each)) for each in COLUMNS.findall(head))
    hidden = (each for each in columns if each.get(b"hidden") in (b"1", b"true"))
    spans = ((each.get(b"min", b""), each.get(b"max", b"")) for each in hidden)
    return frozenset(
        index
        for first, last in spans
        if NUMBER.fullmatch(first) and NUMBER.fullmatch(last)
        for index in range(int(first) - 1, min(int(last), MAX_COLUMNS))
    )
