"""What is wrong with a cell, as a comment on it. Comments of others stay; ours are known by their first words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from etl.annotate.book import Book
from etl.annotate.cells import place, refer_to_shapes
from etl.annotate.parts import Element, Parts

AUTHOR = "Kiểm tra báo cáo"
MARK = "Kiểm tra báo cáo:"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
SHAPE_ID = "NQ57_"
EMPTY_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>'
    "</v:shapetype></xml>"
)
SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="{id}" type="#_x0000_t202" '
    'style="position:absolute;width:300px;height:{height}px;z-index:1;visibility:hidden" fillcolor="#ffffe1" '
    'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 4, {right}, 15, {bottom}, 4</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
OUR_SHAPE = re.compile(rb'<v:shape [^>]*id="' + SHAPE_ID.encode() + rb'[^"]*".*?</v:shape>', re.DOTALL)
LETTERS_A_LINE, LINE = 45, 18


def add(parts: Parts, book: Book, sheet: str, texts: Mapping[str, str]) -> None:
    """Put comments on the cells of a sheet (part name), beside those that are there."""
    comments = comments_of(parts, book, sheet)
    author = author_of(comments, book.main)
    listed = comments.find(f"{{{book.main}}}commentList")
    there = {each.get("ref"): each for each in listed}
    shapes = []
    for cell, text in texts.items():
        if cell in there:
            extend(there[cell], book.main, text)
        else:
            listed.append(comment(book.main, cell, author, text))
            shapes.append(shape(cell, text))
    if shapes:
        path = shapes_of(parts, book, sheet)
        xml = parts.raw(path)
        end = xml.rfind(b"</xml>")
        parts.put(path, xml[:end] + "".join(shapes).encode() + xml[end:])


def strip(parts: Parts, book: Book, sheet: str) -> None:
    """Take our comments off a sheet again."""
    path = parts.related(sheet, "comments")
    if not path or path not in parts:
        return
    listed = parts.tree(path).find(f"{{{book.main}}}commentList")
    for each in list(listed):
        runs = each.find(f"{{{book.main}}}text")
        ours = next((at for at, run in enumerate(runs) if MARK in "".join(run.itertext())), None)
        if ours == 0:
            listed.remove(each)
        elif ours is not None:
            del runs[ours:]
    drawing = parts.related(sheet, "vmlDrawing")
    if drawing and drawing in parts:
        parts.put(drawing, OUR_SHAPE.sub(b"", parts.raw(drawing)))


def comments_of(parts: Parts, book: Book, sheet: str) -> Element:
    """The comments of a sheet, made where it has none."""
    path = parts.related(sheet, "comments")
    if path and path in parts:
        return parts.tree(path)
    path = parts.free("xl/nq57comments{}.xml")
    empty = f'<comments xmlns="{book.main}"><authors/><commentList/></comments>'
    parts.put(path, empty.encode())
    parts.relate(sheet, "comments", path, book.relations)
    parts.declare(path, COMMENTS_TYPE)
    return parts.tree(path)


def author_of(comments: Element, main: str) -> int:
    """The number of us among the authors."""
    authors = comments.find(f"{{{main}}}authors")
    names = [each.text for each in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, f"{{{main}}}author").text = AUTHOR
    return names.index(AUTHOR) if AUTHOR in names else len(names)


def comment(main: str, cell: str, author: int, text: str) -> Element:
    """A comment of ours."""
    element = etree.Element(f"{{{main}}}comment", ref=cell, authorId=str(author))
    runs = etree.SubElement(element, f"{{{main}}}text")
    run(runs, main, f"{MARK}\n", bold=True)
    run(runs, main, text, bold=False)
    return element


def extend(element: Element, main: str, text: str) -> None:
    """Our words after somebody else's."""
    runs = element.find(f"{{{main}}}text")
    run(runs, main, f"\n{MARK}\n", bold=True)
    run(runs, main, text, bold=False)


def run(runs: Element, main: str, text: str, *, bold: bool) -> None:
    """A piece of text in one font."""
    element = etree.SubElement(runs, f"{{{main}}}r")
    font = etree.SubElement(element, f"{{{main}}}rPr")
    if bold:
        etree.SubElement(font, f"{{{main}}}b")
    etree.SubElement(font, f"{{{main}}}sz", val="9")
    etree.SubElement(font, f"{{{main}}}rFont", val="Tahoma")
    words = etree.SubElement(element, f"{{{main}}}t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def shapes_of(parts: Parts, book: Book, sheet: str) -> str:
    """The drawing that holds the shapes of a sheet's comments, made where there is none."""
    path = parts.related(sheet, "vmlDrawing")
    if path and path in parts:
        return path
    path = parts.free("xl/drawings/nq57vml{}.vml")
    parts.put(path, EMPTY_VML.encode())
    parts.declare_extension("vml", VML_TYPE)
    refer_to_shapes(
        parts.tree(sheet), book.main, book.relations, parts.relate(sheet, "vmlDrawing", path, book.relations)
    )
    return path


def shape(cell: str, text: str) -> str:
    """The yellow note that shows a comment."""
    row, column = place(cell)
    lines = 2 + sum(1 + len(line) // LETTERS_A_LINE for line in text.splitlines())
    return SHAPE.format(
        id=f"{SHAPE_ID}{cell}", height=lines * LINE, left=column, right=column + 4, top=max(0, row - 2),
        bottom=max(0, row - 2) + lines, row=row - 1, column=column - 1,
    )  # fmt: skip
