"""What is new since the month before, and what has lasted too long."""

from duckdb import DuckDBPyConnection

from queries import changes
from queries.scope import made_out

from .conftest import Put


def test_only_what_was_not_overdue_before_is_new(con: DuckDBPyConnection, put: Put) -> None:
    put(
        "current_task",
        """
        unit_code | period  | task_id | state
        01        | 2026-10 | T1      | overdue
        01        | 2026-11 | T1      | overdue
        01        | 2026-11 | T2      | overdue
        02        | 2026-11 | T1      | overdue
        02        | 2026-11 | T2      | overdue
        02        | 2026-11 | T3      | due_soon
        """,
    )
    new = changes.newly_overdue(con, made_out(con, "2026-11"))
    assert list(zip(new["unit_code"], new["tasks"], strict=True)) == [("02", 2), ("01", 1)]


def test_silence_counts_from_the_second_month(con: DuckDBPyConnection, put: Put) -> None:
    put(
        "current_measure",
        """
        unit_code | period  | item_code | value
        01        | 2026-10 | K01       | 0
        01        | 2026-11 | K01       | 0
        02        | 2026-10 | K01       | 1
        02        | 2026-11 | K01       | 0
        03        | 2026-11 | K01       | 0
        """,
        measure="channel_kept",
    )
    silent = changes.long_silent(con, made_out(con, "2026-11"))
    assert list(zip(silent["channel_code"], silent["units"], strict=True)) == [("K01", 1)]
