"""The journal: lines chained by hash, calls whole or not at all, what is missing is missed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.chain import START, walked
from etl.journal import (
    Damaged,
    Decision,
    Note,
    append,
    head,
    head_path,
    journal_path,
    links,
    settled,
    texts_after,
)
from etl.mending import sound_journal
from etl.trouble import JOURNAL_BROKEN
from etl.warehouse import Paths
from tests.folders import entries

NOTES = [Note("exported", f"2026-11-20T09:00:0{number}", "Lan", f"bảng {number}") for number in range(6)]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path / "data")
    append(paths, NOTES[:1])
    append(paths, NOTES[1:4])
    return paths


def unsound(paths: Paths) -> list[int]:
    return [link.standing.lines for link in links(paths) if not link.sound]


def test_lines_are_read_as_they_were_written(paths: Paths) -> None:
    append(
        paths, [Decision("2026-11-20T10:00:00", "An", "void", "Gửi nhầm tệp", "10966", "2026-11", "F", {"version": 1})]
    )
    *notes, decision = entries(paths.data)
    assert notes == NOTES[:4]
    assert isinstance(decision, Decision)
    assert decision.detail == {"version": 1}
    assert [link.left for link in links(paths)] == [0, 2, 1, 0, 0]
    assert head(paths) == list(links(paths))[-1].standing


def altered(text: str) -> str:
    return text.replace("bảng 1", "bảng 9")


ATTACKS: list[tuple[str, Callable[[list[str]], list[str]], list[int]]] = [
    ("nothing", lambda lines: lines, []),
    ("a word altered", lambda lines: [lines[0], altered(lines[1]), *lines[2:]], [2]),
    ("a line left out", lambda lines: [lines[0], *lines[2:]], [2]),
    ("two lines exchanged", lambda lines: [lines[0], lines[2], lines[1], lines[3]], [2, 3, 4]),
    ("a line written twice", lambda lines: [lines[0], lines[1], *lines[1:]], [3]),
    ("a line put in without a hash", lambda lines: [lines[0], json.dumps({"note": "x"}), *lines[1:]], [2, 3]),
]


@pytest.mark.parametrize(("name", "attack", "expected"), ATTACKS, ids=[case[0] for case in ATTACKS])
def test_a_line_that_is_altered_removed_or_put_in_is_noticed(
    paths: Paths, name: str, attack: Callable[[list[str]], list[str]], expected: list[int]
) -> None:
    lines = attack(texts_after(journal_path(paths), START))
    journal_path(paths).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert unsound(paths) == expected


@pytest.mark.parametrize("gone", [1, 200, 10_000])
def test_lines_cut_off_at_the_end_are_missed(paths: Paths, gone: int) -> None:
    content = journal_path(paths).read_bytes()
    journal_path(paths).write_bytes(content[:-gone] if gone < len(content) else b"")
    with pytest.raises(Damaged):
        settled(paths)


def test_half_a_call_at_the_end_is_cut_off_and_put_aside(paths: Paths) -> None:
    before = settled(paths)
    content = journal_path(paths).read_bytes()
    append(paths, NOTES[4:])
    whole = journal_path(paths).read_bytes()
    for size in range(len(content) + 1, len(whole), 37):
        journal_path(paths).write_bytes(whole[:size])
        head_path(paths).write_text(
            json.dumps({"lines": before.lines, "size": before.size, "hash": before.hash, "chained": True})
        )
        assert settled(paths) == before
        assert journal_path(paths).read_bytes() == content
    assert list(paths.set_aside.glob("*journal-unfinished.jsonl"))


def test_a_whole_call_counts_although_nobody_wrote_down_how_far_the_journal_goes(paths: Paths) -> None:
    before = head_path(paths).read_bytes()
    append(paths, NOTES[4:])
    after = head(paths)
    head_path(paths).write_bytes(before)
    assert settled(paths) == after
    head_path(paths).unlink()
    assert settled(paths) == after


def test_lines_from_before_there_was_a_chain_are_covered_by_the_first_hash(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    paths.reports.mkdir()
    old = ['{"file_name": "a.xlsx", "sha256": "1", "received_at": "2026-11-20", "loaded_at": "2026-11-20", "loaded_by": "An"}',
           '{"file_name": "b.xlsx", "sha256": "2", "received_at": "2026-11-20", "loaded_at": "2026-11-20", "loaded_by": "An"}']  # fmt: skip
    journal_path(paths).write_text("".join(f"{line}\n" for line in old), encoding="utf-8")
    append(paths, NOTES[:1])
    assert unsound(paths) == []
    assert len(list(entries(paths.data))) == 3
    assert [link.sound for link in walked([old[0].replace("a.xlsx", "c.xlsx"), *texts_after(journal_path(paths), START)[1:]])] == [
        True, True, False,
    ]  # fmt: skip


def test_an_error_while_writing_leaves_no_line(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    before = journal_path(paths).read_bytes()
    calls: list[int] = []

    def fails_once(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 1:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr("os.fsync", fails_once)
    with pytest.raises(OSError, match="Input/output"):
        append(paths, NOTES[4:])
    assert journal_path(paths).read_bytes() == before
    append(paths, NOTES[4:])
    assert unsound(paths) == []


def test_what_is_damaged_without_any_copy_is_still_read_as_far_as_it_goes(paths: Paths) -> None:
    text = journal_path(paths).read_text(encoding="utf-8")
    journal_path(paths).write_text(altered(text).removesuffix("\n"), encoding="utf-8")
    end, done = sound_journal(paths)
    assert done == [JOURNAL_BROKEN]
    assert end.lines == 3
    append(paths, NOTES[4:])
    assert len(list(entries(paths.data))) == 5
    assert unsound(paths) == [2]
