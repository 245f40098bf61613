"""Decisions: what people settle about reports, each with a name, a time and a reason.

A decision is applied and its event written in one transaction, then journalled, so that `rebuild` takes it again at its
place among the files. An action is one function: it changes tables and tells which (unit_code, period) it touched.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import duckdb

from etl import clock
from etl.bulk import insert
from etl.journal import Decision, append, moment
from etl.prepare import Prepared
from etl.refresh import refresh
from etl.transaction import bring_up_to_date, transaction
from etl.undecidable import NO_REASON, Undecidable
from etl.void import void
from etl.warehouse import Paths, publish, writing

Applier = Callable[[duckdb.DuckDBPyConnection, Decision], Iterable[tuple[str, str]]]
APPLIERS: Mapping[str, Applier] = {"void": void}
LEAST_REASON = 5
"""Letters a reason must have, so that it says something."""


def decide(prepared: Prepared, data: Path, decisions: Sequence[Decision]) -> None:
    """Take decisions, all of them or none, and publish. Raises Undecidable with a sentence where one cannot be."""
    for each in decisions:
        if len(each.reason.strip()) < LEAST_REASON:
            raise Undecidable(NO_REASON)
    with writing(data) as con:
        with transaction(con):
            bring_up_to_date(con, prepared, clock.today())
            apply(con, decisions)
        append(Paths(data), decisions)
        publish(con, data)


def apply(con: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> None:
    """Change the tables, in the transaction the caller has open."""
    touched = [pair for each in decisions for pair in APPLIERS[each.action](con, each)]
    insert(con, "event", event_columns(decisions))
    refresh(con, sorted(set(touched)))


def replay(con: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> None:
    """Take decisions of the journal again; one whose report is gone (cleared demonstration data) has no object left."""
    for each in decisions:
        with suppress(Undecidable):
            apply(con, [each])


def event_columns(decisions: Sequence[Decision]) -> Mapping[str, Sequence[object]]:
    """Columns of `event`: who decided what."""
    return {
        "at": [moment(each.at) for each in decisions],
        "actor": [each.actor for each in decisions],
        "action": [each.action for each in decisions],
        "subject": [" ".join(one for one in (each.form_id, each.unit_code, each.period) if one) for each in decisions],
        "reason": [each.reason for each in decisions],
        "detail": [json.dumps(each.detail, ensure_ascii=False) if each.detail else None for each in decisions],
    }
