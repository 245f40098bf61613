"""Streamlit with a clock that a test puts forward: python -m tests.signin.ahead FILE_WITH_SECONDS ARGUMENTS."""

import sys
import time
from pathlib import Path
from types import SimpleNamespace

from streamlit.web.cli import main

from ui.signin import sessions

if __name__ == "__main__":
    ahead = Path(sys.argv.pop(1))
    setattr(sessions, "time", SimpleNamespace(time=lambda: time.time() + float(ahead.read_text() or 0)))  # noqa: B010
    main()
