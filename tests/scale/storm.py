"""Loaders and readers in processes of their own, to be killed at any moment.

    python -m tests.scale.storm load FOLDER_OF_WORKBOOKS DATA SEED
    python -m tests.scale.storm read DATA READERS

A loader loads the workbooks one by one, in an order that its seed gives, and says each that was acknowledged. The readers
of a process read what its machine publishes while that follows the lake, and say what is not as it must be.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import duckdb

from etl import intake
from etl.following import catching_up
from etl.inspection import Incoming
from etl.lake import shared
from etl.trouble import Unsaved
from etl.warehouse import open_to_read, version
from tests.scale.loader import RECEIVED
from tests.workbooks import prepared

HALF = """
    select 'received and not told', s.submission_id from submission s
    where not exists (
        from event e where e.action = s.status and e.subject = concat_ws(' ', s.form_id, s.unit_code, s.period, 'v' || s.version)
    )
    union all select 'without its values', submission_id from submission s
    where status = 'accepted' and not exists (from observation o where o.submission_id = s.submission_id)
    union all select 'values of nothing', submission_id from observation anti join submission using (submission_id)
    union all select 'versions with a gap', max(version) from submission group by unit_code, period having max(version) <> count(*)
    union all select 'not the last version in force', r.current_submission_id from report r
    join submission s on s.submission_id = r.current_submission_id
    where s.version <> r.submissions
    union all select 'counted wrongly', count(*) from report having count(*) <> (
        select coalesce(sum(value), 0) from current_measure where measure = 'reports_received')
"""
"""What is only half there."""


def load(folder: str, data: str, seed: str) -> None:
    """Load everything; what another machine keeps from being stored is sent again."""
    paths = sorted(Path(folder).glob("*.xlsx"))
    random.Random(seed).shuffle(paths)
    for path in paths:
        incoming = Incoming(path.name, path, RECEIVED[path.name.split("-")[0]])
        outcome = ""
        while outcome not in ("accepted", "duplicate"):  # on a busy machine reading may take longer than it may
            with suppress(Unsaved):
                outcome = intake.submit(prepared(), [incoming], Path(data), "loader")[0].outcome
        print(path.name, outcome, flush=True)


def read(data: str, readers: str) -> None:
    """Follow and read until killed."""
    lake = shared()
    assert lake is not None
    for _ in range(int(readers)):
        threading.Thread(target=keep_reading, args=(Path(data),), daemon=True).start()
    for _ in catching_up(lake, Path(data), 0.3):
        pass


def keep_reading(data: Path) -> None:
    """One reader: every state is whole, and none has less than the one before."""
    seen = 0
    while True:
        if version(data):
            with open_to_read(data) as con, con.cursor() as cursor:
                wrong, many = asked(cursor)
            said = " ".join(map(str, ("wrong" if wrong or many < seen else "read", many, seen, *wrong)))
            os.write(1, f"{said}\n".encode())  # whole, whoever else speaks
            seen = many
        time.sleep(random.uniform(0.5, 4))


def asked(con: duckdb.DuckDBPyConnection) -> tuple[list[tuple[object, ...]], int]:
    """What is half there, and how many submissions are."""
    return con.execute(HALF).fetchall(), con.execute("select count(*) from submission").fetchall()[0][0]


if __name__ == "__main__":
    {"load": load, "read": read}[sys.argv[1]](*sys.argv[2:])
