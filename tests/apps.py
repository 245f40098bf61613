"""Streamlit's own tester, which runs a script without a browser; patient."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tests.waiting import PATIENCE

ROOT = Path(__file__).resolve().parent.parent

# Every tester looks through all that is installed for components, half a second long; once will do, as in a server.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def dashboard() -> AppTest:
    """The whole dashboard, not run yet."""
    return AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=PATIENCE)


def app(script: Callable[[], object]) -> AppTest:
    """A function as a page, not run yet."""
    return AppTest.from_function(script, default_timeout=PATIENCE)
