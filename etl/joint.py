"""The journal that machines share: its lines, and the facts that came with them, are in the lake in one transaction.

The journal of each machine follows it, so that any of them could stand in for the lake's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import astuple

import duckdb

from etl.bulk import insert
from etl.chain import Link, Standing, walked
from etl.journal import (
    Appended,
    Entry,
    Note,
    append,
    journal_path,
    linked_to,
    noted_down,
    remember,
    settled,
    write_through,
)
from etl.lake import FACTS, JOURNAL, Lake, again, commit, only_one, shared, standing_in, transaction_on
from etl.trouble import FOREIGN_LAKE, Unsaved
from etl.warehouse import Paths, alone_with_journal

SUBMISSIONS = """
    select s.* replace (
        e.action as status, case when s.status = 'void' then nullif(j.text ->> '$.returned', '') else s.note end as note
    ), e.line
    from submission s
    join event e
        on e.action in ('accepted', 'returned')
        and e.subject = concat_ws(' ', s.form_id, s.unit_code, s.period, 'v' || s.version)
    join journal j on j.line = e.line
    where s.submission_id > ?
    order by s.submission_id
"""
"""As they were received, with the line that says so: what was decided about them since stands in lines of its own."""
log = logging.getLogger(__name__)


def append_jointly(
    lake: Lake, paths: Paths, entries: Sequence[Entry], bring: Callable[[Appended, duckdb.DuckDBPyConnection], None]
) -> Appended:
    """Add the lines of one call to the journal of the lake, with what `bring` puts into its tables; from the commit on
    they count. Raises Conflict where another machine was first.
    """
    with alone_with_journal(paths), only_one(lake, JOURNAL), transaction_on(lake) as con:
        before = fetched(con, paths)
        links = linked_to(before, entries)
        added = Appended(before, noted_down(entries, links))
        bring(added, con)
        add_lines(con, links)
        end = links[-1].standing if links else before
        commit(lake, con, end)
        try:
            write_down(paths, before, links)
        except OSError:
            log.exception("the lines are in the lake, and not yet in %s", journal_path(paths))
    return added


@again
def note(paths: Paths, notes: Sequence[Note]) -> None:
    """Add notes to the journal, that of the lake where there is one; no table changes before the next load."""
    lake = shared()
    if lake:
        append_jointly(lake, paths, notes, lambda added, con: None)
    else:
        append(paths, notes)


def follow_journal(lake: Lake, paths: Paths) -> Standing:
    """How far the lake's journal goes, once the machine's own goes as far."""
    with alone_with_journal(paths), transaction_on(lake) as con:
        return fetched(con, paths)


def fetched(con: duckdb.DuckDBPyConnection, paths: Paths) -> Standing:
    """How far the lake's journal goes, once its lines are in the machine's own; the caller holds that one's lock.

    Raises Unsaved where the two are not the same journal.
    """
    before, end = settled(paths), standing_in(con)
    if before == end:
        return end
    texts = con.execute("select text from lake.journal where line > ? order by line", [before.lines]).fetchall()
    links = list(walked((text for (text,) in texts), before))
    if not links or not all(link.sound for link in links) or links[-1].standing != end:
        raise Unsaved(FOREIGN_LAKE)
    write_down(paths, before, links)
    return end


def write_down(paths: Paths, before: Standing, links: Sequence[Link]) -> None:
    """Put lines at the end of the machine's own journal."""
    write_through(journal_path(paths), before.size, "".join(f"{link.text}\n" for link in links).encode())
    remember(paths, links[-1].standing if links else before)


def add_lines(con: duckdb.DuckDBPyConnection, links: Sequence[Link]) -> None:
    """Put lines into the lake, and how far it goes now. Replacing that row is what two machines cannot both do."""
    if links:
        end = links[-1].standing
        numbers, texts = [link.standing.lines for link in links], [link.text for link in links]
        insert(con, "lake.journal", {"line": numbers, "text": texts})
        con.execute("delete from lake.journal_standing")
        con.execute("insert into lake.journal_standing values (?, ?, ?, ?)", list(astuple(end)))


def hand_over(own: duckdb.DuckDBPyConnection, con: duckdb.DuckDBPyConnection) -> None:
    """Put what a machine's tables have and the lake has not yet into the lake: facts, and what the audit tells."""
    last, line = (
        con.execute(f"select coalesce(max({column}), 0) from lake.{table}").fetchall()[0][0]
        for column, table in (("submission_id", "submission"), ("line", "event"))
    )
    for table in FACTS:
        asked = SUBMISSIONS if table == "submission" else f"from {table} where submission_id > ? order by submission_id"
        copy_rows(own, asked, last, con, table)
    copy_rows(own, "from event where line > ? order by line", line, con, "event")


def copy_rows(
    own: duckdb.DuckDBPyConnection, asked: str, after: int, con: duckdb.DuckDBPyConnection, table: str
) -> None:  # fmt: skip
    """Rows of a machine's tables into one of the lake."""
    rows = own.execute(asked, [after]).to_arrow_table()
    if rows.num_rows:
        con.register("incoming", rows)
        con.execute(f"insert into lake.{table} by name select * from incoming")
        con.unregister("incoming")
