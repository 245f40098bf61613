"""The sheet of lists: what the drop-downs offer, each list under a name the checks refer to."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from etl.template.choices import Choices
from etl.template.draft import Draft
from etl.template.look import look
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
    set_width,
)

CODE_WIDTH, NAME_WIDTH, GAP = 18.0, 60.0, 3
GAP_HEIGHT = 4.0


def write_lists(draft: Draft, book: Workbook, sheet: Worksheet, intro: str) -> None:
    """Write every list the form refers to."""
    put_merged(sheet, TITLE_ROW, 1, 5, f"DANH MỤC — {intro}" if intro else "DANH MỤC", look("title"))
    set_height(sheet, TITLE_ROW, 40)
    sheet.row_dimensions[ID_ROW].hidden = True
    set_height(sheet, STATE_ROW, GAP_HEIGHT)
    for index, chosen in enumerate(draft.lists.values()):
        write_list(sheet, 1 + index * GAP, chosen)
        book.defined_names[chosen.defined_name] = DefinedName(
            chosen.defined_name, attr_text=place(sheet, index, chosen)
        )
    last = FIRST_ROW + max((len(chosen.items) for chosen in draft.lists.values()), default=1) - 1
    for row in range(FIRST_ROW, last + 1):
        set_height(sheet, row, row_height(draft, row - FIRST_ROW))
    finish(sheet, freeze=f"A{FIRST_ROW}", active=f"A{FIRST_ROW}", last_column=max(5, len(draft.lists) * GAP - 1),
           last_row=last, pages_wide=2)  # fmt: skip


def write_list(sheet: Worksheet, column: int, chosen: Choices) -> None:
    """One list: code and name."""
    put(sheet, LABEL_ROW, column, "Mã", look("head_optional", align="center"))
    put(sheet, LABEL_ROW, column + 1, chosen.heading, look("head_optional", align="center"))
    put(sheet, ID_ROW, column, chosen.list_id, look("last"))
    set_width(sheet, column, CODE_WIDTH)
    set_width(sheet, column + 1, NAME_WIDTH)
    set_width(sheet, column + 2, 3)
    for row, item in enumerate(chosen.items, start=FIRST_ROW):
        code = item.code if chosen.by_name else chosen.shown(item.code)
        put(sheet, row, column, code, look("label", align="center"))
        put(sheet, row, column + 1, item.name, look("label"))


def row_height(draft: Draft, index: int) -> float:
    """The height of a row that shows one item of each list."""
    return height(
        *((chosen.items[index].name, NAME_WIDTH) for chosen in draft.lists.values() if index < len(chosen.items))
    )


def place(sheet: Worksheet, index: int, chosen: Choices) -> str:
    """Where the values of a list stand: its names, or its codes where names are too long to choose from."""
    letter = get_column_letter(1 + index * GAP + (1 if chosen.by_name else 0))
    return f"'{sheet.title}'!${letter}${FIRST_ROW}:${letter}${FIRST_ROW + max(1, len(chosen.items)) - 1}"
