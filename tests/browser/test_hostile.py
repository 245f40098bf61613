"""Hostile text on every page of a real server: it is shown as it was typed, runs nothing and asks nobody."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests import hostile
from tests.browsing import settled
from tests.workbooks import prepared, report
from ui import formats

Serve = Callable[[Path], str]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ADDRESSES = re.findall(r'url_path=(?:"([\w-]+)"|(SUBMIT|CATALOGUE))', Path("dashboard.py").read_text(encoding="utf-8"))
SECTIONS = ("Đôn đốc", "Cần xác nhận", "Gia hạn", "Chốt kỳ")
QUOTE = "%22"
"""What browsers write for a quotation mark in the name of a file they send."""
BAD = (
    f'a[href^="javascript:"], [href*="{hostile.ELSEWHERE}"], [src*="{hostile.ELSEWHERE}"], [srcdoc], .katex, '
    "[onerror], [onload]"
)
OBEYED = """bad => [...document.querySelectorAll(bad)].map(each => each.outerHTML.slice(0, 200))
    .concat(window.pwned ? ['a script ran'] : [])"""


@pytest.fixture(scope="module")
def data(ill_meant: Path) -> Path:
    return ill_meant


@pytest.fixture
def elsewhere(page: Page) -> Iterator[list[str]]:
    """What is asked of anybody but our server, and every dialogue that opens."""
    asked: list[str] = []

    def watch(request: Request) -> None:
        to = urllib.parse.urlsplit(request.url)
        if to.hostname != "localhost" and to.scheme not in ("data", "blob"):
            asked.append(request.url)

    page.context.on("request", watch)
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.on("popup", lambda other: asked.append(other.url))
    yield asked
    assert asked == []


def look(page: Page, where: str) -> str:
    """The words on the page, once nothing on it obeys a text."""
    settled(page)
    assert page.locator('[data-testid="stException"]').count() == 0, where
    assert page.evaluate(OBEYED, BAD) == [], where
    return spaced(page.locator("body").inner_text())


def spaced(text: str) -> str:
    """Text with single blanks, and without the sign of no width that keeps addresses from becoming links."""
    return " ".join(text.replace(formats.NO_WIDTH, "").split())


def test_every_page_shows_what_was_typed_and_obeys_nothing(
    serve: Serve, page: Page, data: Path, elsewhere: list[str]
) -> None:
    url, unit = serve(data), prepared().catalogue.unit(hostile.UNIT).full_name
    named = {"SUBMIT": "nop-bao-cao", "CATALOGUE": "danh-muc"}
    addresses = [f"{plain or named[constant]}?ky=Tháng 11/2026" for plain, constant in ADDRESSES]
    assert len(addresses) >= 11
    addresses += [f"tinh-hinh-nop?muc={section}" for section in SECTIONS]
    addresses += [f"truy-xuat-so-lieu?chi-tieu=TC02&cua-don-vi={unit}"]
    for address in addresses:
        page.goto(f"{url}/{address}")
        look(page, address)
    page.goto(f"{url}/don-vi?don-vi={unit}")
    words = look(page, "don-vi")
    assert [text for text in hostile.PAYLOADS if spaced(text) not in words] == []
    page.goto(f"{url}/truy-xuat-so-lieu?cua-don-vi={unit}")
    assert f"{hostile.SCRIPT} {hostile.LINK}.xlsx" in look(page, "truy-xuat-so-lieu")


def test_what_is_dropped_is_shown_as_its_sender_named_it(
    serve: Serve, page: Page, data: Path, elsewhere: list[str]
) -> None:
    page.goto(f"{serve(data)}/nop-bao-cao")
    settled(page)
    files = [(f"{hostile.COLOUR} {hostile.LINK}.xlsx", hostile.faulty()), ("tốt.xlsx", hostile.accepted(hostile.LATE))]
    files += [("ông A 0912 345 678.xlsx", report(remarks=(("KHO_KHAN", "Liên hệ 0912 345 678 để xử lý", "SO"),)))]
    files += [
        (name, b"khong phai bao cao") for name in hostile.file_names() if ":" in name or "[" in name or "*" in name
    ]
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": XLSX, "buffer": content} for name, content in files]  # type: ignore[list-item]
    )
    page.get_by_text(f"{len(files)} tệp:").wait_for()
    words = look(page, "nop-bao-cao")
    assert files[0][0] in words
    assert f"“{hostile.SCRIPT}”" in words
    in_view = page.get_by_role("combobox", name="Tệp đang xem").first  # the one before stays until the next is drawn
    for _ in range(len(files) - 1):
        before = in_view.input_value()
        page.get_by_role("button", name=re.compile("chevron_right")).first.click()
        expect(in_view).not_to_have_value(before)
        words += look(page, "nop-bao-cao")
    assert "0912 345 678" not in words
    assert "09…78" in words
    files = [(name, content) for name, content in files if "0912" not in name]
    assert [name for name, _ in files if spaced(name).replace('"', QUOTE) not in words] == []
    page.get_by_role("button", name=re.compile("Trả lại .* có lỗi")).click()
    page.get_by_text("Đã lưu").wait_for()
    look(page, "sau khi trả lại")
