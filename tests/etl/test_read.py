"""Reading: every cell as openpyxl sees it, what calamine hides, and a refusal of its own for every kind of bad file."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from openpyxl.worksheet.worksheet import Worksheet

from etl import package
from etl.findings import finding
from etl.read import MAX_CELLS, MAX_COLUMNS, Refused, read
from etl.sheet import COLUMN_LETTERS, Sheet, cell_name

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


# Workbooks ------------------------------------------------------------------------------------------------------------


def book(fill: Callable[[Worksheet], object], name: str = "S") -> bytes:
    """A workbook of one sheet, written by openpyxl."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    fill(sheet)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def patched(data: bytes, part: str, *changes: tuple[str, str]) -> bytes:
    """The workbook with some text of one part replaced."""
    parts = parts_of(data)
    text = parts[part].decode()
    for old, new in changes:
        assert old in text, text
        text = text.replace(old, new)
    return zipped({**parts, part: text})


def relations(*each: tuple[str, str, str], of: str = RELATION) -> str:
    lines = "".join(f'<Relationship Id="{i}" Type="{of}/{kind}" Target="{target}"/>' for i, kind, target in each)
    return f'<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'


def worksheet(cells: str, main: str = MAIN) -> str:
    return f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'


def by_hand(
    cells: str = "",
    *,
    sheet: str | bytes = "",
    main: str = MAIN,
    of: str = RELATION,
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A workbook whose XML openpyxl would never write."""
    return zipped(
        {
            "_rels/.rels": relations(("b", "officeDocument", "xl/workbook.xml"), of=of),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{of}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="s1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                ("s1", "worksheet", "worksheets/sheet1.xml"), ("t", "sharedStrings", "sharedStrings.xml"),
                ("y", "styles", "styles.xml"), of=of,
            ),
            "xl/worksheets/sheet1.xml": sheet or worksheet(cells, main),
            **(more or {}),
        }
    )  # fmt: skip


def first(data: bytes) -> Sheet:
    return read(data, "a.xlsx").sheets[0]


def filled(sheet: Sheet) -> dict[str, object]:
    """The cells that hold something, by name."""
    return {
        cell_name(row, column): value
        for row, values in enumerate(sheet.rows)
        for column, value in enumerate(values)
        if value != ""
    }


def names(places: object) -> set[str]:
    assert isinstance(places, (frozenset, dict))
    return {cell_name(row, column) for row, column in places}


# The same cells as openpyxl -------------------------------------------------------------------------------------------


def assert_equals_openpyxl(path: Path) -> None:
    """Every cell of every sheet is what openpyxl (data_only) reads, at the same place."""
    ours = {sheet.name: sheet for sheet in read(path.read_bytes(), path.name).sheets}
    theirs = openpyxl.load_workbook(path, data_only=True)
    assert list(ours) == theirs.sheetnames
    for sheet in theirs.worksheets:
        mine = ours[sheet.title]
        for row in range(max(sheet.max_row, len(mine.rows))):
            for column in range(max(sheet.max_column, len(mine.rows[0]) if mine.rows else 0)):
                expected = sheet.cell(row + 1, column + 1).value
                found = mine.errors.get((row, column), mine.cell(row, column))
                assert plain(found) == plain(expected), f"{path.name} {sheet.title}!{cell_name(row, column)}"


def plain(value: object) -> object:
    """A value in the one form both readers can be compared in."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = value.replace(microsecond=0) + dt.timedelta(seconds=value.microsecond >= 500_000)
        return value.date() if value.time() == dt.time() else value
    if isinstance(value, str):
        return value.replace("_x000D_", "\r")
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def random_value(choose: random.Random) -> tuple[object, str]:
    """A value as an officer or a program may leave it in a cell, and its number format."""
    day = dt.datetime(2026, 1, 1) + dt.timedelta(days=choose.randrange(700))
    return choose.choice(
        [
            (None, "General"),
            (choose.randrange(-5, 10 ** choose.randrange(1, 12)), "#,##0"),
            (round(choose.uniform(-1, 1) * 10 ** choose.randrange(8), choose.randrange(9)), "General"),
            (choose.random(), "0.0%"),
            (day, "dd/mm/yyyy"),
            (day + dt.timedelta(minutes=choose.randrange(1440)), "dd/mm/yyyy hh:mm"),
            (choose.choice([True, False]), "General"),
            (choose.choice(["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"]), "General"),
            (choose.choice(["1.234", "0101", " Xã Bình Giang  ", "a\nb", "<&>\"'", "Đặc khu: có", "1,5%", "-"]), "@"),
            ("Tuyên truyền trên loa truyền thanh, pa-nô, Zalo " * choose.randrange(1, 9), "General"),
        ]
    )


@pytest.mark.parametrize("seed", range(12))
def test_every_cell_is_what_openpyxl_reads(tmp_path: Path, seed: int) -> None:
    choose = random.Random(seed)
    workbook = openpyxl.Workbook()
    workbook.epoch = CALENDAR_MAC_1904 if seed == 11 else CALENDAR_WINDOWS_1900
    line = Side(style="thin")
    for number in range(choose.randrange(1, 5)):
        sheet = workbook.create_sheet(f"{number}_TUYÊN & TRUYỀN")
        for row in range(choose.randrange(1, 6), choose.randrange(7, 40)):
            for column in range(choose.randrange(1, 4), choose.randrange(5, 30)):
                if choose.random() < 0.6:
                    cell = sheet.cell(row, column)
                    cell.value, cell.number_format = random_value(choose)
                    cell.border, cell.fill = Border(line, line, line, line), PatternFill("solid", fgColor="FFFFE0")
        for _ in range(choose.randrange(3)):
            top, left = choose.randrange(1, 30), choose.randrange(1, 20)
            sheet.merge_cells(start_row=top, start_column=left, end_row=top + 1, end_column=left + 2)
    workbook.save(tmp_path / "a.xlsx")
    assert_equals_openpyxl(tmp_path / "a.xlsx")


def test_places_are_those_of_excel_where_the_first_rows_and_columns_are_empty() -> None:
    sheet = first(book(lambda sheet: (sheet.cell(5, 3, "a"), sheet.cell(9, 4, 2))))
    assert filled(sheet) == {"C5": "a", "D9": 2.0}
    assert len(sheet.rows) == 9
    assert {len(row) for row in sheet.rows} == {4}


def test_values_keep_their_kind() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append([12, 1.5, True, False, "012", " a ", dt.date(2026, 11, 20), dt.datetime(2026, 11, 20, 8, 30)])

    rows = first(book(fill)).rows
    assert list(rows[0]) == [
        12.0, 1.5, True, False, "012", " a ", dt.date(2026, 11, 20), dt.datetime(2026, 11, 20, 8, 30),
    ]  # fmt: skip
    assert type(rows[0][0]) is float


def test_a_merged_range_has_its_value_in_the_first_cell() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B2"] = "title"
        sheet.merge_cells("B2:D3")
        sheet["E4"] = 1

    assert filled(first(book(fill))) == {"B2": "title", "E4": 1.0}


# What calamine hides --------------------------------------------------------------------------------------------------


def test_error_cells_are_named_and_read_as_blank() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["C3"], sheet["D3"] = "#N/A", "#DIV/0!", 5

    sheet = first(book(fill))
    assert sheet.errors == {(0, 0): "#N/A", (2, 2): "#DIV/0!"}
    assert filled(sheet) == {"D3": 5.0}


@pytest.mark.parametrize("code", ["dd/mm/yyyy", "[$-42A]dd/mm/yyyy;@", "[h]:mm:ss", "mm:ss.0"])
@pytest.mark.parametrize("number", [-5, 4_646_346, 20_112_026, 4.5e15, 1e300])
def test_a_number_that_excel_shows_as_no_date_is_an_error(number: float, code: str) -> None:
    """Mutants 67088, 67756, 71543 and 83288 of the fuzzer: calamine reads the number, or fails; openpyxl an error."""

    def fill(sheet: Worksheet) -> None:
        sheet["B2"], sheet["B2"].number_format, sheet["C2"] = number, code, number

    sheet = first(book(fill))
    assert sheet.errors == {(1, 1): "########"}
    assert filled(sheet) == {"C2": number}


@pytest.mark.parametrize(
    "code", ["#,##0", '#,##0 "đồng"', "#,##0\\ \\d", "#,##0_d;[Red]-#,##0", "0.00%", "[$VND] #,##0"]
)
def test_a_large_number_in_another_format_is_a_number(code: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B2"], sheet["B2"].number_format, sheet["B3"] = 20_112_026, code, -7
        sheet["B3"].number_format, sheet["C3"], sheet["C3"].number_format = code, 46_346, "dd/mm/yyyy"

    sheet = first(book(fill))
    assert not sheet.errors
    assert filled(sheet) == {"B2": 20_112_026.0, "B3": -7.0, "C3": dt.date(2026, 11, 20)}


@pytest.mark.parametrize("style", ["A0", "", "-1", "1.5", "4294967296"])
@pytest.mark.parametrize("place", ['r="B2" ', ""])
def test_a_style_that_is_no_number_is_refused(style: str, place: str) -> None:
    """Mutants 32487, 49432 and 74294: calamine reads on, openpyxl fails, Excel offers to repair the file."""
    assert refusal(by_hand(f'<row r="2"><c {place}s="{style}"><v>5</v></c></row>')).reason == "damaged_sheet"


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#GETTING_DATA", "#BUSY!", "Err:502"])
def test_errors_that_calamine_does_not_know_are_errors_too(error: str) -> None:
    cells = f'<row r="2"><c r="B2" t="e"><f>A1:A3</f><v>{error}</v></c><c r="C2"><v>5</v></c></row>'
    sheet = first(by_hand(cells))
    assert sheet.errors == {(1, 1): error}
    assert filled(sheet) == {"C2": 5.0}


def test_text_that_looks_like_an_error_mark_is_text() -> None:
    said = '<c r="A1" t="inlineStr"><is><t>say t="e" here s="1"</t></is></c>'
    sheet = first(by_hand(f'<row r="1">{said}<c r="B1" t="e"><v>#N/A</v></c></row>'))
    assert filled(sheet) == {"A1": 'say t="e" here s="1"'}
    assert names(sheet.errors) == {"B1"}


def test_formulas_with_and_without_a_saved_result() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append([1, 2, "=A1+B1", "=A1*B1", '=A1&""'])
        sheet["G4"] = "=1/3"

    written = book(fill)
    assert names(first(written).uncached) == {"C1", "D1", "E1", "G4"}
    assert len(first(written).rows) == 4, "a formula without a result keeps its row"
    without = re.search("<f>A1[+]B1</f><v ?/?>(</v>)?", parts_of(written)["xl/worksheets/sheet1.xml"].decode())
    assert without
    cached = patched(written, "xl/worksheets/sheet1.xml", (without[0], "<f>A1+B1</f><v>3</v>"))
    sheet = first(cached)
    assert names(sheet.uncached) == {"D1", "E1", "G4"}
    assert filled(sheet) == {"A1": 1.0, "B1": 2.0, "C1": 3.0}


@pytest.mark.parametrize(
    ("cell", "cached", "value"),
    [
        ('<c r="A1"><f>B1</f><v>3</v></c>', True, 3.0),
        ('<c r="A1"><f t="shared" ref="A1:A9" si="0">B1</f><v>3</v></c>', True, 3.0),
        ('<c r="A1"><f t="shared" si="0"/><v>3</v></c>', True, 3.0),
        ('<c r="A1" s="0" t="n"><f aca="false">B1</f><v>0</v></c>', True, 0.0),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', True, ""),
        ('<c r="A1" t="str"><f>B1</f><v xml:space="preserve"> x</v></c>', True, " x"),
        ('<c r="A1" t="b"><f>B1</f><v>1</v></c>', True, True),
        ('<c r="A1"><f>IF(B1&lt;2,1,2)</f><v>3</v></c>', True, 3.0),
        ('<c r="A1">\n <f>B1</f>\n <v>3</v>\n</c>', True, 3.0),
        ('<c r="A1"><f>B1</f></c>', False, ""),
        ('<c r="A1"><f>B1</f><v/></c>', False, ""),
        ('<c r="A1"><f>B1</f><v></v></c>', False, ""),
        ('<c r="A1">\n <f>B1</f>\n <v/>\n</c>', False, ""),
        ('<c r="A1"><f t="shared" si="0"/></c>', False, ""),
    ],
)
def test_a_formula_as_programs_write_it(cell: str, cached: bool, value: object) -> None:
    sheet = first(by_hand(f'<row r="1">{cell}<c r="B1"><v>2</v></c></row>'))
    assert sheet.cell(0, 0) == value
    assert names(sheet.uncached) == (set() if cached else {"A1"})


def test_hidden_rows_columns_and_sheets() -> None:
    workbook = openpyxl.Workbook()
    for name, state in (("seen", "visible"), ("hidden", "hidden"), ("very", "veryHidden")):
        sheet = workbook.create_sheet(name)
        sheet["A1"], sheet["D9"] = name, 1
        sheet.sheet_state = state
    seen = workbook["seen"]
    seen.row_dimensions[2].hidden = True
    seen.row_dimensions[7].hidden = True
    seen.column_dimensions["B"].hidden = True
    seen.column_dimensions.group("F", "H", hidden=True)
    file = io.BytesIO()
    workbook.save(file)
    sheets = {sheet.name: sheet for sheet in read(file.getvalue(), "a.xlsx").sheets}
    assert {name: sheet.hidden for name, sheet in sheets.items()} == {
        "Sheet": False, "seen": False, "hidden": True, "very": True,
    }  # fmt: skip
    assert sheets["hidden"].cell(0, 0) == "hidden"
    assert sheets["seen"].hidden_rows == {1, 6}
    assert sheets["seen"].hidden_columns == {1, 5, 6, 7}


def test_what_libreoffice_writes_of_rows_that_are_shown() -> None:
    cells = (
        '<row r="1" ht="15" hidden="false"><c r="A1"><v>1</v></c></row>'
        '<row r="2" ht="15" hidden="true"><c r="A2"><v>2</v></c></row>'
    )
    assert first(by_hand(cells)).hidden_rows == {1}


@pytest.mark.parametrize(
    ("number_format", "percent"),
    [("0%", True), ("0.00%", True), ("0.0%", True), ("#,##0.0 %;[Red]-0%", True),
     ("General", False), ("#,##0", False), ('0"%"', False), ("0\\%", False), ("dd/mm/yyyy", False)],
)  # fmt: skip
def test_numbers_shown_as_a_percentage(number_format: str, percent: bool) -> None:
    def fill(sheet: Worksheet) -> None:
        for name, value in (("B2", 0.85), ("C2", "text"), ("D2", None), ("E2", "=B2")):
            sheet[name] = value
            sheet[name].number_format = number_format
        sheet["F2"] = 0.5

    assert names(first(book(fill)).percents) == ({"B2"} if percent else set())


def test_fonts_of_the_time_before_unicode() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"] = "B¸o c¸o", "mới"
        sheet["A1"].font = Font(name=".VnTime")
        sheet["B1"].font = Font(name="VNI-Times")

    assert first(book(fill)).legacy_fonts == {".VnTime"}, "VNI-Times is on a cell without content"
    assert first(book(lambda sheet: sheet.append(["mới"]))).legacy_fonts == frozenset()


def test_macros_and_links_to_other_files() -> None:
    plain_book = book(lambda sheet: sheet.append([1]))
    assert not read(plain_book, "a.xlsx").has_macros
    assert not read(plain_book, "a.xlsx").has_external_links
    link = '<Relationship Id="x" Type="{}" Target="{}"/></Relationships>'
    macros = link.format("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin")
    outside = link.format(f"{RELATION}/externalLink", "externalLinks/externalLink1.xml")
    listing = "xl/_rels/workbook.xml.rels"
    assert read(patched(plain_book, listing, ("</Relationships>", macros)), "a.xlsm").has_macros
    assert read(patched(plain_book, listing, ("</Relationships>", outside)), "a.xlsx").has_external_links


def test_sheets_that_are_skipped_are_named_and_not_read() -> None:
    workbook = openpyxl.Workbook()
    workbook["Sheet"].append([1])
    workbook.create_sheet("9_DANH_MUC").append([2])
    file = io.BytesIO()
    workbook.save(file)
    broken = patched(file.getvalue(), "xl/worksheets/sheet2.xml", ("<sheetData>", "<sheetData><broken>"))
    sheets = read(broken, "a.xlsx", skip="9_DANH_MUC".__eq__).sheets
    assert [(sheet.name, filled(sheet)) for sheet in sheets] == [("Sheet", {"A1": 1.0}), ("9_DANH_MUC", {})]
    assert [sheet.rows for sheet in read(broken, "a.xlsx", skip=lambda name: True).sheets] == [(), ()]


@pytest.mark.parametrize(
    ("formats", "default", "value", "percent"),
    [('<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>', "164", dt.date(2026, 11, 20), False),
     ("", "9", 46346.0, True), ("", "0", 46346.0, False), ("", "3", 46346.0, False),
     ('<numFmt numFmtId="164" formatCode="General"/>', "164", 46346.0, False)],
)  # fmt: skip
def test_cells_that_name_no_style_have_the_first(formats: str, default: str, value: object, percent: bool) -> None:
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f'<cellXfs><xf numFmtId="{default}"/><xf numFmtId="0"/></cellXfs></styleSheet>'
    )
    cells = '<row r="1"><c r="A1"><v>46346</v></c><c r="B1" s="1"><v>46346</v></c></row>'
    sheet = first(by_hand(cells, more={"xl/styles.xml": styles}))
    assert filled(sheet) == {"A1": value, "B1": 46346.0}
    assert names(sheet.percents) == ({"A1"} if percent else set())


# Other ways to spell the same -----------------------------------------------------------------------------------------

RUNS = '<r><t>a</t></r><r><t xml:space="preserve"> b</t></r>'
PRONOUNCED = '<rPh sb="0" eb="1"><t>z</t></rPh>'
SHARED = f'<sst xmlns="{MAIN}" count="2" uniqueCount="2"><si><t>Đò</t></si><si>{RUNS}</si></sst>'
ROW_1, ROW_2 = '<row r="1"><c r="A1"><v>1</v></c></row>', '<row r="2"><c r="B2" t="str"><v>x</v></c></row>'


@pytest.mark.parametrize(
    ("spelling", "cells"),
    [
        ("places missing", '<row><c><v>1</v></c></row><row><c/><c t="inlineStr"><is><t>x</t></is></c></row>'),
        ("places of rows missing", '<row><c r="A1"><v>1</v></c></row><row><c r="B2" t="str"><v>x</v></c></row>'),
        ("order of attributes", '<row ht="9" r="1"><c s="0" r="A1"><v>1</v></c></row>' + ROW_2),
        ("order of attributes", ROW_1 + '<row r="2"><c t="str" r="B2"><v>x</v></c></row>'),
        ("single quotes", ROW_1 + "<row r='2'><c r='B2' t='str'><v>x</v></c></row>"),
        ("white space", '\n<row\n r="1">\n<c\n r="A1" >\n<v>1</v>\n</c>\n</row>' + ROW_2),
        ("white space", ROW_1 + '<row r="2"><c r="B2"\tt="str"><v>x</v></c></row>'),
        ("comments", '<row r="1"><!-- <c r="XFD1048576"><v>1</v></c> --><c r="A1"><v>1</v></c></row>' + ROW_2),
        ("sections", '<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>' + ROW_2),
        ("references", '<row r="1"><c r="&#65;1"><v>&#49;</v></c></row>' + ROW_2),
        ("rich text", ROW_1 + f'<row r="2"><c r="B2" t="inlineStr"><is><r><t>x</t></r>{PRONOUNCED}</is></c></row>'),
        ("rows out of order", ROW_2 + ROW_1),
    ],
)
def test_cells_spelt_otherwise(spelling: str, cells: str) -> None:
    assert filled(first(by_hand(cells))) == {"A1": 1.0, "B2": "x"}, spelling


ROWS = ROW_1 + '<row r="2" hidden="1"><c r="B2" t="e"><v>#N/A</v></c><c r="C2"><f>A1</f></c></row>'
PREFIXED = re.sub("<(/?)", r"<\1x:", ROWS)


@pytest.mark.parametrize(
    "sheet",
    [
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{PREFIXED}</x:sheetData></x:worksheet>',
        ('<?xml version="1.0" encoding="UTF-16"?>' + worksheet(ROWS)).encode("utf-16"),
        worksheet(ROWS).encode("utf-8-sig"),
        '<?xml version="1.0" encoding="iso-8859-1"?>' + worksheet(ROWS),
        worksheet(ROWS).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'),
        worksheet(ROWS).replace("<sheetData>", "<!-- <sheetData> --><sheetData>"),
    ],
    ids=["prefixes", "UTF-16", "byte order mark", "Latin 1", "dimension that lies", "comment"],
)
def test_sheets_spelt_otherwise(sheet: str | bytes) -> None:
    seen = first(by_hand(sheet=sheet))
    assert filled(seen) == {"A1": 1.0}
    assert (names(seen.errors), names(seen.uncached), set(seen.hidden_rows)) == ({"B2"}, {"C2"}, {1})


def test_strict_open_xml_with_iso_dates() -> None:
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="d"><v>2026-11-20</v></c>'
    row = f'<row r="1">{cells}</row>'
    data = by_hand(row, main=STRICT, of=STRICT_RELATION, more={"xl/sharedStrings.xml": SHARED.replace(MAIN, STRICT)})
    assert filled(first(data)) == {"A1": "Đò", "B1": "a b", "C1": dt.date(2026, 11, 20)}


@pytest.mark.parametrize(
    "target", ["/xl/worksheets/sheet1.xml", "./worksheets/sheet1.xml", "../xl/worksheets/Sheet1.xml"]
)
def test_parts_are_found_where_the_workbook_says(target: str) -> None:
    data = patched(by_hand(ROW_1), "xl/_rels/workbook.xml.rels", ("worksheets/sheet1.xml", target))
    assert filled(first(data)) == {"A1": 1.0}


def test_an_empty_sheet_has_no_rows() -> None:
    for sheet in (
        f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
        f'<worksheet xmlns="{MAIN}"><sheetData></sheetData></worksheet>',
        f'<worksheet xmlns="{STRICT}"/>',
    ):
        assert list(first(by_hand(sheet=sheet)).rows) == []


def test_formatted_cells_far_away_hold_nothing_and_cost_nothing() -> None:
    far = '<row r="1048576"><c r="XFC1048576" s="0"/><c r="XFD1048576" s="0"></c></row>'
    assert list(first(by_hand(ROW_1 + far)).rows) == [[1.0]]


# Refusals -------------------------------------------------------------------------------------------------------------

GOOD = book(lambda sheet: sheet.append(["a", 1]))


def refusal(data: bytes, name: str = "a.xlsx") -> Refused:
    with pytest.raises(Refused) as caught:
        read(data, name)
    return caught.value


def package_of(main: str, content: str | bytes) -> bytes:
    """A package whose main part is this."""
    return zipped({"_rels/.rels": relations(("b", "officeDocument", main)), main: content})


def with_document_type(part: str, document_type: str) -> bytes:
    return zipped({**parts_of(GOOD), part: document_type.encode() + parts_of(GOOD)[part]})


REFUSALS = [
    ("empty", b""),
    ("empty", bytes(5000)),
    ("too_large", GOOD + bytes(package.MAX_FILE)),
    ("encrypted", OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)),
    ("old_xls", OLE + bytes(500) + "Workbook\0".encode("utf-16-le") + bytes(500)),
    ("old_xls", OLE + bytes(500) + "Book\0".encode("utf-16-le") + bytes(500)),
    ("old_xls", b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(100)),
    ("old_xls", b'<?xml version="1.0"?>\r\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'),
    ("word", OLE + bytes(500) + "WordDocument".encode("utf-16-le")),
    ("html", b"\r\n<HTML><head><meta charset=utf-8></head><table><tr><td>1</td></tr></table>"),
    ("html", "﻿<table border=1><tr><td>Xã</td></tr></table>".encode()),
    ("html", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n"),
    ("csv_text", "Mã kênh;Sản phẩm\nK0101;5\n".encode()),
    ("csv_text", "Mã kênh\tSản phẩm\n".encode("utf-16")),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    ("not_zip", OLE + bytes(500) + "PowerPoint Document".encode("utf-16-le")),
    ("image", b"\x89PNG\r\n\x1a\n" + bytes(50)),
    ("image", b"\xff\xd8\xff\xe0" + bytes(50)),
    ("archive", b"Rar!\x1a\x07\x01\x00" + bytes(50)),
    ("mac_side_file", b"\x00\x05\x16\x07" + bytes(50)),
    ("not_zip", bytes(range(256))),
    ("truncated", GOOD[: len(GOOD) // 2]),
    ("truncated", b"PK\3\4"),
    ("not_workbook", zipped({})),
    ("not_workbook", zipped({"photo.jpg": b"\xff\xd8\xff"})),
    ("word", package_of("word/document.xml", "<document/>")),
    ("not_workbook", package_of("ppt/presentation.xml", "<presentation/>")),
    ("ods", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"})),
    ("xlsb", package_of("xl/workbook.bin", b"\x83\x01")),
    ("no_sheets", package_of("xl/workbook.xml", "<workbook><sheets/></workbook>")),
    ("too_many_entries", zipped({f"xl/media/{n}.png": "" for n in range(package.MAX_ENTRIES + 1)})),
    ("absolute_names", zipped({**parts_of(GOOD), "/xl/evil.xml": "<a/>"})),
    ("absolute_names", zipped({**parts_of(GOOD), "xl/../../evil.xml": "<a/>"})),
    ("absolute_names", zipped({**parts_of(GOOD), "C:\\evil.xml": "<a/>"})),
    ("zip_bomb", zipped({**parts_of(GOOD), "xl/media/a.xml": bytes(5 * package.MEGABYTE)})),
    ("damaged_sheet", by_hand('<row r="1"><c r="A1" t="n"><v>abc</v></c></row>')),
    ("damaged_sheet", by_hand('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')),
    ("damaged_sheet", by_hand('<row r="1"><c><v>1</c></row>')),
    ("damaged_sheet", by_hand('<row r="1" x="<c r="A1"><v>1</v></c>"><c r="B1"><v>2</v></c></row>')),
    ("damaged_sheet", by_hand('<row r="1"><c r="A1" t="str"><v>1<c r="B1"><v>2</v></c></v></c></row>')),
    ("damaged_sheet", by_hand('<row r="1"><c r="A1" t="str"><v>1<c r="B1"/></v></c></row>')),
    ("damaged_sheet", by_hand('<row r="1"><c r="A1" s="x"><c r="B1" s="x"/></c></row>')),
    ("damaged_sheet", by_hand('<row r="1"><c r="A1"><v>1\x01</v></c></row>')),
    ("damaged", zipped({name: part for name, part in parts_of(GOOD).items() if "sheet1" not in name})),
    ("damaged", patched(GOOD, "xl/workbook.xml", ("</workbook>", "</work>"))),
    ("doctype", with_document_type("xl/worksheets/sheet1.xml", '<!DOCTYPE x [<!ENTITY a "b">]>')),
    ("doctype", with_document_type("xl/workbook.xml", '<!-- <a> --><!DOCTYPE x SYSTEM "file:///etc/passwd">')),
]


@pytest.mark.parametrize(("reason", "data"), REFUSALS, ids=[f"{n} {each[0]}" for n, each in enumerate(REFUSALS)])
def test_what_is_no_workbook_is_refused_by_its_own_name(reason: str, data: bytes) -> None:
    assert refusal(data).reason == reason


@pytest.mark.parametrize("name", ["~$bao-cao.xlsx", "C:\\inbox\\~$bao-cao.xlsx", "thang 11/~$x.xlsx", ".~lock.x.xlsx#"])
def test_lock_files_are_refused_by_name(name: str) -> None:
    assert refusal(b"\x05admin" + bytes(159), name).reason == "lock_file"


def test_a_workbook_whose_name_looks_like_a_lock_file_is_read() -> None:
    assert read(GOOD, "~$a.xlsx").sheets[0].cell(0, 0) == "a"


def test_a_damaged_part_is_named() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
    start = sheet.header_offset + 30 + len(sheet.filename)
    refused = refusal(GOOD[: start + 20] + b"\0" * 8 + GOOD[start + 28 :])
    assert (refused.reason, refused.details["name"]) == ("damaged", "xl/worksheets/sheet1.xml")


def test_a_part_that_inflates_past_what_it_declares_is_not_inflated_further() -> None:
    data = bytearray(zipped({**parts_of(GOOD), "xl/worksheets/sheet1.xml": b" " * 50_000_000}))
    declared = (100).to_bytes(4, "little")
    listed = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[listed + 24 : listed + 28] = declared
    assert refusal(bytes(data)).reason == "damaged"


@pytest.mark.parametrize("wrong", [b"", b"other content"])
def test_zlib_has_the_last_word_on_what_is_packed(monkeypatch: pytest.MonkeyPatch, wrong: bytes) -> None:
    expected = read(GOOD, "a.xlsx")
    asked: list[int] = []

    def fails(packed: memoryview, size: int) -> bytes:
        asked.append(size)
        return wrong.ljust(size)[:size] if wrong else b""

    monkeypatch.setattr(package, "inflated_fast", fails)
    assert read(GOOD, "a.xlsx") == expected
    assert asked, "the fast one is asked first"


def test_two_parts_of_one_name_are_two_workbooks() -> None:
    file = io.BytesIO(GOOD)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("XL/Worksheets/sheet1.xml", "<worksheet/>")
    refused = refusal(file.getvalue())
    assert (refused.reason, refused.details) == ("duplicate_names", {"name": "XL/Worksheets/sheet1.xml"})


def test_a_password_on_the_zip() -> None:
    data = bytearray(GOOD)
    data[data.index(b"PK\1\2") + 8] |= 1
    assert refusal(bytes(data)).reason == "encrypted"


@pytest.mark.parametrize(
    ("cells", "reason", "cell"),
    [
        ('<c r="XFD1048576"><v>1</v></c>', "stray_cell", "XFD1048576"),
        ('<c r="XFD1048576" t="inlineStr"><is><t> </t></is></c>', "stray_cell", "XFD1048576"),
        ('<c r="A1048576" t="e"><v>#N/A</v></c>', "stray_cell", "A1048576"),
        ('<c r="XFD1"><f>A1</f></c>', "stray_cell", "XFD1"),
        ('<c r="ZZ9"><v>1</v></c>', "stray_cell", "ZZ9"),
        ('<c r="ZZ9"><v>1</v></c></row><row r="99"><c r="A99"><v>1</v></c>', "stray_cell", "ZZ9"),
        ('<c r="SA9"><v>1</v></c></row><row r="9999"><c r="A9999"><v>1</v></c>', "stray_cell", "SA9"),
        ('<c r="Z9"><v>1</v></c></row><row r="48888"><c r="A48888"><v>1</v></c>', "stray_cell", "A48888"),
        ('<c t="n" r="XFD1048576"><v>1</v></c>', "stray_cell", "XFD1048576"),
        ('<x:c r="XFD1048576"><x:v>1</x:v></x:c>', "damaged_sheet", None),
        ('<c r="ZZZZ99999999"><v>1</v></c>', "damaged_sheet", None),
        ('<c r="xfd1048576"><v>1</v></c>', "damaged_sheet", None),
    ],
)  # fmt: skip
def test_a_stray_cell_far_away_is_refused_and_named(cells: str, reason: str, cell: str | None) -> None:
    refused = refusal(by_hand(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="9">{cells}</row>'))
    assert (refused.reason, refused.details.get("cell")) == (reason, cell)
    assert refused.details["sheet"] == "S"


def test_many_cells_are_refused_as_many() -> None:
    """A cell in eight, over 2,000 rows and 512 columns: no single one is to blame."""
    columns = [COLUMN_LETTERS[index] for index in range(7, MAX_COLUMNS, 8)]
    rows = MAX_CELLS // MAX_COLUMNS + 1
    cells = "".join(
        f'<row r="{row}">{"".join(f"""<c r="{column}{row}"><v>1</v></c>""" for column in columns)}</row>'
        for row in range(1, rows + 1)
    )
    refused = refusal(by_hand(cells))
    assert (refused.reason, refused.details["sheet"]) == ("too_many_cells", "S")
    assert refused.details["size"] == f"{rows // 1000}.{rows % 1000:03} × {MAX_COLUMNS}"


def test_sheets_that_are_too_much_together_are_refused() -> None:
    workbook = openpyxl.Workbook()
    for number in range(4):
        sheet = workbook.create_sheet(str(number))
        sheet["A1"], sheet["AZ9999"] = 1, 1
    file = io.BytesIO()
    workbook.save(file)
    refused = refusal(file.getvalue())
    assert refused.reason == "too_many_together"


def test_shared_strings_are_not_believed_how_many_they_are() -> None:
    """calamine would set memory aside for that many, and abort the process."""
    count = 'count="99999999999" uniqueCount="99999999999"'
    for root in (f'<sst xmlns="{MAIN}" {count}>', f'<sst xmlns="{MAIN}"><sst {count}/>'):
        strings = f"{root}<si><t>x</t></si></sst>"
        data = by_hand('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', more={"xl/sharedStrings.xml": strings})
        assert filled(first(data)) in ({"A1": "x"}, {})


def test_every_refusal_has_a_sentence_for_the_officer() -> None:
    stray = by_hand(ROW_1 + '<row r="9"><c r="XFD1048576"><v>1</v></c></row>')
    refused = [refusal(data) for data in (*(data for _, data in REFUSALS), stray)]
    for each in (*refused, Refused("too_many_cells", sheet="S", size="9", limit="1"), refusal(b"", "~$a.xlsx")):
        assert finding(each.reason, **each.details).message


def test_random_damage_is_refused_or_read_never_fatal() -> None:
    choose = random.Random(57)
    for _ in range(300):
        data = bytearray(GOOD)
        for _ in range(choose.randrange(1, 6)):
            data[choose.randrange(len(data))] = choose.randrange(256)
        try:
            read(bytes(data), "a.xlsx")
        except Refused as refused:
            assert refused.reason
