"""Who was refused is told, and knocking again and again fills no disk."""

from pathlib import Path

import pytest

from etl import front, refusals
from etl.actors import Actor, act_as
from etl.journal import Note
from etl.notes import later_events, note_event
from etl.refusals import MOST, Hour, note_refusal
from etl.undecidable import NotAllowed
from etl.verify import verify_journal
from tests.etl.acting import PERIOD, UNITS
from tests.etl.test_backup import send
from tests.folders import entries
from tests.workbooks import report


def notes(data: Path) -> list[Note]:
    return [entry for entry in entries(data) if isinstance(entry, Note)]


def test_a_refusal_is_told_once_an_hour_and_what_follows_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(100):
        note_refusal("refused", "ai.do@example.vn", data=tmp_path)
    assert [(note.note, note.actor) for note in notes(tmp_path)] == [("refused", "ai.do@example.vn")]
    monkeypatch.setattr(refusals, "HOUR", -1.0)
    note_refusal("refused", "khac@example.vn", data=tmp_path)
    assert [(note.actor, note.detail) for note in notes(tmp_path)][1:] == [("", "99"), ("khac@example.vn", "")]


def test_many_strangers_fill_no_disk(tmp_path: Path) -> None:
    for number in range(MOST + 500):
        note_refusal("refused", f"{number}@example.vn", data=tmp_path)
    assert len(notes(tmp_path)) == MOST


def test_an_hour_counts_all_that_is_not_told() -> None:
    hour = Hour()
    assert [hour.tells(("refused", "a", "")) for _ in range(3)] == [True, False, False]
    assert hour.more == 2


def test_whoever_writes_without_the_right_is_told(tmp_path: Path) -> None:
    act_as(Actor("lanh.dao@haiphong.gov.vn", "leader"))
    try:
        with pytest.raises(NotAllowed):
            front.void_submission((UNITS[0], PERIOD, "NQ57-HP-1"), 1, "Gửi nhầm tệp", "ai đó", tmp_path)
    finally:
        act_as(None)
    (note,) = notes(tmp_path)
    assert (note.note, note.actor, note.subject) == ("not_allowed", "lanh.dao@haiphong.gov.vn", "void_submission")


def test_what_was_noted_since_the_last_load_is_there_at_once(tmp_path: Path) -> None:
    send(tmp_path, "a.xlsx", report(UNITS[0], PERIOD))
    assert later_events(tmp_path) == []
    note_event("signed_in", "an@haiphong.gov.vn", data=tmp_path)
    ((line, event),) = later_events(tmp_path)
    assert (line, event.action, event.actor) == (3, "signed_in", "an@haiphong.gov.vn")
    send(tmp_path, "b.xlsx", report(UNITS[1], PERIOD))
    assert later_events(tmp_path) == []


def test_a_line_that_is_altered_or_gone_breaks_the_chain(tmp_path: Path) -> None:
    for number in range(5):
        note_event("exported", "An", f"bang-{number}.xlsx", data=tmp_path)
    assert verify_journal(tmp_path).faults == []
    path = tmp_path / "reports" / "journal.jsonl"
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    for damaged in (
        whole.replace(b"bang-2", b"bang-9"),
        b"".join(lines[:2] + lines[3:]),
        b"".join(lines[:-1]),
        b"".join([lines[1], lines[0], *lines[2:]]),
    ):
        path.write_bytes(damaged)
        found = verify_journal(tmp_path)
        assert found.faults, damaged
    path.write_bytes(whole)
    assert verify_journal(tmp_path).faults == []
