"""A province's totals for the nation, from the questions its own pages ask, so that both say the same."""

from __future__ import annotations

import datetime as dt

from duckdb import DuckDBPyConnection

from etl.belonging import authority_told
from etl.summary import Definition, Owed, Summary, Total
from etl.undecidable import Undecidable
from queries import indicators, reporting
from queries.scope import made_out

NO_AUTHORITY = "Danh mục chưa ghi cơ quan (authority_code trong settings.csv) nên chưa lập được số tổng hợp."
NOTHING = "Chưa có báo cáo nào nên chưa có số tổng hợp để chia sẻ."
ENDED = """
    select p.period from period p
    where p.date_to < $today and p.date_to >= (select min(q.date_from) from report join period q using (period))
    order by p.date_to, p.date_from
"""
"""Periods that have ended since the first report: what is still running would be compared with what is whole."""


def summary_of(con: DuckDBPyConnection, snapshot: str, at: dt.datetime) -> Summary:
    """The totals of every period that has ended. Raises Undecidable where there is none, or no authority."""
    authority = authority_told(con)
    ((loaded_at, demo),) = con.execute("select max(loaded_at), bool_or(demo) from submission").fetchall()
    ((lines, end),) = con.execute("select lines, hash from journal_standing").fetchall() or [(0, "")]
    if not authority or loaded_at is None:
        raise Undecidable(NOTHING if authority else NO_AUTHORITY)
    definitions = definitions_of(con)
    periods = [period for (period,) in con.execute(ENDED, {"today": at.date()}).fetchall()]
    owed: list[Owed] = []
    totals: list[Total] = []
    for period in periods:
        owed.append((period, units_owing(con, period)))
        totals += totals_of(con, period, tuple(definitions))
    return Summary(
        authority, at, loaded_at, snapshot, int(lines), str(end), bool(demo), definitions, tuple(owed), tuple(totals)
    )


def definitions_of(con: DuckDBPyConnection) -> dict[str, Definition]:
    """How each indicator is worked out here."""
    rows = con.execute(
        "select indicator, numerator, denominator, scale, kind, denominator_kind from indicator order by indicator"
    ).fetchall()
    return {row[0]: (row[1], row[2], float(row[3]), row[4], row[5]) for row in rows}


def units_owing(con: DuckDBPyConnection, period: str) -> int:
    """How many units owe a report of a period."""
    return reporting.units(con, made_out(con, period))


def totals_of(con: DuckDBPyConnection, period: str, codes: tuple[str, ...]) -> list[Total]:
    """The two sides of each indicator that any unit has in a period, and how many have it."""
    rows = indicators.standing(con, made_out(con, period), codes).to_dict("records")
    return [
        (
            period, str(row["indicator"]), float(row["numerator"]),
            None if row["denominator"] is None else float(row["denominator"]), int(row["units"]),
        )
        for row in rows
        if row["units"] and row["numerator"] is not None
    ]  # fmt: skip
