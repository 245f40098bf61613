"""The address holds every choice, and one step back returns to the page before with its choices."""

import re
from urllib.parse import unquote_plus

from playwright.sync_api import Locator, Page, expect

from tests.browsing import drawn, settled

HEAD, ROW = 36, 35


def choose(page: Page, name: str, option: int) -> str:
    """Choose from a list by its place; gives the words of the choice."""
    box = chosen(page, name)
    box.scroll_into_view_if_needed()
    box.click()
    wanted = page.get_by_role("option").nth(option)
    words = wanted.inner_text()
    wanted.click()
    expect(page).to_have_url(re.compile(rf"[?&]{name}="))
    settled(page)
    return words


def chosen(page: Page, name: str) -> Locator:
    """The box of a choice."""
    return page.locator(f".st-key-{name} [role=combobox]")


def click_row(page: Page, key: str, row: int) -> None:
    """Click into a row of a table, as a hand does: the pointer comes first."""
    table = page.locator(f".st-key-{key} canvas").first
    table.scroll_into_view_if_needed()
    settled(page)
    box = table.bounding_box()
    assert box is not None
    x, y = box["x"] + 60, box["y"] + HEAD + ROW * row + ROW / 2
    page.mouse.move(x - 4, y)
    page.mouse.move(x, y)
    drawn(page)
    page.mouse.click(x, y)


def words_of(page: Page) -> str:
    """The address as one reads it."""
    return unquote_plus(page.url)


def test_one_step_back_returns_with_the_choices(served: str, page: Page) -> None:
    page.goto(f"{served}/dich-vu-cong-truc-tuyen")
    settled(page)
    month = choose(page, "ky", 1)
    indicator = choose(page, "chi-tieu-dvc", 2)
    before, steps = words_of(page), page.evaluate("history.length")

    click_row(page, "spread-units", 0)
    expect(page).to_have_url(re.compile("/don-vi.*don-vi="))
    settled(page)
    assert page.evaluate("history.length") == steps + 1
    expect(page.locator("h1")).to_contain_text(month.lower())
    unit = page.locator("h1").inner_text().partition(",")[0]

    click_row(page, "unit-indicators", 0)
    expect(page).to_have_url(re.compile("/truy-xuat-so-lieu.*cua-don-vi="))
    settled(page)
    assert page.evaluate("history.length") == steps + 2
    expect(chosen(page, "cua-don-vi")).to_have_value(unit)

    page.go_back()
    expect(page.locator("h1")).to_contain_text(re.compile(f"^{unit},"))
    expect(chosen(page, "ky")).to_have_value(month)
    page.go_back()
    expect(chosen(page, "chi-tieu-dvc")).to_have_value(indicator)
    expect(chosen(page, "ky")).to_have_value(month)
    settled(page)
    assert words_of(page) == before
    page.go_forward()
    expect(page.locator("h1")).to_contain_text(unit)


CHOICES = (
    ("do-phu-theo-kenh", "kenh", 2), ("don-vi", "don-vi", 1), ("truy-xuat-so-lieu", "chi-tieu", 5),
)  # fmt: skip
"""A channel, a unit, an indicator: the same part holds all others."""


def test_every_choice_is_held_by_its_address(served: str, page: Page) -> None:
    for address, name, option in CHOICES:
        page.goto(f"{served}/{address}")
        settled(page)
        words = choose(page, name, option)
        assert f"{name}={words}" in words_of(page)
        held, head = page.url, page.locator("h1").inner_text()
        page.goto("about:blank")
        page.goto(held)
        settled(page)
        expect(chosen(page, name)).to_have_value(words)
        expect(page.locator("h1")).to_have_text(head)
        assert page.url == held


def click_bar(page: Page, key: str, bar: int) -> None:
    """Click on a bar of a chart, from the top."""
    mark = page.locator(f".st-key-{key} .barlayer .trace").last.locator(".point path").nth(bar)
    mark.scroll_into_view_if_needed()
    settled(page)
    box = mark.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 12
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    drawn(page)
    page.mouse.click(x, y)


BARS = (
    ("hoan-thanh-nhiem-vu", "task-groups", "nhom-nhiem-vu"), ("do-phu-theo-kenh", "by-channel", "nhom-kenh"),
)  # fmt: skip


def test_a_bar_chooses_and_one_step_back_undoes_it(served: str, page: Page) -> None:
    for address, key, name in BARS:
        page.goto(f"{served}/{address}")
        settled(page)
        head = page.locator("h1").inner_text()
        click_bar(page, key, 0)
        expect(page).to_have_url(re.compile(rf"{address}.*{name}="))
        settled(page)
        expect(chosen(page, name)).not_to_have_value("")
        if name == BARS[0][2]:  # the same part stands beside every chart
            other = choose(page, name, 1)
            expect(chosen(page, name)).to_have_value(other)
        page.go_back()
        expect(chosen(page, name)).to_have_value("")
        settled(page)
        expect(page.locator("h1")).to_have_text(head)


def focused(page: Page) -> str:
    """What the keyboard is on: "table", or the words of the element."""
    script = """() => {
        const on = document.activeElement;
        return on.closest('[data-testid="stDataFrame"]') && ['TD', 'CANVAS'].includes(on.tagName) ? 'table' : on.innerText || '';
    }"""
    return str(page.evaluate(script))


def test_the_keyboard_passes_through_a_table_and_leads_on_by_enter(served: str, page: Page) -> None:
    page.goto(served)
    settled(page)
    for _ in range(60):
        page.keyboard.press("Tab")
        drawn(page)
        if focused(page) == "table":
            break
    assert focused(page) == "table"
    page.wait_for_timeout(1500)
    assert "/don-vi" not in page.url
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(1500)
    assert "/don-vi" not in page.url
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/don-vi.*don-vi="))


def test_the_number_of_a_quarter_is_followed_to_its_cells_and_back(served: str, page: Page) -> None:
    page.goto(served)
    settled(page)
    assert choose(page, "tinh-theo", 1) == "Theo quý"
    title = page.locator("h1")
    expect(title).to_contain_text(re.compile("^Quý [IV]+/"))
    page.get_by_role("link", name="Chi tiết").last.click()
    expect(title).to_contain_text(re.compile("^Quý [IV]+/.*hồ sơ nộp trực tuyến"))
    settled(page)
    click_row(page, "overall", 0)
    expect(title).to_have_text(re.compile(r"^Quý [IV]+/\d+: tỷ lệ hồ sơ nộp trực tuyến$"))
    settled(page)
    click_row(page, "cells-units", 0)
    expect(title).to_have_text(re.compile(r"^Quý [IV]+/\d+: tỷ lệ hồ sơ nộp trực tuyến của "))
    settled(page)
    of_quarter = title.inner_text()
    click_row(page, "cells-months", 0)
    expect(title).to_have_text(re.compile(r"^Tháng \d+/\d+: tỷ lệ hồ sơ nộp trực tuyến của "))
    expect(page.get_by_text("2 số liệu gốc")).to_be_visible()
    page.go_back()
    expect(title).to_have_text(of_quarter)
    expect(chosen(page, "tinh-theo")).to_have_value("Theo quý")
