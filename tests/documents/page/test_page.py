"""The page for a meeting: opens from the disk, asks nobody, says what the questions answer, shows text as text."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest
from duckdb import DuckDBPyConnection
from playwright.sync_api import Page

from documents import opendata, pack
from documents.page import make
from documents.page.figures import figures
from documents.page.make import as_script
from etl import intake
from etl.inspection import Incoming
from etl.warehouse import open_to_read
from queries import indicators, services
from queries.scope import Scope, made_out
from tests.workbooks import CATALOGUE, prepared, report, task
from ui import formats

NOW = dt.datetime(2026, 11, 21, 9)
UNITS = ("10966", "11359", "11329", "10507", "10525", "10532", "10537", "10543")


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("page") / "data"
    done = {"status": "HOAN_THANH", "progress": 100.0, "due_date": dt.date(2026, 11, 10), "evidence": "BC 12"}
    files = []
    for place, unit in enumerate(UNITS):
        total, online = 20 + place, 12 + place
        services_ = {
            "5_DVC TONG recv_total": total, "5_DVC TONG recv_online": online, "5_DVC TONG recv_direct": total - online,
            "5_DVC TONG done_total": total, "5_DVC TONG done_early": total,
            "2_TUYEN_TRUYEN K0101 products": place + 1,
        }  # fmt: skip
        late = dt.date(2026, 11, 12 if place % 2 else 9)
        tasks = (task("T1", done_date=late, **done), task("T2", due_date=dt.date(2026, 11, 1)))
        content = report(unit, changes=services_, tasks=tasks)
        files.append(Incoming(f"{unit}.xlsx", content, dt.datetime(2026, 11, 18)))
    intake.submit(prepared(), files, folder, "thử")
    with open_to_read(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def scope(con: DuckDBPyConnection) -> Scope:
    return made_out(con, "2026-11")


def test_it_opens_without_a_network_and_draws_its_charts(
    con: DuckDBPyConnection, scope: Scope, tmp_path: Path, page: Page
) -> None:
    path = tmp_path / "o.html"
    path.write_bytes(make.overview(con, scope, NOW, "Bản <b>trình</b>"))
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    page.wait_for_selector("#units .scatterlayer, #units .boxlayer")
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert said == []
    assert page.locator(".main-svg").count() >= 4
    standing = indicators.standing(con, scope, ("BC01", "CC01", "TC02", "DV01"))
    shown = page.locator(".card .value").all_inner_texts()
    assert shown == [formats.share(value) for value in standing["value"]]
    assert "lần chốt “Bản <b>trình</b>”" in page.locator(".about").first.inner_text()
    assert page.locator("tbody tr").count() == 115


def test_units_of_a_quarter_that_runs_are_drawn(con: DuckDBPyConnection, scope: Scope) -> None:
    month, quarter = (
        sorted(figures(con, each)["units"][1]["data"][0]["text"]) for each in (scope, made_out(con, "2026-Q4"))
    )
    assert month == quarter and len(month) == len(UNITS)


def test_nothing_in_a_script_can_end_it() -> None:
    assert "</script>" not in as_script({"a": "</script><script>alert(1)</script>"})


def test_page_word_excel_and_csv_say_the_same_numbers(con: DuckDBPyConnection, scope: Scope, tmp_path: Path) -> None:
    """At least thirty: four rates of the city and three of each unit, in every document that has them."""
    archive = zipfile.ZipFile(io.BytesIO(pack.meeting(con, scope, NOW, CATALOGUE / "word")))
    word = docx.Document(io.BytesIO(archive.read("bao-cao-2026-11.docx")))
    page = archive.read("tong-quan-2026-11.html").decode()
    book = openpyxl.load_workbook(io.BytesIO(archive.read("tong-hop-2026-11.xlsx")))
    opendata.write(con, scope, tmp_path)
    csv = pd.read_csv(tmp_path / "chi-tieu-2026-11.csv", dtype={"unit_code": str})
    excel = {(row[0], row[2]): row[5:8] for row in book["CHI_TIEU"].iter_rows(min_row=5, values_only=True) if row[2]}
    appendix = {row.cells[1].text: [cell.text for cell in row.cells] for row in word.tables[-1].rows[1:]}
    compared = 0
    for code, column in (("CC01", 3), ("TC02", 4), ("TC03", 5), ("DV01", 6)):
        told = services.by_unit(con, scope, code)
        assert len(told) == len(UNITS)
        for row in told.to_dict("records"):
            written = f"{formats.share(row['value'])} ({formats.of(row['numerator'], row['denominator'])})"
            line = csv[(csv["indicator"] == code) & (csv["unit_code"] == row["unit_code"])].iloc[0]
            assert appendix[row["unit"]][column] == written
            assert written in page
            assert excel[code, row["unit_code"]] == pytest.approx((row["numerator"], row["denominator"], row["value"]))
            assert (line["numerator"], line["denominator"], line["value"]) == pytest.approx(
                (row["numerator"], row["denominator"], row["value"])
            )
            compared += 1
    assert compared >= 30


def test_the_same_figures_give_the_same_pack(con: DuckDBPyConnection, scope: Scope) -> None:
    def files() -> dict[str, bytes]:
        archive = zipfile.ZipFile(io.BytesIO(pack.meeting(con, scope, NOW, CATALOGUE / "word")))
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith(".docx")}

    assert files() == files()
