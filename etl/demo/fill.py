"""A unit's month typed into its template, as an officer does: by the headings and printed rows that are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from etl.demo.month import Month, Rows
from etl.form import SheetForm
from etl.report import Remark, Task
from etl.template.draft import YES, Draft
from etl.template.page import FIRST_ROW, ID_ROW, STATE_ROW

COVER_VALUE, COVER_ID = 3, 1


def fill(book: Workbook, draft: Draft, said: Month) -> None:
    """Type a month into a template."""
    for form in draft.form.sheets:
        if form.layout == "cover":
            fill_cover(book[form.sheet], draft, form, said.cover)
        elif form.sheet in said.nothing:
            declare_nothing(book[form.sheet], draft)
        elif form.layout == "matrix":
            fill_matrix(book[form.sheet], draft, form, said.sheets.get(form.sheet, {}))
        elif form.target == "task":
            fill_tasks(book[form.sheet], draft, form, said.tasks)
        elif form.target == "remark":
            fill_remarks(book[form.sheet], draft, form, said.remarks)


def columns_of(sheet: Worksheet) -> Mapping[str, int]:
    """The columns of a table by the ids of its hidden row."""
    return {str(cell.value): cell.column for cell in sheet[ID_ROW] if cell.value}


def rows_of(sheet: Worksheet, column: int) -> Mapping[str, int]:
    """The rows of a table by what stands in a column."""
    found = {}
    for row in range(FIRST_ROW, sheet.max_row + 1):
        value = cell_at(sheet, row, column).value
        if value is not None:
            found[str(value)] = row
    return found


def empty_rows(sheet: Worksheet, column: int) -> Iterator[int]:
    """The rows of a table in which a column is still empty."""
    return (row for row in range(FIRST_ROW, sheet.max_row + 1) if cell_at(sheet, row, column).value is None)


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell that can be typed in."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def fill_cover(sheet: Worksheet, draft: Draft, form: SheetForm, facts: Mapping[str, object]) -> None:
    """Type the lines of the cover that are not printed."""
    rows = rows_of(sheet, COVER_ID)
    for column in form.columns:
        if column.column_id in facts and column.column_id in rows:
            write(cell_at(sheet, rows[column.column_id], COVER_VALUE), draft.shown(column, facts[column.column_id]))


def declare_nothing(sheet: Worksheet, draft: Draft) -> None:
    """Answer "không phát sinh" with yes."""
    for cell in sheet[STATE_ROW]:
        if isinstance(cell.value, str) and cell.value.startswith(draft.nothing):
            cell_at(sheet, STATE_ROW, cell.column + 1).value = YES


def fill_matrix(sheet: Worksheet, draft: Draft, form: SheetForm, rows: Rows) -> None:
    """Type the numbers of printed rows, and rows that are not printed into the empty ones below."""
    columns = columns_of(sheet)
    at = columns[form.item_column]
    printed, empty = rows_of(sheet, at), empty_rows(sheet, at)
    for code, values in rows.items():
        row = printed.get(code)
        if row is None:
            row = next(empty)
            write(cell_at(sheet, row, at), code)
        for column in form.columns:
            if values.get(column.column_id) is not None:
                write(cell_at(sheet, row, columns[column.column_id]), draft.shown(column, values[column.column_id]))


def fill_tasks(sheet: Worksheet, draft: Draft, form: SheetForm, tasks: tuple[Task, ...]) -> None:
    """Bring the printed tasks up to date and add the new ones."""
    columns = columns_of(sheet)
    at = columns[form.item_column]
    printed, empty = rows_of(sheet, at), empty_rows(sheet, at)
    for task in tasks:
        row = printed.get(task.task_id) or next(empty)
        values = task._asdict()
        for column in form.columns:
            value = whole(values[column.measure])
            write(cell_at(sheet, row, columns[column.column_id]), draft.shown(column, value))


def fill_remarks(sheet: Worksheet, draft: Draft, form: SheetForm, remarks: tuple[Remark, ...]) -> None:
    """Type the remarks, one a row."""
    columns = columns_of(sheet)
    for row, remark in enumerate(remarks, start=FIRST_ROW):
        values = remark._asdict()
        for column in form.columns:
            write(cell_at(sheet, row, columns[column.column_id]), draft.shown(column, values[column.measure]))


def write(cell: Cell, value: object) -> None:
    """Type into a cell, where it does not say so already."""
    if cell.value != value:
        cell.value = value  # type: ignore[assignment]


def whole(value: object) -> object:
    """A number without a needless fraction."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
