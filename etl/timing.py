"""Whether a report of a unit can be of a period, when it was received."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from etl.findings import Finding, date_range, finding
from etl.form import Form
from etl.prepare import Prepared


def time_problems(
    prepared: Prepared, form: Form, unit_code: str, period_id: str, said: Mapping[str, object],
    cells: Mapping[str, str], received_at: dt.datetime,
) -> list[Finding]:  # fmt: skip
    """What is wrong with a period for a form and a unit: not of its kind, not over, unit closed, other dates."""
    period = prepared.period(period_id, str(said.get("period_convention") or form.convention))
    at = cells.get("period", "")
    if period is None or period.kind not in form.period_kinds:
        return [finding("period_kind", cell=at, value=period_id, expected=", ".join(form.period_kinds))]
    unit = prepared.catalogue.unit(unit_code)
    found = []
    if not unit.active(period.date_from, period.date_to):
        life = date_range(unit.valid_from, unit.valid_to or period.date_to)
        found.append(finding("unit_closed", cell=cells.get("unit_code", ""), value=unit.full_name, expected=life))
    if period.date_to > last_day_received(prepared, received_at):
        until = date_range(period.date_from, period.date_to)
        found.append(finding("period_future", cell=at, value=period.name, expected=until))
    date_from, date_to = said.get("date_from"), said.get("date_to")
    written = [day for day in (date_from, date_to) if isinstance(day, dt.date)]
    if len(written) == 2 and written != [period.date_from, period.date_to]:
        found.append(
            finding("dates_disagree", cell=cells.get("date_from", ""), value=date_range(*written), period=period.name,
                    expected=date_range(period.date_from, period.date_to))
        )  # fmt: skip
    return found


def last_day_received(prepared: Prepared, received_at: dt.datetime) -> dt.date:
    """Periods may end up to this day to be reported now: the yearly report is due before its own cut-off."""
    return received_at.date() + dt.timedelta(days=int(prepared.catalogue.settings.get("future_days", "0")))
