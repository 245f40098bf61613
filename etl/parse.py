"""From a workbook's cells to reports: which form, whose, which period, and every number with its cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from etl.cover import read_cover
from etl.faults import FAULTS
from etl.findings import Finding, finding
from etl.form import Form
from etl.harvest import NUMBERS, Harvest, SheetPlan
from etl.identity import Choice, titles, when, who
from etl.lines import Line
from etl.locate import Table, find_table, table_by_ids
from etl.matrix import read_matrix
from etl.oddities import lost_tones, nothing_declared, structure_findings, workbook_notes
from etl.prepare import FormPlan, Prepared
from etl.recognise import recognise, stamped_kind
from etl.records import read_records
from etl.register import remarks, tasks, tasks_of_others
from etl.report import Observations, Report
from etl.selfcheck import without_checks
from etl.sheet import Sheet, Workbook, cell_name
from etl.timing import last_day_received, time_problems
from etl.units import read_units

BLANK = FAULTS["required_blank"].rule_id


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a workbook turned out to be. Without reports, `findings` say why."""

    form_id: str = ""
    reports: tuple[Report, ...] = ()
    lines: tuple[tuple[Line, ...], ...] = ()
    """For each report, its rows as the rules see them."""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """A workbook, when it came, and what its sender said of it."""

    workbook: Workbook
    received_at: dt.datetime
    choice: Choice


def parse(prepared: Prepared, workbook: Workbook, received_at: dt.datetime, choice: Choice) -> Parsed:
    """Read a workbook as one of the catalogue's forms."""
    form, sheets, problems = recognise(prepared, workbook)
    if form is None:
        return Parsed(findings=tuple(problems))
    arrival = Arrival(workbook, received_at, choice)
    if any(sheet.layout == "units" for sheet in form.sheets):
        return parse_units(prepared, form, sheets, arrival, problems)
    return parse_report(prepared, form, sheets, arrival, problems)


def parse_report(
    prepared: Prepared, form: Form, sheets: Mapping[str, Sheet], arrival: Arrival, problems: Sequence[Finding]
) -> Parsed:
    """A workbook of one unit and period."""
    cover_form = next(sheet for sheet in form.sheets if sheet.layout == "cover")
    cover_sheet = sheets.get(cover_form.sheet)
    if cover_sheet is None:
        return Parsed(form.form_id, findings=(finding("sheet_missing", value=cover_form.sheet),))
    plan = prepared.plan(form, stamped_kind(prepared, form, cover_sheet))
    assert plan.cover is not None
    cover, said, cells = read_cover(plan.cover, cover_sheet)
    tables = {name: find_table(part.form, sheets[name]) for name, part in plan.tables.items() if name in sheets}
    above = dict.fromkeys(titles(cover_sheet, table_by_ids(cover_form, cover_sheet.rows)), cover_sheet.name)
    headings = dict(table_titles(sheets, tables)) | above
    unit_code, period, doubts = identify(prepared, form, said, cells, headings, arrival)
    doubts = [placed(each, cover_sheet.name) for each in doubts]
    if any(each.severity == "error" for each in doubts):
        return Parsed(form.form_id, findings=(*problems, *doubts))
    whole = f"{cover_sheet.name}!{cells['nothing_to_report']}" if said.get("nothing_to_report") is True else ""
    harvests, nothing = read_tables(plan, sheets, tables, whole)
    found = [*problems, *doubts, *workbook_notes(arrival.workbook), *cover.findings]
    found += [*chain.from_iterable(one.findings for one in harvests), *lost_tones(harvests)]
    everything = [cover, *harvests]
    register = tuple(tasks(plan, harvests))
    found += tasks_of_others(prepared.catalogue, register, unit_code)
    report = Report(
        form.form_id,
        unit_code,
        period,
        Observations.of(chain.from_iterable(one.observations for one in everything)),
        register,
        tuple(remarks(plan, harvests)),
        said,
        tuple(found),
        ("*",) if whole else tuple(nothing),
        sum(one.required for one in everything),
        sum(one.filled for one in everything),
    )
    return Parsed(form.form_id, (report,), (tuple(chain.from_iterable(one.lines for one in everything)),))


def identify(
    prepared: Prepared, form: Form, said: Mapping[str, object], cells: Mapping[str, str], headings: Mapping[str, str],
    arrival: Arrival,
) -> tuple[str, str, list[Finding]]:  # fmt: skip
    """Unit and period, and what stands against them."""
    name = arrival.workbook.file_name
    unit_code, of_unit = who(prepared.catalogue, said, cells, headings, name, arrival.choice)
    period, of_period = when(said, cells, headings, name, arrival.choice)
    found = [*of_unit, *of_period]
    if unit_code and period:
        found += time_problems(prepared, form, unit_code, period, said, cells, arrival.received_at)
    return unit_code, period, found


def table_titles(sheets: Mapping[str, Sheet], tables: Mapping[str, Table | None]) -> Iterator[tuple[str, str]]:
    """The titles above every table with its sheet, so that one copied from another month or unit is noticed."""
    for name, table in tables.items():
        yield from ((text, sheets[name].name) for text in titles(sheets[name], table))


def placed(each: Finding, sheet: str) -> Finding:
    """A finding with the sheet its cell is on."""
    return each._replace(sheet=sheet) if each.cell and not each.sheet else each


def read_tables(
    plan: FormPlan, sheets: Mapping[str, Sheet], tables: Mapping[str, Table | None], nothing_at_all: str
) -> tuple[list[Harvest], list[str]]:
    """Every table of the form, and the sheets declared to have nothing to report."""
    harvests: list[Harvest] = []
    nothing: list[str] = []
    for name, part in plan.tables.items():
        sheet = sheets.get(name)
        table = tables.get(name)
        if sheet is None:
            if part.form.required and not nothing_at_all:
                harvests.append(Harvest(findings=[finding("sheet_missing", value=name)]))
            elif not nothing_at_all:
                harvests.append(Harvest(findings=[finding("sheet_left_out", value=name)]))
            continue
        if table is None:
            if not part.form.required and not any(cell != "" for row in sheet.rows for cell in row):
                harvests.append(Harvest(findings=[finding("sheet_left_out", value=name)]))
            else:
                headings = ", ".join(column.label for column in part.form.columns[:4])
                harvests.append(Harvest(findings=[finding("heading_missing", sheet=sheet.name, expected=headings)]))
            continue
        sheet = without_checks(sheet, table)
        declared = nothing_declared(part, sheet, table) or nothing_at_all
        if declared and declared != nothing_at_all:
            nothing.append(name)
        harvest = LAYOUTS[part.form.layout](part, sheet, table, declared)
        if not (declared or harvest.filled or harvest.observations):
            say_once_that_blank(part, sheet, table, harvest)
        harvest.findings[:0] = structure_findings(part, sheet, table)
        harvest.findings += contradicted(part, sheet, harvest, declared)
        harvests.append(harvest)
    return harvests, nothing


def contradicted(part: SheetPlan, sheet: Sheet, harvest: Harvest, declared: str) -> Iterator[Finding]:
    """A finding where "nothing to report" is declared above, or for, a table that says that something happened."""
    if not declared or part.form.layout != "matrix":
        return
    flows = {column_id for column_id, column in part.columns.items() if column.column.kind == "flow"}
    happened = [
        line.cell(column_id)
        for line in harvest.lines
        for column_id, value in line.values.items()
        if column_id in flows and isinstance(value, float) and value > 0
    ]
    if happened:
        where, _, cell = declared.rpartition("!")
        yield finding(
            "nothing_contradicted", sheet=where or sheet.name, cell=cell, row=sheet.name, value=len(happened),
            first=happened[0],
        )  # fmt: skip


def say_once_that_blank(part: SheetPlan, sheet: Sheet, table: Table, harvest: Harvest) -> None:
    """One finding for a sheet of printed rows nobody filled, in the place of one for each of its cells."""
    must = bool(harvest.findings) or part.form.required
    if part.form.layout != "matrix" or not must or any(each.rule_id != BLANK for each in harvest.findings):
        return
    numbers = [place for column_id, place in table.columns.items() if part.columns[column_id].type in NUMBERS]
    first = harvest.findings[0].cell if harvest.findings else cell_name(table.first_row, min(numbers, default=0))
    harvest.findings[:] = [finding("sheet_blank", sheet=sheet.name, cell=first)]
    harvest.lines.clear()


def records_layout(part: SheetPlan, sheet: Sheet, table: Table, nothing: str) -> Harvest:
    """Typed rows; a declaration of nothing only says that there are none."""
    return read_records(part, sheet, table)


LAYOUTS: Mapping[str, Callable[[SheetPlan, Sheet, Table, str], Harvest]] = {
    "matrix": read_matrix,
    "records": records_layout,
}


def parse_units(
    prepared: Prepared, form: Form, sheets: Mapping[str, Sheet], arrival: Arrival, stray: Sequence[Finding]
) -> Parsed:
    """A workbook with one row a unit: one report each."""
    plan = prepared.plan(form, "")
    name, part = next((name, part) for name, part in plan.tables.items() if part.form.layout == "units")
    sheet = sheets[name]
    table = find_table(part.form, sheet)
    if table is None:
        headings = ", ".join(column.label for column in part.form.columns[:4])
        return Parsed(form.form_id, findings=(finding("heading_missing", sheet=sheet.name, expected=headings),))
    sheet = without_checks(sheet, table)
    headings_above = dict.fromkeys(titles(sheet, table), sheet.name)
    period_id, problems = when({}, {}, headings_above, arrival.workbook.file_name, arrival.choice)
    if not period_id:
        return Parsed(form.form_id, findings=tuple(problems))
    period = prepared.period(period_id, form.convention)
    if period is None or period.date_to > last_day_received(prepared, arrival.received_at):
        return Parsed(form.form_id, findings=(finding("period_future", value=period_id, expected=""),))
    shared = (*stray, *structure_findings(part, sheet, table), *workbook_notes(arrival.workbook))
    rows, strays = read_units(prepared.catalogue, part, sheet, table)
    reports = []
    lines = []
    for unit_code, harvest in rows:
        reports.append(
            Report(form.form_id, unit_code, period_id, Observations.of(harvest.observations),
                   findings=(*shared, *harvest.findings),
                   cells_required=harvest.required, cells_filled=harvest.filled)
        )  # fmt: skip
        lines.append(tuple(harvest.lines))
    return Parsed(form.form_id, tuple(reports), tuple(lines), tuple(strays))
