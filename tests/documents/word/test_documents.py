"""Word documents: what they say is what the questions answer, in the form of Decree 30/2020/NĐ-CP."""

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.shared import Mm
from duckdb import DuckDBPyConnection
from typer.testing import CliRunner

from documents import pack
from documents.word import make, parts, reminder
from documents.word.draft import TEMPLATES
from etl import intake, settle
from etl.__main__ import app
from etl.inspection import Incoming
from etl.warehouse import open_to_read
from queries import completion, indicators, reporting
from queries.scope import Scope, made_out
from tests.waiting import PATIENCE
from tests.workbooks import CATALOGUE, prepared, report, task
from ui import formats

WORD = CATALOGUE / "word"
NOW = dt.datetime(2026, 11, 21, 9)
HOSTILE = "{{ 7*7 }} <w:p/> {% for x in y %} & =HYPERLINK(1)"
SERVICES = {
    "5_DVC TONG recv_total": 20, "5_DVC TONG recv_online": 15, "5_DVC TONG recv_direct": 5, "5_DVC TONG done_total": 20,
    "5_DVC TONG done_early": 20,
}  # fmt: skip
BAD = {"5_DVC TONG recv_online": 5}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("word") / "data"
    done = {"status": "HOAN_THANH", "progress": 100.0, "due_date": dt.date(2026, 11, 10), "evidence": "BC 12"}
    tasks = (task("T1", done_date=dt.date(2026, 11, 9), **done), task("T2"))
    files = [
        ("t10.xlsx", report(period="2026-10"), dt.datetime(2026, 10, 19)),
        ("a.xlsx", report(changes={"2_TUYEN_TRUYEN K0101 products": 7, **SERVICES}, tasks=tasks,
                          remarks=(("KIEN_NGHI", HOSTILE, "SO"), *(("KHO_KHAN", "Thiếu kinh phí.", to) for to in ("XA", "SO")))),
         dt.datetime(2026, 11, 18)),
        ("b.xlsx", report("11359", remarks=(("KHO_KHAN", "Thiếu kinh phí.", "UBND_TP"),)), dt.datetime(2026, 11, 21, 8)),
        ("c.xlsx", report("11329", changes=BAD), dt.datetime(2026, 11, 18)),
    ]  # fmt: skip
    intake.submit(prepared(), [Incoming(*file) for file in files], folder, "thử")
    return folder


@pytest.fixture(scope="module")
def con(data: Path) -> Iterator[DuckDBPyConnection]:
    with open_to_read(data) as opened:
        yield opened


@pytest.fixture(scope="module")
def scope(con: DuckDBPyConnection) -> Scope:
    return made_out(con, "2026-11")


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def words(document: Document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.fixture(scope="module")
def city(con: DuckDBPyConnection, scope: Scope) -> Document:
    return opened(make.city_report(con, scope, NOW, WORD))


def test_the_report_says_what_the_questions_answer(city: Document, con: DuckDBPyConnection, scope: Scope) -> None:
    said = words(city)
    standing = indicators.standing(con, scope, ("CC01", "TC02", "DV01", "BD02"))
    known = [row for row in standing.to_dict("records") if not formats.is_missing(row["value"])]
    assert len(known) >= 3
    for row in known:
        assert (
            f"{row['name']} đạt {formats.share(row['value'])} ({formats.of(row['numerator'], row['denominator'])}"
            in said
        )
    by_month = reporting.by_month(con, scope, NOW.date()).iloc[-1]
    received = by_month["on_time"] + by_month["late"] + by_month["returned"]
    assert f"Đã nhận báo cáo của {formats.of(received, by_month['owed'])} đơn vị phải nộp" in said
    for row in completion.by_group(con, scope).to_dict("records"):
        assert str(row["name"]) in said
    assert "tháng 11/2026 (từ ngày 15/10/2026 đến ngày 14/11/2026)" in said
    assert "không phải số liệu thống kê chính thức" in said


def test_every_unit_stands_in_the_appendix_with_its_state(city: Document, con: DuckDBPyConnection) -> None:
    rows = {row.cells[1].text: row.cells[2].text for row in city.tables[-1].rows[1:]}
    assert len(rows) == 115
    assert (rows["Xã Bình Giang"], rows["Xã An Quang"]) == ("Đúng hạn", "Chưa nộp")
    assert sorted(state for state in rows.values() if state != "Chưa nộp") == ["Chờ nộp lại", "Nộp trễ", "Đúng hạn"]


def test_the_same_words_of_several_units_stand_once_and_text_is_text(city: Document) -> None:
    said = words(city)
    assert said.count("Thiếu kinh phí") == 1
    assert "{{ 7*7 }} <w:p/> {% for x in y %} & =HYPERLINK(1)" in " ".join(said.split())
    assert "49" not in said.split("Đề xuất, kiến nghị")[1].split("IV. ĐÔN ĐỐC")[0]


def test_page_fonts_and_numbers_are_those_of_the_decree(city: Document) -> None:
    upright, across = city.sections[0], city.sections[-1]
    assert [round(side.mm) for side in (upright.page_width, upright.page_height)] == [210, 297]
    assert [round(side.mm) for side in (across.page_width, across.page_height)] == [297, 210]
    for section in city.sections:
        assert 20 <= round(section.top_margin.mm) <= 25 and 20 <= round(section.bottom_margin.mm) <= 25
        assert 30 <= round(section.left_margin.mm) <= 35 and 15 <= round(section.right_margin.mm) <= 20
    normal = city.styles["Normal"].font
    assert (normal.name, normal.size.pt) == ("Times New Roman", 14)
    assert upright.different_first_page_header_footer and not across.different_first_page_header_footer
    assert "PAGE" in upright.header._element.xml
    heading = city.tables[0]
    country, motto = [each for each in heading.rows[0].cells[1].paragraphs if each.text][:2]
    assert country.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" and country.runs[0].bold
    assert 12 <= country.runs[0].font.size.pt <= 13
    assert motto.text == "Độc lập - Tự do - Hạnh phúc" and 13 <= motto.runs[0].font.size.pt <= 14
    assert heading.rows[1].cells[0].text.strip() == "Số:          /BC-SKHCN"
    assert city.inline_shapes[0].width <= Mm(165)


def test_one_unit_reports_in_its_own_name(con: DuckDBPyConnection, scope: Scope) -> None:
    document = opened(make.unit_report(con, scope, "10966", NOW, WORD))
    said = words(document)
    assert document.tables[0].rows[0].cells[0].text.split("\n")[:2] == ["ỦY BAN NHÂN DÂN", "XÃ BÌNH GIANG"]
    assert "Bình Giang, ngày      tháng 11 năm 2026" in said
    assert "Ủy ban nhân dân xã Bình Giang báo cáo kết quả tháng 11/2026" in said
    assert "Tỷ lệ hồ sơ nộp trực tuyến đạt 75,0% (15/20)" in said
    assert "lần nộp 1, tệp a.xlsx" in said
    assert "- Thiếu kinh phí (gửi cấp xã, Sở Khoa học và Công nghệ)." in said


def test_the_letter_names_those_who_owe_and_those_who_were_late(con: DuckDBPyConnection, scope: Scope) -> None:
    said = words(opened(make.reminder_letter(con, scope, NOW, WORD)))
    assert "1. Đơn vị chưa nộp báo cáo (112 đơn vị): khẩn trương lập và nộp báo cáo." in said
    assert "2. Đơn vị được trả lại báo cáo (1 đơn vị): sửa" in said and "3. Đơn vị nộp trễ (1 đơn vị: " in said
    assert "trước 23 giờ 59 phút ngày 20/11/2026" in said
    assert "đã có 3/115 đơn vị nộp báo cáo" in said
    rows = {row.cells[1].text: row.cells[2].text for row in opened(
        make.reminder_letter(con, scope, NOW, WORD)).tables[-1].rows[1:]}  # fmt: skip
    assert "Xã Bình Giang" not in rows and len(rows) == 114


def test_the_pack_has_the_letter_and_a_text_for_each_unit(con: DuckDBPyConnection, scope: Scope) -> None:
    packed = zipfile.ZipFile(io.BytesIO(pack.reminders(con, scope, NOW, WORD)))
    texts = {name: packed.read(name).decode() for name in packed.namelist() if name.endswith(".txt")}
    letter = docx.Document(io.BytesIO(packed.read("don-doc-2026-11.docx")))
    named = {row.cells[1].text for row in letter.tables[-1].rows[1:]}
    assert {name.removesuffix(".txt").split(" ", 1)[1] for name in texts} == named
    assert all("2026" in text and "{" not in text for text in texts.values())


def test_one_who_was_given_more_time_is_not_urged(data: Path, scope: Scope) -> None:
    given = shutil.copytree(data, data.parent / "extended")
    settle.extend_deadline(["10549"], "2026-11", dt.date(2026, 11, 28), "Mưa bão", "An", data=given)
    with open_to_read(data) as before, open_to_read(given) as after:
        told = [set(reminder.urged(each, scope, NOW.date())["unit_code"]) for each in (before, after)]
    assert told[0] - told[1] == {"10549"}


def test_before_the_deadline_nobody_is_urged_who_has_time(con: DuckDBPyConnection, scope: Scope) -> None:
    early = dt.datetime(2026, 11, 19)
    rows = opened(make.reminder_letter(con, scope, early, WORD)).tables[-1].rows[1:]
    assert "Chưa nộp" not in {row.cells[2].text for row in rows}


def test_quarter_and_year_add_up_their_months(con: DuckDBPyConnection) -> None:
    for period, name in (("2026-Q4", "quý IV/2026"), ("2026", "năm 2026")):
        said = words(opened(make.city_report(con, made_out(con, period), NOW, WORD)))
        assert name in said and "lượt báo cáo phải nộp" in said


def test_nobody_is_said_to_have_reported_who_still_has_time(con: DuckDBPyConnection, scope: Scope) -> None:
    early = opened(make.city_report(con, scope, dt.datetime(2026, 11, 19), WORD))
    assert "Tất cả đơn vị đã nộp" not in words(early) and "1 đơn vị được trả lại báo cáo" in words(early)
    december = words(opened(make.city_report(con, made_out(con, "2026-12"), NOW, WORD)))
    assert "Chưa có đơn vị phải đôn đốc; 115 đơn vị chưa nộp còn trong hạn." in december


def test_a_quarter_that_runs_urges_for_the_last_month_that_is_due(con: DuckDBPyConnection, scope: Scope) -> None:
    month, quarter = (opened(make.city_report(con, made_out(con, of), NOW, WORD)) for of in ("2026-11", "2026-Q4"))
    urged = [words(each).split("IV. ĐÔN ĐỐC")[1].split("Số liệu trong báo cáo")[0] for each in (month, quarter)]
    assert urged[0] == urged[1] and "112 đơn vị chưa nộp báo cáo" in urged[0]
    states = [[row.cells[2].text for row in each.tables[-1].rows[1:]] for each in (month, quarter)]
    assert states[0] == states[1]


def test_a_year_is_not_compared_twice_with_the_year_before(con: DuckDBPyConnection) -> None:
    assert parts.year_before(con, made_out(con, "2026"), ("CC01",)) == {}
    assert set(parts.year_before(con, made_out(con, "2026-Q4"), ("CC01",))) == {"CC01"}


def test_the_command_writes_the_file_and_says_what_cannot_be(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "r.docx"

    def run(*arguments: str, period: str = "2026-11") -> tuple[int, str]:
        result = CliRunner().invoke(app, [*arguments, "--period", period, "--out", str(out), "--data", str(data)])
        return result.exit_code, result.output

    assert run("report")[0] == 0 and out.read_bytes()[:2] == b"PK", "in a folder that was not there"
    for command in ("report", "remind", "pack"):
        assert run(command, period="2066-11") == (2, "Lịch báo cáo chưa có kỳ 2066-11.\n")
    code, output = run("report", "--unit", "11329")
    assert code == 2 and "chưa có báo cáo được ghi nhận" in output
    code, output = run("report", "--unit", "99999")
    assert (code, output) == (2, "Danh mục không có đơn vị mã 99999.\n")
    assert run("remind")[0] == 0


def test_a_unit_reports_on_several_months_and_letters_name_the_month(data: Path, tmp_path: Path) -> None:
    ended = shutil.copytree(data, tmp_path / "data")
    december = Incoming(
        "d.xlsx", report(period="2026-12", changes=SERVICES, tasks=(task("T1"), task("T2"))), dt.datetime(2026, 12, 19)
    )
    assert [each.outcome for each in intake.submit(prepared(), [december], ended, "thử")] == ["accepted"]
    said = []
    for period, command in (("2026-Q4", ("report", "--unit", "10966")), ("2026-Q3", ("remind",))):
        out = tmp_path / f"{period}.docx"
        ran = CliRunner().invoke(app, [*command, "--period", period, "--out", str(out), "--data", str(ended)])
        assert ran.exit_code == 0, ran.output
        said.append(words(opened(out.read_bytes())))
    assert "quý IV/2026 (từ ngày 15/09/2026 đến ngày 14/12/2026)" in said[0]
    assert "Tỷ lệ hồ sơ nộp trực tuyến đạt 75,0% (30/40)" in said[0], "15/20 in November and in December"
    assert "tháng 11/2026: lần nộp 1, tệp a.xlsx; tháng 12/2026: lần nộp 1, tệp d.xlsx." in said[0]
    assert "tháng 9/2026" in said[1] and "đã có 0/115 đơn vị nộp" in said[1]


def test_word_processors_open_what_was_written(
    data: Path, tmp_path: Path, con: DuckDBPyConnection, scope: Scope
) -> None:
    for name, content in (
        ("city", make.city_report(con, scope, NOW, WORD)), ("letter", make.reminder_letter(con, scope, NOW, WORD)),
        ("unit", make.unit_report(con, scope, "10966", NOW, WORD)),
    ):  # fmt: skip
        (tmp_path / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, *map(str, tmp_path.glob("*.docx"))], check=True, capture_output=True, timeout=PATIENCE)
    assert {path.stem for path in tmp_path.glob("*.pdf")} == {"city", "letter", "unit"}


def test_templates_are_there_and_every_tag_of_the_drafts_is_in_them() -> None:
    for name, draft in TEMPLATES.items():
        kept = words(docx.Document(str(WORD / name)))
        assert "{%" in kept and len(kept) > 500
        assert draft().sections
