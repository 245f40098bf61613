"""Text as it comes: old fonts, lost tones, pasted from Word, too long, personal, looking like a formula."""

from __future__ import annotations

import unicodedata

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.etl.messy.office import ACCEPTED, PLAIN, RETURNED, TASKS, Ending, ending
from tests.workbooks import report

CELL = "8_KHO_KHAN!B4"


def remarked(text: str, kind: str = "KHO_KHAN", touch: object = None) -> Ending:
    """The plain report with one remark."""
    return ending(report(changes=PLAIN, tasks=TASKS, remarks=((kind, text, "SO"),), touch=touch))  # type: ignore[arg-type]


TCVN3 = "ThiÕu kinh phÝ, ®Ò nghÞ cÊp trªn bæ sung; c¸n bé c«ng nghÖ sè cßn kiªm nhiÖm"
VNI = "Thieáu kinh phí, ñeà nghò caáp treân boå sung; caùn boä coâng ngheä soá coøn kieâm nhieäm"
SCANNED = "Cong tac tuyen truyen can tién hanh kip thoi, thuong xuyén, toan dién, cé trong tam, trong diém. " * 4
TEXTS = {
    "plain": ("Thiếu kinh phí", ACCEPTED, [], ""),
    "decomposed letters (NFD)": (unicodedata.normalize("NFD", "Thiếu kinh phí ở thôn Đông"), ACCEPTED, [], ""),
    "pasted from Word": ("Thiếu kinh phí;\r\n\t- thiếu người;\n\n\u00a0- thiếu máy", ACCEPTED, [], ""),
    "emoji": ("Bà con rất phấn khởi 👍👍", ACCEPTED, [], ""),
    "begins with a dash": ("- Thiếu kinh phí", ACCEPTED, [], ""),
    "begins with a plus": ("+ Thiếu kinh phí", ACCEPTED, ["V51"], "bắt đầu bằng “+”, dễ bị hiểu là công thức"),
    "too long": ("Thiếu kinh phí. " * 200, RETURNED, ["V10.14"], "Nội dung dài 3199 ký tự. Không quá 2.000 ký tự"),
    "TCVN3 letters": (TCVN3, ACCEPTED, ["V47.1"], "gõ bằng bảng mã cũ (TCVN3, VNI)"),
    "VNI letters": (VNI, ACCEPTED, ["V47.1"], "gõ bằng bảng mã cũ (TCVN3, VNI)"),
    "names of other languages": ("Doanh nghiệp Müller, Åland và Citroën tham gia", ACCEPTED, [], ""),
    "a telephone number": ("Liên hệ anh Bình 0912 345 678", RETURNED, ["V50"], "Ô có thể chứa dữ liệu cá nhân (09…78)"),
    "an amount": ("Cần 150000000 đồng theo Công văn 123/UBND-VX", ACCEPTED, [], ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "outcome", "rules", "words"), TEXTS.values(), ids=TEXTS)
def test_a_text(text: str, outcome: str, rules: list[str], words: str) -> None:
    ended = remarked(text)
    assert (ended.outcome, ended.said) == (outcome, [f"{rule} {CELL}" for rule in rules])
    assert words in ended.words


def test_what_is_stored_is_clean() -> None:
    (one,) = remarked(unicodedata.normalize("NFD", "Thiếu  kinh phí;\r\n\tthiếu\u200b người ")).inspected.reports
    assert one.remarks[0].text == "Thiếu kinh phí; thiếu người"


def test_text_that_lost_its_tones_is_said_once() -> None:
    ended = remarked(SCANNED)
    assert (ended.outcome, ended.said) == (ACCEPTED, ["V47"])
    assert "gần như không có dấu tiếng Việt" in ended.words


@pytest.mark.parametrize("font", [".VnTime", "VNI-Times"])
def test_a_font_of_the_time_before_unicode_is_named(font: str) -> None:
    def touch(book: openpyxl.Workbook) -> None:
        book["8_KHO_KHAN"]["B4"].font = Font(name=font)

    ended = remarked("ThiÕu kinh phÝ", touch=touch)
    assert (ended.outcome, ended.said) == (ACCEPTED, ["V48"])
    assert f"phông chữ cũ ({font})" in ended.words


def test_a_line_that_only_says_there_is_nothing_is_no_remark() -> None:
    def touch(book: openpyxl.Workbook) -> None:
        book["8_KHO_KHAN"]["A4"] = None
        book["8_KHO_KHAN"]["C4"] = None

    ended = remarked("Không có", touch=touch)
    assert (ended.outcome, ended.said) == (ACCEPTED, [f"V02.12 {CELL}"])
    assert "(“Không có”)" in ended.words
    assert ended.inspected.reports[0].remarks == ()


@pytest.mark.parametrize("text", ["Không", "Không có.", "không phát sinh"])
def test_a_remark_that_only_says_there_is_none_is_none(text: str) -> None:
    ended = remarked(text)
    assert (ended.outcome, ended.inspected.reports[0].remarks) == (ACCEPTED, ())


KINDS = [
    ("Khó khăn", ACCEPTED, []),
    ("kho khan, vuong mac", ACCEPTED, []),
    ("Khó khăn.", ACCEPTED, []),
    ("1. Khó khăn", RETURNED, ["V10.12 8_KHO_KHAN!A4"]),
    (None, RETURNED, ["V46 8_KHO_KHAN!A4"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "outcome", "said"), KINDS)
def test_the_kind_of_a_remark(kind: str, outcome: str, said: list[str]) -> None:
    ended = remarked("Thiếu kinh phí", kind)
    assert (ended.outcome, ended.said) == (outcome, said)


NAMES = [
    # how the unit's name is typed on the cover
    ("Xã Bình Giang", ACCEPTED, ""),
    ("XÃ BÌNH GIANG", ACCEPTED, ""),
    ("UBND xã Bình Giang", ACCEPTED, ""),
    ("xa Binh Giang", ACCEPTED, ""),
    (unicodedata.normalize("NFD", "Xã Bình Giang"), ACCEPTED, ""),
    ("Xã Bình  Giang ", ACCEPTED, ""),
    ("X· B×nh Giang", "unreadable", "Không có đơn vị nào với mã hoặc tên “X· B×nh Giang”"),
    ("Xã Bình Giang, thành phố Hải Phòng", ACCEPTED, ""),
    ("Ủy ban nhân dân xã Bình Giang (TP. Hải Phòng)", ACCEPTED, ""),
    ("Bình Giang", ACCEPTED, ""),
    ("Xã Bình Giảng", "unreadable", "(có phải Xã Bình Giang – 10966?)"),
    ("Xã Bình Minh", "unreadable", "Không có đơn vị nào"),
]


@pytest.mark.parametrize(("name", "outcome", "words"), NAMES)
def test_the_name_of_the_unit(name: str, outcome: str, words: str) -> None:
    ended = ending(report(changes={**PLAIN, "1_THONG_TIN unit_name": name}))
    assert ended.outcome == outcome
    assert words in ended.words
