"""The command line: what it prints and how it ends."""

import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
import typer
from typer.testing import CliRunner, Result

from etl import front, warehouse
from etl.__main__ import app as everything
from etl.cli import app
from etl.template.page import FIRST_ROW, ID_ROW
from tests.workbooks import report

COMMANDS = ("load", "check", "void", "template", "status", "query", "demo", "rebuild")
ENGLISH = (
    "Usage|Options|OPTIONS|COMMAND|<(?:list|str|path|file|dir|int|float|bool|datetime)|Arguments|Show this|default|"
    "required|env var"
)
"""What a help page says where nobody translated it."""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox" / "dot 1"
    folder.mkdir(parents=True)
    (folder / "tot.xlsx").write_bytes(report(changes={"2_TUYEN_TRUYEN K0101 products": 7}))
    (folder / "sai.xlsx").write_bytes(report("11359", changes={"5_DVC TONG recv_online": 5}))
    return folder.parent


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "--data" in result.output
    assert "Tùy chọn" in result.output and "Xem hướng dẫn này." in result.output
    assert re.findall(ENGLISH, result.output) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nap", "Không có lệnh nap."),
        ("status --perio 2026-11", "Không có tùy chọn --perio. Có thể là --period."),
        ("status --ky 2026-11", "Không có tùy chọn --ky."),
        ("status", "Thiếu tùy chọn --period."),
        ("load", "Thiếu tham số paths."),
        ("load khong-co.xlsx", "Không có tệp hoặc thư mục khong-co.xlsx."),
        ("demo --units", "Tùy chọn --units cần một giá trị đi kèm."),
        ("demo --units ba", "--units phải là số nguyên."),
        ("demo --months 0", "--months phải từ 1 trở lên."),
        ("demo --months 61", "--months phải từ 60 trở xuống."),
        ("demo --clear=1", "Tùy chọn --clear không nhận giá trị đi kèm."),
        ("load . --received 20/11", "--received phải là ngày giờ, ví dụ 2026-11-20T09:00."),
        ("status --period 2026-11 them", "Thừa tham số: them."),
        ("status --period 2026-13", "Không đọc được kỳ “2026-13”"),
        ("catalogue import . --out khac", ". là thư mục; LIST cần tên một tệp."),
        (f"backup {__file__}", "là tệp; to cần một thư mục."),
    ],
)
def test_what_is_typed_wrongly_is_told_in_vietnamese(typed: str, said: str) -> None:
    result = run(*typed.split())
    assert result.exit_code == 2
    assert said in result.output
    assert re.findall("Usage|OPTIONS|Try|Error|Invalid|Missing|No such|Input| is a ", result.output) == []


def test_what_stands_in_the_way_of_a_file_is_told_in_vietnamese(tmp_path: Path) -> None:
    (tmp_path / "tep").touch()
    into_a_file = run("template", "--all", "--period", "2026-11", "--out", tmp_path / "tep", "--data", tmp_path)
    assert into_a_file.exit_code == 2
    assert " ".join(into_a_file.stderr.split()).endswith("tep: đã có tệp trùng tên.")
    unknown = run("template", "--unit", "99999", "--period", "2026-11", "--out", tmp_path / "x", "--data", tmp_path)
    assert (unknown.exit_code, unknown.stderr) == (2, "Danh mục không có mã 99999.\n")


def test_a_slip_of_ours_is_not_taken_for_an_unknown_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slip(*_: object) -> None:
        raise KeyError("slip")

    monkeypatch.setattr(front, "who_reported", slip)
    assert isinstance(run("status", "--period", "2026-11", "--data", tmp_path).exception, KeyError)


def test_commands_on_a_data_folder_take_the_same_options_for_data_and_catalogue() -> None:
    commands = typer.main.get_command(everything).commands  # type: ignore[attr-defined]
    given = {name: {option for one in command.params for option in one.opts} for name, command in commands.items()}
    elsewhere = {"migrate", "catalogue"}
    assert [name for name in given if name not in elsewhere and not {"--data", "--catalogue"} <= given[name]] == []


def test_whoever_waits_too_long_for_the_lock_is_told_so(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warehouse, "LOCK_SECONDS", 0.1)
    (tmp_path / "data").mkdir()
    with warehouse.alone(tmp_path / "data"):
        result = run("load", inbox, "--data", tmp_path / "data")
    assert result.exit_code == 2
    assert " ".join(result.stderr.split()).startswith("Chưa ghi nhận được: một tiến trình khác đang ghi số liệu")


def test_an_explanation_of_what_nobody_asks_is_refused(inbox: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run("load", inbox, "--received", "2026-11-20T10:00:00", "--data", data)
    where = "--period", "2026-11", "--unit", "10966", "--data", data
    assert run("explain", *where).stdout == "Không có điểm nào cần xác nhận.\n"
    result = run("explain", *where, "--cell", "C4", "--reason", "Hội nghị của thành phố")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Không có điểm nào cần xác nhận như vậy" in result.stderr


def test_load_prints_one_object_a_file_and_ends_with_one_where_a_report_was_returned(
    inbox: Path, tmp_path: Path
) -> None:
    result = run(
        "load", inbox, "--received", "2026-11-20T10:00:00", "--by", "Lan", "--json", "--data", tmp_path / "data"
    )
    assert result.exit_code == 1
    objects = {each["file"]: each for each in map(json.loads, result.stdout.splitlines())}
    assert {name: each["outcome"] for name, each in objects.items()} == {"tot.xlsx": "accepted", "sai.xlsx": "returned"}
    assert {"file", "outcome", "unit_code", "period", "version", "counts", "findings"} <= objects["sai.xlsx"].keys()
    finding = objects["sai.xlsx"]["findings"][0]
    assert (finding["rule_id"], finding["sheet"], finding["cell"]) == ("V28", "5_DVC", "C4")


def test_check_and_dry_run_store_nothing(inbox: Path, tmp_path: Path) -> None:
    for arguments in (("check", inbox), ("load", inbox, "--dry-run")):
        result = run(*arguments, "--received", "2026-11-20T10:00:00", "--data", tmp_path / "data")
        assert result.exit_code == 1
        assert "Cần sửa · sai.xlsx · Phường Gia Viên · 2026-11" in result.stdout
        assert "Hợp lệ · tot.xlsx · Xã Bình Giang · 2026-11" in result.stdout
        assert result.stderr == "2 tệp: hợp lệ 1, cần sửa 1. Chỉ kiểm tra, chưa ghi gì.\n"
        assert "5_DVC!C4" in result.stdout
        assert not (tmp_path / "data").exists()
    late = run("check", inbox, "--received", "2026-11-25T10:00:00", "--data", tmp_path / "data")
    assert "\n  LƯU Ý [V06]: Nộp sau hạn" in late.stdout


def test_a_dry_run_sends_back_as_the_load_would(inbox: Path, tmp_path: Path) -> None:
    result = run(
        "load", inbox, "--dry-run", "--return", "Thiếu chữ ký", "--received", "2026-11-20T10:00:00", "--data",
        tmp_path / "data",
    )  # fmt: skip
    assert "Trả lại · tot.xlsx · Xã Bình Giang · 2026-11" in result.stdout and "Thiếu chữ ký" in result.stdout
    assert (result.exit_code, result.stderr) == (1, "2 tệp: trả lại 2. Chỉ kiểm tra, chưa ghi gì.\n")
    assert not (tmp_path / "data").exists()


def test_a_zip_stands_for_the_files_in_it(inbox: Path, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in inbox.rglob("*.xlsx"):
            archive.write(path, f"thang 11/{path.name}")
        archive.writestr("__MACOSX/._tot.xlsx", b"x")
    bundle = tmp_path / "thang-11.zip"
    bundle.write_bytes(out.getvalue())
    result = run("check", bundle, "--json", "--received", "2026-11-20T10:00:00", "--data", tmp_path / "data")
    assert sorted(json.loads(line)["file"] for line in result.stdout.splitlines()) == ["sai.xlsx", "tot.xlsx"]


def test_status_and_query_read_what_was_published(inbox: Path, data: Path) -> None:
    run("load", inbox, "--received", "2026-11-20T10:00:00", "--data", data)
    status = run("status", "--period", "11/2026", "--data", data)
    assert status.stdout.startswith("Kỳ 2026-11: 2/115 đơn vị đã nộp, 0 nộp trễ, 1 cần sửa, 113 chưa nộp.")
    states = {
        each["unit_code"]: each["state"]
        for each in json.loads(run("status", "--period", "2026-11", "--json", "--data", data).stdout)
    }
    assert (states["10966"], states["11359"], states["10507"]) == ("accepted", "returned", "missing")
    query = run("query", "select sum(value) as n from measure where measure = 'products'", "--json", "--data", data)
    assert json.loads(query.stdout) == [{"n": 7.0}]


WRONG = [
    ("load", "khong-co.xlsx"),
    ("status", "--period", "tháng nào"),
    ("status", "--period", "2026-11"),
    ("query", "select 1; select 2"),
    ("query", "selec 1"),
    ("template", "--period", "2026-11", "--out", "x"),
    ("template", "--period", "2026-11", "--out", "x", "--unit", "99999"),
    ("check", ".", "--catalogue", "/khong/co"),
    ("khong-co-lenh",),
]


@pytest.mark.parametrize("arguments", WRONG)
def test_usage_and_environment_end_with_two_and_no_traceback(arguments: tuple[str, ...], tmp_path: Path) -> None:
    result = run(*arguments, *(("--data", tmp_path / "data") if len(arguments) > 1 else ()))
    assert result.exit_code == 2
    assert "Traceback" not in result.output


@pytest.mark.parametrize(("file", "right", "wrong", "said"), [
    ("rules.csv", "= recv_total", "= = recv_total", "rules.csv: không hiểu biểu thức"),
    ("forms/NQ57-HP-1/columns.csv", ",int,", ",integer,", "cột type ghi “integer”"),
    ("forms/NQ57-HP-1/sheets.csv", ",matrix,", ",matrx,", "cột layout ghi “matrx”"),
    ("forms/NQ57-HP-1/sheets.csv", ",cover,", ",records,", "phải có một sheet kiểu cover hoặc units"),
])  # fmt: skip
def test_a_slip_in_the_catalogue_is_named_and_no_workbook_blamed_for_it(
    file: str, right: str, wrong: str, said: str, inbox: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(warehouse.catalogue_dir(), tmp_path / "catalogue")
    text = (folder / file).read_text(encoding="utf-8")
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    result = run("load", inbox, "--catalogue", folder, "--data", tmp_path / "data")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    "sql", ["delete from submission", "create table x (a int)", "copy unit to 'x.csv'", "attach 'x.db'"]
)
def test_a_query_only_reads(sql: str, data: Path) -> None:
    assert run("query", "select count(*) from submission", "--data", data).exit_code == 0
    assert run("query", sql, "--data", data).exit_code == 2


def test_templates_are_written_with_last_months_balance_in_them(data: Path, tmp_path: Path) -> None:
    october = tmp_path / "t10.xlsx"
    october.write_bytes(report(period="2026-10", changes={
        "5_DVC TONG recv_total": 10, "5_DVC TONG recv_direct": 10, "5_DVC TONG done_total": 7, "5_DVC TONG done_early": 7,
        "5_DVC TONG open_total": 3, "5_DVC TONG open_intime": 3,
    }))  # fmt: skip
    run("load", october, "--received", "2026-10-19T10:00:00", "--data", data)
    result = run(
        "template",
        "--unit",
        "10966",
        "--unit",
        "11359",
        "--period",
        "2026-11",
        "--out",
        tmp_path / "mau",
        "--data",
        data,
    )
    assert result.exit_code == 0
    paths = sorted((tmp_path / "mau").glob("*.xlsx"))
    assert [path.name for path in paths] == ["NQ57-HP-1_10966_2026-11.xlsx", "NQ57-HP-1_11359_2026-11.xlsx"]
    sheet = openpyxl.load_workbook(paths[0])["5_DVC"]
    ids = [cell.value for cell in sheet[ID_ROW]]
    assert sheet.cell(FIRST_ROW, ids.index("carried_in") + 1).value == 3


def test_check_says_what_a_new_version_changes_in_cells_and_indicators(inbox: Path, data: Path, tmp_path: Path) -> None:
    run("load", inbox, "--received", "2026-11-20T10:00:00", "--by", "Lan", "--data", data)
    second = tmp_path / "lan 2.xlsx"
    second.write_bytes(report(changes={"2_TUYEN_TRUYEN K0101 products": 9}))
    said = run("check", second, "--diff", "--data", data).stdout
    assert "KHÁC 2_TUYEN_TRUYEN!" in said
    assert "Tin, bài trên báo, đài, tạp chí – Số sản phẩm trong kỳ: 7 → 9" in said
    assert "CHỈ TIÊU CC03 Số tin, bài tuyên truyền: 7 → 9; toàn thành phố 7 → 9 (1/115 đơn vị)" in said
    told = json.loads(run("check", second, "--diff", "--json", "--data", data).stdout)
    assert [(one["sheet"], one["old"], one["new"]) for one in told["changes"]] == [("2_TUYEN_TRUYEN", 7.0, 9.0)]
    effect = next(one for one in told["effects"] if one["indicator"] == "CC03")
    assert (effect["city_before"], effect["city_after"], effect["units_after"], effect["units_owed"]) == (
        7.0,
        9.0,
        1,
        115,
    )
    again = run("check", inbox / "dot 1" / "tot.xlsx", "--data", data).stdout
    assert "Đã nhận rồi" in again
    assert "người ghi Lan, lần 1" in again


def test_files_can_be_sent_back_and_backdated_with_a_reason(inbox: Path, data: Path) -> None:
    good = inbox / "dot 1" / "tot.xlsx"
    assert run("load", good, "--return", "ờ", "--data", data).exit_code == 2
    result = run("load", good, "--return", "Thiếu chữ ký", "--received", "2026-11-19T08:00:00",
                 "--reason", "Nhận qua văn thư", "--by", "Lan", "--json", "--data", data)  # fmt: skip
    assert (result.exit_code, json.loads(result.stdout)["outcome"]) == (1, "returned")
    told = run(
        "query", "select action, reason from event where reason is not null order by 1", "--json", "--data", data
    )
    assert json.loads(told.stdout) == [
        {"action": "received", "reason": "Nhận qua văn thư"}, {"action": "returned", "reason": "Thiếu chữ ký"},
    ]  # fmt: skip


def test_a_submission_is_voided_with_a_reason(inbox: Path, data: Path) -> None:
    run("load", inbox, "--received", "2026-11-20T10:00:00", "--data", data)
    void = ("void", "--unit", "10966", "--period", "11/2026", "--version", "1", "--data", data)
    assert run(*void, "--reason", "x").exit_code == 2
    done = run(*void, "--reason", "Gửi nhầm tệp", "--by", "Lan")
    assert (done.exit_code, done.stdout) == (0, "Đã hủy lần nộp 1 của đơn vị 10966, kỳ 2026-11.\n")
    assert run(*void, "--reason", "Gửi nhầm tệp").exit_code == 2
