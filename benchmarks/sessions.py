"""Many readers at once on the real server: how long a page takes after a filter was changed.

    python -m benchmarks.sessions --data DATA --sessions 80

Each session is a web socket that speaks as a browser does: it opens a page, then asks for another month every few
seconds. Time is taken from the request until the script has run. The server's processor time is read beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.reruns import months_of
from benchmarks.serving import Server, asked, served

PAGES = ("", "do-phu-theo-kenh", "hoan-thanh-nhiem-vu", "dich-vu-cong-truc-tuyen", "tinh-hinh-nop")
MONTHS = 6
EVERY = 4.0


async def reader(server: Server, months: Sequence[str], seconds: float, taken: list[float], seed: int) -> None:
    """One session: a page, then another month every few seconds."""
    chance = random.Random(seed)
    page = PAGES[seed % len(PAGES)]
    async with server.connect() as connection:
        await asyncio.sleep(chance.uniform(0, EVERY))
        await asked(connection, page, ky=months[0])
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            await asyncio.sleep(chance.uniform(0.6, 1.4) * EVERY)
            start = time.perf_counter()
            await asked(connection, page, ky=chance.choice(months))
            taken.append(time.perf_counter() - start)


async def crowd(server: Server, months: Sequence[str], sessions: int, seconds: float) -> list[float]:
    """Many readers at once; the seconds each request took."""
    taken: list[float] = []
    await asyncio.gather(*(reader(server, months, seconds, taken, seed) for seed in range(sessions)))
    return taken


def run(data: Path, sessions: int, seconds: float) -> dict[str, object]:
    """Median and 95th percentile in milliseconds, requests, and the server's processor time a request."""
    months = months_of(data)[:MONTHS]
    with served("dashboard.py", data) as server:
        asyncio.run(crowd(server, months, len(PAGES), EVERY * len(months)))
        before = server.spent()
        taken = sorted(asyncio.run(crowd(server, months, sessions, seconds)))
        spent = server.spent() - before
    return {
        "sessions": sessions, "requests": len(taken), "median ms": 1000 * statistics.median(taken),
        "p95 ms": 1000 * taken[int(0.95 * len(taken))],
        "server CPU ms a request": 1000 * spent / (len(taken) + sessions),
    }  # fmt: skip


def main() -> None:
    """Print one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sessions", type=int, default=80)
    parser.add_argument("--seconds", type=float, default=30)
    given = parser.parse_args()
    for name, value in run(given.data, given.sessions, given.seconds).items():
        print(f"{name:26}{value:>10,.1f}" if isinstance(value, float) else f"{name:26}{value:>10,}")


if __name__ == "__main__":
    main()
