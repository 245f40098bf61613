"""How long the overview takes to show itself from a cold server, beside Streamlit's own hello page.

    python -m benchmarks.first_paint --data DATA --starts 7

Each start is a server process and a browser profile of its own, so nothing is warm but the disk; the two pages take
turns, and the difference is taken pair by pair. Time runs from asking for the address until the heading is on the
page, and until the script has run and nothing is loading any more.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tests.browsing import CHROMIUM, FLAGS, ROOT, free_port, settled, wait_until_up

GOAL = 2.0
"""Seconds beyond the hello page."""
HELLO = ("hello",)
OVERVIEW = ("run", "dashboard.py")


class Seen(NamedTuple):
    """Seconds until the heading was there, and until everything was."""

    heading: float
    whole: float


@contextmanager
def served(command: tuple[str, ...], data: Path) -> Iterator[str]:
    """A cold server; gives its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", *command, "--server.port", str(port), "--server.headless", "true"],
        cwd=ROOT, env={**os.environ, "NQ57_DATA": str(data)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_until_up(f"http://localhost:{port}", process)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(20)


def look(browser: Browser, url: str) -> Seen:
    """Open an address in a new profile."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="vi-VN")
    page = context.new_page()
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector("h1", state="visible", timeout=120_000)
    heading = time.perf_counter() - start
    settled(page)
    whole = time.perf_counter() - start
    context.close()
    return Seen(heading, whole)


def one(browser: Browser, command: tuple[str, ...], data: Path) -> Seen:
    """A cold start, and the page."""
    with served(command, data) as url:
        return look(browser, url)


def main() -> None:
    """Take turns, and print medians and the differences pair by pair."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--starts", type=int, default=7)
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS), headless=True)
        pairs = []
        for number in range(given.starts):
            hello, overview = one(browser, HELLO, given.data), one(browser, OVERVIEW, given.data)
            pairs.append((hello, overview))
            print(f"  {number + 1}: hello {hello.heading:.2f} / {hello.whole:.2f} s, "
                  f"overview {overview.heading:.2f} / {overview.whole:.2f} s", flush=True)  # fmt: skip
        browser.close()
    for line in told(pairs):
        print(line)


def told(pairs: Sequence[tuple[Seen, Seen]]) -> Iterator[str]:
    """Medians, and the differences pair by pair."""
    for place, name in enumerate(Seen._fields):
        beyond = statistics.median(overview[place] - hello[place] for hello, overview in pairs)
        ratio = statistics.median(overview[place] / hello[place] for hello, overview in pairs)
        first, second = (statistics.median(pair[side][place] for pair in pairs) for side in (0, 1))
        yield f"{name}: hello {first:.2f} s, overview {second:.2f} s, beyond {beyond:.2f} s ({ratio:.2f} times)"
        if name == "heading":
            yield f"  goal: under {GOAL:.1f} s beyond; {'kept' if beyond < GOAL else 'missed'}"


if __name__ == "__main__":
    main()
