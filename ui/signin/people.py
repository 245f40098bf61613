"""Who may come in: a table of e-mails and groups with their roles, `access.csv` in the data folder.

    who,role,unit_code
    an@haiphong.gov.vn,analyst,
    group:lanh-dao-so,leader,
    binhgiang@haiphong.gov.vn,unit,10966

`who` is an e-mail, or "group:" and a name from the claim `groups`. The first line that fits counts. The table is read
again when it changes: a line taken out shuts its people out at their next request. Semicolons part columns too, because
Excel set to Vietnamese writes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl import RIGHTS, STRANGER, Actor, access_rows, data_dir, tell_access

TABLE = "access.csv"
GROUP = "group:"
Line = tuple[str, str, str]


def actor_of(claims: Mapping[str, Any], data: Path | None = None) -> Actor:
    """Who these claims are of; STRANGER for whom the table does not have, or whose e-mail was not verified."""
    email = str(claims.get("email") or "").strip().lower()
    if not email or claims.get("email_verified") is False:
        return STRANGER
    groups = {str(group).lower() for group in as_list(claims.get("groups"))}
    for who, role, unit in table(data):
        if who == email or (who.startswith(GROUP) and who.removeprefix(GROUP).strip() in groups):
            return Actor(email, role, unit)
    return STRANGER


def as_list(value: object) -> Sequence[object]:
    """A claim that may be one text or several."""
    return value if isinstance(value, list | tuple) else [value] if value else []


def table(data: Path | None = None) -> tuple[Line, ...]:
    """The lines of the table as it is now."""
    path = (data or data_dir()) / TABLE
    try:
        return read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return ()


@lru_cache(maxsize=4)
def read(path: Path, changed: int) -> tuple[Line, ...]:
    """The lines; those with a role that does not exist give nobody any right. What changed is told in the journal."""
    tell_access(path)
    rows = access_rows(path)
    return tuple(
        (row.get("who", "").lower(), row.get("role", ""), row.get("unit_code", ""))
        for row in rows
        if row.get("role") in RIGHTS
    )
