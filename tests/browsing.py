"""What tests with a real server and a real Chromium need; their fixtures stand in conftest.py."""

import os
import re
import shutil
import socket
import subprocess
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.waiting import PATIENCE, until

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
"""The same engine; the first has no windows, tabs and menus around it, which take a third of the time."""
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--lang=vi-VN",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",  # nobody else is reached
)  # fmt: skip
RECORD = re.compile("Ghi nhận")
"""What the buttons that store are called. A table "nếu ghi nhận" has buttons too, which a text in any case would name."""

expect.set_options(timeout=PATIENCE * 1000)


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def wait_until_up(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a dashboard's server says that it is well."""
    until(lambda: said(f"{url}/_stcore/health", process) == b"ok")


def said(address: str, process: subprocess.Popen[bytes]) -> bytes:
    """What a server that runs says at an address; nothing while it is not up."""
    assert process.poll() is None, "the server stopped"
    try:
        with urllib.request.urlopen(address) as answer:
            return bytes(answer.read())
    except OSError:
        return b""


def stop(*processes: subprocess.Popen[bytes]) -> None:
    """End servers, and wait until they have ended."""
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait(PATIENCE)


LISTENING = """(() => {
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (message) { window.lastAsked = performance.now(); send.call(this, message); };
    new MutationObserver((changes) => {
        if (changes.some(one => one.target.getAttribute('data-test-script-state') === 'running')) window.lastRun = performance.now();
    }).observe(document, {attributes: true, subtree: true, attributeFilter: ['data-test-script-state']});
})()"""
"""When the page last asked the server for something, and when it last began to run: its state says "not running" before."""


def settled(page: Page) -> None:
    """Wait until the script has run, for whatever was done last, and nothing is loading."""
    page.wait_for_selector('[data-testid="stApp"]')
    drawn(page)
    page.wait_for_function("""() => {
        const app = document.querySelector('[data-testid="stApp"]');
        const asked = window.lastAsked || 0;
        return app && app.getAttribute('data-test-script-state') === 'notRunning'
            && (window.lastRun > asked || performance.now() - asked > 500)
            && !document.querySelector('[data-testid="stSkeleton"],[data-testid="stSpinner"]');
    }""")
    page.wait_for_function("document.fonts.status === 'loaded'")


def drawn(page: Page) -> None:
    """Wait until the page has taken in what happened last, a pointer that moved, say, and drawn itself twice since."""
    page.evaluate("new Promise(then => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(then, 50))))")
