"""What is written together: the workbooks and open data of a period."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from duckdb import DuckDBPyConnection

from documents import opendata
from documents.book import form06, make
from documents.word.parts import about
from queries.scope import Scope


def export(con: DuckDBPyConnection, scope: Scope, now: dt.datetime, out: Path) -> list[Path]:
    """Write the consolidated workbook, form 06 and the open data of a period to a folder; returns the files."""
    out.mkdir(parents=True, exist_ok=True)
    name = about(con, scope, now.date()).name
    books = {
        f"tong-hop-{scope.period}.xlsx": make.consolidated(con, scope, now),
        f"bieu-06-{scope.period}.xlsx": form06.refilled(con, scope, name),
    }
    for file, content in books.items():
        (out / file).write_bytes(content)
    return [*(out / file for file in books), *opendata.write(con, scope, out)]
