"""The files that were dropped and not decided about yet, kept for the session: they are read once, whatever page is
looked at meanwhile, and given back as soon as they are decided about.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import streamlit as st

from etl import Incoming, Inspected, Preview, Receipt, inspect_files, judge_files, preview_files, redate_files
from ui import ask

TRAY = "tray"


class Entry(NamedTuple):
    """One file: what it is, and what would become of it by the numbers that are published now."""

    key: str
    inspected: Inspected
    receipt: Receipt
    overtaken: bool = False
    """Whether somebody recorded another file of the same report since this one was first shown."""


@dataclass
class Tray:
    """What lies on the desk of this session."""

    entries: tuple[Entry, ...] = ()
    judged_by: tuple[str, str] | None = None
    """The data folder and snapshot that the receipts are worked out from."""
    received_at: dt.datetime | None = None
    reason: str = ""
    """An earlier date of receipt for all files, and why; without one they are received when they are dropped."""
    previews: dict[tuple[str, ...], Preview] = field(default_factory=dict)


def tray() -> Tray:
    """The tray of this session."""
    held: Tray = st.session_state.setdefault(TRAY, Tray())
    return held


def entries() -> tuple[Entry, ...]:
    """The files in the order they were dropped, judged by the newest snapshot. Where that changed what is held of a
    report, its files are marked as overtaken: whoever looks must see the new difference before choosing.
    """
    held = tray()
    if held.judged_by != ask.in_use():
        held.entries = judged([each.inspected for each in held.entries], held.entries)
        held.judged_by = ask.in_use()
        held.previews.clear()
    return held.entries


def judged(inspected: Sequence[Inspected], before: Sequence[Entry]) -> tuple[Entry, ...]:
    """Files with what would become of them, and whether that is another than it was."""
    receipts = judge_files(inspected, ask.folder()) if inspected else []
    known = {each.key: each for each in before}
    found = []
    for each, receipt in zip(inspected, receipts, strict=True):
        key = key_of(each)
        old = known.get(key)
        overtaken = old is not None and (old.overtaken or old.receipt.held != receipt.held)
        found.append(Entry(key, each, receipt, overtaken))
    return tuple(found)


def key_of(inspected: Inspected) -> str:
    """What tells a file apart from all others: its name and its content."""
    return hashlib.sha256(f"{inspected.incoming.name} {inspected.sha256}".encode()).hexdigest()[:16]


def add(inspected: Sequence[Inspected]) -> None:
    """Put files on the tray. The same file again, and a faulty one of the same name and report that was dropped
    before, make room for the new one: what was said of them no longer holds.
    """
    held = tray()
    new = {key_of(each): each for each in inspected}
    replaced = {(each.incoming.name, reports_of(each)) for each in inspected}
    stay = [
        each.inspected for each in held.entries
        if each.key not in new and (each.inspected.incoming.name, reports_of(each.inspected)) not in replaced
    ]  # fmt: skip
    held.entries = judged([*stay, *new.values()], held.entries)
    held.judged_by = ask.in_use()
    held.previews.clear()


def reports_of(inspected: Inspected) -> tuple[tuple[str, str, str], ...]:
    """The reports a file is of."""
    return tuple(report.key for report in inspected.reports)


def take_away(keys: Collection[str]) -> None:
    """Files that were decided about: nothing of them stays. The others are judged anew when they are looked at."""
    held = tray()
    held.entries = tuple(each for each in held.entries if each.key not in keys)
    held.judged_by = None
    if not held.entries:
        st.session_state.pop(TRAY, None)


def redate(received_at: dt.datetime, reason: str) -> None:
    """Say that all files were received at an earlier moment; they are looked at again, because a period that had not
    ended then could not be reported. Raises Undecidable for a moment to come, and without a reason.
    """
    held = tray()
    files = redate_files(waiting(held), received_at, reason)
    held.received_at, held.reason = received_at, reason.strip()
    held.entries = judged(list(inspect_files(files)), ())
    held.judged_by = ask.in_use()
    held.previews.clear()


def waiting(held: Tray) -> list[Incoming]:
    """The files as they came in."""
    return [each.inspected.incoming for each in held.entries]


def preview(those: Sequence[Entry]) -> Preview:
    """What files would bring together; worked out once for the same files and snapshot."""
    held = tray()
    keys = tuple(each.key for each in those)
    if keys not in held.previews:
        held.previews[keys] = preview_files([each.inspected for each in those], ask.folder())
    return held.previews[keys]
