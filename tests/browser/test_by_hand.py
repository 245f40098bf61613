"""One commune's month by hand: the template is filled in LibreOffice, sent, corrected, and seen on the pages."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect
from typer.testing import CliRunner

from etl.cli import app
from tests.browsing import settled
from tests.officer import types

BINH_GIANG = "10966"

FACTS = {"signed_date": "17/11/2026", "compiler_unit": "Phòng Văn hóa – Xã hội", "has_screen": "Không",
         "has_chatbot": "Không", "has_portal_column": "Có", "population": 21_450, "adults": 15_200, "households": 6_100, "villages": 24,
         "civil_servants": 52, "enterprises": 118, "business_households": 640}  # fmt: skip
NUMBERS = {
    "2_TUYEN_TRUYEN": "K0101 products 31 | K0101 airings 62 | K0201 products 6 | K0301 products 12 | K0401 products 18",
    "5_DVC": "TONG carried_in 15 | TONG recv_total 200 | TONG recv_online 146 | TONG recv_full 90"
             " | TONG recv_direct 54 | TONG done_total 180 | TONG done_early 120 | TONG done_ontime 51"
             " | TONG done_late 9 | TONG open_total 35 | TONG open_intime 33 | TONG open_late 2"
             " | TONG procs_total 120 | TONG procs_online 96 | TONG procs_full 60 | TONG procs_used 40",
}  # fmt: skip


def places(sheet: Worksheet, column_id: str) -> dict[str, int]:
    """Where each column stands, by the hidden row of ids that names this one."""
    for row in sheet.iter_rows(max_row=12):
        ids = {str(cell.value): cell.column for cell in row if cell.value}
        if column_id in ids:
            return ids
    raise AssertionError(f"{sheet.title}: no {column_id}")


def typed_numbers(book: openpyxl.Workbook) -> Iterator[tuple[tuple[str, str], object]]:
    """Where the numbers above belong in the template."""
    for name, text in NUMBERS.items():
        sheet = book[name]
        rows = {cell.value: cell.row for row in sheet.iter_rows(max_col=2) for cell in row}
        for item, column, number in (each.split() for each in text.split("|")):
            yield (name, sheet.cell(rows[item], places(sheet, column)[column]).coordinate), int(number)


def typed_facts(book: openpyxl.Workbook) -> Iterator[tuple[tuple[str, str], object]]:
    """Where the facts of the commune belong on the first sheet."""
    sheet = book["1_THONG_TIN"]
    ids = places(sheet, "value")
    for (cell,) in sheet.iter_rows(max_col=1):
        if cell.value in FACTS:
            yield ("1_THONG_TIN", sheet.cell(cell.row, ids["value"]).coordinate), FACTS[cell.value]


def asked(command: list[str], data: Path) -> Mapping[str, object]:
    """What the command line says of one file."""
    result = CliRunner().invoke(app, [*command, "--json", "--data", str(data)])
    answer = json.loads(result.stdout.splitlines()[0])
    assert isinstance(answer, dict)
    return answer


def blanks(answer: Mapping[str, object]) -> Iterator[tuple[tuple[str, str], object]]:
    """What an officer types where something is missing: tasks are under way, nothing else happened."""
    for each in answer["findings"]:  # type: ignore[attr-defined]
        if each["severity"] == "error":
            state = each["sheet"] == "4_NHIEM_VU" and each["column_label"] == "Trạng thái"
            yield (each["sheet"], each["cell"]), "Đang thực hiện" if state else 0


def test_a_template_filled_by_hand_reaches_the_pages(serve: Callable[[Path], str], page: Page, tmp_path: Path) -> None:
    data = tmp_path / "data"
    made = CliRunner().invoke(
        app, ["template", "--unit", BINH_GIANG, "--period", "2026-11", "--out", str(tmp_path), "--data", str(data)]
    )
    assert made.exit_code == 0, made.output
    (template,) = tmp_path.glob("*.xlsx")
    book = openpyxl.load_workbook(template)

    first = tmp_path / "gui lan 1.xlsx"
    types(template, first, dict(typed_facts(book)) | dict(typed_numbers(book)))
    answer = asked(["load", str(first), "--received", "2026-11-18T09:00"], data)
    assert answer["outcome"] == "returned"

    sent, version = first, 1
    while answer["outcome"] == "returned" and version < 3:  # of a sheet left blank it is said first, then of its cells
        version += 1
        again = tmp_path / f"gui lan {version}.xlsx"
        types(sent, again, dict(blanks(answer)))
        answer = asked(["load", str(again), "--received", f"2026-11-{17 + version}T09:00"], data)
        sent = again
    wrong = [each for each in answer["findings"] if each["severity"] == "error"]  # type: ignore[attr-defined]
    assert wrong == []
    assert (answer["outcome"], answer["unit_code"], answer["version"]) == ("accepted", BINH_GIANG, 3)

    url = serve(data)
    page.goto(f"{url}/dich-vu-cong-truc-tuyen")
    settled(page)
    expect(page.get_by_role("heading", name="73,0% hồ sơ nộp trực tuyến")).to_be_visible()
    expect(page.get_by_role("figure", name="Hồ sơ tiếp nhận mới 200; nộp trực tuyến 146")).to_be_visible()
    page.goto(f"{url}/do-phu-theo-kenh")
    settled(page)
    expect(page.get_by_text("1/115").first).to_be_visible()
