"""kill -9 at any moment: what was acknowledged is there and whole after a restart, and readers are served throughout.

Quick: a kill before each step that puts something on the disk, and some at random moments. NQ57_LONG=1: a thousand.
"""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.etl.company import Company

LONG = bool(os.environ.get("NQ57_LONG"))
STEPS = range(1, 19, 1 if LONG else 2)
"""A load puts something on the disk some 18 times."""
RANDOM_KILLS = 1000 if LONG else 21
KILLS_A_FOLDER = 25
COMPARED_EVERY = 25 if LONG else 6
STEPS_COMPARED = 16
"""How often what is left is compared with a warehouse made anew, table by table: all that was done in a folder so far."""


@pytest.fixture(scope="module")
def company() -> Iterator[Company]:
    company = Company()
    yield company
    company.dismiss()


def test_killed_before_each_step_that_reaches_the_disk(company: Company, tmp_path: Path) -> None:
    for step in STEPS:
        company.kill_before(tmp_path, step, step)
        assert company.found(tmp_path, compare=step % STEPS_COMPARED == 1) == []


def test_killed_at_random_moments(company: Company, tmp_path: Path) -> None:
    chance = random.Random(57)
    pace = company.pace(tmp_path)
    for number in range(RANDOM_KILLS):
        folder = tmp_path / str(number // KILLS_A_FOLDER)
        folder.mkdir(exist_ok=True)
        company.kill_after(folder, 1000 + number, chance.uniform(0.02, 1.5 * pace))
        assert company.found(folder, compare=number % COMPARED_EVERY == COMPARED_EVERY - 1) == [], number
        if LONG and not (number + 1) % KILLS_A_FOLDER:
            print(f"{number + 1} kills", flush=True)
    acked = sum(len(path.read_text().splitlines()) for path in tmp_path.glob("*/acked"))
    begun = sum(len(path.read_text().splitlines()) for path in tmp_path.glob("*/begun"))
    print(f"{RANDOM_KILLS} kills, {begun} begun, {acked} acknowledged, nothing lost")
