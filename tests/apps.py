"""Streamlit's own tester, which runs a script without a browser; patient."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.waiting import PATIENCE

ROOT = Path(__file__).resolve().parent.parent


def dashboard() -> AppTest:
    """The whole dashboard, not run yet."""
    return AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=PATIENCE)


def app(script: Callable[[], object]) -> AppTest:
    """A function as a page, not run yet."""
    return AppTest.from_function(script, default_timeout=PATIENCE)
