"""One workbook: a form, stamped for a unit and a period, with what is known from before."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from etl.calendar import Period
from etl.catalogue import Catalogue, Unit
from etl.form import Form, Item, SheetForm
from etl.template.before import Before, seed_tasks
from etl.template.cover import as_written, write_cover
from etl.template.cover_plan import CoverPlan
from etl.template.draft import VALUE_COLUMN, Draft, cover_name, cover_rows, draft_of
from etl.template.guide import write_guide
from etl.template.lists import write_lists
from etl.template.look import BLUE, LINE, WRONG_INK, new_workbook
from etl.template.plan import TablePlan
from etl.template.stamps import TO_BEGIN_WITH, stamps
from etl.template.table import write_table
from etl.template.tally import Tally, define, write_tally

SPARE_LISTS = "DANH_MUC"
"""Where a form without a sheet of lists keeps them, hidden."""


def write_template(catalogue: Catalogue, form: Form, unit: Unit, period: Period, before: Before) -> Workbook:
    """The workbook of a form for a unit and a period. Without tasks from before, the catalogue's are printed."""
    draft = draft_of(catalogue, form, unit, period.period)
    if not before.tasks:
        before = Before(seed_tasks(catalogue, unit), before.numbers, before.beside, before.cover)
    book = new_workbook()
    book.properties.title = f"{form.form_id} {unit.unit_code} {period.period}"
    book.properties.creator = catalogue.settings.get("authority", form.form_id)
    book.properties.created = dt.datetime.combine(period.date_to, dt.time())
    tallies: list[Tally] = []
    for part in form.sheets:
        sheet = book.create_sheet(part.sheet)
        sheet.sheet_properties.tabColor = tab_colour(part)
        plan = write_sheet(draft, book, sheet, part, unit, period, before)
        if plan is not None:
            tallies.append(plan.tally)
            for name, formula in plan.said.names.items():
                define(book, name, formula)
    if draft.lists and not any(part.layout == "lists" for part in form.sheets):
        spare = book.create_sheet(SPARE_LISTS)
        spare.sheet_state = "hidden"
        write_lists(draft, book, spare, "")
    write_tally(draft, book, tallies)
    book.active = 0
    return book


def write_sheet(
    draft: Draft, book: Workbook, sheet: Worksheet, part: SheetForm, unit: Unit, period: Period, before: Before
) -> CoverPlan | TablePlan | None:
    """One sheet, by its layout; gives the plan of one that is filled in."""
    match part.layout:
        case "guide":
            write_guide(draft, sheet, unit, period, part.intro)
        case "cover":
            printed = stamps(draft.catalogue, draft.form, unit, period)
            stamped = {
                column.column_id: printed[column.column_id] for column in part.columns if column.column_id in printed
            }
            known = {column.column_id: as_written(column, value) for column in part.columns
                     if (value := {**TO_BEGIN_WITH, **before.cover}.get(column.column_id)) is not None}  # fmt: skip
            name_cells(draft, book, part)
            return write_cover(draft, part, sheet, unit, period, stamped, known)
        case "lists":
            write_lists(draft, book, sheet, part.intro)
        case "units":
            return write_table(draft, one_row_a_unit(draft.catalogue, part, period), sheet, unit, period, Before())
        case _:
            return write_table(draft, part, sheet, unit, period, before)
    return None


def one_row_a_unit(catalogue: Catalogue, part: SheetForm, period: Period) -> SheetForm:
    """A sheet of many units with a printed row for each unit of the period."""
    there = [unit for unit in catalogue.units if unit.active(period.date_from, period.date_to)]
    return replace(part, items=tuple(Item(unit.unit_code, unit.full_name) for unit in there))


def name_cells(draft: Draft, book: Workbook, cover: SheetForm) -> None:
    """Give each value of the cover that rules of other sheets ask for the name they call it by."""
    for column_id, row in cover_rows(cover).items():
        if column_id not in draft.asked_of_cover:
            continue
        name = cover_name(column_id)
        book.defined_names[name] = DefinedName(name, attr_text=f"'{cover.sheet}'!${VALUE_COLUMN}${row}")


def tab_colour(part: SheetForm) -> str:
    """The colour of a sheet's tab: red where it must be filled, blue where it may, grey where nothing is filled."""
    if part.layout in ("guide", "lists"):
        return LINE
    return WRONG_INK if part.required else BLUE
