"""Notes in the journal about what changes no number: somebody signed in or was refused, something was exported.

A note is on the disk at once and asks nothing of the warehouse: it waits for no load, and no reader waits for it. The
tables get it when they are written next; who wants to see it before reads both (later_events).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from etl import clock, joint
from etl.chain import START
from etl.events import Event, of_note
from etl.journal import Damaged, Note, lines
from etl.sealed import seal_of
from etl.trouble import Unsaved
from etl.warehouse import Paths, data_dir, version

log = logging.getLogger(__name__)


def note_event(
    action: str, actor: str, subject: str = "", reason: str = "", detail: str = "", *, unit_code: str = "",
    period: str = "", form_id: str = "", data: Path | None = None,
) -> None:  # fmt: skip
    """Note that somebody did something: exported, signed_in, refused, … Nobody is kept from it because the note cannot
    be written: then it stands in the log.
    """
    note = Note(
        action, clock.now().isoformat(), actor, subject, reason, detail,
        unit_code=unit_code, period=period, form_id=form_id,
    )  # fmt: skip
    note_all([note], data)


def note_exports(
    actor: str, file_name: str, detail: str, concerned: Sequence[tuple[str, str]], data: Path | None = None
) -> None:
    """Note that a file was taken along, once for each unit and period that it concerns ("" is none in particular)."""
    at = clock.now().isoformat()
    note_all(
        [
            Note("exported", at, actor, file_name, detail=detail, unit_code=unit_code, period=period)
            for unit_code, period in concerned
        ],
        data,
    )


def note_all(notes: Sequence[Note], data: Path | None = None) -> bool:
    """Note several things at once; returns whether they are on the disk."""
    try:
        joint.note(Paths(data_dir(data)), notes)
    except (OSError, Damaged, Unsaved):
        log.exception("could not note %s", notes)
        return False
    return True


def later_events(data: Path | None = None) -> list[tuple[int, Event]]:
    """What was noted since the current snapshot was published, each with its line; all of it where there is none."""
    paths = Paths(data_dir(data))
    name = version(paths.data)
    held = seal_of(paths.published / name) if name else None
    if name and held is None:
        return []
    after = held.standing if held else START
    return [(line.number, of_note(line.entry)) for line in lines(paths, after) if isinstance(line.entry, Note)]
