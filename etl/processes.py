"""Worker processes that can be started from anywhere, also from a page of the dashboard.

A new process runs its parent's main script again before it begins. Under Streamlit that is dashboard.py itself, so the
main script is kept out of sight for the moment of starting; what workers are asked for lies in modules anyway.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from threading import Lock
from types import ModuleType

STARTING = Lock()


class QuietProcess(SpawnProcess):
    """A process that does not run its parent's main script."""

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> object:  # type: ignore[override]
        with STARTING:
            main = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                return SpawnProcess._Popen(process_obj)
            finally:
                sys.modules["__main__"] = main


class QuietContext(SpawnContext):
    """Processes of that kind."""

    Process = QuietProcess


def pool(workers: int) -> ProcessPoolExecutor:
    """Worker processes for functions of modules."""
    return ProcessPoolExecutor(workers, mp_context=QuietContext())
