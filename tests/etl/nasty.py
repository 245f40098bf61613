"""Nasty files, made here: what was seen in the wild and what an ill-wisher would send. One line each: what it must be
told (a kind of `FAULTS`), the name it comes under, and how it is made.
"""

from __future__ import annotations

import functools
import gzip
import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from etl.sheet import COLUMN_LETTERS
from tests.workbooks import report

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MEGABYTE = 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip


class Nasty(NamedTuple):
    """A file to be sent."""

    fault: str
    what: str
    name: str
    make: Callable[[], bytes]


# Made of bytes ------------------------------------------------------------------------------------------------------


@functools.cache
def good() -> bytes:
    """A correct report."""
    return report()


def ole(stream: str) -> bytes:
    """A compound document with a stream of this name."""
    return OLE + bytes(504) + stream.encode("utf-16-le") + bytes(4000)


def zipped(
    parts: Mapping[str, bytes | str] | Iterable[tuple[str, bytes | str]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A zip of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            archive.writestr(name, content)
    return file.getvalue()


def parts() -> dict[str, bytes]:
    """The parts of a correct report."""
    with zipfile.ZipFile(io.BytesIO(good())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(**changes: bytes | str) -> bytes:
    """A correct report with other parts: sheet, book, styles, rels."""
    paths = {
        "sheet": SHEET,
        "book": BOOK,
        "styles": "xl/styles.xml",
        "strings": "xl/sharedStrings.xml",
        "rels": "_rels/.rels",
    }
    return zipped({**parts(), **{paths[part]: content for part, content in changes.items()}})


def with_more(**more: bytes) -> bytes:
    """A correct report with parts nobody refers to; "__" in a name is a slash."""
    return zipped({**parts(), **{name.replace("__", "/"): content for name, content in more.items()}})


def renamed(name: str) -> bytes:
    """A correct report with one more entry of this name."""
    return zipped([*parts().items(), (name, b"<a/>")])


def patched(data: bytes, name: str, offset: int, value: bytes, *, local: bool = False) -> bytes:
    """A zip with bytes changed in an entry of its directory, or in the entry's own header."""
    changed = bytearray(data)
    start = data.index(name.encode()) - 30 if local else data.rindex(name.encode()) - 46
    changed[start + offset : start + offset + len(value)] = value
    return bytes(changed)


# Made of XML --------------------------------------------------------------------------------------------------------


def worksheet(cells: str, before: str = "", after: str = "") -> str:
    """A sheet of these rows."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'


def one(cell: str) -> bytes:
    """A workbook with a good first cell and this one, in row 9."""
    return with_parts(sheet=worksheet(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="9">{cell}</row>'))


def after_table(element: str, count: int) -> bytes:
    """A sheet with an element many times behind its table."""
    return with_parts(sheet=worksheet('<row r="1"><c r="A1"><v>1</v></c></row>', after=element * count))


def listed(*sheets: tuple[str, str], book: str = "") -> bytes:
    """A workbook that lists these sheets: name, target."""
    names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="s{n}"/>' for n, (name, _) in enumerate(sheets, 1))
    related = "".join(
        f'<Relationship Id="s{n}" Type="{RELATION}/worksheet" Target="{target}"/>'
        for n, (_, target) in enumerate(sheets, 1)
    )
    return zipped({
        **parts(), BOOK: book or f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
    })  # fmt: skip


def related(kind: str) -> bytes:
    """A correct report whose workbook refers to one thing more."""
    path = "xl/_rels/workbook.xml.rels"
    more = f'<Relationship Id="x" Type="{kind}" Target="x.bin"/></Relationships>'
    return zipped({**parts(), path: parts()[path].decode().replace("</Relationships>", more)})


def main_part(path: str) -> bytes:
    """A package whose main part is this."""
    relation = f'<Relationship Id="b" Type="{RELATION}/officeDocument" Target="{path}"/>'
    return zipped({"_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{relation}</Relationships>', path: "<document/>"})


def doctyped(part: str, document_type: str = LAUGHS) -> bytes:
    """A correct report with a document type before one of its parts."""
    xml = parts()[part].decode()
    head, mark, rest = xml.partition("?>") if xml.startswith("<?") else ("", "", xml)
    return zipped({**parts(), part: head + mark + document_type + rest})


def nested(part: str, depth: int) -> bytes:
    """A report with one part that is nothing but elements within elements."""
    return zipped({**parts(), part: f"{'<a>' * depth}{'</a>' * depth}"})


def dense() -> bytes:
    """A table that is filled, and far too large: 10,000 rows of 130 columns."""
    row = "".join(f'<c r="{column}@"><v>7</v></c>' for column in COLUMN_LETTERS[:130])
    return with_parts(
        sheet=worksheet("".join(f'<row r="{n}">{row.replace("@", str(n))}</row>' for n in range(1, 10_001)))
    )


def rubbish() -> bytes:
    """A report whose table of tasks goes on for thousands of rows of rubbish."""
    import openpyxl

    def touch(book: openpyxl.Workbook) -> None:
        for _ in range(3_000):
            book["4_NHIEM_VU"].append(["x"] * 12)

    return report(touch=touch)


def with_strings(xml: str) -> bytes:
    """A workbook with these shared strings, one of which a cell shows."""
    relation = f'<Relationship Id="t" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    path = "xl/_rels/workbook.xml.rels"
    return zipped({
        **parts(), path: parts()[path].decode().replace("</Relationships>", relation), "xl/sharedStrings.xml": xml,
        SHEET: worksheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
    })  # fmt: skip


def noisy(pattern: str, count: int) -> str:
    """A pattern again and again, with some noise at its "@" so that it does not compress like a bomb."""
    choose = random.Random(57)
    noise = [f"{choose.randrange(16**6):06x}" for _ in range(1000)]
    return "".join(pattern.replace("@", noise[number * 7 % 1000]) for number in range(count))


def styles(element: str, count: int) -> bytes:
    """A report with so many styles."""
    return with_parts(styles=f'<styleSheet xmlns="{MAIN}"><cellXfs>{noisy(element, count)}</cellXfs></styleSheet>')


KINDS = [
    Nasty("empty", "no byte", "a.xlsx", lambda: b""),
    Nasty("empty", "zeros left by a copy that broke off", "a.xlsx", lambda: bytes(5000)),
    Nasty("lock_file", "Excel's own", "~$bao-cao.xlsx", lambda: b"\x05admin" + b" " * 159),
    Nasty("lock_file", "LibreOffice's own", ".~lock.bao-cao.xlsx#", lambda: b",admin,pc,20.11.2026 08:00,file:///;"),
    Nasty("encrypted", "with a password to open", "a.xlsx", lambda: ole("EncryptedPackage")),
    Nasty("old_xls", "Excel 97", "a.xls", lambda: ole("Workbook")),
    Nasty("old_xls", "Excel 97 named .xlsx", "a.xlsx", lambda: ole("Workbook")),
    Nasty("old_xls", "Excel 5", "a.xls", lambda: ole("Book")),
    Nasty("old_xls", "Excel 4", "a.xls", lambda: b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(100)),
    Nasty(
        "old_xls",
        "XML Spreadsheet 2003",
        "a.xls",
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
    ),
    Nasty("xlsb", "binary workbook", "a.xlsb", lambda: main_part("xl/workbook.bin")),
    Nasty(
        "ods",
        "OpenDocument",
        "a.ods",
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
    ),
    Nasty(
        "ods",
        "flat OpenDocument",
        "a.xlsx",
        lambda: (
            b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">'
        ),
    ),
    Nasty(
        "html",
        "page named .xls",
        "a.xls",
        lambda: "<!DOCTYPE html><html><table><tr><td>Xã</td></tr></table></html>".encode(),
    ),
    Nasty(
        "html",
        "bare table with a byte order mark",
        "a.xlsx",
        lambda: "\ufeff<table border=1><tr><td>Xã</td></tr></table>".encode(),
    ),
    Nasty("html", "web archive", "a.xlsx", lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n"),
    Nasty("csv_text", "semicolons", "a.xlsx", lambda: "Mã kênh;Sản phẩm\nK0101;5\n".encode()),
    Nasty("csv_text", "Unicode text of Excel", "a.xlsx", lambda: "Mã kênh\tSản phẩm\n".encode("utf-16")),
    Nasty("csv_text", "an old code page", "a.csv", lambda: "Mã kênh;S?n ph?m\nK0101;5\n".encode("cp1252")),
    Nasty("pdf", "PDF named .xlsx", "a.xlsx", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    Nasty("word", "old Word", "a.doc", lambda: ole("WordDocument")),
    Nasty("word", "Word named .xlsx", "a.xlsx", lambda: main_part("word/document.xml")),
    Nasty("word", "rich text", "a.rtf", lambda: b"{\\rtf1\\ansi Bao cao}"),
    Nasty("not_workbook", "slides", "a.xlsx", lambda: main_part("ppt/presentation.xml")),
    Nasty("not_zip", "old slides", "a.xlsx", lambda: ole("PowerPoint Document")),
    Nasty("not_zip", "noise", "a.xlsx", lambda: random.Random(57).randbytes(4000)),
    Nasty("image", "screenshot", "a.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(50)),
    Nasty("image", "photo", "a.xlsx", lambda: b"\xff\xd8\xff\xe0" + bytes(50)),
    Nasty("archive", "RAR", "a.rar", lambda: b"Rar!\x1a\x07\x01\x00" + bytes(50)),
    Nasty("archive", "7-Zip", "a.xlsx", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(50)),
    Nasty("archive", "gzip", "a.xlsx.gz", lambda: gzip.compress(good())),
    Nasty("mac_side_file", "AppleDouble", "._a.xlsx", lambda: b"\x00\x05\x16\x07" + bytes(50)),
    Nasty("too_large", "11 MB", "a.xlsx", lambda: good() + bytes(11 * MEGABYTE)),
]

ZIPS = [
    Nasty("truncated", "half", "a.xlsx", lambda: good()[: len(good()) // 2]),
    Nasty("truncated", "the last bytes are missing", "a.xlsx", lambda: good()[:-20]),
    Nasty("truncated", "four bytes", "a.xlsx", lambda: b"PK\3\4"),
    Nasty("damaged", "the first bytes are missing", "a.xlsx", lambda: b"PK\3\4" + good()[9000:]),
    Nasty("not_workbook", "zip of nothing", "a.xlsx", lambda: zipped({})),
    Nasty("not_workbook", "zip of photos", "a.xlsx", lambda: zipped({"1.jpg": b"\xff\xd8\xff"})),
    Nasty("zip_bomb", "one sheet of 40 MB of blanks", "a.xlsx", lambda: with_parts(sheet=b" " * 40 * MEGABYTE)),
    Nasty("zip_bomb", "a part nobody refers to", "a.xlsx", lambda: with_more(xl__a=bytes(30 * MEGABYTE))),
    Nasty("zip_bomb", "600 MB in parts that compress as honest ones do", "a.xlsx", lambda: too_much_declared()),
    Nasty("zip_bomb", "one sheet listed 200 times", "a.xlsx", lambda: again_and_again()),
    Nasty("damaged", "a part longer than it declares", "a.xlsx", lambda: patched(with_parts(sheet=worksheet(" " * 50_000)), SHEET, 24, struct.pack("<L", 100))),
    Nasty("damaged", "a part shorter than it declares", "a.xlsx", lambda: patched(good(), SHEET, 24, struct.pack("<L", 900_000))),
    Nasty("damaged", "a part of one name in the directory, of another in its place", "a.xlsx", lambda: patched(good(), SHEET, 30, b"xl/worksheets/sheet8.xml", local=True)),
    Nasty("damaged", "a checksum that is wrong", "a.xlsx", lambda: patched(good(), SHEET, 16, b"\1\2\3\4")),
    Nasty("damaged", "an offset past the end", "a.xlsx", lambda: patched(good(), SHEET, 42, struct.pack("<L", 90_000_000))),
    Nasty("damaged", "an offset into another part", "a.xlsx", lambda: patched(good(), SHEET, 42, struct.pack("<L", 77))),
    Nasty("damaged", "compressed by LZMA, with a dictionary of gigabytes", "a.xlsx", lambda: zipped(parts(), zipfile.ZIP_LZMA)),
    Nasty("damaged", "compressed by bzip2", "a.xlsx", lambda: zipped(parts(), zipfile.ZIP_BZIP2)),
    Nasty("damaged", "says deflate, is bzip2", "a.xlsx", lambda: patched(zipped(parts(), zipfile.ZIP_BZIP2), SHEET, 10, b"\x08\x00")),
    Nasty("too_many_entries", "5,001 parts", "a.xlsx", lambda: zipped({f"xl/media/{n}.png": "" for n in range(5001)})),
    Nasty("duplicate_names", "a part given twice", "a.xlsx", lambda: renamed(SHEET.upper())),
    Nasty("absolute_names", "from the root", "a.xlsx", lambda: renamed("/etc/cron.d/x")),
    Nasty("absolute_names", "out of the package", "a.xlsx", lambda: renamed("xl/../../x")),
    Nasty("absolute_names", "a drive", "a.xlsx", lambda: renamed("C:\\Windows\\x")),
    Nasty("encrypted", "zip with a password", "a.xlsx", lambda: patched(good(), SHEET, 8, b"\1")),
]  # fmt: skip

XML = [
    Nasty("doctype", "a billion laughs in a sheet", "a.xlsx", lambda: doctyped(SHEET)),
    Nasty("doctype", "in the workbook", "a.xlsx", lambda: doctyped(BOOK)),
    Nasty("doctype", "in the styles", "a.xlsx", lambda: doctyped("xl/styles.xml")),
    Nasty("doctype", "in the relations", "a.xlsx", lambda: doctyped("_rels/.rels")),
    Nasty("doctype", "a file of the server in the strings", "a.xlsx", lambda: with_strings('<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;</t></si></sst>')),
    Nasty("doctype", "an address on the network", "a.xlsx", lambda: doctyped(SHEET, '<!DOCTYPE s SYSTEM "http://127.0.0.1:9/x.dtd">')),
    Nasty("doctype", "behind a comment", "a.xlsx", lambda: doctyped(SHEET, f"<!-- <a> -->{LAUGHS}")),
    Nasty("doctype", "in UTF-16", "a.xlsx", lambda: with_parts(sheet=(LAUGHS + worksheet("")).encode("utf-16"))),
    Nasty("not_workbook", "a hundred thousand elements deep", "a.xlsx", lambda: nested(BOOK, 100_000)),
    Nasty("damaged", "unclosed workbook", "a.xlsx", lambda: with_parts(book="<workbook>")),
    Nasty("damaged_sheet", "another language of XML", "a.xlsx", lambda: with_parts(sheet='<worksheet xmlns="urn:other"><sheetData/></worksheet>')),
    Nasty("damaged_sheet", "a page of the web", "a.xlsx", lambda: with_parts(sheet="<html><table/></html>")),
    Nasty("damaged_sheet", "two elements at the top", "a.xlsx", lambda: with_parts(sheet=worksheet("") * 2)),
    Nasty("damaged_sheet", "tags that do not match, which the fast parser overlooks", "a.xlsx", lambda: one('<c r="B9"><w>5</v></c>')),
    Nasty("damaged", "styles that are not well-formed", "a.xlsx", lambda: with_parts(styles="<styleSheet>")),
    Nasty("damaged", "an encoding that takes long on purpose", "a.xlsx", lambda: with_parts(sheet='<?xml version="1.0" encoding="punycode"?>' + worksheet(""))),
    Nasty("damaged", "an encoding nobody knows", "a.xlsx", lambda: with_parts(sheet='<?xml version="1.0" encoding="klingon"?>' + worksheet(""))),
    Nasty("damaged", "an encoding that runs code elsewhere", "a.xlsx", lambda: with_parts(sheet='<?xml version="1.0" encoding="unicode_escape"?>' + worksheet(""))),
    Nasty("damaged", "not UTF-8, but says so", "a.xlsx", lambda: with_parts(book=b'<?xml version="1.0" encoding="UTF-8"?><workbook>\xff\xfe\xfa</workbook>')),
    Nasty("damaged_sheet", "not UTF-8 in a cell", "a.xlsx", lambda: with_parts(sheet=worksheet('<row r="1"><c r="A1" t="str"><v>@@</v></c></row>').encode().replace(b"@@", b"\xff\xfe"))),
    Nasty("damaged_sheet", "unclosed cell", "a.xlsx", lambda: one("<c><v>1</c>")),
    Nasty("damaged_sheet", "two values in a cell", "a.xlsx", lambda: one('<c r="B9"><v>1</v> <v>2</v></c>')),
    Nasty("damaged_sheet", "two values in a cell, one with a prefix", "a.xlsx", lambda: one(f'<c r="B9"><v>1</v><x:v xmlns:x="{MAIN}">2</x:v></c>')),
    Nasty("damaged_sheet", "an attribute that is called by a colon", "a.xlsx", lambda: one('<c r="B9" :="s"><v>1</v></c>')),
    Nasty("damaged_sheet", "a prefix that nobody declared", "a.xlsx", lambda: one('<c r="B9" x:y="s"><v>1</v></c>')),
    Nasty("damaged_sheet", "a number that is none", "a.xlsx", lambda: one('<c r="B9"><v>1.2.3</v></c>')),
    Nasty("damaged_sheet", "a string that is not there", "a.xlsx", lambda: one('<c r="B9" t="s"><v>4294967295</v></c>')),
    Nasty("damaged_sheet", "a string of negative number", "a.xlsx", lambda: one('<c r="B9" t="s"><v>-1</v></c>')),
    Nasty("damaged_sheet", "a cell beyond the last column", "a.xlsx", lambda: one('<c r="ZZZZ9"><v>1</v></c>')),
    Nasty("damaged_sheet", "a row beyond the last row", "a.xlsx", lambda: one('<c r="A99999999"><v>1</v></c>')),
    Nasty("damaged_sheet", "a row of forty digits", "a.xlsx", lambda: one(f'<c r="A{"9" * 40}"><v>1</v></c>')),
    Nasty("damaged_sheet", "a sheet that is the workbook itself, listed with nothing behind it", "a.xlsx", lambda: listed(("S", SHEET), book=f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets><sheet name="S" r:id="x"/></sheets></workbook>')),
    Nasty("damaged", "a sheet outside the package", "a.xlsx", lambda: listed(("S", "../../../../etc/passwd"))),
    Nasty("damaged", "a sheet on the network", "a.xlsx", lambda: listed(("S", "http://127.0.0.1:9/sheet1.xml"))),
    Nasty("damaged", "a sheet that is missing", "a.xlsx", lambda: listed(("S", "worksheets/sheet99.xml"))),
    Nasty("no_sheets", "no sheet", "a.xlsx", lambda: listed()),
    Nasty("too_many_sheets", "300 sheets", "a.xlsx", lambda: listed(*((f"S{n}", "worksheets/sheet1.xml") for n in range(300)))),
]  # fmt: skip

HEAVY = [
    Nasty("stray_cell", "XFD1048576", "a.xlsx", lambda: one('</row><row r="1048576"><c r="XFD1048576"><v>1</v></c>')),
    Nasty("stray_cell", "a blank as text", "a.xlsx", lambda: one('</row><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t> </t></is></c>')),
    Nasty("stray_cell", "an error", "a.xlsx", lambda: one('</row><row r="1048576"><c r="A1048576" t="e"><v>#N/A</v></c>')),
    Nasty("stray_cell", "a formula never calculated", "a.xlsx", lambda: one('<c r="XFD9"><f>A1</f></c>')),
    Nasty("stray_cell", "written otherwise", "a.xlsx", lambda: one("</row><row r='1048576'><c r='XFD1048576'><v>1</v></c>")),
    Nasty("too_many_cells", "a table of a million cells", "a.xlsx", lambda: dense()),
    Nasty("sheet_too_long", "20 MB of comments", "a.xlsx", lambda: with_parts(sheet=worksheet("".join(f"<!--{n}-->" for n in range(1_800_000))))),
    Nasty("too_many_styles", "70,000 styles", "a.xlsx", lambda: styles('<xf numFmtId="0" a="@"/>', 70_000)),
    Nasty("too_many_styles", "70,000 styles with a prefix", "a.xlsx", lambda: styles('<x:xf xmlns:x="x" a="@"/>', 70_000)),
    Nasty("too_many_strings", "600,000 shared strings", "a.xlsx", lambda: with_strings(f'<sst xmlns="{MAIN}">{noisy("<si><t>@</t></si>", 600_000)}</sst>')),
    Nasty("too_many_merges", "10,001 merged ranges", "a.xlsx", lambda: after_table('<mergeCell ref="A5:B5"/>', 10_001)),
    Nasty("too_many_rules", "10,001 conditional formats", "a.xlsx", lambda: after_table('<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>A1</formula></cfRule></conditionalFormatting>', 10_001)),
    Nasty("too_many_rules", "10,001 validations", "a.xlsx", lambda: after_table('<dataValidation sqref="A1" type="list"/>', 10_001)),
    Nasty("too_many_rules", "66,000 hyperlinks", "a.xlsx", lambda: after_table('<hyperlink ref="A1" location="B1"/>', 66_000)),
    Nasty("too_many_findings", "3,000 rows of rubbish", "a.xlsx", rubbish),
    Nasty("too_many_cells", "a million cells without a place", "a.xlsx", lambda: with_parts(sheet=worksheet(f'<row r="1">{noisy("<c/>", 983_040)}</row>'))),
    Nasty("damaged_sheet", "4 MB of cells that never end", "a.xlsx", lambda: with_parts(sheet=worksheet("<c " * 1_300_000))),
    Nasty("damaged_sheet", "4 MB of formulas that never end", "a.xlsx", lambda: with_parts(sheet=worksheet('<row r="1">' + '<c r="A1"><f ' * 300_000))),
    Nasty("damaged_sheet", "a name of 3 MB", "a.xlsx", lambda: with_parts(sheet=worksheet(f'<row r="1"><c r="A1" {"a" * 3_500_000}="1"><v>1</v></row>'))),
]  # fmt: skip


def too_much_declared() -> bytes:
    """600 MB of parts, each packed 20 to 1: declared only, since making them takes long."""
    data = with_more(**{f"xl__{number:02}": random.Random(number).randbytes(20_000) for number in range(10)})
    for number in range(10):
        data = patched(data, f"xl/{number:02}", 24, struct.pack("<L", 3_900_000))
    for number in range(10):
        data = patched(data, f"xl/{number:02}", 20, struct.pack("<2L", 3_900_000, 60 * MEGABYTE))
    return data


def again_and_again() -> bytes:
    """A sheet of 1 MB that the workbook lists 200 times."""
    sheet = worksheet("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 25_000)))
    with zipfile.ZipFile(io.BytesIO(listed(*((f"S{n}", "worksheets/sheet1.xml") for n in range(200))))) as archive:
        return zipped({**{name: archive.read(name) for name in archive.namelist()}, SHEET: sheet})


def zip_of(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of files as it is sent."""
    return zipped(members, method)


BATCHES = [
    Nasty("nested_zip", "a zip in a zip", "a.zip", lambda: zip_of(("b.zip", zip_of(("a.xlsx", good()))))),
    Nasty("zip_bomb", "60 MB of blanks", "a.zip", lambda: zip_of(("a.xlsx", b" " * 60 * MEGABYTE))),
    Nasty("too_large", "12 MB that hardly compress", "a.zip", lambda: zip_of(("a.xlsx", random.Random(5).randbytes(12 * MEGABYTE)))),
    Nasty("batch_too_large", "300 MB in files of 3 MB", "a.zip", lambda: zip_of(*((f"{n}.xlsx", bytes(3 * MEGABYTE)) for n in range(100)))),
    Nasty("batch_too_many", "2,001 files", "a.zip", lambda: zip_of(*((f"{n}.xlsx", b"x") for n in range(2001)))),
    Nasty("batch_encrypted", "a password", "a.zip", lambda: patched(zip_of(("a.xlsx", good())), "a.xlsx", 8, b"\1")),
    Nasty("batch_method", "LZMA", "a.zip", lambda: zip_of(("a.xlsx", good()), method=zipfile.ZIP_LZMA)),
    Nasty("absolute_names", "out of the folder", "a.zip", lambda: zip_of(("../../a.xlsx", good()))),
    Nasty("duplicate_names", "one name twice", "a.zip", lambda: zip_of(("a.xlsx", good()), ("A.xlsx", good()))),
    Nasty("truncated", "a member that is cut off", "a.zip", lambda: patched(zip_of(("a.xlsx", good())), "a.xlsx", 16, b"\1\2\3\4")),
]  # fmt: skip

ALL = [*KINDS, *ZIPS, *XML, *HEAVY]
