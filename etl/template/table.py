"""A table to be filled: title, headings, printed rows, last month's tasks and numbers, empty rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby

from openpyxl.worksheet.worksheet import Worksheet

from etl import selfcheck
from etl.calendar import Period
from etl.catalogue import Unit
from etl.form import Form, SheetForm
from etl.report import Task
from etl.template.before import Before
from etl.template.draft import Draft
from etl.template.drawing import DrawnRow, is_printed
from etl.template.look import look
from etl.template.page import (
    FIRST_ROW,
    ID_ROW,
    LABEL_ROW,
    LINE_HEIGHT,
    STATE_ROW,
    TITLE_ROW,
    finish,
    height,
    lines,
    put,
    put_merged,
    set_height,
    set_least_height,
    set_width,
)  # fmt: skip
from etl.template.plan import TablePlan, plan_table
from etl.template.tally import line_of

READABLE_WIDTH = 210.0
"""Characters across one printed page; a wider table goes over two."""
GROUP_ROOM = 18.0
DECLARATION_WIDTH = 14.0
SAID_WIDTH = 60.0
LONGEST_STATE = "Tự kiểm tra: Còn thiếu 10 ô, sai 10 ô. Dòng 10 (K0101) – SAI: "
LEAST_LINES, MOST_LINES = 3, 4
"""Of the line under the title: all of it stands at the right of the row that is wrong."""


def write_table(
    draft: Draft, form: SheetForm, sheet: Worksheet, unit: Unit, period: Period, before: Before
) -> TablePlan:
    """Write one table of the form; gives the plan it was written by."""
    tasks = before.tasks if form.target == "task" else ()
    last_columns = frozenset(column_id for name, _, column_id in before.beside if name == form.sheet)
    plan = plan_table(draft, form, len(tasks) + form.open_rows, last_columns)
    write_head(draft, plan, sheet, unit, period)
    now, last = cells_of(form, before.numbers), cells_of(form, before.beside)
    for index, drawn in enumerate(plan.rows):
        known = task_values(draft, form, tasks[index]) if index < len(tasks) else {}
        write_row(sheet, FIRST_ROW + index, drawn, form.item_column, known, now, last)
    for row, said in plan.said.rows.items():
        put(sheet, row, plan.said_at, said, look("said"))
    merge_groups(draft, plan, sheet)
    sheet.data_validations, sheet.conditional_formatting = plan.checks, plan.colours
    width = sum(slot.width for slot in plan.slots)
    finish(
        sheet, freeze=f"{plan.slots[min(plan.frozen, len(plan.slots) - 1)].letter}{FIRST_ROW}",
        active=f"{first_free(plan)}{FIRST_ROW}", last_column=plan.last_column,
        last_row=plan.last_row, repeat_columns=plan.frozen, pages_wide=1 if width <= READABLE_WIDTH else 2,
    )  # fmt: skip
    return plan


def cells_of(form: SheetForm, numbers: Mapping[tuple[str, str, str], float]) -> Mapping[tuple[str, str], float]:
    """The numbers of one sheet by item and column."""
    return {(item, column_id): value for (sheet, item, column_id), value in numbers.items() if sheet == form.sheet}


def first_free(plan: TablePlan) -> str:
    """The first column to be filled."""
    free = (slot.letter for slot in plan.slots if slot.what == "column" and not is_printed(plan.form, slot.column))
    return next(free, "A")


def write_head(draft: Draft, plan: TablePlan, sheet: Worksheet, unit: Unit, period: Period) -> None:
    """Title, declaration of nothing to report, headings and the hidden row of ids."""
    title = f"{numbered(plan.form)} — {unit.full_name} — {period.name}"
    write_title(plan, sheet, title)
    write_state(draft.form, plan, sheet)
    if plan.nothing_at:
        at = plan.title_columns + 1
        put(sheet, STATE_ROW, at, f"{draft.nothing} trong kỳ:", look("label", align="right"))
        put(sheet, STATE_ROW, at + 1, None, look("input", align="center", locked=False))
        for beyond in range(len(plan.slots) + 1, at + 2):
            set_width(sheet, beyond, DECLARATION_WIDTH)
    put(sheet, LABEL_ROW, plan.said_at, selfcheck.HEADING, look("head_last", align="center"))
    put(sheet, ID_ROW, plan.said_at, selfcheck.COLUMN_ID, look("last"))
    set_width(sheet, plan.said_at, SAID_WIDTH)
    for index, (slot, drawn) in enumerate(zip(plan.slots, plan.headings, strict=True), start=1):
        last_day = period.date_from - dt.timedelta(days=1)
        put(sheet, LABEL_ROW, index, last_day if slot.what == "last" else drawn.text, drawn.style)
        put(sheet, ID_ROW, index, slot.column.column_id if slot.what == "column" else None, look("last"))
        set_width(sheet, index, slot.width)
    set_height(sheet, LABEL_ROW, plan.heading_height)
    sheet.row_dimensions[ID_ROW].hidden = True


def numbered(form: SheetForm) -> str:
    """A sheet's title in capitals, after the number its name begins with: "2. TUYÊN TRUYỀN"."""
    number = form.sheet.split("_", 1)[0]
    return f"{number}. {form.title.upper()}" if number.isdigit() else form.title.upper()


def write_title(plan: TablePlan, sheet: Worksheet, title: str) -> None:
    """The title."""
    put_merged(sheet, TITLE_ROW, 1, plan.title_columns, title, look("title"))
    set_height(sheet, TITLE_ROW, lines(title, title_width(plan) * 0.75) * 19.0 + 8)


def write_state(form: Form, plan: TablePlan, sheet: Worksheet) -> None:
    """Under the title, always in sight: how far the sheet is and what is wrong first, or what the sheet is for."""
    put_merged(sheet, STATE_ROW, 1, plan.title_columns, line_of(form, plan.form.sheet), look("state", align="top"))
    said = max(lines(f"{LONGEST_STATE}{text}", title_width(plan)) for text in (plan.form.intro, *plan.sentences))
    set_height(sheet, STATE_ROW, min(max(said, LEAST_LINES), MOST_LINES) * LINE_HEIGHT + 4)


def title_width(plan: TablePlan) -> float:
    """The width of the title, in characters."""
    return sum(slot.width for slot in plan.slots[: plan.title_columns])


def write_row(
    sheet: Worksheet, row: int, drawn: DrawnRow, item_column: str, known: Mapping[str, object],
    now: Mapping[tuple[str, str], float], last: Mapping[tuple[str, str], float],
) -> None:  # fmt: skip
    """One row: what is printed, and what is known of what is to be filled. `known`: a task, by column."""
    code = drawn.code
    texts: list[tuple[str, float]] = []
    for index, what, column_id, text, style, width in drawn.cells:
        value: object = text
        if what == "input":
            value = known.get(column_id) if known else whole(now.get((code, column_id))) if now else None
            if known:
                texts.append((str(value or ""), width))
                style = look("label", align="center") if column_id == item_column else style
        elif what == "last":
            value = whole(last.get((code, column_id)))
        put(sheet, row, index, value, style)
    set_least_height(sheet, row, max(drawn.height, height(*texts)) if texts else drawn.height)


def whole(value: object) -> object:
    """A number without a needless fraction."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def task_values(draft: Draft, form: SheetForm, task: Task) -> Mapping[str, object]:
    """A task by the columns that show it: the form says which column holds which part."""
    values = task._asdict()
    return {
        column.column_id: draft.shown(column, whole(values[column.measure]))
        for column in form.columns if column.measure in values and values[column.measure] is not None
    }  # fmt: skip


def merge_groups(draft: Draft, plan: TablePlan, sheet: Worksheet) -> None:
    """The name of each group once, across its rows; rows grow where a name needs the room."""
    if plan.slots[0].what != "group":
        return
    rows = list(enumerate((item.parent if item else "" for item in plan.items), start=FIRST_ROW))
    for parent, those in groupby(rows, key=lambda each: each[1]):
        numbers = [row for row, _ in those]
        name = draft.groups.get(parent, "")
        if not name:
            continue
        put(sheet, numbers[0], 1, name, look("group"))
        if len(numbers) > 1:
            sheet.merged_cells.add(f"A{numbers[0]}:A{numbers[-1]}")
        make_room(sheet, numbers, lines(name, GROUP_ROOM) * LINE_HEIGHT + 4)


def make_room(sheet: Worksheet, rows: Sequence[int], wanted: float) -> None:
    """Make rows together as high as wanted."""
    have = sum(sheet.row_dimensions[row].height or LINE_HEIGHT for row in rows)
    for row in rows:
        if have < wanted:
            set_height(sheet, row, (sheet.row_dimensions[row].height or LINE_HEIGHT) + (wanted - have) / len(rows))
