"""The documents by name: template and contents put together. Each is the content of a .docx.

The templates lie in the catalogue, in the folder word/, and are edited in Word; FileNotFoundError where one is missing.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from duckdb import DuckDBPyConnection

from documents.word import city, one_unit, reminder
from documents.word.fill import filled
from queries.scope import Scope


def city_report(con: DuckDBPyConnection, scope: Scope, now: dt.datetime, templates: Path, closing: str = "") -> bytes:
    """The official report to the city on a period; `closing` names the closing whose figures these are."""
    return filled(templates / "bao-cao-thanh-pho.docx", city.contents(con, scope, now, closing))


def unit_report(con: DuckDBPyConnection, scope: Scope, unit_code: str, now: dt.datetime, templates: Path) -> bytes:
    """One unit's own report on a period. Raises NoReport where it has none, NoUnit for no unit."""
    return filled(templates / "bao-cao-don-vi.docx", one_unit.contents(con, scope, unit_code, now.date()))


def reminder_letter(con: DuckDBPyConnection, scope: Scope, now: dt.datetime, templates: Path) -> bytes:
    """The letter that urges units to report for a month. Raises NobodyToUrge where there is nobody to name."""
    return filled(templates / "cong-van-don-doc.docx", reminder.contents(con, scope, now))
