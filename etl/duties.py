"""Which reports a unit owes, by duties.csv; etl/sql/owed.sql asks the same of the tables."""

from __future__ import annotations

import datetime as dt

from etl.calendar import Period
from etl.catalogue import Catalogue, Row, Unit, applying, date_of


def owes(catalogue: Catalogue, unit: Unit, form_id: str, period: Period) -> bool:
    """Whether a unit owes a form for a period: by duties of its own where it has any, else by those of its kind."""
    return unit.active(period.date_from, period.date_to) and any(
        row["form_id"] == form_id and row["period_kind"] == period.kind and holds(row, period)
        for row in applying(catalogue.tables.get("duties", ()), unit)
    )


def holds(duty: Row, period: Period) -> bool:
    """Whether a duty is in force at some time of a period."""
    first, last = date_of(duty.get("valid_from", "")), date_of(duty.get("valid_to", ""))
    return (first or dt.date.min) <= period.date_to and (last or dt.date.max) >= period.date_from
