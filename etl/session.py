"""The working file while somebody writes: what is promised to people is in the journal before it is in the tables.

A change is made in a transaction; the journal gets its lines when all else is done; then the transaction is committed.
A crash before the lines are on the disk leaves nothing, one after them is made good at the next opening (opening.py):
the file says itself how far in the journal it has everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from etl.chain import Standing
from etl.events import Event, Told, of_note, tell
from etl.joint import append_jointly, hand_over
from etl.journal import Appended, Entry, Line, Note, append, lines
from etl.lake import Conflict, shared
from etl.warehouse import Paths, standing

Said = tuple[Entry, Sequence[Event]]
"""A line of the journal, and what the audit tells of it."""


@dataclass
class Session:
    """A working file that is open, and how far in the journal it has everything."""

    paths: Paths
    con: duckdb.DuckDBPyConnection
    standing: Standing
    promised: bool = False
    """Whether lines were added to the journal: then what they say holds, whatever becomes of the tables."""


def begun(paths: Paths, con: duckdb.DuckDBPyConnection) -> Session:
    """A session on a file that was opened."""
    return Session(paths, con, standing(con))


def promise(session: Session, said: Sequence[Said]) -> None:
    """Add lines with their events to the journal and to the tables, last of all in the transaction the caller has open.

    In a lake raises Conflict where another machine did more since than note something: its lock was lost meanwhile.
    """
    entries, lake = [entry for entry, _ in said], shared()
    if lake is None:
        added = append(session.paths, entries)
        session.promised = True
        into_tables(session, said, added)
        return

    def bring(added: Appended, con: duckdb.DuckDBPyConnection) -> None:
        if any(not isinstance(line.entry, Note) for line in between(session, added)):
            raise Conflict
        into_tables(session, said, added)
        hand_over(session.con, con)

    append_jointly(lake, session.paths, entries, bring)
    session.promised = True


def into_tables(session: Session, said: Sequence[Said], added: Appended) -> None:
    """Put lines with their events into the tables, and what was only noted by others since these were written last."""
    since = between(session, added)
    noted = [Told(line, [of_note(line.entry)] if isinstance(line.entry, Note) else []) for line in since]
    told = [Told(line, events) for line, (_, events) in zip(added.lines, said, strict=True)]
    end = added.lines[-1].link.standing if added.lines else added.before
    tell(session.con, [*noted, *told], end)
    session.standing = end


def between(session: Session, added: Appended) -> list[Line]:
    """The lines of others between where the tables stand and what was added."""
    if added.before == session.standing:
        return []
    return [line for line in lines(session.paths, session.standing) if line.number <= added.before.lines]
