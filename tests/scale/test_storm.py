"""Three loaders and many readers on one lake, any of them killed at any moment: nothing that was acknowledged is lost or
doubled, nobody ever reads half of anything. NQ57_LONG=1: forty readers and some minutes.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.lake import Lake
from etl.opening import followed
from etl.warehouse import open_to_read
from tests.folders import receptions
from tests.scale.storm import asked
from tests.scale.test_lake import held, rebuilt_says_the_same, report
from tests.waiting import until
from tests.workbooks import prepared

LONG = bool(os.environ.get("NQ57_LONG"))
LOADERS = 3
MACHINES, READERS = (4, 10) if LONG else (1, 8)
"""Machines that only follow, and readers on each."""
UNITS = ("10966", "11050", "11446")[: 3 if LONG else 1]
OWN = 3 if LONG else 1
"""Workbooks of each unit that a loader has for itself."""
KILLED_AFTER = (2.0, 9.0) if LONG else (1.0, 4.0)
KILLS = 20 if LONG else 2


@dataclass
class Worker:
    """A process that is started again when it was killed, and all it said."""

    arguments: list[str]
    said: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, again or for the first time."""
        with self.said.open("a") as out:
            self.process = subprocess.Popen([sys.executable, "-m", "tests.scale.storm", *self.arguments], stdout=out)

    def is_done(self) -> bool:
        """Whether it has done all it had to do."""
        assert self.process is not None
        code = self.process.poll()
        assert code in (None, 0), f"{self.arguments} ended with {code}"
        return code == 0

    def kill(self) -> None:
        """kill -9."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def lines(self) -> list[list[str]]:
        """The words of each whole line; a killed process may have left half of one."""
        return [line.split() for line in self.said.read_text().splitlines(keepends=True) if line.endswith("\n")]


def workbooks(folder: Path) -> list[Path]:
    """For each loader workbooks of its own, and those that all have."""
    folders = [folder / f"in{number}" for number in range(LOADERS)]
    for number, each in enumerate(folders):
        each.mkdir()
        for unit in UNITS:
            (each / f"early-{unit}.xlsx").write_bytes(report(unit))
            for copy in range(OWN):
                (each / f"late-{unit}-{number}-{copy}.xlsx").write_bytes(report(unit, 10_001 + number * OWN + copy))
    return folders


def test_nothing_is_lost_whoever_is_killed(lake: Lake, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = [tmp_path / f"data{number}" for number in range(LOADERS)]
    followed(prepared(), data[0])  # the first of all notes the catalogue
    loaders = [
        Worker(["load", str(folder), str(data[number]), str(number)], tmp_path / f"loader{number}.said")
        for number, folder in enumerate(workbooks(tmp_path))
    ]
    readers = [
        Worker(["read", str(tmp_path / f"reader{number}"), str(READERS)], tmp_path / f"reader{number}.said")
        for number in range(MACHINES)
    ]
    start = time.monotonic()
    try:
        killed = killing([*loaders, *readers])
        wait_for_readers(readers, len(UNITS) * (1 + LOADERS * OWN))
    finally:
        for each in (*loaders, *readers):
            each.kill()
    read = [line for each in readers for line in each.lines()]
    assert not [line for line in read if line[0] == "wrong"]
    as_promised(loaders, data)
    if LONG:  # test_lake.py does it of fewer
        rebuilt_says_the_same(lake, data[0], tmp_path)
    with capsys.disabled():
        print(
            f"\n{time.monotonic() - start:.0f} s, killed {dict(killed)}, read {len(read)} times by {MACHINES * READERS}"
        )


def killing(workers: list[Worker]) -> Counter[str]:
    """Start all, kill one now and then, until the loaders are done; returns who was killed how often."""
    chance, killed = random.Random(57), Counter[str]()
    for each in workers:
        each.start()
    next_kill = time.monotonic() + chance.uniform(*KILLED_AFTER)
    while loading := [each for each in workers[:LOADERS] if not each.is_done()]:
        time.sleep(0.05)
        if time.monotonic() > next_kill and killed.total() < KILLS:
            one = chance.choice([*loading, *workers[LOADERS:]])
            one.kill()
            killed[one.arguments[0]] += 1
            one.start()
            next_kill = time.monotonic() + chance.uniform(*KILLED_AFTER)
    return killed


def wait_for_readers(readers: list[Worker], many: int) -> None:
    """Until each machine that follows has shown everything to somebody."""
    for each in readers:
        until(lambda each=each: any(line[:2] == ["read", str(many)] for line in each.lines()))  # type: ignore[misc]


def as_promised(loaders: list[Worker], data: list[Path]) -> None:
    """Each content is there once, each that was acknowledged is in the journal, all machines say the same."""
    for folder in data:
        followed(prepared(), folder)
    rows = held(data[0])
    assert rows == held(data[1]) == held(data[2])
    assert Counter(row[0] for row in rows) == dict.fromkeys(UNITS, 1 + LOADERS * OWN)
    assert len({row[3] for row in rows}) == len(rows)
    said = [tuple(line) for each in loaders for line in each.lines()]
    assert {outcome for _, outcome in said} <= {"accepted", "duplicate"}
    assert len(receptions(data[0])) >= len(said)
    assert {name for name, _ in said} <= {one.file_name for one in receptions(data[0])}
    with open_to_read(data[0]) as con:
        assert asked(con) == ([], len(rows))
