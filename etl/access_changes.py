"""Who may sign in, as it was told last: each line that came or went since is noted in the journal.

The table is a file that an administrator edits; who did that nobody can know, but that it happened is told.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from etl import clock
from etl.journal import Note
from etl.notes import note_all
from etl.sealed import write_whole

CHANGED = "access"
BY_FILES = "access.csv"


def tell_access(table: Path) -> None:
    """Note what is otherwise in the table of those who may sign in than when it was told last."""
    copy = table.with_name(f"{table.name}.told")
    was, now = lines_of(copy), lines_of(table)
    gone, come = list((Counter(was) - Counter(now)).elements()), list((Counter(now) - Counter(was)).elements())
    if not gone and not come:
        return
    at = clock.now().isoformat()
    told = [
        *(Note(CHANGED, at, BY_FILES, line.partition(",")[0], before=line) for line in gone),
        *(Note(CHANGED, at, BY_FILES, line.partition(",")[0], after=line) for line in come),
    ]
    if note_all(told, table.parent):
        write_whole(copy, "".join(f"{line}\n" for line in now))


def lines_of(path: Path) -> list[str]:
    """The lines of a table but for its head and empty ones."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return []
    return [line.strip() for line in text.splitlines() if line.strip(" ,") and not line.startswith("who,")]
