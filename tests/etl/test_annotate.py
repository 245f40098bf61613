"""The marked workbook: every fault in its cell and on a first sheet, everything else as it was."""

import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image as Picture
from typer.testing import CliRunner

from etl.annotate import SHEET, Unmarkable, marked
from etl.cli import app
from etl.findings import Finding
from etl.inspection import Incoming, inspect
from tests.waiting import PATIENCE
from tests.workbooks import prepared, report

NOW = dt.datetime(2026, 11, 20)
WRONG = {"5_DVC TONG recv_online": 5, "2_TUYEN_TRUYEN K0101 products": "nhiều"}


def found(content: bytes) -> list[Finding]:
    inspected = inspect(prepared(), Incoming("a.xlsx", content, NOW))
    return [*inspected.findings, *(each for one in inspected.reports for each in one.findings)]


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_our_list_of_faults_comes_back_and_is_no_fault() -> None:
    content = report(changes=WRONG)
    assert found(marked(content, "a.xlsx", found(content))) == found(content)


def rich() -> bytes:
    """A faulty report with what a library would lose or we might harm."""

    def touch(book: openpyxl.Workbook) -> None:
        sheet = book["5_DVC"]
        drop = DataValidation(type="list", formula1="'1_THONG_TIN'!$A$1:$A$3")
        sheet.add_data_validation(drop)
        drop.add("B9")
        sheet.conditional_formatting.add("B4:D9", CellIsRule("greaterThan", ["5"], fill=PatternFill("solid", "FFFF00")))
        sheet.protection.sheet = True
        sheet["B9"].comment = Comment("Ghi chú của đơn vị", "Cán bộ")
        picture = io.BytesIO()
        Picture.new("RGB", (8, 8), "red").save(picture, "PNG")
        sheet.add_image(Image(picture), "F9")
        sheet.defined_names["vung"] = DefinedName("vung", attr_text="'5_DVC'!$A$1:$B$2")
        book.defined_names["chung"] = DefinedName("chung", attr_text="'1_THONG_TIN'!$A$1")
        sheet["D4"].number_format = "#,##0"

    return report(changes=WRONG, touch=touch)


def values(book: openpyxl.Workbook) -> dict[tuple[str, str], object]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        if sheet.title != SHEET
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_every_fault_is_marked_in_its_cell_and_listed_with_a_link() -> None:
    content = rich()
    findings = [each for each in found(content) if each.cell]
    book = opened(marked(content, "a.xlsx", findings))
    assert book.sheetnames[0] == SHEET
    assert book.active is not None
    assert book.active.title == SHEET
    for each in findings:
        cell = book[each.sheet][each.cell]
        assert cell.comment is not None
        assert each.message in cell.comment.text
        assert cell.fill.fgColor.rgb in ("FFFFC7CE", "FFFFE699", "FFDDEBF7")
    links = {
        cell.hyperlink.location for (cell,) in book[SHEET].iter_rows(min_row=5, min_col=3, max_col=3) if cell.hyperlink
    }
    assert links == {f"'{each.sheet}'!{each.cell}" for each in findings}


def test_everything_else_stays() -> None:
    content = rich()
    after = opened(marked(content, "a.xlsx", found(content)))
    before = opened(content)
    assert values(after) == values(before)
    old, new = before["5_DVC"], after["5_DVC"]
    assert [(one.formula1, str(one.sqref)) for one in new.data_validations.dataValidation] == [
        (one.formula1, str(one.sqref)) for one in old.data_validations.dataValidation
    ]
    assert len(new.conditional_formatting) == len(old.conditional_formatting)
    assert new.protection.sheet
    assert len(new._images) == 1
    assert new["D4"].number_format == "#,##0"
    assert "Ghi chú của đơn vị" in new["B9"].comment.text
    assert new.defined_names["vung"].attr_text == "'5_DVC'!$A$1:$B$2"
    assert "vung" not in after["4_NHIEM_VU"].defined_names
    assert after.defined_names["chung"].attr_text == "'1_THONG_TIN'!$A$1"
    with (
        zipfile.ZipFile(io.BytesIO(content)) as one,
        zipfile.ZipFile(io.BytesIO(marked(content, "a", found(content)))) as two,
    ):
        same = [name for name in one.namelist() if name in two.namelist() and one.read(name) == two.read(name)]
        assert {"xl/media/image1.png", "xl/drawings/drawing1.xml", "xl/theme/theme1.xml"} <= set(same)


def test_a_corrected_file_loads_cleanly_with_our_marks_still_in_it() -> None:
    content = report(changes=WRONG)
    book = opened(marked(content, "a.xlsx", found(content)))
    book["5_DVC"]["D4"] = 0
    book["2_TUYEN_TRUYEN"]["D4"] = 3
    out = io.BytesIO()
    book.save(out)
    assert [each for each in found(out.getvalue()) if each.severity == "error"] == []


def test_marks_never_pile_up() -> None:
    content = report(changes=WRONG)
    once = marked(content, "a.xlsx", found(content))
    twice = marked(once, "a.xlsx", found(once))
    book = opened(twice)
    assert book.sheetnames.count(SHEET) == 1
    assert len([name for name in book.sheetnames if name.startswith("LỖI")]) == 1
    assert book["5_DVC"]["D4"].comment.text.count("Kiểm tra báo cáo:") == 1
    clean = opened(marked(once, "a.xlsx", []))
    assert clean["5_DVC"]["D4"].comment is None
    assert clean["5_DVC"]["D4"].fill.fgColor.rgb == opened(content)["5_DVC"]["D4"].fill.fgColor.rgb


def test_a_comment_of_the_sender_stays_beside_ours() -> None:
    def touch(book: openpyxl.Workbook) -> None:
        book["5_DVC"]["D4"].comment = Comment("Số này đã hỏi lại", "Cán bộ")

    content = report(changes=WRONG, touch=touch)
    text = opened(marked(content, "a.xlsx", found(content)))["5_DVC"]["D4"].comment.text
    assert text.startswith("Số này đã hỏi lại")
    assert "Kiểm tra báo cáo:" in text
    again = opened(marked(marked(content, "a.xlsx", found(content)), "a.xlsx", []))["5_DVC"]["D4"].comment.text
    assert again.strip() == "Số này đã hỏi lại"


def test_text_of_a_workbook_is_text_on_our_sheet() -> None:
    one = Finding("V1", "error", "5_DVC", "D4", "=1+1", "<b>", '=HYPERLINK("x")', "&", "\x07 lạ", "sửa")
    sheet = opened(marked(report(), "a.xlsx", [one]))[SHEET]
    assert [cell.value for cell in sheet[5]][3:6] == ["=1+1", "<b>", '=HYPERLINK("x")']
    assert {cell.data_type for cell in sheet[5] if cell.value} == {"s"}


def test_what_is_no_workbook_bears_no_marks() -> None:
    for content in (b"", b"khong phai", b"PK\x03\x04 hong", b"%PDF-1.7"):
        with pytest.raises(Unmarkable):
            marked(content, "a.xlsx", [])


def test_the_command_writes_marked_copies(tmp_path: Path) -> None:
    (tmp_path / "sai.xlsx").write_bytes(report(changes=WRONG))
    (tmp_path / "dung.xlsx").write_bytes(report("11359"))
    (tmp_path / "la.xlsx").write_bytes(b"khong phai")
    (tmp_path / "khong ro ky.xlsx").write_bytes(report("11050", changes={"1_THONG_TIN period": "tháng nọ"}))
    out = tmp_path / "ra"
    asked = [
        "check",
        str(tmp_path),
        "--annotate",
        str(out),
        "--data",
        str(tmp_path / "data"),
        "--received",
        "2026-11-20",
    ]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 1, result.output
    assert sorted(path.name for path in out.iterdir()) == ["khong ro ky.xlsx", "sai.xlsx"]
    assert re.search(r"Đã ghi 2 tệp.* Không đánh dấu được 1 tệp .*: la\.xlsx\.", " ".join(result.output.split()))
    assert not (tmp_path / "data" / "warehouse.duckdb").exists()


def test_libreoffice_opens_it_and_sees_the_marks(tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice (soffice) is not installed here, so the marked workbook is not opened in it")
    content = rich()
    path = tmp_path / "dau.xlsx"
    path.write_bytes(marked(content, path.name, found(content)))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    out = tmp_path / "out"
    asked = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path)]
    subprocess.run(["soffice", "--headless", profile, *asked], check=True, capture_output=True, timeout=PATIENCE)
    saved = (out / "dau.xlsx").read_bytes()
    book = opened(saved)
    assert book.sheetnames[0] == SHEET
    assert "Kiểm tra báo cáo:" in book["5_DVC"]["D4"].comment.text
    assert book["5_DVC"]["D4"].fill.fgColor.rgb == "FFFFC7CE"
    clean = opened(marked(saved, "dau.xlsx", []))
    assert SHEET not in clean.sheetnames[1:]
    assert clean["5_DVC"]["D4"].comment is None
