"""Personal data: found in free text, never taken from numbers, and nowhere shown in full."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl import intake
from etl.cli import app
from etl.desk import Held, Wanted, settle
from etl.findings import finding
from etl.front import marked_of, void_submission
from etl.inspection import Incoming, inspect
from etl.personal import personal_in, veiled
from etl.settle import close_period, extend_deadline
from etl.sources import from_files
from etl.warehouse import open_to_read
from tests.workbooks import prepared, report, task

NOW = dt.datetime(2026, 11, 20, 9)
SECRETS = (
    "031234567890", "031 234 567 890", "123456789", "0912345678", "0912 345 678", "0912.345.678", "0912-345-678",
    "091 2345678", "+84912345678", "+84 912 345 678", "84912345678", "nguyenvana@gmail.com", "nguyen.van-a@yahoo.com.vn",
    "a@ gmail.com", "NGUYENVANA@GMAIL.COM",
)  # fmt: skip
AROUND = ("{}", "liên hệ {}.", "Nguyễn Văn A-{}", "(ĐT:{})", "ông A, số {}, tổ 3", "{}; {}")


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("around", AROUND)
def test_it_is_found_wherever_it_stands_and_veiled_in_all_places(secret: str, around: str) -> None:
    text = around.format(secret, secret)
    assert secret in personal_in(text)
    assert secret not in veiled(text)
    assert veiled(text).count("…") == text.count(secret)


@pytest.mark.parametrize(
    "text",
    [
        "Kinh phí 150000000 đồng", "150.000.000", "1.234.567.890", "123.456.789 lượt xem", "123456789 lượt",
        "Công văn 123/UBND-VX ngày 20/11/2026", "từ 05.11.2026 10 đơn vị", "05-11-2026 08:30", "2026-11-20 0800",
        "https://fb.com/p/123456789012", "Hotline 1022", "(0225) 3.842.156", "vanhoa@haiphong.gov.vn", "10966",
        "000.00.19.H24-261120-0001", "12/123456789",
    ],
)  # fmt: skip
def test_amounts_dates_documents_and_offices_are_nobodys(text: str) -> None:
    assert personal_in(text) == ""
    assert veiled(text) == text


def test_it_takes_no_time_on_text_made_to_take_long() -> None:
    started = dt.datetime.now()
    for text in ("a" * 200_000, "0 " * 100_000, "1" * 200_000, "@gmail." * 30_000, "0912 34" * 30_000):
        veiled(text)
    assert (dt.datetime.now() - started).total_seconds() < 5


def test_findings_quote_nothing_in_full() -> None:
    for secret in SECRETS:
        for found in (
            finding("not_in_list", value=f"anh A {secret}", row=f"1 {secret}", column=secret),
            finding("row_ignored", value=f"Người lập: {secret}"),
        ):
            assert secret not in "|".join(found)


def test_counts_of_nine_digits_are_counts() -> None:
    content = report(changes={"5_DVC TONG recv_online": 123456789, "5_DVC TONG recv_direct": "987654321"})
    (receipt,) = intake.check(prepared(), [Incoming("a.xlsx", content, NOW)], Path("/nonexistent"))
    assert "V50" not in {each.rule_id for each in receipt.findings}
    said = " ".join("|".join(each) for each in receipt.findings)
    assert "…" not in said
    assert "987654321" in said


PLACES = {
    "remark": lambda secret: report(remarks=(("KHO_KHAN", f"Liên hệ {secret} để xử lý", "SO"),)),
    "task": lambda secret: report(tasks=(task("10966-2026-001", responsible=f"Ông A {secret}"),)),
    "codes": lambda secret: report(tasks=(task("10966-2026-001", coop=f"UBND xã; {secret}"),)),
    "list": lambda secret: report(remarks=(("KHO_KHAN", "Thiếu kinh phí", f"Sở {secret}"),)),
    "number": lambda secret: report(changes={"2_TUYEN_TRUYEN K0101 products": f"hỏi anh A {secret}"}),
    "yes or no": lambda secret: report(changes={"1_THONG_TIN has_screen": f"hỏi {secret}"}),
    "date": lambda secret: report(changes={"1_THONG_TIN signed_date": f"hỏi {secret}"}),
    "unit": lambda secret: report(changes={"1_THONG_TIN unit_name": f"Xã {secret}"}),
    "below the table": lambda secret: report(
        touch=lambda book: book["8_KHO_KHAN"].append([f"Người lập biểu: {secret}"])
    ),
    "heading": lambda secret: report(touch=lambda book: book["8_KHO_KHAN"].cell(2, 9, f"Cột {secret}")),
}


UNSTORED = ("unit", "below the table", "heading")
"""Nothing of these is kept: what is said of them is veiled, and that is all."""


@pytest.mark.parametrize("place", PLACES)
def test_nothing_that_is_stored_printed_or_sent_back_shows_it(place: str, data: Path, tmp_path: Path) -> None:
    secrets = ("031234567890", "0912 345 678", "nguyenvana@gmail.com")
    files = [(f"a{number}.xlsx", PLACES[place](secret)) for number, secret in enumerate(secrets)]
    receipts = intake.submit(prepared(), [Incoming(*each, NOW) for each in files], data, "thử")
    con = open_to_read(data)
    tables = [name for (name,) in con.execute("select table_name from information_schema.tables").fetchall()]
    stored = "\n".join(str(con.execute(f'select * from "{table}"').fetchall()) for table in tables)
    con.close()
    paths = [tmp_path / name for name, _ in files]
    for path, (_, content) in zip(paths, files, strict=True):
        path.write_bytes(content)
    printed = [CliRunner().invoke(app, ["check", *map(str, paths), *how]).output for how in ((), ("--json",))]
    assert all(json.loads(line) for line in printed[1].splitlines() if line.startswith("{"))
    assert {"V50"} <= {each.rule_id for receipt in receipts for each in receipt.findings} or place in UNSTORED
    marked = [text for _, content in marked_of(from_files(files, NOW), receipts) for text in texts_of_ours(content)]
    for secret in secrets:
        assert secret not in stored
        assert secret not in "".join(printed)
        assert secret not in "".join(marked)


def texts_of_ours(content: bytes) -> list[str]:
    """Our sheet and our comments in a marked workbook: the rest is the sender's own."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        ours = [name for name in archive.namelist() if "nq57sheet" in name or "comments" in name]
        assert ours
        return [archive.read(name).decode() for name in ours]


def test_what_people_type_about_reports_and_call_their_files_is_kept_without_it(data: Path, tmp_path: Path) -> None:
    content = report()
    secret = "0912 345 678, cccd 031234567890, nguyenvana@gmail.com"
    parts = ("0912 345 678", "031234567890", "nguyenvana@gmail.com")
    received = dt.datetime(2026, 11, 18, 9)
    files = list(from_files([(f"Ông A {secret}.xlsx", content)], received))
    assert [one.outcome for one in intake.submit(prepared(), files, data, "thử")] == ["accepted"]
    back = inspect(prepared(), Incoming("b.xlsx", report("11359"), received))
    settled = settle(
        prepared(), data, "thử", [Wanted(back, (Held("11359", "2026-11", "NQ57-HP-1"),), f"thiếu chữ ký, gọi {secret}")]
    )
    assert [one.outcome for one in settled] == ["returned"]
    extend_deadline(["11329"], "2026-11", dt.date(2026, 12, 24), f"hỏi {secret}", "thử", data=data)
    close_period("2026-11", f"Chốt, hỏi {secret}", f"báo cáo, hỏi {secret}", "thử", data=data)
    void_submission(("10966", "2026-11", "NQ57-HP-1"), 1, f"sai, hỏi {secret}", "thử", data=data)
    con = open_to_read(data)
    tables = [name for (name,) in con.execute("select table_name from information_schema.tables").fetchall()]
    stored = "\n".join(str(con.execute(f'select * from "{table}"').fetchall()) for table in tables)
    con.close()
    journal = "".join(path.read_text(encoding="utf-8", errors="ignore") for path in data.rglob("*journal*"))
    assert stored.count("09…78") >= 5
    assert journal
    assert [part for part in parts if part in stored + journal] == []
