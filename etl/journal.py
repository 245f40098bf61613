"""The journal: one line for each file that was received and each decision that was taken, in order.

With the kept workbooks (kept.py) it is the record: the warehouse can be deleted and made again from these.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from etl.warehouse import Paths


@dataclass(frozen=True, slots=True)
class Reception:
    """A file was received."""

    file_name: str
    sha256: str
    received_at: str
    loaded_at: str
    loaded_by: str
    unit_code: str = ""
    period: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Somebody decided something that changes what the numbers say or how they are judged."""

    at: str
    actor: str
    action: str
    """A key of `decide.APPLIERS`: void, extend, explain, close, …"""
    reason: str
    unit_code: str = ""
    period: str = ""
    form_id: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    """What else the action needs, as JSON can say it."""


Entry = Reception | Decision


def append(paths: Paths, entries: Sequence[Entry]) -> None:
    """Add lines and wait until they are on the disk."""
    if not entries:
        return
    paths.reports.mkdir(parents=True, exist_ok=True)
    with journal_path(paths).open("a", encoding="utf-8") as out:
        out.writelines(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries)
        out.flush()
        os.fsync(out.fileno())


def entries(paths: Paths) -> Iterator[Entry]:
    """What was received and decided, in order; a last line cut short by a crash was never acknowledged and is left
    out.
    """
    path = journal_path(paths)
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            held = json.loads(line)
        except json.JSONDecodeError:
            continue
        yield Decision(**held) if "action" in held else Reception(**held)


def receptions(paths: Paths) -> list[Reception]:
    """The files that were received, in order."""
    return [entry for entry in entries(paths) if isinstance(entry, Reception)]


def leave_out(paths: Paths, unwanted: Callable[[Entry], bool]) -> None:
    """Write the journal without some of its lines; the journal as it was stays beside it."""
    path = journal_path(paths)
    if not path.exists():
        return
    kept = [entry for entry in entries(paths) if not unwanted(entry)]
    number = len(list(paths.reports.glob("journal-*.jsonl"))) + 1
    os.replace(path, paths.reports / f"journal-{number:04d}.jsonl")
    path.touch()
    append(paths, kept)


def journal_path(paths: Paths) -> Path:
    """Where the journal is."""
    return paths.reports / "journal.jsonl"


def moment(text: str) -> dt.datetime:
    """A time of the journal."""
    return dt.datetime.fromisoformat(text)
