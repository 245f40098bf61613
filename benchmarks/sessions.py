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
OPENING = 5 * EVERY
"""Seconds over which the sessions come, one by one; what they ask until all are there is not counted."""


async def reader(
    server: Server, months: Sequence[str], begin: float, end: float, taken: list[float], seed: int
) -> None:
    """One session: a page, then another month every few seconds. Requests between two times are counted."""
    chance = random.Random(seed)
    page = PAGES[seed % len(PAGES)]
    await asyncio.sleep(chance.uniform(0, OPENING))
    async with server.connect() as connection:
        await asked(connection, page, ky=months[0])
        while time.perf_counter() < end:
            await asyncio.sleep(chance.uniform(0.6, 1.4) * EVERY)
            start = time.perf_counter()
            await asked(connection, page, ky=chance.choice(months))
            if start > begin:
                taken.append(time.perf_counter() - start)


async def crowd(server: Server, months: Sequence[str], sessions: int, seconds: float) -> tuple[list[float], float]:
    """Many readers at once; the seconds each request took, and the server's processor time for each."""
    taken: list[float] = []
    begin = time.perf_counter() + OPENING + EVERY
    spent = asyncio.create_task(between(server, begin, begin + seconds))
    readers = (reader(server, months, begin, begin + seconds, taken, seed) for seed in range(sessions))
    await asyncio.gather(*readers)
    return taken, await spent / len(taken)


async def between(server: Server, begin: float, end: float) -> float:
    """The seconds of processor time that the server spends between two times."""
    await asyncio.sleep(begin - time.perf_counter())
    before = server.spent()
    await asyncio.sleep(end - time.perf_counter())
    return server.spent() - before


def run(script: str, data: Path, sessions: int, seconds: float) -> dict[str, object]:
    """Median and 95th percentile in milliseconds, requests, and the server's processor time a request."""
    months = months_of(data)[:MONTHS]
    with served(script, data) as server:
        asyncio.run(crowd(server, months, len(PAGES), EVERY * len(months)))
        taken, spent = asyncio.run(crowd(server, months, sessions, seconds))
        taken.sort()
    return {
        "sessions": sessions, "requests": len(taken), "median ms": 1000 * statistics.median(taken),
        "p95 ms": 1000 * taken[int(0.95 * len(taken))],
        "server CPU ms a request": 1000 * spent,
    }  # fmt: skip


def main() -> None:
    """Print one line a figure, of the dashboard and of the plain pages for half as many readers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sessions", type=int, default=80)
    parser.add_argument("--seconds", type=float, default=30)
    given = parser.parse_args()
    for script, sessions in (("dashboard.py", given.sessions), ("benchmarks/plain.py", given.sessions // 2)):
        print(f"\n{script}")
        for name, value in run(script, given.data, sessions, given.seconds).items():
            print(f"{name:26}{value:>10,.1f}" if isinstance(value, float) else f"{name:26}{value:>10,}")


if __name__ == "__main__":
    main()
