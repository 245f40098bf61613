"""A real server and a real Chromium, one browser for all tests of a process; and the order of the files."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from typer.testing import CliRunner

from etl import intake
from etl.cli import app
from tests import hostile
from tests.browsing import CHROMIUM, FLAGS, LISTENING, ROOT, free_port, stop, wait_until_up
from tests.waiting import PATIENCE
from tests.workbooks import prepared

LONGEST = (
    "test_lake",
    "test_month",
    "test_signin",
    "test_hostile",
    "tests/browser",
    "tests/scale",
    "test_demo_year",
    "test_damage",
    "test_disk",
    "test_kill",
    "test_mutants",
)
"""Files that take longest, in part waiting: they begin first, so that no core is idle at the end."""

DESK: ViewportSize = {"width": 1440, "height": 900}
"""What a page is looked at in, unless a test says otherwise."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One process more than there are cores, because browsers and servers wait for each other."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Longest first; of a file all tests stay together, in their order."""
    items.sort(key=lambda item: next((place for place, one in enumerate(LONGEST) if one in item.nodeid), len(LONGEST)))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small demonstration, one for all tests that only read, whichever process they run in."""

    def fill(data: Path) -> None:
        result = CliRunner().invoke(app, ["demo", "--units", "8", "--months", "4", "--data", str(data)])
        assert result.exit_code == 0, result.output

    return made_once(tmp_path_factory, "filled", fill)


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with its catalogue and nothing received yet, to be copied: making one takes a second."""
    return made_once(tmp_path_factory, "begun", lambda data: intake.submit(prepared(), [], data, "thử"))


@pytest.fixture(scope="module")
def ill_meant(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which every text is hostile, of a file's own: loading it takes a while."""
    loaded = made_once(tmp_path_factory, "ill-meant", hostile.load)
    return shutil.copytree(loaded, tmp_path_factory.mktemp("ill-meant") / "data")


@pytest.fixture
def data(begun: Path, tmp_path: Path) -> Path:
    """A data folder of a test's own in which nothing was received yet."""
    return shutil.copytree(begun, tmp_path / "data")


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A data folder that the first process to need it makes for all."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    data = shared / name
    with FileLock(f"{data}.lock"):
        whole = data.with_suffix(".whole")
        if not whole.exists():
            make(data)
            whole.touch()
    return data


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Start a server on a data folder, one for all tests of a file; gives its address."""
    with serving(tmp_path_factory.mktemp("servers")) as start:
        yield start


@pytest.fixture(scope="session")
def served(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on the small demonstration, one for all tests of a process that only read."""
    with serving(tmp_path_factory.mktemp("served")) as start:
        yield start(filled)


@contextmanager
def serving(logs: Path) -> Iterator[Callable[[Path], str]]:
    """Starts servers, and ends them."""
    running: list[subprocess.Popen[bytes]] = []

    @cache
    def start(data: Path) -> str:
        port = free_port()
        with (logs / f"{port}.log").open("wb") as log:
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
    stop(*running)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS), headless=True)
        yield browser
        browser.close()


@pytest.fixture
def person(chromium: Browser) -> Iterator[Callable[[], Page]]:
    """Somebody comes with a browser of their own."""
    with ExitStack() as leaving:
        yield lambda: leaving.enter_context(browsing(chromium))


@contextmanager
def browsing(chromium: Browser) -> Iterator[Page]:
    """A browser that knows nothing yet."""
    context = chromium.new_context(
        locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport=DESK,
        color_scheme="light", reduced_motion="reduce",  # what moves is drawn again and again
    )  # fmt: skip
    context.set_default_timeout(PATIENCE * 1000)
    context.add_init_script(LISTENING)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def window(chromium: Browser) -> Iterator[Page]:
    """The browser of a file: to compile what a page runs takes longer than to draw it, and another would do it again."""
    with browsing(chromium) as page:
        yield page


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """The browser of the one person whom most tests need; it keeps nothing from test to test."""
    yield window
    if window.url.startswith("http"):
        window.evaluate("localStorage.clear(), sessionStorage.clear()")
    window.context.clear_cookies()
    window.goto("about:blank")
    window.set_viewport_size(DESK)
