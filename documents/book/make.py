"""The consolidated workbook of a period, put together."""

from __future__ import annotations

import datetime as dt

from duckdb import DuckDBPyConnection

from documents.book import sheets, themes
from documents.book.sheet import Sheet
from documents.book.write import written
from documents.word.parts import about
from queries import official
from queries.scope import Scope
from ui import formats


def consolidated(con: DuckDBPyConnection, scope: Scope, now: dt.datetime, closing: str = "") -> bytes:
    """Everything of a period in one .xlsx; the time stamped is that of the figures, so the same figures give the same
    workbook. `closing` names the closing whose figures these are.
    """
    when = about(con, scope, now.date())
    chosen = formats.units_of(scope.kind, scope.district)
    frozen = f", lần chốt “{closing}”" if closing else ""
    lines = (
        f"{when.name} (từ ngày {when.date_from} đến ngày {when.date_to}){f', {chosen}' if chosen else ''}",
        f"Số liệu chốt lúc {when.fresh}{frozen}. Số liệu quản lý, không phải số liệu thống kê chính thức.",
    )
    loaded = con.execute("select max(loaded_at) from submission").fetchall()[0][0]
    return written(every_sheet(con, scope, now), lines, loaded)


def every_sheet(con: DuckDBPyConnection, scope: Scope, now: dt.datetime) -> list[Sheet]:
    """The sheets in order: the whole, the themes, the details, the meaning."""
    defined = official.definitions(con)
    return [
        sheets.summary(con, scope, list(defined["indicator"])), sheets.history(con, scope),
        sheets.came(con, scope, now), sheets.grid(con, scope, now.date()),
        *themes.by_theme(con, scope, defined), themes.both_sides(con, scope, defined),
        sheets.groups_of_channels(con, scope), sheets.output(con, scope), sheets.task_groups(con, scope),
        sheets.pressing(con, scope), sheets.remarks(con, scope), sheets.explanations(con, scope),
        sheets.definitions(con),
    ]  # fmt: skip
