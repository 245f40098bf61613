"""What is no report gets a sentence of its own, and changes nothing else."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest

from etl import intake
from etl.faults import FAULTS
from etl.inspection import Incoming
from tests.workbooks import drawn, prepared, report

RECEIVED = dt.datetime(2026, 11, 18)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = report()


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


CASES = [
    ("empty", "a.xlsx", b""),
    ("lock_file", "~$a.xlsx", b"\x05Nguoi dung" + b" " * 150),
    ("encrypted", "a.xlsx", OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2000),
    ("old_xls", "a.xls", OLE + b"\0" * 504 + "Workbook".encode("utf-16-le") + b"\0" * 2000),
    ("html", "a.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
    ("html", "a.xlsx", "\ufeff<!DOCTYPE html><html>".encode()),
    ("csv_text", "a.xlsx", "Xã;Số\nBình Giang;12\n".encode()),
    ("pdf", "a.xlsx", b"%PDF-1.7\n%\xe2\xe3"),
    ("truncated", "a.xlsx", GOOD[: len(GOOD) // 2]),
    ("not_workbook", "a.xlsx", zipped(a=b"1", b=b"2")),
    ("ods", "a.ods", zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")),
    ("unknown_form", "a.xlsx", drawn(("Khách mời", "| Họ tên | Đơn vị |\n| A | B |"))),
    ("unit_unknown", "a.xlsx", report(changes={"1_THONG_TIN unit_code": "99999"})),
    ("unit_disagrees", "a.xlsx", report(changes={"1_THONG_TIN unit_code": "11359"})),
    ("unit_closed", "a.xlsx", report(changes={"1_THONG_TIN unit_code": "HU-CAMGIANG", "1_THONG_TIN unit_name": "Huyện Cẩm Giàng"})),
    ("period_future", "a.xlsx", report(period="2027-01")),
    ("period_disagrees", "bao-cao-2026-10.xlsx", GOOD),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "name", "content"), CASES, ids=[f"{case[0]}-{case[1]}" for case in CASES])
def test_each_kind_is_told_what_is_wrong_and_what_to_do(fault: str, name: str, content: bytes, tmp_path: Path) -> None:
    (receipt,) = intake.check(prepared(), [Incoming(name, content, RECEIVED)], tmp_path / "data")
    assert receipt.outcome == "unreadable"
    assert FAULTS[fault].rule_id in [each.rule_id for each in receipt.findings]
    for each in receipt.findings:
        assert each.message
        assert each.fix
        assert "{" not in each.message + each.expected + each.fix


def test_no_two_kinds_share_a_sentence_or_an_id() -> None:
    assert len({fault.message for fault in FAULTS.values()}) == len(FAULTS)
    assert len({fault.rule_id for fault in FAULTS.values()}) == len(FAULTS)


def test_every_sentence_is_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path("etl").glob("*.py") if path.name != "faults.py")
    package = source + Path("tests/etl/test_read.py").read_text(encoding="utf-8")
    unused = [fault for fault in FAULTS if f'"{fault}"' not in package]
    assert unused == []
