"""Many machines, one lake: with a real PostgreSQL."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import cache
from pathlib import Path

import duckdb
import pytest

from etl import clock, front, intake, opening, settle
from etl.demo import write_demo
from etl.inspection import Incoming
from etl.kept import kept_path
from etl.lake import Lake, forget, on, root_of, transaction_on
from etl.migrate import everything_in, shown, sums, to_folder, to_lake
from etl.notes import note_event
from etl.opening import followed, remade
from etl.show import SHOWN, upkeep
from etl.trouble import Unsaved
from etl.verify import verify
from etl.warehouse import Paths, open_to_read
from tests.scale.asking import asked, questions, same
from tests.scale.postgres import given_to, make_database, program
from tests.waiting import PATIENCE
from tests.workbooks import prepared
from tests.workbooks import report as written_anew

NOW = dt.datetime(2026, 11, 21, 9)
EARLY, LATE = dt.datetime(2026, 11, 19, 9), dt.datetime(2026, 12, 9, 9)
UNITS = ("10966", "11050")


@cache
def report(unit_code: str = "10966", population: int = 10_000) -> bytes:
    """A report; the same bytes each time."""
    return written_anew(unit_code, changes={"1_THONG_TIN population": population})


def load(data: Path, content: bytes, received_at: dt.datetime = EARLY, name: str = "bao-cao.xlsx") -> str:
    """Load one file; returns what became of it."""
    (receipt,) = intake.submit(prepared(), [Incoming(name, content, received_at)], data, "someone")
    return receipt.outcome


def held(data: Path) -> list[tuple[object, ...]]:
    """The submissions a machine knows of."""
    with open_to_read(data) as con:
        return con.execute(
            "select unit_code, version, status, file_sha256, received_at from submission order by submission_id"
        ).fetchall()


def test_the_same_bytes_sent_to_two_machines_are_one_version(lake: Lake, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    first, second = report(), report(population=9_999)
    assert load(one, first, LATE) == "accepted"
    assert load(other, first) == "duplicate"
    assert load(other, second) == "accepted"
    assert load(one, second) == "duplicate"
    followed(prepared(), other)
    assert [row[1] for row in held(one)] == [1, 2]
    assert held(one) == held(other)
    with open_to_read(other) as con:
        assert con.execute("select on_time, submissions, first_received_at from report").fetchall() == [
            (True, 2, EARLY)
        ]
    assert front.kept_workbook(str(held(one)[0][3]), other) == first


def test_a_machine_that_lost_its_lock_begins_again(lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    monkeypatch.setattr(opening, "alone_in_lake", nullcontext)
    calls: list[str] = []

    def meanwhile(con: duckdb.DuckDBPyConnection, judged: object) -> None:
        calls.append("judged")
        if len(calls) == 1:
            calls.append(load(other, report(population=9_998)))

    monkeypatch.setattr(intake, "need_reason", meanwhile)
    assert load(one, report()) == "accepted"
    assert calls == ["judged", "judged", "accepted", "judged"]
    assert [row[1] for row in held(one)] == [1, 2]


def test_a_note_waits_for_no_load_and_hinders_none(lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    load(other, report("11050"))
    monkeypatch.setattr(intake, "need_reason", lambda *_: note_event("signed_in", "ai-do", data=other))
    assert load(one, report()) == "accepted"
    monkeypatch.undo()
    with on(lake):
        followed(prepared(), other)
    for data in (one, other):
        with open_to_read(data) as con:
            assert con.execute("select actor from event where action = 'signed_in'").fetchall() == [("ai-do",)]


@pytest.fixture
def three(tmp_path: Path) -> list[Path]:
    """The workbooks of three loaders: each has its own, and all have the same besides."""
    folders = [tmp_path / f"in{number}" for number in range(3)]
    for number, folder in enumerate(folders):
        folder.mkdir()
        for unit in UNITS:
            (folder / f"early-{unit}.xlsx").write_bytes(report(unit))
            own = report(unit, 10_001 + number)
            (folder / f"late-{unit}-{number}.xlsx").write_bytes(own)
    return folders


def start(folder: Path, data: Path, moment: str = "") -> subprocess.Popen[str]:
    """A loader in a process of its own."""
    command = [sys.executable, "-m", "tests.scale.loader", str(folder), str(data), *([moment] if moment else [])]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))


def test_three_loaders_of_which_two_are_killed(lake: Lake, three: list[Path], tmp_path: Path) -> None:
    data = [tmp_path / f"data{number}" for number in range(3)]
    followed(prepared(), data[2])  # the first of all notes the catalogue, and that is no load
    loaders = [start(three[0], data[0], "before"), start(three[1], data[1], "after"), start(three[2], data[2])]
    said = [loader.communicate(timeout=PATIENCE)[0] for loader in loaders]
    assert [loader.returncode for loader in loaders] == [-9, -9, 0]
    loaders = [start(three[number], data[number]) for number in (0, 1)]
    before, after = [loader.communicate(timeout=PATIENCE)[0] for loader in loaders]
    assert outcomes(said[2], "late") == outcomes(before, "late") == ["accepted"] * len(UNITS)
    assert (
        outcomes(before, "early") == outcomes(after, "early") == outcomes(after, "late") == ["duplicate"] * len(UNITS)
    )
    for folder in data:
        followed(prepared(), folder)
    assert held(data[0]) == held(data[1]) == held(data[2])
    as_it_must_be(held(data[0]), data[0])
    rebuilt_says_the_same(lake, data[0], tmp_path)


def outcomes(said: str, kind: str) -> list[str]:
    """What became of the files of a kind."""
    return [line.split()[1] for line in said.splitlines() if line.startswith(kind)]


def as_it_must_be(rows: list[tuple[object, ...]], data: Path) -> None:
    """Each content once, versions without a gap, and the first receipt counts whoever was first to load."""
    assert len(rows) == len({row[3] for row in rows}) == 4 * len(UNITS)
    for unit in UNITS:
        assert sorted(row[1] for row in rows if row[0] == unit) == [1, 2, 3, 4]
    with open_to_read(data) as con:
        assert con.execute(
            "select unit_code from report where on_time and submissions = 4 order by all"
        ).fetchall() == [(unit,) for unit in sorted(UNITS)]


def rebuilt_says_the_same(lake: Lake, data: Path, tmp_path: Path) -> None:
    """The warehouse made anew from nothing but kept workbooks and journal has the same tables."""
    to_folder(prepared(), lake, tmp_path / "anew")
    with on(None):
        remade(prepared(), tmp_path / "anew", 2)
        assert not [part for part in verify(tmp_path / "anew") if part.faults]
    with open_to_read(data) as one, open_to_read(tmp_path / "anew") as other:
        assert sums(one, everything_in(one)) == sums(other, everything_in(other))


@pytest.fixture(scope="module")
def years(
    make_lake: Callable[..., Lake], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Lake, Path, Path]]:  # fmt: skip
    """The same files and decisions, in an embedded warehouse and, by turns on two machines, in a lake."""
    patch, lake, tmp_path = pytest.MonkeyPatch(), make_lake(), tmp_path_factory.mktemp("years")
    patch.setattr(clock, "now", lambda: NOW)
    written = write_demo(prepared(), tmp_path / "out", units=4, months=2, now=NOW)
    embedded, machines = tmp_path / "embedded", [tmp_path / "one", tmp_path / "other"]
    months = sorted({file.period for file, _ in written})
    for turn, month in enumerate(months):
        some = [Incoming(file.file_name, path, file.received_at) for file, path in written if file.period == month]
        both(lake, embedded, machines[turn % 2], lambda data, some=some: intake.submit(prepared(), some, data, "demo"))
    with open_to_read(embedded) as con:
        (unit, version), = con.execute(
            "select unit_code, max(version) from submission where period = ? and status = 'accepted' "
            "group by unit_code order by unit_code limit 1", [months[0]]
        ).fetchall()  # fmt: skip
    last = months[-1]
    for turn, act in enumerate((
        lambda data: settle.close_period(last, "Kỳ thử", "hết hạn nộp", "nguoi-thu", data),
        lambda data: settle.extend_deadline([unit], last, dt.date(2026, 12, 20), "mất điện", "nguoi-thu", data=data),
        lambda data: front.void_submission((unit, months[0], "NQ57-HP-1"), version, "nộp nhầm", "nguoi-thu", data),
    )):  # fmt: skip
        both(lake, embedded, machines[turn % 2], act)
    with on(lake):
        followed(prepared(), machines[0])
        upkeep(lake, machines[0], dt.timedelta(0))
    yield lake, embedded, machines[0]
    patch.undo()


def both(lake: Lake, embedded: Path, machine: Path, act: Callable[[Path], object]) -> None:
    """Do the same in both."""
    with on(None):
        act(embedded)
    with on(lake):
        act(machine)


def test_every_question_has_the_same_answer(years: tuple[Lake, Path, Path]) -> None:
    lake, embedded, machine = years
    assert len(list(questions())) > 50
    with open_to_read(embedded) as one, open_to_read(machine) as other, transaction_on(lake) as there:
        assert sums(one, everything_in(one)) == sums(other, everything_in(other))
        there.execute(f"use {SHOWN}")
        period = one.execute("select max(period) from report").fetchall()[0][0]
        expected, following, direct = (asked(con, period) for con in (one, other, there))
    assert sum(len(answer) > 0 for answer in expected.values() if hasattr(answer, "__len__")) > 40
    for name, answer in expected.items():
        assert same(answer, following[name]), name
        assert same(answer, direct[name]), name


def test_a_backup_restored_elsewhere_says_the_same(
    years: tuple[Lake, Path, Path], postgres: str, tmp_path: Path
) -> None:
    lake, embedded, _ = years
    restored = from_backup(lake, postgres, tmp_path)
    with on(restored):
        followed(prepared(), tmp_path / "fresh")
    with open_to_read(embedded) as one, open_to_read(tmp_path / "fresh") as other, shown(restored) as (there, tables):
        expected = sums(one, everything_in(one))
        assert sums(other, everything_in(other)) == expected
        assert len(tables) > 30 and sums(there, tables) == {table: expected[table] for table in tables}
        sha256 = one.execute("select file_sha256 from submission").fetchall()[0][0]
    with on(restored):
        assert front.kept_workbook(sha256, tmp_path / "fresh")
        assert load(tmp_path / "fresh", written_anew("10966", "2026-08")) == "accepted"
        assert root_of(restored) == restored.data + "/" + restored.authority


def from_backup(lake: Lake, postgres: str, folder: Path) -> Lake:
    """What docs/scale.md says: the database first, then the files, which are only ever added; both put elsewhere."""
    database, catalogue = lake.catalogue.rpartition("dbname=")[2], make_database(postgres, "restored")
    dump, data = folder / "nq57.dump", folder / "store"
    subprocess.run([program("pg_dump"), "-Fc", *given_to(postgres), "-f", dump, database], check=True)
    shutil.copytree(lake.data, data)
    subprocess.run([program("pg_restore"), *given_to(postgres), "-d", "restored", dump], check=True)
    moved = f"update {lake.schema}.ducklake_metadata set value = replace(value, '{lake.data}', '{data}') where key = 'data_path'"
    subprocess.run([program("psql"), "-q", *given_to(postgres), "restored", "-c", moved], check=True)
    return lake._replace(catalogue=catalogue, data=str(data))


def test_there_and_back_again(years: tuple[Lake, Path, Path], make_lake: Callable[..., Lake], tmp_path: Path) -> None:
    _, embedded, _ = years
    target, back = make_lake(), tmp_path / "back"
    moved = to_lake(prepared(), embedded, target)
    assert moved["indicator_value"].rows > 100 and moved["observation"].rows > 1_000
    assert to_folder(prepared(), target, back) == moved
    with on(None), open_to_read(embedded) as one, open_to_read(back) as other:
        assert sums(one, everything_in(one)) == sums(other, everything_in(other))
        assert not [part for part in verify(back) if part.faults]
    with pytest.raises(Unsaved):
        to_lake(prepared(), embedded, target)
    with pytest.raises(Unsaved):
        to_folder(prepared(), target, back)


def test_upkeep_joins_files_and_changes_no_number(lake: Lake, tmp_path: Path) -> None:
    data = tmp_path / "one"
    for unit in UNITS:
        load(data, report(unit))
    assert parquet_files(lake) == 0, "small loads go into PostgreSQL"
    assert {name: many for name, many, _ in upkeep(lake, data, dt.timedelta(0))}["observation"] == 1
    assert load(data, report(population=9_997)) == "accepted"
    assert {name: many for name, many, _ in upkeep(lake, data, dt.timedelta(0))}["observation"] == 1
    followed(prepared(), tmp_path / "fresh")
    with open_to_read(data) as one, open_to_read(tmp_path / "fresh") as other:
        assert sums(one, everything_in(one)) == sums(other, everything_in(other))


def parquet_files(lake: Lake) -> int:
    """How many Parquet files a lake in a folder has."""
    return len(list(Path(lake.data).rglob("*.parquet")))


def test_a_lake_in_object_storage(make_lake: Callable[..., Lake], s3: str, tmp_path: Path) -> None:
    lake = make_lake(s3)
    with on(lake):
        one, other = tmp_path / "one", tmp_path / "other"
        assert load(one, report()) == "accepted"
        assert load(other, report()) == "duplicate"
        sha256 = str(held(other)[0][3])
        kept_path(Paths(other), sha256).unlink(missing_ok=True)
        assert front.kept_workbook(sha256, other) == report()
        upkeep(lake, other, dt.timedelta(0))
        followed(prepared(), tmp_path / "fresh")
        assert held(tmp_path / "fresh") == held(one)


def test_a_lake_that_does_not_answer_is_said_and_nothing_is_lost(lake: Lake, tmp_path: Path) -> None:
    load(tmp_path, report())
    silent = lake._replace(catalogue="host=127.0.0.1 port=1 user=nq57 dbname=none")
    with on(silent), pytest.raises(Unsaved, match="Kho dùng chung không trả lời"):
        load(tmp_path, report("11050"))
    forget()
    assert load(tmp_path, report("11050")) == "accepted"
    assert len(held(tmp_path)) == 2


def test_a_folder_of_another_warehouse_is_refused(lake: Lake, tmp_path: Path) -> None:
    with on(None):
        load(tmp_path, report())
    with pytest.raises(Unsaved, match="không thuộc kho dùng chung"):
        load(tmp_path, report("11050"))
    assert len(held(tmp_path)) == 1
