"""From a number to its cells and their workbook, from the map to a unit; test_addresses.py follows the clicks between."""

import io
import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from etl.warehouse import open_to_read
from tests.browsing import settled


def read_from(data: Path, unit: str) -> list[tuple[str, str]]:
    """Where dossiers filed online and all dossiers were read in the last report of a unit: sheet and cell."""
    with open_to_read(data) as con:
        return con.execute(
            """
            select o.sheet, o.cell from observation o join current_submission s using (submission_id) join unit u using (unit_code)
            where u.full_name = ? and o.item_code = 'TONG' and o.measure in ('recv_online', 'recv_total')
            qualify s.period = max(s.period) over () order by o.measure
            """,
            [unit],
        ).fetchall()


def test_a_number_is_that_of_its_cells(served: str, page: Page, filled: Path) -> None:
    with open_to_read(filled) as con:
        asked = """
            select full_name from current_indicator join unit using (unit_code)
            where indicator = 'DV01' and numerator > 0 order by period desc, 1 limit 1
        """
        ((name,),) = con.execute(asked).fetchall()
    page.goto(f"{served}/truy-xuat-so-lieu?chi-tieu=DV01 · Tỷ lệ hồ sơ nộp trực tuyến&cua-don-vi={name}")
    settled(page)
    expect(page.get_by_text("2 số liệu gốc")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Tải tệp").first.click()
    book = openpyxl.load_workbook(io.BytesIO(Path(taken.value.path()).read_bytes()), data_only=True)
    online, total = (book[sheet][cell].value for sheet, cell in read_from(filled, name))
    share = f"{100 * online / total:.1f}%".replace(".", ",")
    expect(page.get_by_text(share, exact=True).first).to_be_visible()


def test_a_table_is_taken_as_a_workbook(served: str, page: Page) -> None:
    page.goto(f"{served}/dich-vu-cong-truc-tuyen")
    settled(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Excel").last.click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(taken.value.path()).read_bytes())).active
    assert sheet is not None
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0]]
    assert rows[3][:2] == ("Đơn vị", "Tỷ lệ")
    assert all(0 <= row[1] <= 100 for row in rows[4:] if row[1] is not None)


def test_the_overview_answers_in_one_screen(served: str, page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(served)
    settled(page)
    expect(page.get_by_text("Điểm đáng chú ý")).to_be_visible()
    lowest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('[data-testid=stMainBlockContainer] [data-testid=stVerticalBlock]')]"
        ".map(box => box.getBoundingClientRect().bottom))"
    )
    assert lowest <= 900


def test_words_lead_on_in_the_same_tab_and_one_step_back_returns(served: str, page: Page) -> None:
    page.goto(f"{served}/?loai=Xã")
    settled(page)
    page.get_by_role("link", name="Chi tiết").nth(1).click()
    expect(page).to_have_url(re.compile("/do-phu-theo-kenh.*loai=X%C3%A3"))
    page.go_back()
    expect(page.locator(".st-key-findings")).to_be_visible()
    with page.context.expect_page() as apart:
        page.locator(".st-key-findings a").first.click(modifiers=["Control"])
    expect(apart.value.locator("h1")).to_be_visible()
    expect(page.locator(".st-key-findings")).to_be_visible()


def test_the_map_leads_to_a_unit_and_fetches_nothing(served: str, page: Page) -> None:
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda request: None if request.url.startswith((served, "data:", "blob:")) else elsewhere.append(request.url),
    )
    page.goto(f"{served}/dich-vu-cong-truc-tuyen")
    settled(page)
    chart = page.get_by_test_id("stPlotlyChart").filter(has=page.locator(".legend")).last
    chart.scroll_into_view_if_needed()
    mark = chart.locator(".scatterlayer .trace .points path.point").first
    box = mark.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile("/don-vi.*don-vi="))
    assert not elsewhere


def test_one_click_is_one_step_however_often_the_server_says_where_to(served: str, page: Page) -> None:
    page.goto(served)
    settled(page)
    steps = page.evaluate("history.length")
    for often in (1, 2):
        page.locator("h1").click()
        page.evaluate("window.leadOn('/don-vi'), window.leadOn('/don-vi')")
        assert page.evaluate("history.length") == steps + often
        expect(page).to_have_url(f"{served}/don-vi")
        settled(page)
