"""The sheet of guidance: how what it says is laid out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from etl.calendar import Period
from etl.catalogue import Unit
from etl.template.computed import Computed, in_view
from etl.template.draft import Draft
from etl.template.guidance import Entry, sections
from etl.template.inside import cell_in
from etl.template.live import add_states
from etl.template.look import look
from etl.template.page import finish, height, merge, put, put_merged, set_height, set_width
from etl.template.stamps import due_in_words

WIDTHS = (20.0, 42.0, 20.0, 44.0, 50.0)


def write_guide(draft: Draft, sheet: Worksheet, unit: Unit, period: Period, intro: str) -> None:
    """Write the guidance."""
    for column, width in enumerate(WIDTHS, start=1):
        set_width(sheet, column, width)
    title = f"HƯỚNG DẪN — {draft.form.title}\n{unit.full_name} — {period.name}"
    put_merged(sheet, 1, 1, 4, title, look("title"))
    put(sheet, 1, 5, f"Hạn nộp: {due_in_words(period)}", look("strong"))
    set_height(sheet, 1, 46)
    row = 2
    states: list[str] = []
    for section, entries in sections(draft, unit, period, intro):
        put_merged(sheet, row, 1, 5, section, look("section"))
        set_height(sheet, row, 22)
        for place, entry in enumerate(entries, start=row + 1):
            write_entry(sheet, place, entry)
            states += [f"{get_column_letter(column)}{place}" for column in counted(entry)]
        row += len(entries) + 2
    sheet.conditional_formatting = state_colours(draft, states)
    finish(sheet, freeze="A2", active="A2", last_column=5, last_row=row, repeat_row=0)


def counted(entry: Entry) -> Iterator[int]:
    """The columns of an entry that the workbook counts by itself."""
    return (column for column, text in enumerate(entry.texts, start=1) if isinstance(text, Computed))


def state_colours(draft: Draft, cells: Sequence[str]) -> ConditionalFormattingList:
    """Green, amber and red for the states of sheets; all workbooks of the form share them."""
    if "states" not in draft.kept:
        colours = ConditionalFormattingList()
        for cell in cells:
            add_states(colours, cell)
        draft.kept["states"] = colours
    return cast(ConditionalFormattingList, draft.kept["states"])


class DrawnEntry(NamedTuple):
    """An entry ready to be written: its cells from the left, and the height of its row."""

    cells: tuple[tuple[str | None, StyleArray], ...]
    height: float


@lru_cache(maxsize=2_000)
def draw(entry: Entry) -> DrawnEntry:
    """An entry's cells; the last text runs to the right edge."""
    texts, last = entry.texts, len(entry.texts)
    heading = entry.style == "head_optional"
    side = "center" if heading else "left"
    first = look("link" if entry.link else entry.style, align=side)
    plain = look(entry.style if heading else "label", align=side)
    counts = look("stamp")
    cells = [(text, first if column == 0 else counts if isinstance(text, Computed) else plain)
             for column, text in enumerate(texts)]  # fmt: skip
    seen = [in_view(text) for text in texts]
    narrow = list(zip(seen[:-1], WIDTHS, strict=False))
    return DrawnEntry(
        (*cells, *[(None, plain)] * (len(WIDTHS) - last)), height(*narrow, (seen[-1], sum(WIDTHS[last - 1 :])))
    )


def write_entry(sheet: Worksheet, row: int, entry: Entry) -> None:
    """One row."""
    drawn = draw(entry)
    for column, (text, style) in enumerate(drawn.cells, start=1):
        put(sheet, row, column, text, style)
    set_height(sheet, row, drawn.height)
    if len(entry.texts) < len(WIDTHS):
        merge(sheet, row, len(entry.texts), len(WIDTHS))
    if entry.link:
        cell_in(sheet, row, 1)._hyperlink = Hyperlink(ref=f"A{row}", location=f"'{entry.link}'!A1", display=entry.link)
