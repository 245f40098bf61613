"""The list of sheets: which part each is, and the place of our sheet before them all."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from etl.annotate.parts import Element, Parts, resolved

SELECTED = re.compile(rb'\stabSelected="(?:1|true)"')
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


class Book(NamedTuple):
    """The workbook's own part, with the namespaces it is written in (they differ in "strict" files)."""

    path: str
    main: str
    relations: str


def find_book(parts: Parts) -> Book:
    """The part that lists the sheets."""
    path = parts.related("", "officeDocument") or "xl/workbook.xml"
    tree = parts.tree(path)
    main = etree.QName(tree).namespace or ""
    strict = "purl.oclc.org" in main
    base = (
        "http://purl.oclc.org/ooxml/officeDocument"
        if strict
        else "http://schemas.openxmlformats.org/officeDocument/2006"
    )
    return Book(path, main, f"{base}/relationships")


def sheets(parts: Parts, book: Book) -> dict[str, str]:
    """Name -> part of every sheet, in order."""
    targets = {each.get("Id"): resolved(book.path, each.get("Target", "")) for each in parts.relations(book.path)}
    listed = parts.tree(book.path).find(f"{{{book.main}}}sheets")
    return {each.get("name"): targets.get(each.get(f"{{{book.relations}}}id"), "") for each in listed}


def insert_first(parts: Parts, book: Book, name: str, part: str) -> None:
    """Put a sheet before all others and show it when the workbook opens."""
    tree = parts.tree(book.path)
    listed = tree.find(f"{{{book.main}}}sheets")
    for path in sheets(parts, book).values():
        deselect(parts, path)
    identity = parts.relate(book.path, "worksheet", part, book.relations)
    number = 1 + max(int(each.get("sheetId", "0")) for each in listed)
    first = etree.Element(f"{{{book.main}}}sheet", name=name, sheetId=str(number))
    first.set(f"{{{book.relations}}}id", identity)
    listed.insert(0, first)
    parts.declare(part, SHEET_TYPE)
    shift_names(tree, book, 0, 1)
    for view in tree.iter(f"{{{book.main}}}workbookView"):
        view.set("activeTab", "0")
        view.attrib.pop("firstSheet", None)


def deselect(parts: Parts, path: str) -> None:
    """Let a sheet not be the one shown: two shown at once would be edited together."""
    if path and path in parts:
        xml = parts.raw(path)
        if SELECTED.search(xml):
            parts.put(path, SELECTED.sub(b"", xml))


def shift_names(tree: Element, book: Book, start: int, by: int) -> None:
    """Names that belong to a sheet know it by its place; keep them with it."""
    for each in tree.iter(f"{{{book.main}}}definedName"):
        place = each.get("localSheetId")
        if place is not None and int(place) >= start:
            each.set("localSheetId", str(int(place) + by))


def remove(parts: Parts, book: Book, name: str) -> None:
    """Take a sheet out of the workbook."""
    tree = parts.tree(book.path)
    listed = tree.find(f"{{{book.main}}}sheets")
    place, entry = next((place, each) for place, each in enumerate(listed) if each.get("name") == name)
    identity = entry.get(f"{{{book.relations}}}id")
    listed.remove(entry)
    relations = parts.relations(book.path)
    for each in [each for each in relations if each.get("Id") == identity]:
        path = resolved(book.path, each.get("Target", ""))
        relations.remove(each)
        parts.undeclare(path)
        parts.drop(path)
    shift_names(tree, book, place + 1, -1)
    for view in tree.iter(f"{{{book.main}}}workbookView"):
        view.set("activeTab", str(max(0, int(view.get("activeTab", "0")) - (1 if place == 0 else 0))))
