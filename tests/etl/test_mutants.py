"""Thousands of mutants through the workers: each is refused in its own words, or read as openpyxl reads it.

Quick: 5,000. NQ57_LONG=1: 100,000, or as many as NQ57_MUTANTS says. A mutant is its number: `trial(4711)` repeats it.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from etl.faults import FAULTS
from etl.worker import Broken, Limits
from etl.workers import Workers
from tests.etl.mutants import MENDED, READ, Verdict, trial
from tests.etl.pace import plain

MUTANTS = int(os.environ.get("NQ57_MUTANTS") or (100_000 if os.environ.get("NQ57_LONG") else 5_000))
LIMITS = Limits(seconds=60, memory=512 * 1024 * 1024)
"""Of time for eight at once, each read by openpyxl too; of memory for both readers, half of what one has in service."""
LONGEST = 200
"""Plain reports in whose time one is read, checked and compared."""
BATCH = 10_000
ONCE_READ_OTHERWISE = (
    8534, 16076, 20538, 24797, 32487, 35793, 49432, 67088, 67756, 71543, 74294, 83288, 94216, 96225,
)  # fmt: skip
"""Found by the long form, most of them beyond the quick one."""
MUST_NOT_BE = frozenset({"differs", "wordless", "openpyxl cannot"})


@pytest.fixture(scope="module")
def verdicts() -> list[tuple[int, Verdict | Broken]]:
    workers = Workers(2, LIMITS)
    batches = (range(start, min(start + BATCH, MUTANTS)) for start in range(0, MUTANTS, BATCH))
    found = [pair for batch in batches for pair in zip(batch, workers.map(trial, batch, processes=2), strict=True)]
    workers.close()
    return found


def test_none_breaks_its_worker(verdicts: list[tuple[int, Verdict | Broken]]) -> None:
    assert len(verdicts) == MUTANTS
    assert not [(number, each.how, each.detail[-2000:]) for number, each in verdicts if isinstance(each, Broken)]
    slow = [
        (number, each) for number, each in verdicts if isinstance(each, Verdict) and each.seconds > LONGEST * plain()
    ]
    assert not slow


def test_none_is_read_in_another_way_or_refused_without_a_word(verdicts: list[tuple[int, Verdict | Broken]]) -> None:
    told = [(number, each) for number, each in verdicts if isinstance(each, Verdict)]
    assert not [pair for pair in told if pair[1].outcome in MUST_NOT_BE]
    assert {each.outcome for _, each in told} <= {READ, MENDED, *FAULTS}


@pytest.mark.parametrize("number", ONCE_READ_OTHERWISE)
def test_none_that_was_once_read_otherwise_is_again(number: int) -> None:
    assert trial(number).outcome in {READ, MENDED, *FAULTS}


def test_each_kind_of_mutation_leaves_some_to_be_read(verdicts: list[tuple[int, Verdict | Broken]]) -> None:
    """Or nothing would have been compared."""
    outcomes = Counter((each.how, each.outcome) for _, each in verdicts if isinstance(each, Verdict))
    print(
        f"{MUTANTS} mutants:", Counter(each.outcome for _, each in verdicts if isinstance(each, Verdict)).most_common()
    )
    for how in {how for how, _ in outcomes}:
        assert outcomes[how, READ] + outcomes[how, MENDED] > 0, how
        assert sum(count for (of, outcome), count in outcomes.items() if of == how and outcome in FAULTS) > 0, how
