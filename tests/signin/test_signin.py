"""Signing in, with a real OpenID provider, the real server behind its gate and a real browser."""

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect
from typer.testing import CliRunner

from etl.cli import app
from tests.browsing import ROOT, free_port, said, settled, stop, wait_until_up
from tests.waiting import until

ACCESS = """who,role,unit_code
an@haiphong.gov.vn,analyst,
lanh.dao@haiphong.gov.vn,leader,
quan.tri@haiphong.gov.vn,admin,
donvi@haiphong.gov.vn,unit,{unit}
"""
NAME = re.compile("an\u2060?@haiphong\\.gov\\.vn")
"""As the page writes it: with a sign that nobody sees, so that no address becomes a link."""


class Running(NamedTuple):
    url: str
    data: Path
    unit: str
    ahead: Path
    """How many seconds the server's clock is put forward."""


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "tests.signin.provider", str(port)], cwd=ROOT)
    address = f"http://localhost:{port}/.well-known/openid-configuration"
    until(lambda: said(address, process))
    yield address
    stop(process)


@pytest.fixture(scope="module")
def running(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("signin")
    data, port = folder / "data", free_port()
    result = CliRunner().invoke(app, ["demo", "--units", "4", "--months", "1", "--data", str(data)])
    assert result.exit_code == 0, result.output
    shown = CliRunner().invoke(
        app,
        [
            "query",
            "select min(unit_code) as unit from submission where status = 'accepted'",
            "--json",
            "--data",
            str(data),
        ],
    )
    unit = json.loads(shown.stdout)[0]["unit"]
    (data / "access.csv").write_text(ACCESS.format(unit=unit), encoding="utf-8")
    url = f"http://localhost:{port}"
    secrets = folder / "secrets.toml"
    secrets.write_text(
        f'[auth]\nredirect_uri = "{url}/oauth2callback"\ncookie_secret = "{"x" * 40}"\nclient_id = "nq57"\n'
        f'client_secret = "secret"\nserver_metadata_url = "{provider}"\nclient_kwargs = {{ prompt = "login" }}\n',
        encoding="utf-8",
    )
    ahead = folder / "ahead"
    ahead.write_text("0")
    command = [sys.executable, "-W", "ignore", "-m", "tests.signin.ahead", str(ahead), "run", "asgi.py",
               "--server.port", str(port), "--server.headless", "true", "--secrets.files", str(secrets)]  # fmt: skip
    environment = {**os.environ, "NQ57_DATA": str(data)}
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    wait_until_up(url, process)
    yield Running(url, data, unit, ahead)
    stop(process)


def sign_in(page: Page, running: Running, email: str) -> None:
    page.goto(running.url)
    page.get_by_role("link", name="Đăng nhập").click()
    page.locator("input[name=sub]").fill(email)
    page.get_by_role("button", name="Authorize").first.click()
    page.wait_for_url(f"{running.url}/**")


def asked(url: str, method: str = "GET", headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    request = urllib.request.Request(
        url, method=method, headers=headers or {}, data=b"x" if method in ("PUT", "POST") else None
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as fault:
        return fault.code, fault.read()


PAGES = (
    "",
    "do-phu-theo-kenh",
    "hoan-thanh-nhiem-vu",
    "don-vi",
    "truy-xuat-so-lieu",
    "nop-bao-cao",
    "danh-muc",
    "xuat-bao-cao",
    "nhat-ky",
)
CLOSED = ("/_stcore/upload_file/a/b", "/media/0123456789abcdef.xlsx", "/_stcore/metrics", "/_stcore/host-config",
          "/_stcore/script-health-check", "/component/x/index.html", "/_stcore/bidi-components/x")  # fmt: skip


def test_every_address_shows_a_stranger_nothing_on_a_cold_server(running: Running) -> None:
    for address in PAGES:
        code, body = asked(f"{running.url}/{address}", headers={"Accept": "text/html"})
        assert code == 401, address
        assert "Đăng nhập bằng tài khoản công vụ".encode() in body and b"<script" not in body


def test_every_route_is_closed_to_strangers(running: Running) -> None:
    for path in CLOSED:
        for method in ("GET", "PUT", "POST", "DELETE", "OPTIONS"):
            code, body = asked(running.url + path, method)
            assert (code, body) == (401, b""), (method, path)
    assert asked(f"{running.url}/_stcore/health") == (200, b"ok")


def test_the_web_socket_is_closed_to_strangers_and_to_forged_cookies(running: Running) -> None:
    from websockets.exceptions import InvalidStatus
    from websockets.sync.client import connect

    for headers in ({}, {"Cookie": "_streamlit_user=eyJlbWFpbCI6ImFuQGhhaXBob25nLmdvdi52biJ9.x.y"}):
        with pytest.raises(InvalidStatus):
            connect(f"ws{running.url[4:]}/_stcore/stream", additional_headers=headers)


def test_an_analyst_comes_in_and_goes_out(running: Running, page: Page) -> None:
    sign_in(page, running, "an@haiphong.gov.vn")
    settled(page)
    expect(page.get_by_role("button", name=NAME)).to_be_visible()
    page.goto(f"{running.url}/nop-bao-cao")
    settled(page)
    expect(page.locator("h1")).to_contain_text("Nộp báo cáo")
    kept = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    old = "; ".join(f"{name}={value}" for name, value in kept.items())
    page.get_by_role("button", name=NAME).click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("link", name="Đăng nhập")).to_be_visible()
    assert asked(running.url, headers={"Accept": "text/html", "Cookie": old})[0] == 401


def test_a_stranger_with_an_account_is_refused(running: Running, page: Page) -> None:
    sign_in(page, running, "ai.do@example.vn")
    expect(page.get_by_text("ai.do@example.vn chưa được cấp quyền")).to_be_visible()
    assert page.locator("h1").inner_text() == "Theo dõi thực hiện Nghị quyết số 57-NQ/TW"


def test_a_leader_may_look_but_not_load(running: Running, page: Page) -> None:
    sign_in(page, running, "lanh.dao@haiphong.gov.vn")
    page.goto(f"{running.url}/nop-bao-cao")
    settled(page)
    expect(page.get_by_test_id("stFileUploader")).to_have_count(0)
    page.goto(f"{running.url}/nhat-ky")
    settled(page)
    expect(page.locator("h1")).not_to_contain_text("Nhật ký")
    expect(page.locator("h1")).not_to_contain_text("Nộp báo cáo")


def test_an_administrator_reads_who_came_in(running: Running, page: Page) -> None:
    sign_in(page, running, "quan.tri@haiphong.gov.vn")
    page.goto(f"{running.url}/nhat-ky?viec=Đăng+nhập")
    settled(page)
    expect(page.locator("h1")).to_contain_text("Nhật ký: sổ nguyên vẹn")
    expect(page.get_by_text("sự kiện", exact=False).first).to_be_visible()


def test_a_unit_sees_its_own_reports_only(running: Running, page: Page) -> None:
    sign_in(page, running, "donvi@haiphong.gov.vn")
    settled(page)
    own = page.locator("h1").inner_text()
    for address in ("tong-quan", "tinh-hinh-nop", "danh-muc"):
        page.goto(f"{running.url}/{address}")
        settled(page)
        assert page.locator("h1").inner_text() == own
    page.goto(f"{running.url}/truy-xuat-so-lieu?cua-don-vi=Xã+An+Quang")
    settled(page)
    expect(page.get_by_role("combobox", name="Đơn vị", exact=True)).to_have_count(0)
    expect(page.locator("h1")).not_to_contain_text("An Quang")


def test_who_is_taken_out_of_the_table_and_who_is_idle_comes_in_no_more(running: Running, page: Page) -> None:
    sign_in(page, running, "lanh.dao@haiphong.gov.vn")
    settled(page)
    table = (running.data / "access.csv").read_text(encoding="utf-8")
    (running.data / "access.csv").write_text(table.replace("lanh.dao@", "khac@"), encoding="utf-8")
    page.goto(running.url)
    expect(page.get_by_text("chưa được cấp quyền")).to_be_visible()
    (running.data / "access.csv").write_text(table, encoding="utf-8")
    for minutes in (0, 14, 28):
        running.ahead.write_text(str(60 * minutes))
        page.goto(f"{running.url}/don-vi")
        expect(page.get_by_role("button", name=re.compile("lanh\\.dao"))).to_be_visible()
        settled(page)
    running.ahead.write_text(str(60 * 44))
    page.goto(running.url)
    expect(page.get_by_role("link", name="Đăng nhập")).to_be_visible()
    running.ahead.write_text("0")


def test_who_came_in_who_went_out_and_who_was_refused_is_told(running: Running, page: Page) -> None:
    sign_in(page, running, "an@haiphong.gov.vn")
    settled(page)
    page.reload()
    settled(page)
    page.get_by_role("button", name=NAME).click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("link", name="Đăng nhập")).to_be_visible()
    page.context.clear_cookies()
    sign_in(page, running, "ke.la@example.vn")
    for _ in range(3):
        page.reload()
    expect(page.get_by_text("chưa được cấp quyền")).to_be_visible()
    journal = (running.data / "reports" / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    told = [(line["note"], line["actor"]) for line in map(json.loads, journal) if "note" in line]
    mine = [one for one in told if one[1] in ("an@haiphong.gov.vn", "ke.la@example.vn")]
    assert mine[-3:] == [
        ("signed_in", "an@haiphong.gov.vn"), ("signed_out", "an@haiphong.gov.vn"), ("refused", "ke.la@example.vn"),
    ]  # fmt: skip
