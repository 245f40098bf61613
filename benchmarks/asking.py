"""How long each question takes, at three sizes of warehouse.

    python -m benchmarks.asking --data /tmp/asking

makes the warehouses first where they are not there (benchmarks/facts.py), then asks every question in turn,
interleaved, and prints medians in milliseconds. The goal: 5 ms at a year of the city, 20 ms beyond. What writes every
number of a month to files (queries/opendata.py) is no question, and is not asked here.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from benchmarks import facts
from etl import warehouse
from queries import audit, channels, completion, indicators, services, unit
from queries.audit import Wanted
from queries.scope import Scope, made_out
from tests.scale.asking import answer, arguments
from tests.scale.asking import questions as every_question

GOALS = {"1,368 reports": 5.0, "50,000 reports": 20.0, "199,260 reports": 20.0}
PERIOD = facts.LAST_MONTH.strftime("%Y-%m")
DAWN = dt.date(2020, 1, 1)
LEADING = ("BC01", "CC01", "TC02", "DV01")
UNIT = "10507"
Question = Callable[[duckdb.DuckDBPyConnection, Mapping[str, Scope]], object]
FLOOR = """
    select item_code, sum((value > 0)::integer) as active, count(*) as units
    from current_measure where period = $period and measure = 'channel_active' group by item_code
"""
BARE_SCAN = "(floor: one bare scan)"
QUESTIONS: dict[str, Question] = {
    BARE_SCAN: lambda con, _: con.execute(FLOOR, {"period": PERIOD}).df(),
    "indicators.standing, a quarter": lambda con, scopes: indicators.standing(con, scopes["quarter"], LEADING),
    "channels.told, xã": lambda con, scopes: channels.told(con, scopes["xã"]),
    "channels.told, a quarter": lambda con, scopes: channels.told(con, scopes["quarter"]),
    "channels.by_unit, a quarter": lambda con, scopes: channels.by_unit(con, scopes["quarter"]),
    "completion.by_unit, a quarter": lambda con, scopes: completion.by_unit(con, scopes["quarter"]),
    "completion.parts, a quarter": lambda con, scopes: completion.parts(con, scopes["quarter"]),
    "services.by_unit, a quarter": lambda con, scopes: services.by_unit(con, scopes["quarter"]),
    "unit.standing, a quarter": lambda con, scopes: unit.standing(con, scopes["quarter"], UNIT),
    "unit.peers, a quarter": lambda con, scopes: unit.peers(con, scopes["quarter"], "xa"),
    "audit.events, of a month": lambda con, _: audit.events(con, Wanted(facts.TODAY - dt.timedelta(30), facts.TODAY)),
    "audit.events, of a kind": lambda con, _: audit.events(con, Wanted(DAWN, facts.TODAY, action="returned")),
    "audit.of_unit, a period": lambda con, _: audit.of_unit(con, UNIT, PERIOD),
}
"""Beside every question of queries/ about a month."""


def questions(con: duckdb.DuckDBPyConnection) -> dict[str, Question]:
    """Those, and each question that queries/ has."""
    given = arguments(con, PERIOD)
    return QUESTIONS | {
        name: partial(of_month, question, given)
        for name, question in every_question()
        if not name.startswith("opendata.")
    }


def of_month(
    question: Callable[..., Any], given: dict[str, Any], con: duckdb.DuckDBPyConnection, _: Mapping[str, Scope]
) -> object:
    """A question about the last month."""
    return answer(question, con, given)


def made(folder: Path, size: str) -> Path:
    """The data folder of a published warehouse of one size, made where it is not there yet."""
    data = folder / size.split()[0].replace(",", "")
    if not warehouse.version(data):
        units, months = facts.SIZES[size]
        facts.make(data, units, months)
    return data


def asked(con: duckdb.DuckDBPyConnection, question: Question, scopes: Mapping[str, Scope]) -> float:
    """Milliseconds for one question with a cursor of its own, as the pages ask it."""
    start = time.perf_counter()
    with con.cursor() as cursor:
        question(cursor, scopes)
    return (time.perf_counter() - start) * 1000


def measured(con: duckdb.DuckDBPyConnection, times: int) -> dict[str, float]:
    """The median of each question, asked in turn so many times after one warming round."""
    scopes = {
        "xã": made_out(con, PERIOD, kind="xa"),
        "quarter": made_out(con, "2026-Q3"),
    }
    asking = questions(con)
    taken: dict[str, list[float]] = {name: [] for name in asking}
    for round_ in range(times + 1):
        for name, question in asking.items():
            duration = asked(con, question, scopes)
            if round_:
                taken[name].append(duration)
    return {name: statistics.median(those) for name, those in taken.items()}


def run(folder: Path, sizes: Sequence[str], times: int = 15) -> list[dict[str, object]]:
    """A row a question: its median at each size in milliseconds, marked where it misses the goal, and how many times
    the bare scan that is, which tells of another machine as well.
    """
    medians = {}
    for size in sizes:
        with warehouse.open_to_read(made(folder, size)) as con:
            medians[size] = measured(con, times)
    return [
        {"question": name, **{size: said(taken, name, GOALS[size]) for size, taken in medians.items()}}
        for name in next(iter(medians.values()))
    ]


def said(taken: Mapping[str, float], name: str, goal: float) -> str:
    """A question's median, in words."""
    mark = "" if taken[name] <= goal else " !"
    return f"{taken[name]:.1f} ({taken[name] / taken[BARE_SCAN]:.1f}x){mark}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "nq57-asking")
    parser.add_argument("--times", type=int, default=15)
    given = parser.parse_args()
    for row in run(given.data, list(GOALS), given.times):
        print("".join(f"{value!s:>18}" if name != "question" else f"{value!s:32}" for name, value in row.items()))


if __name__ == "__main__":
    main()
