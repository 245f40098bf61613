"""Claimed files taken in together, through the same door as any other."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from etl import says
from etl.actors import SUBMIT, needs
from etl.catalogue import CatalogueFault
from etl.front import prepared, workers
from etl.inbox.arriving import State, state_of
from etl.inbox.places import ACCEPTED, RETURNED
from etl.inspection import Incoming
from etl.intake import submit
from etl.package import sha256_of
from etl.receipt import Receipt
from etl.sources import from_paths
from etl.trouble import Unsaved
from etl.undecidable import Undecidable

PASSING = (Unsaved, OSError, duckdb.Error, CatalogueFault)
"""What somebody can put right while this runs: a full disk, a catalogue half edited, another who writes for long."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """A claimed file with its content in hand, so that what is judged is what is kept."""

    path: Path
    state: State
    incoming: tuple[Incoming, ...]
    """What it stands for: itself, or the files of a zip."""
    interrupted: bool
    """Whether it was being taken in already, when the process ended or the disk failed."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A file that was seen to: what its sender is told, or why nothing was stored and a person must decide."""

    taken: Taken
    receipts: tuple[Receipt, ...] = ()
    undecided: str = ""


def taken(path: Path, came: dt.datetime, *, interrupted: bool) -> Taken | None:
    """A claimed file, read; None where it is gone."""
    state = state_of(path)
    if state is None:
        return None
    incoming = tuple(replace(each, source=each.read()) for each in from_paths([path], came))
    return Taken(path, state, incoming, interrupted)


@needs(SUBMIT)
def take(files: Sequence[Taken], by: str, data: Path, catalogue: Path | None) -> list[Settled]:
    """Store files, all at once. Where a program must not decide about one of them (it is for a closed period), each is
    stored by itself, and nothing of that one. Raises one of PASSING where all of it is to be tried again later.
    """
    try:
        return stored(files, by, data, catalogue)
    except PASSING:
        raise
    except Exception as fault:  # what one file does to us must not keep all others waiting for ever
        if not isinstance(fault, Undecidable):
            log.exception("unforeseen, with %d files", len(files))
        if len(files) == 1:
            return [Settled(files[0], undecided=str(fault) if isinstance(fault, Undecidable) else says.UNFORESEEN)]
    again = [replace(each, interrupted=True) for each in files]
    return [settled for each in again for settled in take([each], by, data, catalogue)]


def stored(files: Sequence[Taken], by: str, data: Path, catalogue: Path | None) -> list[Settled]:
    """The receipts of each file, once all of them are on the disk."""
    incoming = [each for taken in files for each in taken.incoming]
    receipts: dict[tuple[str, str], list[Receipt]] = {}
    for receipt in submit(prepared(catalogue), incoming, data, by, workers()):
        receipts.setdefault((receipt.file, receipt.sha256), []).append(receipt)
    return [
        Settled(each, tuple(as_the_first_time(receipts[key_of(one)].pop(0), each) for one in each.incoming))
        for each in files
    ]


def key_of(incoming: Incoming) -> tuple[str, str]:
    """What tells files of one call apart."""
    return incoming.name, sha256_of(incoming.read())


def as_the_first_time(receipt: Receipt, taken: Taken) -> Receipt:
    """What a file is told that was stored before its taking was interrupted: what it would have been told then."""
    before = receipt.earlier
    if not (taken.interrupted and before and before.loaded_at and before.file_name == receipt.file):
        return receipt
    if before.status not in (ACCEPTED, RETURNED):
        return receipt
    return replace(receipt, outcome=before.status, version=before.version, earlier=None)
