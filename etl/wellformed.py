"""Whether XML is well-formed and what it says it is.

The fast parser overlooks what is not: it would read other numbers than the rest of the world, or none, without a word.
"""

from __future__ import annotations

from xml.parsers import expat

NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The two that workbooks are written in: the usual one and that of Strict Open XML."""


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
