"""What people settle about reports, as pages and the command line ask for it; each is a decision (decide.py).

Each raises Undecidable, with a sentence for the person who decides, where that cannot be; then nothing is changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from etl import clock
from etl.actors import DECIDE, FREEZE, named, needs
from etl.calendar import decided_days, working_days_later
from etl.close import CLOSE
from etl.decide import decide
from etl.explain import EXPLAIN
from etl.extend import EXTEND
from etl.front import prepared
from etl.journal import Decision
from etl.personal import veiled
from etl.prepare import Prepared
from etl.report import ReportKey
from etl.settled import FindingPlace
from etl.warehouse import data_dir

END_OF_DAY = dt.time(23, 59, 59)


@needs(DECIDE)
def extend_deadline(
    units: Sequence[str], period: str, until: dt.date, reason: str, by: str, form_id: str = "",
    data: Path | None = None, catalogue: Path | None = None,
) -> None:  # fmt: skip
    """Let units send the report of a period until the end of a day."""
    ready = prepared(catalogue)
    detail = {"until": dt.datetime.combine(until, END_OF_DAY).isoformat()}
    reports = [(unit, period, form_id or first_form(ready)) for unit in units]
    decide(ready, data_dir(data), [decision(EXTEND, each, reason, by, **detail) for each in reports])


@needs(DECIDE)
def take_back_extension(
    units: Sequence[str], period: str, reason: str, by: str, form_id: str = "",
    data: Path | None = None, catalogue: Path | None = None,
) -> None:  # fmt: skip
    """Hold units to the deadline of all again."""
    ready = prepared(catalogue)
    reports = [(unit, period, form_id or first_form(ready)) for unit in units]
    decide(ready, data_dir(data), [decision(EXTEND, each, reason, by) for each in reports])


@needs(DECIDE)
def explain_findings(
    places: Sequence[FindingPlace], reason: str, by: str, data: Path | None = None, catalogue: Path | None = None
) -> None:
    """Answer findings of reports in force, for one reason; all of them or none."""
    made = [
        decision(EXPLAIN, each.report, reason, by, rule_id=each.rule_id, sheet=each.sheet, cell=each.cell)
        for each in places
    ]
    decide(prepared(catalogue), data_dir(data), made)


@needs(FREEZE)
def close_period(
    period: str, name: str, reason: str, by: str, data: Path | None = None, catalogue: Path | None = None
) -> None:
    """Freeze the figures of a period under a name; a period may be closed again under another one."""
    decide(
        prepared(catalogue), data_dir(data), [decision(CLOSE, ("", period, ""), reason, by, name=veiled(name.strip()))]
    )


def working_day_after(day: dt.date, days: int, catalogue: Path | None = None) -> dt.date:
    """So many days later on which offices are open, by the catalogue's calendar."""
    return working_days_later(day, days, decided_days(prepared(catalogue).catalogue.tables.get("holidays", ())))


def first_form(ready: Prepared) -> str:
    """The form that stands first in the catalogue."""
    return ready.catalogue.forms[0].form_id


def decision(action: str, report: ReportKey, reason: str, by: str, **detail: Any) -> Decision:
    """A decision about one report, taken now."""
    return Decision(clock.now().isoformat(), named(by), action, reason.strip(), *report, detail)
