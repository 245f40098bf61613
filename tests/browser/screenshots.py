"""Pictures of every page at three widths, light and dark, for review.

    python -m tests.browser.screenshots OUT --data DATA

serves a data folder (a demonstration, say) and writes OUT/<page>-<width>-<light|dark>.png.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browsing import CHROMIUM, FLAGS, ROOT, free_port, settled, wait_until_up

PAGES = (
    "tong-quan", "do-phu-theo-kenh", "hoan-thanh-nhiem-vu", "dich-vu-cong-truc-tuyen", "ky-nang-so", "don-vi",
    "tinh-hinh-nop", "truy-xuat-so-lieu", "nop-bao-cao", "xuat-bao-cao", "danh-muc", "nhat-ky",
)  # fmt: skip
WIDTHS = (1440, 768, 390)
TALLEST = 6_000


def take(browser: Browser, url: str, out: Path, page_name: str, width: int, scheme: str) -> None:
    """One page in one width and theme, in full length."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light", locale="vi-VN"
    )
    page = context.new_page()
    page.goto(f"{url}/{'' if page_name == 'tong-quan' else page_name}")
    settled(page)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(height), TALLEST)})
    page.wait_for_timeout(800)
    page.screenshot(path=out / f"{page_name}-{width}-{scheme}.png")
    context.close()


def main() -> None:
    """Serve, take all pictures, stop."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "NQ57_DATA": str(given.data.resolve())})
    try:
        wait_until_up(f"http://localhost:{port}", server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS), headless=True)
            for page_name in PAGES:
                for width in WIDTHS:
                    for scheme in ("light", "dark"):
                        take(browser, f"http://localhost:{port}", given.out, page_name, width, scheme)
            browser.close()
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
