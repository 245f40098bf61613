"""Decisions: what people settle about reports, each with a name, a time and a reason.

A decision is applied and journalled as one change (session.py), so that `rebuild` takes it again at its place among the
files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from etl.apply import apply
from etl.close import keep_copies
from etl.journal import Decision
from etl.lake import again
from etl.opening import opened
from etl.prepare import Prepared
from etl.session import promise
from etl.transaction import transaction
from etl.undecidable import stated


@again
def decide(prepared: Prepared, data: Path, decisions: Sequence[Decision]) -> None:
    """Take decisions, all of them or none, and publish. Raises Undecidable with a sentence where one cannot be, Unsaved
    where the disk would not take it.
    """
    decisions = [replace(each, reason=stated(each.reason)) for each in decisions]
    with opened(prepared, data) as session:
        keep_copies(session.con, decisions)
        with transaction(session.con):
            events = apply(session.con, decisions)
            promise(session, [(each, (event,)) for each, event in zip(decisions, events, strict=True)])
