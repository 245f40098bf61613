"""A cell's own style with a fill: its number format, font, border and protection stay."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from etl.annotate.parts import Element, Parts

FILLS = {"error": "FFFFC7CE", "explain": "FFFFE699", "note": "FFDDEBF7"}
"""Colours that Excel itself uses for bad, neutral and information."""
MINIMAL = (
    '<styleSheet xmlns="{}"><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/>'
    '</fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>'
)


class Styles:
    """The styles of a workbook, with those of ours made as they are asked for."""

    def __init__(self, parts: Parts, path: str, main: str) -> None:
        self.main = main
        self.tree = parts.tree(path)
        self._made: dict[tuple[int, str], int] = {}
        self._fills = {severity: self._fill(colour) for severity, colour in FILLS.items()}

    def filled(self, style: int, severity: str) -> int:
        """The number of a style like `style`, with the fill of a severity."""
        key = (style, severity)
        if key not in self._made:
            formats = self._list("cellXfs")
            own = formats[style] if style < len(formats) else formats[0]
            xf = deepcopy(own)
            xf.set("fillId", str(self._fills[severity]))
            xf.set("applyFill", "1")
            self._made[key] = self._add(formats, xf)
        return self._made[key]

    def plain(self, *, bold: bool = False, size: int = 11, colour: str = "", fill: str = "", wrap: bool = True) -> int:
        """The number of a new style for our own sheet."""
        font = self._element("font")
        if bold:
            etree.SubElement(font, self._name("b"))
        etree.SubElement(font, self._name("sz"), val=str(size))
        if colour:
            etree.SubElement(font, self._name("color"), rgb=colour)
        etree.SubElement(font, self._name("name"), val="Arial")
        xf = self._element("xf", numFmtId="0", borderId="0", xfId="0", applyFont="1", applyFill="1", applyAlignment="1")
        xf.set("fontId", str(self._add(self._list("fonts"), font)))
        xf.set("fillId", str(self._fill(fill) if fill else 0))
        etree.SubElement(xf, self._name("alignment"), vertical="top", wrapText="1" if wrap else "0")
        return self._add(self._list("cellXfs"), xf)

    def _fill(self, colour: str) -> int:
        fill = self._element("fill")
        pattern = etree.SubElement(fill, self._name("patternFill"), patternType="solid")
        etree.SubElement(pattern, self._name("fgColor"), rgb=colour)
        etree.SubElement(pattern, self._name("bgColor"), indexed="64")
        return self._add(self._list("fills"), fill)

    def _add(self, those: Element, element: Element) -> int:
        those.append(element)
        those.set("count", str(len(those)))
        return len(those) - 1

    def _list(self, name: str) -> Element:
        return self.tree.find(self._name(name))

    def _name(self, name: str) -> str:
        return f"{{{self.main}}}{name}"

    def _element(self, name: str, **attributes: str) -> Element:
        return etree.Element(self._name(name), attributes)
