"""The workbook an officer gets: what is stamped, locked, offered, pre-filled and said in it."""

import datetime as dt
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.calendar import Period
from etl.catalogue import Catalogue, load_catalogue
from etl.form import Form
from etl.inspection import Incoming, inspect
from etl.selfcheck import COLUMN_ID
from etl.template import Before, as_bytes, carry_forward, file_name, save, seed_tasks, write_many, write_template
from etl.template.page import FIRST_ROW, ID_ROW, LABEL_ROW
from tests.waiting import PATIENCE
from tests.workbooks import prepared

BINH_GIANG, GIA_VIEN, ZONES, COMMON = "10966", "11359", "CQ-BQLKKT", "10507"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return prepared().catalogue


@pytest.fixture(scope="module")
def form(catalogue: Catalogue) -> Form:
    return catalogue.form("NQ57-HP-1")


@pytest.fixture(scope="module")
def november() -> Period:
    period = prepared().period("2026-11")
    assert period is not None
    return period


def written(catalogue: Catalogue, form: Form, period: Period, unit_code: str, before: Before | None = None) -> Workbook:
    """A template as it is on disk."""
    book = write_template(catalogue, form, catalogue.unit(unit_code), period, before or Before())
    return load_workbook(BytesIO(as_bytes(book)))


@pytest.fixture(scope="module")
def binh_giang(catalogue: Catalogue, form: Form, november: Period) -> Workbook:
    return written(catalogue, form, november, BINH_GIANG)


def columns(sheet: Worksheet) -> dict[str, int]:
    """column_id -> column, from the hidden row."""
    return {cell.value: cell.column for cell in sheet[ID_ROW] if cell.value and cell.value != COLUMN_ID}


def rows(sheet: Worksheet, column: int) -> dict[str, int]:
    """What stands in a column -> its row."""
    found = {str(sheet.cell(row, column).value): row for row in range(FIRST_ROW, sheet.max_row + 1)}
    return {text: row for text, row in found.items() if text != "None"}


def cover(book: Workbook) -> dict[str, object]:
    """column_id -> value of the cover."""
    sheet = book["1_THONG_TIN"]
    return {str(sheet.cell(row, 1).value): sheet.cell(row, 3).value for row in range(FIRST_ROW, sheet.max_row + 1)}


def texts(sheet: Worksheet) -> str:
    """Everything a sheet says."""
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_the_cover_is_stamped_with_unit_and_period(binh_giang: Workbook) -> None:
    said = cover(binh_giang)
    assert said["template_version"] == "NQ57-HP-1"
    assert (said["unit_code"], said["unit_name"], said["unit_type"]) == ("10966", "Xã Bình Giang", "Xã")
    assert (said["period"], said["period_type"]) == ("2026-11", "Tháng")
    assert said["date_from"] == dt.datetime(2026, 10, 15)
    assert said["date_to"] == dt.datetime(2026, 11, 14)


def test_every_title_names_unit_and_period_and_the_due_day_stands_first(binh_giang: Workbook) -> None:
    for name in binh_giang.sheetnames[:-2]:
        assert "Xã Bình Giang — Tháng 11/2026" in texts(binh_giang[name]).replace("\n", " "), name
    for name in ("0_HUONG_DAN", "1_THONG_TIN"):
        assert binh_giang[name]["E1"].value == "Hạn nộp: 23 giờ 59 phút, thứ Sáu, ngày 20/11/2026"


def test_ids_are_hidden_in_their_row_and_column_a_of_the_cover(form: Form, binh_giang: Workbook) -> None:
    for part in form.sheets:
        sheet = binh_giang[part.sheet]
        if part.layout in ("matrix", "records"):
            assert list(columns(sheet)) == [column.column_id for column in part.columns]
            assert sheet.row_dimensions[ID_ROW].hidden
    assert [cell.value for cell in binh_giang["1_THONG_TIN"][ID_ROW]] == [
        "column_id",
        "label",
        "value",
        "unit",
        "guide",
    ]
    assert binh_giang["1_THONG_TIN"].column_dimensions["A"].hidden


def test_what_is_printed_is_locked_and_what_is_filled_is_not(form: Form, binh_giang: Workbook) -> None:
    for name in binh_giang.sheetnames:
        assert binh_giang[name].protection.sheet
        assert not binh_giang[name].protection.password
    sheet = binh_giang["2_TUYEN_TRUYEN"]
    at = columns(sheet)
    radio = rows(sheet, at["channel_code"])["K0201"]
    assert sheet.cell(radio, at["channel_code"]).protection.locked
    assert not sheet.cell(radio, at["products"]).protection.locked
    assert not sheet.cell(radio, at["airings"]).protection.locked
    portal = rows(sheet, at["channel_code"])["K0301"]
    assert sheet.cell(portal, at["airings"]).protection.locked, "a column without a meaning for the row"
    said = {str(binh_giang["1_THONG_TIN"].cell(row, 1).value): row for row in range(FIRST_ROW, 32)}
    assert binh_giang["1_THONG_TIN"].cell(said["period"], 3).protection.locked
    assert not binh_giang["1_THONG_TIN"].cell(said["population"], 3).protection.locked


def test_channels_are_grouped_by_the_name_of_their_group(binh_giang: Workbook) -> None:
    sheet = binh_giang["2_TUYEN_TRUYEN"]
    row = rows(sheet, columns(sheet)["channel_code"])
    assert sheet.cell(row["K0201"], 1).value == "Hệ thống truyền thanh cơ sở"
    assert f"A{row['K0201']}:A{row['K0202']}" in {area.coord for area in sheet.merged_cells.ranges}
    assert "K0203" not in row, "a channel that is closed is not offered"


def test_choices_are_offered_by_name_from_the_sheet_of_lists(binh_giang: Workbook) -> None:
    sheet = binh_giang["4_NHIEM_VU"]
    letter = sheet.cell(ID_ROW, columns(sheet)["status"]).column_letter
    check = next(
        each for each in sheet.data_validations.dataValidation if str(each.sqref).startswith(f"{letter}{FIRST_ROW}")
    )
    assert (check.type, check.formula1) == ("list", "DM_task_status")
    where = binh_giang.defined_names["DM_task_status"].attr_text
    name, area = where.replace("'", "").split("!")
    offered = [row[0].value for row in binh_giang[name][area.replace("$", "")]]
    assert offered == ["Chưa thực hiện", "Đang thực hiện", "Hoàn thành", "Tạm dừng", "Hủy"]


def test_a_unit_is_offered_the_offices_of_its_kind(catalogue: Catalogue, form: Form, november: Period) -> None:
    lists = {code: texts(written(catalogue, form, november, code)["9_DANH_MUC"]) for code in (BINH_GIANG, ZONES)}
    assert "Phòng Văn hóa - Xã hội" in lists[BINH_GIANG]
    assert "Phòng Văn hóa - Xã hội" not in lists[ZONES]
    assert "Văn phòng Ban Quản lý Khu kinh tế" in lists[ZONES]


def test_counts_are_checked_while_typed_with_words_for_officers(binh_giang: Workbook) -> None:
    sheet = binh_giang["2_TUYEN_TRUYEN"]
    letter = sheet.cell(ID_ROW, columns(sheet)["products"]).column_letter
    check = next(
        each for each in sheet.data_validations.dataValidation if str(each.sqref).startswith(f"{letter}{FIRST_ROW}")
    )
    cell = f"{letter}{FIRST_ROW}"
    assert check.formula1 == (
        f'IF(ISNUMBER({cell}),AND({cell}>=0,{cell}<=100000,{cell}=INT({cell})),UPPER(TRIM({cell}))="KAD")'
    )
    assert "KAD" in check.prompt
    assert "số nguyên" in check.error
    for sheet in binh_giang.worksheets:
        for each in sheet.data_validations.dataValidation:
            assert len(each.formula1 or "") <= 255, "longer ones break the file for Excel"
            assert len(each.prompt or "") <= 255
            assert len(each.promptTitle or "") <= 32
            assert len(each.error or "") <= 255


def test_a_percentage_is_a_plain_number_and_85_percent_typed_with_its_sign_is_refused(binh_giang: Workbook) -> None:
    sheet = binh_giang["4_NHIEM_VU"]
    at = columns(sheet)["progress"]
    assert sheet.cell(FIRST_ROW, at).number_format == "General"
    letter = sheet.cell(ID_ROW, at).column_letter
    check = next(
        each for each in sheet.data_validations.dataValidation if str(each.sqref).startswith(f"{letter}{FIRST_ROW}")
    )
    assert f"OR({letter}{FIRST_ROW}=0,{letter}{FIRST_ROW}>=1)" in check.formula1


def live_formulas(sheet: Worksheet) -> list[str]:
    """The formulas that colour cells."""
    return [formula for area in sheet.conditional_formatting for rule in area.rules for formula in rule.formula]


def test_rules_turn_cells_red_while_they_are_filled(binh_giang: Workbook) -> None:
    sheet = binh_giang["5_DVC"]
    letter = {name: f"${sheet.cell(ID_ROW, at).column_letter}{FIRST_ROW}" for name, at in columns(sheet).items()}
    parts = "+".join(letter[name] for name in ("recv_online", "recv_direct"))
    assert any(f"(({parts})+{letter['recv_post']})={letter['recv_total']}" in each for each in live_formulas(sheet))
    screens = live_formulas(binh_giang["2_TUYEN_TRUYEN"])
    assert any('NOT(IF(TT_has_screen="Có",1,0))' in each for each in screens), "a rule that looks at the cover"
    assert "TT_has_screen" in binh_giang.defined_names


@pytest.mark.parametrize(
    ("unit_code", "count", "first"),
    [(BINH_GIANG, 68, "000-01"), (GIA_VIEN, 17, "002-01"), (ZONES, 19, "001-01"), (COMMON, 28, "CHUNG-01")],
)
def test_a_first_template_has_the_tasks_of_the_plans(
    catalogue: Catalogue, form: Form, november: Period, unit_code: str, count: int, first: str
) -> None:
    sheet = written(catalogue, form, november, unit_code)["4_NHIEM_VU"]
    at = columns(sheet)
    known = rows(sheet, at["task_id"])
    assert len(known) == count
    assert next(iter(known)) == first
    assert sheet.cell(FIRST_ROW, at["task_id"]).protection.locked, "the id stays as it is"
    assert not sheet.cell(FIRST_ROW, at["title"]).protection.locked
    assert sheet.max_row == FIRST_ROW - 1 + count + 30, "and thirty rows for new ones"
    assert sheet.cell(FIRST_ROW, at["kind"]).value in ("Một lần", "Thường xuyên")


def test_last_month_is_carried_forward(catalogue: Catalogue, form: Form, november: Period) -> None:
    unit = catalogue.unit(COMMON)
    given = seed_tasks(catalogue, unit)
    once, routine = (next(task for task in given if task.kind == kind) for kind in ("MOT_LAN", "THUONG_XUYEN"))
    tasks = (
        once._replace(status="DANG_THUC_HIEN", progress=45.0),
        routine._replace(status="HOAN_THANH", progress=100.0, done_date=dt.date(2026, 10, 9)),
    )
    last = {("5_DVC", "TONG", "open_total"): 41.0, ("5_DVC", "ĐẤT ĐAI", "open_total"): 7.0,
            ("6_KY_NANG_SO", "KN03", "cumulative"): 5_120.0}  # fmt: skip
    known = {"population": 21_000.0, "adults": 15_500.0, "has_screen": False, "document_no": "12/BC-UBND",
             "plan_no": "36/KH-UBND"}  # fmt: skip
    book = written(catalogue, form, november, COMMON, carry_forward(catalogue, form, last, tasks, known))
    said = cover(book)
    assert (said["population"], said["has_screen"], said["plan_no"]) == (21_000, "Không", "36/KH-UBND")
    assert said["document_no"] is None, "each report has its own number"
    services = book["5_DVC"]
    assert services.cell(FIRST_ROW, columns(services)["carried_in"]).value == 41
    skills = book["6_KY_NANG_SO"]
    at = columns(skills)
    row = rows(skills, at["item_code"])["KN03"]
    assert skills.cell(row, at["base"]).value == 15_500
    assert skills.cell(row, at["cumulative"]).value is None
    assert skills.cell(row, at["cumulative"] - 1).value == 5_120, "last month's figure stands beside"
    assert skills.cell(LABEL_ROW, at["cumulative"] - 1).value == dt.datetime(2026, 10, 14), "headed by its day"
    register = book["4_NHIEM_VU"]
    at = columns(register)
    assert [register.cell(FIRST_ROW, at[name]).value for name in ("status", "progress")] == ["Đang thực hiện", 45]
    assert [register.cell(FIRST_ROW + 1, at[name]).value for name in ("status", "progress", "done_date")] == [
        None,
        None,
        None,
    ]


def test_no_cell_of_a_unit_is_a_formula_whatever_a_title_begins_with(
    catalogue: Catalogue, form: Form, november: Period
) -> None:
    task = seed_tasks(catalogue, catalogue.unit(COMMON))[0]._replace(title='=HYPERLINK("http://x")')
    book = written(catalogue, form, november, COMMON, Before(tasks=(task,)))
    formulas = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    assert formulas
    assert not any("HYPERLINK" in formula for formula in formulas)
    assert book["4_NHIEM_VU"].cell(FIRST_ROW, columns(book["4_NHIEM_VU"])["title"]).data_type == "s"


def test_the_guidance_has_every_rule_every_column_and_where_to_send(
    catalogue: Catalogue, form: Form, binh_giang: Workbook
) -> None:
    guidance = texts(binh_giang["0_HUONG_DAN"])
    for rule in catalogue.rules_of(form.form_id):
        assert f"({rule.rule_id})" in guidance
        assert rule.basis in guidance
    for part in form.sheets:
        for column in part.columns:
            assert column.type in ("label", "computed") or column.label in guidance
    assert catalogue.settings["authority"] in guidance
    assert "NQ57-HP-1_10966_2026-11.xlsx" in guidance
    assert "{" not in guidance


def test_a_blank_template_misses_only_what_must_be_filled(catalogue: Catalogue, form: Form, november: Period) -> None:
    for unit_code in (BINH_GIANG, COMMON, ZONES):
        unit = catalogue.unit(unit_code)
        data = as_bytes(write_template(catalogue, form, unit, november, Before()))
        seen = inspect(prepared(), Incoming(file_name(form, unit, november), data, dt.datetime(2026, 11, 18, 9)))
        (report,) = seen.reports
        assert (report.unit_code, report.period) == (unit_code, "2026-11")
        assert {finding.rule_id for finding in report.findings} <= {
            "V46",
            "V46.3",
            "V46a",
            "V46b",
            "V46c",
            "V46d",
            "V26a",
        }


def test_the_same_template_is_the_same_bytes(catalogue: Catalogue, form: Form, november: Period) -> None:
    made = [as_bytes(write_template(catalogue, form, catalogue.unit(COMMON), november, Before())) for _ in range(2)]
    assert made[0] == made[1]


def test_our_writer_and_openpyxls_own_say_the_same(catalogue: Catalogue, form: Form, november: Period) -> None:
    book = write_template(catalogue, form, catalogue.unit(GIA_VIEN), november, Before())
    ours = load_workbook(BytesIO(as_bytes(book)))
    buffer = BytesIO()
    book.save(buffer)
    theirs = load_workbook(buffer)
    assert ours.sheetnames == theirs.sheetnames
    for sheet, other in zip(ours, theirs, strict=True):
        for row, same in zip(sheet.iter_rows(), other.iter_rows(), strict=True):
            for cell, twin in zip(row, same, strict=True):
                assert (cell.value, cell.number_format, cell.fill.fgColor.rgb, cell.protection.locked) == (
                    twin.value, twin.number_format, twin.fill.fgColor.rgb, twin.protection.locked
                )  # fmt: skip
        assert len(sheet.data_validations.dataValidation) == len(other.data_validations.dataValidation)
        assert live_formulas(sheet) == live_formulas(other)
        assert {area.coord for area in sheet.merged_cells.ranges} == {area.coord for area in other.merged_cells.ranges}
        assert sheet.freeze_panes == other.freeze_panes


def test_a_cell_may_be_changed_without_changing_others_that_look_alike(
    catalogue: Catalogue, form: Form, november: Period
) -> None:
    book = write_template(catalogue, form, catalogue.unit(COMMON), november, Before())
    sheet = book["3_DOI_TUONG"]
    at = columns(sheet)["sessions"]
    sheet.cell(5, at).number_format = "0%"
    assert sheet.cell(6, at).number_format == "#,##0"


def test_many_units_get_a_file_each(catalogue: Catalogue, form: Form, november: Period, tmp_path: Path) -> None:
    units = [unit for unit in catalogue.units if unit.active(november.date_from, november.date_to)][:14]
    told: list[tuple[int, int, str]] = []
    paths = write_many(catalogue, form, units, november, {}, tmp_path, lambda *step: told.append(step))
    assert [path.name for path in paths] == sorted(file_name(form, unit, november) for unit in units)
    assert [done for done, _, _ in told] == list(range(1, 15))


def test_a_form_without_sheets_of_guidance_and_lists_has_its_choices_hidden(tmp_path: Path, november: Period) -> None:
    files = {
        "units.csv": "unit_code,name,full_name,kind,valid_from,valid_to\nTV-01,Ga,Thư viện Ga,co_quan,2025-01-01,\n",
        "forms.csv": "form_id,name,title,rank,versions\nTHUVIEN,Báo cáo thư viện,BÁO CÁO BẠN ĐỌC,1,TV-2026\n",
        "forms/THUVIEN/sheets.csv": "sheet,title,layout,required,items,item_column\nBIA,Bìa,cover,x,,\n"
        "BAN_DOC,Bạn đọc,matrix,x,list:ai,kind\n",
        "forms/THUVIEN/columns.csv": "sheet,column_id,label,type,required,list\nBIA,unit_code,Mã,code,x,\n"
        "BIA,open,Mở cửa,enum,x,mo\n"
        "BAN_DOC,kind,Mã loại,code,x,\nBAN_DOC,kind_name,Loại,label,,\nBAN_DOC,visits,Lượt đến,int,x,\n",
        "lists.csv": "list_id,code,label\nai,TRE,Trẻ em\nai,LON,Người lớn\nmo,SANG,Buổi sáng\n",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    libraries = load_catalogue(tmp_path)
    book = written(libraries, libraries.form("THUVIEN"), november, "TV-01")
    assert book.sheetnames == ["BIA", "BAN_DOC", "DANH_MUC", "TU_KIEM_TRA"]
    assert book["DANH_MUC"].sheet_state == "hidden"
    assert book["BAN_DOC"]["A1"].value == "BẠN ĐỌC — Thư viện Ga — Tháng 11/2026"
    assert [cell.value for cell in book["BAN_DOC"][FIRST_ROW]][:2] == ["TRE", "Trẻ em"]


def test_a_form_of_many_units_has_a_row_for_each(catalogue: Catalogue, november: Period) -> None:
    sheet = written(catalogue, catalogue.form("BIEU06"), november, BINH_GIANG)["BIEU06"]
    at = columns(sheet)
    assert len(rows(sheet, at["unit_code"])) == 115
    assert sheet.cell(rows(sheet, at["unit_code"])[BINH_GIANG], at["unit_name"]).value == "Xã Bình Giang"


def test_it_opens_in_libreoffice(catalogue: Catalogue, form: Form, november: Period, tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice (soffice) is not installed here, so the template is not opened in it")
    path = tmp_path / "mau.xlsx"
    save(write_template(catalogue, form, catalogue.unit(COMMON), november, Before()), path)
    second_sheet_as_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    asked = ["--convert-to", second_sheet_as_csv, "--outdir", str(tmp_path), str(path)]
    subprocess.run(["soffice", "--headless", profile, *asked], check=True, capture_output=True, timeout=PATIENCE)
    (out,) = tmp_path.glob("mau*.csv")
    assert "Phường Thành Đông — Tháng 11/2026" in out.read_text(encoding="utf-8")
