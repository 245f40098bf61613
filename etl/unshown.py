"""Numbers that nobody sees: their cells are formatted as dates, and no date is so far away.

Excel shows ######## in their place, openpyxl reads an error and calamine the number (or fails, where the format is one
of hours). Whoever typed 20112026 into such a cell meant a day, not twenty million: it is said, never counted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, MutableMapping

from etl.sheet import COLUMN_LETTERS, NOT_SHOWN

LATEST = 2_957_003
"""The serial number of the last day of 9999 where days are counted from 1904; of a day in 9995 from 1900."""
CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^<>]*)>')
CELL_STYLE = re.compile(rb'\ss="([0-9]+)"')
CELL_TYPE = re.compile(rb'\st="([^"]*)"')
FAR = re.compile(rb"<v(?:\s[^<>]*)?>(?![0-9]{1,6}(?:\.[0-9]*)?<)([-+.0-9eE]+)</v>")
"""A number of seven digits or more, below zero or with an exponent: few cells have one."""
LONGEST_CELL = 20_000
COLUMN_INDEX = {letters.encode(): index for index, letters in enumerate(COLUMN_LETTERS)}


def unshown_as_text(cells: bytes, dates: Collection[int], errors: MutableMapping[tuple[int, int], str]) -> bytes:
    """The cells with such numbers as text, so that no reader takes them for numbers; their places join the errors."""
    pieces, end = [], 0
    for value in FAR.finditer(cells) if dates else ():
        start = cells.rfind(b"<c ", max(0, value.start() - LONGEST_CELL), value.start())
        tag = CELL.match(cells, start) if start >= 0 else None
        if tag and is_of(tag[3], dates) and not 0 <= float(value[1]) <= LATEST:
            errors[int(tag[2]) - 1, COLUMN_INDEX[tag[1]]] = NOT_SHOWN
            pieces += [cells[end : tag.start(3)], CELL_TYPE.sub(b"", tag[3]), b' t="str"']
            end = tag.end(3)
    return b"".join([*pieces, cells[end:]]) if pieces else cells


def is_of(attributes: bytes, styles: Collection[int]) -> bool:
    """Whether a cell holds a number shown in one of these styles."""
    style, kind = CELL_STYLE.search(attributes), CELL_TYPE.search(attributes)
    return bool(style and int(style[1]) in styles and (not kind or kind[1] == b"n"))
