"""The demonstration year, all of it: every cell as openpyxl reads it, every file ending as it was made to."""

import datetime as dt
import os
import warnings
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from etl import intake, refresh
from etl.demo import DemoFile, write_demo
from etl.inspection import Incoming, skipped, skipped_sheets
from etl.processes import pool
from etl.read import read
from etl.receipt import Receipt
from etl.warehouse import open_to_read
from tests.folders import writing
from tests.workbooks import prepared

NOW = dt.datetime(2026, 11, 21, 23, 59)
NUMBER = int | float
LONG = bool(os.environ.get("NQ57_LONG"))
"""With NQ57_LONG=1 the year of all units is written and every file compared, else that of a tenth of the units and some
files of every kind: openpyxl needs minutes for all of them.
"""
UNITS = None if LONG else 12
Written = list[tuple[DemoFile, Path]]
Loaded = tuple[Path, list[tuple[DemoFile, Receipt]]]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write_demo(prepared(), tmp_path_factory.mktemp("year"), months=12, now=NOW, units=UNITS)


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


def some_of_every_kind(year: Written) -> list[Path]:
    """A file of each manner, occasion and fault, and more of those that are typed in many ways."""
    first = {(file.manner, file.kind, file.fault): path for file, path in reversed(year)}
    rough = [path for file, path in year if file.manner == "rough"]
    return sorted({*first.values(), *rough[::4]})


def test_every_cell_is_what_openpyxl_reads(year: Written) -> None:
    paths = [path for _, path in year] if LONG else some_of_every_kind(year)
    assert len(paths) >= 20
    with pool(2) as processes:
        found = [each for some in processes.map(differences, paths, chunksize=16) for each in some]
    assert len(year) >= (1_300 if LONG else 135)
    assert found == []


@pytest.fixture(scope="module")
def loaded(year: Written, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The year loaded into a data folder, with what became of each file."""
    data = tmp_path_factory.mktemp("loaded") / "data"
    files = [Incoming(file.file_name, path, file.received_at, demo=True) for file, path in year]
    receipts = intake.submit(prepared(), files, data, "thử", workers=2)
    return data, [(file, receipt) for (file, _), receipt in zip(year, receipts, strict=True)]


def test_every_file_ends_as_it_was_made_to(loaded: Loaded) -> None:
    data, ended = loaded
    faulty = [receipt for file, receipt in ended if file.kind == "faulty"]
    others = [receipt for file, receipt in ended if file.kind != "faulty"]
    assert len(faulty) >= (12 if LONG else 2)
    assert {receipt.outcome for receipt in faulty} <= {"returned", "unreadable"}
    wrong = Counter(each.rule_id for receipt in others for each in receipt.findings if each.severity == "error")
    assert (Counter(receipt.outcome for receipt in others), wrong) == (Counter(accepted=len(others)), Counter())
    con = open_to_read(data)
    silent = con.execute(
        """select indicator from indicator
           where indicator not in (select indicator from indicator_value where value is not null) order by 1"""
    ).fetchall()
    con.close()
    assert [indicator for (indicator,) in silent] == ["DV12"], "a year has no same month of the year before"


SAID_OF_MANNER: dict[str, set[str]] = {
    "neat": set(), "hasty": set(), "sparse": {"V26a"}, "rough": {"V10.9", "V24.5"},
}  # fmt: skip
"""The notes that the manner of a demonstration file earns: nothing, the "5 rõ", numbers and dates typed as text."""


def ought(file: DemoFile, careless: set[str]) -> set[str]:
    """The notes a file that is not faulty was made to get."""
    period = prepared().period(file.period)
    assert period is not None
    return (
        SAID_OF_MANNER[file.manner]
        | ({"V06"} if file.received_at > period.due_at else set())
        | ({"V26a"} if file.unit_code in careless else set())
    )


def test_nothing_is_found_in_a_clean_workbook_all_year(loaded: Loaded) -> None:
    """No error, no question and no note, but for notes that a file was made to get."""
    _, ended = loaded
    good = [(file, receipt.findings) for file, receipt in ended if file.kind != "faulty"]
    careless = {file.unit_code for file, _ in good if file.manner == "sparse"}
    beside = [
        (file.file_name, file.manner, each.rule_id, each.severity, each.cell, each.message)
        for file, findings in good
        for each in findings
        if each.severity != "note" or each.rule_id not in ought(file, careless)
    ]
    assert beside == []
    clean = [findings for file, findings in good if not ought(file, careless)]
    assert len(clean) >= (700 if LONG else 60)
    assert not any(clean)


SUMMED_UP = (
    (
        """select period, measure, item_code, sum(units), sum(above), round(sum(total), 3) from channel_total
           group by all order by all""",
        """select period, measure, item_code, count(*), count(*) filter (value > 0), round(sum(value), 3)
           from current_measure join period using (period)
           where kind = 'month' and measure in (select measure from channel_total) group by all order by all""",
    ),
    (
        """select period, kind, measure, item_code, theme_code, sum(units), sum(above)
           from channel_units group by all order by all""",
        """with told as (
               select l.period, u.kind, unit_code, m.measure, m.item_code,
                   if(m.measure = 'theme_spoken', m.theme_code, '') as theme_code, max(m.value) as most
               from current_measure m join unit u using (unit_code)
               join period s on s.period = m.period and s.kind = 'month'
               join period l on l.kind <> 'month' and s.date_from >= l.date_from and s.date_to <= l.date_to
               where m.measure in (select measure from channel_units) group by all
           )
           select period, t.kind, t.measure, t.item_code, t.theme_code, count(*),
               count(*) filter (if(t.measure = 'channel_kept', a.most, t.most) > 0)
           from told t
           left join (from told where measure = 'channel_active') a using (period, unit_code, item_code)
           group by all order by all""",
    ),
    (
        """select period, kind, indicator, sum(units), round(sum(numerator), 3), round(sum(denominator), 3)
           from indicator_total group by all order by all""",
        """select period, kind, indicator, count(*), round(sum(numerator), 3), round(sum(denominator), 3)
           from current_indicator join unit using (unit_code) where numerator is not null group by all order by all""",
    ),
    (
        "select unit_code, period, tasks_of, done, overdue from unit_period where total is not null order by all",
        """select unit_code, l.period, max(d.period), arg_max(d.numerator, d.period), arg_max(o.numerator, d.period)
           from (from current_indicator where indicator = 'TC01') d
           left join (from current_indicator where indicator = 'TC03') o using (unit_code, period)
           join period s on s.period = d.period and s.kind = 'month'
           join period l on s.date_from >= l.date_from and s.date_to <= l.date_to
           where d.denominator is not null group by all order by all""",
    ),
    (
        "select unit_code, period, silences from unit_period where cells is not null order by all",
        """select unit_code, period, count(*) filter (owed and not active)
           from (
               select m.unit_code, l.period, bool_or(measure = 'channel_kept') as owed, bool_or(value > 0) as active
               from current_measure m
               join period s on s.period = m.period and s.kind = 'month'
               join period l on s.date_from >= l.date_from and s.date_to <= l.date_to
               where measure in ('channel_kept', 'channel_active') group by m.unit_code, l.period, m.item_code)
           group by all order by all""",
    ),
    ("from due_report order by all", "from owing order by all"),
    (
        "select period, until, unit_code, indicator, numerator, denominator from indicator_carried order by all",
        """select c.period, min(l.period), c.unit_code, c.indicator, c.numerator, c.denominator
           from (select * from current_indicator where numerator is not null and period glob '*-[01][0-9]') c
           left join current_indicator l
               on l.unit_code = c.unit_code and l.indicator = c.indicator and l.numerator is not null
               and l.period glob '*-[01][0-9]' and l.period > c.period
           group by all
           having min(l.period) is distinct from strftime((c.period || '-01')::date + interval 1 month, '%Y-%m')
           order by all""",
    ),
)


def test_what_is_summed_up_is_what_units_reported(loaded: Loaded) -> None:
    """In each table that questions are answered from stands what the numbers below it give, also worked out anew."""
    data, _ = loaded
    with writing(data) as con:
        for _ in range(2):
            for summed_up, below in SUMMED_UP:
                expected = con.execute(below).fetchall()
                assert len(expected) > 100
                assert con.execute(summed_up).fetchall() == expected
            refresh.refresh_all(con, NOW.date())
