"""What a file says that the version in force does not say, cell by cell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import duckdb

from etl.catalogue import Catalogue
from etl.form import Form
from etl.report import Observation, Remark, Report, ReportKey, Task


class Change(NamedTuple):
    """One cell that says something else than in the version in force; nothing on one side stands as None."""

    unit_code: str
    sheet: str
    cell: str
    row: str
    column: str
    old: object
    new: object


class Names(NamedTuple):
    """What the places of a form are called."""

    column: Mapping[tuple[str, str | None], str]
    """measure and theme_code -> heading."""
    row: Mapping[str, str]
    """item_code -> name."""
    task: Mapping[str, str]
    """field of a task -> heading."""
    cover: Mapping[str, str]
    """column_id of what the cover says beside numbers -> label."""


class Facts(NamedTuple):
    """What the version in force of a report says."""

    observations: list[Observation]
    tasks: list[Task]
    remarks: list[Remark]
    cover: Mapping[str, object]


SIGNATURES = frozenset({"submission_no"})
"""What the cover says of the file, not of the unit."""


def names_of(form: Form) -> Names:
    """The names of a form's places."""
    columns = [(sheet, column) for sheet in form.sheets for column in sheet.columns]
    return Names(
        column={(column.measure, column.theme or None): column.label for sheet, column in columns
                if column.measure and sheet.target == "observation"},
        row={item.code: item.name for sheet in form.sheets for item in sheet.items},
        task={column.measure: column.label for sheet, column in columns if column.measure and sheet.target == "task"},
        cover={column.column_id: column.label for sheet, column in columns
               if sheet.layout == "cover" and not column.measure and column.column_id not in SIGNATURES},
    )  # fmt: skip


CURRENT = """
    select unit_code, period, form_id, submission_id, cover
    from current_submission
    where unit_code in (select unnest($units)) and period in (select unnest($periods))
"""


def differences(con: duckdb.DuckDBPyConnection, catalogue: Catalogue, reports: Sequence[Report]) -> list[Change]:
    """The cells in which reports differ from their versions in force, in the order of the sheets; of a report without
    one, none.
    """
    held = current_facts(con, reports)
    names = {form_id: names_of(catalogue.form(form_id)) for form_id in {report.form_id for report in reports}}
    return [
        change
        for report in reports if report.key in held
        for change in changes(names[report.form_id], report, held[report.key])
    ]  # fmt: skip


def changes(names: Names, report: Report, held: Facts) -> Iterator[Change]:
    """The changes of one report: cover, numbers, tasks, words."""
    yield from cover_changes(names, report, held.cover)
    yield from number_changes(names, report, held.observations)
    yield from task_changes(names, report, held.tasks)
    yield from remark_changes(report, held.remarks)


def current_facts(con: duckdb.DuckDBPyConnection, reports: Sequence[Report]) -> dict[ReportKey, Facts]:
    """What the versions in force say."""
    wanted = {report.key for report in reports}
    asked = {"units": sorted({key[0] for key in wanted}), "periods": sorted({key[1] for key in wanted})}
    rows = [row for row in con.execute(CURRENT, asked).fetchall() if row[:3] in wanted]
    found = {number: Facts([], [], [], json.loads(cover or "{}")) for *_, number, cover in rows}
    numbers = {"numbers": list(found)}
    for number, *fact in con.execute(facts_of("observation", Observation._fields), numbers).fetchall():
        found[number].observations.append(Observation._make(fact))
    for number, *fact in con.execute(facts_of("task", Task._fields), numbers).fetchall():
        found[number].tasks.append(Task._make(fact))
    for number, *fact in con.execute(facts_of("remark", Remark._fields), numbers).fetchall():
        found[number].remarks.append(Remark._make(fact))
    return {(unit, period, form): found[number] for unit, period, form, number, _ in rows}


def facts_of(table: str, fields: Sequence[str]) -> str:
    """Asks for the facts of some submissions."""
    return f"select submission_id, {', '.join(fields)} from {table} where submission_id in (select unnest($numbers))"


def cover_changes(names: Names, report: Report, old: Mapping[str, object]) -> Iterator[Change]:
    """What the first sheet says otherwise, but for its numbers."""
    new: Mapping[str, object] = json.loads(json.dumps(dict(report.cover), ensure_ascii=False, default=str))
    for column_id, label in names.cover.items():
        if old.get(column_id) != new.get(column_id):
            yield Change(report.unit_code, "", "", label, "", old.get(column_id), new.get(column_id))


def number_changes(names: Names, report: Report, old: Sequence[Observation]) -> Iterator[Change]:
    """Numbers that are others now, that came, and that are gone; a number "not applicable" is KAD."""

    def place(one: Observation) -> tuple[str, str, str | None]:
        return one.measure, one.item_code, one.theme_code

    before, now = {place(one): one for one in old}, {place(one): one for one in report.observations}
    for key in [*now, *(key for key in before if key not in now)]:
        was, new = before.get(key), now.get(key)
        at = new or was
        assert at is not None
        if was is None or new is None or was.value != new.value:
            yield Change(
                report.unit_code, at.sheet, at.cell, names.row.get(at.item_code, at.item_code),
                column_name(names, at), written(was), written(new),
            )  # fmt: skip


def column_name(names: Names, one: Observation) -> str:
    """The heading of a number."""
    known = names.column.get((one.measure, one.theme_code)) or names.column.get((one.measure, None))
    return known or one.measure


def written(one: Observation | None) -> object:
    """A number as it stands in its cell, None where there is none."""
    if one is None:
        return None
    return "KAD" if one.value is None else one.value


def task_changes(names: Names, report: Report, old: Sequence[Task]) -> Iterator[Change]:
    """Tasks that came or are gone, and what is said otherwise of the others."""
    before, now = {one.task_id: one for one in old}, {one.task_id: one for one in report.tasks}
    for task_id in [*now, *(one for one in before if one not in now)]:
        was, new = before.get(task_id), now.get(task_id)
        at = new or was
        assert at is not None
        sheet, _, cell = at.cell.rpartition("!")
        if was is None or new is None:
            title = was and was.title, new and new.title
            yield Change(report.unit_code, sheet, cell, task_id, names.task.get("title", ""), *title)
            continue
        for field, heading in names.task.items():
            said = getattr(was, field, None), getattr(new, field, None)
            if said[0] != said[1]:
                yield Change(report.unit_code, sheet, cell, f"{task_id} {at.title or ''}".strip(), heading, *said)


def remark_changes(report: Report, old: Sequence[Remark]) -> Iterator[Change]:
    """Words that came, and words that are gone."""
    before, now = {one.text: one for one in old}, {one.text: one for one in report.remarks}
    for text in [*now, *(text for text in before if text not in now)]:
        if (text in before) != (text in now):
            sheet, _, cell = (now.get(text) or before[text]).cell.rpartition("!")
            yield Change(
                report.unit_code, sheet, cell, "", "", text if text in before else None, text if text in now else None
            )
