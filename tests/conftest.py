"""A real server and a real Chromium, one browser for all tests of a process."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browsing import CHROMIUM, FLAGS, ROOT, free_port, wait_until_up


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[Path], str]]:
    """Start a cold server on a data folder; gives its address."""
    running: list[subprocess.Popen[bytes]] = []

    def start(data: Path) -> str:
        port = free_port()
        with (tmp_path / "server.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "dashboard.py",
                 "--server.port", str(port), "--server.headless", "true"],
                cwd=ROOT, env={**os.environ, "NQ57_DATA": str(data)}, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        running.append(process)
        url = f"http://localhost:{port}"
        wait_until_up(url, process)
        return url

    yield start
    for process in running:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS), headless=True)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 1440, "height": 900}, color_scheme="light"
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()
