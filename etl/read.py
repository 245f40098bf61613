"""Stage 1, read: bytes to cells.

python-calamine gives the values, fast, and hides what an officer sees: error cells, formulas never calculated,
hidden rows, percent signs. One look through each sheet's XML finds these again, and keeps from the parser what it
cannot bear: it makes the whole rectangle up to the furthest cell, so a single stray one would abort the process.

The look knows rows and cells as every common program writes them (`<c r="B7" …>`); a sheet spelt otherwise is
first respelt so.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from posixpath import join, normpath, split
from typing import NamedTuple, cast
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from python_calamine import CalamineError, CalamineWorkbook

from etl.package import MEGABYTE, Package, Refused, damaged, megabytes, open_package, stored
from etl.sheet import COLUMN_LETTERS, Sheet, Workbook, column_letter

__all__ = ["Refused", "read"]

MAX_SHEETS = 255
MAX_SHEETS_XML = 128 * MEGABYTE
MAX_ROWS = 50_000
MAX_COLUMNS = len(COLUMN_LETTERS)
MAX_CELLS = 1_000_000
"""In the rectangle of one sheet, and in those of all sheets together."""
STRAY_BELOW = 0.1
"""Where less than this share of a too large rectangle is filled, its furthest cell is a mistake, not a table."""
MAX_INDEX = 4 * MEGABYTE
MAX_RESPELT = 16 * MEGABYTE

Place = tuple[int, int]
Rows = list[list[object]]
COLUMN_INDEX = {letters.encode(): index for index, letters in enumerate(COLUMN_LETTERS)}
LONGEST_TAG = 1000
LONGEST_FORMAT = 255

# No pattern may look further than the next "<", or a hostile sheet would take time by the square of its length.
FORMULA = rb"<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)"

# Most sheets are told harmless by one search: every cell plain, and in the first 52 columns and 9,999 rows.
NOT_NEAR = re.compile(rb'<c(?! r="A?[A-Z][1-9][0-9]{0,3}")(?=[\s/>])')
CELL_NOT_PLAIN = re.compile(rb'<c(?! r="[A-Z]{1,3}[1-9][0-9]{0,6}")(?=[\s/>])')
ROW_NOT_PLAIN = re.compile(rb'<row(?! r="[1-9][0-9]{0,6}")(?=[\s/>])')
PREFIXED = re.compile(rb"<[^\s<>/:]*:c[\s/>]")
SINGLE_QUOTED = re.compile(rb"<(?:c|row)\s[^<>]*'")
REFERENCE = re.compile(r"([A-Z]{1,3})[1-9][0-9]{0,6}")

CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^<>]*)>')
FILLED_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^<>]*(?<!/)>(?!</c>)')
EMPTY = re.compile(rb"/>|.></c>")
ERROR_MARK = re.compile(rb'\st="e"')
VALUE = re.compile(rb"(?:" + FORMULA + rb")?\s*<v(?:\s[^<>]*)?>([^<]+)")
FORMULA_AND_RESULT = re.compile(FORMULA + rb"\s*(?:<v(?:\s[^<>]*)?(?<!/)>([^<]))?")
HIDDEN_MARK = re.compile(rb'hidden="(?:1|true)"')
ROW = re.compile(rb'<row r="([0-9]+)"')
COLUMNS = re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
NUMBER = re.compile(rb"[1-9][0-9]{0,6}")
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
MACROS = frozenset({"vbaProject", "xlMacrosheet", "xlIntlMacrosheet"})

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
BOOK = (
    f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{RELATION}">'
    '<workbookPr date1904="{}"/><sheets>{}</sheets></workbook>'
)


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


class Seen(NamedTuple):
    """A sheet without its rows yet, and the XML the parser is given of it; none where there are no rows to come."""

    sheet: Sheet
    xml: bytes = b""


def keep_all(name: str) -> bool:
    """Skips no sheet."""
    return False


def read(data: bytes, file_name: str, skip: Callable[[str], bool] = keep_all) -> Workbook:
    """The workbook in these bytes; `Refused` when there is none or it is unsafe to open.

    Sheets that `skip` answers for are named in the workbook but have no rows.
    """
    package = open_package(data, file_name)
    book = find_book(package)
    refuse_heavy(package, [part.path for part in book.parts if part.path and not skip(part.name)])
    seen = [
        see(package.part(part.path), part, book.styles)
        if part.path and not skip(part.name)
        else Seen(Sheet(part.name, (), part.hidden))
        for part in book.parts
    ]
    with faults_refused():
        sheets = tuple(filled(book, seen))
    return Workbook(file_name, hashlib.sha256(data).hexdigest(), sheets, book.has_macros, book.has_external_links)


def refuse_heavy(package: Package, paths: Sequence[str]) -> None:
    """Refuse sheets that are too much XML together, or one sheet listed again and again."""
    size = sum(package.size(path) for path in paths)
    if size > MAX_SHEETS_XML:
        raise Refused("zip_bomb", size=megabytes(size), limit=megabytes(MAX_SHEETS_XML))


# The parser -----------------------------------------------------------------------------------------------------------


def filled(book: Book, seen: Sequence[Seen]) -> Iterator[Sheet]:
    """The sheets with their rows, which calamine reads from a package made of nothing else."""
    parser = CalamineWorkbook.from_filelike(io.BytesIO(packed(book, [each.xml for each in seen if each.xml])))
    position = cells = 0
    for sheet, xml in seen:
        if not xml:
            yield sheet
            continue
        table = parser.get_sheet_by_index(position)
        position += 1
        cells += table.total_height * table.total_width
        if cells > MAX_CELLS:
            raise Refused("too_many_cells", sheet=sheet.name, size=str(cells), limit=str(MAX_CELLS))
        rows = cast(Rows, table.to_python(skip_empty_area=False))
        for row, column in sheet.errors:
            rows[row][column] = ""
        if sheet.uncached:
            reach(rows, sheet.uncached)
        yield replace(sheet, rows=rows)


def reach(rows: Rows, places: Collection[Place]) -> None:
    """Make rows as wide and as many as these places need: calamine ends before cells it finds empty."""
    width = max(len(rows[0]) if rows else 0, 1 + max(column for _, column in places))
    rows.extend([] for _ in range(len(rows), 1 + max(row for row, _ in places)))
    for row in rows:
        row.extend([""] * (width - len(row)))


@contextmanager
def faults_refused() -> Iterator[None]:
    """Turn what the parser cannot read into a refusal."""
    try:
        yield
    except CalamineError as error:
        raise Refused("damaged", problem=str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic in Rust is no ordinary exception
            raise
        raise Refused("damaged", problem=str(error)) from None


def packed(book: Book, sheets: Sequence[bytes]) -> bytes:
    """A package that holds these sheets in this order, and what their cells refer to."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="s{n}"/>' for n in numbers)
    related = [relation(f"s{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    related += [relation(kind, kind, f"{kind}.xml") for kind in book.supplements]
    return stored(
        {
            "_rels/.rels": RELATIONS.format(relation("b", "officeDocument", "xl/workbook.xml")).encode(),
            "xl/workbook.xml": BOOK.format(int(book.from_1904), listed).encode(),
            "xl/_rels/workbook.xml.rels": RELATIONS.format("".join(related)).encode(),
            **{f"xl/{kind}.xml": xml for kind, xml in book.supplements.items()},
            **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in zip(numbers, sheets, strict=True)},
        }
    )


def relation(identity: str, kind: str, target: str) -> str:
    """One relation, as a package writes it."""
    return f'<Relationship Id="{identity}" Type="{RELATION}/{kind}" Target="{target}"/>'


# The book -------------------------------------------------------------------------------------------------------------


def find_book(package: Package) -> Book:
    """What the package says of itself; `Refused` when it is not a workbook's."""
    path = main_part(package)
    root = tree(package, path)
    if local(root.tag) != "workbook":
        raise Refused("not_workbook", kind=local(root.tag))
    relations = relations_of(package, path)
    parts = tuple(listed_sheets(root, relations))
    if not any(part.path for part in parts):
        raise Refused("no_sheets")
    if len(parts) > MAX_SHEETS:
        raise Refused("too_many_entries", size=str(len(parts)), limit=str(MAX_SHEETS))
    paths = {each.kind: each.path for each in relations.values()}
    supplements = {
        kind: package.part(paths[kind]) for kind in ("sharedStrings", "styles") if paths.get(kind, "") in package
    }
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
    if not paths and path not in package:
        raise Refused("not_workbook")
    return path


def listed_sheets(root: ElementTree.Element, relations: Mapping[str, Relation]) -> Iterator[Part]:
    """The sheets of a workbook in their order."""
    for sheet in (each for child in root if local(child.tag) == "sheets" for each in child):
        identity = next((value for key, value in sheet.attrib.items() if local(key) == "id"), "")
        if identity not in relations:
            raise Refused("damaged", sheet=sheet.get("name", ""), problem="relation")
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


def tree(package: Package, name: str) -> ElementTree.Element:
    """A small part of the package, parsed."""
    xml = package.part(name)
    if len(xml) > MAX_INDEX:
        raise damaged(name, "size")
    try:
        return ElementTree.fromstring(xml)  # noqa: S314 (a document type was refused)
    except ElementTree.ParseError as error:
        raise damaged(name, "xml") from error


def local(tag: str) -> str:
    """A name without its namespace: Strict Open XML differs from the usual one in those only."""
    return tag.rpartition("}")[2]


# Styles ---------------------------------------------------------------------------------------------------------------


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


# One sheet ------------------------------------------------------------------------------------------------------------


def see(xml: bytes, part: Part, styles: Styles) -> Seen:
    """Look through the XML of a sheet; `Refused` where its cells reach too far."""
    cells = plain_cells(xml, part.name)
    if not cells:
        return Seen(Sheet(part.name, (), part.hidden))
    formulas, uncached = formulas_in(cells)
    errors, shown = errors_in(cells)
    sheet = Sheet(
        part.name,
        (),
        part.hidden,
        hidden_rows(cells),
        hidden_columns(xml[: xml.find(b"sheetData")]),
        errors,
        uncached,
        formulas,
        percents_in(cells, styles.percents),
        frozenset(styles.legacy_fonts[style] for _, style in styled(cells, styles.legacy_fonts)),
    )
    return Seen(sheet, shown)


def plain_cells(xml: bytes, name: str) -> bytes:
    """The rows and cells of a sheet, spelt as the searches here know them and not too far apart."""
    start, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    cells = xml[start : end + len(b"</sheetData>")] if 0 <= start < end else b""
    if is_odd(xml[:start] if cells else xml, cells):
        cells = respelt(xml, name)
    if NOT_NEAR.search(cells):
        if CELL_NOT_PLAIN.search(cells):
            cells = respelt(xml, name)
        refuse_far(cells, name)
    return cells


def is_odd(head: bytes, cells: bytes) -> bool:
    """Whether rows or cells are written in a way that XML allows and hardly a program uses.

    Single bytes are sought first, which costs nothing: most sheets do not have them.
    """
    return bool(
        (b"!" in cells and b"<!" in cells)  # comments, and CDATA that calamine would lose
        or (b"!" in head and b"<!" in head)
        or (not cells and b":sheetData" in head)
        or (any(after.startswith(b"c") for after in cells.split(b":")) and PREFIXED.search(cells))
        or (b"'" in cells and SINGLE_QUOTED.search(cells))
        or (HIDDEN_MARK.search(cells) and ROW_NOT_PLAIN.search(cells))
    )


def respelt(xml: bytes, name: str) -> bytes:
    """Rows and cells in the plain spelling: their places written out, no prefixes, comments or sections."""
    if len(xml) > MAX_RESPELT:
        raise Refused("too_many_cells", sheet=name, size=megabytes(len(xml)), limit=megabytes(MAX_RESPELT))
    try:
        return "".join(["<sheetData>", *respelt_rows(xml), "</sheetData>"]).encode()
    except (ElementTree.ParseError, ValueError) as error:
        raise Refused("damaged", sheet=name, problem=str(error)) from error


def respelt_rows(xml: bytes) -> Iterator[str]:
    """Each row's start, cells and end."""
    row = column = 0
    for event, element in ElementTree.iterparse(io.BytesIO(xml), ("start", "end")):  # noqa: S314 (as above)
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
    attributes = "".join(f" {name}={quoteattr(cell.get(name, ''))}" for name in ("s", "t") if cell.get(name))
    children = {local(child.tag): child for child in cell}
    content = "<f/>" if "f" in children else ""
    if "v" in children:
        content += f"<v>{escape(''.join(children['v'].itertext()))}</v>"
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


def refuse_far(cells: bytes, name: str) -> None:
    """Refuse a rectangle too large to be made, naming the cell that stretches it when it is nearly empty."""
    filled = rows = columns = 0
    lowest = rightmost = ""
    for cell in FILLED_CELL.finditer(cells):
        filled += 1
        place = (cell[1] + cell[2]).decode()
        row, column = int(cell[2]), after(place)
        if row > rows:
            rows, lowest = row, place
        if column > columns:
            columns, rightmost = column, place
    if rows <= MAX_ROWS and columns <= MAX_COLUMNS and rows * columns <= MAX_CELLS:
        return
    if filled < STRAY_BELOW * rows * columns:
        raise Refused("stray_cell", sheet=name, cell=lowest if rows / MAX_ROWS > columns / MAX_COLUMNS else rightmost)
    raise Refused("too_many_cells", sheet=name, size=f"{rows} × {columns}", limit=f"{MAX_ROWS} × {MAX_COLUMNS}")


def opening(cells: bytes, mark: re.Match[bytes]) -> re.Match[bytes] | None:
    """The opening tag of the cell a mark was found in, or right after."""
    return CELL.match(cells, tag_before(cells, mark))


def tag_before(cells: bytes, mark: re.Match[bytes]) -> int:
    """Where the tag begins that a mark is in, or right after."""
    return cells.rfind(b"<", max(0, mark.start() - LONGEST_TAG), mark.start())


def place_of(cell: re.Match[bytes]) -> Place:
    """Row and column of a cell's opening tag, from 0."""
    return int(cell[2]) - 1, COLUMN_INDEX[cell[1]]


def formulas_in(cells: bytes) -> tuple[frozenset[Place], frozenset[Place]]:
    """Cells with a formula whose result was saved, and those without one."""
    cached: set[Place] = set()
    uncached: set[Place] = set()
    for formula in FORMULA_AND_RESULT.finditer(cells):
        cell = opening(cells, formula)
        if cell:
            (cached if formula[1] or b't="str"' in cell[3] else uncached).add(place_of(cell))
    return frozenset(cached), frozenset(uncached)


def errors_in(cells: bytes) -> tuple[Mapping[Place, str], bytes]:
    """What error cells show, and the cells with these as text: calamine gives up on errors it does not know."""
    errors: dict[Place, str] = {}

    def as_text(mark: re.Match[bytes]) -> bytes:
        cell = opening(cells, mark)
        shown = VALUE.match(cells, cell.end()) if cell and mark.end() <= cell.end() else None
        if not cell or not shown:
            return mark[0]
        errors[place_of(cell)] = text(shown[1])
        return b' t="str"'

    return (errors, ERROR_MARK.sub(as_text, cells)) if b't="e"' in cells else (errors, cells)


def percents_in(cells: bytes, styles: Collection[int]) -> frozenset[Place]:
    """Cells with a number in one of these styles."""
    numbers = (cell for cell, _ in styled(cells, styles) if b't="' not in cell[3] or b't="n"' in cell[3])
    return frozenset(place_of(cell) for cell in numbers if VALUE.match(cells, cell.end()))


def styled(cells: bytes, styles: Collection[int]) -> Iterator[tuple[re.Match[bytes], int]]:
    """Opening tags of cells in one of these styles, unless nothing can be in them."""
    if not styles:
        return
    for mark in re.finditer(rb'\ss="(%s)"' % b"|".join(b"%d" % style for style in sorted(styles)), cells):
        cell = opening(cells, mark)
        if cell and mark.end() <= cell.end() and not EMPTY.match(cells, cell.end() - 2):
            yield cell, int(mark[1])


def hidden_rows(cells: bytes) -> frozenset[int]:
    """Indices of rows that are not shown."""
    rows = (ROW.match(cells, tag_before(cells, mark)) for mark in HIDDEN_MARK.finditer(cells))
    return frozenset(int(row[1]) - 1 for row in rows if row)


def hidden_columns(head: bytes) -> frozenset[int]:
    """Indices of columns that are not shown."""
    if b"hidden=" not in head:
        return frozenset()
    columns = (dict(ATTRIBUTE.findall(each)) for each in COLUMNS.findall(head))
    hidden = (each for each in columns if each.get(b"hidden") in (b"1", b"true"))
    spans = ((each.get(b"min", b""), each.get(b"max", b"")) for each in hidden)
    return frozenset(
        index
        for first, last in spans
        if NUMBER.fullmatch(first) and NUMBER.fullmatch(last)
        for index in range(int(first) - 1, min(int(last), MAX_COLUMNS))
    )
