"""How long it takes to read one workbook, against the floor: to unzip it and let a bare XML parser run over it.

    python -m benchmarks.reading FILE… [--rounds 30]

Machines and days differ, so contenders take turns on the same file and only ratios within a turn are compared:
the median of these, with the interval that 95 of 100 resamplings of the turns fall in.
"""

from __future__ import annotations

import argparse
import io
import random
import statistics
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.parsers.expat import ParserCreate

import pandas as pd
from python_calamine import CalamineWorkbook

from etl.read import keep_all, read

RESAMPLINGS = 1000
FLOOR, CALAMINE, PANDAS = "floor", "calamine alone", "pandas with openpyxl"
READ, WHOLE = "read", "read, parse and check"
MOST_OF_FLOOR = 2.0
"""Reading, parsing and checking may take so many times the floor."""
LEAST_OF_PANDAS = 10.0
"""And pandas with openpyxl must take so many times that, to read and nothing else."""

Contender = Callable[[Path], object]


class Ratio(NamedTuple):
    """A median ratio and its interval."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.low:.2f} to {self.high:.2f})"


class Line(NamedTuple):
    """What was measured of one contender."""

    name: str
    milliseconds: float
    of_floor: Ratio
    seconds: tuple[float, ...]


def floor(path: Path) -> None:
    """Unzip every part, and let expat run over those of XML without telling anybody."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith((".xml", ".rels")):
                ParserCreate().Parse(content, True)


def calamine(path: Path) -> None:
    """Every sheet, by the parser that reading stands on."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


def pandas_with_openpyxl(path: Path) -> None:
    """Every sheet, as most scripts read them."""
    pd.read_excel(path, sheet_name=None, engine="openpyxl")


def run(
    paths: Sequence[Path], rounds: int, whole: Contender | None = None, skip: Callable[[str], bool] = keep_all
) -> list[Line]:
    """Measure the contenders in turns; `whole` reads, parses and checks a file, `skip` names sheets we do not read."""
    contenders: dict[str, Contender] = {
        FLOOR: floor,
        CALAMINE: calamine,
        READ: lambda path: read(path.read_bytes(), path.name, skip),
        **({WHOLE: whole} if whole else {}),
        PANDAS: pandas_with_openpyxl,
    }
    taken = in_turns(paths, rounds, contenders)
    return [
        Line(name, statistics.median(taken[name]) * 1000, paired_ratio(taken[name], taken[FLOOR]), tuple(taken[name]))
        for name in contenders
    ]


def in_turns(paths: Sequence[Path], rounds: int, contenders: Mapping[str, Contender]) -> Mapping[str, list[float]]:
    """Seconds of each contender, turn by turn; the first to go changes."""
    names = list(contenders)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(rounds * len(paths)):
        path = paths[turn % len(paths)]
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            contenders[name](path)  # not timed: files come in batches, so the one before has warmed the code
            start = time.perf_counter()
            contenders[name](path)
            taken[name].append(time.perf_counter() - start)
    return taken


def paired_ratio(a: Sequence[float], b: Sequence[float]) -> Ratio:
    """How many times b it takes a, turn by turn."""
    ratios = [one / other for one, other in zip(a, b, strict=True)]
    choose = random.Random(57)
    medians = sorted(statistics.median(choose.choices(ratios, k=len(ratios))) for _ in range(RESAMPLINGS))
    return Ratio(statistics.median(ratios), medians[RESAMPLINGS * 25 // 1000], medians[RESAMPLINGS * 975 // 1000])


def missed(lines: Sequence[Line]) -> list[str]:
    """The goals that were not reached, in words; ratios only."""
    by_name = {line.name: line for line in lines}
    if WHOLE not in by_name:
        return []
    whole = by_name[WHOLE]
    against_pandas = paired_ratio(by_name[PANDAS].seconds, whole.seconds)
    found = []
    if whole.of_floor.median > MOST_OF_FLOOR:
        found.append(f"{WHOLE}: {whole.of_floor} times the floor, at most {MOST_OF_FLOOR} wanted")
    if against_pandas.median < LEAST_OF_PANDAS:
        found.append(f"{PANDAS}: {against_pandas} times {WHOLE}, at least {LEAST_OF_PANDAS} wanted")
    return found


def as_text(lines: Sequence[Line]) -> str:
    """The table, for a terminal."""
    rows = [f"{'':24}{'ms':>8}  times the floor (95 %)"]
    rows += [f"{line.name:24}{line.milliseconds:8.2f}  {line.of_floor}" for line in lines]
    return "\n".join(rows)


def main() -> None:
    """Measure the files that are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=30)
    chosen = parser.parse_args()
    print(as_text(run(chosen.files, chosen.rounds)))


if __name__ == "__main__":
    main()
