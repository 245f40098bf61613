"""What this month's templates take from the warehouse: the tasks, balances and facts each unit last reported."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from etl.calendar import period_before
from etl.catalogue import Catalogue
from etl.form import Form
from etl.report import Task
from etl.template.before import Before, Place, carry_forward
from etl.warehouse import open_to_read, version

LAST = """
    select unit_code, submission_id, period, cover
    from current_submission
    where form_id = $form_id and period < $period and length(period) = length($period)
    qualify row_number() over (partition by unit_code order by period desc) = 1
"""
NUMBERS = """
    select submission_id, sheet, item_code, theme_code, measure, value
    from observation
    where submission_id in (select unnest($ids)) and value is not null
"""
TASKS = f"select submission_id, {', '.join(Task._fields)} from task where submission_id in (select unnest($ids))"


def befores(data: Path, catalogue: Catalogue, form: Form, period: str) -> Mapping[str, Before]:
    """What each unit's template takes from its last report before a period; empty where nothing was published."""
    if not version(data):
        return {}
    con = open_to_read(data)
    try:
        last = con.execute(LAST, {"form_id": form.form_id, "period": period}).fetchall()
        ids = {"ids": [submission_id for _, submission_id, _, _ in last]}
        numbers = numbers_of(con, form, ids)
        tasks = tasks_of(con, ids)
    finally:
        con.close()
    just_before = period_before(period)
    return {
        unit_code: carry_forward(
            catalogue, form, numbers.get(submission_id, {}) if its_period == just_before else {},
            tasks.get(submission_id, ()), json.loads(cover or "{}"),
        )
        for unit_code, submission_id, its_period, cover in last
    }  # fmt: skip


def numbers_of(
    con: duckdb.DuckDBPyConnection, form: Form, ids: Mapping[str, Sequence[int]]
) -> Mapping[int, dict[Place, float]]:
    """The numbers of submissions by sheet of the form, row and column."""
    columns = {
        (column.measure, column.theme or None): (sheet.sheet, column.column_id)
        for sheet in form.sheets
        for column in sheet.columns
        if column.measure
    }
    found: dict[int, dict[Place, float]] = {}
    for submission_id, _, item_code, theme_code, measure, value in con.execute(NUMBERS, ids).fetchall():
        if (measure, theme_code) in columns:
            sheet, column_id = columns[measure, theme_code]
            found.setdefault(submission_id, {})[sheet, item_code, column_id] = value
    return found


def tasks_of(con: duckdb.DuckDBPyConnection, ids: Mapping[str, Sequence[int]]) -> Mapping[int, tuple[Task, ...]]:
    """The tasks of submissions."""
    found: dict[int, list[Task]] = {}
    for submission_id, *values in con.execute(TASKS, ids).fetchall():
        found.setdefault(submission_id, []).append(Task(*values))
    return {submission_id: tuple(those) for submission_id, those in found.items()}
