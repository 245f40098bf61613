"""How numbers, shares, dates and foreign text are written."""

import datetime as dt
import math

import pandas as pd
import pytest

from ui import formats


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1234.5, 1, "1.234,5"), (1234567, 0, "1.234.567"), (0, 0, "0"), (-1234.5, 1, "-1.234,5"),
        (None, 0, "—"), (math.nan, 1, "—"), (pd.NA, 0, "—"), (math.inf, 0, "—"), ("12", 0, "—"),
    ],
)  # fmt: skip
def test_numbers(value: object, decimals: int, written: str) -> None:
    assert formats.number(value, decimals) == written


@pytest.mark.parametrize(("value", "written"), [(12.5, "12,5%"), (100, "100,0%"), (0, "0,0%"), (None, "—")])
def test_shares(value: object, written: str) -> None:
    assert formats.share(value) == written


@pytest.mark.parametrize(
    ("change", "written"),
    [(1.24, "+1,2 điểm"), (-1.25, "-1,2 điểm"), (0.04, "0,0 điểm"), (-0.04, "0,0 điểm"), (None, "—")],
)
def test_differences_have_a_sign_unless_they_round_to_nothing(change: object, written: str) -> None:
    assert formats.points(change) == written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [(90, "%", "90%"), (12.5, "%", "12,5%"), (1500, "lượt", "1.500"), (1.5, "ngày", "1,5")],
)
def test_targets_are_short(value: object, unit: str, written: str) -> None:
    assert formats.amount_short(value, unit) == written


def test_dates_and_times() -> None:
    moment = dt.datetime(2026, 11, 20, 8, 15)
    assert formats.date(moment) == "20/11/2026"
    assert formats.moment(moment) == "08:15 ngày 20/11/2026"
    assert formats.date(pd.NaT) == formats.moment(None) == "—"


def test_months_are_short_on_axes() -> None:
    assert [formats.short_month(period) for period in ("2026-01", "2026-11", "2026-Q3", "2026")] == [
        "T1/26",
        "T11/26",
        "2026-Q3",
        "2026",
    ]


@pytest.mark.parametrize(
    "text", ["**đậm**", "[a](http://x)", "<b>a</b>", ":red[a]", "$x$", "# a", "a|b", "`a`", "a\nb"]
)
def test_text_from_the_warehouse_is_never_markdown(text: str) -> None:
    escaped = formats.plain(text)
    assert escaped.replace("\\", "").replace(formats.NO_WIDTH, "") == text.replace("\n", " ")
    assert all(escaped[place - 1] == "\\" for place, letter in enumerate(escaped) if letter in "*[]()<>:$#|`")


def test_text_from_the_warehouse_is_never_a_tag_in_a_chart() -> None:
    assert formats.in_chart("<a href='x'>A & B</a>") == "&lt;a href='x'&gt;A &amp; B&lt;/a&gt;"
    assert formats.in_chart(None) == formats.plain(None) == ""


def test_abbreviations_inside_a_sentence_stay_as_they_are() -> None:
    names = ("Tỷ lệ CBCCVC có kỹ năng số", "VNeID mức độ 2", "Tháng 11/2026")
    assert [formats.inside(name) for name in names] == [
        "tỷ lệ CBCCVC có kỹ năng số",
        "VNeID mức độ 2",
        "tháng 11/2026",
    ]


def test_a_unit_inside_a_sentence_keeps_the_capital_of_an_agency() -> None:
    names = ("Xã An Phú", "Đặc khu Cát Hải", "Ban Quản lý Khu kinh tế Hải Phòng")
    assert [formats.unit_inside(name) for name in names] == ["xã An Phú", "đặc khu Cát Hải", names[2]]


def test_kinds_have_names_and_unknown_ones_their_code() -> None:
    assert [formats.kind(code) for code in ("xa", "dac_khu", "truong")] == ["Xã", "Đặc khu", "truong"]
