"""What is there to choose from, and how fresh is it?"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame


def periods(con: DuckDBPyConnection, today: dt.date) -> pd.DataFrame:
    """Months that have reports, and later ones that have ended, newest first.

    Columns: period, name, date_from, date_to, due_at, reports (in use), closed (whether it ever was).
    """
    return frame(
        con.execute(
            """
        with held as (
            select period, count(*) filter (state = 'accepted') as reports from report group by period
        )
        select p.period, p.name, p.date_from, p.date_to, p.due_at, coalesce(h.reports, 0) as reports,
            p.period in (select period from closed_report) as closed
        from period p left join held h using (period)
        where p.kind = 'month' and p.date_to < $today
        qualify max(h.reports) over (order by p.date_from) is not null
        order by p.date_from desc
        """,
            {"today": today},
        )
    )


class Longer(NamedTuple):
    """A period of several months."""

    period: str
    name: str
    due_at: dt.datetime
    """When the reports of its last month are due."""


def longer(con: DuckDBPyConnection, month: str) -> dict[str, Longer]:
    """Of each kind of period of several months the one that a month lies in, or else the last before it; by kind, the
    shortest first.
    """
    rows = con.execute(
        """
        select p.kind, p.period, p.name, max(m.due_at)
        from period p
        join period m on m.kind = 'month' and m.date_from >= p.date_from and m.date_to <= p.date_to
        where p.kind <> 'month' and p.date_from < (select date_to from period where period = $month)
        group by p.kind, p.period, p.name, p.date_from, p.date_to
        qualify p.date_from = max(p.date_from) over (partition by p.kind)
        order by p.date_to - p.date_from
        """,
        {"month": month},
    ).fetchall()
    return {kind: Longer(*those) for kind, *those in rows}


def kinds(con: DuckDBPyConnection) -> pd.DataFrame:
    """Kinds of unit that owe reports. Columns: kind, units."""
    return frame(
        con.execute(
            """
        select kind, count(*) as units from unit where valid_to is null group by kind order by units desc, kind
        """
        )
    )


def districts(con: DuckDBPyConnection) -> pd.DataFrame:
    """Old districts, in Vietnamese order. Columns: district, units."""
    return frame(
        con.execute(
            """
        select old_district as district, count(*) as units from unit
        where old_district is not null and old_district <> '' and valid_to is null
        group by old_district order by old_district collate vi
        """
        )
    )


def freshness(con: DuckDBPyConnection) -> pd.DataFrame:
    """How fresh the numbers are. Columns: loaded_at (last load), submissions, demo (any demonstration data)."""
    return frame(
        con.execute(
            """
        select max(loaded_at) as loaded_at, count(*) as submissions, coalesce(bool_or(demo), false) as demo
        from submission
        """
        )
    )
