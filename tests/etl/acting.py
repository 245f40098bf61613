"""People at work, to be killed in the middle of it (test_kill.py).

    python -m tests.etl.acting

reads orders from standard input, one JSON object a line, and carries out each in a child of its own, forked from this
process so that it begins at once: {"act": folder, "seed": n, "kill_at": k} loads, voids, extends, closes and notes until
it is killed, by itself before the k-th time that it puts something on the disk for good if k is not 0; {"check": folder,
"compare": c} opens the folder again, as after a restart, and tells what it finds, if c is true also against a warehouse
made anew. What was acknowledged stands in <folder>/acked.
{"meet": folder, "seed": n, "limit": bytes} loads while no file may grow beyond so many bytes, {"meet": folder, "seed": n,
"fault_at": k, "errno": e} while the k-th write or flush fails and all after it do (faulty.c), and then once more with
nothing in the way; the first time it may be told that nothing, or not everything, was done.

Files are looked at by the child itself, not by workers, which take a second to begin: what is tried here is writing.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import importlib
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from etl import front, inspection, intake, settle
from etl.inspection import Incoming
from etl.journal import journal_path, links
from etl.notes import note_event
from etl.opening import opened
from etl.trouble import Unsaved
from etl.warehouse import Paths, open_to_read, version
from tests.folders import receptions
from tests.workbooks import report

UNITS = ("10966", "11359", "11329")
PERIOD = "2026-11"
RECEIVED = dt.datetime(2026, 11, 19, 9)
FORM = "NQ57-HP-1"
TABLES = (
    "submission", "observation", "task", "remark", "finding", "event", "measure", "report", "current_indicator",
    "extension", "explanation", "closing", "closed_report", "closed_indicator", "journal", "journal_standing",
)  # fmt: skip
DURABLE = ("fsync", "replace")
"""What puts something on the disk for good."""

Content = tuple[str, bytes]


def pool() -> list[Content]:
    """Reports of a few units, each in a few versions."""
    return [
        (f"{unit}-{number}.xlsx", report(unit, PERIOD, {"2_TUYEN_TRUYEN K0101 products": number}))
        for unit in UNITS
        for number in range(1, 6)
    ]


def act(folder: Path, seed: int, files: list[Content], kill_at: int) -> None:
    """Do one thing after another, until killed. What is begun and what was acknowledged is written down."""
    chance = random.Random(seed)
    data = folder / "data"
    if kill_at:
        end_before(kill_at)
    for number in range(1000):
        kind = chance.choices(("load", "void", "extend", "close", "note"), (6, 2, 1, 1, 2))[0]
        if kill_at:
            kind = ("load", "void", "close", "extend")[seed % 4] if number == 0 else "load"
        name = f"{seed}-{number}"
        tell(folder, "begun", kind, name)
        done = DOING[kind](data, chance, files, name)
        if done is not None:
            tell(folder, "acked", kind, name, done)


def meet(folder: Path, seed: int, files: list[Content], order: dict[str, object]) -> None:
    """Do something while the disk fails, then the same when it is well again."""
    chance, data = random.Random(seed), folder / "data"
    chosen = chance.sample(files, 3)
    kind = "load" if seed % 3 or not version(data) else "extend"
    for name in (f"{seed}-ill", f"{seed}-well"):
        tell(folder, "begun", kind, name)
        if name.endswith("ill"):
            begin_to_fail(order)
        try:
            done, refused = DOING[kind](data, chance, chosen, name), ""
        except Unsaved as told:
            done, refused = None, str(told)
        stop_failing()
        if refused:
            assert name.endswith("ill"), refused
            tell(folder, "refused", name, refused)
        else:
            tell(folder, "acked", kind, name, done)
        if version(data):
            asked(data, "select count(*) from submission")


def begin_to_fail(order: dict[str, object]) -> None:
    """From now on, or from the k-th time on, the disk takes nothing."""
    if "limit" in order:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(str(order["limit"])), resource.RLIM_INFINITY))
    else:
        ctypes.CDLL(None).fail_from(int(str(order["fault_at"])), int(str(order["errno"])))


def stop_failing() -> None:
    """The disk is well."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    if "LD_PRELOAD" in os.environ:
        ctypes.CDLL(None).fail_from(0, 0)


def tell(folder: Path, *said: object) -> None:
    """Write down, in one write."""
    line = json.dumps(said) + "\n"
    handle = os.open(folder / str(said[0]), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, line.encode())
    os.close(handle)


def load(data: Path, chance: random.Random, files: list[Content], name: str) -> object:
    """Load some files; some of them again."""
    chosen = chance.sample(files, chance.randint(1, 3))
    receipts = intake.submit(
        front.prepared(None), [Incoming(*one, RECEIVED, reason="Bổ sung") for one in chosen], data, name
    )
    return [(one.outcome, one.sha256) for one in receipts]


def void(data: Path, chance: random.Random, files: list[Content], name: str) -> object:
    """Void a version that counts."""
    found = asked(data, "select unit_code, version from submission where status = 'accepted'") if version(data) else []
    if not found:
        return None
    unit, number = chance.choice(sorted(found))
    front.void_submission((unit, PERIOD, FORM), number, f"Gửi nhầm {name}", name, data)
    return unit, number


def extend(data: Path, chance: random.Random, files: list[Content], name: str) -> object:
    """Extend a deadline."""
    unit = chance.choice(UNITS)
    settle.extend_deadline(
        [unit], PERIOD, dt.date(2026, 11, chance.randint(24, 30)), f"Mất điện {name}", name, data=data
    )
    return unit


def close(data: Path, chance: random.Random, files: list[Content], name: str) -> object:
    """Freeze the figures."""
    if not version(data) or not asked(data, "select 1 from report"):
        return None
    settle.close_period(PERIOD, name, f"Chốt số liệu {name}", name, data)
    return name


def note(data: Path, chance: random.Random, files: list[Content], name: str) -> object:
    """Note an export."""
    note_event("exported", name, "bảng", data=data)
    return name


DOING: dict[str, Callable[[Path, random.Random, list[Content], str], object]] = {
    "load": load, "void": void, "extend": extend, "close": close, "note": note,
}  # fmt: skip


def end_before(count: int) -> None:
    """Let this process be killed before it puts something on the disk for the n-th time from now."""
    left = [count]

    def counted(name: str) -> Callable[..., object]:
        real: Callable[..., object] = getattr(os, name)

        def call(*arguments: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
                time.sleep(10)
            return real(*arguments)

        return call

    for name in DURABLE:
        setattr(os, name, counted(name))


def check(folder: Path, *, compare: bool) -> list[str]:
    """What is wrong after a kill: before anything was made good, after it, and if wanted in a warehouse made anew."""
    data = folder / "data"
    wrong = [f"readers: {each}" for each in lost(folder, data)] if version(data) else []
    with opened(front.prepared(None), data):
        pass
    wrong += lost(folder, data)
    wrong += [
        f"line {link.standing.lines} of the journal is not sound" for link in links(Paths(data)) if not link.sound
    ]
    return wrong + differing(data) if compare else wrong


def lost(folder: Path, data: Path) -> list[str]:
    """What was acknowledged and is not there, and what is there and was neither acknowledged nor begun."""
    acked, begun = said(folder, "acked"), said(folder, "begun")
    with open_to_read(data) as con:
        held = dict(con.execute("select file_sha256, min(status) from submission group by 1").fetchall())
        events = {(kind, actor) for kind, actor in con.execute("select action, actor from event").fetchall()}
        sheets = con.execute("select count(*) from observation group by submission_id").fetchall()
    noted = {actor for kind, actor in events if kind == "exported"}
    wrong = [f"half a report: {sheets}"] if len(set(sheets)) > 1 else []
    for kind, name, done in acked:
        if kind == "load":
            wrong += [f"{name}: {sha256} is lost" for outcome, sha256 in done if sha256 not in held]
        elif kind != "note":
            wrong += [] if (kind, name) in events else [f"{name}: {kind} is lost"]
        else:
            journal = journal_path(Paths(data)).read_text(encoding="utf-8")
            wrong += [] if name in noted or f'"actor": "{name}"' in journal else [f"{name}: the note is lost"]
    started = {name for _, name, *_ in begun}
    strangers = {actor for action, actor in events if action != "repaired"} - started - {"catalogue", "system"}
    known = {one.sha256 for one in receptions(data)}
    return [
        *wrong,
        *(f"{one} was never begun" for one in strangers),
        *(f"{one} has no line" for one in {*held} - known),
    ]


def said(folder: Path, name: str) -> list[list[object]]:
    """What was written down."""
    path = folder / name
    return [json.loads(line)[1:] for line in path.read_text().splitlines()] if path.exists() else []


def differing(data: Path) -> list[str]:
    """Tables that are otherwise in a warehouse made anew from the record."""
    with tempfile.TemporaryDirectory() as scratch:
        again = Path(scratch) / "data"
        shutil.copytree(data / "reports", again / "reports")
        intake.remake(front.prepared(None), again)
        ours, theirs = rows(data), rows(again)
    return [f"{table} is otherwise in a rebuild" for table in TABLES if ours[table] != theirs[table]]


def rows(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """The tables of a published snapshot."""
    with open_to_read(data) as con:
        return {table: con.execute(f"select * from {table} order by all").fetchall() for table in TABLES}


def asked(data: Path, sql: str) -> list[tuple[object, ...]]:
    """Rows of the published snapshot."""
    with open_to_read(data) as con:
        return con.execute(sql).fetchall()


class Alone:
    """In the place of workers: does at once what it is asked for."""

    def map(self, function: Callable[[object], object], items: Sequence[object], processes: int) -> Generator[object]:
        """What the function makes of each item."""
        yield from map(function, items)


def main() -> None:
    """Carry out orders until there are none."""
    files = pool()
    assert "limited" in vars(inspection)
    vars(inspection)["limited"] = Alone
    front.prepared(None)
    importlib.import_module("pandas")  # DuckDB does so at the first value it is given: half a second, for every child
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            carry_out(order, files, write)
        os.close(write)
        print(child, flush=True)
        with os.fdopen(read) as answer:
            text = answer.read()
        os.waitpid(child, 0)
        print(json.dumps(text), flush=True)


def carry_out(order: dict[str, object], files: list[Content], write: int) -> None:
    """The life of a child."""
    try:
        if "meet" in order:
            meet(Path(str(order["meet"])), int(str(order["seed"])), files, order)
        elif "act" in order:
            act(Path(str(order["act"])), int(str(order["seed"])), files, int(str(order["kill_at"])))
        else:
            found = check(Path(str(order["check"])), compare=bool(order["compare"]))
            os.write(write, json.dumps(found).encode())
    except BaseException:
        os.write(write, json.dumps([traceback.format_exc()]).encode())
    os._exit(0)


if __name__ == "__main__":
    main()
