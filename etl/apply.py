"""What decisions change in the tables: an action is one function, which tells the (unit_code, period) it touched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

import duckdb

from etl.close import CLOSE, close
from etl.events import Event, of_decision
from etl.explain import EXPLAIN, explain
from etl.extend import EXTEND, extend, move_deadlines
from etl.journal import Decision
from etl.refresh import refresh
from etl.void import void

Applier = Callable[[duckdb.DuckDBPyConnection, Decision], Iterable[tuple[str, str]]]
APPLIERS: Mapping[str, Applier] = {"void": void, EXTEND: extend, EXPLAIN: explain, CLOSE: close}
STATES = """
    with asked as (select unnest($units) as unit_code, unnest($periods) as period, unnest($forms) as form_id)
    select a.unit_code, a.period, a.form_id, coalesce(r.state, 'missing'), r.on_time, coalesce(r.due_at, o.due_at),
        s.version
    from asked a
    left join due_report o using (unit_code, period, form_id)
    left join report r using (unit_code, period, form_id)
    left join submission s on s.submission_id = r.current_submission_id
"""
STATE = ("state", "on_time", "due_at", "version")
State = Mapping[str, object]


def apply(con: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> list[Event]:
    """Change the tables, in the transaction the caller has open; returns an event for each decision."""
    before = states(con, decisions)
    touched = [pair for each in decisions for pair in APPLIERS[each.action](con, each)]
    if any(each.action == EXTEND for each in decisions):
        move_deadlines(con)
    refresh(con, sorted(set(touched)))
    after = states(con, decisions)
    return [of_decision(each, *changed(was, now)) for each, was, now in zip(decisions, before, after, strict=True)]


def states(con: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> list[State]:
    """How the report of each decision stands; nothing for one that is about no single report."""
    asked = {
        "units": [each.unit_code for each in decisions], "periods": [each.period for each in decisions],
        "forms": [each.form_id for each in decisions],
    }  # fmt: skip
    found = {row[:3]: dict(zip(STATE, row[3:], strict=True)) for row in con.execute(STATES, asked).fetchall()}
    return [found[each.unit_code, each.period, each.form_id] if each.unit_code else {} for each in decisions]


def changed(before: State, after: State) -> tuple[str, str]:
    """What is otherwise than it was, as JSON; empty on both sides where nothing is."""
    names = [name for name in STATE if before.get(name) != after.get(name)]
    return written(before, names), written(after, names)


def written(state: State, names: Sequence[str]) -> str:
    """Some of a state as JSON."""
    return json.dumps({name: state[name] for name in names}, ensure_ascii=False, default=str) if names else ""
