"""What a server makes good by itself when it starts, and what it says meanwhile."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.trouble import NOT_YET, ONLY_OLDER
from etl.upkeep import look_after, make_good, needs_care, troubles
from etl.warehouse import Paths, connect, publish, version
from tests.etl.acting import PERIOD, UNITS, asked
from tests.etl.test_backup import send
from tests.workbooks import report


@pytest.fixture(scope="module")
def sent(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two reports."""
    data = shutil.copytree(begun, tmp_path_factory.mktemp("sent") / "data")
    send(data, "a.xlsx", report(UNITS[0], PERIOD))
    send(data, "b.xlsx", report(UNITS[1], PERIOD))
    return data


@pytest.fixture
def data(sent: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sent, tmp_path / "data")


def test_nothing_is_said_of_a_sound_folder_nor_of_an_empty_one(data: Path, tmp_path: Path) -> None:
    assert not needs_care(Paths(data))
    assert troubles(data) == []
    assert not needs_care(Paths(tmp_path / "empty"))
    assert troubles(tmp_path / "empty") == []


def test_a_damaged_snapshot_is_said_and_made_again(data: Path) -> None:
    newest = Paths(data).published / version(data)
    newest.write_bytes(newest.read_bytes()[:-1])
    assert troubles(data) == [ONLY_OLDER]
    assert needs_care(Paths(data))
    make_good(data, None)
    assert troubles(data) == []
    assert asked(data, "select count(*) from submission") == [(2,)]


def as_of_another_version(data: Path) -> None:
    """Let the folder's numbers be worked out by another version, which knew fewer tables."""
    with connect(Paths(data).working) as con:
        con.execute("drop table unit_period; drop table indicator_total")
        con.execute("update catalogue set sha256 = 'earlier' where file = 'derived'")
        publish(con, data)


def test_what_another_version_published_is_worked_out_anew_before_anybody_asks(data: Path) -> None:
    as_of_another_version(data)
    look_after.__wrapped__(data)
    assert asked(data, "select count(distinct unit_code) from unit_period") == [(2,)]
    assert asked(data, "select count(*) > 0 from indicator_total") == [(True,)]
    newest = version(data)
    look_after.__wrapped__(data)
    assert version(data) == newest


@pytest.mark.parametrize("command", ["report", "export", "remind", "pack", "share"])
def test_commands_that_tell_numbers_do_so_after_an_upgrade(data: Path, tmp_path: Path, command: str) -> None:
    as_of_another_version(data)
    period = [] if command == "share" else ["--period", PERIOD]
    result = CliRunner().invoke(app, [command, *period, "--out", str(tmp_path / "out"), "--data", str(data)])
    assert (result.exit_code, result.stderr) == (0, "")


def test_what_was_received_and_is_not_in_the_numbers_is_said_and_brought_in(data: Path, tmp_path: Path) -> None:
    then = tmp_path / "then"
    shutil.copytree(data, then)
    send(data, "c.xlsx", report(UNITS[2], PERIOD))
    shutil.rmtree(data / "published")
    shutil.copytree(then / "published", data / "published")
    shutil.copyfile(Paths(then).working, Paths(data).working)
    assert troubles(data) == [NOT_YET]
    make_good(data, None)
    assert troubles(data) == []
    assert asked(data, "select count(*) from submission") == [(3,)]
