"""Rows, cells and columns of a sheet as the text of its file; openpyxl would make an element of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import cast
from xml.sax.saxutils import escape

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from etl.template.computed import Computed
from etl.template.inside import InnerCell, inner
from etl.template.page import grows

HIDDEN = ("", ' hidden="1"')
FIXED = ("", ' customHeight="1"')
LETTERS = ("", *(get_column_letter(index) for index in range(1, 513)))
to_serial = cast(Callable[[object], float], to_excel)


def xml(element: object) -> bytes:
    """An element as text, without the declaration some writers put first."""
    text = cast(Callable[[object], str | bytes], tostring)(element)
    data = text.encode() if isinstance(text, str) else text
    return data[data.index(b"?>") + 2 :].lstrip() if data.startswith(b"<?xml") else data


def columns_xml(sheet: Worksheet) -> str:
    """The widths of the columns, and which are hidden."""
    columns = sorted((column_index_from_string(letter), each) for letter, each in sheet.column_dimensions.items())
    inside = "".join(
        f'<col min="{index}" max="{index}" width="{column.width}" customWidth="1"{HIDDEN[column.hidden]}/>'
        for index, column in columns
    )
    return f"<cols>{inside}</cols>" if inside else ""


def rows_xml(sheet: Worksheet) -> str:
    """All rows of a sheet. One loop, as it runs for every cell of every workbook."""
    parts: list[str] = ["<sheetData>"]
    looks: dict[bytes, int] = {}  # openpyxl would look up the number of a style cell by cell
    current = 0
    for (row, column), cell in all_cells(sheet):
        if row != current:
            parts.append(("</row>" if current else "") + row_head(sheet, row))
            current = row
        if cell is None or cell._style is None:
            continue
        style = cell._style.tobytes()
        number = looks.get(style)
        if number is None:
            number = looks[style] = cell.style_id
        value = cell._value
        if value is None or value == "":
            parts.append(f'<c r="{LETTERS[column]}{row}" s="{number}"/>')
        else:
            parts.append(f'<c r="{LETTERS[column]}{row}" s="{number}"' + CELLS[cell.data_type](value))
        if cell._hyperlink is not None:
            inner(sheet)._hyperlinks.append(cell._hyperlink)
    parts.append("</row></sheetData>" if current else "</sheetData>")
    return "".join(parts)


def all_cells(sheet: Worksheet) -> list[tuple[tuple[int, int], InnerCell | None]]:
    """The cells in the order of a file, with a None for each row that has a height but no cell."""
    cells = inner(sheet)._cells
    bare = sheet.row_dimensions.keys() - {row for row, _ in cells}
    found: list[tuple[tuple[int, int], InnerCell | None]] = [*cells.items(), *(((row, 0), None) for row in bare)]
    return sorted(found, key=lambda each: each[0])


def row_head(sheet: Worksheet, row: int) -> str:
    """The opening of a row, with its height and whether it is hidden."""
    if row not in sheet.row_dimensions:
        return f'<row r="{row}">'
    about = sheet.row_dimensions[row]
    tall = f' ht="{about.ht}"{FIXED[not grows(about)]}' if about.ht is not None else ""
    return f'<row r="{row}"{tall}{HIDDEN[about.hidden]}>'


@lru_cache(maxsize=20_000)
def text_xml(text: str) -> str:
    """A text as the rest of its cell; most texts stand in every workbook."""
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f' t="inlineStr"><is><t{space}>{escape(text)}</t></is></c>'


def formula_xml(value: object) -> str:
    """A formula as the rest of its cell, with what it shows at first."""
    text = escape(str(value)[1:])
    if isinstance(value, Computed) and value.shown is not None:
        return f' t="str"><f>{text}</f><v>{escape(value.shown)}</v></c>'
    return f"><f>{text}</f></c>"


CELLS: dict[str, Callable[[object], str]] = {
    "s": lambda value: text_xml(str(value)),
    "n": lambda value: f"><v>{value}</v></c>",
    "d": lambda value: f"><v>{to_serial(value)}</v></c>",
    "e": lambda value: f' t="e"><v>{escape(str(value))}</v></c>',
    "f": formula_xml,
    "b": lambda value: f' t="b"><v>{int(bool(value))}</v></c>',
}
