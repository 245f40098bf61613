"""The process that sends people to work (acting.py), to be killed or to meet a failing disk."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from etl.worker import spent_by
from tests.waiting import PATIENCE

MOMENT = 0.003


class Company:
    """The process that sends people to work and looks after what they left."""

    def __init__(self, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.etl.acting"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | environment,
        )  # fmt: skip
        self.answer()

    def order(self, **order: object) -> int:
        """Have something done by a child; returns its process id."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return int(self.answer())

    def answer(self) -> str:
        """The next line it says."""
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def kill_after(self, folder: Path, seed: int, seconds: float) -> None:
        """Let somebody work for so many seconds of the processor, however busy it is with others, then kill them."""
        child = self.order(act=str(folder), seed=seed, kill_at=0)
        began = time.monotonic()
        while spent_by(child) < seconds and time.monotonic() - began < PATIENCE:
            time.sleep(MOMENT)
        os.kill(child, signal.SIGKILL)
        self.end()

    def pace(self, folder: Path) -> float:
        """How many seconds of the processor somebody needs for one thing: from being sent until two things are done."""
        began = time.monotonic()
        child = self.order(act=str(folder), seed=1, kill_at=0)
        while len(self.acknowledged(folder)) < 2 and time.monotonic() - began < PATIENCE:
            time.sleep(MOMENT)
        needed = spent_by(child)
        os.kill(child, signal.SIGKILL)
        self.end()
        return needed / 2

    def acknowledged(self, folder: Path) -> list[str]:
        """What was acknowledged in a folder."""
        path = folder / "acked"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def kill_before(self, folder: Path, seed: int, step: int) -> None:
        """Let somebody work and be killed before a step."""
        self.order(act=str(folder), seed=seed, kill_at=step)
        self.end()

    def meet(self, folder: Path, **order: object) -> None:
        """Let somebody work while the disk fails."""
        self.order(meet=str(folder), **order)
        self.end()

    def end(self) -> None:
        """Wait until a child has ended, which has nothing to say."""
        told = json.loads(self.answer())
        assert not told, told

    def dismiss(self) -> None:
        """Send everybody home."""
        with self.process as process:
            assert process.stdin
            process.stdin.close()

    def found(self, folder: Path, *, compare: bool = False) -> list[str]:
        """What is wrong after a restart, with `compare` also against a warehouse made anew from the record."""
        self.order(check=str(folder), compare=compare)
        wrong: list[str] = json.loads(json.loads(self.answer()))
        return wrong
