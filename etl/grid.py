"""The rows of a sheet whose cells are all spelt plainly and so were told apart already: no parser is needed for them.

Workbooks of one template repeat themselves: what stands behind the name of a cell was nearly always met before. Where
it is not sure that the parser would make the same of a cell, the parser reads the sheet.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Sequence
from functools import lru_cache, partial
from math import isfinite
from typing import NamedTuple

from etl.book import Styles
from etl.plain import FORMULA, NUMBER, TEXT, Cells, Run
from etl.remembered import Pieces
from etl.unshown import LATEST

DAY_ZERO = dt.date(1899, 12, 30)
FIRST_DAY = 61
"""1/3/1900; before it Excel counts a day that never was."""
LINE_BREAK = b"&#10;"
CONTENT = re.compile(
    rb'(?: s="(?P<style>[0-9]+)")?'
    rb'(?:(?: t="n")?(?:/>|>' + FORMULA + rb"(?:<v>(?P<number>" + NUMBER + rb")?</v>|<v ?/>)?</c>)"
    rb'| t="s"><v>(?P<shared>[0-9]+)</v></c>'
    rb'| t="b">' + FORMULA + rb"<v>(?P<truth>[01])</v></c>"
    rb'| t="str">' + FORMULA + rb"<v>(?P<result>" + TEXT + rb")</v></c>"
    rb'| t="inlineStr"><is><t(?P<blanks> xml:space="preserve")?>(?P<inline>' + TEXT + rb")</t></is></c>)"
)
STRING = re.compile(rb'<si><t((?: xml:space="preserve")?>[^<]*+)</t></si>')
NO_STRINGS = re.compile(rb"(?:<\?xml[^<>]*>)?\s*<sst(?:\s[^<>]*)?>\s*</sst>\s*")


class Untold(Exception):
    """Only the parser can tell."""


class Filled(NamedTuple):
    """What the cells of a sheet hold, up to the last that holds something; "" for nothing."""

    values: Sequence[object] = ()
    runs: Sequence[Run] = ()
    """Where the cells of the sheet stand, row by row."""

    @property
    def height(self) -> int:
        """How many rows they reach down."""
        return next((run.row + 1 for run in reversed(self.runs) if run.start < len(self.values)), 0)

    @property
    def width(self) -> int:
        """How many columns the sheet's cells reach across."""
        return max((run.column + run.stop - run.start for run in self.runs), default=0)

    def rows(self) -> list[list[object]]:
        """All cells of the rectangle they reach."""
        width = self.width
        rows: list[list[object]] = [[""] * width for _ in range(self.height)]
        for row, column, start, stop in self.runs:
            if some := self.values[start:stop]:
                rows[row][column : column + len(some)] = some
        return rows


def filled_in(cells: Cells, styles: Styles, strings: Sequence[str]) -> Filled | None:
    """What the cells of a sheet hold; None where only the parser can tell."""
    if b"<c" in cells.odd or cells.runs is None:
        return None
    try:
        values = list(map(contents_of(styles.plain, styles.days).__getitem__, cells.contents))
        if int in set(map(type, values)):
            values = [strings[value] if type(value) is int else value for value in values]
    except (Untold, IndexError):
        return None
    while values and values[-1] == "":
        values.pop()
    return Filled(values, cells.runs)


def strings_told(xml: bytes) -> Sequence[str]:
    """The shared strings of a workbook; none where only the parser can tell."""
    pieces = STRING.split(xml)
    if not NO_STRINGS.fullmatch(b"".join(pieces[::2])):
        return ()
    try:
        return list(map(STRINGS.__getitem__, pieces[1::2]))
    except Untold:
        return ()


@lru_cache(maxsize=16)
def contents_of(plain: frozenset[int], days: frozenset[int]) -> Pieces[object]:
    """What cells hold in workbooks where these styles show numbers as they are, and those as days."""
    return Pieces(partial(content, plain=plain, days=days))


def content(xml: bytes, plain: frozenset[int], days: frozenset[int]) -> object:
    """What a cell holds, by what stands behind its name: "" for nothing, an int for the number of a shared string."""
    cell = CONTENT.fullmatch(xml)
    if cell is None:
        raise Untold
    match cell.lastgroup:
        case "number":
            return number(float(cell["number"]), cell["style"], plain, days)
        case "inline":
            return said(cell["inline"], blanks_count=bool(cell["blanks"]))
        case "shared":
            return int(cell["shared"])
        case "result":
            return said(cell["result"], blanks_count=True)
        case "truth":
            return cell["truth"] == b"1"
    return ""


def number(value: float, style: bytes | None, plain: frozenset[int], days: frozenset[int]) -> object:
    """A number, or the day it stands for."""
    if isfinite(value) and (style is None or int(style) in plain):
        return value
    if style and int(style) in days and value.is_integer() and FIRST_DAY <= value <= LATEST:
        return DAY_ZERO + dt.timedelta(value)
    raise Untold


def shared(xml: bytes) -> str:
    """A shared string, by what stands behind the start of its tag."""
    attribute, _, text = xml.partition(b">")
    return said(text, blanks_count=bool(attribute))


def said(xml: bytes, *, blanks_count: bool) -> str:
    """A text; blanks at its ends count only where the workbook says so."""
    if b"\r" in xml or b"_x" in xml or (b"&#" in xml and b"&#" in xml.replace(LINE_BREAK, b"")):
        raise Untold
    try:
        text = xml.decode()
    except UnicodeDecodeError as fault:
        raise Untold from fault
    if not blanks_count and text != text.strip():
        raise Untold
    return html.unescape(text) if "&" in text else text


STRINGS = Pieces(shared)
