import pytest

from etl import numbers
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
    ("1,234,567", Reading(1234567.0, "text_number")),
    ("12,0", Reading(12.0, "text_number")),
    ("'12", Reading(12.0, "text_number")),
    ("1,234.56", Reading(None, "not_whole")),
    ("0.5", Reading(None, "not_whole")),
    ("12.5", Reading(None, "number_ambiguous", ("125", "12,5"))),
    ("1,5", Reading(None, "not_whole")),
    ("1.234,56", Reading(None, "not_whole")),
    ("s6", Reading(None, "digits_in_word", ("56",))),
    ("1O", Reading(None, "digits_in_word", ("10",))),
    ("l5", Reading(None, "digits_in_word", ("15",))),
    ("hai trăm", Reading(None, "number_spelt_out")),
    ("12 cuộc", Reading(12.0, "number_unit")),
    ("1.234 cuộc", Reading(1234.0, "number_unit")),
    ("1,234 cuộc", Reading(None, "number_ambiguous", ("1234", "1,234"))),
    ("12 lượt", Reading(None, "number_words", ("12",))),
    ("khoảng 50", Reading(None, "number_approximate", ("50",))),
    ("≥ 20", Reading(None, "number_approximate", ("20",))),
    ("50+", Reading(None, "number_approximate", ("50",))),
    ("hơn 1.200 cuộc", Reading(None, "number_approximate", ("1.200",))),
    ("10-15", Reading(None, "number_range", ("10", "15"))),
    ("từ 10 đến 15 cuộc", Reading(None, "number_range", ("10", "15"))),
    ("1/2", Reading(None, "number_fraction", ("1", "2"))),
    ("12/15 thôn", Reading(None, "number_fraction", ("12", "15"))),
    ("50%", Reading(None, "percent_in_count", ("50",))),
    ("5 (trong đó 2 mới)", Reading(None, "several_numbers", ("5", "2"))),
    ("3 hội nghị, 2 tập huấn", Reading(None, "several_numbers", ("3", "2"))),
    ("5+3", Reading(None, "several_numbers", ("5", "3"))),
    ("15 triệu đồng", Reading(None, "number_times", ("15.000.000",))),
    ("1,2 nghìn", Reading(None, "number_times", ("1.200",))),
    ("15tr", Reading(None, "number_times", ("15.000.000",))),
    ("đạt 12", Reading(None, "number_words", ("12",))),
    ("12.34.567", Reading(None, "number_punctuated")),
    ("12.", Reading(None, "number_punctuated")),
    ("=2+3", Reading(None, "formula_as_text")),
    ("x", Reading(None, "says_yes")),
    ("nhiều", Reading(None, "not_a_number")),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_a_count_is_read_or_asked_about_never_guessed(text: str, expected: Reading) -> None:
    assert numbers.whole_number(text, {"cuộc"}) == expected


DECIMALS = [
    ("98,5", Reading(98.5, "text_number")),
    ("1.234,56", Reading(1234.56, "text_number")),
    ("12.5", Reading(12.5, "point_decimal")),
    ("2.450", Reading(None, "number_ambiguous", ("2450", "2,450"))),
    ("1,234", Reading(None, "number_ambiguous", ("1234", "1,234"))),
    ("1,234,567", Reading(1234567.0, "text_number")),
    ("1,234.5", Reading(1234.5, "text_number")),
]


@pytest.mark.parametrize(("text", "expected"), DECIMALS)
def test_a_measure_is_read_or_asked_about(text: str, expected: Reading) -> None:
    assert numbers.decimal_number(text) == expected


PERCENTAGES = [("98,5%", Reading(98.5, "text_number")), ("85 %", Reading(85.0, "text_number")),
               ("0,5%", Reading(0.5, "text_number")), ("0,98", Reading(None, "percent_share", ("98%", "0,98%"))),
               ("90 phần trăm", Reading(90.0, "text_number")), ("98/100", Reading(None, "number_fraction", ("98", "100"))),
               ("12.5", Reading(12.5, "point_decimal")), ("2.450%", Reading(None, "number_ambiguous", ("2,450", "2450")))]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PERCENTAGES)
def test_a_percentage_is_read_with_or_without_its_sign(text: str, expected: Reading) -> None:
    assert numbers.percentage(text) == expected
