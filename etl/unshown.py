"""Numbers that nobody sees: their cells are formatted as dates, and no date is so far away.

Excel shows ######## in their place, openpyxl reads an error and calamine the number (or fails, where the format is one
of hours). Whoever typed 20112026 into such a cell meant a day, not twenty million: it is said, never counted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, MutableMapping

from etl.plain import CELL_TYPE, Place, kind_in, place_of, tag_of
from etl.sheet import NOT_SHOWN

LATEST = 2_957_003
"""The serial number of the last day of 9999 where days are counted from 1904; of a day in 9995 from 1900."""
CELL_STYLE = re.compile(rb'\ss="([0-9]+)"')
FAR = re.compile(rb"<v(?:\s[^<>]*)?>(?![0-9]{1,6}(?:\.[0-9]*)?<)([-+.0-9eE]+)</v>")
"""A number of seven digits or more, below zero or with an exponent: few cells have one."""


def unshown_as_text(cells: bytes, dates: Collection[int], errors: MutableMapping[Place, str]) -> bytes:
    """The cells with such numbers as text, so that no reader takes them for numbers; their places join the errors."""
    pieces, end = [], 0
    for value in FAR.finditer(cells) if dates else ():
        tag = tag_of(cells, value)
        if tag and is_of(tag[3], dates) and not 0 <= float(value[1]) <= LATEST:
            errors[place_of(tag)] = NOT_SHOWN
            pieces += [cells[end : tag.start(3)], CELL_TYPE.sub(b"", tag[3]), b' t="str"']
            end = tag.end(3)
    return b"".join([*pieces, cells[end:]]) if pieces else cells


def is_of(attributes: bytes, styles: Collection[int]) -> bool:
    """Whether a cell holds a number shown in one of these styles."""
    style = CELL_STYLE.search(attributes)
    return bool(style and int(style[1]) in styles and kind_in(attributes) == b"n")
