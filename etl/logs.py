"""What happened, for whoever runs the server: a line of JSON each, in a file that is rotated before it grows large.

NQ57_LOG names the folder, else `log/` in the data folder. A page that fails shows a code; the line with that code has
the rest.
"""

from __future__ import annotations

import logging
import os
from functools import cache
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pythonjsonlogger.json import JsonFormatter

from etl.warehouse import data_dir

LARGEST, KEPT = 5_000_000, 8
"""Bytes of one file, and how many older ones are kept."""
OURS = ("etl", "ui", "documents")
"""Packages whose ordinary messages are kept too; of others only warnings and errors are."""
FIELDS = "{asctime}{levelname}{name}{message}{process}{threadName}"


@cache
def keep_log(name: str, data: Path | None = None) -> Path | None:
    """Once a process: write the log to `<name>.log`. Returns the file; None where it cannot be written, and the
    messages go to the standard error alone.
    """
    path = Path(os.environ.get("NQ57_LOG") or data_dir(data) / "log") / f"{name}.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    except OSError:
        logging.getLogger(__name__).warning("no log can be written to %s", path.parent)
        return None
    handler.setFormatter(
        JsonFormatter(FIELDS, style="{", json_ensure_ascii=False, rename_fields={"asctime": "at", "levelname": "level"})
    )
    logging.getLogger().addHandler(handler)
    for package in OURS:
        logging.getLogger(package).setLevel(logging.INFO)
    return path
