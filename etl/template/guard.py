"""What guards a table while it is being filled: the checks of its cells, and the colours that warn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.datavalidation import DataValidation, DataValidationList

from etl.form import Column, Item, SheetForm
from etl.template import live
from etl.template.draft import NOTHING_AT_ALL, YES, Draft, shown_by
from etl.template.drawing import Slot, is_printed, is_used
from etl.template.entry import areas, blocks, check
from etl.template.formula import Cell
from etl.template.ground import Ground
from etl.template.page import FIRST_ROW
from etl.template.sentences import MISSING, ODD, WRONG
from etl.template.verdict import alike, fallible, unfit

STARTS = tuple((label[:3], look) for label, look in ((WRONG, "alarm"), (MISSING, "must"), (ODD, "odd")))
"""The first signs of a row's sentences, and the look they give."""


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


def ground_of(
    draft: Draft, form: SheetForm, slots: Sequence[Slot], items: Sequence[Item | None], nothing_at: str
) -> Ground:
    """The table as its rules see it."""
    letters = letters_of(slots)
    cells = {
        slot.column.column_id: Cell(f"${slot.letter}{{row}}", slot.column.type, shown_by(draft.lists, slot.column))
        for slot in slots if slot.what == "column"
    }  # fmt: skip
    begun = "" if form.items else f"COUNTA(${slots[0].letter}{{row}}:${slots[-1].letter}{{row}})>0"
    excused = declared(draft, nothing_at) if form.layout == "matrix" else ""
    number = [part.sheet for part in draft.form.sheets].index(form.sheet)
    return Ground(form.sheet, number, letters, rows_by_item(items), {**draft.cover_cells, **cells}, begun, excused)


def declared(draft: Draft, nothing_at: str) -> str:
    """The formula for: here or on the cover it is declared that there is nothing to report."""
    cells = [absolute(nothing_at)] if nothing_at else []
    cells += [cell.reference for cell in [draft.cover_cells.get(f"cover.{NOTHING_AT_ALL}")] if cell]
    said = [f'{cell}="{YES}"' for cell in cells]
    return f"OR({','.join(said)})" if len(said) > 1 else "".join(said)


def absolute(cell: str) -> str:
    """A cell as every formula sees it."""
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell[len(letters) :]}"


def to_fill(form: SheetForm, slots: Sequence[Slot], items: Sequence[Item | None]) -> Mapping[Column, Sequence[int]]:
    """The columns that are filled in, with their rows."""
    columns = [slot.column for slot in slots if slot.what == "column" and not is_printed(form, slot.column)]
    return {column: rows for column in columns if (rows := used_rows(column, items))}


def must_fill(
    draft: Draft, form: SheetForm, columns: Mapping[Column, Sequence[int]], items: Sequence[Item | None]
) -> Mapping[Column, Sequence[int]]:
    """The columns that must be filled, with the rows they must be filled in; all rows where none is printed."""
    wanted = {FIRST_ROW + index for index, item in enumerate(items) if item is not None or not form.items}
    required = {column: [row for row in rows if row in wanted] for column, rows in columns.items()
                if draft.required(column)}  # fmt: skip
    return {column: rows for column, rows in required.items() if rows}


def entry_checks(
    draft: Draft, fill: Mapping[Column, Sequence[int]], ground: Ground, nothing_at: str
) -> DataValidationList:
    """What is checked while a cell is typed."""
    checks = DataValidationList()
    for column, rows in fill.items():
        made = check(column, ground.letters, rows[0], draft.lists, draft.kad_for(column))
        made.sqref = " ".join(areas(ground.letters[column.column_id], rows))
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
    draft: Draft, form: SheetForm, slots: Sequence[Slot], ground: Ground, fill: Mapping[Column, Sequence[int]],
    must: Mapping[Column, Sequence[int]],
) -> ConditionalFormattingList:  # fmt: skip
    """Red and orange for what does not fit, amber for what is still missing."""
    colours = ConditionalFormattingList()
    for columns, rows in together(draft, fallible(draft, fill), ground):
        letters = [ground.letters[column.column_id] for column in columns]
        live.add(colours, blocks(letters, rows), "wrong", unfit(draft, columns[0], f"{letters[0]}{rows[0]}"))
    live.add_rules(colours, draft.rules(form), ground)
    for columns, rows in together(draft, must, ground):
        letters = [ground.letters[column.column_id] for column in columns]
        conditions = [f"LEN(TRIM({letters[0]}{rows[0]}))=0", *live.asked(ground, rows[0])]
        live.add(colours, blocks(letters, rows), "must", f"AND({','.join(conditions)})")
    for slot in slots:
        if slot.what == "last" and slot.column in fill:
            add_fall(colours, slot, ground, fill[slot.column])
    return colours


def together(
    draft: Draft, columns: Mapping[Column, Sequence[int]], ground: Ground
) -> Iterator[tuple[Sequence[Column], Sequence[int]]]:
    """Columns side by side that take the same in the same rows, with these rows: one colour serves them all."""
    for rows, those in groupby(columns, lambda column: tuple(columns[column])):
        for some in alike(draft, list(those), ground):
            yield some, rows


def row_colours(colours: ConditionalFormattingList, said_at: str, labels: Sequence[str], rows: Sequence[int]) -> None:
    """A row's sentences in the colour of the heaviest, and its name in red where something is wrong: so the row is
    found from wherever the sheet was scrolled to.
    """
    said = f"${said_at}{rows[0]}"
    for begin, look in STARTS:
        live.add(colours, areas(said_at, rows), look, f'LEFT({said},3)="{begin}"')
    for label in labels:
        live.add(colours, areas(label, rows), "wrong", f'LEFT({said},3)="{STARTS[0][0]}"')


def add_fall(colours: ConditionalFormattingList, slot: Slot, ground: Ground, rows: Sequence[int]) -> None:
    """Orange where a number is below last month's, which stands beside it."""
    now = ground.letters[slot.column.column_id]
    formula = f"AND(ISNUMBER({now}{rows[0]}),ISNUMBER(${slot.letter}{rows[0]}),{now}{rows[0]}<${slot.letter}{rows[0]})"
    live.add(colours, areas(now, rows), "odd", formula)
