"""Analysts in browsers, the command line, the inbox and readers, all at once: everything is served, nothing is lost or
doubled. NQ57_LONG=1 has ten analysts and forty readers.
"""

import asyncio
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from typer.testing import CliRunner

from benchmarks.serving import Server, asked
from etl.__main__ import app
from etl.demo.schedule import reporting
from etl.warehouse import open_to_read
from tests.browsing import RECORD, ROOT, settled
from tests.waiting import PATIENCE, until
from tests.workbooks import prepared, report

LONG = bool(os.environ.get("NQ57_LONG"))
ANALYSTS, READERS = (10, 40) if LONG else (3, 12)
EACH, SHARED = 6, 2
"""Files that each way of sending has for itself, and files that all of them send."""
PERIOD, RECEIVED = "2026-11", "2026-11-19T10:00"
PAGES = ("", "do-phu-theo-kenh", "hoan-thanh-nhiem-vu", "dich-vu-cong-truc-tuyen", "tinh-hinh-nop")
Serve = Callable[[Path], str]


class Readers:
    """People who look while others load; each request is counted with the seconds it took."""

    def __init__(self, url: str) -> None:
        self.port = int(url.rpartition(":")[2])
        self.taken: list[float] = []
        self.failed: list[str] = []
        self.stop = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._all()))

    def __enter__(self) -> "Readers":
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop.set()
        self._thread.join()

    async def _all(self) -> None:
        await asyncio.gather(*(self._one(seed) for seed in range(READERS)))

    async def _one(self, seed: int) -> None:
        chance = random.Random(seed)
        async with Server(self.port, 0).connect() as connection:
            while not self.stop.is_set():
                start = time.perf_counter()
                try:
                    title = await asyncio.wait_for(asked(connection, PAGES[seed % len(PAGES)]), PATIENCE)
                except Exception as fault:
                    self.failed.append(repr(fault))
                    return
                if not title:
                    self.failed.append(f"no title on {PAGES[seed % len(PAGES)]}")
                self.taken.append(time.perf_counter() - start)
                await asyncio.sleep(chance.uniform(0.6, 1.4) * 2)


@pytest.fixture
def pages(person: Callable[[], Page]) -> list[Page]:
    return [person() for _ in range(ANALYSTS)]


def written(folder: Path, units: Sequence[str]) -> list[Path]:
    """A plain report of each unit."""
    folder.mkdir(parents=True)
    for unit in units:
        (folder / f"NQ57-HP-1_{unit}_{PERIOD}.xlsx").write_bytes(report(unit, PERIOD))
    return sorted(folder.iterdir())


def drop_and_record(pages: Sequence[Page], url: str, batches: Sequence[Sequence[Path]]) -> list[str]:
    """Every analyst drops files, then all press the button; what each is told."""
    for number, page in enumerate(pages):
        page.goto(f"{url}/nop-bao-cao")
        settled(page)
        page.get_by_label("Người tiếp nhận").fill(f"Chuyên viên {number}")
    for page, files in zip(pages, batches, strict=True):
        page.locator("input[type=file]").set_input_files(list(files))
    for page, files in zip(pages, batches, strict=True):
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"{len(files)} tệp")
    buttons = [page.get_by_role("button", name=RECORD) for page in pages]
    for page, button in zip(pages, buttons, strict=True):
        settled(page)
        if button.count():
            button.first.click()
    said = []
    for page in pages:
        settled(page)
        said.append(page.locator("body").inner_text())
    return said


def test_everybody_at_once(serve: Serve, pages: list[Page], tmp_path: Path) -> None:
    data = tmp_path / "data"
    units = [unit.unit_code for unit in reporting(prepared().catalogue)]
    first, shared, rest = units[0], units[1 : 1 + SHARED], units[1 + SHARED :]
    common = written(tmp_path / "common", shared)
    ways = ANALYSTS + 2
    own = [written(tmp_path / f"way-{way}", rest[way * EACH : (way + 1) * EACH]) for way in range(ways)]
    begun = CliRunner().invoke(app, ["load", *map(str, written(tmp_path / "first", [first])), "--data", str(data)])
    assert begun.exit_code == 0, begun.output
    url = serve(data)
    inbox = data / "inbox"
    inbox.mkdir(exist_ok=True)
    etl = [sys.executable, "-m", "etl"]
    with Readers(url) as readers, ExitStack() as started:
        watching = started.enter_context(
            subprocess.Popen([*etl, "watch", "--data", str(data)], cwd=ROOT, stdout=subprocess.DEVNULL)
        )
        started.callback(watching.terminate)
        loading = subprocess.Popen(
            [*etl, "load", *map(str, [*own[-1], *common]), "--received", RECEIVED, "--data", str(data)],
            cwd=ROOT, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        for path in [*own[-2], *common]:
            partial = inbox / f"{path.name}.part"
            partial.write_bytes(path.read_bytes())
            partial.rename(inbox / path.name)
        said = drop_and_record(pages, url, [[*files, *common] for files in own[:ANALYSTS]])
        assert loading.wait(PATIENCE) == 0
        until(lambda: not left(inbox))

    assert not readers.failed
    assert all("gặp lỗi" not in text for text in said)
    con = open_to_read(data)
    try:
        rows = con.execute("select unit_code, version, status from submission").fetchall()
    finally:
        con.close()
    expected = [first, *shared, *rest[: ways * EACH]]
    assert Counter(unit for unit, _, _ in rows) == Counter(expected)
    assert {(version, status) for _, version, status in rows} == {(1, "accepted")}
    checked = CliRunner().invoke(app, ["verify", "--data", str(data)])
    assert checked.exit_code == 0, checked.output
    assert len(readers.taken) >= READERS
    print(
        f"{ANALYSTS} analysts, {READERS} readers, {len(expected)} reports, {len(readers.taken)} pages: "
        f"median {statistics.median(readers.taken):.2f} s, longest {max(readers.taken):.2f} s"
    )


def left(inbox: Path) -> list[Path]:
    """What is still to be taken."""
    return [*inbox.glob("*.xlsx"), *(inbox / "taking").glob("*.xlsx")]
