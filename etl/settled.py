"""What was settled and what is still asked, read from the published snapshot."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

import duckdb

from etl.copies import open_closed
from etl.report import ReportKey
from etl.undecidable import no_such_closing
from etl.warehouse import open_to_read

ASKED = """
    select unit_code, period, form_id, rule_id, sheet, cell, message
    from open_question
    where period = $period and unit_code = $unit
    order by sheet, rule_id, cell
"""
CLOSINGS = """
    select c.name, c."at", c.actor, count(a.closing)
    from (select distinct closing, name, "at", actor from closed_period where period = $period) c
    left join adjustment a on a.closing = c.closing and a.period = $period
    group by c.closing, c.name, c."at", c.actor
    order by c."at"
"""


class FindingPlace(NamedTuple):
    """Where a finding is: the report (unit_code, period, form_id), the rule, and the cell."""

    report: ReportKey
    rule_id: str
    sheet: str
    cell: str

    def is_at(self, rule_id: str, sheet: str, cell: str) -> bool:
        """Whether it is of this rule, sheet and cell; "" means any."""
        asked = ((rule_id, self.rule_id), (sheet, self.sheet), (cell, self.cell))
        return all(wanted in ("", own) for wanted, own in asked)


class Asked(NamedTuple):
    """Something a unit is asked to confirm."""

    place: FindingPlace
    message: str


class Closing(NamedTuple):
    """A closing of a period, and how much happened to it afterwards."""

    name: str
    at: dt.datetime
    actor: str
    adjustments: int


def open_findings(data: Path, period: str, unit_code: str) -> list[Asked]:
    """What a unit is asked to confirm of a period."""
    with open_to_read(data) as con:
        rows = con.execute(ASKED, {"period": period, "unit": unit_code}).fetchall()
    return [Asked(FindingPlace((unit, month, form), *place), text) for unit, month, form, *place, text in rows]


def closings_of(data: Path, period: str) -> list[Closing]:
    """The closings that froze a period, in order."""
    with open_to_read(data) as con:
        return [Closing(*row) for row in con.execute(CLOSINGS, {"period": period}).fetchall()]


def open_closing(data: Path, name: str) -> duckdb.DuckDBPyConnection:
    """The warehouse as it was at a closing, by the name it was given. Raises Undecidable where none bears it."""
    with open_to_read(data) as con:
        found = con.execute("select closing from closing where lower(name) = lower(?)", [name.strip()]).fetchone()
    if found is None:
        raise no_such_closing(name)
    return open_closed(data, found[0])
