"""Worker processes that can be started from anywhere, also from a page of the dashboard.

A new process runs its parent's main script again before it begins. Under Streamlit that is dashboard.py itself, so what
a new process is told of its parent leaves the main script out; what workers are asked for lies in modules anyway.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import spawn
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from threading import Lock

STARTING = Lock()
told = spawn.get_preparation_data


def without_main(name: str) -> dict[str, object]:
    """What a new process is told of its parent, but for the main script."""
    return {key: value for key, value in told(name).items() if not key.startswith("init_main")}


class QuietProcess(SpawnProcess):
    """A process that does not run its parent's main script."""

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> object:  # type: ignore[override]
        with STARTING:
            spawn.get_preparation_data = without_main
            try:
                return SpawnProcess._Popen(process_obj)
            finally:
                spawn.get_preparation_data = told


class QuietContext(SpawnContext):
    """Processes of that kind."""

    Process = QuietProcess


def pool(workers: int) -> ProcessPoolExecutor:
    """Worker processes for functions of modules."""
    return ProcessPoolExecutor(workers, mp_context=QuietContext())
