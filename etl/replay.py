"""The lines of the journal taken again: files judged and stored as they came, decisions at their place among them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from etl.apply import apply
from etl.chain import Standing
from etl.close import keep_copies
from etl.events import Told, of_note, of_reception, tell
from etl.identity import Choice, period_in_file_name
from etl.inspection import Incoming, Inspected, inspecting
from etl.journal import Decision, Line, Note, Reception, moment
from etl.judge import Judged
from etl.kept import at_hand, kept_path
from etl.package import sha256_of
from etl.prepare import Prepared
from etl.receipt import Receipt, receipts_of
from etl.session import Session
from etl.storing import in_order, store_files
from etl.transaction import transaction
from etl.undecidable import Undecidable
from etl.warehouse import Paths

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all and the name of the last one."""
DEMO_CLEARED = "demo_cleared"
"""The note from which on demonstration files that came before count for nothing."""
log = logging.getLogger(__name__)


def silent(done: int, total: int, name: str) -> None:
    """Tells nobody."""


def replay(
    session: Session, prepared: Prepared, lines: Sequence[Line], workers: int = 1, progress: Progress = silent
) -> list[Receipt]:
    """Take lines again, call by call, each in a transaction of its own; returns what became of the files."""
    receipts: list[Receipt] = []
    done, gone = 0, cleared(lines)
    for call in calls(lines):
        first = call[0].entry
        if isinstance(first, Reception):
            report = told(progress, done, len(lines))
            receipts += replay_files(
                session, prepared, [line for line in call if line.number not in gone], call, workers, report
            )
        elif any(line.number in gone for line in call):
            with transaction(session.con):
                take(session, [Told(line, ()) for line in call])
        elif not replay_together(session, call):
            for line in call:
                if not replay_together(session, [line]):
                    with transaction(session.con):
                        take(session, [Told(line, ())])
        done += len(call)
    return receipts


def calls(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines by the calls that wrote them: files of one load, decisions taken together."""
    call: list[Line] = []
    for line in lines:
        if call and (is_last(call[-1]) or call_of(call[-1]) != call_of(line)):
            yield call
            call = []
        call.append(line)
    if call:
        yield call


def is_last(line: Line) -> bool:
    """Whether a line says that its call ends with it; those from before there was a chain say nothing."""
    return line.link.standing.chained and not line.link.left


def call_of(line: Line) -> tuple[str, ...]:
    """What lines written by one call have in common."""
    if isinstance(line.entry, Reception):
        return "received", line.entry.loaded_at, line.entry.loaded_by
    return type(line.entry).__name__, line.entry.at, line.entry.actor


def cleared(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of lines that count for nothing since the demonstration was cleared: its files, and decisions taken
    before the first real report came.
    """
    last = max((line.number for line in lines if is_clearing(line)), default=0)
    before = [line for line in lines if line.number < last]
    real = [line.number for line in before if isinstance(line.entry, Reception) and not line.entry.demo]
    first = min(real, default=last)
    return frozenset(
        line.number for line in before
        if (isinstance(line.entry, Reception) and line.entry.demo)
        or (isinstance(line.entry, Decision) and line.number < first)
    )  # fmt: skip


def is_clearing(line: Line) -> bool:
    """Whether a line clears the demonstration."""
    return isinstance(line.entry, Note) and line.entry.note == DEMO_CLEARED


def replay_files(
    session: Session, prepared: Prepared, wanted: Sequence[Line], call: Sequence[Line], workers: int, progress: Progress
) -> list[Receipt]:
    """Judge and store the files of a call as they came."""
    receptions = [line.entry for line in wanted if isinstance(line.entry, Reception)]
    files = [received(session.paths, each) for each in receptions]
    queue = sorted(files, key=lambda incoming: period_in_file_name(incoming.name))
    with transaction(session.con), inspecting(prepared, queue, workers) as inspected:
        stored: list[Judged] = []
        if files:
            by, at = receptions[0].loaded_by, moment(receptions[0].loaded_at)
            judged = store_files(session.con, prepared, told_of(inspected, progress), by, at)
            stored = in_order(files, [each.inspected.incoming.key for each in judged], judged)
        events = {
            line.number: tuple(of_reception(each, one))
            for line, each, one in zip(wanted, receptions, stored, strict=True)
        }
        take(session, [Told(line, events.get(line.number, ())) for line in call])
    return receipts_of(prepared.catalogue, stored)


def replay_together(session: Session, call: Sequence[Line]) -> bool:
    """Take decisions again, or tell notes again. False, and nothing done, where a decision has no object left: its
    report was demonstration data.
    """
    decisions = [line.entry for line in call if isinstance(line.entry, Decision)]
    try:
        keep_copies(session.con, decisions)
        with transaction(session.con):
            events = apply(session.con, decisions) if decisions else []
            events += [of_note(line.entry) for line in call if isinstance(line.entry, Note)]
            take(session, [Told(line, (event,)) for line, event in zip(call, events, strict=True)])
    except Undecidable:
        return False
    return True


def take(session: Session, told: Sequence[Told]) -> None:
    """Put lines that were in the journal before into the tables."""
    end: Standing = told[-1].line.link.standing
    tell(session.con, told, end)
    session.standing = end


def received(paths: Paths, reception: Reception) -> Incoming:
    """A kept workbook as it came in then; one that is gone is nothing that can be read, and said."""
    path = at_hand(paths, kept_path(paths, reception.sha256))
    source: Path | bytes = path
    if not path.exists() or sha256_of(path.read_bytes()) != reception.sha256:
        log.error("the kept workbook %s (%s) is gone or altered", reception.sha256, reception.file_name)
        source = b""
    return Incoming(
        reception.file_name, source, moment(reception.received_at),
        Choice(reception.unit_code, reception.period), reception.demo,
        reason=reception.reason, returned=reception.returned,
    )  # fmt: skip


def told(progress: Progress, before: int, total: int) -> Progress:
    """Tells how far it is among all lines."""
    return lambda done, _, name: progress(before + done, total, name)


def told_of(inspected: Iterable[Inspected], progress: Progress) -> Iterator[Inspected]:
    """Pass files on, telling how far it is."""
    for done, each in enumerate(inspected, start=1):
        progress(done, 0, each.incoming.name)
        yield each
