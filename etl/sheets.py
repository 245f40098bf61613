"""Which sheet of a workbook is which of a form, however it was renamed; and the sheets that are none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from etl.findings import Finding, finding, hidden_name
from etl.form import Form, SheetForm
from etl.locate import table_by_ids
from etl.sheet import Sheet, Workbook
from etl.spelling import heading_key, without_tones

COPY = re.compile(r"\s*(?:\(\d+\)|- ?copy|- ?sao chep|copy|ban sao)\s*$", re.IGNORECASE)
"""What Excel and officers put behind the name of a sheet that was copied."""


@lru_cache(maxsize=200)
def name_key(name: str) -> str:
    """The key of a sheet's name."""
    return without_tones(heading_key(name)).replace("_", " ")


@lru_cache(maxsize=100)
def sheet_keys(form: SheetForm) -> frozenset[str]:
    """Every folded name a sheet of the form may bear."""
    return frozenset(map(name_key, (form.sheet, form.sheet.replace("_", " "), form.title, *form.aliases)))


def match_sheets(form: Form, workbook: Workbook) -> dict[str, Sheet]:
    """The workbook's sheet for each sheet of the form: by name, else by its row of ids."""
    named = {sheet.name: sheet for sheet in workbook.sheets}
    wanted = [part for part in form.sheets if part.layout not in ("guide", "lists")]
    found = {part.sheet: named.pop(part.sheet) for part in wanted if part.sheet in named}
    for part in wanted:
        if part.sheet not in found:
            keys = sheet_keys(part)
            same = [name for name in named if name_key(name) in keys]
            same = same or [name for name, sheet in named.items() if table_by_ids(part, sheet.rows)]
            if same:
                found[part.sheet] = named.pop(same[0])
    return found


def stray_sheets(form: Form, workbook: Workbook, found: Mapping[str, Sheet]) -> Iterator[Finding]:
    """What is to be said of sheets that are read for none of the form's: copies, and sheets of the officer's own."""
    used = {sheet.name: part for part, sheet in found.items()}
    for sheet in workbook.sheets:
        if sheet.name in used or not any(any(cell != "" for cell in row) for row in sheet.rows):
            continue
        part = copied_from(form, sheet)
        original = found.get(part) if part else None
        if original is None:
            yield finding("sheet_extra", value=sheet.name)
        elif same_cells(original, sheet):
            yield finding("sheet_copy", value=sheet.name, expected=original.name)
        else:
            yield finding("sheet_twice", value=part, expected=", ".join(map(named, (original, sheet))))


def named(sheet: Sheet) -> str:
    """The name of a sheet; of one that is hidden also that, since nobody finds it else."""
    return hidden_name(sheet.name) if sheet.hidden else sheet.name


def copied_from(form: Form, sheet: Sheet) -> str:
    """The sheet of the form that this one is another of, "" where it is none."""
    key = name_key(COPY.sub("", without_tones(sheet.name)))
    for part in form.sheets:
        if part.layout not in ("guide", "lists") and (key in sheet_keys(part) or table_by_ids(part, sheet.rows)):
            return part.sheet
    return ""


def same_cells(one: Sheet, other: Sheet) -> bool:
    """Whether two sheets hold the same, wherever their used ranges end."""
    filled = [
        {(row, place, cell) for row, cells in enumerate(sheet.rows) for place, cell in enumerate(cells) if cell != ""}
        for sheet in (one, other)
    ]
    return filled[0] == filled[1] and one.errors == other.errors
