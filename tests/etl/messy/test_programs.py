"""The same report as other programs save it: it says the same, whoever wrote the parts."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from etl.sheet import COLUMN_LETTERS
from tests.etl.messy.office import ACCEPTED, RETURNED, Ending, ending, plain, reopened, touched
from tests.waiting import PATIENCE

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELATION: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
Parts = Mapping[str, bytes]


@pytest.fixture(scope="module")
def untouched() -> Ending:
    return ending(plain())


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def sheets_changed(parts: Parts, change: Callable[[bytes], bytes]) -> dict[str, bytes]:
    """The parts with the XML of every sheet changed."""
    return {name: change(xml) if name.startswith("xl/worksheets/sheet") else xml for name, xml in parts.items()}


def shared_strings(parts: Parts) -> Parts:
    """As Excel: each text once, in a part of its own."""
    strings: list[bytes] = []

    def share(cell: re.Match[bytes]) -> bytes:
        strings.append(cell[2])
        return b'<c%s t="s"><v>%d</v></c>' % (cell[1], len(strings) - 1)

    pattern = rb'<c([^>]*?) t="inlineStr"><is>(.*?)</is></c>'
    changed = sheets_changed(parts, lambda xml: re.sub(pattern, share, xml, flags=re.S))
    count = b"".join(b"<si>%s</si>" % string for string in strings)
    kind = f'<Relationship Id="rId98" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    rels = parts["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", kind.encode())
    head = f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{MAIN}">'.encode()
    return {**changed, "xl/_rels/workbook.xml.rels": rels, "xl/sharedStrings.xml": head + count + b"</sst>"}


def without_styles(parts: Parts) -> Parts:
    """As a program that knows no styles."""
    bare = sheets_changed(parts, lambda xml: re.sub(rb'(<c r="[A-Z]+\d+") s="\d+"', rb"\1", xml))
    return {name: xml for name, xml in bare.items() if name != "xl/styles.xml"}


def rich_text(parts: Parts) -> Parts:
    """As WPS and Excel, where words of a cell look different."""

    def in_runs(string: re.Match[bytes]) -> bytes:
        first, second = string[1][:2], string[1][2:]
        run = b'<r><rPr><b/><sz val="11"/></rPr><t xml:space="preserve">%s</t></r>'
        return b"<si>" + run % first + run % second + b'<phoneticPr fontId="1"/></si>'

    those = shared_strings(parts)
    pattern = rb"<si><t[^>]*>([A-Za-z]{2}[^<]*)</t></si>"
    return {**those, "xl/sharedStrings.xml": re.sub(pattern, in_runs, those["xl/sharedStrings.xml"])}


def strict(parts: Parts) -> Parts:
    """As "Strict Open XML" of Excel."""

    def renamed(xml: bytes) -> bytes:
        for old, new in STRICT.items():
            xml = xml.replace(old.encode(), new.encode())
        return xml

    return {name: renamed(xml) if name.endswith((".xml", ".rels")) else xml for name, xml in parts.items()}


def without_references(parts: Parts) -> Parts:
    """As exporters that leave out where rows and cells stand; blank cells are then written too."""

    def bare(xml: bytes) -> bytes:
        def row(found: re.Match[bytes]) -> bytes:
            number, cells = int(found[1]), dict(re.findall(rb'(<c r="([A-Z]+)\d+".*?(?:/>|</c>))', found[2], re.S))
            named = {column: cell for cell, column in cells.items()}
            letters = [each.encode() for each in COLUMN_LETTERS[:60]]
            last = max((letters.index(column) for column in named), default=-1)
            full = b"".join(named.get(column, b"<c/>") for column in letters[: last + 1])
            return b"<row>%s</row>" % re.sub(rb' r="[A-Z]+\d+"', b"", full) if number else b""

        return re.sub(rb'<row r="(\d+)"[^>]*>(.*?)</row>', row, xml, flags=re.S)

    return sheets_changed(parts, bare)


def with_macros(parts: Parts) -> Parts:
    """As .xlsm."""
    kind = f'<Relationship Id="rId99" Type="{RELATION.replace("/officeDocument/", "/")}/vbaProject" Target="vbaProject.bin"/>'
    rels = parts["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", kind.encode() + b"</Relationships>")
    return {**parts, "xl/_rels/workbook.xml.rels": rels, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}


def carriage_returns(parts: Parts) -> Parts:
    """As text pasted from Word: Excel writes a carriage return as _x000D_."""
    old = "thiết bị phát thanh".encode("ascii", "xmlcharrefreplace")
    new = "thiết bị_x000D_\nphát thanh".encode("ascii", "xmlcharrefreplace")
    strings = shared_strings(parts)
    assert old in strings["xl/sharedStrings.xml"]
    return {**strings, "xl/sharedStrings.xml": strings["xl/sharedStrings.xml"].replace(old, new)}


WAYS: Mapping[str, tuple[Callable[[Parts], Parts], list[str]]] = {
    "shared strings (Excel)": (shared_strings, []),
    "no styles": (without_styles, ["V24.4"]),
    "rich text (WPS)": (rich_text, []),
    "Strict Open XML": (strict, []),
    "no references": (without_references, []),
    "macros (.xlsm)": (with_macros, ["V01.23"]),
    "carriage returns (Word)": (carriage_returns, []),
}


@pytest.mark.parametrize(("change", "rules"), WAYS.values(), ids=WAYS)
def test_another_program(change: Callable[[Parts], Parts], rules: list[str], untouched: Ending) -> None:
    ended = ending(zipped(change(unzipped(plain()))), "a.xlsm" if change is with_macros else "a.xlsx")
    assert sorted({each.rule_id for each in ended.findings}) == rules
    assert ended.numbers() == untouched.numbers()
    if change is without_styles:  # then nothing tells a date from a number: every one of them is asked about
        assert ended.outcome == RETURNED
        assert "(có thể là ngày 05/01/2026)" in ended.words
    else:
        assert ended.outcome == ACCEPTED
        assert ended.tasks() == untouched.tasks()
        assert ended.inspected.reports[0].remarks == untouched.inspected.reports[0].remarks


def test_libreoffice_saves_the_same_report(tmp_path: Path, untouched: Ending) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice (soffice) is not installed here")
    source = tmp_path / "in" / "bao-cao.xlsx"
    source.parent.mkdir()
    source.write_bytes(plain())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    asked = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(asked, check=True, capture_output=True, timeout=PATIENCE)
    ended = ending((tmp_path / "bao-cao.xlsx").read_bytes())
    assert (ended.outcome, ended.said) == (ACCEPTED, [])
    assert (ended.numbers(), ended.tasks()) == (untouched.numbers(), untouched.tasks())


def pictures(book: openpyxl.Workbook) -> None:
    picture = io.BytesIO()
    Picture.new("RGB", (40, 30), "red").save(picture, "PNG")
    book["2_TUYEN_TRUYEN"].add_image(Image(picture), "D4")


def formulas_kept_as_values(book: openpyxl.Workbook) -> None:
    book["2_TUYEN_TRUYEN"]["D4"] = "=SUM(E4:J4)"


def test_a_pasted_picture_changes_nothing(untouched: Ending) -> None:
    ended = touched(pictures)
    assert (ended.outcome, ended.said, ended.numbers()) == (ACCEPTED, [], untouched.numbers())


def test_a_formula_no_program_worked_out_is_asked_for() -> None:
    ended = ending(reopened(plain(), formulas_kept_as_values))
    assert (ended.outcome, ended.said) == (RETURNED, ["V49.2 2_TUYEN_TRUYEN!D4"])
    assert "công thức chưa được tính kết quả" in ended.words


def with_formula(shown: str) -> Ending:
    """The plain report with a formula to another workbook in a cell, and the result that Excel kept."""

    def change(xml: bytes) -> bytes:
        return xml.replace(b'<c r="D4" t="n"><v>7</v></c>', b'<c r="D4"><f>[1]Thang10!D4</f>%s</c>' % shown.encode())

    parts = unzipped(plain())
    return ending(zipped({**parts, "xl/worksheets/sheet2.xml": change(parts["xl/worksheets/sheet2.xml"])}))


def test_a_formula_to_another_workbook_gives_what_excel_kept() -> None:
    ended = with_formula("<v>7</v>")
    assert (ended.outcome, ended.said, ended.value("products", "K0101")) == (ACCEPTED, [], 7.0)


def test_a_broken_reference_is_an_error_at_its_cell() -> None:
    parts = unzipped(plain())
    xml = parts["xl/worksheets/sheet2.xml"]
    broken = xml.replace(b'<c r="D4" t="n"><v>7</v></c>', b'<c r="D4" t="e"><f>#REF!+1</f><v>#REF!</v></c>')
    assert broken != xml
    ended = ending(zipped({**parts, "xl/worksheets/sheet2.xml": broken}))
    assert (ended.outcome, ended.said) == (RETURNED, ["V10.8 2_TUYEN_TRUYEN!D4"])
    assert "Ô báo lỗi #REF!" in ended.words
