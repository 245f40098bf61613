"""One look through the XML of a sheet: what the parser hides is found. It knows rows and cells spelt plainly only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from etl.book import ATTRIBUTE, Part, Styles, text
from etl.counts import OF_SHEET, refuse_many
from etl.grid import Filled, filled_in
from etl.plain import CELL, COLUMN_INDEX, HIDDEN_MARK, MAX_COLUMNS, Place, place_of, plain_cells
from etl.remembered import remembered
from etl.sheet import Range, Sheet
from etl.unshown import unshown_as_text

LONGEST_TAG = 1000

# No pattern may look further than the next "<", or a hostile sheet would take time by the square of its length.
FORMULA = rb"<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)"

UNSTYLED_CELL = re.compile(rb'<c r="[A-Z]+[0-9]+"(?![^<>]*\ss=)')
EMPTY = re.compile(rb"/>|.></c>")
ERROR_MARK = re.compile(rb'\st="e"')
VALUE = re.compile(rb"(?:" + FORMULA + rb")?\s*<v(?:\s[^<>]*)?>([^<]+)")
FORMULA_WITHOUT_RESULT = re.compile(
    FORMULA.replace(b"<f", rb'<f(?<!t="str"><f)', 1) + rb"(?!\s*<v(?:\s[^<>]*)?(?<!/)>[^<])"
)
"""A result that is text was always saved, if an empty one; most programs say that it is right before the formula.
(Looked back at from behind the tag, as a search is fast only where a pattern begins with plain letters.)"""
ROW = re.compile(rb'<row r="([0-9]+)"')
COLUMNS = re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
NUMBER = re.compile(rb"[1-9][0-9]{0,6}")
MERGED = re.compile(rb"""mergeCell ref=["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']""")


class Seen(NamedTuple):
    """A sheet without its rows yet: what is filled in, or the XML for the parser where only that can tell."""

    sheet: Sheet
    filled: Filled = Filled()
    xml: bytes = b""


def see(xml: bytes, part: Part, styles: Styles, strings: Sequence[str]) -> Seen:
    """Look through the XML of a sheet; `Refused` where its cells reach too far."""
    refuse_many(xml, OF_SHEET, part.name)
    found = plain_cells(xml, part.name)
    cells = found.xml
    if not cells:
        return Seen(Sheet(part.name, (), part.hidden))
    head, tail = xml[: xml.find(b"sheetData")], xml[xml.rfind(b"sheetData>") :]
    if styles.first_counts:  # calamine and the searches here know the style of a cell only where it is named
        cells = UNSTYLED_CELL.sub(rb'\g<0> s="0"', cells)
    filled = None if styles.first_counts else filled_in(found, styles, strings)
    errors: dict[Place, str] = {}
    shown = b""
    if filled is None:
        errors, shown = errors_in(cells)
        shown = unshown_as_text(shown, styles.dates, errors)
    sheet = Sheet(
        part.name,
        (),
        part.hidden,
        hidden_rows(found.odd),
        hidden_columns(head),
        errors,
        uncached_in(cells),
        percents_in(cells, styles.percents),
        remembered(merged_ranges, tail),
        frozenset(styles.legacy_fonts[style] for _, style in styled(cells, styles.legacy_fonts)),
    )
    return Seen(sheet, filled or Filled(), shown)


def opening(cells: bytes, mark: re.Match[bytes]) -> re.Match[bytes] | None:
    """The opening tag of the cell a mark was found in, or right after."""
    return CELL.match(cells, tag_before(cells, mark))


def tag_before(cells: bytes, mark: re.Match[bytes]) -> int:
    """Where the tag begins that a mark is in, or right after."""
    return cells.rfind(b"<", max(0, mark.start() - LONGEST_TAG), mark.start())


def uncached_in(cells: bytes) -> frozenset[Place]:
    """Cells with a formula whose result was not saved."""
    if b"<f" not in cells:
        return frozenset()
    found = (opening(cells, formula) for formula in FORMULA_WITHOUT_RESULT.finditer(cells))
    return frozenset(place_of(cell) for cell in found if cell and b't="str"' not in cell[3])


def errors_in(cells: bytes) -> tuple[dict[Place, str], bytes]:
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
