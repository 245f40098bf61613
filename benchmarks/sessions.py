"""Many readers at once on the real server: how long a page takes after a filter was changed.

    python -m benchmarks.sessions --data DATA --sessions 80

Each session is a web socket that speaks as a browser does: it opens a page, then asks for another month every few
seconds. Time is taken from the request until the script has run. The server's processor time is read beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import resource
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("", "do-phu-theo-kenh", "hoan-thanh-nhiem-vu", "dich-vu-cong-truc-tuyen", "tinh-hinh-nop")
MONTHS = [f"Tháng {month}/2026" for month in range(6, 12)]
EVERY = 4.0
START_SECONDS = 60


async def reader(url: str, seconds: float, taken: list[float], seed: int) -> None:
    """One session: a page, then another month every few seconds."""
    chance = random.Random(seed)
    page = PAGES[seed % len(PAGES)]
    async with websockets.connect(f"ws{url[4:]}/_stcore/stream", max_size=None) as connection:
        await asyncio.sleep(chance.uniform(0, EVERY))
        await asked(connection, page, MONTHS[-1])
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            await asyncio.sleep(chance.uniform(0.6, 1.4) * EVERY)
            start = time.perf_counter()
            await asked(connection, page, chance.choice(MONTHS))
            taken.append(time.perf_counter() - start)


async def asked(connection: websockets.ClientConnection, page: str, month: str) -> None:
    """Ask for a page with a month in its address, and wait until its script has run."""
    message = BackMsg()
    message.rerun_script.query_string = urllib.parse.urlencode({"ky": month})
    message.rerun_script.page_name = page
    await connection.send(message.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await connection.recv())  # type: ignore[arg-type]
        if answer.WhichOneof("type") == "script_finished":
            return


async def crowd(url: str, sessions: int, seconds: float) -> list[float]:
    """Many readers at once; the seconds each request took."""
    taken: list[float] = []
    await asyncio.gather(*(reader(url, seconds, taken, seed) for seed in range(sessions)))
    return taken


def up(url: str) -> None:
    """Wait until the server answers."""
    for _ in range(START_SECONDS * 5):
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health") as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not come up")


def run(data: Path, sessions: int, seconds: float) -> dict[str, object]:
    """Median and 95th percentile in milliseconds, requests, and the server's processor time a request."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    server = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "NQ57_DATA": str(data.resolve())}, stdout=subprocess.DEVNULL
    )
    try:
        up(url)
        asyncio.run(crowd(url, len(PAGES), 2 * EVERY * len(MONTHS) / 2))
        taken = sorted(asyncio.run(crowd(url, sessions, seconds)))
    finally:
        server.terminate()
        server.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "sessions": sessions, "requests": len(taken), "median ms": 1000 * statistics.median(taken),
        "p95 ms": 1000 * taken[int(0.95 * len(taken))], "server CPU s": spent,
    }  # fmt: skip


def main() -> None:
    """Print one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sessions", type=int, default=80)
    parser.add_argument("--seconds", type=float, default=30)
    given = parser.parse_args()
    for name, value in run(given.data, given.sessions, given.seconds).items():
        print(f"{name:14}{value:>10,.1f}" if isinstance(value, float) else f"{name:14}{value:>10,}")


if __name__ == "__main__":
    main()
