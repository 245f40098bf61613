"""What a workbook says of itself before any sheet is opened: which sheets it has and where, and how cells look."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import join, normpath, split
from typing import NamedTuple
from xml.etree import ElementTree

from etl.counts import OF_STRINGS, OF_STYLES, refuse_many
from etl.package import MEGABYTE, Package, Refused, damaged, local

MAX_SHEETS = 255
MAX_INDEX = 4 * MEGABYTE
LONGEST_FORMAT = 255

ATTRIBUTE = re.compile(rb"(?<![\w:.-])([\w:.-]++)\s*+=\s*+[\"']([^\"'<]*)[\"']")
STYLE = re.compile(rb"<(?:\w+:)?xf((?:\s[^<>]*)?)/?>")
STYLE_FORMAT = re.compile(rb"\bnumFmtId\s*=\s*[\"']([0-9]+)")
STYLE_FONT = re.compile(rb"\bfontId\s*=\s*[\"']([0-9]+)")
NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^<>]*)>")
PERCENT_FORMATS = frozenset({b"9", b"10"})
"""Excel's own; those a workbook adds are found by their sign."""
NOT_A_SIGN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
FONT_START = re.compile(rb"<(?:\w+:)?font[\s/>]")
LEGACY_FONT = re.compile(rb"[\"'](\.Vn[^\"'<]*|VNI-[^\"'<]*)[\"']")
SHARED_STRINGS = re.compile(rb"<((?:[\w.-]+:)?sst)(?:\s[^<>]*)?>")
NAMES_END = b"</definedNames>"
MACROS = frozenset({"vbaProject", "xlMacrosheet", "xlIntlMacrosheet"})


class Part(NamedTuple):
    """A sheet as the workbook lists it; `path` is empty for a sheet without cells, such as a chart."""

    name: str
    path: str
    hidden: bool


class Relation(NamedTuple):
    """How one part of the package refers to another."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Styles:
    """What matters of the styles that cells refer to by number."""

    percents: frozenset[int] = frozenset()
    legacy_fonts: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """What the package says of itself, before any sheet is opened."""

    parts: tuple[Part, ...]
    supplements: Mapping[str, bytes]
    """What cells refer to: shared strings and styles."""
    styles: Styles
    from_1904: bool
    has_macros: bool
    has_external_links: bool


def find_book(package: Package) -> Book:
    """What the package says of itself; `Refused` when it is not a workbook's."""
    path = main_part(package)
    root = tree(package, path, without_names)
    if local(root.tag) != "workbook":
        raise Refused("not_workbook", kind=local(root.tag))
    relations = relations_of(package, path)
    parts = tuple(listed_sheets(root, relations))
    if not any(part.path for part in parts):
        raise Refused("no_sheets")
    if len(parts) > MAX_SHEETS:
        raise Refused("too_many_sheets", size=str(len(parts)), limit=str(MAX_SHEETS))
    paths = {each.kind: each.path for each in relations.values()}
    supplements = {
        kind: package.part(paths[kind]) for kind in ("sharedStrings", "styles") if paths.get(kind, "") in package
    }
    refuse_many(supplements.get("styles", b""), OF_STYLES)
    refuse_many(supplements.get("sharedStrings", b""), OF_STRINGS)
    styles = styles_in(supplements.get("styles", b""))
    if "sharedStrings" in supplements:
        supplements["sharedStrings"] = uncounted(supplements["sharedStrings"])
    from_1904 = any(child.get("date1904") in ("1", "true", "on") for child in root)
    return Book(parts, supplements, styles, from_1904, not paths.keys().isdisjoint(MACROS), "externalLink" in paths)


def uncounted(shared_strings: bytes) -> bytes:
    """Shared strings without their number, for which calamine would set memory aside on trust."""
    roots = 1 if shared_strings.count(b"sst") <= 2 else 0  # 0 is all: the letters may be anywhere
    return SHARED_STRINGS.sub(rb"<\1>", shared_strings, count=roots)


def main_part(package: Package) -> str:
    """The path of the part that lists the sheets."""
    if "mimetype" in package and b"opendocument.spreadsheet" in package.inflated("mimetype"):
        raise Refused("ods")
    paths = [each.path for each in relations_of(package, "").values() if each.kind == "officeDocument"]
    path = paths[0] if paths else "xl/workbook.xml"
    if path.lower().endswith(".bin"):
        raise Refused("xlsb")
    if path.lower().startswith("word/"):
        raise Refused("word")
    if not paths and path not in package:
        raise Refused("not_workbook")
    return path


def listed_sheets(root: ElementTree.Element, relations: Mapping[str, Relation]) -> Iterator[Part]:
    """The sheets of a workbook in their order."""
    for sheet in (each for child in root if local(child.tag) == "sheets" for each in child):
        identity = next((value for key, value in sheet.attrib.items() if local(key) == "id"), "")
        if identity not in relations:
            raise Refused("damaged_sheet", sheet=sheet.get("name", ""), problem="relation")
        kind, path = relations[identity]
        hidden = sheet.get("state", "visible") != "visible"
        yield Part(sheet.get("name", ""), path if kind == "worksheet" else "", hidden)


def relations_of(package: Package, path: str) -> Mapping[str, Relation]:
    """What a part refers to, by the identity it uses; the package itself has the path ""."""
    folder, name = split(path)
    listing = join(folder, "_rels", f"{name}.rels")
    if listing not in package:
        return {}
    return {
        each.get("Id", ""): Relation(
            each.get("Type", "").rpartition("/")[2],
            normpath(join("/", folder, each.get("Target", "").replace("\\", "/"))).lstrip("/"),
        )
        for each in tree(package, listing)
    }


def without_names(xml: bytes) -> bytes:
    """The list of sheets without the defined names, which nobody asks for: a template of ours has many long ones."""
    start, end = xml.find(b"<definedNames>"), xml.rfind(NAMES_END)
    return xml[:start] + xml[end + len(NAMES_END) :] if 0 <= start < end else xml


def whole(xml: bytes) -> bytes:
    """All of a part."""
    return xml


def tree(package: Package, name: str, needed: Callable[[bytes], bytes] = whole) -> ElementTree.Element:
    """A small part of the package, parsed; `needed` may leave out what nobody asks for."""
    xml = needed(package.part(name))
    if len(xml) > MAX_INDEX:
        raise damaged(name, "size")
    try:
        return ElementTree.fromstring(xml)  # noqa: S314 (a document type was refused)
    except ElementTree.ParseError as error:
        raise damaged(name, "xml") from error


def styles_in(xml: bytes) -> Styles:
    """Which styles show a percentage, and which a font of the time before Unicode."""
    formats = percent_formats(xml) if b"%" in xml else PERCENT_FORMATS
    fonts = legacy_fonts(xml) if b".Vn" in xml or b"VNI-" in xml else {}
    styles = STYLE.findall(xml[xml.find(b"cellXfs") : xml.rfind(b"cellXfs")])
    return Styles(frozenset(numbered(styles, STYLE_FORMAT, formats)),
                  {style: fonts[font] for style, font in numbered(styles, STYLE_FONT, fonts).items()})  # fmt: skip


def numbered(styles: Sequence[bytes], attribute: re.Pattern[bytes], wanted: Collection[bytes]) -> Mapping[int, bytes]:
    """The numbers of styles whose attribute has a wanted value, with that value."""
    if not wanted:
        return {}
    found = ((number, attribute.search(style)) for number, style in enumerate(styles))
    return {number: match[1] for number, match in found if match and match[1] in wanted}


def percent_formats(xml: bytes) -> Collection[bytes]:
    """Identities of number formats that show a percent sign."""
    formats = (dict(ATTRIBUTE.findall(each)) for each in NUMBER_FORMAT.findall(xml))
    codes = {each.get(b"numFmtId", b""): text(each.get(b"formatCode", b"")) for each in formats}
    return PERCENT_FORMATS | {
        identity for identity, code in codes.items() if "%" in NOT_A_SIGN.sub("", code[:LONGEST_FORMAT])
    }


def legacy_fonts(xml: bytes) -> Mapping[bytes, str]:
    """Names of fonts that draw Vietnamese with codes of their own, by identity."""
    fonts = FONT_START.split(xml[xml.find(b"fonts") : xml.rfind(b"fonts>")])[1:]
    named = ((number, LEGACY_FONT.search(font)) for number, font in enumerate(fonts))
    return {str(number).encode(): text(name[1]) for number, name in named if name}


def text(xml: bytes) -> str:
    """What a piece of XML says."""
    return html.unescape(xml.decode("utf-8", "replace"))
