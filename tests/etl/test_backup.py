"""Drills: a data folder destroyed but for its backup, or for its record, gives the same answers, number by number."""

import datetime as dt
import json
import shutil
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from etl import backup_says, front, intake, settle
from etl.backup import backup, forget_old, generations
from etl.cli import app
from etl.inspection import Incoming
from etl.journal import journal_path
from etl.kept import kept_path
from etl.notes import note_event
from etl.opening import opened
from etl.restore import chosen, manifest_of, restore
from etl.warehouse import Paths, version
from tests.etl.acting import FORM, PERIOD, TABLES, UNITS, asked
from tests.workbooks import prepared, report

IN_TIME, LATE = dt.datetime(2026, 11, 19, 9), dt.datetime(2026, 11, 25, 9)
BAD = {"5_DVC TONG recv_online": 5}
SAME = (*(name for name in TABLES if name not in ("journal", "journal_standing")), "indicator_value")
Rows = dict[str, list[tuple[object, ...]]]


def send(data: Path, name: str, content: bytes, received_at: dt.datetime = IN_TIME) -> None:
    intake.submit(prepared(), [Incoming(name, content, received_at, reason="Bổ sung")], data, "Lan")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything: on time by a faulty first file, versions, a void, an extension, a closing, notes."""
    data = tmp_path_factory.mktemp("year") / "data"
    send(data, "sai.xlsx", report(UNITS[0], PERIOD, BAD))
    send(data, "dung.xlsx", report(UNITS[0], PERIOD, {"2_TUYEN_TRUYEN K0101 products": 4}), LATE)
    send(data, "b.xlsx", report(UNITS[1], PERIOD, {"2_TUYEN_TRUYEN K0101 products": 5}))
    send(data, "b2.xlsx", report(UNITS[1], PERIOD, {"2_TUYEN_TRUYEN K0101 products": 6}))
    send(data, "khong-phai.xlsx", b"not a workbook")
    settle.extend_deadline([UNITS[2]], PERIOD, dt.date(2026, 11, 27), "Mất điện", "An", data=data)
    send(data, "c.xlsx", report(UNITS[2], PERIOD), LATE)
    settle.close_period(PERIOD, "Báo cáo UBND", "Chốt số liệu", "An", data)
    front.void_submission((UNITS[1], PERIOD, FORM), 2, "Gửi nhầm tệp", "An", data)
    note_event("exported", "Bình", "Bảng 1", data=data)
    with opened(prepared(), data):
        pass
    return data


def rows(data: Path) -> Rows:
    """Every table, but for the events that tell of backups and repairs themselves."""
    found = {table: asked(data, f"select * from {table} order by all") for table in SAME}
    found["event"] = asked(
        data,
        "select * from event where action not in ('backup', 'restored', 'repaired') order by line, action, subject",
    )
    return found


def run(*arguments: str | Path) -> Result:
    from etl.__main__ import app as whole

    assert whole is app
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_folder_destroyed_but_for_the_backup(year: Path, tmp_path: Path) -> None:
    expected, data, to = rows(year), tmp_path / "data", tmp_path / "backup"
    shutil.copytree(year, data)
    made = run("backup", to, "--data", data)
    assert made.exit_code == 0
    assert "7 tệp báo cáo" not in made.output
    assert "6 tệp báo cáo" in made.output
    shutil.rmtree(data)
    back = run("restore", to, "--data", data)
    assert back.exit_code == 0, back.output
    assert rows(data) == expected
    assert expected["report"] and [row for row in expected["event"] if row[2] == "exported"]
    assert asked(data, f"select on_time, state from report where unit_code = '{UNITS[0]}'") == [(True, "accepted")]
    assert asked(data, f"select on_time from report where unit_code = '{UNITS[2]}'") == [(True,)]
    assert asked(data, "select name from closing") == [("Báo cáo UBND",)]
    assert run("verify", "--data", data).exit_code == 0
    send(data, "moi.xlsx", report(UNITS[2], PERIOD, {"2_TUYEN_TRUYEN K0101 products": 9}), LATE)


def test_the_folder_destroyed_but_for_the_record(year: Path, tmp_path: Path) -> None:
    expected, data = rows(year), tmp_path / "data"
    data.mkdir()
    shutil.copytree(year / "reports", data / "reports")
    assert run("rebuild", "--data", data).exit_code == 0
    assert rows(data) == expected
    assert run("verify", "--data", data).exit_code == 0


def test_a_backup_while_others_load_holds_whole_calls(year: Path, tmp_path: Path) -> None:
    data, to = tmp_path / "data", tmp_path / "backup"
    shutil.copytree(year, data)
    contents = [report(UNITS[2], PERIOD, {"2_TUYEN_TRUYEN K0101 products": number}) for number in range(20, 24)]

    def load() -> None:
        for number, content in enumerate(contents):
            send(data, f"{number}.xlsx", content, LATE)

    loading = threading.Thread(target=load)
    loading.start()
    made = [backup(to, "An", data=data) for _ in range(3)]
    loading.join()
    assert all(one.counts["submission"] <= one.standing.lines for one in made)
    again = tmp_path / "again"
    restore(prepared(), to, "", "An", again)
    last = made[-1].counts["submission"]
    held = int(str(asked(again, "select count(*) from submission")[0][0]))
    assert last <= held <= 5 + len(contents)
    assert run("verify", "--data", again).exit_code == 0


def test_the_newest_backup_stays_in_a_busy_second_and_on_a_clock_set_back(
    year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, to = tmp_path / "data", tmp_path / "backup"
    shutil.copytree(year, data)
    for moment in (LATE, LATE, LATE, LATE - dt.timedelta(hours=1)):
        monkeypatch.setattr("etl.clock.now", lambda moment=moment: moment)
        made = backup(to, "An", data=data)
        assert manifest_of(chosen(to, "")) == made
    assert len(generations(to)) == 1


def test_a_second_backup_copies_no_workbook_twice(year: Path, tmp_path: Path) -> None:
    data, to = tmp_path / "data", tmp_path / "backup"
    shutil.copytree(year, data)
    backup(to, "An", data=data)
    times = {path: path.stat().st_mtime_ns for path in (to / "reports").rglob("*") if path.is_file()}
    backup(to, "An", data=data)
    assert {path: path.stat().st_mtime_ns for path in (to / "reports").rglob("*") if path.is_file()} == times
    assert asked_of_notes(data) == 2


def asked_of_notes(data: Path) -> int:
    """How many backups the journal tells of."""
    return journal_path(Paths(data)).read_text(encoding="utf-8").count('"note": "backup"')


def test_a_backup_that_lacks_something_is_refused_and_does_not_count(year: Path, tmp_path: Path) -> None:
    data, to = tmp_path / "data", tmp_path / "backup"
    shutil.copytree(year, data)
    sha256 = str(asked(data, "select file_sha256 from submission")[0][0])
    kept_path(Paths(data), sha256).unlink()
    refused = run("backup", to, "--data", data)
    assert refused.exit_code == 2
    assert "không dùng được" in refused.output
    assert generations(to) == []
    found = run("verify", "--data", data, "--json")
    assert found.exit_code == 1
    assert [len(part["faults"]) for part in json.loads(found.stdout)] == [0, 1, 0, 0, 0, 0]


def test_a_backup_damaged_later_is_not_put_back_blindly(year: Path, tmp_path: Path) -> None:
    data, to = tmp_path / "data", tmp_path / "backup"
    backup(to, "An", data=year)
    (generation,) = generations(to)
    tables = generation / "warehouse.duckdb"
    tables.write_bytes(tables.read_bytes()[:-5000])
    restore(prepared(), to, "", "An", data)
    assert rows(data) == rows(year)
    journal = generation / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"Lan", b"Lam"))
    assert run("restore", to, "--replace", "--data", data).exit_code == 2
    assert rows(data) == rows(year)


def test_nothing_at_all_is_neither_backed_up_nor_found_sound(tmp_path: Path) -> None:
    empty, gone, to = tmp_path / "empty", tmp_path / "gone", tmp_path / "backup"
    empty.mkdir()
    for data in (empty, gone):
        for command in (("verify",), ("backup", to)):
            result = run(*command, "--data", data)
            assert result.exit_code == 2
            assert "Không có dữ liệu nào trong" in result.stderr
    assert not to.exists() and not gone.exists()


def test_a_folder_in_use_is_replaced_only_when_asked_and_put_aside(year: Path, tmp_path: Path) -> None:
    data, to = tmp_path / "data", tmp_path / "backup"
    backup(to, "An", data=year)
    send(data, "khac.xlsx", report(UNITS[0], PERIOD))
    name = version(data)
    assert run("restore", to, "--data", data).exit_code == 2
    assert asked(data, "select count(*) from submission") == [(1,)]
    assert run("restore", to, "--replace", "--data", data).exit_code == 0
    assert rows(data) == rows(year)
    assert version(data) > name
    assert list(Paths(data).set_aside.glob("*-reports"))


def test_old_generations_go_and_the_newest_of_days_and_months_stay(tmp_path: Path) -> None:
    moments = ("20260915T020000", "20260930T020000", "20261030T020000", "20261031T020000", "20261101T020000",
               "20261102T020000", "20261102T120000", "20261103T020000")  # fmt: skip
    for moment in moments:
        (tmp_path / "generations" / moment).mkdir(parents=True)
        (tmp_path / "generations" / moment / "manifest.json").touch()
    (tmp_path / "generations" / "20261104T020000.partial").mkdir()
    forget_old(tmp_path, daily=2, monthly=3)
    assert [path.name for path in generations(tmp_path)] == [
        "20260930T020000", "20261031T020000", "20261102T120000", "20261103T020000",
    ]  # fmt: skip


def test_what_is_wrong_is_said_where_it_is(year: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(year, data)
    path = journal_path(Paths(data))
    path.write_bytes(path.read_bytes().replace(b"b2.xlsx", b"b3.xlsx"))
    newest = Paths(data).published / version(data)
    newest.write_bytes(newest.read_bytes()[:-1])
    found = run("verify", "--data", data)
    assert found.exit_code == 1
    assert "dòng 5 bị sửa" in found.output
    assert f"{newest.name} không còn như khi lưu" in found.output
    assert "rebuild" in found.output


def test_a_copy_that_went_bad_is_taken_again(year: Path, tmp_path: Path) -> None:
    to = tmp_path / "backup"
    backup(to, "An", data=year)
    copy = next(path for path in (to / "reports").rglob("*.xlsx"))
    copy.write_bytes(b"x" * copy.stat().st_size)
    backup(to, "An", data=year)
    restore(prepared(), to, "", "An", tmp_path / "data")


def test_who_may_sign_in_comes_back(year: Path, tmp_path: Path) -> None:
    data, to = tmp_path / "data", tmp_path / "backup"
    shutil.copytree(year, data)
    (data / "access.csv").write_text("who,role,unit_code\nan@haiphong.gov.vn,admin,\n")
    backup(to, "An", data=data)
    shutil.rmtree(data)
    restore(prepared(), to, "", "An", data)
    assert "an@haiphong.gov.vn,admin" in (data / "access.csv").read_text()


def test_a_manifest_that_cannot_be_read_is_said(year: Path, tmp_path: Path) -> None:
    to = tmp_path / "backup"
    backup(to, "An", data=year)
    (generations(to)[0] / "manifest.json").write_text("{")
    refused = run("restore", to, "--data", tmp_path / "data")
    assert refused.exit_code == 2
    assert "không dùng được" in refused.output


def test_an_altered_journal_is_not_taken_for_a_backup(year: Path, tmp_path: Path) -> None:
    data, to = tmp_path / "data", tmp_path / "backup"
    shutil.copytree(year, data)
    path = journal_path(Paths(data))
    path.write_bytes(path.read_bytes().replace(b"b2.xlsx", b"b3.xlsx"))
    assert run("backup", to, "--data", data).exit_code == 2
    assert generations(to) == []


def test_numbers_and_moments_are_written_as_here() -> None:
    counts = {"submission": 1387, "observation": 588499}
    said = backup_says.backed_up(Path("/backup"), 1389, 1392, counts)
    assert "1.389 tệp báo cáo, 1.392 dòng sổ, 1.387 lần nộp, 588.499 số liệu" in said
    assert "lúc 02:00 ngày 21/11/2026:" in backup_says.restored(Path("/data"), "2026-11-21T02:00:00", counts)
    assert backup_says.verified_text(backup_says.WORKBOOKS, 1389, ()).endswith("1.389 tệp, không có điểm sai")
