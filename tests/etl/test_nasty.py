"""Each nasty file gets the sentence for what it is, in bounded time and memory, and nothing else notices."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from etl import intake
from etl.faults import FAULTS
from etl.inspection import Incoming, Inspected
from etl.sources import from_files, from_paths
from etl.worker import Broken, Limits
from etl.workers import Workers
from tests.etl.nasty import (
    ALL,
    BATCHES,
    HEAVY,
    MAIN,
    Nasty,
    good,
    one,
    related,
    with_more,
    with_parts,
    worksheet,
    zip_of,
)
from tests.etl.pace import plain
from tests.etl.timed import timed
from tests.workbooks import prepared

NOW = dt.datetime(2026, 11, 20)
MEMORY = 384 * 1024 * 1024
"""Less than in service, so that what comes near the limit is seen here."""
LONGEST = 600
"""Plain reports in whose time any one is done with; most take less than one."""


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    made = Workers(1, Limits(seconds=90, memory=MEMORY))
    yield made
    made.close()


def inspected(workers: Workers, name: str, data: bytes) -> Inspected:
    catalogue = prepared().catalogue
    (answer,) = workers.map(partial(timed, catalogue.folder, catalogue.sha256), [Incoming(name, data, NOW)])
    assert not isinstance(answer, Broken), answer.detail
    found, took = answer
    assert took < LONGEST * plain()
    return found


def rules(found: Inspected) -> list[str]:
    return [each.rule_id for each in (*found.findings, *(one for report in found.reports for one in report.findings))]


def test_there_are_many_and_no_two_alike() -> None:
    assert len(ALL) + len(BATCHES) >= 100
    assert len({(each.fault, each.what) for each in (*ALL, *BATCHES)}) == len(ALL) + len(BATCHES)


@pytest.mark.parametrize("nasty", ALL, ids=[f"{each.fault}: {each.what}" for each in ALL])
def test_it_is_told_what_it_is(workers: Workers, nasty: Nasty) -> None:
    found = inspected(workers, nasty.name, nasty.make())
    assert FAULTS[nasty.fault].rule_id in rules(found)
    assert nasty.fault == "too_many_findings" or rules(found) == [FAULTS[nasty.fault].rule_id]
    for each in found.findings:
        assert each.fix
        assert "{" not in each.message + each.expected + each.fix


@pytest.mark.parametrize("nasty", BATCHES, ids=[f"{each.fault}: {each.what}" for each in BATCHES])
def test_a_zip_of_files_is_judged_before_it_is_inflated(nasty: Nasty, tmp_path: Path) -> None:
    data = nasty.make()
    started = time.process_time()
    receipts = intake.check(prepared(), list(from_files([(nasty.name, data)], NOW)), tmp_path)
    assert [[each.rule_id for each in one.findings] for one in receipts] == [[FAULTS[nasty.fault].rule_id]]
    assert time.process_time() - started < LONGEST * plain()


def test_beside_a_bomb_the_good_files_of_a_zip_are_read(tmp_path: Path) -> None:
    members = [
        ("b.xlsx", b" " * 20 * 1024 * 1024),
        ("c.zip", zip_of(("x.xlsx", good()))),
        ("a.xlsx", good()),
        ("d.txt", b"x"),
    ]
    files = list(from_files([("a.zip", zip_of(*members))], NOW))
    assert max(len(each.read()) for each in files) < 64 * 1024, "what is refused is not inflated"
    receipts = intake.submit(prepared(), files, tmp_path / "data", "thử")
    assert [one.outcome for one in receipts] == ["unreadable", "unreadable", "accepted", "unreadable"]
    assert [one.findings[0].rule_id for one in receipts if one.findings] == ["V01.15", "V01.31", "V01.8"]
    rebuilt = intake.remake(prepared(), tmp_path / "data")
    assert [one.outcome for one in rebuilt] == [one.outcome for one in receipts]


def test_a_file_of_gigabytes_is_not_read_whole(tmp_path: Path) -> None:
    huge, batch = tmp_path / "huge.xlsx", tmp_path / "batch.zip"
    for path in (huge, batch):
        with path.open("wb") as file:
            file.write(good())
            file.truncate(4 * 1024**3)  # a hole: no disk is used
    files = list(from_paths([huge, batch], NOW))
    assert max(len(each.read()) for each in files) <= 11 * 1024 * 1024
    receipts = intake.check(prepared(), files, tmp_path / "data")
    assert [one.findings[0].rule_id for one in receipts] == ["V01.13", "V01.33"]


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(from_paths([Path("/dev/zero")], NOW))


@pytest.mark.parametrize(
    ("kind", "rule"),
    [("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "V01.23"),
     ("http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink", "V49.1")],
)  # fmt: skip
def test_macros_and_links_are_left_alone_and_said(workers: Workers, kind: str, rule: str) -> None:
    found = inspected(workers, "a.xlsm", related(kind))
    assert rules(found) == [rule]
    assert not found.reports[0].refused
    assert len(found.reports[0].observations) > 0


ODD_AND_HARMLESS = {
    "a million rows that are only formatted": lambda: with_parts(
        sheet=worksheet("".join(f'<row r="{n}" ht="15"/>' for n in range(1, 1_000_001)))
    ),
    "16,384 blank cells in each of 9 rows": lambda: with_parts(
        sheet=worksheet("".join(f'<row r="{n}">{"<c/>" * 16_384}</row>' for n in range(1, 10)))
    ),
    "blank cells in the last row and column": lambda: one('</row><row r="1048576"><c r="XFD1048576" s="0"/>'),
    "numbers without end": lambda: one('<c r="B9"><v>1e999999</v></c><c r="C9"><v>-1e999999</v></c>'),
    "a date before there were any": lambda: one('<c r="B9" s="1"><v>-5e9</v></c>'),
    "hidden columns past the last": lambda: with_parts(
        sheet=worksheet(
            '<row r="1"><c r="A1"><v>1</v></c></row>', '<cols><col min="1" max="9999999" hidden="1"/></cols>'
        )
    ),
    "a text of two million characters": lambda: one(f'<c r="B9" t="str"><v>{"dài " * 500_000}</v></c>'),
    "percent signs in a format that never ends": lambda: with_parts(
        styles=f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="{"[" * 500_000}%"/></numFmts></styleSheet>'
    ),
    "marks of errors that are in no cell": lambda: with_parts(sheet=worksheet(' t="e"' * 500_000)),
}


@pytest.mark.parametrize("what", ODD_AND_HARMLESS)
def test_odd_and_harmless_takes_no_time(workers: Workers, what: str) -> None:
    """The first sheet of a report, spoilt: it is no report any more, and that is all that is said."""
    found = inspected(workers, "a.xlsx", ODD_AND_HARMLESS[what]())
    assert rules(found)
    assert not {rule for rule in rules(found) if rule.startswith("V01")}


NAMES = (
    "a" * 5_000 + ".xlsx", "../../etc/passwd", "a\nb\x00c.xlsx", "<script>alert(1)</script>.xlsx", "\u202excod.xlsx",
    "\x1b[2Ja.xlsx", "=HYPERLINK(1).xlsx", "", ".", "NUL.xlsx", "\ud800.xlsx", "0" * 4_000 + "-2026-11.xlsx",
)  # fmt: skip


def test_a_nasty_name_is_only_a_name(tmp_path: Path) -> None:
    files = [(name, with_more(**{f"xl__{number}": b"x"})) for number, name in enumerate(NAMES)]
    receipts = intake.submit(prepared(), list(from_files(files, NOW)), tmp_path / "data", "thử")
    assert {one.outcome for one in receipts} == {"accepted"}
    assert all(one.file.isprintable() for one in receipts)
    again = intake.remake(prepared(), tmp_path / "data")
    assert {one.outcome for one in again} == {"accepted"}


def test_heavy_ones_do_not_hold_up_a_good_file(workers: Workers) -> None:
    files = [each.make() for each in HEAVY[:4]]
    receipts = [inspected(workers, "a.xlsx", data) for data in (*files, good())]
    assert receipts[-1].reports
    with zipfile.ZipFile(io.BytesIO(good())) as archive:
        assert archive.testzip() is None
