"""What a person sees and does: first start, dropping files, every page by its address, no request to elsewhere."""

from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from etl.warehouse import open_to_read
from tests.browsing import settled
from tests.workbooks import report

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Serve = Callable[[Path], str]
ADDRESSES = ("", "do-phu-theo-kenh", "hoan-thanh-nhiem-vu", "dich-vu-cong-truc-tuyen", "tinh-hinh-nop", "nop-bao-cao")
WIDTHS = (390, 1440, 768)
"""Each page is opened at one of them and then made wider or narrower."""


def file(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": XLSX, "buffer": content}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that is not there yet, for both tests of a beginning, the first of which stores nothing."""
    return tmp_path_factory.mktemp("new") / "data"


def test_the_first_start_explains_itself_and_offers_a_demonstration(serve: Serve, page: Page, data: Path) -> None:
    page.goto(serve(data))
    settled(page)
    expect(page.get_by_text("Ba bước đầu tiên")).to_be_visible()
    expect(page.get_by_role("button", name="Tạo dữ liệu minh họa")).to_be_visible()


def test_files_are_dropped_read_and_recorded(serve: Serve, page: Page, data: Path) -> None:
    page.goto(f"{serve(data)}/nop-bao-cao")
    settled(page)
    page.locator("input[type=file]").set_input_files(
        [
            file("tot.xlsx", report(changes={"2_TUYEN_TRUYEN K0101 products": 7})),
            file("sai.xlsx", report("11359", changes={"5_DVC TONG recv_online": 5})),
            file("rong.xlsx", b"khong phai bao cao"),
        ]  # type: ignore[list-item]
    )
    expect(page.get_by_text("3 tệp:")).to_be_visible()
    expect(page.get_by_text("Các tệp này chưa được lưu")).to_be_visible()
    assert not (data / "warehouse.duckdb").exists()
    page.get_by_role("button", name="Ghi nhận 1 tệp hợp lệ").click()
    expect(page.get_by_text("Đã lưu: 1 báo cáo được ghi nhận")).to_be_visible()
    page.get_by_role("button", name="Trả lại 2 tệp có lỗi").click()
    expect(page.get_by_text("Đã lưu: 1 báo cáo bị trả lại; 1 tệp không đọc được")).to_be_visible()
    expect(page.get_by_text("3 tệp:")).not_to_be_visible()
    con = open_to_read(data)
    assert con.execute("select unit_code, status from submission order by 1").fetchall() == [
        ("10966", "accepted"),
        ("11359", "returned"),
    ]
    assert con.execute("select value from measure where measure = 'products' and item_code = 'K0101'").fetchall() == [
        (7.0,)
    ]
    con.close()


def test_every_page_by_its_address_at_every_width(served: str, page: Page) -> None:
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url) if not ours(request.url, served) else None)
    for address, first in zip(ADDRESSES, cycle(WIDTHS)):
        for width in (first, *(other for other in WIDTHS if other != first)):
            page.set_viewport_size({"width": width, "height": 900})
            if width == first:
                page.goto(f"{served}/{address}")
            settled(page)
            page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
            where = f"{address or 'tổng quan'} ở {width}"
            assert page.locator('[data-testid="stException"]').count() == 0, where
            assert page.get_by_text("Không có trang này").count() == 0, where
            assert page.locator("h1").count() == 1, where
        if address != "nop-bao-cao":
            expect(page.get_by_text("Dữ liệu minh họa").locator("visible=true").first).to_be_visible()
    assert elsewhere == []


def test_a_wrong_address_is_told_in_vietnamese(served: str, page: Page) -> None:
    page.goto(f"{served}/khong-co-trang-nay")
    settled(page)
    expect(page.get_by_role("dialog")).to_contain_text("Không có trang này")
    expect(page.get_by_role("dialog")).not_to_contain_text("page")
    page.get_by_role("dialog").get_by_role("button").click()
    page.locator('[data-testid="stMainMenuButton"]').click()
    expect(page.get_by_text("Nền tối")).to_be_visible()


def test_where_a_card_leads_stands_under_its_number_on_every_card(served: str, page: Page) -> None:
    """Beside the number it went to a second line where the number was long, on some cards only."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(served)
    settled(page)
    more = page.get_by_role("link", name="Chi tiết")
    expect(more).to_have_count(4)
    tops = {box["y"] for one in more.all() if (box := one.bounding_box())}
    numbers = page.locator('[class*="st-key-card-"] a:not(:has(strong))').all()
    above = {box["y"] for one in numbers if (box := one.bounding_box())}
    assert len(tops) == 1
    assert max(above) < min(tops) - 10


def ours(address: str, url: str) -> bool:
    return address.startswith((url, url.replace("http", "ws", 1), "data:", "blob:"))
