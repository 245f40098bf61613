"""From a number to its cells: a click on a unit, a click on an indicator, the workbook; addresses restore a view."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Locator, Page, expect

from etl.warehouse import open_to_read
from tests.browsing import settled

Serve = Callable[[Path], str]


def click_row(table: Locator, row: int, across: float = 60) -> None:
    """Click on a cell of a table: so many rows below its heading, so far across in pixels."""
    table.scroll_into_view_if_needed()
    table.locator("canvas").first.click(position={"x": across, "y": 36 + 35 * row + 17}, force=True)


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


def test_overview_to_unit_to_cell(serve: Serve, page: Page, filled: Path) -> None:
    url = serve(filled)
    page.goto(f"{url}/dich-vu-cong-truc-tuyen")
    settled(page)
    click_row(page.get_by_test_id("stDataFrame").last, 0)
    expect(page).to_have_url(re.compile("/don-vi.*don-vi="))
    settled(page)
    name = page.locator("h1").inner_text().partition(",")[0]
    click_row(page.get_by_test_id("stDataFrame").first, 0)
    expect(page).to_have_url(re.compile("/truy-xuat-so-lieu.*chi-tieu="))
    expect(page.get_by_role("combobox", name="Đơn vị", exact=True)).to_have_value(name)
    page.go_back()
    expect(page.locator("h1")).to_contain_text(name)
    page.goto(f"{url}/truy-xuat-so-lieu?chi-tieu=DV01 · Tỷ lệ hồ sơ nộp trực tuyến&cua-don-vi={name}")
    settled(page)
    expect(page.get_by_text("2 số liệu gốc")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Tải tệp").first.click()
    book = openpyxl.load_workbook(io.BytesIO(Path(taken.value.path()).read_bytes()), data_only=True)
    online, total = (book[sheet][cell].value for sheet, cell in read_from(filled, name))
    share = f"{100 * online / total:.1f}%".replace(".", ",")
    expect(page.get_by_text(share, exact=True).first).to_be_visible()


def test_a_table_is_taken_as_a_workbook(serve: Serve, page: Page, filled: Path) -> None:
    page.goto(f"{serve(filled)}/dich-vu-cong-truc-tuyen")
    settled(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Excel").last.click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(taken.value.path()).read_bytes())).active
    assert sheet is not None
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0]]
    assert rows[3][:2] == ("Đơn vị", "Tỷ lệ")
    assert all(0 <= row[1] <= 100 for row in rows[4:] if row[1] is not None)


def test_an_address_restores_period_and_unit(serve: Serve, page: Page, filled: Path) -> None:
    url = serve(filled)
    page.goto(f"{url}/don-vi")
    settled(page)
    page.get_by_role("combobox", name="Đơn vị", exact=True).click()
    page.get_by_role("option").nth(1).click()
    expect(page).to_have_url(re.compile("don-vi="))
    settled(page)
    head, address = page.locator("h1").inner_text(), page.url
    page.goto(f"{url}/")
    settled(page)
    page.goto(address)
    settled(page)
    expect(page.locator("h1")).to_have_text(head)


def test_the_overview_answers_in_one_screen(serve: Serve, page: Page, filled: Path) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(serve(filled))
    settled(page)
    expect(page.get_by_text("Điểm đáng chú ý")).to_be_visible()
    lowest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('[data-testid=stMainBlockContainer] [data-testid=stVerticalBlock]')]"
        ".map(box => box.getBoundingClientRect().bottom))"
    )
    assert lowest <= 900


def test_the_map_leads_to_a_unit_and_fetches_nothing(serve: Serve, page: Page, filled: Path) -> None:
    url = serve(filled)
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda request: None if request.url.startswith((url, "data:", "blob:")) else elsewhere.append(request.url),
    )
    page.goto(f"{url}/dich-vu-cong-truc-tuyen")
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
