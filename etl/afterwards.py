"""What comes for a period that was closed changes figures that were published: somebody must say why."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from etl.judge import Judged
from etl.undecidable import closed_already

CLOSED = """
    select period, max_by(name, "at")
    from closed_period
    where list_contains($periods, period)
    group by period
    order by period
"""


def need_reason(con: duckdb.DuckDBPyConnection, judged: Sequence[Judged]) -> None:
    """Raises Undecidable where a new file is for a closed period and nobody says why."""
    unexplained = {
        report.period
        for each in judged
        if not each.duplicate and not each.inspected.incoming.reason and not each.inspected.incoming.returned
        for report in each.reports
    }
    closed = con.execute(CLOSED, {"periods": sorted(unexplained)}).fetchall()
    if closed:
        raise closed_already(*closed[0])
