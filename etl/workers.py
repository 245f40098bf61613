"""Worker processes with limits: what a hostile file does to its reader, it does to one of these and to nobody else.

Each worker has a pipe of its own and shares nothing with the others: in a pool with shared queues (concurrent.futures,
pebble) one that dies while it holds the queue's lock takes all of them along. Workers are reused from file to file and
from call to call; one that hangs, bursts or dies is replaced, and the file it was at is told so.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from threading import Condition, Thread
from typing import Generic, TypeVar, cast

from etl.worker import SLOW, Broken, Limits, Worker, WorkerGone

Item = TypeVar("Item")
Result = TypeVar("Result")

ITEMS_AT_ONCE = 8
"""Handed to a worker at a time, to save on messages."""
MOST = max(4, 2 * (os.cpu_count() or 1))
"""More than cores: a worker that hangs until its time is over must not keep other people's files waiting."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task(Generic[Item]):
    """One thing to work on, and where the answer goes."""

    item: Item
    answer: Future[object]


class Call(Generic[Item]):
    """What one caller wants done: chunks of tasks that wait for a worker."""

    def __init__(self, function: Callable[[Item], object], items: Sequence[Item], processes: int) -> None:
        self.function = function
        self.tasks = [Task(item, Future[object]()) for item in items]
        chunk = max(1, min(ITEMS_AT_ONCE, len(items) // (4 * processes)))
        self.waiting = deque(self.tasks[at : at + chunk] for at in range(0, len(items), chunk))
        self._processes = processes
        self._at_work = 0

    @property
    def wanting(self) -> int:
        """How many more workers it could use now."""
        return min(len(self.waiting), self._processes - self._at_work)

    def begin(self) -> Sequence[Task[Item]]:
        """The next chunk, which some worker is at from now on."""
        self._at_work += 1
        return self.waiting.popleft()

    def end(self) -> None:
        """A chunk is done with."""
        self._at_work -= 1


class Workers:
    """So many worker processes at most, started when they are wanted; calls at the same time take turns."""

    def __init__(self, most: int, limits: Limits | None = None) -> None:
        self._most = most
        self._limits = limits or Limits()
        self._calls: deque[Call[object]] = deque()
        self._changed = Condition()
        self._attendants = self._busy = 0
        self._closed = False

    def map(
        self, function: Callable[[Item], Result], items: Sequence[Item], processes: int = 1
    ) -> Generator[Result | Broken]:
        """What the function makes of each item, in order, or how a worker broke on it; work begins at once.

        Raises OSError where the function does: a file that is gone is not the worker's fault.
        """
        call = Call(function, items, max(1, processes))
        with self._changed:
            self._calls.append(cast("Call[object]", call))
            wanting = sum(each.wanting for each in self._calls)
            for _ in range(min(wanting + self._busy, self._most) - self._attendants):
                self._attendants += 1
                Thread(target=self._attend, name="attendant", daemon=True).start()
            self._changed.notify_all()
        return cast("Generator[Result | Broken]", answers(call))

    def close(self) -> None:
        """End the workers when they have finished what they are at."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _attend(self) -> None:
        """The life of a thread that looks after one worker after another."""
        attendant = Attendant(self._limits)
        while begun := self._begin():
            call, chunk = begun
            attendant.see_to(call.function, chunk)
            with self._changed:
                self._busy -= 1
                call.end()
        attendant.dismiss()

    def _begin(self) -> tuple[Call[object], Sequence[Task[object]]] | None:
        """The next chunk, of each call in turn, so that a single file need not wait for a year's; None at the end."""
        with self._changed:
            while not self._closed:
                for _ in range(len(self._calls)):
                    call = self._calls.popleft()
                    if call.waiting:
                        self._calls.append(call)
                    if call.wanting > 0:
                        self._busy += 1
                        return call, call.begin()
                self._changed.wait()
            return None


def answers(call: Call[Item]) -> Generator[object]:
    """The answers of a call in order, each let go when it was given; what nobody waits for any more is not begun."""
    tasks = deque(call.tasks)
    call.tasks.clear()
    try:
        while tasks:
            yield tasks.popleft().answer.result()
    finally:
        call.waiting.clear()


class Attendant:
    """Looks after one worker: starts it, asks it, replaces it when it broke."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._worker: Worker | None = None

    def see_to(self, function: Callable[[object], object], chunk: Sequence[Task[object]]) -> None:
        """Have a chunk worked on. One that breaks its worker is taken apart, so that each task answers for itself."""
        try:
            if len(chunk) > 1 and self._settled(function, chunk):
                return
            for task in chunk:
                self._alone(function, task)
        except Exception as fault:  # no worker can be started: those who wait are told, whatever it was
            self.dismiss()
            for task in chunk:
                if not task.answer.done():
                    task.answer.set_exception(fault)

    def dismiss(self) -> None:
        """End the worker, if there is one."""
        if self._worker:
            self._worker.end()
            self._worker = None

    def _alone(self, function: Callable[[object], object], task: Task[object]) -> None:
        """Settle a task by itself. A used worker may owe its end to what came before: a task is blamed by a new one."""
        while not self._settled(function, [task]):
            pass

    def _settled(self, function: Callable[[object], object], chunk: Sequence[Task[object]]) -> bool:
        """Ask the worker; False where it broke and the tasks are to be tried again."""
        fresh = self._worker is None
        self._worker = self._worker or Worker(self._limits)
        try:
            given = self._worker.ask(function, [task.item for task in chunk])
        except WorkerGone as gone:
            self.dismiss()
            if len(chunk) > 1 or not (fresh or gone.how == SLOW):
                return False
            given = [Broken(gone.how, str(gone))]
        for task, answer in zip(chunk, given, strict=True):
            settle(task.answer, answer)
        return True


def settle(future: Future[object], answer: object) -> None:
    """Give an answer to the one who waits for it, and to the log where a worker broke."""
    if isinstance(answer, OSError):
        future.set_exception(answer)
        return
    if isinstance(answer, Broken):
        logger.error("worker %s: %s", answer.how, answer.detail)
    future.set_result(answer)


@cache
def limited() -> Workers:
    """The workers of this process, shared by all who look at files."""
    return Workers(MOST)
