"""Which printed row of a form a row of a sheet is: by its code, else by its name; and the rows that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from etl import values
from etl.findings import Finding, and_more, finding
from etl.harvest import SheetPlan, is_footer, is_troubled, item_cell
from etl.locate import Table
from etl.sheet import Sheet, cell_name
from etl.spelling import clean, fold
from etl.totals import is_total

CODE = re.compile(r"[A-Z]{1,4}[0-9]{1,6}")
"""What looks like the code of a row, whether or not there is such a row."""


def item_of(plan: SheetPlan, row: Sequence[object], table: Table) -> str | None:
    """The code of a row: as written, else by its printed name; None where it has neither."""
    place = table.columns.get(plan.form.item_column)
    if place is not None and place < len(row):
        written = row[place]
        if type(written) is str:
            if written in plan.items:
                return written
            if code := code_of(plan, written):
                return code
        elif written not in ("", None):
            return values.text(written)
    for column_id, other in table.columns.items():
        if column_id in plan.columns and plan.columns[column_id].type == "label" and other < len(row):
            text = row[other]
            if isinstance(text, str) and (named := plan.by_name.get(fold(text))):
                return named
    return None


def code_of(plan: SheetPlan, written: str) -> str:
    """The code a text stands for, however it is spaced; itself where it is none, "" for totals and signatures."""
    code = clean(written).upper()
    squeezed = code.replace(" ", "")
    known = code if code in plan.items else squeezed if squeezed in plan.items else plan.by_name.get(fold(written))
    if known or not code or is_total(plan, written) or is_footer(plan, written):
        return known or ""
    return clean(written) if plan.form.open_rows else code


def places_read(plan: SheetPlan, table: Table) -> list[int]:
    """Where the columns stand that are read in a row of any code."""
    return [table.columns[column.column_id] for column in plan.without_item if column.column_id in table.columns]


def has_data(plan: SheetPlan, sheet: Sheet, table: Table, index: int) -> bool:
    """Whether a row has anything in a column that is read, if only an error or a formula never calculated."""
    return any(sheet.cell(index, place) != "" or is_troubled(sheet, index, place) for place in places_read(plan, table))


def bare_row(plan: SheetPlan, sheet: Sheet, table: Table, index: int) -> str:
    """What a row without a code is: "" (nothing in it), "total", "row_ignored" or "item_blank"."""
    row = sheet.rows[index]
    texts = [value for value in row if isinstance(value, str) and value.strip()]
    if any(is_total(plan, text) for text in texts):
        return "total"
    if any(
        isinstance(sheet.cell(index, place), float) or is_troubled(sheet, index, place)
        for place in places_read(plan, table)
    ):
        return "item_blank"
    return "row_ignored" if texts else ""


def names_elsewhere(plan: SheetPlan, sheet: Sheet, table: Table, seen: Mapping[str, int]) -> Iterator[Finding]:
    """One finding where codes stand beside names that belong to other codes: a column was sorted without the rest."""
    place = next((table.columns.get(each.column_id) for each in plan.columns.values() if each.type == "label"), None)
    if place is None:
        return
    wrong = []
    for code, index in seen.items():
        item, text = plan.items.get(code), sheet.rows[index][place]
        if item is None or text == item.name or not isinstance(text, str) or fold(text) == fold(item.name):
            continue
        if plan.by_name.get(fold(text), code) != code:
            wrong.append((index, code, plan.by_name[fold(text)]))
    if wrong:
        index, code, other = min(wrong)
        more = and_more(len(wrong) - 1)
        cell = item_cell(plan, table, index)
        yield finding("names_differ", sheet=sheet.name, cell=cell, value=code, expected=other, suggestion=more)


def merged_numbers(plan: SheetPlan, sheet: Sheet, table: Table) -> Iterator[Finding]:
    """A note for each range of cells that was made one and has a number: it counts for the first cell only."""
    for one in sheet.merged:
        across = one.top == one.bottom and one.top >= table.first_row
        if not across or not isinstance(sheet.cell(one.top, one.left), float):
            continue
        places = {table.columns.get(each.column_id, -1) for each in plan.without_item}
        if sum(one.left <= place <= one.right for place in places) > 1:
            yield finding("merged_cells", sheet=sheet.name, cell=cell_name(one.top, one.left), value=one.name)
