"""A real server and a real Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--lang=vi-VN",
)  # fmt: skip
START_SECONDS = 90


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def wait_until_up(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(START_SECONDS * 5):
        assert process.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health") as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not come up")


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


def settled(page: Page) -> None:
    """Wait until the script has run and nothing is loading."""
    page.wait_for_selector('[data-testid="stApp"]')
    page.wait_for_function("""() => {
        const app = document.querySelector('[data-testid="stApp"]');
        return app && app.getAttribute('data-test-script-state') === 'notRunning'
            && !document.querySelector('[data-testid="stSkeleton"],[data-testid="stSpinner"]');
    }""")
    page.wait_for_function("document.fonts.status === 'loaded'")
