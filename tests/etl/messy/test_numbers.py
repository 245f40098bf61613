"""What officers type where a count belongs: read, read with a note, or sent back with the reading it may have had."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from tests.etl.messy.office import PLAIN, REMARKS, TASKS, Ending, ending, table, with_cells
from tests.workbooks import report

# typed in 2_TUYEN_TRUYEN, line K0806 (counted in "cuộc"): text in quotes, else as Excel keeps it
COUNTS = """
    typed                  | becomes  | rule   | read  | words
    ---------------------- | -------- | ------ | ----- | ------------------------------------------------------------
    12                     | accepted |        | 12    |
    12.0                   | accepted |        | 12    |
    '12'                   | accepted | V10.9  | 12    | Số gõ dạng chữ “12” được đọc là 12
    ' 12 '                 | accepted | V10.9  | 12    | được đọc là 12
    ''12'                  | accepted | V10.9  | 12    | được đọc là 12
    '012'                  | accepted | V10.9  | 12    | được đọc là 12
    '1.234'                | accepted | V10.9  | 1234  | “1.234” được đọc là 1.234
    '1 234'                | accepted | V10.9  | 1234  | được đọc là 1.234
    '1,234,567'            | returned | V10.6  |       | “1,234,567” lớn hơn mức cao nhất
    '12,0'                 | accepted | V10.9  | 12    | được đọc là 12
    '12 cuộc'              | accepted | V10.17 | 12    | “12 cuộc” có kèm đơn vị tính, được đọc là 12
    '1.234 cuộc'           | accepted | V10.17 | 1234  | được đọc là 1.234
    '12 Cuộc.'             | accepted | V10.17 | 12    | được đọc là 12
    'Không phát sinh'      | accepted | V10.18 | 0     | “Không phát sinh” được hiểu là số 0
    'Không phát sinh.'     | accepted | V10.18 | 0     | được hiểu là số 0
    '0 (không phát sinh)'  | accepted | V10.18 | 0     | “0 (không phát sinh)” được hiểu là số 0
    'Không có: 0'          | accepted | V10.18 | 0     | được hiểu là số 0
    '12 sản phẩm'          | accepted | V10.17 | 12    | được đọc là 12
    'KAD'                  | accepted |        | KAD   |
    'không áp dụng'        | accepted |        | KAD   |
    '1.234 lượt'           | returned | V10.25 |       | gồm số 1.234 và chữ
    '12 lớp'               | returned | V10.25 |       | gồm số 12 và chữ
    'tổng 12'              | returned | V10.25 |       | gồm số 12 và chữ
    '1,234'                | returned | V10.2  |       | “1,234” có thể hiểu là 1234 hoặc 1,234
    '12.5'                 | returned | V10.2  |       | có thể hiểu là 125 hoặc 12,5
    1.234                  | returned | V10.19 |       | số lẻ 1,234. Nếu định ghi 1.234: Excel trên máy đã hiểu dấu chấm
    2999.9999999999995     | accepted |        | 3000  |
    2999.9                 | returned | V10.4  |       | “2999,9” không phải số nguyên
    12.5                   | returned | V10.19 |       | Nếu định ghi 12.500
    '0,5'                  | returned | V10.4  |       | không phải số nguyên
    0.5                    | returned | V10.4  |       | “0,5” không phải số nguyên
    0.3333333333           | returned | V10.4  |       | “0,3333333333” không phải số nguyên
    'khoảng 50'            | returned | V10.20 |       | “khoảng 50” là số ước chừng
    '50+'                  | returned | V10.20 |       | là số ước chừng; ô này cần con số chính xác
    '≥ 20'                 | returned | V10.20 |       | nếu chính xác là 20 thì ghi 20
    'hơn 1.000 cuộc'       | returned | V10.20 |       | nếu chính xác là 1.000
    'gần 100'              | returned | V10.20 |       | là số ước chừng
    '10-15'                | returned | V10.21 |       | “10-15” là một khoảng (10 hoặc 15)
    'từ 10 đến 15'         | returned | V10.21 |       | là một khoảng
    '1/2'                  | returned | V10.22 |       | hai số ngăn bằng dấu gạch chéo
    '12/15 thôn'           | returned | V10.22 |       | tổng số ghi ở ô hoặc cột tổng số
    '50%'                  | returned | V10.23 |       | “50%” là tỷ lệ phần trăm; ô này cần số đếm
    50%                    | returned | V10.23 |       | “50%” là tỷ lệ phần trăm
    100%                   | returned | V10.23 |       | “100%” là tỷ lệ phần trăm
    '5 (trong đó 2 mới)'   | returned | V10.24 |       | Ô ghi nhiều số: “5 (trong đó 2 mới)”
    '3 hội nghị, 2 lớp'    | returned | V10.24 |       | Chỉ ghi một số (tổng)
    '5+3'                  | returned | V10.24 |       | Ô ghi nhiều số
    '1,2 nghìn'            | returned | V10.26 |       | ghi theo nghìn, triệu; ô này cần số đầy đủ (có phải 1.200?)
    '2k'                   | returned | V10.26 |       | (có phải 2.000?)
    '10 không phát sinh'   | returned | V10.25 |       | gồm số 10 và chữ
    '.5'                   | returned | V10.27 |       | đặt không đúng chỗ
    'O'                    | returned | V10.3  |       | (có phải 0?)
    '1.23.4'               | returned | V10.27 |       | đặt không đúng chỗ
    '=SUM(D4:D9)'          | returned | V10.28 |       | giữ công thức ở dạng chữ
    'mười hai'             | returned | V10.29 |       | là số viết bằng chữ
    'x'                    | returned | V10.30 |       | “x” chỉ cho biết là có; ô này cần số lượng
    'có'                   | returned | V10.30 |       | chỉ cho biết là có
    'đang cập nhật'        | returned | V10.31 |       | nghĩa là chưa có số liệu
    'chưa có số liệu'      | returned | V10.31 |       | Bổ sung số liệu rồi gửi lại
    'không'                | returned | V10.7  |       | có thể hiểu là 0 hoặc là không có số liệu
    'Không có'             | returned | V10.7  |       | Không phát sinh thì điền 0; không áp dụng thì điền KAD
    'chưa có'              | returned | V10.7  |       | có thể hiểu là 0
    'ko'                   | returned | V10.7  |       | có thể hiểu là 0
    '1O'                   | returned | V10.3  |       | lẫn chữ cái với chữ số (có phải 10?)
    'l2'                   | returned | V10.3  |       | (có phải 12?)
    's6'                   | returned | V10.3  |       | số 0 không phải chữ O
    'nhiều cuộc'           | returned | V10.1  |       | “nhiều cuộc” không phải là số
    '👍'                   | returned | V10.1  |       | không phải là số
    TRUE                   | returned | V10.1  |       | “TRUE” không phải là số
    2026-02-01             | returned | V10.32 |       | đang giữ ngày hoặc giờ “01/02/2026” (Excel đổi khi gõ những thứ như 1/2
    01:30                  | returned | V10.32 |       | đang giữ ngày hoặc giờ “01:30”
    73:05 giờ              | returned | V10.32 |       | đang giữ ngày hoặc giờ “73:05”
    -1                     | returned | V10.5  |       | nhỏ hơn mức thấp nhất
    '-1'                   | returned | V10.5  |       | “-1” nhỏ hơn mức thấp nhất
    12000000               | returned | V10.6  |       | Số nguyên từ 0 đến 100.000
    blank                  | returned | V46    |       | không phát sinh thì điền 0, không áp dụng thì điền KAD
    '-'                    | returned | V46    |       | Ô bắt buộc đang trống. Số nguyên từ 0 đến 100.000 Điền vào ô (gạch ngang được coi là để trống)
    '   '                  | returned | V46    |       | Ô bắt buộc đang trống
    #REF!                  | returned | V10.8  |       | Ô báo lỗi #REF!
    #DIV/0!                | returned | V10.8  |       | Sửa công thức hoặc gõ trực tiếp giá trị
    =SUM(E1:E2)            | returned | V49.2  |       | công thức chưa được tính kết quả
"""
CASES = list(table(COUNTS))[1:]


def as_kept(typed: str) -> object:
    """What Excel keeps of what was typed."""
    if typed.startswith("'"):
        return typed[1:-1]
    if typed in ("blank", "TRUE"):
        return None if typed == "blank" else True
    if typed.startswith(("#", "=")):
        return typed
    if typed.endswith("%"):
        return float(typed[:-1]) / 100
    if typed.endswith(" giờ"):
        hours, minutes = typed[: -len(" giờ")].split(":")
        return dt.timedelta(hours=int(hours), minutes=int(minutes))
    if ":" in typed:
        return dt.time.fromisoformat(typed)
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        return float(typed) if "." in typed else int(typed)


def typed_into(sheet: str, cell: str, typed: str) -> Ending:
    """The plain report with something typed into a cell."""

    def touch(book: openpyxl.Workbook) -> None:
        place = book[sheet][cell]
        kept = as_kept(typed)
        place.value = kept
        if isinstance(kept, str) and kept.startswith("=") and typed.startswith("'"):
            place.data_type = "s"
        if typed.endswith("%") and isinstance(kept, float):
            place.number_format = "0%"

    return ending(report(changes=PLAIN, tasks=TASKS, remarks=REMARKS, touch=touch))


@pytest.mark.parametrize(("typed", "becomes", "rule", "read", "words"), CASES, ids=[case[0] for case in CASES])
def test_a_count(typed: str, becomes: str, rule: str, read: str, words: str) -> None:
    ended = typed_into("2_TUYEN_TRUYEN", "D34", typed)
    assert (ended.outcome, ended.said) == (becomes, [f"{rule} 2_TUYEN_TRUYEN!D34"] if rule else [])
    assert words in ended.words
    if read:
        assert ended.value("products", "K0806") == (None if read == "KAD" else float(read))


def test_a_count_in_a_cell_that_shows_days() -> None:
    """Excel kept the format of what was typed there before, and shows ######## for what is no day."""

    def touch(book: openpyxl.Workbook) -> None:
        book["2_TUYEN_TRUYEN"]["D34"].value, book["2_TUYEN_TRUYEN"]["D34"].number_format = 20_112_026, "dd/mm/yyyy"

    ended = ending(report(changes=PLAIN, tasks=TASKS, remarks=REMARKS, touch=touch))
    assert (ended.outcome, ended.said) == ("returned", ["V10.35 2_TUYEN_TRUYEN!D34"])
    assert "Excel chỉ hiện ########" in ended.words


PERCENTAGES = """
    typed     | becomes  | rule   | read | words
    98        | accepted |        | 98   |
    '98%'     | accepted | V10.9  | 98   | được đọc là 98
    '98,5 %'  | accepted | V10.9  | 98.5 | được đọc là 98,5
    '98.5%'   | accepted | V10.10 | 98.5 | dùng dấu chấm thập phân
    98%       | accepted | V10.11 | 98   | hiển thị 98%, được đọc là 98
    0.98      | returned | V10.33 |      | “0,98” không có dấu %, có thể là 98% hoặc 0,98%
    '0,98'    | returned | V10.33 |      | có thể là 98% hoặc 0,98%
    120       | returned | V10.6  |      | “120” lớn hơn mức cao nhất
    120%      | returned | V10.6  |      | “120%” lớn hơn mức cao nhất
    '98/100'  | returned | V10.22 |      | gạch chéo
    '> 50%'   | returned | V10.20 |      | ước chừng
"""


@pytest.mark.parametrize(("typed", "becomes", "rule", "read", "words"), list(table(PERCENTAGES))[1:])
def test_a_percentage(typed: str, becomes: str, rule: str, read: str, words: str) -> None:
    ended = typed_into("4_NHIEM_VU", "N4", typed)
    assert (ended.outcome, ended.said) == (becomes, [f"{rule} 4_NHIEM_VU!N4"] if rule else [])
    assert words in ended.words
    if read:
        assert [each[13] for each in ended.tasks()] == [float(read), 50.0]


MONEY = """
    typed              | becomes  | rule   | read      | words
    15000000           | accepted |        | 15000000  |
    '15.000.000'       | accepted | V10.9  | 15000000  | được đọc là 15.000.000
    '15.000.000 đồng'  | accepted | V10.17 | 15000000  | được đọc là 15.000.000
    '15 triệu'         | returned | V10.26 |           | (có phải 15.000.000?)
    '15tr'             | returned | V10.26 |           | (có phải 15.000.000?)
    '15.000.000đ'      | accepted | V10.17 | 15000000  | được đọc là 15.000.000
    '15.000.000 VNĐ'   | accepted | V10.17 | 15000000  | được đọc là 15.000.000
    '15.000.000 e'     | returned | V10.25 |           | gồm số 15.000.000 và chữ
    15000              | accepted | V45    | 15000     | có thể đã ghi theo nghìn đồng hoặc triệu đồng
"""


@pytest.mark.parametrize(("typed", "becomes", "rule", "read", "words"), list(table(MONEY))[1:])
def test_money(typed: str, becomes: str, rule: str, read: str, words: str) -> None:
    ended = typed_into("7_KINH_PHI", "D4", typed)
    assert (ended.outcome, ended.said) == (becomes, [f"{rule} 7_KINH_PHI!D4"] if rule else [])
    assert words in ended.words
    if read:
        assert ended.value("approved", "NSNN") == float(read)


HEADED = """
    typed          | becomes  | rule   | read
    '2 buổi'       | accepted | V10.17 | 2
    '2 lớp'        | accepted | V10.17 | 2
    '2 hội nghị'   | returned | V10.25 |
"""


@pytest.mark.parametrize(("typed", "becomes", "rule", "read"), list(table(HEADED))[1:])
def test_a_count_of_what_its_heading_says(typed: str, becomes: str, rule: str, read: str) -> None:
    ended = typed_into("3_DOI_TUONG", "D4", typed)
    assert (ended.outcome, ended.said[0]) == (becomes, f"{rule} 3_DOI_TUONG!D4")
    if read:
        assert ended.value("sessions", "A01") == float(read)


@pytest.mark.parametrize("typed", ["3 tin bài", "3 tin, bài", "3 bài"])
def test_a_count_in_the_words_of_its_row(typed: str) -> None:
    ended = typed_into("2_TUYEN_TRUYEN", "D4", f"'{typed}'")
    assert (ended.outcome, ended.said) == ("accepted", ["V10.17 2_TUYEN_TRUYEN!D4"])
    assert ended.value("products", "K0101") == 3


@pytest.mark.parametrize(("typed", "quoted"), [("KAD", "lượt tiếp cận (KAD)"), ("vài trăm", "")])
def test_a_rule_quotes_what_is_no_number_as_it_was_written(typed: str, quoted: str) -> None:
    channel = "2_TUYEN_TRUYEN K0201"
    ended = with_cells({f"{channel} products": 0, f"{channel} reach": typed, f"{channel} airings": 5})
    assert ("V13" in {each.rule_id for each in ended.findings}) == bool(quoted)
    assert quoted in ended.words
    assert "object" not in ended.words
