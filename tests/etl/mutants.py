"""Mutants of small but real workbooks of ours: bytes of the file, parts of the package, pieces of its XML."""

from __future__ import annotations

import datetime as dt
import functools
import io
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from time import process_time
from typing import NamedTuple
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

import openpyxl
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from etl.book import find_book
from etl.findings import finding
from etl.inspection import Incoming, inspect
from etl.package import open_package
from etl.read import Refused, read
from etl.sheet import Sheet, cell_name
from tests.workbooks import prepared, report

NOW = dt.datetime(2026, 11, 20)
KEPT = ("1_THONG_TIN", "5_DVC", "8_KHO_KHAN")
"""Sheets of the seeds: a cover, a table of numbers, typed rows."""
TOKENS = (
    b"", b"0", b"-1", b"1", b"7", b"1e309", b"-1e5", b"4294967296", b"99999999999999999999", b"1.2.3", b"NaN", b"1_0",
    b" 5 ", b"A1", b"B4", b"A0", b"XFD1048576", b"AAAA1", b"a1", b"$A$1", b"R1C1", b"s", b"str", b"e", b"b", b"n", b"d",
    b"inlineStr", b"true", b"#N/A", b"2026-11-20", b"<!-- -->", b"<![CDATA[5]]>", b"<?x y?>", b"&#49;", b"&lt;", b"&x;",
    b"&#0;", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"<c/>", b"</c>", b"</row>", b"<v>3</v>", b"<f>1+1</f>", b"x:", b"'",
    b'"', b">", b"<", b"_x000D_", "Đ".encode(), b"\n", b"xml:space=\"preserve\"", b'r="C5"', b't="s"', b's="1"', b' hidden="1"',
)  # fmt: skip
PIECE = re.compile(rb'"[^"<>]*"|>[^<>]+<|<[^<>]*>|[0-9]+')
ELEMENT = re.compile(
    rb"<(c|row|v|f|is|sheet|Relationship|xf|si|numFmt)[ >].*?</\1>|<(?:c|row|sheet|Relationship|xf|numFmt) [^<>]*/>",
    re.DOTALL,
)


READ, MENDED = "read", "read, as openpyxl does once what no number depends on is taken away"


class Verdict(NamedTuple):
    """What became of a mutant."""

    how: str
    """The kind of mutation."""
    outcome: str
    """read | the reason of the refusal | what must not be: differs, unforeseen, wordless."""
    seconds: float
    detail: str = ""


# Seeds --------------------------------------------------------------------------------------------------------------


@functools.cache
def seeds() -> tuple[dict[str, bytes], ...]:
    """The parts of the workbooks that mutants are made of."""
    return parts_of(small(touch_nothing)), parts_of(small(touch)), with_shared_strings(parts_of(small(touch)))


def small(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    """A report with few sheets."""

    def touched(book: openpyxl.Workbook) -> None:
        for sheet in book.worksheets:
            if sheet.title not in KEPT:
                book.remove(sheet)
        change(book)

    changes = {"5_DVC TONG recv_online": 1234, "5_DVC TONG recv_direct": 0.5, "1_THONG_TIN population": "12.345"}
    return report(remarks=(("KHO_KHAN", "Thiếu kinh phí, thiếu người", "SO"),), changes=changes, touch=touched)


def touch_nothing(book: openpyxl.Workbook) -> None:
    """As it is."""


def touch(book: openpyxl.Workbook) -> None:
    """What real workbooks have: formats, dates, percentages, formulas, errors, merged ranges, hidden rows."""
    sheet = book["5_DVC"]
    assert isinstance(sheet, Worksheet)
    sheet["H4"], sheet["H4"].number_format = 0.985, "0.0%"
    sheet["I4"], sheet["I4"].number_format = dt.datetime(2026, 11, 20), "dd/mm/yyyy"
    sheet["J4"], sheet["K4"], sheet["L4"], sheet["M4"] = "=1+1", "#N/A", True, -12.75
    sheet["N4"], sheet["N4"].font = 1_000_000, Font(name=".VnTime", bold=True)
    sheet.row_dimensions[5].hidden = True
    sheet.merge_cells("A12:C13")


def with_shared_strings(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The same with its texts in a part of their own, as Excel writes them."""
    texts: dict[bytes, int] = {}

    def shared(found: re.Match[bytes]) -> bytes:
        number = texts.setdefault(found[2], len(texts))
        return b'<c %st="s"><v>%d</v></c>' % (found[1], number)

    inline = re.compile(rb'<c ([^<>]*)t="inlineStr"><is>(.*?)</is></c>')
    made = {name: inline.sub(shared, xml) if "/sheet" in name else xml for name, xml in parts.items()}
    items = b"".join(b"<si>%s</si>" % text for text in texts)
    made["xl/sharedStrings.xml"] = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>' % items
    )
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    related = b'<Relationship Id="t" Type="%s" Target="sharedStrings.xml"/></Relationships>' % kind
    path = "xl/_rels/workbook.xml.rels"
    made[path] = made[path].replace(b"</Relationships>", related)
    overriding = (
        b'<Override PartName="/xl/sharedStrings.xml" ContentType='
        b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(b"</Types>", overriding)
    return made


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a package but for what no reader looks at and what says when it was made."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name: archive.read(name) for name in archive.namelist() if "theme" not in name and "docProps" not in name
        }


def packed(parts: dict[str, bytes]) -> bytes:
    """A package of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name twice is what is wanted
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


# Mutations ----------------------------------------------------------------------------------------------------------


def of_bytes(choose: random.Random, data: bytes) -> bytes:
    """Some bytes set, dropped, doubled or cut off."""
    changed = bytearray(data)
    for _ in range(choose.choice((1, 1, 1, 2, 5))):
        at = choose.randrange(len(changed) or 1)
        length = choose.choice((1, 1, 2, 8, 100))
        match choose.randrange(6):
            case 0 | 1:
                changed[at : at + 1] = bytes([choose.randrange(256)])
            case 2:
                changed[at : at + 1] = bytes([(changed[at] if changed else 0) ^ 1 << choose.randrange(8)])
            case 3:
                del changed[at : at + length]
            case 4:
                changed[at:at] = changed[at : at + length]
            case _:
                changed[at : at + length] = choose.choice(TOKENS)
    return bytes(changed[: choose.randrange(len(changed) + 1)] if choose.random() < 0.03 else changed)


def of_a_piece(choose: random.Random, xml: bytes) -> bytes:
    """A number, attribute, text or tag replaced by a token, or by another piece of the same part."""
    pieces = list(PIECE.finditer(xml))
    if not pieces:
        return xml
    piece = choose.choice(pieces)
    ends = (piece.start() + 1, piece.end() - 1) if piece[0][:1] in b'">' else piece.span()
    other = choose.choice(TOKENS) if choose.random() < 0.8 else choose.choice(pieces)[0]
    return xml[: ends[0]] + other + xml[ends[1] :]


def of_elements(choose: random.Random, xml: bytes) -> bytes:
    """An element dropped, doubled or moved."""
    elements = list(ELEMENT.finditer(xml))
    if not elements:
        return xml
    one, other = choose.choice(elements), choose.choice(elements)
    match choose.randrange(4):
        case 0:
            return xml[: one.start()] + xml[one.end() :]
        case 1:
            return xml[: one.end()] + one[0] + xml[one.end() :]
        case 2:
            return xml[: one.start()] + other[0] + xml[one.start() :]
        case _:
            return xml[: one.start()] + other[0] + xml[one.end() :]


def in_a_part(mutate: Callable[[random.Random, bytes], bytes]) -> Callable[[random.Random, dict[str, bytes]], bytes]:
    """A mutation of one part, most often of a sheet."""

    def mutated(choose: random.Random, parts: dict[str, bytes]) -> bytes:
        sheets = [name for name in parts if "/sheet" in name]
        name = choose.choice(sheets) if choose.random() < 0.6 else choose.choice(list(parts))
        return packed({**parts, name: mutate(choose, parts[name])})

    return mutated


def of_the_package(choose: random.Random, parts: dict[str, bytes]) -> bytes:
    """A part dropped, emptied, renamed, exchanged for another, or there twice."""
    name, other = choose.sample(list(parts), 2)
    match choose.randrange(5):
        case 0:
            return packed({key: value for key, value in parts.items() if key != name})
        case 1:
            return packed({**parts, name: b""})
        case 2:
            return packed(
                {
                    choose.choice((key.upper(), f"/{key}", key[1:])) if key == name else key: value
                    for key, value in parts.items()
                }
            )
        case 3:
            return packed({**parts, name: parts[other], other: parts[name]})
        case _:
            return packed(parts | {f"{name} ".strip() if choose.random() < 0.5 else name.swapcase(): parts[other]})


def of_the_file(choose: random.Random, parts: dict[str, bytes]) -> bytes:
    """Bytes of the zip itself, most often of its directory."""
    data = packed(parts)
    start = data.index(b"PK\1\2") if choose.random() < 0.6 else 0
    return data[:start] + of_bytes(choose, data[start:])


def of_the_stream(choose: random.Random, parts: dict[str, bytes]) -> bytes:
    """Bytes of a compressed part, with the checksum made right where it still inflates."""
    name = choose.choice(list(parts))
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    stream = of_bytes(choose, packer.compress(parts[name]) + packer.flush())
    try:
        content = zlib.decompressobj(-15).decompress(stream, 10_000_000)
    except zlib.error:
        content = parts[name][: choose.randrange(len(parts[name]) + 1)]
    return packed({**parts, name: content})


KINDS = {
    "bytes of a part": in_a_part(of_bytes),
    "pieces of XML": in_a_part(of_a_piece),
    "elements of XML": in_a_part(of_elements),
    "parts of the package": of_the_package,
    "bytes of the file": of_the_file,
    "compressed stream": of_the_stream,
}
WEIGHTS = (25, 35, 20, 5, 10, 5)


def mutant(number: int) -> tuple[str, bytes]:
    """The mutant of a number: how it was made, and its bytes."""
    choose = random.Random(f"NQ57 {number}")
    how = choose.choices(list(KINDS), WEIGHTS)[0]
    return how, KINDS[how](choose, choose.choice(seeds()))


# Trial --------------------------------------------------------------------------------------------------------------


def trial(number: int) -> Verdict:
    """What our reader makes of a mutant; where it reads it, whether openpyxl finds the same numbers."""
    how, data = mutant(number)
    started = process_time()
    outcome, detail = judged(data)
    return Verdict(how, outcome, process_time() - started, detail)


def judged(data: bytes) -> tuple[str, str]:
    """The outcome, and what is to be said of it."""
    try:
        workbook = read(data, "a.xlsx")
    except Refused as refused:
        found = finding(refused.reason, **refused.details)
        wordless = "{" in "".join(found) or not (found.message and found.fix)
        return ("wordless" if wordless else refused.reason), str(refused.details)
    inspect(prepared(), Incoming("a.xlsx", data, NOW))
    ours = {each for place, sheet in enumerate(workbook.sheets) for each in numbers(place, sheet)}
    theirs = opened(data)
    if theirs == ours:
        return READ, ""
    theirs = opened(bare(data))
    if theirs == ours:
        return MENDED, ""
    if isinstance(theirs, str):
        return "openpyxl cannot", theirs
    return "differs", f"ours {sorted(ours - theirs)[:4]}, openpyxl {sorted(theirs - ours)[:4]}"


Numbers = set[tuple[int, str, float]]
"""Place of the sheet, cell, number."""


def opened(data: bytes) -> Numbers | str:
    """The numbers that openpyxl finds, or why it finds none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
            return {each for place, sheet in enumerate(book.worksheets) for each in numbers_of(place, sheet)}
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}"[:300]


def bare(data: bytes) -> bytes:
    """The mutant without what no number depends on: openpyxl stumbles over a column's width, a colour, a content type,
    and takes a part whose name is in capitals for missing. Cells, strings and number formats are as they were.
    """
    package = open_package(data, "a.xlsx")
    book = find_book(package)
    sheets = [package.part(part.path) if part.path else b"" for part in book.parts]
    numbered = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="s{n}"/>' for n in numbered)
    related = [("worksheet", f"s{n}", f"worksheets/sheet{n}.xml") for n in numbered]
    related += [(kind, kind, f"{kind}.xml") for kind in ("styles", "sharedStrings")]
    made = {
        "[Content_Types].xml": content_types(len(sheets)),
        "_rels/.rels": relations([("officeDocument", "b", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><workbookPr date1904="{int(book.from_1904)}"/>'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(related),
        "xl/styles.xml": number_formats(book.supplements.get("styles", b"")),
    }  # fmt: skip
    parts = {name: text.encode() for name, text in made.items()}
    strings = "xl/sharedStrings.xml"
    parts[strings] = package.part(strings) if strings in package else f'<sst xmlns="{MAIN}"/>'.encode()
    return packed(
        parts | {f"xl/worksheets/sheet{n}.xml": cells_only(xml) for n, xml in zip(numbered, sheets, strict=True)}
    )


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CELLS = re.compile(rb"<sheetData[ />].*</sheetData>", re.DOTALL)
MOST_STYLES = 300


def cells_only(xml: bytes) -> bytes:
    """A sheet without what surrounds its cells, where it has the usual form."""
    if xml and b"<worksheet" not in xml:
        return xml
    cells = CELLS.search(xml)
    return b'<worksheet xmlns="%s">%s</worksheet>' % (MAIN.encode(), cells[0] if cells else b"")


def number_formats(xml: bytes) -> str:
    """Styles that say how numbers are shown and nothing else; more of them than there are, as Excel lets cells have."""
    root = ElementTree.fromstring(xml) if xml else ElementTree.Element("styleSheet")
    formats = {each.get("numFmtId", ""): each.get("formatCode", "") for each in root.iter(f"{{{MAIN}}}numFmt")}
    used = [each.get("numFmtId", "0") for each in root.iterfind(f"{{{MAIN}}}cellXfs/{{{MAIN}}}xf")]
    used = [each if each.isdigit() else "0" for each in used] + ["0"] * MOST_STYLES
    own = "".join(
        f"<numFmt numFmtId={quoteattr(key)} formatCode={quoteattr(code)}/>"
        for key, code in formats.items()
        if key.isdigit()
    )
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>'
        f"<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs>"
        + "".join(f'<xf numFmtId="{each}" fontId="0" fillId="0" borderId="0" xfId="0"/>' for each in used)
        + "</cellXfs></styleSheet>"
    )


def relations(each: Iterable[tuple[str, str, str]]) -> str:
    """Relations: kind, identity, target."""
    lines = "".join(f'<Relationship Id="{i}" Type="{RELATION}/{kind}" Target="{target}"/>' for kind, i, target in each)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )


def content_types(sheets: int) -> str:
    """What openpyxl wants to know of each part."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("workbook.xml", "sheet.main"), ("styles.xml", "styles"), ("sharedStrings.xml", "sharedStrings")]
    parts += [(f"worksheets/sheet{number}.xml", "worksheet") for number in range(1, sheets + 1)]
    lines = "".join(f'<Override PartName="/xl/{name}" ContentType="{kind}.{what}+xml"/>' for name, what in parts)
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{lines}</Types>'
    )


def numbers(place: int, sheet: Sheet) -> Iterator[tuple[int, str, float]]:
    """The numbers of a sheet with their cells."""
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            if isinstance(value, float):
                yield place, cell_name(row, column), value


def numbers_of(place: int, sheet: Worksheet) -> Iterator[tuple[int, str, float]]:
    """The same as openpyxl reads them."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
                yield place, cell.coordinate, float(cell.value)
