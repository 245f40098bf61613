"""Who may sign in, as it was told last: each line that came or went since is noted in the journal.

The table is a file that an administrator edits; who did that nobody can know, but that it happened is told.
"""

from __future__ import annotations

import csv
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
        *(Note(CHANGED, at, BY_FILES, who_of(line), before=line) for line in gone),
        *(Note(CHANGED, at, BY_FILES, who_of(line), after=line) for line in come),
    ]
    if note_all(told, table.parent):
        write_whole(copy, "".join(f"{line}\n" for line in now))


def lines_of(path: Path) -> list[str]:
    """The lines of a table but for its head and empty ones."""
    try:
        text = text_of(path)
    except FileNotFoundError:
        return []
    return [line.strip() for line in text.splitlines() if line.strip(" ,;") and who_of(line) != "who"]


def access_rows(table: Path) -> list[dict[str, str]]:
    """The rows of the table by the names of its columns; parted by semicolons where its head is, as Excel set to
    Vietnamese writes them.
    """
    text = text_of(table)
    parted = csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    return [{str(name): str(value or "").strip() for name, value in row.items()} for row in parted]


def who_of(line: str) -> str:
    """Whom a line is about."""
    return line.replace(";", ",").partition(",")[0]


def text_of(path: Path) -> str:
    """The table as text, whoever saved it: what a spreadsheet wrote in an encoding of its own fits nobody, and the
    e-mails beside it still do.
    """
    return path.read_bytes().decode("utf-8-sig", errors="replace")
