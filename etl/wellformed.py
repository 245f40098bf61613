"""Whether XML is well-formed and what it says it is.

The fast parser overlooks what is not: it would read other numbers than the rest of the world, or none, without a word.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from etl.remembered import remembered

NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The two that workbooks are written in: the usual one and that of Strict Open XML."""
ROOT = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml[^<>?]*+\?>)?\s*+(<worksheet(?:\s++[\w:.-]++=(?:"[^"<>]*+"|'[^'<>]*+'))*\s*+>)"""
)
ROOT_END = b"</worksheet>"


def fault_in_sheet(upto: bytes, after: bytes) -> str:
    """What is wrong with a sheet, given in two pieces, the first of them up to the end of its cells.

    Without its plain cells, each of them is nearly always the same in all workbooks of a template, and so it is proven
    once. The second is proven within the same root. The first is proven with the root's end behind it: it is
    well-formed so only where nothing but the root is open there, and then both are what they are in the whole. Where
    that fails, the whole tells what is wrong.
    """
    root = ROOT.match(upto)
    in_pieces = root and upto.endswith(b"</sheetData>") and not remembered(fault_in_worksheet, root[1] + after)
    is_sound = in_pieces and not remembered(fault_in_worksheet, upto + ROOT_END)
    return "" if is_sound else fault_in_worksheet(upto + after)


def fault_in(xml: bytes, root: str) -> str:
    """What is wrong with a part that should begin with this element, "" where nothing is."""
    parser = expat.ParserCreate("UTF-8", "}")
    first: list[str] = []

    def note(name: str, attributes: dict[str, str]) -> None:
        first.append(name)
        parser.StartElementHandler = None

    parser.StartElementHandler = note
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as fault:
        return str(fault)
    if not first:
        return "no element"
    return "" if first[0] in [f"{namespace}}}{root}" for namespace in NAMESPACES] else f"another element: {first[0]}"


def fault_in_worksheet(xml: bytes) -> str:
    """The same of a whole sheet."""
    return fault_in(xml, "worksheet")
