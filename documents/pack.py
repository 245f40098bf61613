"""What is written together: the workbooks and open data of a period."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from duckdb import DuckDBPyConnection

from documents import opendata
from documents.book import form06
from documents.book import make as book
from documents.page import make as page
from documents.word import make as word
from documents.word.parts import about
from queries import chasing
from queries.scope import Scope
from ui import messages


def meeting(con: DuckDBPyConnection, scope: Scope, now: dt.datetime, templates: Path, closing: str = "") -> bytes:
    """The pack for a meeting, as a zip: the Word report, the workbook, the page that opens without a network. The same
    figures give the same files.
    """
    period = scope.period
    files = {
        f"bao-cao-{period}.docx": word.city_report(con, scope, now, templates, closing),
        f"tong-hop-{period}.xlsx": book.consolidated(con, scope, now, closing),
        f"tong-quan-{period}.html": page.overview(con, scope, now, closing),
    }
    return zipped(files)


def reminders(con: DuckDBPyConnection, scope: Scope, now: dt.datetime, templates: Path) -> bytes:
    """What urges units to report, as a zip: the letter, and for each unit a text ready to be sent to it. Raises
    NobodyToUrge where there is nobody to name.
    """
    letter = {f"don-doc-{scope.period}.docx": word.reminder_letter(con, scope, now, templates)}
    cases = chasing.cases(con, scope, now.date())
    texts = messages.all_of(
        cases, chasing.faults(con, scope), chasing.wordings(con), about(con, scope, now.date()).name
    )
    names = dict(zip(cases["unit_code"], cases["unit"], strict=True))
    return zipped(letter | {f"tin-nhan/{code} {names[code]}.txt": text.encode() for code, text in texts.items()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as a zip that is the same for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def open_data(con: DuckDBPyConnection, scope: Scope) -> bytes:
    """The open data of a period, as a zip."""
    with tempfile.TemporaryDirectory() as folder:
        return zipped({path.name: path.read_bytes() for path in opendata.write(con, scope, Path(folder))})


def export(con: DuckDBPyConnection, scope: Scope, now: dt.datetime, out: Path, closing: str = "") -> list[Path]:
    """Write the consolidated workbook, form 06 and the open data of a period to a folder; returns the files."""
    out.mkdir(parents=True, exist_ok=True)
    name = about(con, scope, now.date()).name
    books = {
        f"tong-hop-{scope.period}.xlsx": book.consolidated(con, scope, now, closing),
        f"bieu-06-{scope.period}.xlsx": form06.refilled(con, scope, name),
    }
    for file, content in books.items():
        (out / file).write_bytes(content)
    return [*(out / file for file in books), *opendata.write(con, scope, out)]
