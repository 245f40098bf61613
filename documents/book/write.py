"""Sheets into an .xlsx: real numbers, formats, filters, panes, print settings. Text is text, never a formula."""

from __future__ import annotations

import datetime as dt
import io
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from documents.book import charts
from documents.book.sheet import Head, Row, Sheet

FORMATS = {
    "text": "@", "count": "#,##0", "number": "#,##0.00", "share": '0.0"%"', "points": "+0.0;-0.0;0.0",
    "date": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm",
}  # fmt: skip
QUIET = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
LINE = 15.5
"""Height of a line, in points."""
LONG_TEXT = 44
"""Columns so wide are wrapped."""
Styles = Mapping[str, Any]


def written(sheets: Sequence[Sheet], about: Sequence[str], made: dt.datetime) -> bytes:
    """The workbook: `about` (period, choice of units, time of the figures) stands on top of every sheet."""
    out = io.BytesIO()
    book = Workbook(out, QUIET)
    book.set_properties({"title": sheets[0].title, "comments": "; ".join(about), "created": made})
    styles = styles_of(book)
    whole, *others = [
        book.add_worksheet(name) for name in (sheets[0].name, charts.SHEET, *(one.name for one in sheets[1:]))
    ]
    drawn, *pages = others
    first = {sheet.name: write(page, sheet, about, styles)
             for page, sheet in zip((whole, *pages), sheets, strict=True)}  # fmt: skip
    charts.draw(book, drawn, {sheet.name: sheet for sheet in sheets}, first)
    book.close()
    return out.getvalue()


def styles_of(book: Workbook) -> Styles:
    """The formats of cells by kind, and those of titles, headings and totals."""
    styles = {kind: book.add_format({"num_format": form, "valign": "top"}) for kind, form in FORMATS.items()}
    styles |= {
        f"{kind} total": book.add_format({"num_format": form, "bold": True, "top": 1}) for kind, form in FORMATS.items()
    }
    styles["wrapped"] = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    styles["title"] = book.add_format({"bold": True, "font_size": 14})
    styles["about"] = book.add_format({"font_color": "#5B6776", "italic": True})
    styles["head"] = book.add_format({
        "bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "bg_color": "#DCE9F6", "border": 1,
        "border_color": "#9AA7B5",
    })  # fmt: skip
    return styles


def write(page: Worksheet, sheet: Sheet, about: Sequence[str], styles: Styles) -> int:
    """One sheet; returns the row (from 0) where its rows begin."""
    page.write_string(0, 0, sheet.title, styles["title"])
    lines = [*about, *([sheet.about] if sheet.about else [])]
    for place, line in enumerate(lines, start=1):
        page.write_string(place, 0, line, styles["about"])
    top = len(lines) + 2
    page.set_row(top, LINE * max(lines_of(head) for head in sheet.heads))
    for column, head in enumerate(sheet.heads):
        page.set_column(column, column, head.width)
        page.write_string(top, column, head.label, styles["head"])
        if head.remark:
            page.write_comment(top, column, head.remark)
    for place, row in enumerate(sheet.rows, start=top + 1):
        write_row(page, place, sheet.heads, row, styles, "")
    if sheet.last:
        write_row(page, top + 1 + len(sheet.rows), sheet.heads, sheet.last, styles, " total")
    settle(page, sheet, top)
    return top + 1


def lines_of(head: Head) -> int:
    """How many lines a heading needs in its column."""
    return len(textwrap.wrap(head.label, max(head.width - 2, 5))) or 1


def write_row(page: Worksheet, place: int, heads: Sequence[Head], row: Row, styles: Styles, total: str) -> None:
    """One row; what is missing stays blank."""
    for column, (head, value) in enumerate(zip(heads, row, strict=True)):
        style = styles["wrapped"] if head.width >= LONG_TEXT and head.kind == "text" else styles[head.kind + total]
        if value is None or value == "":
            continue
        if isinstance(value, dt.datetime | dt.date):
            page.write_datetime(place, column, value, style)
        elif head.kind == "text" or isinstance(value, str):
            page.write_string(place, column, str(value), style)
        else:
            number = float(value)  # type: ignore[arg-type]
            whole = head.kind == "number" and number.is_integer()
            page.write_number(place, column, number, styles["count" + total] if whole else style)


def settle(page: Worksheet, sheet: Sheet, top: int) -> None:
    """Panes, filter and print: A4 across, one page wide, headings repeated, page numbers."""
    page.freeze_panes(top + 1, sheet.pinned)
    page.autofilter(top, 0, top + max(len(sheet.rows), 1), len(sheet.heads) - 1)
    page.repeat_rows(top)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.set_footer("&L&A&RTrang &P/&N")
