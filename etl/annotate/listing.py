"""The first sheet: every fault with a link to its cell, what was found, what was expected, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from etl.annotate.cells import Painted
from etl.annotate.styles import Styles
from etl.findings import Finding

SEVERITIES = {"error": "PHẢI SỬA", "explain": "CẦN XÁC NHẬN", "note": "LƯU Ý"}
TITLE = "LỖI CẦN SỬA VÀ ĐIỂM CẦN XÁC NHẬN"
HELP = (
    "Bấm vào ô ở cột “Chỗ sai” để đến đúng ô. Sửa ngay trong tệp này rồi gửi lại; "
    "sheet này và các dấu màu không cần xóa."
)
HEADINGS = ("STT", "Mức độ", "Chỗ sai", "Dòng", "Cột", "Đang ghi", "Sai ở đâu", "Yêu cầu", "Cách sửa")
WIDTHS = (6, 15, 22, 30, 30, 18, 46, 30, 46)
MEMORY_COLUMN = 30
"""A hidden column far to the right, where it is written which style each marked cell had."""


class Look(NamedTuple):
    """The styles of the sheet."""

    title: int
    text: int
    head: int
    link: int
    severities: Mapping[str, int]


def look(styles: Styles) -> Look:
    """The styles our sheet needs."""
    return Look(
        styles.plain(bold=True, size=15, wrap=False),
        styles.plain(),
        styles.plain(bold=True, fill="FFE7ECF2"),
        styles.plain(colour="FF0B5CAD"),
        {severity: styles.filled(styles.plain(bold=True), severity) for severity in SEVERITIES},
    )


def sheet_xml(main: str, findings: Sequence[Finding], painted: Mapping[str, Sequence[Painted]], styles: Look) -> bytes:
    """The sheet as a part."""
    rows = [row(1, [(TITLE, styles.title)], 24), row(2, [(summary(findings), styles.text)], 18, spans=True)]
    rows += [row(3, [(HELP, styles.text)], 18, spans=True), row(4, [(one, styles.head) for one in HEADINGS], 20)]
    links = []
    for number, each in enumerate(findings, start=1):
        at = number + 4
        rows.append(row(at, [*cells(number, each, styles)], height(each)))
        if each.cell and each.sheet:
            links.append(
                f'<hyperlink ref="C{at}" location={quoteattr(location(each))} display={quoteattr(where(each))}/>'
            )
    memory = "".join(remembered(sheet, those, 5 + number) for number, (sheet, those) in enumerate(painted.items()))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{main}">'
        '<sheetPr><tabColor rgb="FFB3261E"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        '<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns()}</cols><sheetData>{merge_rows(rows, memory)}</sheetData>"
        f'<mergeCells count="2"><mergeCell ref="A2:I2"/><mergeCell ref="A3:I3"/></mergeCells>'
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def summary(findings: Sequence[Finding]) -> str:
    """How many of each severity."""
    counts = [(words, sum(each.severity == severity for each in findings)) for severity, words in SEVERITIES.items()]
    return "; ".join(f"{words.lower()}: {count}" for words, count in counts if count).capitalize() + "."


def cells(number: int, each: Finding, styles: Look) -> Iterable[tuple[str, int]]:
    """The columns of one fault."""
    yield str(number), styles.text
    yield SEVERITIES.get(each.severity, each.severity), styles.severities.get(each.severity, styles.text)
    yield where(each), styles.link if each.cell and each.sheet else styles.text
    for text in (each.row_label, each.column_label, each.value, each.message, each.expected, each.fix):
        yield text, styles.text


def where(each: Finding) -> str:
    """Sheet and cell, as far as they are known."""
    return "!".join(part for part in (each.sheet, each.cell) if part) or "cả tệp"


def location(each: Finding) -> str:
    """Where a link leads to."""
    name = each.sheet.replace("'", "''")
    return f"'{name}'!{each.cell}"


def height(each: Finding) -> int:
    """High enough for the longest text."""
    widest = zip(
        (each.row_label, each.column_label, each.value, each.message, each.expected, each.fix), WIDTHS[3:], strict=True
    )
    return 15 * max(1 + int(len(text) * 1.15) // width for text, width in widest) + 3


def columns() -> str:
    """Widths, and the hidden column."""
    shown = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(WIDTHS, start=1)
    )
    return f'{shown}<col min="{MEMORY_COLUMN}" max="{MEMORY_COLUMN + 1}" hidden="1" width="9" customWidth="1"/>'


def row(number: int, texts: Sequence[tuple[str, int]], high: int, *, spans: bool = False) -> str:
    """One row; text is text, whatever it begins with."""
    cells = "".join(text_cell(f"{chr(65 + at)}{number}", text, style) for at, (text, style) in enumerate(texts))
    return f'<row r="{number}" ht="{high * (2 if spans else 1)}" customHeight="1">{cells}</row>'


def text_cell(cell: str, text: str, style: int) -> str:
    """A cell of text."""
    clean = escape(ILLEGAL_CHARACTERS_RE.sub("", text))
    return f'<c r="{cell}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{clean}</t></is></c>'


def remembered(sheet: str, painted: Sequence[Painted], number: int) -> str:
    """A row's hidden cells: the sheet and the styles its marked cells had."""
    words = " ".join(f"{each.cell}={each.style}" for each in painted)
    return f"{number}\t{text_cell(f'AD{number}', sheet, 0)}{text_cell(f'AE{number}', words, 0)}\n"


def merge_rows(rows: Sequence[str], memory: str) -> str:
    """The rows with the hidden cells at their ends."""
    hidden = dict(line.split("\t", 1) for line in memory.splitlines())
    written = []
    for at, each in enumerate(rows, start=1):
        written.append(each.replace("</row>", hidden.pop(str(at), "") + "</row>"))
    written += [f'<row r="{number}" hidden="1">{cells}</row>' for number, cells in hidden.items()]
    return "".join(written)
