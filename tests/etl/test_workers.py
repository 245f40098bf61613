"""Workers with limits: whoever hangs, bursts or dies is replaced, its item is told so, the others notice nothing."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from etl.worker import BEHIND, CRASHED, GREEDY, SLOW, Broken, Limits
from etl.workers import Workers
from tests.waiting import PATIENCE, until

MEGABYTE = 1024 * 1024
LIMITS = Limits(seconds=1.5, patience=PATIENCE, memory=400 * MEGABYTE, answer=MEGABYTE)
HOARD: list[bytes] = []


def deed(what: str) -> object:
    """What a hostile file may do to its reader."""
    name, _, much = what.partition(" ")
    return DEEDS[name](much)


def hang(much: str) -> object:
    time.sleep(2 * PATIENCE)
    return much


def doze(much: str) -> object:
    time.sleep(float(much))
    return much


def spin(much: str) -> object:
    while True:
        pass


def burst(much: str) -> object:
    return len(bytearray(2_000 * MEGABYTE))


def hoard(much: str) -> object:
    HOARD.append(bytes(150 * MEGABYTE))
    return len(HOARD)


def segfault(much: str) -> object:
    return ctypes.string_at(0)


def give_up(much: str) -> object:
    os._exit(3)


def abort(much: str) -> object:
    os.abort()


def babble(much: str) -> object:
    return "x" * (4 * MEGABYTE)


def unforeseen(much: str) -> object:
    raise KeyError(much)


def gone(much: str) -> object:
    return Path(f"/nowhere/{much}").read_bytes()


def echo(much: str) -> object:
    return much


def whoami(much: str) -> object:
    return os.getpid()


def nice(much: str) -> object:
    return os.nice(0)


DEEDS = {
    each.__name__: each
    for each in (hang, doze, spin, burst, hoard, segfault, give_up, abort, babble, unforeseen, gone, echo, whoami, nice)
}
DEEDS["exit"] = lambda much: sys.exit(1)


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(4, LIMITS)
    yield made
    made.close()


@pytest.fixture
def hasty() -> Iterator[Workers]:
    """Nobody waits long for an answer."""
    made = Workers(4, replace(LIMITS, patience=12))
    yield made
    made.close()


def outcomes(workers: Workers, deeds: list[str], processes: int = 1) -> list[object]:
    found = workers.map(deed, deeds, processes)
    return [each.how if isinstance(each, Broken) else each for each in found]


@pytest.mark.parametrize(
    ("what", "how"),
    [("spin", SLOW), ("burst", GREEDY), ("babble", GREEDY), ("segfault", CRASHED), ("abort", CRASHED),
     ("give_up", CRASHED), ("exit", CRASHED), ("unforeseen x", CRASHED)],
)  # fmt: skip
def test_a_worker_that_breaks_is_replaced_and_only_its_item_is_told(workers: Workers, what: str, how: str) -> None:
    assert outcomes(workers, ["echo 1", what, "echo 2"]) == ["1", how, "2"]
    assert outcomes(workers, ["echo 3"]) == ["3"]


def test_a_worker_lets_others_go_first(workers: Workers) -> None:
    assert outcomes(workers, ["nice"]) == [os.nice(0) + BEHIND]


def test_who_waits_for_a_turn_is_not_slow() -> None:
    """As on a machine that has much else to do: four seconds by the clock, hardly any of the processor."""
    patient = Workers(1, Limits(seconds=1.5, patience=PATIENCE))
    assert outcomes(patient, ["doze 4"]) == ["4"]
    patient.close()


def test_items_handed_over_together_answer_each_for_itself(workers: Workers) -> None:
    deeds = [f"echo {number}" for number in range(40)]
    deeds[5], deeds[6], deeds[21] = "abort", "give_up", "burst"
    expected: list[object] = [str(number) for number in range(40)]
    expected[5], expected[6], expected[21] = CRASHED, CRASHED, GREEDY
    assert outcomes(workers, deeds) == expected


def test_an_item_is_not_blamed_for_what_others_left_behind(workers: Workers) -> None:
    """Each takes 150 of 400 MB and never gives it back: a third one finds no room in the same worker."""
    assert GREEDY not in outcomes(workers, ["hoard"] * 5)


def test_one_worker_serves_file_after_file(workers: Workers) -> None:
    assert (
        len({*outcomes(workers, ["whoami"]), *outcomes(workers, ["whoami"]), *outcomes(workers, ["whoami"] * 9)}) == 1
    )


def test_a_file_that_is_gone_is_not_the_workers_fault(workers: Workers) -> None:
    with pytest.raises(FileNotFoundError):
        outcomes(workers, ["gone a.xlsx"])
    assert outcomes(workers, ["echo 1"]) == ["1"]


def test_one_that_hangs_is_replaced_and_only_its_item_is_told(hasty: Workers) -> None:
    assert outcomes(hasty, ["echo 1", "hang", "echo 2"]) == ["1", SLOW, "2"]
    assert outcomes(hasty, ["echo 3"]) == ["3"]


def test_while_one_hangs_the_files_of_others_are_read(hasty: Workers) -> None:
    outcomes(hasty, ["echo 1"])
    hanging = hasty.map(deed, ["hang"])
    time.sleep(0.2)
    started = time.perf_counter()
    assert outcomes(hasty, ["echo 2"]) == ["2"]
    answered = time.perf_counter() - started
    assert [each.how for each in hanging if isinstance(each, Broken)] == [SLOW]
    assert answered < time.perf_counter() - started - 0.1, "it was answered while the other still hung"


def test_a_single_file_does_not_wait_for_a_years(workers: Workers) -> None:
    small = Workers(1, LIMITS)
    many = small.map(deed, ["echo x"] * 4_000)
    assert outcomes(small, ["echo 1"]) == ["1"]
    waiting = next(many)
    assert waiting == "x"
    many.close()
    assert outcomes(small, ["echo 2"]) == ["2"], "what nobody waits for any more is not worked on"
    small.close()


def test_a_worker_that_is_killed_from_outside_costs_nothing(workers: Workers) -> None:
    (pid,) = outcomes(workers, ["whoami"])
    assert isinstance(pid, int)
    os.kill(pid, signal.SIGTERM)
    assert outcomes(workers, ["echo 1", "echo 2"]) == ["1", "2"]


def test_workers_end_with_their_owner(workers: Workers) -> None:
    (pid,) = outcomes(workers, ["whoami"])
    assert isinstance(pid, int)
    workers.close()
    until(lambda: not is_running(pid), 0.02)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
