"""A loader in a process of its own, to be killed.

    python -m tests.scale.loader FOLDER_OF_WORKBOOKS DATA [before|after]

loads what lies in a folder; with a third word it kills itself before or after the lake has committed, in the middle of
everything else. Prints what became of each file: name, outcome.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from pathlib import Path

from etl import intake, joint
from etl.inspection import Incoming
from tests.workbooks import prepared

RECEIVED = {"late": dt.datetime(2026, 12, 9, 9), "early": dt.datetime(2026, 11, 19, 9)}


def die(*_: object) -> None:
    """kill -9."""
    os.kill(os.getpid(), signal.SIGKILL)


def files(folder: Path) -> list[Incoming]:
    """The workbooks of a folder; their names say whether they came late."""
    return [Incoming(path.name, path, RECEIVED[path.name.split("-")[0]]) for path in sorted(folder.glob("*.xlsx"))]


def main(folder: str, data: str, moment: str = "") -> None:
    """Load."""
    if moment == "before":
        joint.commit = die
    elif moment == "after":
        joint.write_down = die
        joint.fetched = lambda con, paths, real=joint.fetched: keep_writing(real, con, paths)
    for receipt in intake.submit(prepared(), files(Path(folder)), Path(data), "loader"):
        print(receipt.file, receipt.outcome)


def keep_writing(real: object, con: object, paths: object) -> object:
    """What others did is taken as ever; only what this one says is not written down."""
    import etl.joint

    dying, etl.joint.write_down = etl.joint.write_down, WRITE_DOWN
    try:
        return real(con, paths)  # type: ignore[operator]
    finally:
        etl.joint.write_down = dying


WRITE_DOWN = joint.write_down

if __name__ == "__main__":
    main(*sys.argv[1:])
