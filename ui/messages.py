"""Reminders ready to be pasted into Zalo or e-mail: the Department's wording, filled in with a unit's case."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from ui import formats
from ui.formats import Row

FAULTS_NAMED = 3
"""Faults that a reminder names; the marked workbook has them all."""
NEW_LINE = "|"
PLACE = re.compile(r"\{(\w+)\}")
BETWEEN = "\n\n" + "-" * 40 + "\n\n"
"""What stands between reminders that are taken along together."""


def all_of(cases: pd.DataFrame, faults: pd.DataFrame, wordings: Mapping[str, str], period: str) -> dict[str, str]:
    """The reminder of each unit, by its code."""
    by_unit = dict(list(faults.groupby("unit_code")))
    return {
        str(row["unit_code"]): message(row, by_unit.get(row["unit_code"], faults.iloc[:0]), wordings, period)
        for row in formats.rows_of(cases)
    }


def message(case: Row, faults: pd.DataFrame, wordings: Mapping[str, str], period: str) -> str:
    """The reminder for one unit."""
    said = {
        "unit": str(case["unit"]), "authority": wordings.get("authority", ""),
        "period": formats.inside(period),
        "due": formats.date(case["due_at"]), "days": formats.number(case["days"]),
        "received": formats.date(case["received_at"]), "errors": formats.number(case["errors"]),
        "faults": "\n".join(named(faults)),
    }  # fmt: skip
    return filled(wordings.get(str(case["state"]), ""), said)


def filled(text: str, said: Mapping[str, str]) -> str:
    """A wording with its places filled in; a place that nobody knows stays as it was written."""
    lines = text.replace(NEW_LINE, "\n")
    return PLACE.sub(lambda place: said.get(place.group(1), place.group(0)), lines)


def named(faults: pd.DataFrame) -> list[str]:
    """The widest faults, each with its cells, and how many more there are."""
    lines = [fault_line(row) for row in formats.rows_of(faults.head(FAULTS_NAMED))]
    more = len(faults) - FAULTS_NAMED
    return [*lines, f"- … và {more} loại lỗi khác."] if more > 0 else lines


def fault_line(row: Row) -> str:
    """ "- 5_DVC, ô P4, Q4, R4 và 5 ô khác: Ô bắt buộc đang trống." """
    more = int(row["found"]) - len(str(row["cells"]).split(", "))
    cells = f", ô {row['cells']}" + (f" và {more} ô khác" if more > 0 else "") if row["cells"] else ""
    return f"- {row['sheet'] or 'cả tệp'}{cells}: {row['message']}"
