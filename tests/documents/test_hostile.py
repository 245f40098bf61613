"""Hostile text in everything that can be taken along: in every file it is text, and nothing else."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from playwright.sync_api import Page

from documents import opendata, pack
from documents.book import form06
from documents.book import make as books
from documents.word import make as words
from etl import intake
from etl.front import marked_of, prepare_templates
from etl.inspection import Incoming
from etl.settled import open_closing
from etl.tabular import Field, as_csv, as_workbook
from etl.warehouse import open_to_read
from queries.scope import Scope, made_out
from tests import hostile
from tests.workbooks import CATALOGUE, prepared, report

NOW = dt.datetime(2026, 11, 21, 9)
WORD = CATALOGUE / "word"
FORMULA = re.compile(r"<(?:\w+:)?(?:f|formula\d?|instrText|definedName)(?:\s[^<>]*)?>([^<]*)<")
LEADING = re.compile(r'(?:Target|location|href|ref)="([^"]*)"')
OURS = re.compile(r"evil|HYPERLINK|WEBSERVICE|cmd|javascript|1\+1|pwned", re.IGNORECASE)
STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def data(ill_meant: Path) -> Path:
    return ill_meant


@pytest.fixture(scope="module")
def con(data: Path) -> Iterator[DuckDBPyConnection]:
    with open_to_read(data) as opened:
        yield opened


@pytest.fixture(scope="module")
def scope(con: DuckDBPyConnection) -> Scope:
    return made_out(con, hostile.PERIOD)


def obeyed(content: bytes) -> list[str]:
    """What a workbook or Word file would do with the texts in it: formulas, fields, links."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels", ".vml"))]
    found = [each for part in parts for pattern in (FORMULA, LEADING) for each in pattern.findall(part)]
    return [each for each in found if OURS.search(each)]


def texts(content: bytes) -> str:
    """The words in a Word file, with single blanks."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("word/document.xml").decode()
    said = "".join(re.findall(r"<w:t(?:\s[^<>]*)?>([^<]*)</w:t>|</w:p>", xml.replace("</w:p>", "<w:t> </w:t>")))
    return spaced(html.unescape(said))


def spaced(text: str) -> str:
    return " ".join(text.split())


def test_word_files(con: DuckDBPyConnection, scope: Scope) -> None:
    city = words.city_report(con, scope, NOW, WORD, hostile.IMAGE)
    unit = words.unit_report(con, scope, hostile.UNIT, NOW, WORD)
    letter = words.reminder_letter(con, scope, NOW, WORD)
    assert [obeyed(each) for each in (city, unit, letter)] == [[], [], []]
    for said in (texts(city), texts(unit)):
        assert [text for text in hostile.PAYLOADS if spaced(text).rstrip(";") not in said] == []


def test_workbooks(con: DuckDBPyConnection, scope: Scope, data: Path, tmp_path: Path) -> None:
    assert obeyed(books.consolidated(con, scope, NOW, hostile.IMAGE)) == []
    assert obeyed(form06.refilled(con, scope, hostile.SCRIPT)) == []
    for path in prepare_templates(tmp_path, "2026-12", [hostile.UNIT], data=data):
        assert obeyed(path.read_bytes()) == []
    rows = [[text] for text in hostile.PAYLOADS]
    table = as_workbook(hostile.FORMULA, hostile.PAYLOADS, [Field(hostile.LINK)], rows)
    assert obeyed(table) == []


def test_marked_workbooks() -> None:
    files = [Incoming(f"{hostile.SCRIPT}{n}.xlsx", make(), hostile.RECEIVED) for n, make in
             enumerate((hostile.faulty, hostile.accepted))]  # fmt: skip
    receipts = intake.check(prepared(), files, Path("/nonexistent"))
    marked = dict(marked_of(files, receipts))
    assert marked
    assert [obeyed(content) for content in marked.values()] == [[] for _ in marked]


def test_csv(con: DuckDBPyConnection, scope: Scope, tmp_path: Path) -> None:
    opendata.write(con, scope, tmp_path)
    (tmp_path / "bang.csv").write_bytes(as_csv([Field(hostile.LINK)], [[text] for text in hostile.PAYLOADS]))
    paths = list(tmp_path.glob("*.csv"))
    assert len(paths) == 4
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell.startswith(STARTS) and not is_number(cell)] == [], path.name


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_pages(con: DuckDBPyConnection, data: Path, scope: Scope, tmp_path: Path, page: Page) -> None:
    closed = open_closing(data, hostile.IMAGE)
    archive = zipfile.ZipFile(io.BytesIO(pack.meeting(closed, scope, NOW, WORD, hostile.IMAGE)))
    archive.extractall(tmp_path)
    closed.close()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / f"tong-quan-{hostile.PERIOD}.html").as_uri())
    page.wait_for_selector(".main-svg")
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert page.evaluate("window.pwned === undefined")
    assert hostile.IMAGE in page.locator("body").inner_text()


def test_a_formula_would_be_noticed() -> None:
    assert obeyed(report(changes={"1_THONG_TIN document_no": hostile.FORMULA})) != []
