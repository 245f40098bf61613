"""A disk that is full or fails: the person is told in a sentence, readers are served, and the next load works."""

import errno
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl import intake
from etl.inspection import Incoming
from etl.receipt import Receipt
from etl.trouble import FULL, Unsaved
from etl.warehouse import version
from tests.etl.acting import PERIOD, RECEIVED, UNITS, asked
from tests.etl.company import Company
from tests.workbooks import prepared, report

LONG = bool(os.environ.get("NQ57_LONG"))
FAULTS = 500 if LONG else 8
CALLS = 60
"""A load writes and flushes about so often."""
MEGABYTE = 1 << 20
COMPILER = shutil.which("cc") or shutil.which("gcc")


def contents() -> list[bytes]:
    return [report(unit, PERIOD, {"2_TUYEN_TRUYEN K0101 products": 7}) for unit in UNITS]


def send(data: Path, content: bytes) -> list[Receipt]:
    return intake.submit(prepared(), [Incoming("a.xlsx", content, RECEIVED)], data, "thử")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """People whose disk can be made to fail, where there is a compiler to make that with."""
    environment = {}
    if COMPILER:
        library = tmp_path_factory.mktemp("faulty") / "faulty.so"
        source = Path(__file__).with_name("faulty.c")
        subprocess.run([COMPILER, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
        environment["LD_PRELOAD"] = str(library)
    company = Company(**environment)
    yield company
    company.dismiss()


def refusals(folder: Path) -> list[str]:
    """What people were told."""
    path = folder / "refused"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@pytest.mark.skipif(not COMPILER, reason="the failing disk is made with a C compiler")
def test_whatever_call_fails_nothing_promised_is_lost_and_nothing_is_half(company: Company, tmp_path: Path) -> None:
    chance = random.Random(57)
    told = 0
    for number in range(FAULTS):
        folder = tmp_path / str(number // 10)
        folder.mkdir(exist_ok=True)
        fault = chance.choice((errno.EIO, errno.ENOSPC))
        company.meet(folder, seed=number, fault_at=chance.randint(1, CALLS), errno=fault)
        assert company.found(folder, compare=number % 10 == 7) == [], number
    told = sum(len(refusals(folder)) for folder in tmp_path.iterdir())
    print(f"{FAULTS} faults, {told} told, nothing lost")
    assert told >= FAULTS / 4


def test_files_that_may_not_grow(company: Company, tmp_path: Path) -> None:
    for number, limit in enumerate((0, 4096, 300_000, 2 * MEGABYTE, 4 * MEGABYTE)):
        company.meet(tmp_path, seed=number, limit=limit)
        assert company.found(tmp_path) == [], limit
    assert all("\\u0111\\u00e3 \\u0111\\u1ea7y" in line for line in refusals(tmp_path))
    assert refusals(tmp_path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 160 MB, where one may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", place], capture_output=True)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def leave(place: Path, room: int) -> None:
    """Fill a disk but for so many bytes."""
    with (place / "filler").open("wb") as filler:
        free = shutil.disk_usage(place).free
        filler.write(bytes(max(0, free - room)))


@pytest.mark.skipif(not shutil.which("mount"), reason="needs mount")
def test_a_full_disk_is_said_and_the_next_load_works_when_there_is_room(small_disk: Path) -> None:
    data = small_disk / "data"
    first, second, third = contents()
    assert [each.outcome for each in send(data, first)] == ["accepted"]
    before, held = version(data), asked(data, "select count(*) from submission")
    sentences = []
    for room in (0, 20_000, 60_000, 200_000, 600_000, 2 * MEGABYTE):
        leave(small_disk, room)
        try:
            send(data, second)
        except Unsaved as told:
            sentences.append(str(told))
            assert FULL in str(told)
            assert version(data) == before
            assert asked(data, "select count(*) from submission") == held
        (small_disk / "filler").unlink()
    assert sentences
    assert [each.outcome for each in send(data, second)] in (["accepted"], ["duplicate"])
    assert [each.outcome for each in send(data, third)] == ["accepted"]
    assert asked(data, "select status, count(*) from submission group by 1") == [("accepted", 3)]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one report."""
    data = tmp_path_factory.mktemp("begun") / "data"
    send(data, contents()[0])
    return data


@pytest.mark.parametrize("step", range(1, 13))
def test_a_flush_that_fails_once(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """Python's own flushes, one after the other: workbook, journal, head, snapshot, seal, pointer."""
    data = shutil.copytree(begun, tmp_path / "data")
    second = contents()[1]
    left = [step]
    real = os.fsync

    def fails_once(handle: int) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(errno.EIO, "Input/output error")
        real(handle)

    monkeypatch.setattr(os, "fsync", fails_once)
    try:
        outcome = [each.outcome for each in send(data, second)]
    except Unsaved as told:
        assert "Chưa ghi nhận được" in str(told)
        assert asked(data, "select count(*) from submission") == [(1,)]
        outcome = [each.outcome for each in send(data, second)]
    assert outcome == ["accepted"]
    assert asked(data, "select status, count(*) from submission group by 1") == [("accepted", 2)]
