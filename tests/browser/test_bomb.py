"""Somebody drops bombs of 4 GiB: whoever reads meanwhile does not notice, and the server does not grow."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median
from threading import Event, Thread

from playwright.sync_api import Page, expect

from tests.bombs import GIGABYTES_4, bomb
from tests.browsing import settled
from tests.waiting import PATIENCE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOOK = "xl/workbook.xml"
BOMBS = [("b.xlsx", bomb(BOOK, GIGABYTES_4 - 1)), ("c.xlsx", bomb(BOOK, 90_000)), ("d.zip", bomb("x.xlsx", 90_000))]
PAUSE, LEAST = 0.05, 0.5
"""Seconds between two questions to the server; seconds a page may take beside a bomb."""
TIMES = 3
"""Or how many times longer than without one, on a machine that has other things to do; unguarded it was seventy."""
GROWTH = 400
"""Megabytes the server may grow by: the files that were sent, and nothing of what is in them."""


def asking(url: str, stop: Event, took: list[float]) -> None:
    """Ask the server whether it is well, again and again."""
    while not stop.wait(PAUSE):
        started = time.perf_counter()
        with urllib.request.urlopen(f"{url}/_stcore/health") as answer:
            answer.read()
        took.append(time.perf_counter() - started)


def turned(page: Page) -> float:
    """Seconds until another part of a page stands there, on average of two."""
    started = time.perf_counter()
    for section, shown in (("Gia hạn", "Gia hạn nộp báo cáo"), ("Chốt kỳ", "Chốt kỳ tháng")):
        page.get_by_text(section, exact=True).first.click()
        page.locator("h5", has_text=shown).first.wait_for()
        settled(page)
    return (time.perf_counter() - started) / 2


def grown(url: str) -> float:
    """The most memory the server of this address ever had, in megabytes."""
    port = url.rsplit(":", 1)[1].encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if port in (folder / "cmdline").read_bytes().split(b"\0"):
                return int((folder / "status").read_text().split("VmHWM:")[1].split()[0]) / 1024
        except OSError:
            continue
    raise AssertionError("the server is not to be found")


def test_a_reader_does_not_notice_a_bomb(
    serve: Callable[[Path], str], person: Callable[[], Page], filled: Path
) -> None:
    url, stop, page, sender = serve(filled), Event(), person(), person()
    page.goto(f"{url}/tinh-hinh-nop")
    settled(page)
    sender.goto(f"{url}/nop-bao-cao")
    settled(sender)
    turned(page)
    before, size = [turned(page) for _ in range(3)], grown(url)
    beside: list[float] = []
    health: list[float] = []
    asker = Thread(target=asking, args=(url, stop, health))
    asker.start()
    sender.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": XLSX, "buffer": content} for name, content in BOMBS]
    )
    while len(beside) < 3 or (sum(beside) < PATIENCE and not sender.get_by_text(f"{len(BOMBS)} tệp:").is_visible()):
        beside.append(turned(page))
    stop.set()
    asker.join()
    print(f"page {median(before):.2f} → {median(beside):.2f} s, worst {max(beside):.2f}; health worst {max(health):.3f} s "
          f"of {len(health)}; server {size:.0f} → {grown(url):.0f} MB")  # fmt: skip
    expect(sender.get_by_text("không đọc được").first).to_be_visible()
    assert median(beside) < max(median(before) + LEAST, TIMES * median(before))
    assert sorted(health)[len(health) * 95 // 100] < max(LEAST, median(before)), (
        "a question to the server is quicker than a page"
    )
    assert grown(url) - size < GROWTH
