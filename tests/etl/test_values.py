import datetime as dt

import pytest

from etl import values
from etl.values import Reading

COUNTS = [
    ("12", Reading(12.0, "text_number")),
    ("1.234", Reading(1234.0, "text_number")),
    ("12.345.678", Reading(12345678.0, "text_number")),
    ("1 234", Reading(1234.0, "text_number")),
    ("1\u00a0234", Reading(1234.0, "text_number")),
    ("1\u202f234", Reading(1234.0, "text_number")),
    ("-5", Reading(-5.0, "text_number")),
    ("1,234", Reading(None, "number_ambiguous", ("1234", "1,234"))),
    ("1,234.56", Reading(None, "number_ambiguous", ("1234", "1,234.56"))),
    ("12.5", Reading(None, "number_ambiguous", ("125", "12,5"))),
    ("1,5", Reading(None, "not_whole")),
    ("1.234,56", Reading(None, "not_whole")),
    ("s6", Reading(None, "digits_in_word")),
    ("1O", Reading(None, "digits_in_word")),
    ("l5", Reading(None, "digits_in_word")),
    ("hai trăm", Reading(None, "not_a_number")),
    ("12 cuộc", Reading(None, "not_a_number")),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_a_count_is_read_or_asked_about_never_guessed(text: str, expected: Reading) -> None:
    assert values.whole_number(text) == expected


DECIMALS = [
    ("98,5", Reading(98.5, "text_number")),
    ("1.234,56", Reading(1234.56, "text_number")),
    ("12.5", Reading(12.5, "point_decimal")),
    ("2.450", Reading(None, "number_ambiguous", ("2450", "2,450"))),
    ("1,234,567", Reading(None, "number_ambiguous", ("1234567", "1,234,567"))),
]


@pytest.mark.parametrize(("text", "expected"), DECIMALS)
def test_a_measure_is_read_or_asked_about(text: str, expected: Reading) -> None:
    assert values.decimal_number(text) == expected


PERCENTAGES = [("98,5%", Reading(98.5, "text_number")), ("85 %", Reading(85.0, "text_number")),
               ("12.5", Reading(12.5, "point_decimal")), ("2.450%", Reading(None, "number_ambiguous", ("2,450", "2450")))]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PERCENTAGES)
def test_a_percentage_is_read_with_or_without_its_sign(text: str, expected: Reading) -> None:
    assert values.percentage(text) == expected


DATES = [
    (dt.datetime(2026, 11, 20), Reading(dt.date(2026, 11, 20))),
    (dt.date(2026, 11, 20), Reading(dt.date(2026, 11, 20))),
    ("20/11/2026", Reading(dt.date(2026, 11, 20), "text_date")),
    ("1-2-2026", Reading(dt.date(2026, 2, 1), "text_date")),
    ("2026-11-20", Reading(dt.date(2026, 11, 20), "text_date")),
    ("ngày 20 tháng 11 năm 2026", Reading(dt.date(2026, 11, 20), "text_date")),
    ("Ngày  20  tháng 11 năm 2026", Reading(dt.date(2026, 11, 20), "text_date")),
    ("11/20/2026", Reading(None, "no_such_date")),
    ("20/11/26", Reading(None, "short_year")),
    (46346.0, Reading(None, "date_as_number", ("20/11/2026",))),
    (5.0, Reading(None, "bad_date")),
    ("cuối tháng", Reading(None, "bad_date")),
]


@pytest.mark.parametrize(("written", "expected"), DATES)
def test_a_date_has_its_day_first_always(written: object, expected: Reading) -> None:
    assert values.date(written) == expected
