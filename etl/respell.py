"""Sheets written in ways that XML allows and hardly a program uses, spelt as the look knows rows and cells."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from etl.package import MEGABYTE, Refused, counted, local, megabytes
from etl.sheet import column_letter

MAX_RESPELT = 16 * MEGABYTE
MAX_TAGS = 600_000
TEXTS = ("str", "e", "inlineStr")
REFERENCE = re.compile(r"([A-Z]{1,3})[1-9][0-9]{0,6}")


def respelt(xml: bytes, name: str) -> bytes:
    """Rows and cells in the plain spelling: their places written out, no prefixes, comments or sections."""
    if len(xml) > MAX_RESPELT:
        raise Refused("sheet_too_long", sheet=name, size=megabytes(len(xml)), limit=megabytes(MAX_RESPELT))
    if xml.count(b"<") > MAX_TAGS:
        raise Refused("too_many_cells", sheet=name, size=counted(xml.count(b"<") // 2))
    try:
        return "".join(["<sheetData>", *respelt_rows(xml), "</sheetData>"]).encode()
    except (ElementTree.ParseError, ValueError) as error:
        raise Refused("damaged_sheet", sheet=name, problem=str(error)) from error


def respelt_rows(xml: bytes) -> Iterator[str]:
    """Each row's start, cells and end."""
    row = column = 0
    for event, element in ElementTree.iterparse(io.BytesIO(xml), ("start", "end")):  # noqa: S314 (a document type was refused)
        kind = local(element.tag)
        if kind == "row" and event == "start":
            row, column = int(element.get("r", row + 1)), 0
            yield f'<row r="{row}" hidden={quoteattr(element.get("hidden", "0"))}>'
        elif kind == "c" and event == "end":
            place = element.get("r") or f"{column_letter(column)}{row}"
            column = after(place)
            yield respelt_cell(place, element)
            element.clear()
        elif kind == "row":
            yield "</row>"
            element.clear()
        elif kind == "sheetData" and event == "end":
            return


def after(place: str) -> int:
    """The index of the column after that of a cell."""
    match = REFERENCE.fullmatch(place)
    if not match:
        raise ValueError(place)
    index = 0
    for letter in match[1]:
        index = index * 26 + ord(letter) - 64
    return index


def respelt_cell(place: str, cell: ElementTree.Element) -> str:
    """One cell, with its formula as a mark only: what it says is never read."""
    attributes = "".join(f" {name}={quoteattr(said)}" for name in ("s", "t") if (said := cell.get(name)) is not None)
    children = {local(child.tag): child for child in cell}
    if len(children) < len(cell):
        raise ValueError("a cell with two values")
    content = "<f/>" if "f" in children else ""
    if "v" in children:
        value = "".join(children["v"].itertext())
        content += f"<v>{escape(value if cell.get('t', 'n') in TEXTS else value.strip())}</v>"
    if "is" in children:
        content += f'<is><t xml:space="preserve">{escape("".join(words(children["is"])))}</t></is>'
    return f'<c r="{place}"{attributes}>{content}</c>'


def words(string: ElementTree.Element) -> Iterator[str]:
    """The text of a string and of its runs, without what explains how to pronounce it."""
    for child in string:
        if local(child.tag) == "t":
            yield child.text or ""
        elif local(child.tag) == "r":
            yield from words(child)
