"""The form that Decree 30/2020/NĐ-CP (appendix I) gives a document: page, fonts, heading, signature, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
BODY, SMALL, TABLE, FINE = Pt(14), Pt(13), Pt(11), Pt(12)
MARGINS = {"top_margin": Mm(20), "bottom_margin": Mm(20), "left_margin": Mm(30), "right_margin": Mm(15)}
INDENT = Cm(1.27)
NAMES = ("Chỉ tiêu", "Đơn vị", "Loại đơn vị", "Nhóm nhiệm vụ", "Nội dung cần sửa")
"""Heads of columns that hold words, not numbers."""
LEFT, RIGHT = Mm(66), Mm(99)
"""The two halves of the heading."""


def new_document() -> Doc:
    """An empty A4 document with the margins, font and spacing of the decree."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    margins(section)
    section.different_first_page_header_footer = True
    page_number(section.header.paragraphs[0])
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    language(document)
    return document


def margins(section: Any) -> None:
    """The margins of the decree, the page number centred in the one on top."""
    for name, value in MARGINS.items():
        setattr(section, name, value)
    section.header_distance = Mm(10)


def language(document: Doc) -> None:
    """Vietnamese, so that Word does not underline every word."""
    properties = document.styles["Normal"].element.get_or_add_rPr()
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), "vi-VN")
    properties.append(mark)


def page_number(paragraph: Paragraph) -> None:
    """The number of the page, centred."""
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run()
    run.font.size = SMALL
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def heading(document: Doc, superior: str, issuer: str, symbol: str, place: str) -> None:
    """Issuer on the left, the country's name and motto on the right; number and day are left to the clerk."""
    table = plain_table(document, 2, 2, (LEFT, RIGHT))
    left, right = table.rows[0].cells
    line(left.paragraphs[0], superior, FINE)
    line(left.add_paragraph(), issuer, FINE, bold=True)
    rule(left, LEFT, Mm(24))
    line(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Pt(12.5), bold=True)
    line(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", BODY, bold=True)
    rule(right, RIGHT, Mm(62))
    left, right = table.rows[1].cells
    line(left.paragraphs[0], f"Số:          /{symbol}", SMALL)
    line(right.paragraphs[0], place, BODY, italic=True)


def rule(cell: _Cell, width: Any, length: Any) -> None:
    """A line under the words above, as long as the decree asks."""
    paragraph = cell.add_paragraph()
    aside = int((width - length) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = aside
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.line_spacing = Pt(3), Pt(6)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)


def line(paragraph: Paragraph, text: str, size: Any, bold: bool = False, italic: bool = False) -> None:
    """A centred line."""
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, size


def title(document: Doc, kind: str, about: str) -> None:
    """The kind of document and what it is about, with a rule below."""
    for text, before in ((kind, Pt(12)), (about, Pt(0))):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = before
        line(paragraph, text, BODY, bold=True)
    table = plain_table(document, 1, 1, (Mm(165),))
    cell = table.rows[0].cells[0]
    rule(cell, Mm(165), Mm(50))
    remove(cell.paragraphs[0])


def to_whom(document: Doc, text: str) -> None:
    """To whom it goes."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(10)
    line(paragraph, text, BODY)


def new_page(document: Doc) -> None:
    """What follows stands on a page of its own."""
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def body(document: Doc, text: str) -> Paragraph:
    """A paragraph: justified, first line moved in, 6 points after."""
    paragraph = document.add_paragraph(text)
    paragraph.alignment = ALIGN.JUSTIFY
    shape = paragraph.paragraph_format
    shape.first_line_indent, shape.space_after, shape.line_spacing = INDENT, Pt(6), 1.1
    return paragraph


def section_title(document: Doc, text: str) -> None:
    """The title of a part or an item, bold, kept with what follows."""
    paragraph = body(document, "")
    paragraph.add_run(text).bold = True
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(6)


def tag(document: Doc, text: str) -> None:
    """A paragraph that only the filling sees."""
    document.add_paragraph(text)


def centred(document: Doc, text: str, italic: bool = False, bold: bool = False, size: Any = BODY) -> None:
    """A centred paragraph, for pictures and captions."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(6)
    line(paragraph, text, size, italic=italic, bold=bold)


def plain_table(document: Doc, rows: int, columns: int, widths: Sequence[Any]) -> Table:
    """A table without lines, for placing words side by side."""
    table: Table = document.add_table(rows, columns)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    widen(table, widths)
    tight(table)
    return table


def tight(table: Table) -> None:
    """No space at the sides of cells, so that the heading's lines do not break."""
    inner = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        mark = OxmlElement(f"w:{side}")
        mark.set(qn("w:w"), "0")
        mark.set(qn("w:type"), "dxa")
        inner.append(mark)
    table._tbl.tblPr.append(inner)


def widen(table: Table, widths: Sequence[Any]) -> None:
    """Fixed widths: Word goes by the cells, LibreOffice by the columns."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def listing(document: Doc, heads: Sequence[str], values: Sequence[str], source: str, widths: Sequence[Any]) -> None:
    """A table with a repeated heading row and one row for each of `source`: values are what the filling puts in."""
    table = document.add_table(4, len(heads))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    widen(table, widths)
    repeat(table.rows[0])
    texts = (heads, [f"{{%tr for d in {source} %}}", *[""] * (len(heads) - 1)], values,
             ["{%tr endfor %}", *[""] * (len(heads) - 1)])  # fmt: skip
    for place, (row, words) in enumerate(zip(table.rows, texts, strict=True)):
        for column, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.alignment = ALIGN.LEFT if place and heads[column] in NAMES else ALIGN.CENTER
            run = paragraph.add_run(text)
            run.font.size, run.bold = TABLE, place == 0


def repeat(row: Any) -> None:
    """Repeat a heading row on every page, and never split it."""
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(name))


def landscape(document: Doc) -> None:
    """What follows stands on A4 across, for wide tables; page numbers go on."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    margins(section)
    section.different_first_page_header_footer = False


def closing(document: Doc, recipients: Sequence[str], signature: Sequence[str]) -> None:
    """Who receives it, and who signs: titles only, the name is left to the clerk."""
    document.add_paragraph().paragraph_format.keep_with_next = True
    table = plain_table(document, 1, 2, (Mm(82), Mm(83)))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = table.rows[0].cells
    run = left.paragraphs[0].add_run("Nơi nhận:")
    run.bold, run.italic, run.font.size = True, True, Pt(12)
    for text in recipients:
        left.add_paragraph().add_run(text).font.size = Pt(11)
    first, *others = signature
    line(right.paragraphs[0], first, BODY, bold=True)
    for text in others:
        line(right.add_paragraph(), text, BODY, bold=True)
    for _ in range(4):
        right.add_paragraph()


def remove(paragraph: Paragraph) -> None:
    """Take a paragraph away."""
    parent = paragraph._p.getparent()
    assert parent is not None
    parent.remove(paragraph._p)
