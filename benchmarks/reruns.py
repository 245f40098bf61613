"""What a rerun of a page costs the server after a filter was changed, beside the same page made plainly.

    python -m benchmarks.reruns --data DATA [DATA …]

Both servers are asked in turn for the same months of the same data. Processor time is the server's own, by the clock of
its process. "New" is the first time that a page shows a month, "seen" any time after. The plain pages
(benchmarks/plain.py) show the same with plotly express and st.dataframe, and keep nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import websockets

from benchmarks.serving import Server, asked, served
from etl import warehouse
from queries import choices

PAGES = {
    "": "Tổng quan", "do-phu-theo-kenh": "Độ phủ theo kênh", "hoan-thanh-nhiem-vu": "Hoàn thành nhiệm vụ",
    "dich-vu-cong-truc-tuyen": "Dịch vụ công", "ky-nang-so": "Kỹ năng số", "tinh-hinh-nop": "Tình hình nộp",
    "don-vi": "Đơn vị", "truy-xuat-so-lieu": "Truy xuất số liệu",
}  # fmt: skip
ALONE = ("truy-xuat-so-lieu",)
"""The page that is not made plainly as well: it shows a list and no chart."""
MONTHS, ROUNDS = 12, 4
SETTLED = 0.02
"""Seconds a server is given after an answer, for what it does behind it."""
TODAY = dt.date(2026, 11, 21)
GOALS = {"new": 80, "seen": 20}
"""Milliseconds, on a machine where such a page made plainly takes AS_PLAIN; a slower one is held to their ratio."""
AS_PLAIN = 150


class Taken(NamedTuple):
    """Milliseconds of processor time: a page, shown a month for the first time and again."""

    new: float
    seen: float


def months_of(data: Path) -> list[str]:
    """The names of the newest months that have reports, newest first."""
    with warehouse.open_to_read(data) as con:
        months = choices.periods(con, TODAY)
    return list(months.loc[months["reports"] > 0, "name"])[:MONTHS]


async def cost(server: Server, connection: websockets.ClientConnection, page: str, month: str) -> float:
    """Milliseconds of the server's processor time for one request."""
    before = server.spent()
    title = await asked(connection, page, ky=month)
    await asyncio.sleep(SETTLED)
    if month not in title and page not in ("don-vi",):
        raise SystemExit(f"{page or 'overview'} shows {title!r} where {month} was asked for")
    return 1000 * (server.spent() - before)


async def costs(servers: Sequence[Server], page: str, months: Sequence[str]) -> list[Taken]:
    """A page on each server, asked in turn."""
    async with servers[0].connect() as first, servers[-1].connect() as last:
        connections = [first, last][: len(servers)]
        taken: list[list[list[float]]] = [[[], []] for _ in servers]
        for connection in connections:
            await asked(connection, page, ky=months[0])
        for number in range(ROUNDS):
            for month in months[1:]:
                for server, connection, held in zip(servers, connections, taken, strict=True):
                    held[min(number, 1)].append(await cost(server, connection, page, month))
    return [Taken(statistics.median(new), statistics.median(seen)) for new, seen in taken]


def run(data: Path) -> Iterator[dict[str, object]]:
    """A row a page: milliseconds, marked where they miss the goal, and how many times less than the plain page."""
    months = months_of(data)
    with served("dashboard.py", data) as ours, served("benchmarks/plain.py", data) as plain:
        for page, name in PAGES.items():
            mine, *others = asyncio.run(costs((ours,) if page in ALONE else (ours, plain), page, months))
            row: dict[str, object] = {"page": name, "plain ms": f"{others[0].seen:.1f}" if others else ""}
            for how, goal in GOALS.items():
                took = getattr(mine, how)
                ratio = getattr(others[0], how) / took if others else 0.0
                met = took <= goal or ratio >= AS_PLAIN / goal
                row |= {
                    f"{how} ms": f"{took:.1f}{'' if met else ' !'}",
                    f"plain / {how}": f"{ratio:.1f}" if others else "",
                }
            yield row


def main() -> None:
    """Print a table for each data folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    for data in parser.parse_args().data:
        print(f"\n{data}")
        for row in run(data):
            print(
                "  ".join(f"{name} {value!s:>7}" if name != "page" else f"{value!s:22}" for name, value in row.items())
            )


if __name__ == "__main__":
    main()
