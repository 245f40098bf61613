"""The 21st of the month: remind the missing, extend one, close the month, correct it, and look at both states."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from etl import intake
from etl.inspection import Incoming
from tests.browsing import settled
from tests.workbooks import prepared, report

Serve = Callable[[Path], str]
PERIOD = "2026-10"
CLOSING = "Báo cáo tháng 10"
SERVED = {
    "5_DVC TONG recv_online": 60, "5_DVC TONG recv_direct": 40, "5_DVC TONG recv_total": 100,
    "5_DVC TONG done_ontime": 100, "5_DVC TONG done_total": 100,
}  # fmt: skip
BETTER = {**SERVED, "5_DVC TONG recv_online": 80, "5_DVC TONG recv_direct": 20}


def send(data: Path, unit: str, changes: dict[str, object], day: int, reason: str = "") -> None:
    content, at = report(unit, PERIOD, changes), dt.datetime(2026, 10, day)
    intake.submit(prepared(), [Incoming(f"{unit}.xlsx", content, at, reason=reason)], data, "An")


def fill(page: Page, label: str, text: str) -> None:
    page.get_by_role("textbox", name=label, exact=True).fill(text)


def test_remind_extend_close_and_look_back(serve: Serve, page: Page, tmp_path: Path) -> None:
    data = tmp_path / "data"
    send(data, "10966", SERVED, 18)
    send(data, "11948", {"5_DVC TONG recv_online": 5}, 19)
    url = serve(data)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.goto(f"{url}/tinh-hinh-nop?muc=Đôn đốc&truong-hop=Chưa sửa")
    settled(page)
    expect(page.get_by_text("1 đơn vị cần nhắc")).to_be_visible()
    message = page.get_by_test_id("stCode").first
    expect(message).to_contain_text("5_DVC")
    message.hover()
    message.get_by_role("button").click()
    assert page.evaluate("navigator.clipboard.readText()") == message.locator("code").inner_text()

    page.get_by_text("Gia hạn", exact=True).first.click()
    expect(page).to_have_url(re.compile("muc=Gia"))
    settled(page)
    page.get_by_role("combobox", name="Đơn vị", exact=True).click()
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    fill(page, "Lý do", "Mưa bão, mất điện")
    fill(page, "Người thực hiện", "Nguyễn Thị An")
    page.get_by_test_id("stFormSubmitButton").first.click()
    expect(page.get_by_text("Đã gia hạn cho 1 đơn vị")).to_be_visible()

    page.get_by_text("Chốt kỳ", exact=True).first.click()
    settled(page)
    fill(page, "Tên lần chốt", CLOSING)
    fill(page, "Dùng để làm gì", "Trình UBND thành phố")
    page.get_by_test_id("stFormSubmitButton").first.click()
    expect(page.get_by_text(f"Đã chốt kỳ dưới tên “{CLOSING}”.")).to_be_visible()

    send(data, "10966", BETTER, 21, "Đơn vị tính sót hồ sơ")
    page.goto(f"{url}/tinh-hinh-nop?muc=Chốt kỳ")
    settled(page)
    expect(page.get_by_text("1 việc đã làm sau chốt")).to_be_visible()
    page.goto(f"{url}/dich-vu-cong-truc-tuyen")
    settled(page)
    expect(page.locator("h1")).to_contain_text("80,0%")
    page.get_by_role("combobox", name="Số liệu", exact=True).click()
    page.get_by_role("option", name=re.compile(CLOSING)).click()
    expect(page.locator("h1")).to_contain_text("60,0%")
    expect(page.locator("p", has_text=re.compile("Số liệu đã chốt$")).first).to_be_visible()
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    settled(page)
    expect(page.locator("h1")).to_contain_text("60,0%")
