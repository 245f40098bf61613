"""What was taken in moved to where it belongs, with its marked copy and what became of it beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from etl import says
from etl.answers import receipt_text
from etl.front import marked_of
from etl.inbox.arriving import state_of
from etl.inbox.places import ACCEPTED, DUPLICATE, RETURNED, WAITING, give_back, place, put
from etl.inbox.taking import Settled, Taken
from etl.receipt import Receipt


@dataclass(frozen=True, slots=True)
class Placed:
    """A file of the inbox in its place."""

    settled: Settled
    path: Path
    written_on: bool = False
    """Whether somebody wrote on while it was taken in: what was stored stays, the rest is another file."""


def placed(inbox: Path, settled: Settled) -> Placed:
    """Move a file to its place. Raises OSError where that cannot be now; it may be tried again."""
    taken = settled.taken
    if state_of(taken.path) != taken.state:
        return Placed(settled, give_back(inbox, taken.path), written_on=True)
    if settled.undecided:
        note = says.waits_text(taken.path.name, settled.undecided)
        return Placed(settled, place(taken.path, inbox / WAITING, hash_of(taken), note))
    receipts = settled.receipts
    folder = inbox / folder_of(receipts) / period_of(receipts)
    copies = [put(folder, marked_name(name), content) for name, content in marked_of(taken.incoming, receipts)]
    note = "\n\n".join([*map(receipt_text, receipts), *says.marked_beside([each.name for each in copies])])
    return Placed(settled, place(taken.path, folder, hash_of(taken), note))


def hash_of(taken: Taken) -> str:
    """The hash of a file as it lies there, however long it is."""
    with taken.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_of(receipts: Sequence[Receipt]) -> str:
    """The folder of a file: returned where anything in it was, duplicate where all of it was received before."""
    outcomes = {receipt.outcome for receipt in receipts}
    if not outcomes <= {ACCEPTED, DUPLICATE}:
        return RETURNED
    return ACCEPTED if ACCEPTED in outcomes else DUPLICATE


def period_of(receipts: Sequence[Receipt]) -> str:
    """The folder of a period; one of its own for a file of several, and for one that says none."""
    periods = {receipt.period for receipt in receipts if receipt.period}
    return periods.pop() if len(periods) == 1 else says.SEVERAL_PERIODS if periods else says.NO_PERIOD


def marked_name(name: str) -> str:
    """The name of a marked copy: a sender may send that very copy back."""
    bare = Path(name)
    return f"{bare.stem.removesuffix(says.MARKED)}{says.MARKED}{bare.suffix}"
