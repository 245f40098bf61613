"""Two dashboards with data folders of their own on one lake, behind one address: nginx as it is deployed."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from benchmarks.serving import Server, asked
from etl.lake import Lake
from etl.warehouse import open_to_read, version
from tests.browsing import RECORD, ROOT, free_port, settled, stop, wait_until_up
from tests.scale.test_lake import UNITS, load, report
from tests.waiting import until

CHANGED_FOR_TEST = {
    r"server \{\n    listen 80;.*?\n\}\n": "",
    r"listen 443 ssl;": "listen 127.0.0.1:{port};",
    r" +ssl_[^\n]*\n": "",
    r"server 127\.0\.0\.1:8501;": "{servers}",
}
"""No certificate, another port, and both servers."""
SHOWN = "Tháng 11/2026: 1 đơn vị nộp đúng hạn, 114 chưa nộp"
"""What it says of one report."""


class Dashboards(NamedTuple):
    """Two servers and the address before them."""

    address: str
    servers: list[str]
    processes: list[subprocess.Popen[bytes]]
    log: Path

    def last_asked(self) -> int:
        """Which server answered the last request for a page through the address."""
        port = re.findall(r":(\d+)$", self.log.read_text().strip(), re.MULTILINE)[-1]
        return next(place for place, url in enumerate(self.servers) if url.endswith(f":{port}"))


@pytest.fixture
def dashboards(lake: Lake, tmp_path: Path) -> Iterator[Dashboards]:
    """Both running."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(nginx).exists():
        if os.environ.get("CI") or os.environ.get("NQ57_SCALE"):
            pytest.fail("nginx is not installed: apt install nginx-light")
        pytest.skip("nginx is not installed here: apt install nginx-light")
    ports = [free_port(), free_port()]
    running = [started(port, tmp_path / f"server{place}") for place, port in enumerate(ports)]
    servers = [f"http://127.0.0.1:{port}" for port in ports]
    port = free_port()
    front = subprocess.Popen([nginx, "-p", str(tmp_path), "-c", str(configured(tmp_path, port, ports))])
    for url, process in zip(servers, running, strict=True):
        wait_until_up(url, process)
    yield Dashboards(f"http://127.0.0.1:{port}", servers, running, tmp_path / "access.log")
    stop(front, *running)


def started(port: int, data: Path) -> subprocess.Popen[bytes]:
    """A server with a data folder of its own; the lake is in the environment."""
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    return subprocess.Popen(
        [*command, "--server.headless", "true"], cwd=ROOT, env={**os.environ, "NQ57_DATA": str(data)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def configured(folder: Path, port: int, servers: list[int]) -> Path:
    """The file that is deployed, inside what the distribution's own has around it."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    both = " ".join(f"server 127.0.0.1:{one};" for one in servers)
    for pattern, instead in CHANGED_FOR_TEST.items():
        assert re.search(pattern, text, re.DOTALL), pattern
        text = re.sub(pattern, instead.replace("{port}", str(port)).replace("{servers}", both), text, flags=re.DOTALL)
    around = f"""
        daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; events {{}}
        http {{
            log_format to '$uri $upstream_addr'; access_log {folder}/access.log to;
            client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
            uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
            {text}
        }}
    """
    path = folder / "nginx.conf"
    path.write_text(around, encoding="utf-8")
    return path


def shown(page: Page, url: str) -> str:
    """What the page of reports says on top."""
    page.goto(f"{url}/tinh-hinh-nop")
    settled(page)
    return page.get_by_role("heading", level=1).inner_text()


def told(url: str) -> str:
    """The same, as a server tells it to who asks without a browser."""

    async def ask() -> str:
        async with Server(int(url.rpartition(":")[2]), 0).connect() as connection:
            return await asked(connection, "tinh-hinh-nop")

    with ThreadPoolExecutor(1) as beside:  # the browser has this thread's loop
        return beside.submit(lambda: asyncio.run(ask())).result()


def known(data: Path) -> int:
    """How many submissions a server knows of."""
    if not version(data):
        return 0
    with open_to_read(data) as con:
        return int(con.execute("select count(*) from submission").fetchall()[0][0])


def known_after(data: Path, many: int) -> float:
    """Seconds until a server knows of so many."""
    start = time.monotonic()
    until(lambda: known(data) == many)
    return time.monotonic() - start


def send(page: Page, url: str, path: Path) -> None:
    """Hand a report in, as an officer does."""
    page.goto(f"{url}/nop-bao-cao")
    settled(page)
    page.get_by_label("Người tiếp nhận").fill("Chuyên viên")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name=RECORD).first.click()
    expect(page.get_by_text("Đã lưu")).to_be_visible()


def test_one_address_goes_on_when_a_server_dies(
    dashboards: Dashboards, page: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(tmp_path / "loader", report(UNITS[0]))
    for url in dashboards.servers:
        told(url)  # a server follows the lake from its first visitor on
    for data in (tmp_path / "server0", tmp_path / "server1"):
        known_after(data, 1)
    assert shown(page, dashboards.address) == SHOWN
    first = dashboards.last_asked()
    other = dashboards.servers[1 - first]
    assert told(other) == SHOWN
    (tmp_path / "mot.xlsx").write_bytes(report(UNITS[1]))
    send(page, dashboards.address, tmp_path / "mot.xlsx")
    more = shown(page, dashboards.address)
    assert more != SHOWN
    assert dashboards.last_asked() == first, "a browser stays with its server"
    seconds = known_after(tmp_path / f"server{1 - first}", 2)
    assert told(other) == more

    os.kill(dashboards.processes[first].pid, signal.SIGKILL)
    assert shown(page, dashboards.address) == more
    assert dashboards.last_asked() != first
    with capsys.disabled():
        print(f"\n{more!r} was seen at the other server after {seconds:.1f} s")
