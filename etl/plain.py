"""Rows and cells of a sheet in the plain spelling, proven sound: well-formed, each cell once, each value what it says.

Nearly every cell is spelt alike (`<c r="B7" s="4"><v>12</v></c>`); those are told by one pattern, and only what is left
of a sheet without them needs a parser and the other searches. A sheet spelt otherwise is respelt. calamine makes the
whole rectangle up to the furthest cell, so a single stray one would abort the process: it is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.book import text
from etl.package import Refused, counted
from etl.remembered import remembered
from etl.respell import after, respelt
from etl.sheet import COLUMN_LETTERS
from etl.wellformed import fault_in_sheet

MAX_ROWS = 50_000
MAX_COLUMNS = len(COLUMN_LETTERS)
COLUMN_INDEX = {letters.encode(): index for index, letters in enumerate(COLUMN_LETTERS)}
Place = tuple[int, int]
MAX_CELLS = 1_000_000
"""In the rectangle of one sheet, and in those of all sheets together."""
STRAY_BELOW = 0.1
"""Where less than this share of a too large rectangle is filled, its furthest cell is a mistake, not a table."""
LONGEST_FORMULA = 20_000

# No pattern may look further than the next "<", or a hostile sheet would take time by the square of its length. None
# may repeat a group possessively: Python before 3.11.5 then goes on from a wrong place. `(?:x|)` is said for `(?:x)?`,
# and what is commonest stands first, since a repeated group is prepared anew for each of a thousand cells (15 %).
NUMBER = rb"-?[0-9]++(?:\.[0-9]++|)(?:[eE][-+]?[0-9]++|)"
SIGNS = rb"[^<&\x00-\x08\x0b\x0c\x0e-\x1f]*+"
ENTITY = rb"&(?:amp|lt|gt|quot|apos);"
TEXT = SIGNS + rb"(?:" + ENTITY + SIGNS + rb"(?:" + ENTITY + SIGNS + rb")*|)"
SURE_UTF8 = rb"[\xc3-\xdf][\x80-\xbf]|[\xe1-\xec][\x80-\xbf]{2}"
SIMPLE_CODE = rb"[^<&\x00-\x1f\x80-\xff]++"
CODE = rb"(?:" + SIMPLE_CODE + rb"|" + ENTITY + rb"|" + SURE_UTF8 + rb"){0,8192}"  # Excel's longest
FORMULA_TAG = rb'<f(?: [a-z]++="[^"<&>\x00-\x1f\x80-\xff]*+")*'
FORMULA = rb"(?:<f>" + SIMPLE_CODE + rb"</f>|" + FORMULA_TAG + rb"(?:/>|>" + CODE + rb"</f>)|)"
INLINE = rb'inlineStr"><is><t(?:>| xml:space="preserve">)' + TEXT + rb"</t></is>"
PLAIN_CELL = re.compile(  # in the first 52 columns and 9,999 rows
    rb'<c r="((?:A[A-Z]|[A-Z])[1-9][0-9]{0,3}+)"((?: s="[0-9]{1,5}+"|)(?:/>|><v>[0-9]++</v></c>'
    rb'| t="(?:' + INLINE + rb'|str">' + FORMULA + rb"<v>" + TEXT + rb"</v>)</c>"
    rb'|></c>|(?:(?: t="n"|)>' + FORMULA + rb"(?:<v>(?:" + NUMBER + rb"|)</v>|<v ?/>|)"
    rb'| t="(?:s"><v>[0-9]{1,9}</v>|b">' + FORMULA + rb'<v>[01]</v>|e">' + FORMULA + rb"<v>" + TEXT + rb"</v>))</c>))"
)
"""Its name, and all that stands behind."""
GAP = b"\x01"
"""Where plain cells were taken out; no XML holds it."""
IN_A_TAG = re.compile(rb"<[^<>\x01]*+\x01")
OPEN_CELL = re.compile(rb"<c\s[^<>]*+(?<!/)>")
CELL_START = re.compile(rb"<c[\s/>]")

CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^<>]*)>')
CELL_NAME = re.compile(rb'<c r="(\w+)')
NAME = re.compile(rb"([A-Z]+)([0-9]+)")
CELL_TYPE = re.compile(rb'\st="([^"]*)"')
NOT_NEAR = re.compile(rb'<c(?! r="A?[A-Z][1-9][0-9]{0,3}")(?=[\s/>])')
CELL_NOT_PLAIN = re.compile(rb'<c(?! r="[A-Z]{1,3}[1-9][0-9]{0,6}")(?=[\s/>])')
ROW_NOT_PLAIN = re.compile(rb'<row(?! r="[1-9][0-9]{0,6}")(?=[\s/>])')
FILLED_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^<>]*(?<!/)>(?!</c>)')
PREFIXED = re.compile(rb"<[^\s<>/:]*:(?:c|v|f|is|row)[\s/>]")
SINGLE_QUOTED = re.compile(rb"<(?:c|row)\s[^<>]*'")
HIDDEN_MARK = re.compile(rb'hidden="(?:1|true)"')

VALUE_NOT_PLAIN = re.compile(rb"<v(?:\s[^<>]*)?>(?!(?:" + NUMBER + rb")?</v>)([^<]*+)</v>")
TWO_VALUES = re.compile(rb"<v[\s/>](?:[^<]++|<(?!/c>|c[\s/>]|v[\s/>]))*<v[\s/>]")
SHARED_NOT_PLAIN = re.compile(rb't="s"[^<>]*><v(?:\s[^<>]*)?>(?![0-9]{1,9}</v>)')
STYLE_NOT_PLAIN = re.compile(rb'<c\s(?:[^<>]*\s)?s\s*=\s*"(?![0-9]{1,9}")')
"""calamine overlooks it; Excel mends such a file at its discretion and openpyxl fails."""
WANTED = {
    b"n": re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"), b"s": re.compile(r"[0-9]+"),
    b"b": re.compile(r"0|1|true|false"),
    **dict.fromkeys((b"str", b"e", b"d", b"inlineStr"), re.compile(r".*", re.DOTALL)),
}  # fmt: skip
"""What may stand in cells of each type."""
NUMBERS = frozenset({b"n", b"s", b"b"})


class Run(NamedTuple):
    """Cells of a sheet that stand one beside the other."""

    row: int
    column: int
    start: int
    """Which of the sheet's cells is the first of them,"""
    stop: int
    """and which comes after the last."""


class Cells(NamedTuple):
    """Rows and cells; `odd` is what is left of them without those that are spelt plainly."""

    xml: bytes
    odd: bytes
    names: Sequence[bytes] = ()
    """Of the cells that are not in `odd`,"""
    contents: Sequence[bytes] = ()
    """and what stands behind the name of each."""
    runs: Sequence[Run] | None = ()
    """Where they stand; None where they do not come row by row, from left to right."""


def plain_cells(xml: bytes, name: str) -> Cells:
    """The rows and cells of a sheet; `Refused` where they are not sound or too far apart."""
    place = cells_in(xml)
    cells = told_apart(xml, place, name)
    head = xml[: place.start] if cells.xml else xml
    if is_odd(head, cells.odd) or CELL_NOT_PLAIN.search(cells.odd) or has_odd_values(cells.odd, name):
        cells = everything_odd(respelt(xml, name))
        has_odd_values(cells.odd, name)
    if NOT_NEAR.search(cells.odd):
        refuse_far(cells.xml, name)
    cells = cells._replace(runs=remembered(runs_of, b" ".join(cells.names)))
    if STYLE_NOT_PLAIN.search(cells.odd):
        raise Refused("damaged_sheet", sheet=name, problem="a style that is no number")
    if SHARED_NOT_PLAIN.search(cells.odd) or TWO_VALUES.search(cells.odd) or has_twice(cells):
        raise Refused("damaged_sheet", sheet=name, problem="a string or a cell that two readers read differently")
    return cells


def cells_in(xml: bytes) -> slice:
    """Where the rows and cells of a sheet stand, if they stand where every common program writes them."""
    start, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    return slice(start, end + len(b"</sheetData>")) if 0 <= start < end else slice(0, 0)


def told_apart(xml: bytes, place: slice, name: str) -> Cells:
    """The plain cells and the rest; a sheet is well-formed exactly where it is so without cells that are.

    But for cells that only seem to be ones: in a comment there is a "<!", in a tag or in another cell they are refused.
    """
    cells = xml[place]
    pieces = PLAIN_CELL.split(cells)
    rest = b"".join(pieces[::3])
    is_plain = bool(cells) and rest.count(b"<") == rest.count(b">") and b"<!" not in rest and b"<?" not in rest
    if fault := fault_in_sheet(xml[: place.start] + (rest if is_plain else cells), xml[place.stop :]):
        raise Refused("damaged_sheet", sheet=name, problem=fault)
    if (many := len(pieces) // 3 + rest.count(b"<c ")) > MAX_CELLS:
        raise Refused("too_many_cells", sheet=name, size=counted(many))
    if is_plain and remembered(are_misplaced, GAP.join(pieces[::3])):
        raise Refused("damaged_sheet", sheet=name, problem="a cell within another or within a tag")
    if not is_plain:
        return everything_odd(cells)
    return Cells(cells, rest, pieces[1::3], pieces[2::3])


def runs_of(names: bytes) -> Sequence[Run] | None:
    """Where cells of these names stand; the same in all workbooks that left the template as it was."""
    firsts: list[tuple[Place, int]] = []
    row = column = number = -1
    for number, name in enumerate(NAME.finditer(names)):
        before = row, column
        row, column = place_of(name)
        if (row, column) <= before:
            return None
        if (row, column - 1) != before:
            firsts.append(((row, column), number))
    stops = [*[first for _, first in firsts], number + 1][1:]
    return tuple(Run(*place, first, stop) for (place, first), stop in zip(firsts, stops, strict=True))


def has_twice(cells: Cells) -> bool:
    """Whether a cell is there twice."""
    others = CELL_NAME.findall(cells.odd)
    if cells.runs is not None and not others:
        return False
    names = [*cells.names, *others]
    return len(set(names)) < len(names)


def are_misplaced(around: bytes) -> bool:
    """Whether a cell stands within a tag or within another cell, given what is around the plain ones."""
    if IN_A_TAG.search(around):
        return True
    for opened in OPEN_CELL.finditer(around):
        end = around.find(b"</c>", opened.end())
        inside = around[opened.end() : end if end >= 0 else len(around)]
        if GAP in inside or CELL_START.search(inside):
            return True
    return False


def everything_odd(cells: bytes) -> Cells:
    """Cells none of which is known to be plain."""
    return Cells(cells, cells)


def is_odd(head: bytes, cells: bytes) -> bool:
    """Whether rows or cells are written in a way that XML allows and hardly a program uses.

    Single bytes are sought first, which costs nothing: most sheets do not have them.
    """
    return bool(
        (b"!" in cells and b"<!" in cells)  # comments, and CDATA that calamine would lose
        or (b"!" in head and b"<!" in head)
        or (b"?" in cells and b"<?" in cells)
        or (not cells and b":sheetData" in head)
        or (b":" in cells and PREFIXED.search(cells))
        or (b"'" in cells and SINGLE_QUOTED.search(cells))
        or (HIDDEN_MARK.search(cells) and ROW_NOT_PLAIN.search(cells))
    )


def has_odd_values(cells: bytes, name: str) -> bool:
    """Whether a number is written in a way that calamine takes for text, as between blanks.

    A value that is not at all what its cell says it is, is refused: one reader takes it for text, another fails.
    """
    odd = False
    for value in VALUE_NOT_PLAIN.finditer(cells):
        kind, said = type_of(cells, value), text(value[1]).strip()
        if kind not in WANTED or not WANTED[kind].fullmatch(said):
            raise Refused("damaged_sheet", sheet=name, problem=f"value {said[:20]}")
        odd = odd or (kind in NUMBERS and said.encode() != value[1])
    return odd


def type_of(cells: bytes, value: re.Match[bytes]) -> bytes:
    """The type of the cell that a value stands in; "?" where it stands in none."""
    tag = tag_of(cells, value)
    return kind_in(tag[3]) if tag else b"?"


def tag_of(cells: bytes, value: re.Match[bytes]) -> re.Match[bytes] | None:
    """The opening tag of the cell that a value stands in."""
    start = cells.rfind(b"<c ", max(0, value.start() - LONGEST_FORMULA), value.start())
    return CELL.match(cells, start) if start >= 0 else None


def kind_in(attributes: bytes) -> bytes:
    """The type of a cell with these attributes."""
    kind = CELL_TYPE.search(attributes)
    return kind[1] if kind else b"n"


def place_of(cell: re.Match[bytes]) -> Place:
    """Row and column of a cell, from 0, by a match whose first groups are its letters and its number."""
    return int(cell[2]) - 1, COLUMN_INDEX[cell[1]]


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
    raise Refused("too_many_cells", sheet=name, size=f"{counted(rows)} × {counted(columns)}")
