"""The lines of a cover that say whose report it is and of when: known beforehand, printed and locked.

These names are a convention of the layout `cover`: a form of any authority may use them.
"""

from __future__ import annotations

from collections.abc import Mapping

from etl.calendar import Period
from etl.catalogue import Catalogue, Unit
from etl.form import Form

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
TO_BEGIN_WITH: Mapping[str, object] = {"submission_no": 1}
"""Lines filled in beforehand that the officer may change."""


def stamps(catalogue: Catalogue, form: Form, unit: Unit, period: Period) -> Mapping[str, object]:
    """What is known of a report before it is written, by column_id of the cover."""
    return {
        "template_version": form.versions[0],
        "period_type": period_type(catalogue, period),
        "period": period.period,
        "period_convention": period.convention,
        "date_from": period.date_from,
        "date_to": period.date_to,
        "unit_code": unit.unit_code,
        "unit_name": unit.full_name,
        "unit_type": unit.kind.upper(),
    }


def period_type(catalogue: Catalogue, period: Period) -> str:
    """The code of the period's kind in the lists of the form."""
    rows = catalogue.tables.get("calendar", ())
    return next(
        (row["period_type"] for row in rows if row["kind"] == period.kind and row.get("period_type")), period.kind
    )


def due_in_words(period: Period) -> str:
    """When the report is due: "23 giờ 59 phút, thứ Sáu, ngày 20/11/2026"."""
    due = period.due_at
    return f"{due.hour} giờ {due.minute:02} phút, {WEEKDAYS[due.weekday()]}, ngày {due:%d/%m/%Y}"


def span_in_words(period: Period) -> str:
    """The days the report is of."""
    return f"từ ngày {period.date_from:%d/%m/%Y} đến hết ngày {period.date_to:%d/%m/%Y}"


def file_name(form: Form, unit: Unit, period: Period) -> str:
    """The name of the workbook; the reader takes unit and period from it as a third witness."""
    return f"{form.form_id}_{unit.unit_code}_{period.period}.xlsx"
