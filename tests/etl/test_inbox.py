"""The inbox, with the real process: nothing that is put there is lost, doubled or overwritten, whatever happens."""

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl import clock, front, settle
from etl.cli import app
from etl.inbox.arriving import Arrival, State, has_end, is_passed_over
from etl.inbox.places import claim, give_back, place, proper
from etl.inbox.watching import MOST_BYTES, at_once
from etl.kept import kept_path
from etl.package import sha256_of
from etl.warehouse import Paths, open_to_read
from tests.waiting import PATIENCE, until
from tests.workbooks import prepared, report

PERIOD = "2026-10"
FAULT = {"5_DVC TONG recv_online": 5}
FOLDERS = ("accepted", "returned", "duplicate", "waiting")
Start = Callable[..., subprocess.Popen[str]]


@lru_cache
def reports() -> dict[str, bytes]:
    """Twenty reports of twenty units, three of them faulty."""
    codes = [unit.unit_code for unit in prepared().catalogue.units if unit.kind == "xa"][:20]
    return {f"{code}.xlsx": report(code, PERIOD, FAULT if place % 7 == 3 else {}) for place, code in enumerate(codes)}


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Start]:
    """Start the real process on a data folder."""
    running: list[subprocess.Popen[str]] = []

    def start(*options: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "etl", "watch", "--data", str(tmp_path), "--json", "--still", "0.5", *options]
        with (tmp_path / "said").open("a") as said, (tmp_path / "log").open("a") as log:
            running.append(subprocess.Popen(command, stdout=said, stderr=log, text=True))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def take_what_is_there(data: Path) -> None:
    """The same in this process, until nothing is left."""
    result = CliRunner().invoke(app, ["watch", "--once", "--still", "0.2", "--data", str(data)])
    assert result.exit_code == 0, result.output


def inbox_of(data: Path) -> Path:
    """The inbox, there."""
    inbox = data / "inbox"
    inbox.mkdir(exist_ok=True)
    return inbox


def placed(data: Path, folder: str = "*") -> dict[str, list[str]]:
    """The files in their places that have a note beside them: folder and name by content."""
    found: dict[str, list[str]] = {}
    for note in (data / "inbox").glob(f"{folder}/**/*.txt"):
        path = note.with_suffix("")
        if path.exists():
            name = path.relative_to(data / "inbox").as_posix()
            found.setdefault(sha256_of(path.read_bytes()), []).append(name)
    return found


def names_in(data: Path, folder: str) -> list[str]:
    """The names of the files in a place."""
    return sorted(Path(name).name for names in placed(data, folder).values() for name in names)


def left(data: Path) -> list[str]:
    """What still lies in the inbox or is being taken."""
    inbox = data / "inbox"
    return [
        path.name for path in inbox.rglob("*")
        if path.is_file() and path.name != ".watching.lock" and path.relative_to(inbox).parts[0] not in FOLDERS
    ]  # fmt: skip


def ask(data: Path, sql: str) -> list[tuple[object, ...]]:
    con = open_to_read(data)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


def stored_once(data: Path, sent: Sequence[bytes]) -> None:
    """Every content that was sent lies somewhere, is kept, and is one submission and no more."""
    there = placed(data)
    submissions = Counter(str(sha256) for (sha256,) in ask(data, "select file_sha256 from submission"))
    for content in sent:
        sha256 = sha256_of(content)
        assert sha256 in there
        assert kept_path(Paths(data), sha256).read_bytes() == content
        assert submissions[sha256] == 1


def test_files_of_all_kinds_that_arrive_together(watch: Start, tmp_path: Path) -> None:
    inbox, files = inbox_of(tmp_path), dict(reports())
    process = watch("--patience", "8")
    until((inbox / ".watching.lock").exists)
    slow, renamed, first, *rest = files
    for name in rest:
        (inbox / name).write_bytes(files[name])
    (inbox / "gui lai.xlsx").write_bytes(files[rest[1]])
    (inbox / "hong.xlsx").write_bytes(files[first][:5000])
    (inbox / f"{renamed}.part").write_bytes(files[renamed])
    with zipfile.ZipFile(inbox / "cum 1.zip", "w") as archive:
        archive.writestr(first, files[first])
    with (inbox / slow).open("wb") as out:
        for at in range(0, len(files[slow]), 2000):
            out.write(files[slow][at : at + 2000])
            out.flush()
            time.sleep(0.15)
    (inbox / f"{renamed}.part").rename(inbox / renamed)
    until(lambda: not left(tmp_path))

    stored_once(tmp_path, [content for name, content in files.items() if name != first])
    assert ask(tmp_path, "select count(*), count(distinct file_sha256) from submission") == [(20, 20)]
    good = [name for place, name in enumerate(files) if place % 7 != 3 and name not in (first,)]
    duplicates = names_in(tmp_path, "duplicate")
    assert len(duplicates) == 1
    both = {rest[1], "gui lai.xlsx"}
    assert set(names_in(tmp_path, "accepted")) | set(duplicates) == {*good, "cum 1.zip"} | both
    assert set(names_in(tmp_path, "returned")) == {*(set(files) - {*good, first}), "hong.xlsx"}
    assert len(list(inbox.glob("returned/*/*(đánh dấu lỗi).xlsx"))) == 3
    said = [json.loads(line) for line in (tmp_path / "said").read_text().splitlines()]
    assert Counter(each["outcome"] for each in said) == {
        "accepted": 17, "returned": 3, "unreadable": 1, "duplicate": 1,
    }  # fmt: skip
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0
    assert "Đã dừng nhận tệp" in (tmp_path / "log").read_text()


def in_hand(data: Path) -> bool:
    """Files are being taken."""
    return any((data / "inbox").glob("taking/*/*"))


def journalled(data: Path) -> bool:
    """The record has the files, the folders not yet."""
    return any((data / "reports").glob("*.jsonl")) and bool(left(data))


def half_placed(data: Path) -> bool:
    """Some are in their places, others not."""
    return bool(placed(data)) and in_hand(data)


def caught(process: subprocess.Popen[str], moment: Callable[[Path], bool], data: Path) -> bool:
    """Whether a moment has come; the process is halted while that is looked at, or it would pass on a busy machine."""
    process.send_signal(signal.SIGSTOP)
    os.waitpid(process.pid, os.WUNTRACED)
    if moment(data):
        return True
    process.send_signal(signal.SIGCONT)
    return False


@pytest.mark.parametrize("moment", [in_hand, journalled, half_placed], ids=lambda each: each.__name__)
def test_killed_in_the_middle(watch: Start, tmp_path: Path, moment: Callable[[Path], bool]) -> None:
    inbox, files = inbox_of(tmp_path), reports()
    for name, content in files.items():
        (inbox / name).write_bytes(content)
    process = watch()
    until(lambda: caught(process, moment, tmp_path), 0.02)
    process.kill()
    process.wait()
    assert left(tmp_path)
    for name, content in files.items():
        assert any(name in path.name for path in inbox.rglob("*.xlsx")), name
        assert any(path.read_bytes() == content for path in inbox.rglob(name)), name

    assert watch("--once").wait(PATIENCE) == 0
    assert not left(tmp_path)
    stored_once(tmp_path, list(files.values()))
    assert all(len(names) == 1 for names in placed(tmp_path).values())
    assert names_in(tmp_path, "duplicate") == []
    assert len(names_in(tmp_path, "accepted")) == 17
    assert len(names_in(tmp_path, "returned")) == 3


def test_what_came_while_nobody_watched_was_received_when_it_came(tmp_path: Path) -> None:
    (inbox_of(tmp_path) / "thang 10").mkdir()
    before = clock.now()
    (inbox_of(tmp_path) / "thang 10" / "a.xlsx").write_bytes(report("10966", PERIOD))
    came = clock.now()
    time.sleep(2)
    nobody_watched_until = clock.now()
    take_what_is_there(tmp_path)
    ((received, by),) = ask(tmp_path, "select received_at, loaded_by from submission")
    assert before <= received <= came < nobody_watched_until  # type: ignore[operator]
    assert by == "thư mục nhận"


def test_a_link_is_refused_in_words_and_holds_nobody_up(tmp_path: Path) -> None:
    inbox, elsewhere = inbox_of(tmp_path), tmp_path / "elsewhere.xlsx"
    elsewhere.write_bytes(report("10966", PERIOD))
    (inbox / "a.xlsx").symlink_to(elsewhere)
    (inbox / "gone.xlsx").symlink_to(tmp_path / "nowhere")
    (inbox / "b.xlsx").write_bytes(report("11359", PERIOD))
    result = CliRunner().invoke(app, ["watch", "--once", "--still", "0.2", "--data", str(tmp_path)])
    assert result.exit_code == 0
    assert " ".join(result.output.split()).count("đây là một liên kết, không phải tệp") == 2
    assert names_in(tmp_path, "accepted") == ["b.xlsx"]
    assert (inbox / "a.xlsx").is_symlink() and elsewhere.exists()


def test_the_same_name_again_never_overwrites(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path)
    versions = [report("10966", PERIOD, {"2_TUYEN_TRUYEN K0101 products": number}) for number in (1, 2, 3)]
    for content in versions:
        (inbox / "bao cao.xlsx").write_bytes(content)
        take_what_is_there(tmp_path)
    stored_once(tmp_path, versions)
    assert names_in(tmp_path, "accepted") == ["bao cao (2).xlsx", "bao cao (3).xlsx", "bao cao.xlsx"]
    assert ask(tmp_path, "select max(version) from current_submission") == [(3,)]


def test_a_closed_period_waits_for_a_person_and_holds_nobody_up(tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path)
    (tmp_path / "a.xlsx").write_bytes(report("10966", PERIOD))
    front.submit_paths([tmp_path / "a.xlsx"], clock.now(), "An", tmp_path)
    settle.close_period(PERIOD, "Tháng 10", "Trình UBND", "An", tmp_path)
    (inbox / "b.xlsx").write_bytes(report("11359", PERIOD))
    (inbox / "c.xlsx").write_bytes(report("11359", "2026-09"))
    take_what_is_there(tmp_path)
    assert names_in(tmp_path, "waiting") == ["b.xlsx"]
    assert "đã chốt" in (inbox / "waiting" / "b.xlsx.txt").read_text()
    assert names_in(tmp_path, "accepted") == ["c.xlsx"]
    assert ask(tmp_path, "select count(*) from submission") == [(2,)]


def test_a_second_process_is_refused_and_the_first_shares_the_warehouse(watch: Start, tmp_path: Path) -> None:
    inbox = inbox_of(tmp_path)
    first = watch()
    until((inbox / ".watching.lock").exists)
    until(lambda: "Đang nhận tệp" in (tmp_path / "log").read_text())
    assert watch("--once").wait(PATIENCE) == 2
    for number in range(3):
        sent = tmp_path / f"{number}.xlsx"
        sent.write_bytes(report("10966", PERIOD, {"2_TUYEN_TRUYEN K0101 products": number}))
        (inbox / sent.name).write_bytes(report("11359", PERIOD, {"2_TUYEN_TRUYEN K0101 products": number}))
        front.submit_paths([sent], clock.now(), "Lan", tmp_path)
    until(lambda: not left(tmp_path))
    assert ask(tmp_path, "select count(*), count(distinct loaded_by) from submission") == [(6, 2)]
    first.send_signal(signal.SIGTERM)
    assert first.wait(PATIENCE) == 0


def test_only_so_much_is_held_in_memory_at_once() -> None:
    sizes = [MOST_BYTES * 2, 10, MOST_BYTES - 10, 10]
    waiting = [Arrival(Path(str(place)), State(size, 0, place), clock.now()) for place, size in enumerate(sizes)]
    taken = []
    while waiting:
        taken.append([each.state.size for each in at_once(waiting)])
        waiting = waiting[len(taken[-1]) :]
    assert taken == [[MOST_BYTES * 2], [10, MOST_BYTES - 10], [10]]


def test_a_workbook_ends_with_its_directory(tmp_path: Path) -> None:
    inner, outer = report("10966", PERIOD), io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.xlsx", inner)
        archive.writestr("b.xlsx", inner)
    whole = outer.getvalue()
    path = tmp_path / "a.zip"
    ends = []
    for size in (0, 21, 100, whole.index(b"PK\5\6") + 22, len(whole) - 1, len(whole)):
        path.write_bytes(whole[:size])
        ends.append(has_end(path, size))
    assert ends == [False, False, False, False, False, True]


@pytest.mark.parametrize("name", ["~$a.xlsx", ".a.xlsx", "a.xlsx.part", "a.tmp", "a.xlsx.CRDOWNLOAD", "Thumbs.db"])
def test_what_somebody_is_still_at_is_left_alone(name: str) -> None:
    assert is_passed_over(name)
    assert not is_passed_over("a.xlsx")


def test_names_that_cannot_be_written_are_mended() -> None:
    assert proper("a\nb.xlsx") == "a_b.xlsx"
    assert proper("bao cao\udcff.xlsx").startswith("bao cao")
    assert proper("ế" * 200 + ".xlsx").endswith("ế.xlsx")
    assert len(proper("ế" * 200 + ".xlsx").encode()) <= 190


def test_nobody_takes_the_name_of_another(tmp_path: Path) -> None:
    paths = []
    for content in (b"1", b"2", b"3"):
        (tmp_path / "a.xlsx").write_bytes(content)
        paths.append(claim(tmp_path, tmp_path / "a.xlsx", clock.now()))
    kept = [place(path, tmp_path / "accepted", sha256_of(path.read_bytes()), "") for path in paths[:2]]
    assert [path.read_bytes() for path in kept] == [b"1", b"2"]
    (tmp_path / "a.xlsx").write_bytes(b"4")
    assert give_back(tmp_path, paths[2]).name == "a (2).xlsx"
