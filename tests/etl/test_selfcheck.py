"""What a template says of itself while it is filled in: the same as the checker, seen in LibreOffice."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from etl import selfcheck
from etl.annotate import marked
from etl.catalogue import load_catalogue
from etl.expression import compile_expression
from etl.findings import Finding
from etl.inspection import Incoming, Inspected, inspect
from etl.prepare import Prepared
from etl.template import Before, as_bytes, save, write_template
from etl.template.page import FIRST_ROW, ID_ROW, STATE_ROW
from tests.etl.test_new_form import CATALOGUE as LIBRARIES
from tests.officer import types
from tests.workbooks import prepared, report

UNIT = "10507"
RECEIVED = dt.datetime(2026, 11, 18, 9)
COVER = "1_THONG_TIN"
Place = tuple[str, str]
WRONG = {
    (COVER, "", "adults"): 700,
    ("2_TUYEN_TRUYEN", "K0101", "products"): 6,
    ("2_TUYEN_TRUYEN", "K0101", "t1"): 3,
    ("2_TUYEN_TRUYEN", "K0102", "products"): "12 bài",
    ("2_TUYEN_TRUYEN", "K0103", "x_dvctt"): 7,
    ("2_TUYEN_TRUYEN", "K0104", "reach"): 5,
    ("2_TUYEN_TRUYEN", "K0104", "interactions"): 9,
    ("5_DVC", "TONG", "recv_total"): 200,
    ("5_DVC", "TONG", "recv_online"): 146,
    ("5_DVC", "TONG", "recv_direct"): 55,
    ("6_KY_NANG_SO", "KN01", "cumulative"): "KAD",
    ("7_KINH_PHI", "", "spent_period"): "nhiều",
}
"""Sheet, row, column -> what an officer types or pastes there; the row "" is the first one."""


def columns(sheet: Worksheet) -> dict[str, int]:
    """column_id -> column."""
    return {str(cell.value): cell.column for cell in sheet[ID_ROW] if cell.value}


def place(book: openpyxl.Workbook, sheet: str, code: str, column_id: str) -> Place:
    """Where a value is typed."""
    page = book[sheet]
    if sheet == COVER:
        lines = {page.cell(row, 1).value: row for row in range(FIRST_ROW, page.max_row + 1)}
        return sheet, f"C{lines[column_id]}"
    for row in range(FIRST_ROW, page.max_row + 1):
        if not code or code in (page.cell(row, 1).value, page.cell(row, 2).value):
            return sheet, page.cell(row, columns(page)[column_id]).coordinate
    raise AssertionError(code)


def nothing_at(page: Worksheet) -> str:
    """Where “không phát sinh” is chosen."""
    label = next(cell for cell in page[STATE_ROW] if str(cell.value).startswith("Không phát sinh"))
    return page.cell(STATE_ROW, label.column + 1).coordinate


def inspected(content: bytes) -> Inspected:
    return inspect(prepared(), Incoming(f"NQ57-HP-1_{UNIT}_2026-11.xlsx", content, RECEIVED))


def findings(content: bytes) -> tuple[Finding, ...]:
    (report,) = inspected(content).reports
    return report.findings


def begun(content: bytes) -> tuple[bytes, dict[str, int]]:
    """A blank template with a zero in each blank sheet, so that its cells are named one by one; and how many of those
    zeros stand where something must be filled, by sheet.
    """
    book = openpyxl.load_workbook(BytesIO(content))
    given: dict[str, int] = {}
    for each in findings(content):
        if each.rule_id == "V46.3":
            cell = book[each.sheet][each.cell]
            cell.value = 0
            column_id = next(name for name, at in columns(book[each.sheet]).items() if at == cell.column)
            form = prepared().catalogue.form("NQ57-HP-1").sheet(each.sheet)
            given[each.sheet] = int(bool(form.column(column_id).required))
    out = BytesIO()
    book.save(out)
    return out.getvalue(), given


def fitting(book: openpyxl.Workbook, finding: Finding) -> object:
    """What an officer may type into a cell that must be filled."""
    page = book[finding.sheet]
    form = prepared().catalogue.form("NQ57-HP-1").sheet(finding.sheet)
    row, at = page[finding.cell].row, page[finding.cell].column
    ids = {number: name for name, number in columns(page).items()}
    column = form.column(str(page.cell(row, 1).value) if finding.sheet == COVER else ids[at])
    if column.column_id in ("status", "progress"):
        return {"status": "Đang thực hiện", "progress": 10}[column.column_id]
    if column.type == "date":
        return dt.date(2026, 11, 17)
    if column.type in ("enum", "yesno"):
        return {"roles": "Phòng Văn hóa - Xã hội", "yesno": "Không"}[column.list_id]
    return int(float(column.low or 0)) if column.low.isdigit() else 0


class Filled:
    """A template of a unit in LibreOffice: as it came, filled rightly with two sheets declared empty, then wrongly."""

    def __init__(self, folder: Path) -> None:
        catalogue = prepared().catalogue
        period = prepared().period("2026-11")
        assert period is not None
        blank, opened, right, wrong = (folder / f"{name}.xlsx" for name in ("trong", "mo", "dung", "sai"))
        save(write_template(catalogue, catalogue.form("NQ57-HP-1"), catalogue.unit(UNIT), period, Before()), blank)
        types(blank, opened, {})
        book = openpyxl.load_workbook(blank)
        missing = [each for each in findings(begun(blank.read_bytes())[0]) if each.severity == "error"]
        declared = ("3_DOI_TUONG", "6_KY_NANG_SO")
        typed: dict[Place, object] = {(each.sheet, each.cell): fitting(book, each)
                                      for each in missing if each.sheet not in declared}  # fmt: skip
        typed |= {(each.sheet, each.cell): 0 for each in findings(blank.read_bytes())
                  if each.rule_id == "V46.3" and each.sheet not in declared}  # fmt: skip
        typed |= {(name, nothing_at(book[name])): "Có" for name in declared}
        types(blank, right, typed)
        taken_back = {("6_KY_NANG_SO", nothing_at(book["6_KY_NANG_SO"])): ""}
        types(
            right,
            wrong,
            taken_back
            | {place(book, *where): value for where, value in WRONG.items()}
            | {("4_NHIEM_VU", f"M{FIRST_ROW}"): "Hoàn thành", ("4_NHIEM_VU", f"M{FIRST_ROW + 1}"): "Đang thực hiện"},
        )
        self.blank, self.opened, self.right, self.wrong = (each.read_bytes() for each in (blank, opened, right, wrong))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    return Filled(tmp_path_factory.mktemp("dien"))


def shown(content: bytes) -> openpyxl.Workbook:
    """A workbook with what its formulas gave."""
    return openpyxl.load_workbook(BytesIO(content), data_only=True)


def states(book: openpyxl.Workbook) -> dict[str, str]:
    """What the first sheet says of each sheet, and of the whole under ""."""
    said = {}
    for row in book.worksheets[0].iter_rows(min_row=2, max_row=20, values_only=True):
        if row[0] == "Cả tệp":
            said[""] = str(row[1])
        elif row[0] in book.sheetnames:
            said[str(row[0])] = str(row[3])
    return said


def sentences(book: openpyxl.Workbook) -> dict[tuple[str, int], str]:
    """What stands beside each row."""
    said = {}
    for page in book.worksheets:
        at = 5 if page.title == COVER else columns(page).get(selfcheck.COLUMN_ID)
        for row in range(FIRST_ROW, page.max_row + 1) if at else ():
            if page.cell(row, at).value:
                said[page.title, row] = str(page.cell(row, at).value)
    return said


def of_the_checker(found: tuple[Finding, ...], sheets: Iterator[str]) -> Mapping[str, tuple[int, int]]:
    """How many cells the checker finds missing and wrong on each sheet; what only history tells is left out."""
    rules = {rule.rule_id: rule for rule in prepared().catalogue.rules}
    asks = {each for each, rule in rules.items()
            if rule.kind != "history" and compile_expression(rule.expression).only_asks}  # fmt: skip
    counted = {sheet: [0, 0] for sheet in sheets}
    for each in found:
        if (
            each.severity == "error"
            and each.sheet
            and (each.rule_id not in rules or rules[each.rule_id].kind != "history")
        ):
            counted[each.sheet][0 if each.rule_id == "V46" or each.rule_id in asks else 1] += 1
    return {sheet: (missing, wrong) for sheet, (missing, wrong) in counted.items()}


def in_words(missing: int, wrong: int) -> str:
    """A state as the template says it."""
    if not missing and not wrong:
        return "Đủ"
    parts = [f"Còn thiếu {missing} ô" if missing else "", f"sai {wrong} ô" if wrong else ""]
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def test_a_template_filled_rightly_is_complete_and_is_accepted(filled: Filled) -> None:
    book = shown(filled.right)
    said = states(book)
    assert said.pop("") == "Đủ, có thể gửi"
    assert said == dict.fromkeys(said, "Đủ") | dict.fromkeys(("3_DOI_TUONG", "6_KY_NANG_SO"), "Không phát sinh")
    assert not [text for text in sentences(book).values() if text.startswith(("SAI", "THIẾU", "XEM"))]
    assert book[COVER]["B2"].value == "Tự kiểm tra: Đủ.  Cả tệp: Đủ, có thể gửi."
    (report,) = inspected(filled.right).reports
    assert not report.refused
    assert set(report.nothing_in) == {"3_DOI_TUONG", "6_KY_NANG_SO"}


def test_an_empty_template_counts_what_the_checker_misses(filled: Filled) -> None:
    said = states(shown(filled.opened))
    whole = said.pop("")
    content, given = begun(filled.blank)
    expected = {sheet: (missing + given.get(sheet, 0), wrong)
                for sheet, (missing, wrong) in of_the_checker(findings(content), iter(said)).items()}  # fmt: skip
    assert said == {sheet: in_words(*counts) for sheet, counts in expected.items()}
    assert whole == in_words(*(sum(each) for each in zip(*expected.values(), strict=True)))
    assert sum(missing for missing, _ in expected.values()) > 150


def test_a_template_filled_wrongly_says_what_the_checker_says(filled: Filled) -> None:
    book = shown(filled.wrong)
    found = findings(filled.wrong)
    said = states(book)
    whole = said.pop("")
    expected = of_the_checker(found, iter(said))
    for sheet, counts in expected.items():
        assert said[sheet].split(";")[0] in (in_words(*counts), "Không phát sinh"), sheet
    assert whole.split(";")[0] == in_words(*(sum(each) for each in zip(*expected.values(), strict=True)))
    assert expected["2_TUYEN_TRUYEN"] == (0, 3)
    beside = sentences(book)
    rules = {rule.rule_id for rule in prepared().catalogue.rules if rule.kind != "history"}
    spoken = [each for each in found if each.rule_id in rules]
    assert {"V09a", "V11", "V12", "V22a", "V22b", "V28", "V46a"} <= {each.rule_id for each in spoken}
    for each in spoken:
        said_there = beside[each.sheet, book[each.sheet][each.cell].row]
        assert each.message in said_there
        assert each.fix in said_there


def test_what_is_wrong_first_stands_under_the_title_and_the_row_is_named(filled: Filled) -> None:
    line = str(shown(filled.wrong)["2_TUYEN_TRUYEN"].cell(STATE_ROW, 1).value)
    assert line.startswith("Tự kiểm tra: Sai 3 ô; xem lại 1 ô. Dòng 5 (K0101) – SAI: Các cột theo nội dung (1.1: 3;")


def test_the_reader_takes_nothing_of_it_for_data(filled: Filled) -> None:
    """With sentences beside the rows, without results (as a script saves), without the row of ids: the same report."""
    (known,) = inspected(filled.wrong).reports
    assert not [each for each in known.findings if each.rule_id in ("V02.9", "V02.12", "V49.2")]
    book = openpyxl.load_workbook(BytesIO(filled.wrong))
    out = BytesIO()
    book.save(out)
    (again,) = inspected(out.getvalue()).reports
    assert again == known
    for name in ("2_TUYEN_TRUYEN", "4_NHIEM_VU"):
        for cell in book[name][ID_ROW]:
            cell.value = None
    out = BytesIO()
    book.save(out)
    (bare,) = inspected(out.getvalue()).reports
    assert bare.observations == known.observations
    assert not [each for each in bare.findings if each.rule_id == "V02.9"]


def test_a_unit_or_month_in_a_sentence_is_no_witness() -> None:
    def touch(book: openpyxl.Workbook) -> None:
        book["2_TUYEN_TRUYEN"].insert_rows(2)
        book["2_TUYEN_TRUYEN"]["A2"] = "Tự kiểm tra: Dòng 5 – SAI: chép của Phường Gia Viên, tháng 10/2026."

    (known,) = inspected(report(UNIT, touch=touch)).reports
    assert (known.unit_code, known.period) == (UNIT, "2026-11")
    assert not [each for each in known.findings if each.rule_id.startswith(("V03", "V05"))]


def test_nothing_to_report_asks_for_nothing_even_where_numbers_were_printed_beforehand() -> None:
    def touch(book: openpyxl.Workbook) -> None:
        page = book["6_KY_NANG_SO"]
        page["E1"], page["F1"] = "Không phát sinh trong kỳ:", "Có"
        for row in range(4, page.max_row + 1):
            page.cell(row, 6).value = page.cell(row, 5).value = None

    content = report(UNIT, changes={"6_KY_NANG_SO KN03 base": 7_000}, touch=touch)
    assert [each for each in findings(content) if each.severity == "error"] == []


def test_marks_live_beside_it_and_a_corrected_copy_says_so(filled: Filled, tmp_path: Path) -> None:
    found = findings(filled.wrong)
    sent_back, corrected = tmp_path / "tra lai.xlsx", tmp_path / "sua.xlsx"
    sent_back.write_bytes(marked(filled.wrong, "sai.xlsx", found))
    names = openpyxl.load_workbook(sent_back).defined_names
    assert names.keys() == openpyxl.load_workbook(BytesIO(filled.wrong)).defined_names.keys()
    book = openpyxl.load_workbook(BytesIO(filled.wrong))
    types(sent_back, corrected, {place(book, COVER, "", "adults"): 90})
    beside = sentences(shown(corrected.read_bytes()))
    row = book[COVER][place(book, COVER, "", "adults")[1]].row
    assert not beside.get((COVER, row), "").startswith("SAI")
    (again,) = inspected(corrected.read_bytes()).reports
    assert {each.rule_id for each in found} - {each.rule_id for each in again.findings} == {"V09a"}


def test_a_rule_of_a_new_form_is_a_row_for_checker_guidance_and_workbook_alike(tmp_path: Path) -> None:
    """No Python: a rule more in rules.csv, in a form of another authority."""
    rule = "TV2,THUVIEN,BAN_DOC,TRE_EM,error,expression,,visits <= cover.seats,Trẻ em đến {visits} lượt quá {seats} chỗ.,Đếm lại.,Mỗi chỗ một lượt,,\n"
    files = dict(LIBRARIES)
    files["rules.csv"] += rule
    files["forms/THUVIEN/sheets.csv"] = files["forms/THUVIEN/sheets.csv"].replace(
        "BIA,Bìa", "DOC,Đọc trước,guide,,,,,,,Đọc kỹ\nBIA,Bìa", 1
    )
    for name, text in files.items():
        path = tmp_path / "danh muc" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.strip() + "\n", encoding="utf-8")
    ready = Prepared(load_catalogue(tmp_path / "danh muc"))
    form, unit, period = (
        ready.catalogue.form("THUVIEN"),
        ready.catalogue.unit("TV-01"),
        ready.period("2026-10", "DUONG_LICH"),
    )
    assert period is not None
    template = tmp_path / "mau.xlsx"
    template.write_bytes(as_bytes(write_template(ready.catalogue, form, unit, period, Before())))
    book = openpyxl.load_workbook(template)
    guidance = [str(cell.value) for row in book["DOC"].iter_rows() for cell in row if cell.value]
    assert "Mỗi chỗ một lượt (TV2)" in guidance
    page = book["BAN_DOC"]
    at = columns(page)
    typed: dict[Place, object] = {
        ("BIA", f"C{next(row for row in range(FIRST_ROW, 20) if book['BIA'].cell(row, 1).value == 'seats')}"): 20,
        **{("BAN_DOC", page.cell(FIRST_ROW + index, at[name]).coordinate): value
           for index, row in enumerate(({"visits": 30, "loans": 15}, {"visits": 2, "loans": 90}))
           for name, value in row.items()},
    }  # fmt: skip
    types(template, tmp_path / "dien.xlsx", typed)
    content = (tmp_path / "dien.xlsx").read_bytes()
    seen = inspect(ready, Incoming("a.xlsx", content, dt.datetime(2026, 11, 4)))
    (said,) = seen.reports
    assert {(each.rule_id, each.cell) for each in said.findings} == {
        ("TV1", page.cell(FIRST_ROW + 1, at["loans"]).coordinate),
        ("TV2", page.cell(FIRST_ROW, at["visits"]).coordinate),
    }
    answered = shown(content)
    assert states(answered) == {"": "Sai 2 ô", "BIA": "Đủ", "BAN_DOC": "Sai 2 ô"}
    assert sentences_of(answered["BAN_DOC"]) == [
        "SAI: Trẻ em đến 30 lượt quá 20 chỗ. Đếm lại.", "SAI: Lượt mượn 90 quá năm lần lượt đến 2. Kiểm tra lại hai ô.",
    ]  # fmt: skip
    reds = [text for area in page.conditional_formatting for each in area.rules for text in each.formula]
    assert any("TT_seats" in text for text in reds)


def sentences_of(page: Worksheet) -> list[str]:
    """What stands beside the rows of a table."""
    at = columns(page)[selfcheck.COLUMN_ID]
    return [str(page.cell(row, at).value).strip() for row in range(FIRST_ROW, page.max_row + 1)]


def test_a_rule_not_in_force_yet_is_not_asked_and_a_new_one_only_notes(tmp_path: Path) -> None:
    files = dict(LIBRARIES)
    rules = files["rules.csv"].strip().removesuffix(",,")
    for dates, expected in ((",2026-11,", None), (",,2026-11", "LƯU Ý: "), (",2026-10,2026-10", "SAI: ")):
        folder = tmp_path / (dates.strip(",") or "x").replace(",", "_") / str(expected)
        for name, text in (files | {"rules.csv": rules + dates}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text.strip() + "\n", encoding="utf-8")
        ready = Prepared(load_catalogue(folder))
        period = ready.period("2026-10", "DUONG_LICH")
        assert period is not None
        book = write_template(
            ready.catalogue, ready.catalogue.form("THUVIEN"), ready.catalogue.unit("TV-01"), period, Before()
        )
        name = book.defined_names.get("KT_TV1")
        assert (name is None) == (expected is None)
        assert name is None or f'"{expected}Lượt mượn "' in str(name.attr_text)


def test_formulas_keep_to_what_excel_takes() -> None:
    catalogue, period = prepared().catalogue, prepared().period("2026-11")
    assert period is not None
    for form_id, unit in (("NQ57-HP-1", UNIT), ("NQ57-HP-1", "CQ-BQLKKT"), ("BIEU06", UNIT)):
        book = openpyxl.load_workbook(
            BytesIO(
                as_bytes(write_template(catalogue, catalogue.form(form_id), catalogue.unit(unit), period, Before()))
            )
        )
        names = {name: str(each.attr_text) for name, each in book.defined_names.items()}
        for name, formula in names.items():
            assert len(formula) < 8_000
            assert max((len(text) for text in re.findall(r'"((?:[^"]|"")*)"', formula)), default=0) <= 255
            assert not re.fullmatch(r"[A-Za-z]{1,3}[0-9]+", name), "such a name would be a cell"
        for page in book.worksheets:
            for row in page.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        asked = set(re.findall(r"\bKT_\w+", str(cell.value)))
                        assert asked <= names.keys()
            for area in page.conditional_formatting:
                for each in area.rules:
                    assert "{" not in each.formula[0], "no constants of several values in a condition"
