"""The consolidated workbook and form 06: the figures of the questions as real numbers, text as text."""

import datetime as dt
import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from duckdb import DuckDBPyConnection
from openpyxl.workbook import Workbook

from documents.book import form06, make
from etl import front, intake
from etl.inspection import Incoming
from etl.warehouse import open_to_read
from queries import indicators, official, services
from queries.scope import Scope, made_out
from tests.waiting import PATIENCE
from tests.workbooks import prepared, report, task

NOW = dt.datetime(2026, 11, 21, 9)
HOSTILE = ['=HYPERLINK("http://x","a")', "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\tx"]
SERVICES = {
    "5_DVC TONG recv_total": 20, "5_DVC TONG recv_online": 15, "5_DVC TONG recv_direct": 5, "5_DVC TONG done_total": 18,
    "5_DVC TONG done_early": 18, "5_DVC TONG open_total": 2, "5_DVC TONG open_intime": 2,
}  # fmt: skip


def as_text(book: Workbook) -> None:
    """What openpyxl would take for a formula was typed as text."""
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                cell.data_type = "s" if cell.data_type == "f" else cell.data_type


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("book") / "data"
    remarks = tuple(("KIEN_NGHI", text, "SO") for text in HOSTILE)
    files = [
        ("t10.xlsx", report(period="2026-10"), dt.datetime(2026, 10, 19)),
        ("a.xlsx", report(changes=SERVICES, tasks=(task("T1", title=HOSTILE[0], due_date=dt.date(2026, 11, 20)),),
                          remarks=remarks, touch=as_text), dt.datetime(2026, 11, 18)),
        ("b.xlsx", report("11359"), dt.datetime(2026, 11, 18)),
    ]  # fmt: skip
    intake.submit(prepared(), [Incoming(*file) for file in files], folder, "thử")
    with open_to_read(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def scope(con: DuckDBPyConnection) -> Scope:
    return made_out(con, "2026-11")


@pytest.fixture(scope="module")
def book(con: DuckDBPyConnection, scope: Scope) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(make.consolidated(con, scope, NOW)))


def table(book: Workbook, name: str) -> list[dict[str, object]]:
    sheet = book[name]
    head = next(row for row in sheet.iter_rows() if row[0].coordinate == sheet.auto_filter.ref.split(":")[0])
    names = [cell.value for cell in head]
    below = sheet.iter_rows(min_row=head[0].row + 1, values_only=True)
    return [dict(zip(names, row, strict=True)) for row in below]


def test_every_indicator_of_every_unit_stands_there_with_both_sides(
    book: Workbook, con: DuckDBPyConnection, scope: Scope
) -> None:
    codes = list(official.definitions(con)["indicator"])
    given = {
        (row["Mã"], row["Mã đơn vị"]): (row["Tử số"], row["Mẫu số"], row["Giá trị"]) for row in table(book, "CHI_TIEU")
    }
    asked = official.rates_of_units(con, scope, codes)
    assert len(given) == len(asked) > 50
    for row in asked.to_dict("records"):
        for shown, held in zip(
            given[row["indicator"], row["unit_code"]], (row["numerator"], row["denominator"], row["value"]), strict=True
        ):
            assert shown is None if held != held or held is None else shown == pytest.approx(held)


def test_the_city_stands_on_the_first_sheet_and_below_the_units(
    book: Workbook, con: DuckDBPyConnection, scope: Scope
) -> None:
    standing = indicators.standing(con, scope, ("DV01",)).iloc[0]
    (row,) = [row for row in table(book, "TONG_HOP") if row["Mã"] == "DV01"]
    assert (row["Giá trị"], row["Tử số"], row["Mẫu số"]) == (standing["value"], 15, 20)
    last = table(book, "CHI_TIEU_DVC")[-1]
    assert last["Đơn vị"] == "Toàn thành phố"
    assert next(value for name, value in last.items() if str(name).startswith("DV01 ")) == 75.0


def test_text_of_units_is_text_and_nothing_is_a_formula(book: Workbook) -> None:
    texts = [row["Nội dung"] for row in table(book, "Y_KIEN")]
    assert {text.strip() for text in HOSTILE} <= {str(text).strip() for text in texts}
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)


def test_every_sheet_says_period_and_time_and_can_be_filtered_and_printed(book: Workbook) -> None:
    for sheet in book:
        if sheet.title == "BIEU_DO":
            assert len(sheet._charts) == 3
            continue
        assert sheet["A2"].value.startswith("Tháng 11/2026 (từ ngày 15/10/2026")
        assert sheet["A3"].value.startswith("Số liệu chốt lúc")
        assert sheet.auto_filter.ref and sheet.freeze_panes and sheet.print_title_rows
        assert sheet.page_setup.orientation == "landscape"


def test_the_same_figures_give_the_same_bytes(con: DuckDBPyConnection, scope: Scope) -> None:
    assert make.consolidated(con, scope, NOW) == make.consolidated(con, scope, NOW)


def test_form_06_is_filled_and_loads_back_through_our_own_door(
    con: DuckDBPyConnection, scope: Scope, tmp_path: Path
) -> None:
    content = form06.refilled(con, scope, "Tháng 11/2026")
    sheet = openpyxl.load_workbook(io.BytesIO(content))["BIEU06"]
    asked = services.dossiers(con, scope).set_index("unit_code")
    assert tuple(asked.loc["10966", ["recv_all", "recv_online", "done_total", "open_total"]]) == (20, 15, 18, 2)
    assert [cell.value for cell in sheet[sheet.max_row]][2:5] == ["Tổng cộng", 20, 15]
    december = dt.datetime(2026, 12, 2)
    (tmp_path / "BIEU06_2026-11.xlsx").write_bytes(content)
    receipts = front.check_paths([tmp_path / "BIEU06_2026-11.xlsx"], december, tmp_path / "empty")
    assert [(receipt.outcome, receipt.form_id, receipt.period, receipt.counts["units"]) for receipt in receipts] == [
        ("accepted", "BIEU06", "2026-11", len(asked))
    ]
    assert receipts[0].findings == ()


def test_libreoffice_opens_the_workbooks_as_they_are(con: DuckDBPyConnection, scope: Scope, tmp_path: Path) -> None:
    (tmp_path / "tong-hop.xlsx").write_bytes(make.consolidated(con, scope, NOW))
    (tmp_path / "bieu-06.xlsx").write_bytes(form06.refilled(con, scope, "Tháng 11/2026"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.xlsx"))], check=True, capture_output=True, timeout=PATIENCE)
    assert {path.stem for path in tmp_path.glob("*.pdf")} == {"tong-hop", "bieu-06"}
