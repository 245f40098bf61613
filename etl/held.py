"""What the warehouse holds of a report at a moment: what a new file of it is compared with.

Whoever looked at a file and records it later passes on what was held then; where it is something else by now, somebody
else received a file of the same report meanwhile.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import duckdb

from etl.report import Report, ReportKey


class Held(NamedTuple):
    """The last submission of a report, and the one in force; no version stands for none."""

    unit_code: str
    period: str
    form_id: str
    last: int = 0
    current: int = 0
    status: str = ""
    """Of the last submission, as are the following."""
    received_at: dt.datetime | None = None
    loaded_at: dt.datetime | None = None
    loaded_by: str = ""
    errors: int = 0


class Earlier(NamedTuple):
    """The submission that had the same bytes; within one call only the name of the file is known."""

    file_name: str
    version: int = 0
    status: str = ""
    received_at: dt.datetime | None = None
    loaded_at: dt.datetime | None = None
    loaded_by: str = ""


HELD = """
    select unit_code, period, form_id, max(version), coalesce(max(version) filter (status = 'accepted'), 0),
        arg_max(status, version), arg_max(received_at, version), arg_max(loaded_at, version),
        coalesce(arg_max(loaded_by, version), ''), coalesce(arg_max(errors, version), 0)
    from submission
    where unit_code in (select unnest($units)) and period in (select unnest($periods))
    group by unit_code, period, form_id
"""
RECEIVED = """
    select file_sha256, file_name, version, status, received_at, loaded_at, loaded_by
    from submission
    where status <> 'void' and file_sha256 in (select unnest($hashes))
    qualify row_number() over (partition by file_sha256 order by submission_id) = 1
"""


def held(con: duckdb.DuckDBPyConnection, reports: Iterable[Report]) -> Mapping[ReportKey, Held]:
    """What is held of each report; also of those nothing was received of."""
    keys = [report.key for report in reports]
    asked = {"units": sorted({unit for unit, _, _ in keys}), "periods": sorted({period for _, period, _ in keys})}
    found = {row[:3]: Held(*row) for row in con.execute(HELD, asked).fetchall()}
    return {key: found.get(key) or Held(*key) for key in keys}


def earlier(con: duckdb.DuckDBPyConnection, hashes: Sequence[str]) -> dict[str, Earlier]:
    """The submission of each content that was received before."""
    rows = con.execute(RECEIVED, {"hashes": list(hashes)}).fetchall()
    return {sha256: Earlier(*rest) for sha256, *rest in rows}
