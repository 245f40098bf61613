import unicodedata

import pytest

from etl.spelling import clean, fold, heading_key, without_tones

SAME = [
    ("hoà", "hòa"), ("Thuỷ Nguyên", "THỦY NGUYÊN"), ("Vĩnh  Hoà", "vĩnh hòa"), ("Kiến\u00a0Thuỵ", "Kiến Thụy"),
    (unicodedata.normalize("NFD", "Cẩm Giàng"), "Cẩm Giàng"), ("Ðồ Sơn", "Đồ Sơn"), ("xã\u200b An Phú", "Xã An Phú"),
    ("khoẻ", "khỏe"), ("quý", "qúy"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_of_typing_the_same_words_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Cẩm Giang", "Cẩm Giàng"), ("Hoàn", "Hòan mãi"), ("An Phú", "An Phụ")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_closed_syllables_keep_their_tone_where_it_is() -> None:
    assert fold("Hoàng Hoàn") == "hoàng hoàn"


def test_without_tones_is_what_is_left_when_tones_are_lost() -> None:
    assert without_tones("Đặc khu Cát Hải") == "dac khu cat hai"
    assert without_tones("Cẩm Giang") == without_tones("Cẩm Giàng")


def test_clean_keeps_case_and_tones_but_no_invisible_signs() -> None:
    assert clean(" Xã\u00a0\u200bBình   Giang\ufeff ") == "Xã Bình Giang"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("2. Tỉ lệ (%):", "tỷ lệ"),
        ("Số sản phẩm (trong kỳ) *", "số sản phẩm"),
        ("Nội dung “rõ việc”", "nội dung rõ việc"),
    ],
)
def test_a_heading_is_known_without_what_is_added_around_it(written: str, key: str) -> None:
    assert heading_key(written) == key


@pytest.mark.parametrize("dash", "‐‑‒–—―−")
def test_a_dash_is_a_dash(dash: str) -> None:
    assert fold(f"Phòng Văn hóa {dash} Xã hội") == fold("Phòng Văn hóa - Xã hội")
