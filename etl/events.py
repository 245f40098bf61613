"""What the audit tells of each line of the journal: rows of `event`, each with the line that proves it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import duckdb

from etl.bulk import insert
from etl.chain import Standing
from etl.journal import Decision, Line, Note, Reception, moment
from etl.judge import Judged

RECEIVED, DUPLICATE, UNREADABLE = "received", "duplicate", "unreadable"


class Event(NamedTuple):
    """Who did what to what, why, and what it changed."""

    at: str
    actor: str
    action: str
    subject: str
    reason: str = ""
    detail: str = ""
    before: str = ""
    after: str = ""
    unit_code: str = ""
    period: str = ""
    form_id: str = ""


class Told(NamedTuple):
    """A line of the journal and the events it stands for."""

    line: Line
    events: Sequence[Event]


def of_note(note: Note) -> Event:
    """What a note says."""
    return Event(
        note.at, note.actor, note.note, note.subject, note.reason, note.detail, note.before, note.after,
        note.unit_code, note.period, note.form_id,
    )  # fmt: skip


def of_decision(decision: Decision, before: str, after: str) -> Event:
    """What a decision says, and how the report stood before and after it."""
    return Event(
        decision.at, decision.actor, decision.action,
        " ".join(one for one in (decision.form_id, decision.unit_code, decision.period) if one), decision.reason,
        json.dumps(decision.detail, ensure_ascii=False) if decision.detail else "", before, after,
        decision.unit_code, decision.period, decision.form_id,
    )  # fmt: skip


def of_reception(reception: Reception, judged: Judged) -> Iterator[Event]:
    """That a file was received, and what became of it."""
    at, by, name, sha256 = reception.loaded_at, reception.loaded_by, reception.file_name, reception.sha256
    yield Event(at, by, RECEIVED, name, reception.reason, sha256, after=reception.received_at)
    if judged.duplicate:
        yield Event(at, by, DUPLICATE, name, detail=sha256)
    elif not judged.reports:
        why = "; ".join(one.message for one in judged.inspected.findings)
        yield Event(at, by, UNREADABLE, name, why, sha256)
    else:
        yield from of_reports(reception, judged)


def of_reports(reception: Reception, judged: Judged) -> Iterator[Event]:
    """What became of each report of a file."""
    for report, version in zip(judged.reports, judged.versions, strict=True):
        action = "returned" if report.refused or reception.returned else "accepted"
        subject = f"{report.form_id} {report.unit_code} {report.period} v{version}"
        yield Event(
            reception.loaded_at, reception.loaded_by, action, subject, reception.returned or reception.reason,
            f"{reception.file_name} {reception.sha256}", "", f"v{version}",
            report.unit_code, report.period, report.form_id,
        )  # fmt: skip


def tell(con: duckdb.DuckDBPyConnection, told: Iterable[Told], standing: Standing) -> None:
    """Put lines and events into the tables, and how far in the journal these have everything now; in the transaction
    the caller has open.
    """
    held = list(told)
    insert(con, "journal", {"line": [one.line.number for one in held], "text": [one.line.link.text for one in held]})
    rows = [(each, one.line.number) for one in held for each in one.events]
    columns: dict[str, Sequence[object]] = {
        name: [getattr(each, name) or None for each, _ in rows] for name in Event._fields
    }
    insert(con, "event", {**columns, "at": [moment(each.at) for each, _ in rows], "line": [line for _, line in rows]})
    stands_at(con, standing)


def stands_at(con: duckdb.DuckDBPyConnection, standing: Standing) -> None:
    """Write down how far in the journal the tables have everything."""
    in_the_middle(con)
    con.execute(
        "insert into journal_standing values (?, ?, ?, ?)",
        [standing.lines, standing.size, standing.hash, standing.chained],
    )


def in_the_middle(con: duckdb.DuckDBPyConnection) -> None:
    """From now on the tables have a part of what the journal will say: until then they count for nothing."""
    con.execute("delete from journal_standing")
