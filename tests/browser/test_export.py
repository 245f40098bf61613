"""Xuất báo cáo in a real browser: each document is made when its button is clicked."""

import io
import re
import zipfile
from pathlib import Path

from docx import Document
from playwright.sync_api import Page, expect

from etl.warehouse import open_to_read
from tests.browsing import settled

MADE = {
    "Báo cáo Word": (".docx", "word/document.xml"), "Công văn đôn đốc": (".docx", "word/document.xml"),
    "Tệp Excel tổng hợp": (".xlsx", "xl/workbook.xml"), "Biểu 06/VPCP/KSTT": (".xlsx", "xl/workbook.xml"),
    "Bộ tài liệu họp": (".zip", ".html"), "Dữ liệu mở": (".zip", "datapackage.json"),
    "Bộ đôn đốc": (".zip", ".txt"),
}  # fmt: skip


def test_every_document_can_be_taken(served: str, page: Page) -> None:
    page.goto(f"{served}/xuat-bao-cao")
    settled(page)
    titles = page.locator("h5").all_inner_texts()
    assert set(titles) == {*MADE, "Trang tổng quan"}
    buttons = [one.bounding_box() for one in page.get_by_role("button", name="Tải về").all()]
    assert len({box["y"] for box in buttons[:3] if box}) == 1, "buttons side by side stand in one line"
    for title, (ending, inside) in MADE.items():
        with page.expect_download() as taken:
            page.get_by_role("button", name="Tải về").nth(titles.index(title)).click()
        content = Path(taken.value.path()).read_bytes()
        assert taken.value.suggested_filename.endswith(ending)
        assert any(name.endswith(inside) for name in zipfile.ZipFile(io.BytesIO(content)).namelist()), title


def test_documents_of_a_quarter_are_taken_from_the_page(served: str, page: Page) -> None:
    page.goto(f"{served}/xuat-bao-cao")
    settled(page)
    page.get_by_role("combobox", name="Tính theo").click()
    page.get_by_role("option", name="Theo quý").click()
    expect(page.locator("h1")).to_contain_text("Xuất báo cáo quý")
    expect(page).to_have_url(re.compile("tinh-theo=Theo"))
    settled(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Tải về").first.click()
    assert re.fullmatch(r"bao-cao-\d{4}-Q\d\.docx", taken.value.suggested_filename)
    assert any("quý" in paragraph.text for paragraph in Document(taken.value.path()).paragraphs)


def test_a_unit_takes_its_own_report(served: str, page: Page, filled: Path) -> None:
    with open_to_read(filled) as con:
        asked = """
            select unit_code, full_name, period from submission join unit using (unit_code)
            where status = 'accepted' order by period desc limit 1
        """
        code, name, period = con.execute(asked).fetchall()[0]
    page.goto(f"{served}/don-vi?don-vi={name}")
    settled(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Báo cáo Word").click()
    assert taken.value.suggested_filename == f"bao-cao-{code}-{period}.docx"
