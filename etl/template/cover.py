"""The cover: one line a fact, what is known already printed and locked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from openpyxl.worksheet.worksheet import Worksheet

from etl.calendar import Period
from etl.catalogue import Unit
from etl.form import Column, SheetForm
from etl.template.cover_plan import CoverPlan, plan_cover
from etl.template.draft import VALUE_COLUMN, Draft, cover_rows
from etl.template.drawing import STAR
from etl.template.look import format_of, look
from etl.template.page import (
    FIRST_ROW,
    ID_ROW,
    LABEL_ROW,
    STATE_ROW,
    TITLE_ROW,
    finish,
    height,
    put,
    put_merged,
    set_height,
    set_least_height,
    set_width,
)
from etl.template.stamps import due_in_words, span_in_words
from etl.template.tally import line_of

HEADINGS = (("column_id", "Mã dòng", 12.0), ("label", "Nội dung", 46.0), ("value", "Điền vào cột này", 44.0),
            ("unit", "Đơn vị tính", 16.0), ("guide", "Giải thích", 62.0))  # fmt: skip
ID_COLUMN, LABEL, VALUE, UNIT, GUIDE = range(1, 6)


def write_cover(
    draft: Draft, form: SheetForm, sheet: Worksheet, unit: Unit, period: Period, stamped: Mapping[str, object],
    known: Mapping[str, object],
) -> CoverPlan:  # fmt: skip
    """Write the cover. `stamped`: what is printed and locked; `known`: what is filled in and may be changed."""
    heads(draft, form, sheet, unit, period)
    plan = plan_cover(draft, form, frozenset(stamped))
    for column_id, row in cover_rows(form).items():
        column = form.column(column_id)
        write_line(draft, plan, sheet, row, column, {**known, **stamped}.get(column_id), locked=column_id in stamped)
    sheet.data_validations, sheet.conditional_formatting = plan.checks, plan.colours
    sheet.column_dimensions["A"].hidden = True
    last = FIRST_ROW + len(form.columns) - 1
    free = [row for column_id, row in cover_rows(form).items() if column_id not in stamped]
    finish(sheet, freeze=f"A{FIRST_ROW}", active=f"{VALUE_COLUMN}{free[0] if free else FIRST_ROW}",
           last_column=GUIDE, last_row=last)  # fmt: skip
    return plan


def heads(draft: Draft, form: SheetForm, sheet: Worksheet, unit: Unit, period: Period) -> None:
    """Title, due day, how far the cover and the workbook are, and headings."""
    title = f"{draft.form.title}\n{unit.full_name} — {period.name}\nSố liệu {span_in_words(period)}"
    put(sheet, TITLE_ROW, ID_COLUMN, None, look("title"))
    put_merged(sheet, TITLE_ROW, LABEL, UNIT, title, look("title"))
    put(sheet, TITLE_ROW, GUIDE, f"Hạn nộp: {due_in_words(period)}", look("strong"))
    set_height(sheet, TITLE_ROW, 64)
    put_merged(sheet, STATE_ROW, LABEL, GUIDE, line_of(draft.form, form.sheet), look("state", align="top"))
    set_height(sheet, STATE_ROW, 46)
    for index, (column_id, label, width) in enumerate(HEADINGS, start=1):
        put(
            sheet,
            LABEL_ROW,
            index,
            label,
            look("head_required" if column_id == "value" else "head_optional", align="center"),
        )
        put(sheet, ID_ROW, index, column_id, look("last"))
        set_width(sheet, index, width)
    set_height(sheet, LABEL_ROW, 22)
    sheet.row_dimensions[ID_ROW].hidden = True


def write_line(
    draft: Draft, plan: CoverPlan, sheet: Worksheet, row: int, column: Column, value: object, *, locked: bool
) -> None:
    """One line of the cover."""
    required = draft.required(column)
    label = column.label + (STAR if required and not locked else "")
    shown = draft.shown(column, value)
    put(sheet, row, ID_COLUMN, column.column_id, look("last"))
    put(sheet, row, LABEL, label, look("label"))
    put(sheet, row, VALUE, shown, look("stamp" if locked else "input", format_of(column), locked=locked))
    put(sheet, row, UNIT, "" if column.type == "date" else column.unit, look("label", align="center"))
    put(sheet, row, GUIDE, plan.said.rows.get(row, column.note), look("note", align="left"))
    text = shown if isinstance(shown, str) else ""
    set_least_height(sheet, row, height((label, 46), (text, 44), (column.note, 62), (plan.longest.get(row, ""), 62)))


def as_written(column: Column, value: object) -> object:
    """A fact of last month as this month's cell takes it: whole numbers without a fraction."""
    if isinstance(value, float) and value.is_integer() and column.type != "yesno":
        return int(value)
    if isinstance(value, dt.datetime):
        return value.date()
    return value
