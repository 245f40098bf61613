"""Ten numbers and more, from the page of a unit to the cells of the workbook it sent."""

import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from etl.cli import app
from etl.kept import kept_path
from etl.warehouse import Paths, open_to_read
from queries import lineage
from tests.apps import dashboard
from tests.etl.test_backup import send
from tests.workbooks import report
from ui import choosing, links

PERIOD = "2026-11"
FOLLOWED = (
    "DV01",
    "DV02",
    "DV06",
    "DV07",
    "DV08",
    "DV09",
    "DV13",
    "BD01",
    "BD02",
    "BD04",
    "BD05",
    "BD06",
    "CC05",
    "CC12",
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("traced")
    result = CliRunner().invoke(app, ["demo", "--units", "3", "--months", "2", "--data", str(folder)])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def page(data: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("NQ57_DATA", str(data))
    return dashboard().run()


@pytest.fixture(scope="module")
def unit(data: Path) -> tuple[str, str]:
    """A unit whose report of the last period was accepted: code and full name."""
    con = open_to_read(data)
    asked = (
        "select unit_code, full_name from report join unit using (unit_code) where period = $p and state = 'accepted'"
    )
    code, name = con.execute(f"{asked} and kind <> 'co_quan' order by 1", {"p": PERIOD}).fetchall()[0]
    con.close()
    return code, name


def at_address(page: AppTest, script: str, **asked: str) -> AppTest:
    """A page by its address."""
    page.switch_page(script)
    for name, value in asked.items():
        page.query_params[name] = value
    return page.run()


def workbook(data: Path, code: str) -> openpyxl.Workbook:
    """The workbook that was received last, as it is kept."""
    con = open_to_read(data)
    sha = str(lineage.versions(con, code, PERIOD)["file_sha256"].iloc[0])
    con.close()
    return openpyxl.load_workbook(io.BytesIO(kept_path(Paths(data), sha).read_bytes()), data_only=True)


def shown(page: AppTest, column: str) -> pd.DataFrame:
    """The table of the page that has a column."""
    return next(table.value for table in page.dataframe if column in table.value)


def test_every_number_of_a_report_is_that_of_its_cell(page: AppTest, data: Path, unit: tuple[str, str]) -> None:
    numbers = shown(at_address(page, "pages/reports/cells.py", **{choosing.TRACED_UNIT: unit[1]}), "cell")
    book = workbook(data, unit[0])
    assert len(numbers) > 200
    for row in numbers.to_dict("records"):
        written = book[row["sheet"]][row["cell"]].value
        if pd.isna(row["value"]):
            assert written == "KAD"
        elif row["sheet"] != "1_THONG_TIN":
            assert float(written) == row["value"], (row["sheet"], row["cell"])


@pytest.mark.parametrize("indicator", FOLLOWED)
def test_a_number_of_the_unit_is_followed_to_its_cells(
    page: AppTest, data: Path, unit: tuple[str, str], indicator: str
) -> None:
    table = shown(at_address(page, "pages/analysis/unit.py", **{choosing.UNIT: unit[1]}), "indicator")
    said = table.set_index("indicator").loc[indicator, "made_of"]
    at_address(page, "pages/reports/cells.py", **links.cells_of(indicator, unit[1]))
    numbers = shown(page, "cell")
    book = workbook(data, unit[0])
    sides = {"Tử số": 0.0, "Mẫu số": 0.0}
    for row in numbers.to_dict("records"):
        written = book[row["sheet"]][row["cell"]].value
        assert float(written) == row["value"]
        sides[row["side"]] += float(written)
    counted = [f"{sides[side]:,.0f}".replace(",", ".") for side in sides if (numbers["side"] == side).any()]
    assert "/".join(counted) == said


def test_a_unit_that_owes_a_report_is_told_of_not_judged(page: AppTest, data: Path) -> None:
    con = open_to_read(data)
    (absent,) = con.execute(
        """
        select any_value(full_name) from unit where kind = 'xa' and valid_to is null
            and unit_code not in (select unit_code from submission)
        """
    ).fetchone() or ("",)
    con.close()
    at_address(page, "pages/analysis/unit.py", **{choosing.UNIT: absent})
    assert "chưa có báo cáo được ghi nhận của kỳ này" in page.info[0].value
    assert not page.get("download_button"), "there is no report to make a document of"
    assert not [one.value for one in page.markdown if "không có nhiệm vụ" in one.value]


def test_the_title_says_whose_numbers_are_looked_at(page: AppTest, unit: tuple[str, str]) -> None:
    cells = "pages/reports/cells.py"
    at_address(page, cells, **links.cells_of("DV01", unit[1]))
    assert page.title[0].value == f"Tháng 11/2026: tỷ lệ hồ sơ nộp trực tuyến của {unit[1]}"
    assert [one.value for one in page.caption if "Dữ liệu minh họa" in one.value], "who loaded the file, in words"


def test_a_report_of_a_year_is_followed_to_its_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A unit's yearly report is not of the month that the frame shows."""
    monkeypatch.setenv("NQ57_DATA", str(tmp_path / "data"))
    for name, content, received in (
        ("nam.xlsx", report("HU-CAMGIANG", "2025", {"2_TUYEN_TRUYEN K0101 products": 7}), "2025-12-08"),
        ("thang.xlsx", report("10966"), "2026-11-20"),
    ):
        (tmp_path / name).write_bytes(content)
        asked = ["load", str(tmp_path / name), "--received", received, "--data", str(tmp_path / "data")]
        assert CliRunner().invoke(app, asked).exit_code == 0
    page = dashboard().run()
    chosen = {choosing.TRACED_UNIT: "Huyện Cẩm Giàng", choosing.TRACED_PERIOD: "Năm 2025"}
    numbers = shown(at_address(page, "pages/reports/cells.py", **chosen), "cell")
    assert page.title[0].value.startswith("Năm 2025")
    book = openpyxl.load_workbook(tmp_path / "nam.xlsx", data_only=True)
    (made,) = numbers[(numbers["sheet"] == "2_TUYEN_TRUYEN") & (numbers["value"] == 7)].to_dict("records")
    assert book["2_TUYEN_TRUYEN"][made["cell"]].value == 7
    assert set(numbers.loc[numbers["sheet"] == "5_DVC", "item"]) == {"TONG Tổng số hồ sơ của đơn vị"}
    assert len(page.get("download_button")) > 2


def test_each_number_that_a_later_file_changed_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NQ57_DATA", str(tmp_path / "data"))
    for number in (7, 9):
        send(tmp_path / "data", f"{number}.xlsx", report("10966", PERIOD, {"2_TUYEN_TRUYEN K0101 products": number}))
    page = dashboard().run()
    at_address(page, "pages/reports/cells.py", **{choosing.TRACED_UNIT: "Xã Bình Giang"})
    changes = shown(page, "before")
    assert [tuple(row) for row in changes[["before", "value", "version"]].to_numpy()] == [(7, 9, 2)]
    assert not page.exception
