"""What guards a table while it is being filled: the checks of its cells, and the colours that warn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.datavalidation import DataValidation, DataValidationList

from etl.form import Column, Item, SheetForm
from etl.template import live
from etl.template.draft import YES, Draft, shown_by
from etl.template.drawing import Slot, is_printed, is_used
from etl.template.entry import areas, check
from etl.template.formula import Cell
from etl.template.page import FIRST_ROW


def rows_by_item(items: Sequence[Item | None]) -> Mapping[str, Sequence[int]]:
    """The rows of each printed item, "" for typed rows."""
    rows: dict[str, list[int]] = {}
    for index, item in enumerate(items):
        rows.setdefault(item.code if item else "", []).append(FIRST_ROW + index)
    return rows


def letters_of(slots: Sequence[Slot]) -> Mapping[str, str]:
    """The letter of each column of the form."""
    return {slot.column.column_id: slot.letter for slot in slots if slot.what == "column"}


def used_rows(column: Column, items: Sequence[Item | None]) -> list[int]:
    """The rows in which a column has a meaning."""
    return [FIRST_ROW + index for index, item in enumerate(items) if is_used(column, item)]


def ground_of(draft: Draft, form: SheetForm, slots: Sequence[Slot], items: Sequence[Item | None]) -> live.Ground:
    """The table as its rules see it."""
    letters = letters_of(slots)
    cells = {
        slot.column.column_id: Cell(f"${slot.letter}{{row}}", slot.column.type, shown_by(draft.lists, slot.column))
        for slot in slots if slot.what == "column"
    }  # fmt: skip
    first, last = slots[0].letter, slots[-1].letter
    begun = "" if form.items else f"COUNTA(${first}{{row}}:${last}{{row}})>0"
    return live.Ground(letters, rows_by_item(items), {**draft.cover_cells, **cells}, begun)


def entry_checks(
    draft: Draft, form: SheetForm, slots: Sequence[Slot], items: Sequence[Item | None], nothing_at: str
) -> DataValidationList:
    """What is checked while a cell is typed."""
    checks = DataValidationList()
    letters = letters_of(slots)
    for slot in slots:
        rows = used_rows(slot.column, items)
        if slot.what != "column" or is_printed(form, slot.column) or not rows:
            continue
        made = check(slot.column, letters, rows[0], draft.lists, draft.kad)
        made.sqref = " ".join(areas(slot.letter, rows))
        checks.append(made)
    if nothing_at:
        checks.append(nothing_check(nothing_at))
    return checks


def nothing_check(cell: str) -> DataValidation:
    """The drop-down that declares a sheet to have nothing to report."""
    return DataValidation(
        type="list", formula1=f'"{YES}"', sqref=cell, allow_blank=True, showInputMessage=True, showErrorMessage=True,
        promptTitle="Không phát sinh", prompt="Chỉ chọn “Có” khi cả sheet này không có gì phát sinh trong kỳ; "
        "khi đó các ô còn trống được hiểu là 0. Có phát sinh thì để trống ô này.",
        errorTitle="Chưa đúng", error=f"Chọn “{YES}” hoặc để trống.",
    )  # fmt: skip


def entry_colours(
    draft: Draft,
    form: SheetForm,
    slots: Sequence[Slot],
    items: Sequence[Item | None],
    nothing_at: str,
    ground: live.Ground,
) -> ConditionalFormattingList:
    """Red and orange for what does not fit, amber for what is still missing."""
    colours = ConditionalFormattingList()
    live.add_rules(colours, draft.rules(form), ground)
    for slot in slots:
        if slot.what == "last":
            add_fall(colours, slot, ground, items)
        elif slot.what == "column" and draft.required(slot.column) and not is_printed(form, slot.column):
            rows = [row for row, item in enumerate(items, start=FIRST_ROW)
                    if is_used(slot.column, item) and (item is not None or not form.items)]  # fmt: skip
            if rows:
                conditions = [f"LEN(TRIM({slot.letter}{rows[0]}))=0"]
                conditions += [live.at_row(ground.begun, rows[0])] if ground.begun else []
                conditions += [f'${nothing_at[:-1]}$1<>"{YES}"'] if nothing_at else []
                live.add(colours, areas(slot.letter, rows), "must", f"AND({','.join(conditions)})")
    return colours


def add_fall(colours: ConditionalFormattingList, slot: Slot, ground: live.Ground, items: Sequence[Item | None]) -> None:
    """Orange where a number is below last month's, which stands beside it."""
    now, rows = ground.letters[slot.column.column_id], used_rows(slot.column, items)
    formula = f"AND(ISNUMBER({now}{rows[0]}),ISNUMBER(${slot.letter}{rows[0]}),{now}{rows[0]}<${slot.letter}{rows[0]})"
    live.add(colours, areas(now, rows), "odd", formula)
