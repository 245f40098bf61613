"""How a careless officer types: numbers as text, a column moved, signatures under a table. All of it can be read."""

from __future__ import annotations

import datetime as dt
from random import Random

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.demo.fill import cell_at, columns_of
from etl.form import SheetForm
from etl.template.draft import Draft
from etl.template.page import FIRST_ROW, LABEL_ROW

NEIGHBOURS = (("reach", "interactions"), ("in_period", "cumulative"), ("evidence", "obstacle"))


def roughen(book: Workbook, draft: Draft, dice: Random) -> None:
    """Do a few of the careless things, at least one."""
    ways = (numbers_as_text, dates_as_text, percent_signs, dashes, moved_column, signature)
    for way in dice.sample(ways, dice.randint(1, 3)):
        for form in draft.form.sheets:
            if form.layout in ("matrix", "records"):
                way(book[form.sheet], form, dice)


def numbers_as_text(sheet: Worksheet, form: SheetForm, dice: Random) -> None:
    """1234 typed as "1.234", in a few cells."""
    for column in typed(sheet, form, "int"):
        for row in range(FIRST_ROW, sheet.max_row + 1):
            cell = cell_at(sheet, row, column)
            if isinstance(cell.value, int) and cell.value >= 1_000 and dice.random() < 0.15:
                cell.value = f"{cell.value:,}".replace(",", ".")


def dates_as_text(sheet: Worksheet, form: SheetForm, dice: Random) -> None:
    """A date typed as text, the day first."""
    for column in typed(sheet, form, "date"):
        for row in range(FIRST_ROW, sheet.max_row + 1):
            cell = cell_at(sheet, row, column)
            if isinstance(cell.value, dt.date) and dice.random() < 0.3:
                cell.value = f"{cell.value:%d/%m/%Y}"


def percent_signs(sheet: Worksheet, form: SheetForm, dice: Random) -> None:
    """85 typed as "85,0%"."""
    for column in typed(sheet, form, "percent"):
        for row in range(FIRST_ROW, sheet.max_row + 1):
            cell = cell_at(sheet, row, column)
            if isinstance(cell.value, int) and 0 < cell.value < 100 and dice.random() < 0.5:
                cell.value = f"{cell.value},0%"


def dashes(sheet: Worksheet, form: SheetForm, dice: Random) -> None:
    """A dash for nothing, where nothing had to stand."""
    columns = columns_of(sheet)
    for column in form.columns:
        if column.type == "int" and not column.required and column.column_id in columns:
            for row in range(FIRST_ROW, FIRST_ROW + len(form.items)):
                cell = cell_at(sheet, row, columns[column.column_id])
                if cell.value is None and not cell.protection.locked and dice.random() < 0.2:
                    cell.value = dice.choice(("-", "–"))


def moved_column(sheet: Worksheet, form: SheetForm, dice: Random) -> None:
    """Two neighbouring columns in each other's place, heading, id and all."""
    columns = columns_of(sheet)
    for one, other in NEIGHBOURS:
        if one not in columns or other not in columns:
            continue
        for row in range(LABEL_ROW, sheet.max_row + 1):
            left, right = cell_at(sheet, row, columns[one]), cell_at(sheet, row, columns[other])
            left.value, right.value = right.value, left.value


def signature(sheet: Worksheet, form: SheetForm, dice: Random) -> None:
    """Who made the table, and who signs it, under a table of numbers."""
    if form.layout == "matrix" and not form.open_rows and dice.random() < 0.5:
        last = sheet.max_row + 2
        cell_at(sheet, last, 2).value = "NGƯỜI LẬP BIỂU"
        cell_at(sheet, last, 4).value = "THỦ TRƯỞNG ĐƠN VỊ"


def typed(sheet: Worksheet, form: SheetForm, kind: str) -> list[int]:
    """The columns of a type."""
    columns = columns_of(sheet)
    return [columns[column.column_id] for column in form.columns if column.type == kind and column.column_id in columns]
