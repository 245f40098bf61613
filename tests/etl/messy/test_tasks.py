"""The register of tasks as officers keep it: dates in all ways, merged rows, codes twice, states that contradict."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from tests.etl.messy.office import ACCEPTED, PLAIN, REMARKS, RETURNED, Ending, ending, table
from tests.etl.messy.test_numbers import as_kept
from tests.workbooks import report, task

SHEET = "4_NHIEM_VU"


def register(*tasks: object, touch: object = None) -> Ending:
    """The plain report with these tasks."""
    return ending(report(changes=PLAIN, tasks=tasks, remarks=REMARKS, touch=touch))  # type: ignore[arg-type]


# typed into a date column of task T1: text in quotes, else as Excel keeps it
DATES = """
    column | typed                          | becomes  | rule   | read       | words
    start  | 2026-01-05                     | accepted |        | 2026-01-05 |
    start  | '05/01/2026'                   | accepted | V24.5  | 2026-01-05 | Ngày gõ dạng chữ “05/01/2026” được đọc là 05/01/2026
    start  | '5-1-2026'                     | accepted | V24.5  | 2026-01-05 | được đọc là 05/01/2026
    start  | '05.01.2026'                   | accepted | V24.5  | 2026-01-05 | được đọc là 05/01/2026
    start  | '05 / 01 / 2026'               | accepted | V24.5  | 2026-01-05 | được đọc là 05/01/2026
    start  | '2026-01-05'                   | accepted | V24.5  | 2026-01-05 | được đọc là 05/01/2026
    start  | 'ngày 05 tháng 01 năm 2026'    | accepted | V24.5  | 2026-01-05 | được đọc là 05/01/2026
    start  | '05-Jan-2026'                  | accepted | V24.5  | 2026-01-05 | được đọc là 05/01/2026
    start  | '05/01/26'                     | returned | V24.3  |            | Năm trong “05/01/26” chỉ có hai chữ số (có phải 05/01/2026?)
    start  | '31/02/2026'                   | returned | V24.2  |            | Không có ngày “31/02/2026”
    start  | '01/31/2026'                   | returned | V24.6  |            | nếu đọc ngày trước, tháng sau (có phải 31/01/2026?)
    start  | '05/01'                        | returned | V24.8  |            | “05/01” thiếu năm
    start  | '01/2026'                      | returned | V24.7  |            | chỉ có tháng hoặc năm, chưa có ngày
    start  | 'tháng 1/2026'                 | returned | V24.7  |            | nếu là hết thời gian ấy thì ghi 31/01/2026
    start  | 2026                           | returned | V24.7  |            | “2026” chỉ có tháng hoặc năm
    start  | 46027                          | returned | V24.4  |            | chứa số 46027 (có thể là ngày 05/01/2026)
    start  | 'Quý I năm 2026'               | returned | V24.10 |            | “Quý I năm 2026” là lời văn, không phải ngày
    start  | 'từ 05/01/2026 đến 10/01/2026' | returned | V24.9  |            | Ô ghi nhiều ngày
    start  | 2023-01-05                     | returned | V24.12 |            | Ngày 05/01/2023 sớm hơn mức cho phép. Từ 22/12/2024 trở đi
    start  | '05/01/2206'                   | returned | V24.11 |            | Năm trong “05/01/2206” là 2206
    start  | 12                             | returned | V24.1  |            | “12” không phải là ngày
    start  | '-'                            | accepted |        |            |
    due    | 'thường xuyên'                 | returned | V24.10 |            | lời văn về thời hạn (thường xuyên, trong năm) ghi ở cột “Hạn theo văn bản”
    due    | 'trước 30/11/2026'             | accepted | V24.5  | 2026-11-30 | được đọc là 30/11/2026
    due    | 'Đến 30/11/2026'               | accepted | V24.5  | 2026-11-30 | được đọc là 30/11/2026
    due    | '30 tháng 11, 2026'            | accepted | V24.5  | 2026-11-30 | được đọc là 30/11/2026
    due    | 'chậm nhất đến 30/11/2026'     | returned | V24.10 |            | là lời văn, không phải ngày
    due    | 'từ tháng 9 đến tháng 11/2026' | returned | V24.9  |            | Ô ghi nhiều ngày
    due    | 'trước 30/11'                  | returned | V24.10 |            | là lời văn, không phải ngày
    due    | 2062-12-14                     | returned | V24.13 |            | Ngày 14/12/2062 muộn hơn mức cho phép. Đến 31/12/2045 trở về trước
    due    | 2026-01-01                     | returned | V24a   |            | Hạn hoàn thành (01/01/2026) sớm hơn ngày bắt đầu (05/01/2026)
"""
PLACES = {"start": "I4", "due": "J4"}
FIELDS = {"start": 8, "due": 9}


@pytest.mark.parametrize(("column", "typed", "becomes", "rule", "read", "words"), list(table(DATES))[1:])
def test_a_date(column: str, typed: str, becomes: str, rule: str, read: str, words: str) -> None:
    def touch(book: openpyxl.Workbook) -> None:
        cell, kept = book[SHEET][PLACES[column]], as_kept(typed)
        cell.value = kept
        if isinstance(kept, int):
            cell.number_format = "General"

    ended = register(task("T1"), touch=touch)
    assert (ended.outcome, ended.said) == (becomes, [f"{rule} {SHEET}!{PLACES[column]}"] if rule else [])
    assert words in ended.words
    if becomes == ACCEPTED:
        assert ended.tasks()[0][FIELDS[column]] == (dt.date.fromisoformat(read) if read else None)


DONE = {"status": "HOAN_THANH", "progress": 100.0, "done_date": dt.date(2026, 11, 10), "evidence": "BC 12/BC-UBND"}
STATES = {
    "finished, all said": (DONE, ACCEPTED, [], ""),
    "finished without its date": (
        DONE | {"done_date": None}, RETURNED, ["V22b O4"], "Trạng thái là Hoàn thành nhưng chưa có ngày hoàn thành"
    ),
    "finished without evidence": (DONE | {"evidence": None}, ACCEPTED, ["V27 P4"], "chưa ghi minh chứng"),
    "finished at 80%": (DONE | {"progress": 80.0}, RETURNED, ["V22a N4"], "tiến độ mới là 80%"),
    "finished before it began": (
        DONE | {"done_date": dt.date(2026, 1, 2)}, RETURNED, ["V24.12 O4"],
        "Ngày 02/01/2026 sớm hơn mức cho phép. “Ngày bắt đầu” (05/01/2026) trở lên",
    ),
    "finished after the period's end": (
        DONE | {"done_date": dt.date(2026, 12, 11)}, RETURNED, ["V24b O4"], "sau ngày cuối kỳ báo cáo (14/11/2026)"
    ),
    "day and month exchanged": (
        DONE | {"done_date": dt.date(2026, 12, 10)}, RETURNED, ["V24b O4"], "xem ngày và tháng có bị đảo không"
    ),
    "a date though it goes on": ({"done_date": dt.date(2026, 11, 10)}, RETURNED, ["V22d M4"], "Đã có ngày hoàn thành"),
    "words for a date though it goes on": (
        {"done_date": "đã xong"}, RETURNED, ["V24.10 O4"], "“đã xong” là lời văn, không phải ngày"
    ),
    "100% though it goes on": ({"progress": 100.0}, RETURNED, ["V22c M4"], "Tiến độ đã là 100%"),
    "not begun at 30%": (
        {"status": "CHUA_THUC_HIEN", "progress": 30.0}, RETURNED, ["V23 N4"], "Chưa thực hiện nhưng tiến độ là 30%"
    ),
    "120%": ({"progress": 120.0}, RETURNED, ["V10.6 N4"], "“120” lớn hơn mức cao nhất cho phép. Số phần trăm từ 0 đến 100"),
    "a state in other words": ({"status": "đang làm"}, RETURNED, ["V10.12 M4"], "“đang làm” không có trong danh sách"),
    "a state by its name": ({"status": "Đang thực hiện"}, ACCEPTED, [], ""),
    "a state without tones": ({"status": "dang thuc hien"}, ACCEPTED, [], ""),
    "a group as text": ({"task_group": "Nhóm 1"}, ACCEPTED, [], ""),
    "a group in Roman numbers": ({"task_group": "I"}, RETURNED, ["V10.12 B4"], "“I” không có trong danh sách"),
    "one-off without due date": ({"due_date": None}, ACCEPTED, ["V26b J4"], "chưa có hạn hoàn thành"),
    "routine without due date": ({"due_date": None, "kind": "Thường xuyên"}, ACCEPTED, [], ""),
    "nobody answers for it": ({"responsible": None}, ACCEPTED, ["V26a E4"], "chưa đủ “5 rõ”"),
    "a title too short": ({"title": "Họp"}, RETURNED, ["V10.15 C4"], "Nội dung quá ngắn (“Họp”)"),
    "a title too long": ({"title": "Tuyên truyền " * 60}, RETURNED, ["V10.14 C4"], "Không quá 500 ký tự"),
    "no code": ({"task_id": None}, RETURNED, ["V46 A4"], "Ô bắt buộc đang trống"),
    "a code that is a number": ({"task_id": 12}, ACCEPTED, [], ""),
    "KAD for the progress": ({"progress": "KAD"}, RETURNED, ["V10.34 N4"], "không được ghi “KAD”"),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "outcome", "said", "words"), STATES.values(), ids=STATES)
def test_a_state(fields: dict[str, object], outcome: str, said: list[str], words: str) -> None:
    fields = dict(fields)
    ended = register(task(fields.pop("task_id", "T1"), **fields))  # type: ignore[arg-type]
    assert (ended.outcome, ended.said) == (outcome, [line.replace(" ", f" {SHEET}!") for line in said])
    assert words in ended.words


def two_rows_a_task(book: openpyxl.Workbook) -> None:
    sheet = book[SHEET]
    sheet.insert_rows(5)
    sheet["C5"], sheet["L5"] = "và phát trên đài truyền thanh", "20 tin, bài"
    for column in "ABDEFGHIJKMNOPQ":
        sheet.merge_cells(f"{column}4:{column}5")


def code_twice(book: openpyxl.Workbook) -> None:
    book[SHEET]["A5"] = "T1"


def sorted_and_spaced(book: openpyxl.Workbook) -> None:
    sheet = book[SHEET]
    first, second = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=5)]
    for place, (one, other) in enumerate(zip(second, first, strict=True), start=1):
        sheet.cell(4, place).value = one
        sheet.cell(5, place).value = None
        sheet.cell(9, place).value = other


def numbered_rows(book: openpyxl.Workbook) -> None:
    sheet = book[SHEET]
    sheet.insert_cols(1)
    sheet["A2"], sheet["A4"], sheet["A5"] = "STT", 1, 2


def group_headings(book: openpyxl.Workbook) -> None:
    sheet = book[SHEET]
    sheet.insert_rows(4)
    sheet["A4"] = "I. Nhiệm vụ do Sở giao"


def numbered_group_headings(book: openpyxl.Workbook) -> None:
    sheet = book[SHEET]
    sheet.insert_rows(5)
    sheet["A5"], sheet["C5"] = "II", "Nhóm nhiệm vụ hoàn thiện thể chế"


def code_and_title_only(book: openpyxl.Workbook) -> None:
    book[SHEET]["A9"], book[SHEET]["C9"] = "T3", "Mở lớp bình dân học vụ số đợt hai"


REGISTERS = {
    "numbered headings between the tasks": (numbered_group_headings, ACCEPTED, ["V02.12 A5"], "“II”"),
    "a task with a code and a title only": (
        code_and_title_only, RETURNED, [*(f"V46 {column}9" for column in "BDHMN"), "V26a E9"], "Ô bắt buộc đang trống"
    ),
    "a task on two merged rows": (
        two_rows_a_task, RETURNED, ["V16.7 A5"], "Dòng này không có Mã nhiệm vụ, Nhóm nhiệm vụ (1-7): có vẻ là phần tiếp"
    ),
    "a code twice": (code_twice, RETURNED, ["V16.2 A5"], "Mã T1 xuất hiện hai lần (dòng 4, 5)"),
    "tasks in another order, rows between": (sorted_and_spaced, ACCEPTED, [], ""),
    "a column of numbers in front": (numbered_rows, ACCEPTED, ["V02.9 A2"], "Cột “STT” không có trong mẫu"),
    "headings between the tasks": (group_headings, ACCEPTED, ["V02.12 A4"], "“I. Nhiệm vụ do Sở giao”"),
}  # fmt: skip


@pytest.mark.parametrize(("touch", "outcome", "said", "words"), REGISTERS.values(), ids=REGISTERS)
def test_a_register(touch: object, outcome: str, said: list[str], words: str) -> None:
    ended = register(task("T1"), task("T2"), touch=touch)
    assert (ended.outcome, ended.said) == (outcome, [line.replace(" ", f" {SHEET}!") for line in said])
    assert words in ended.words
    if outcome == ACCEPTED:
        assert sorted(str(each[0]) for each in ended.tasks()) == ["T1", "T2"]


def test_a_task_with_the_code_of_another_unit_is_asked_about() -> None:
    ended = register(task("10966-2026-001"), task("11359-2026-001"), task("CHUNG-01"))
    assert (ended.outcome, ended.said) == (ACCEPTED, [f"V21.1 {SHEET}!A5"])
    assert "Mã nhiệm vụ 11359-2026-001 mang mã của Phường Gia Viên (11359), không phải" in ended.words
