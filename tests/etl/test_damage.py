"""Files that the disk damaged: recognised, put aside, made good from the rest; readers never see a wrong number."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl import front, intake, opening, settle, warehouse
from etl.inspection import Incoming
from etl.journal import head_path, journal_path
from etl.kept import kept_path
from etl.opening import opened
from etl.sealed import is_intact, seal_of
from etl.trouble import (
    JOURNAL_COMPLETED,
    JOURNAL_MENDED,
    WORKING_DAMAGED,
    WORKING_LOST,
)
from etl.warehouse import KEPT_SNAPSHOTS, NothingReadable, Paths, open_to_read, publish, snapshots, version
from tests.etl.acting import FORM, PERIOD, RECEIVED, TABLES, UNITS, asked
from tests.workbooks import prepared, report

TIMES = 20 if os.environ.get("NQ57_LONG") else 6
"""How often each file is damaged; the ways take turns."""
Rows = dict[str, list[tuple[object, ...]]]
FACTS = tuple(table for table in TABLES if table not in ("event", "journal", "journal_standing"))


def send(data: Path, unit: str, products: int, reason: str = "") -> None:
    content = report(unit, PERIOD, {"2_TUYEN_TRUYEN K0101 products": products})
    intake.submit(prepared(), [Incoming(f"{unit}-{products}.xlsx", content, RECEIVED, reason=reason)], data, "thử")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder that was left well: files, a version voided, a period closed."""
    data = tmp_path_factory.mktemp("good") / "data"
    send(data, UNITS[0], 1)
    send(data, UNITS[0], 2)
    settle.close_period(PERIOD, "Lần 1", "Chốt số liệu", "An", data)
    front.void_submission((UNITS[0], PERIOD, FORM), 2, "Gửi nhầm tệp", "An", data)
    send(data, UNITS[1], 3, "Đơn vị gửi sau khi chốt")
    return data


@pytest.fixture(scope="module")
def crashed(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same right after a decision was promised and committed, with the log of the working file beside it."""
    image = tmp_path_factory.mktemp("crashed") / "data"
    data = tmp_path_factory.mktemp("crashing") / "data"
    shutil.copytree(good, data)

    class Crash(Exception):
        pass

    def crash(*_: object) -> str:
        shutil.copytree(data, image)
        raise Crash

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "publish", crash)
        patch.setattr(warehouse, "CHECKPOINT_THRESHOLD", "10MB")  # the log is not yet in the file
        with pytest.raises(Crash):
            front.void_submission((UNITS[1], PERIOD, FORM), 1, "Gửi nhầm tệp", "An", data)
    assert (image / "warehouse.duckdb.wal").exists()
    return image


def rows(data: Path) -> Rows:
    with open_to_read(data) as con:
        return {table: con.execute(f"select * from {table} order by all").fetchall() for table in FACTS}


@pytest.fixture(scope="module")
def sound(good: Path) -> Rows:
    """What the tables of the folder that was left well say."""
    return rows(good)


def repairs(data: Path) -> str:
    return " ".join(str(reason) for (reason,) in asked(data, "select reason from event where action = 'repaired'"))


def make_good(data: Path) -> None:
    with opened(prepared(), data):
        pass


def flipped(content: bytes, chance: random.Random) -> bytes:
    """One bit is the other way round."""
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]


def truncated(content: bytes, chance: random.Random) -> bytes:
    """The end is gone."""
    return content[: chance.randrange(len(content))]


def zeroed(content: bytes, chance: random.Random) -> bytes:
    """A block was never written."""
    place = chance.randrange(0, len(content), 4096)
    return content[:place] + bytes(min(4096, len(content) - place)) + content[place + 4096 :]


HARMS: tuple[Callable[[bytes, random.Random], bytes], ...] = (flipped, truncated, zeroed)


def harm(path: Path, number: int) -> None:
    """Damage a file in one of the ways."""
    content, chance = path.read_bytes(), random.Random(number)
    damaged = content
    while damaged == content:  # a block of zeros may be zero already
        damaged = HARMS[number % len(HARMS)](content, chance)
    path.write_bytes(damaged)


@pytest.mark.parametrize("number", range(TIMES))
def test_a_damaged_working_file_is_put_aside_and_made_good(
    good: Path, tmp_path: Path, sound: Rows, number: int
) -> None:
    data = tmp_path / "data"
    shutil.copytree(good, data)
    # Left as after a crash: the end of the snapshot's story is only in the working file and the journal.
    newest = Paths(data).published / version(data)
    Paths(data).pointer.write_text(sorted(path.name for path in newest.parent.glob("*.duckdb"))[-2])
    newest.unlink()
    harm(Paths(data).working, number)
    make_good(data)
    assert rows(data) == sound
    # What happens to a block that nothing uses is no damage.
    assert (WORKING_DAMAGED in repairs(data)) == any(Paths(data).set_aside.glob("*-warehouse.duckdb"))


@pytest.mark.parametrize("number", range(TIMES))
def test_a_damaged_or_shortened_log_loses_nothing(
    good: Path, crashed: Path, tmp_path: Path, sound: Rows, number: int
) -> None:
    data = tmp_path / "data"
    shutil.copytree(crashed, data)
    log = data / "warehouse.duckdb.wal"
    if number == 0:
        log.unlink()
    else:
        harm(log, number)
    assert rows(data) == sound
    make_good(data)
    assert asked(data, "select unit_code, version, status from submission order by all") == [
        (UNITS[0], 1, "accepted"), (UNITS[0], 2, "void"), (UNITS[1], 1, "void"),
    ]  # fmt: skip
    assert asked(data, "select count(*) from event where action = 'void'") == [(2,)]


@pytest.mark.parametrize("number", range(TIMES))
def test_a_damaged_snapshot_is_not_read_but_the_one_before(
    good: Path, tmp_path: Path, sound: Rows, number: int, caplog: pytest.LogCaptureFixture
) -> None:
    data = tmp_path / "data"
    shutil.copytree(good, data)
    before = asked(data, "select count(*) from submission")
    harm(Paths(data).published / version(data), number)
    assert before == [(3,)]
    assert asked(data, "select count(*) from submission") == [(2,)]
    assert "is damaged" in caplog.text
    make_good(data)
    assert rows(data) == sound


def test_the_pointer_lost_or_garbled_the_newest_snapshot_is_read(good: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(good, data)
    for content in (b"", b"warehouse-000", b"\xff\xfe", b"../../etc/passwd"):
        Paths(data).pointer.write_bytes(content)
        assert asked(data, "select count(*) from submission") == [(3,)]
    Paths(data).pointer.unlink()
    assert asked(data, "select count(*) from submission") == [(3,)]


def test_where_all_snapshots_are_damaged_it_is_said_and_the_next_write_makes_one(
    good: Path, tmp_path: Path, sound: Rows
) -> None:
    data = tmp_path / "data"
    shutil.copytree(good, data)
    for number, path in enumerate(Paths(data).published.glob("*.duckdb")):
        harm(path, 3 * number)
    with pytest.raises(NothingReadable):
        open_to_read(data)
    make_good(data)
    assert rows(data) == sound


def test_only_the_last_snapshots_are_kept_and_a_damaged_one_is_put_aside(good: Path, tmp_path: Path) -> None:
    paths = Paths(tmp_path / "data")
    shutil.copytree(good, paths.data)
    oldest, second, *_ = snapshots(paths.data)
    harm(second, 0)
    with opened(prepared(), paths.data) as session:
        while len(snapshots(paths.data)) < KEPT_SNAPSHOTS or oldest in snapshots(paths.data):
            publish(session.con, paths.data)
        assert not list(paths.set_aside.glob("*"))
        publish(session.con, paths.data)
    kept = snapshots(paths.data)
    assert len(kept) == KEPT_SNAPSHOTS
    assert all(is_intact(path) and seal_of(path) for path in kept)
    assert {oldest, second}.isdisjoint(kept)
    assert [path.name.endswith(second.name) for path in paths.set_aside.iterdir()] == [True]


GONE: list[tuple[str, Callable[[Paths], object], str]] = [
    ("working file", lambda paths: paths.working.unlink(), WORKING_LOST),
    ("working file and snapshots", lambda paths: [paths.working.unlink(), shutil.rmtree(paths.published)], ""),
    ("everything but the record", lambda paths: [
        shutil.rmtree(path) if path.is_dir() else path.unlink() for path in paths.data.iterdir() if path != paths.reports
    ], ""),
    ("the head", lambda paths: head_path(paths).unlink(), ""),
    ("the end of the journal", lambda paths: journal_path(paths).write_bytes(journal_path(paths).read_bytes()[:-300]), JOURNAL_MENDED),
    ("the end of the journal, and the head", lambda paths: [cut_a_call(paths), head_path(paths).unlink()], JOURNAL_COMPLETED),
    ("the journal", lambda paths: journal_path(paths).unlink(), JOURNAL_MENDED),
    ("the journal and the head", lambda paths: [journal_path(paths).unlink(), head_path(paths).unlink()], JOURNAL_COMPLETED),
]  # fmt: skip


def cut_a_call(paths: Paths) -> None:
    """The last call of the journal is gone."""
    lines = journal_path(paths).read_text(encoding="utf-8").splitlines(keepends=True)
    journal_path(paths).write_text("".join(lines[:-1]), encoding="utf-8")


@pytest.mark.parametrize(("what", "lose", "sentence"), GONE, ids=[case[0] for case in GONE])
def test_what_is_lost_is_made_good_from_what_is_left(
    good: Path, tmp_path: Path, sound: Rows, what: str, lose: Callable[[Paths], object], sentence: str
) -> None:
    data = tmp_path / "data"
    shutil.copytree(good, data)
    journal = journal_path(Paths(data)).read_bytes()
    lose(Paths(data))
    make_good(data)
    assert rows(data) == sound
    assert journal_path(Paths(data)).read_bytes().startswith(journal)
    assert sentence in repairs(data)


def test_an_altered_line_is_mended_by_a_rebuild_from_the_copy_in_the_tables(
    good: Path, tmp_path: Path, sound: Rows
) -> None:
    data = tmp_path / "data"
    shutil.copytree(good, data)
    path = journal_path(Paths(data))
    journal = path.read_bytes()
    path.write_bytes(journal.replace(b"2026-11-19T09", b"2026-11-01T09", 1))
    front.rebuild(data)
    assert path.read_bytes().startswith(journal)
    assert JOURNAL_MENDED in repairs(data)
    assert rows(data) == sound
    assert any(b"2026-11-01T09" in aside.read_bytes() for aside in Paths(data).set_aside.iterdir())


def test_a_kept_workbook_that_is_gone_stops_nothing_and_coming_again_is_kept_again(good: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(good, data)
    (sha256,) = {one for (one,) in asked(data, f"select file_sha256 from submission where unit_code = '{UNITS[1]}'")}
    kept_path(Paths(data), str(sha256)).write_bytes(b"damaged")
    front.rebuild(data)
    assert asked(data, "select count(*) from submission") == [(2,)]
    send(data, UNITS[1], 3, "Đơn vị gửi lại tệp")
    assert asked(data, "select count(*) from submission") == [(3,)]
    front.rebuild(data)
    assert asked(data, f"select status from submission where unit_code = '{UNITS[1]}'") == [("accepted",)]


def test_a_folder_of_an_older_version_is_made_anew(good: Path, tmp_path: Path, sound: Rows) -> None:
    data = tmp_path / "data"
    shutil.copytree(good, data)
    with opened(prepared(), data) as session:
        session.con.execute("update catalogue set sha256 = 'older' where file = 'tables'")
    make_good(data)
    assert rows(data) == sound
