"""One worker process with limits of time and memory, and the pipe it is asked through."""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import pickle
import signal
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from etl.processes import QuietContext

MEGABYTE = 1024 * 1024
OBJECTS_A_COLLECTION = 50_000
"""A workbook makes some thousand objects, hardly any of them in a cycle."""
SECONDS_TO_START = 60
BEHIND = 5
"""How far a worker steps back for all others (nice): who stores what it read, and those who look at pages, go first."""
OUT_OF_MEMORY = 86
"""The exit status of a worker that reached its limit of memory."""
SLOW, GREEDY, CRASHED = "reader_slow", "reader_greedy", "reader_crashed"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may take for what it is asked at a time."""

    seconds: float = 10
    """Of the processor: on a crowded machine a good file may wait long for its turn."""
    patience: float = 60
    """Of the clock, for one that waits for something that never comes."""
    memory: int = 1024 * MEGABYTE
    """In all, kept where the system can (not on Windows)."""
    answer: int = 64 * MEGABYTE
    """What it sends back, so that it cannot burst the one who asks."""


@dataclass(frozen=True, slots=True)
class Broken:
    """What came instead of an answer."""

    how: str
    """SLOW, GREEDY or CRASHED: the fault that says so to the sender."""
    detail: str
    """For the log."""


class WorkerGone(Exception):
    """The worker is no more."""

    def __init__(self, how: str, detail: str) -> None:
        super().__init__(detail)
        self.how = how


class Worker:
    """A process that answers one question after another; Raises OSError where none can be started."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        context = QuietContext()
        self._pipe, theirs = context.Pipe()
        self._process: Any = context.Process(target=serve, args=(theirs, limits), daemon=True)
        self._process.start()
        theirs.close()
        if not (self._pipe.poll(SECONDS_TO_START) and self._greeted()):
            self.end()
            raise OSError("no worker process could be started")

    def ask(self, function: Callable[[Any], object], items: Sequence[object]) -> list[object]:
        """What the function makes of each item; an exception stands for itself. Raises WorkerGone."""
        try:
            self._pipe.send((function, items))
            if not self._answers():
                raise WorkerGone(SLOW, f"no answer in {self._limits.seconds:g} s")
            answer = self._pipe.recv_bytes(self._limits.answer)
        except (EOFError, ConnectionError) as fault:
            raise self._died() from fault
        except OSError as fault:
            raise WorkerGone(GREEDY, "an answer too long") from fault
        found: list[object] = pickle.loads(answer)  # noqa: S301 (from a process of our own)
        return found

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._pipe.close()
        self._process.kill()
        self._process.join()
        self._process.close()

    def _answers(self) -> bool:
        """Whether an answer comes in time."""
        spent, end = spent_by(self._process.pid), time.monotonic() + self._limits.patience
        left = self._limits.seconds
        while left > 0:
            if self._pipe.poll(left):
                return True
            left = min(spent + self._limits.seconds - spent_by(self._process.pid), end - time.monotonic())
        return False

    def _greeted(self) -> bool:
        try:
            return self._pipe.recv_bytes() == b""
        except EOFError:
            return False

    def _died(self) -> WorkerGone:
        self._process.join()
        status = self._process.exitcode
        return WorkerGone(GREEDY if status == OUT_OF_MEMORY else CRASHED, f"exit status {status}")


def spent_by(process: int) -> float:
    """Seconds of the processor that a process took so far; of the clock where the system will not tell."""
    try:
        return time.clock_gettime((~process << 3) | 2)  # the clock that Linux keeps of every process
    except (AttributeError, OSError):
        return time.monotonic()


def serve(pipe: Connection, limits: Limits) -> None:
    """The life of a worker: answer until nobody asks any more."""
    gc.set_threshold(OBJECTS_A_COLLECTION)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal; the asker decides
    limit_memory(limits.memory)
    step_back()
    pipe.send_bytes(b"")
    with open(os.devnull, "w") as nowhere, contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            try:
                function, items = pipe.recv()
                # Should the asker be killed meanwhile, nobody would be left to end a worker that hangs.
                faulthandler.dump_traceback_later(2 * limits.patience, exit=True, file=nowhere)
                found = [attempt(function, item) for item in items]
                faulthandler.cancel_dump_traceback_later()
                pipe.send(found)
            except MemoryError:
                os._exit(OUT_OF_MEMORY)


def attempt(function: Callable[[object], object], item: object) -> object:
    """An answer; what the system refused stands for itself, anything else unforeseen for a reader that broke."""
    try:
        return function(item)
    except OSError as fault:
        return fault
    except MemoryError:
        raise
    except BaseException:  # a panic in Rust is no ordinary exception
        return Broken(CRASHED, traceback.format_exc())


def step_back() -> None:
    """Let others have the processor first, where the system knows how."""
    with contextlib.suppress(AttributeError):  # Windows
        os.nice(BEHIND)


def limit_memory(size: int) -> None:
    """Let this process have no more memory than so much, where the system can be asked for that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):  # a system may know the limit and not keep it
        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))
