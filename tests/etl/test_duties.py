"""Who owes which report: one answer, whoever is asked."""

import datetime as dt
import shutil
from pathlib import Path

from etl import clock
from etl.catalogue import Catalogue, load_catalogue
from etl.duties import owes
from etl.inspection import Incoming
from etl.intake import check
from etl.prepare import Prepared
from etl.store import store_catalogue
from etl.warehouse import catalogue_dir, open_empty
from tests.workbooks import report

OF_ONE_UNIT = """\
10966,NQ57-HP-1,quarter,2026-01-01,,by quarters,P
11359,NQ57-HP-1,month,2026-01-01,2026-06-30,until summer,P
11948,NQ57-HP-1,month,,,always,P
"""


def otherwise(tmp_path: Path) -> Catalogue:
    """The catalogue with duties of single units."""
    folder = shutil.copytree(catalogue_dir(), tmp_path / "catalogue")
    with (folder / "duties.csv").open("a", encoding="utf-8") as file:
        file.write(OF_ONE_UNIT)
    return load_catalogue(folder)


def test_files_and_tables_agree_on_every_report_owed(tmp_path: Path) -> None:
    catalogue = otherwise(tmp_path)
    ready = Prepared(catalogue)
    with open_empty() as con:
        store_catalogue(con, catalogue, clock.today())
        tables = set(con.execute("select unit_code, form_id, period from due_report").fetchall())
        periods = [ready.period(period) for (period,) in con.execute("select period from period").fetchall()]
    assert {("10966", "NQ57-HP-1", "2026-Q1"), ("11359", "NQ57-HP-1", "2026-06")} <= tables
    assert not {("10966", "NQ57-HP-1", "2026-01"), ("11359", "NQ57-HP-1", "2026-08")} & tables
    assert tables == {
        (unit.unit_code, form.form_id, period.period)
        for unit in catalogue.units
        for form in catalogue.forms
        for period in periods
        if period and owes(catalogue, unit, form.form_id, period)
    }


def test_a_unit_that_owes_no_month_is_not_told_that_it_is_late(tmp_path: Path) -> None:
    late = dt.datetime(2026, 11, 25)
    files = [Incoming(f"{unit}.xlsx", report(unit), late) for unit in ("10966", "11050")]
    by_quarter, by_month = check(Prepared(otherwise(tmp_path)), files, tmp_path / "data")
    assert [one.rule_id for one in by_quarter.findings] == ["V05.6"]
    assert [one.rule_id for one in by_month.findings] == ["V06"]
