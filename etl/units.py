"""The layout of a table with one row a unit, several units in one workbook."""

from __future__ import annotations

from collections.abc import Sequence

from etl import values
from etl.catalogue import Catalogue, Unit
from etl.cells import same_words
from etl.findings import Finding, finding
from etl.harvest import Harvest, SheetPlan, floor, is_footer, last_row
from etl.identity import suggestion, unit_of_name
from etl.lines import Line
from etl.locate import Table
from etl.records import read_record
from etl.report import Observation
from etl.sheet import Sheet, cell_name
from etl.totals import compare_total

UnitRow = tuple[str, Harvest]


def read_units(
    catalogue: Catalogue, plan: SheetPlan, sheet: Sheet, table: Table
) -> tuple[list[UnitRow], list[Finding]]:
    """The numbers of each unit's row, and findings for rows that are nobody's."""
    rows: list[UnitRow] = []
    strays: list[Finding] = []
    totals: list[int] = []
    seen: dict[str, int] = {}
    troubled = sheet.troubled_rows
    for index in range(table.first_row, last_row(sheet, table)):
        code, name = (written(sheet, table, index, column) for column in ("unit_code", "unit_name"))
        if not code and not name:
            if any(same_words(value, plan.totals) for value in sheet.rows[index]):
                totals.append(index)
            continue
        if same_words(name, plan.totals):
            totals.append(index)
            continue
        if is_footer(plan, name):
            continue
        unit, problem = unit_of_row(catalogue, code, name)
        cell = cell_name(index, table.columns.get("unit_name", table.columns.get("unit_code", 0)))
        if unit is None and not any(isinstance(value, float) for value in sheet.rows[index][place_after(table) :]):
            strays.append(finding("row_ignored", sheet=sheet.name, cell=cell, value=(name or code)[:60]))
            continue
        if unit is None:
            strays.append(
                problem._replace(sheet=sheet.name, cell=cell) if problem else finding("unit_missing", cell=cell)
            )
            continue
        if unit.unit_code in seen:
            numbers = f"{seen[unit.unit_code] + 1}, {index + 1}"
            strays.append(finding("item_twice", sheet=sheet.name, cell=cell, value=unit.full_name, expected=numbers))
            continue
        seen[unit.unit_code] = index
        rows.append((unit.unit_code, unit_row(plan, sheet, table, index, unit, sound=index not in troubled)))
    lines = [line for _, harvest in rows for line in harvest.lines]
    strays += [each for index in totals for each in compare_total(plan, sheet, table, index, lines)]
    return rows, strays


def place_after(table: Table) -> int:
    """The first column to the right of a unit's code and name."""
    return max(table.columns.get("unit_code", 0), table.columns.get("unit_name", 0)) + 1


def written(sheet: Sheet, table: Table, index: int, column_id: str) -> str:
    """What a row says in a column, as text."""
    place = table.columns.get(column_id)
    return values.text(sheet.cell(index, place)) if place is not None else ""


def unit_of_row(catalogue: Catalogue, code: str, name: str) -> tuple[Unit | None, Finding | None]:
    """The unit of a row: code and name must mean the same one where both are given."""
    named = [unit for unit in unit_of_name(catalogue, name) if unit.valid_to is None] if name else []
    if code and catalogue.has_unit(code):
        unit = catalogue.unit(code)
        if name and named and unit not in named:
            return None, finding("unit_disagrees", value=f"{unit.full_name} ({code}) / {name}")
        return unit, None
    if code:
        return None, finding("unit_unknown", value=code, suggestion=suggestion(catalogue, name))
    if len(named) == 1:
        return named[0], None
    if named:
        those = ", ".join(f"{unit.full_name} ({unit.unit_code})" for unit in named)
        return None, finding("unit_ambiguous", value=name, expected=those)
    return None, finding("unit_unknown", value=name, suggestion=suggestion(catalogue, name))


def unit_row(plan: SheetPlan, sheet: Sheet, table: Table, index: int, unit: Unit, *, sound: bool) -> Harvest:
    """One unit's numbers, with those the form works out from others."""
    harvest = Harvest()
    read_record(harvest, plan, sheet, index, floor(plan, table), sound=sound)
    for line in harvest.lines:
        harvest.observations.extend(observations(plan, line))
    harvest.findings = [each._replace(row_label=unit.full_name) for each in harvest.findings]
    harvest.lines = [line._replace(label=unit.full_name, item_code=unit.unit_code) for line in harvest.lines]
    return harvest


def observations(plan: SheetPlan, line: Line) -> Sequence[Observation]:
    """The numbers of a row, each with its cell; a computed one with the cells it comes from."""
    found = []
    for column_id, column in plan.columns.items():
        measure = column.column.measure
        if not measure:
            continue
        if column.type == "computed":
            parts = [part.strip() for part in column.column.formula.split("+")]
            numbers = [value for part in parts if isinstance(value := line.values.get(part), float)]
            if len(numbers) == len(parts):
                cell = "+".join(line.cell(part) for part in parts)
                found.append(Observation(line.sheet, column.column.item, None, measure, sum(numbers), cell))
        elif isinstance(value := line.values.get(column_id), float):
            cell = line.cell(column_id)
            found.append(Observation(line.sheet, column.column.item, column.column.theme or None, measure, value, cell))
    return found
