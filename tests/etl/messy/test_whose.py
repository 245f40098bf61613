"""Whose report it is and of which month, after officers reused files, renamed them and typed over the stamp."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from tests.etl.messy.office import ACCEPTED, PLAIN, REMARKS, TASKS, UNREADABLE, Ending, Touch, ending
from tests.workbooks import report

COVER = "1_THONG_TIN"


def received(name: str, cover: dict[str, object], period: str = "2026-11", touch: Touch | None = None) -> Ending:
    """The plain report of Bình Giang under a name, with other words on its cover."""
    changes = {**PLAIN, **{f"{COVER} {key}": value for key, value in cover.items()}}
    return ending(report(period=period, changes=changes, tasks=TASKS, remarks=REMARKS, touch=touch), name)


NAMES = [
    # the file's name, outcome, rule, words: the cover is that of Bình Giang in November
    ("NQ57-HP-1_10966_2026-11.xlsx", ACCEPTED, "", ""),
    ("NQ57-HP-1_10966_2026-11 (1).xlsx", ACCEPTED, "", ""),
    ("BC NQ57 xã Bình Giang T11.2026 (chính thức).xlsx", ACCEPTED, "", ""),
    ("bao cao thang 11.xlsx", ACCEPTED, "", ""),
    ("10966_BC_T11_20.11.2026.xlsx", ACCEPTED, "", ""),
    ("BC_T11 gửi 01.12.2026.xlsx", ACCEPTED, "", ""),
    ("Bao cao ban cuoi sua lan 3.xlsx", ACCEPTED, "", ""),
    ("bieu06_xa Binh Giang.xlsx", ACCEPTED, "", ""),
    ("KH 358 - tuan 2 thang 11.xlsx", ACCEPTED, "", ""),
    ("NQ57-HP-1_11359_2026-11.xlsx", UNREADABLE, "V03.3", "tên tệp ghi Phường Gia Viên (11359)"),
    ("BC xã Cẩm Giàng tháng 11-2026.xlsx", UNREADABLE, "V03.3", "tên tệp ghi Xã Cẩm Giàng (10903)"),
    ("bao cao phuong gia vien thang 11.xlsx", UNREADABLE, "V03.3", "tên tệp ghi Phường Gia Viên (11359)"),
    ("xa cam giang thang 11.xlsx", ACCEPTED, "", ""),
    ("NQ57-HP-1_10966_2026-10.xlsx", UNREADABLE, "V05.3", "ô kỳ báo cáo ghi 2026-11; tên tệp ghi 2026-10"),
    ("bao cao thang 10.xlsx", UNREADABLE, "V05.3", "ô kỳ báo cáo ghi 2026-11; tên tệp ghi tháng 10"),
    ("BC_T10_Binh Giang.xlsx", UNREADABLE, "V05.3", "tên tệp ghi tháng 10"),
]


@pytest.mark.parametrize(("name", "outcome", "rule", "words"), NAMES)
def test_the_name_of_the_file(name: str, outcome: str, rule: str, words: str) -> None:
    ended = received(name, {})
    assert ended.outcome == outcome
    assert [each.rule_id for each in ended.findings] == ([rule] if rule else [])
    assert words in ended.words


def old_title(book: openpyxl.Workbook) -> None:
    book["5_DVC"]["A1"] = "5. DỊCH VỤ CÔNG TRỰC TUYẾN — Xã Bình Giang — Tháng 10/2026"


def title_of_another_unit(book: openpyxl.Workbook) -> None:
    book["2_TUYEN_TRUYEN"]["A1"] = "2. KẾT QUẢ TUYÊN TRUYỀN — Phường Gia Viên — Tháng 11/2026"


REUSED = {
    "last month's file, only its name changed": (
        "NQ57-HP-1_10966_2026-11.xlsx", {}, "2026-10", None, ["V05.3"], "ô kỳ báo cáo ghi 2026-10; tên tệp ghi 2026-11"
    ),
    "last month's file, period typed over": (
        "a.xlsx", {"period": "2026-11"}, "2026-10", None, ["V05.5"],
        "Khoảng ngày Từ 15/09/2026 đến 14/10/2026 không khớp kỳ Tháng 11/2026",
    ),
    "one sheet from last month": ("a.xlsx", {}, "2026-11", old_title, ["V05.3"], "tiêu đề (sheet 5_DVC) ghi 2026-10"),
    "another commune's file, code typed over": (
        "a.xlsx", {"unit_code": "11359"}, "2026-11", None, ["V03.3"],
        "mã đơn vị ghi Phường Gia Viên (11359); tên đơn vị ghi Xã Bình Giang (10966)",
    ),
    "another commune's file, name typed over": (
        "a.xlsx", {"unit_name": "Phường Gia Viên"}, "2026-11", None, ["V03.3"], "tên đơn vị ghi Phường Gia Viên"
    ),
    "one sheet of another commune": (
        "a.xlsx", {}, "2026-11", title_of_another_unit, ["V03.3"], "tiêu đề (sheet 2_TUYEN_TRUYEN) ghi Phường Gia Viên (11359)"
    ),
    "a month that is not over": ("a.xlsx", {}, "2026-12", None, ["V07"], "Tháng 12/2026 chưa kết thúc vào ngày nhận"),
    "a quarter that is not over": ("a.xlsx", {"period": "2026-Q4"}, "2026-11", None, ["V07", "V05.5"], "chưa kết thúc"),
    "no unit at all": ("a.xlsx", {"unit_code": None, "unit_name": None}, "2026-11", None, ["V03.2"], "của đơn vị nào"),
    "no period at all": ("a.xlsx", {"period": None}, "2026-11", None, ["V05.1"], "Không xác định được kỳ báo cáo"),
    "an unknown version": ("a.xlsx", {"template_version": "NQ57-HP-9"}, "2026-11", None, ["V02.3"], "NQ57-HP-9"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "cover", "period", "touch", "rules", "words"), REUSED.values(), ids=REUSED)
def test_a_file_used_again(
    name: str, cover: dict[str, object], period: str, touch: Touch | None, rules: list[str], words: str
) -> None:
    ended = received(name, cover, period, touch)
    assert ended.outcome != ACCEPTED
    assert [each.rule_id for each in ended.findings if each.rule_id != "V46"] == rules
    assert words in ended.words


PERIODS = ["2026-11", "11/2026", "11.2026", "Tháng 11/2026", "tháng 11 năm 2026", "T11/2026", dt.datetime(2026, 11, 1)]


@pytest.mark.parametrize("period", PERIODS, ids=map(str, PERIODS))
def test_the_period_in_other_words(period: object) -> None:
    ended = received("a.xlsx", {"period": period})
    assert (ended.outcome, ended.said) == (ACCEPTED, [])


UNCLEAR = ["tháng mười một", "11", "2026", "13/2026", "kỳ này"]


@pytest.mark.parametrize("period", UNCLEAR)
def test_a_period_that_is_none(period: str) -> None:
    ended = received("a.xlsx", {"period": period})
    assert ended.outcome == UNREADABLE
    assert {each.rule_id for each in ended.findings} <= {"V05.2", "V05.4", "V05.5", "V07"}


COVERS = {
    "population with its unit": ({"population": "10.000 người"}, ACCEPTED, ["V10.17 C20"]),
    "population in thousands": ({"population": 10}, "returned", ["V10.5 C20"]),
    "more adults than people": ({"adults": 20_000}, "returned", ["V09a C21"]),
    "yes by a cross": ({"has_screen": "x"}, ACCEPTED, []),
    "yes by a number": ({"has_screen": "2 màn hình"}, "returned", ["V10.13 C27"]),
    "signed before the period began": ({"signed_date": dt.date(2026, 9, 1)}, "returned", ["V24.12 C15"]),
    "a code kept as a number": ({"unit_code": 10966}, ACCEPTED, []),
    "a code with spaces": ({"unit_code": " 10966 "}, ACCEPTED, []),
    "without what is optional": ({"plan_no": None, "households": None}, ACCEPTED, []),
}  # fmt: skip


@pytest.mark.parametrize(("cover", "outcome", "said"), COVERS.values(), ids=COVERS)
def test_the_cover(cover: dict[str, object], outcome: str, said: list[str]) -> None:
    ended = received("a.xlsx", cover)
    assert (ended.outcome, ended.said) == (outcome, [line.replace(" ", f" {COVER}!") for line in said])
