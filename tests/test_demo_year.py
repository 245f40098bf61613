"""The demonstration year, all of it: every cell as openpyxl reads it, every file ending as it was made to."""

import datetime as dt
import os
import warnings
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from etl import intake
from etl.demo import DemoFile, write_demo
from etl.inspection import Incoming, skipped, skipped_sheets
from etl.processes import pool
from etl.read import read
from etl.warehouse import open_to_read
from tests.workbooks import prepared

LAST_DAY = dt.date(2026, 11, 21)
NUMBER = int | float
LONG = bool(os.environ.get("NQ57_LONG"))
"""With NQ57_LONG=1 every file of the year is compared, else every fourth: openpyxl needs minutes for all of them."""
Written = list[tuple[DemoFile, Path]]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write_demo(prepared(), tmp_path_factory.mktemp("year"), months=12, today=LAST_DAY)


def as_read(value: object) -> object:
    """A cell as our reader gives it: numbers as floats, blanks as empty text, midnight as a day."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, NUMBER):
        return float(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    return value


def differences(path: Path) -> list[tuple[str, str, str, object, object]]:
    """Cells that openpyxl and our reader read differently; error cells are blank for us and named apart."""
    names = skipped_sheets(prepared())
    ours = {
        sheet.name: sheet for sheet in read(path.read_bytes(), path.name, skip=lambda name: skipped(names, name)).sheets
    }
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, data_only=True)
    for page in book.worksheets:
        if page.title in names:
            continue
        sheet = ours[page.title]
        for row in page.iter_rows():
            for cell in row:
                place = (cell.row - 1, cell.column - 1)
                theirs = sheet.errors.get(place, "") if cell.data_type == "e" else as_read(cell.value)
                mine = sheet.errors.get(place) if place in sheet.errors else as_read(sheet.cell(*place))
                if mine != theirs:
                    found.append((path.name, page.title, cell.coordinate, mine, theirs))
    return found


def test_every_cell_is_what_openpyxl_reads(year: Written) -> None:
    paths = [path for _, path in year][:: 1 if LONG else 4]
    with pool(2) as processes:
        found = [each for some in processes.map(differences, paths, chunksize=16) for each in some]
    assert len(year) >= 1_300
    assert found == []


def test_every_file_ends_as_it_was_made_to(year: Written, tmp_path: Path) -> None:
    files = [Incoming(file.file_name, path, file.received_at, demo=True) for file, path in year]
    receipts = intake.submit(prepared(), files, tmp_path / "data", "thử", workers=2)
    faulty = [receipt for (file, _), receipt in zip(year, receipts, strict=True) if file.kind == "faulty"]
    others = [receipt for (file, _), receipt in zip(year, receipts, strict=True) if file.kind != "faulty"]
    assert len(faulty) >= 12
    assert {receipt.outcome for receipt in faulty} <= {"returned", "unreadable"}
    wrong = Counter(each.rule_id for receipt in others for each in receipt.findings if each.severity == "error")
    assert (Counter(receipt.outcome for receipt in others), wrong) == (Counter(accepted=len(others)), Counter())
    con = open_to_read(tmp_path / "data")
    silent = con.execute(
        """select indicator from indicator
           where indicator not in (select indicator from indicator_value where value is not null) order by 1"""
    ).fetchall()
    con.close()
    assert [indicator for (indicator,) in silent] == ["DV12"], "a year has no same month of the year before"
