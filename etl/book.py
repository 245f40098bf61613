"""What a workbook says of itself before any sheet is opened: which sheets it has and where, and how cells look."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from posixpath import join, normpath, split
from typing import NamedTuple
from xml.etree import ElementTree

from etl.counts import OF_STRINGS, OF_STYLES, refuse_many
from etl.package import MEGABYTE, Package, Refused, damaged, local
from etl.remembered import remembered
from etl.wellformed import fault_in

MAX_SHEETS = 255
MAX_INDEX = 4 * MEGABYTE
LONGEST_FORMAT = 255

ATTRIBUTE = re.compile(rb"(?<![\w:.-])([\w:.-]++)\s*+=\s*+[\"']([^\"'<]*)[\"']")
STYLE = re.compile(rb"<(?:\w+:)?xf((?:\s[^<>]*)?)/?>")
STYLE_FORMAT = re.compile(rb"\bnumFmtId\s*=\s*[\"']([0-9]+)")
STYLE_FONT = re.compile(rb"\bfontId\s*=\s*[\"']([0-9]+)")
NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^<>]*)>")
PERCENT_FORMATS = frozenset({b"9", b"10"})
DATE_FORMATS = frozenset(str(number).encode() for number in (*range(14, 23), *range(45, 48)))
"""Excel's own; those a workbook adds are found by their signs."""
PLAIN_FORMATS = frozenset(str(number).encode() for number in (*range(14), *range(37, 45), 48, 49))
"""Those of numbers that all programs show as numbers."""
LETTER_SHOWN = re.compile(r"[*_\\][A-Za-z]")
"""Programs differ on whether it is one of a day."""
QUOTED = re.compile(r'"[^"]*"')
ONLY_A_DAY = re.compile(r"(?:\[\$-[0-9A-Fa-f]+\])?[dmy]{1,4}(?:\\?[-/. ][dmy]{1,4})*(?:;@)?")
OF_A_DAY = re.compile(r"[dmyhs]", re.IGNORECASE)
NOT_OF_A_DAY = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
NOT_A_SIGN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
FONT_START = re.compile(rb"<(?:\w+:)?font[\s/>]")
LEGACY_FONT = re.compile(rb"[\"'](\.Vn[^\"'<]*|VNI-[^\"'<]*)[\"']")
SHARED_STRINGS = re.compile(rb"<((?:[\w.-]+:)?sst)(?:\s[^<>]*)?>")
NAMES_END = b"</definedNames>"
SUPPLEMENTS = {"sharedStrings": "sst", "styles": "styleSheet"}
"""What cells refer to, and the element it begins with; found under the usual name where no relation says another."""
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
    dates: frozenset[int] = frozenset()
    plain: frozenset[int] = frozenset()
    """Those that surely show a number as a number,"""
    days: frozenset[int] = frozenset()
    """and those that surely show it as a day."""
    legacy_fonts: Mapping[int, str] = field(default_factory=dict)
    first_counts: bool = False
    """Whether cells that name no style, and so have the first, are shown in a number format all the same."""


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
    paths = {kind: f"xl/{kind}.xml" for kind in SUPPLEMENTS} | {each.kind: each.path for each in relations.values()}
    supplements = {kind: package.part(paths[kind]) for kind in SUPPLEMENTS if paths[kind] in package}
    styles = remembered(styles_in, supplements["styles"]) if "styles" in supplements else Styles()
    if "sharedStrings" in supplements:
        supplements["sharedStrings"] = strings_in(supplements["sharedStrings"])
    from_1904 = any(child.get("date1904") in ("1", "true", "on") for child in root)
    if from_1904:
        styles = replace(styles, days=frozenset())
    return Book(parts, supplements, styles, from_1904, not paths.keys().isdisjoint(MACROS), "externalLink" in paths)


def strings_in(xml: bytes) -> bytes:
    """Shared strings without their number, for which calamine would set memory aside on trust."""
    refuse_many(xml, OF_STRINGS)
    refuse_unsound(xml, "sharedStrings")
    roots = 1 if xml.count(b"sst") <= 2 else 0  # 0 is all: the letters may be anywhere
    return SHARED_STRINGS.sub(rb"<\1>", xml, count=roots)


def refuse_unsound(xml: bytes, kind: str) -> None:
    """Refuse a part that is not well-formed or something else than it should be."""
    if fault_in(xml, SUPPLEMENTS[kind]):
        raise damaged(f"xl/{kind}.xml", "xml")


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
        return remembered(ElementTree.fromstring, xml)
    except ElementTree.ParseError as error:
        raise damaged(name, "xml") from error


def styles_in(xml: bytes) -> Styles:
    """Which styles show a percentage, which a date, and which a font of the time before Unicode."""
    refuse_many(xml, OF_STYLES)
    refuse_unsound(xml, "styles")
    codes = format_codes(xml)
    percents = PERCENT_FORMATS | {key for key, code in codes.items() if "%" in NOT_A_SIGN.sub("", code)}
    own = {key for key, code in codes.items() if OF_A_DAY.search(NOT_OF_A_DAY.sub("", code))}
    dates = (DATE_FORMATS - codes.keys()) | own
    plain = (PLAIN_FORMATS - codes.keys()) | {key for key, code in codes.items() if is_plain(code)}
    days = ({b"14"} - codes.keys()) | {key for key, code in codes.items() if ONLY_A_DAY.fullmatch(QUOTED.sub("", code))}
    fonts = legacy_fonts(xml) if b".Vn" in xml or b"VNI-" in xml else {}
    styles = STYLE.findall(xml[xml.find(b"cellXfs") : xml.rfind(b"cellXfs")])
    return Styles(
        frozenset(numbered(styles, STYLE_FORMAT, percents)),
        frozenset(numbered(styles, STYLE_FORMAT, dates)),
        frozenset(numbered(styles, STYLE_FORMAT, plain)),
        frozenset(numbered(styles, STYLE_FORMAT, days)),
        {style: fonts[font] for style, font in numbered(styles, STYLE_FONT, fonts).items()},
        bool(styles) and is_formatted(styles[0], xml),
    )


def is_plain(code: str) -> bool:
    """Whether a format surely shows a number as a number: it has no letter that might be one of a day."""
    said = NOT_OF_A_DAY.sub("", code).replace("General", "")
    return not any(sign.isalpha() for sign in said) and not LETTER_SHOWN.search(code)


def is_formatted(style: bytes, xml: bytes) -> bool:
    """Whether a style shows numbers in another way than as they are; LibreOffice gives that way a number of its own."""
    used = STYLE_FORMAT.search(style)
    if not used or used[1] == b"0":
        return False
    formats = (dict(ATTRIBUTE.findall(each)) for each in NUMBER_FORMAT.findall(xml))
    return all(each.get(b"numFmtId") != used[1] or each.get(b"formatCode") != b"General" for each in formats)


def numbered(styles: Sequence[bytes], attribute: re.Pattern[bytes], wanted: Collection[bytes]) -> Mapping[int, bytes]:
    """The numbers of styles whose attribute has a wanted value, with that value."""
    if not wanted:
        return {}
    found = ((number, attribute.search(style)) for number, style in enumerate(styles))
    return {number: match[1] for number, match in found if match and match[1] in wanted}


def format_codes(xml: bytes) -> Mapping[bytes, str]:
    """The number formats that a workbook adds to Excel's own, by identity."""
    formats = (dict(ATTRIBUTE.findall(each)) for each in NUMBER_FORMAT.findall(xml))
    return {each.get(b"numFmtId", b""): text(each.get(b"formatCode", b""))[:LONGEST_FORMAT] for each in formats}


def legacy_fonts(xml: bytes) -> Mapping[bytes, str]:
    """Names of fonts that draw Vietnamese with codes of their own, by identity."""
    fonts = FONT_START.split(xml[xml.find(b"fonts") : xml.rfind(b"fonts>")])[1:]
    named = ((number, LEGACY_FONT.search(font)) for number, font in enumerate(fonts))
    return {str(number).encode(): text(name[1]) for number, name in named if name}


def text(xml: bytes) -> str:
    """What a piece of XML says."""
    return html.unescape(xml.decode("utf-8", "replace"))
