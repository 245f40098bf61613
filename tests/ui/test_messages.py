"""Reminders are the Department's words with a unit's case filled in, and nothing else."""

import datetime as dt

import pandas as pd
import pytest

from tests.workbooks import prepared
from ui import messages

WORDINGS = {row["kind"]: row["text"] for row in prepared().catalogue.tables["messages"]} | {
    "authority": prepared().catalogue.settings["authority"]
}
CASE = {
    "unit_code": "10549", "unit": "Phường Chu Văn An", "days": 3, "due_at": dt.datetime(2026, 11, 20, 23, 59, 59),
    "received_at": dt.datetime(2026, 11, 19, 17), "errors": 14.0,
}  # fmt: skip
FAULTS = pd.DataFrame(
    [
        ("10549", "5_DVC", "P4, Q4, R4", 9, "Ô bắt buộc đang trống."),
        ("10549", "5_DVC", "C4", 1, "Cộng lại không bằng (228)."),
        ("10549", "", "", 1, "Thiếu sheet."),
        ("10549", "4_NHIEM_VU", "O18", 2, "Chưa có ngày."),
        ("10549", "4_NHIEM_VU", "O19", 1, "Sai ngày."),
        ("10891", "5_DVC", "C4", 1, "Của đơn vị khác."),
    ],
    columns=["unit_code", "sheet", "cells", "found", "message"],
)


def said(state: str, faults: pd.DataFrame = FAULTS) -> str:
    cases = pd.DataFrame([{**CASE, "state": state}])
    return messages.all_of(cases, faults, WORDINGS, "Tháng 11/2026")["10549"]


@pytest.mark.parametrize("state", ["missing", "returned", "ending", "late"])
def test_every_case_has_its_wording_and_no_place_is_left_open(state: str) -> None:
    text = said(state)
    assert text.startswith("Kính gửi Phường Chu Văn An,\n")
    assert text.endswith("Trân trọng cảm ơn.")
    assert "Sở Khoa học và Công nghệ thành phố Hải Phòng" in text
    assert "báo cáo tháng 11/2026" in text.lower()
    assert "{" not in text and "|" not in text and "—" not in text


def test_a_returned_file_is_told_its_widest_faults_with_their_cells() -> None:
    lines = said("returned").splitlines()
    first = lines.index("- 5_DVC, ô P4, Q4, R4 và 6 ô khác: Ô bắt buộc đang trống.")
    assert lines[first + 1 : first + 4] == [
        "- 5_DVC, ô C4: Cộng lại không bằng (228).", "- cả tệp: Thiếu sheet.", "- … và 2 loại lỗi khác.",
    ]  # fmt: skip
    assert "nhận báo cáo tháng 11/2026 của quý đơn vị ngày 19/11/2026" in said("returned")
    assert "14 điểm" in said("returned")
    assert "đơn vị khác" not in said("returned")


def test_a_unit_without_faults_of_its_own_is_told_none() -> None:
    assert "- " not in said("returned", FAULTS.iloc[-1:])


def test_a_wording_may_be_edited_and_an_unknown_place_stays_as_written() -> None:
    text = messages.filled("Gửi {unit}|{ten_la} {unit.__class__} {days}", {"unit": "Xã A {days}", "days": "3"})
    assert text == "Gửi Xã A {days}\n{ten_la} {unit.__class__} 3"


def test_every_wording_asks_only_for_what_can_be_said() -> None:
    known = {"unit", "authority", "period", "due", "days", "received", "errors", "faults"}
    for kind, text in WORDINGS.items():
        assert set(messages.PLACE.findall(text)) <= known, kind
