"""The 20th of the month: 115 files come, some of them faulty; those go back marked, come again corrected, and the
month is complete. One file is faulty in each way, with NQ57_LONG=1 twelve are.
"""

import datetime as dt
import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from etl import front, later_events
from etl.demo.schedule import FORM, DemoFile, reporting
from etl.demo.write import last_months, written_by_unit
from etl.receipt import Receipt
from etl.warehouse import open_to_read
from tests.browsing import settled
from tests.waiting import PATIENCE
from tests.workbooks import prepared

Serve = Callable[[Path], str]
PERIOD, DUE = "2026-11", dt.date(2026, 11, 21)
FAULTS = ("sum_mismatch", "missing_required", "online_over_total", "error_cell", "done_without_date")
FAULTY = 12 if os.environ.get("NQ57_LONG") else len(FAULTS)
GOOD = 115 - FAULTY
VOIDED = "Đơn vị báo gửi nhầm tệp"
RECEIVED = dt.datetime(2026, 11, 19, 16)


def write_month(out: Path, faults: dict[str, str]) -> list[Path]:
    """The reports of units for one month as their officers fill them; those with a fault have it in their cells."""
    catalogue = prepared().catalogue
    (period,) = last_months(catalogue, 1, DUE)
    assert period.period == PERIOD
    units = [unit for unit in reporting(catalogue) if unit.unit_code in faults]
    files = [
        DemoFile(unit.unit_code, PERIOD, RECEIVED, "faulty" if faults[unit.unit_code] else "clean",
                 f"{FORM}_{unit.unit_code}_{PERIOD}.xlsx", fault=faults[unit.unit_code])
        for unit in units
    ]  # fmt: skip
    written = [path for some in written_by_unit(catalogue, units, (period,), files, 57, out) for _, path in some]
    return sorted(written)


def faulty_of(files: list[Path], faulty: Mapping[str, str]) -> list[Path]:
    """The files of the units that made a mistake."""
    return [path for path in files if path.name.split("_")[1] in faulty]


def drop(page: Page, files: list[Path], then: str) -> None:
    """Drop files and wait until they are read."""
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_role("heading", level=1)).to_contain_text(then)
    settled(page)


def give_an_earlier_date(page: Page) -> None:
    """The whole batch came on the 19th, by mail."""
    page.get_by_role("button", name="Nhận bây giờ").click()
    page.get_by_role("spinbutton", name="day, Ngày nhận").click()
    page.keyboard.type("19112026")
    page.get_by_label("Lý do").fill("Nhận qua thư điện tử ngày 19/11")
    page.get_by_role("button", name="Dùng cho cả đợt").click()
    expect(page.get_by_role("button", name="ngày 19/11/2026")).to_be_visible()
    settled(page)


def seen_closely(page: Page) -> Iterator[str]:
    """What the page says of each faulty file, one after the other by the keyboard."""
    page.get_by_role("radio", name=f"Cần sửa {FAULTY}").click()
    settled(page)
    in_view = page.get_by_role("combobox", name="Tệp đang xem").first  # the one before stays until the next is drawn
    for place in range(FAULTY):
        if place:
            before = in_view.input_value()
            page.locator("h1").click()
            page.keyboard.press("j")
            expect(in_view).not_to_have_value(before)
            settled(page)
        yield page.get_by_role("tabpanel").first.inner_text()


def is_named(receipt: Receipt, said: str) -> bool:
    """Whether every blocking finding of a file stands there with its sheet and cell (of many alike, the first few)."""
    causes: dict[str, list[str]] = {}
    for each in receipt.findings:
        if each.severity == "error":
            causes.setdefault(each.rule_id, []).append(f"{each.sheet} {each.cell}".strip())
    return all(place in said for places in causes.values() for place in places[:5])


def corrected(marked: Path, right: Path, receipt: Receipt, out: Path) -> Path:
    """The marked workbook as its officer sends it back: in every marked cell, and nowhere else, what is right."""
    book, known = openpyxl.load_workbook(marked), CalamineWorkbook.from_path(right)
    for each in receipt.findings:
        if each.severity == "error":
            cell = book[each.sheet][each.cell]
            assert cell.comment is not None, (each.sheet, each.cell)
            rows = known.get_sheet_by_name(each.sheet).to_python(skip_empty_area=False)
            cell.value = rows[cell.row - 1][cell.column - 1] or None
    book.save(out / marked.name)
    return out / marked.name


def opened_by_libreoffice(files: list[Path], out: Path) -> subprocess.Popen[bytes]:
    """LibreOffice opens each file and writes it anew, meanwhile."""
    return subprocess.Popen(
        ["soffice", "--headless", f"-env:UserInstallation={(out / 'profile').as_uri()}", "--convert-to", "xlsx",
         "--outdir", str(out / "opened"), *map(str, files)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def ask(data: Path, sql: str) -> list[tuple[object, ...]]:
    con = open_to_read(data)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


STATES = (
    f"select state, on_time, submissions, count(*) from reporting where period = '{PERIOD}' group by all order by all"
)

STATUS = f"select status, coalesce(note, '') from submission where period = '{PERIOD}'"


def test_a_month_is_received_returned_corrected_and_complete(serve: Serve, page: Page, tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice (soffice) is not installed here, so nobody can open the marked workbooks")
    data = tmp_path / "data"
    codes = [unit.unit_code for unit in reporting(prepared().catalogue)]
    faulty = {code: FAULTS[place % len(FAULTS)] for place, code in enumerate(codes[::9][:FAULTY])}
    files = write_month(tmp_path / "sent", dict.fromkeys(codes, "") | faulty)
    right = {path.name: path for path in write_month(tmp_path / "right", dict.fromkeys(faulty, ""))}
    receipts = {one.file: one for one in front.check_paths(faulty_of(files, faulty), RECEIVED, data)}
    assert (len(files), {one.outcome for one in receipts.values()}) == (115, {"returned"})

    address = serve(data)
    page.goto(f"{address}/nop-bao-cao")
    settled(page)
    page.get_by_label("Người tiếp nhận").fill("Lan")
    drop(page, files, "115 tệp:")
    give_an_earlier_date(page)
    assert not (data / "reports").exists()

    said = list(seen_closely(page))
    for receipt in receipts.values():
        assert any(is_named(receipt, one) for one in said), receipt.file
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Tải {FAULTY} tệp đã đánh dấu lỗi").click()
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as archive:
        archive.extractall(tmp_path / "marked")
    exported = [one for _, one in later_events(data) if one.action == "exported"]
    assert {(one.unit_code, one.period, one.actor) for one in exported} == {(code, PERIOD, "Lan") for code in faulty}
    marked = sorted((tmp_path / "marked").glob("*.xlsx"))
    assert [path.name for path in marked] == sorted(receipts)

    opening = opened_by_libreoffice(marked, tmp_path)
    page.get_by_role("button", name=f"Ghi nhận {GOOD} tệp hợp lệ").click()
    expect(page.get_by_text(f"Đã lưu: {GOOD} báo cáo được ghi nhận")).to_be_visible()
    page.get_by_role("button", name=f"Trả lại {FAULTY} tệp có lỗi").click()
    expect(page.get_by_text(f"Đã lưu: {FAULTY} báo cáo bị trả lại")).to_be_visible()
    assert ask(data, STATES) == [("accepted", True, 1, GOOD), ("returned", True, 1, FAULTY)]

    (tmp_path / "again").mkdir()
    again = [corrected(path, right[path.name], receipts[path.name], tmp_path / "again") for path in marked]
    drop(page, again, f"{FAULTY} tệp:")
    expect(page.get_by_text("đã bị trả lại với")).to_be_visible()
    page.get_by_role("button", name=f"Ghi nhận {FAULTY} tệp hợp lệ").click()
    expect(page.get_by_text(f"Đã lưu: {FAULTY} báo cáo được ghi nhận")).to_be_visible()
    assert ask(data, STATES) == [("accepted", True, 1, GOOD), ("accepted", True, 2, FAULTY)]
    assert ask(data, "select distinct loaded_by from submission") == [("Lan",)]

    assert opening.wait(PATIENCE) == 0
    assert len(list((tmp_path / "opened").glob("*.xlsx"))) == FAULTY

    page.goto(f"{address}/truy-xuat-so-lieu?cua-don-vi={prepared().catalogue.unit(codes[0]).full_name}")
    settled(page)
    page.get_by_role("button", name="Hủy lần nộp").first.click()
    page.get_by_role("textbox", name="Lý do").fill(VOIDED)
    page.get_by_role("textbox", name="Người thực hiện").fill("Lan")
    page.get_by_role("dialog").get_by_role("button", name="Hủy lần nộp").click()
    expect(page.get_by_text("Đã hủy lần nộp 2.")).to_be_visible()
    assert ask(data, f"{STATUS} and unit_code = '{codes[0]}' order by version") == [("returned", ""), ("void", VOIDED)]
