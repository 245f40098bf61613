"""The journal: one line for each file that was received, each decision that was taken and whatever else is worth
telling later, in order, chained (chain.py).

With the kept workbooks (kept.py) it is the record: the warehouse can be deleted and made again from these. What its
lines say counts from the moment they are on the disk. How far it goes stands in a second file as well (head), so that
lines cut off at its end are missed.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from etl.chain import AS_BYTES, MARK, START, Link, Standing, linked, walked
from etl.sealed import flush, write_whole
from etl.warehouse import Paths, alone_with_journal, set_aside_path

ENOUGH_FOR_A_LINE = 1 << 16
log = logging.getLogger(__name__)


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
    reason: str = ""
    """Why the date of receipt is earlier than the moment it was entered, or why it came after its period was closed."""
    returned: str = ""
    """Why a person sent it back, though the checks alone would not have, or in addition to what they said."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Somebody decided something that changes what the numbers say or how they are judged."""

    at: str
    actor: str
    action: str
    """A key of `apply.APPLIERS`: void, extend, explain, close, …"""
    reason: str
    unit_code: str = ""
    period: str = ""
    form_id: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    """What else the action needs, as JSON can say it."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something happened that changes no number: a table was exported, somebody signed in, the catalogue changed."""

    note: str
    """What: exported, signed_in, refused, catalogue, repaired, …"""
    at: str
    actor: str
    subject: str = ""
    reason: str = ""
    detail: str = ""
    before: str = ""
    after: str = ""
    unit_code: str = ""
    period: str = ""
    form_id: str = ""


Entry = Reception | Decision | Note


class Line(NamedTuple):
    """A line of the journal: what it says, and the link that holds it."""

    entry: Entry
    link: Link

    @property
    def number(self) -> int:
        """Its place, from 1."""
        return self.link.standing.lines


class Appended(NamedTuple):
    """What was added, and where the journal stood before."""

    before: Standing
    lines: list[Line]


class Damaged(Exception):
    """The journal is not what it was when it was last written."""


def append(paths: Paths, entries: Sequence[Entry]) -> Appended:
    """Add the lines of one call and wait until they are on the disk; an error leaves none of them.

    Raises Damaged where what is there is not what was last written.
    """
    with alone_with_journal(paths):
        before = settled(paths)
        links = linked_to(before, entries)
        write_through(journal_path(paths), before.size, "".join(f"{link.text}\n" for link in links).encode())
        remember(paths, links[-1].standing if links else before)
    return Appended(before, noted_down(entries, links))


def linked_to(before: Standing, entries: Sequence[Entry]) -> list[Link]:
    """Entries of one call as lines that go on from where the journal stands."""
    return linked(before, [json.dumps(asdict(entry), ensure_ascii=False) for entry in entries])


def noted_down(entries: Sequence[Entry], links: Sequence[Link]) -> list[Line]:
    """Entries with the links that hold them."""
    return [Line(entry, link) for entry, link in zip(entries, links, strict=True)]


def write_through(path: Path, size: int, text: bytes) -> None:
    """Add text to a file of so many bytes, on the disk; where that fails the file is cut back to what it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    with path.open("ab", buffering=0) as out:
        try:
            while text:
                text = text[out.write(text) :]
            os.fsync(out.fileno())
        except BaseException:
            out.truncate(size)
            os.fsync(out.fileno())
            raise
    if is_new:
        flush(path.parent)


def remember(paths: Paths, standing: Standing) -> None:
    """Write down how far the journal goes. Without room for that it still counts: what is down is part of it."""
    try:
        write_whole(head_path(paths), json.dumps(asdict(standing)))
    except OSError:
        log.exception("cannot write %s", head_path(paths))


def head(paths: Paths) -> Standing | None:
    """How far the journal went when it was last written; None where nobody knows."""
    try:
        return Standing(**json.loads(head_path(paths).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def settled(paths: Paths) -> Standing:
    """How far the journal goes, once what a crash left of an unfinished call at its end is cut off and put aside.

    The caller holds the journal's lock. Raises Damaged where less is there than was written, or something else.
    """
    known, path = head(paths), journal_path(paths)
    start = known or START
    size = path.stat().st_size if path.exists() else 0
    if size < start.size or (start.chained and hash_before(path, start.size) != start.hash):
        raise Damaged(f"{path} does not hold the {start.lines} lines it had")
    if known and size == known.size:
        return known
    found = list(links(paths, start))
    whole = whole_calls(found, start)
    if known is None and any(link.sound and not link.left for link in found[whole.lines :]):
        raise Damaged(f"{path}: line {whole.lines + 1} is not what it was")
    if whole.size < size:
        cut(paths, whole.size)
    remember(paths, whole)
    return whole


def whole_calls(found: Iterable[Link], start: Standing = START) -> Standing:
    """How far the chain goes with the last call that is complete and sound."""
    for link in found:
        if not link.sound:
            break
        if not link.left:
            start = link.standing
    return start


def cut(paths: Paths, size: int) -> None:
    """Cut the journal off after so many bytes; the rest is put aside."""
    with journal_path(paths).open("r+b") as file:
        file.seek(size)
        aside = set_aside_path(paths, "journal-unfinished.jsonl")
        aside.write_bytes(file.read())
        file.truncate(size)
        os.fsync(file.fileno())
    log.warning("an unfinished call at the end of the journal was put aside: %s", aside)


def hash_before(path: Path, size: int) -> str:
    """The hash that the line ends with which ends after so many bytes."""
    with path.open("rb") as file:
        file.seek(max(0, size - ENOUGH_FOR_A_LINE))
        end = file.read(size - file.tell())
    return end.decode(*AS_BYTES).removesuffix('"}\n').rpartition(MARK)[2]


def texts_after(path: Path, standing: Standing) -> list[str]:
    """The lines of a file after where the chain stands; what has no end is no line."""
    if not path.exists():
        return []
    with path.open("rb") as file:
        file.seek(standing.size)
        *whole, _ = file.read().split(b"\n")
    return [line.decode(*AS_BYTES) for line in whole]


def links(paths: Paths, after: Standing = START) -> Iterator[Link]:
    """The lines after where the chain stands, as links."""
    return walked(texts_after(journal_path(paths), after), after)


def lines(paths: Paths, after: Standing = START) -> Iterator[Line]:
    """What was received, decided and told after a line, in order; a line that says nothing readable is left out."""
    for link in links(paths, after):
        try:
            yield Line(entry_of(link.text), link)
        except (ValueError, TypeError):
            continue


def entry_of(text: str) -> Entry:
    """What a line says."""
    held = json.loads(text)
    for name in ("left", "hash"):
        held.pop(name, None)
    return Note(**held) if "note" in held else Decision(**held) if "action" in held else Reception(**held)


def journal_path(paths: Paths) -> Path:
    """Where the journal is."""
    return paths.reports / "journal.jsonl"


def head_path(paths: Paths) -> Path:
    """Where it is written down how far the journal goes: outside of the record, so that one can witness the other."""
    return paths.data / "journal.head"


def moment(text: str) -> dt.datetime:
    """A time of the journal."""
    return dt.datetime.fromisoformat(text)
