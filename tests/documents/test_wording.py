"""How an official report words numbers."""

import pandas as pd
import pytest

from documents import wording

SHARE = {
    "name": "Tỷ lệ hồ sơ nộp trực tuyến", "unit": "%", "direction": "up", "value": 74.62, "before": 73.4,
    "numerator": 37378, "denominator": 50088, "units": 108, "operator": ">=", "target": 90.0, "level": "watch",
    "line": None,
}  # fmt: skip
RESULTS = [
    ({}, 70.0, "Tỷ lệ hồ sơ nộp trực tuyến đạt 74,6% (37.378/50.088; 108/115 đơn vị có số liệu); tăng 1,2 điểm phần trăm so với tháng trước, tăng 4,6 điểm phần trăm so với cùng kỳ năm trước; chưa đạt mục tiêu ≥\xa090%."),
    ({"before": 80.0}, None, "Tỷ lệ hồ sơ nộp trực tuyến đạt 74,6% (37.378/50.088; 108/115 đơn vị có số liệu); giảm 5,4 điểm phần trăm so với tháng trước; chưa đạt mục tiêu ≥\xa090%."),
    ({"before": 74.6}, None, "Tỷ lệ hồ sơ nộp trực tuyến đạt 74,6% (37.378/50.088; 108/115 đơn vị có số liệu); không thay đổi so với tháng trước; chưa đạt mục tiêu ≥\xa090%."),
    ({"before": None, "target": None}, None, "Tỷ lệ hồ sơ nộp trực tuyến đạt 74,6% (37.378/50.088; 108/115 đơn vị có số liệu)."),
    ({"value": None}, 70.0, "Tỷ lệ hồ sơ nộp trực tuyến: chưa có số liệu."),
    ({"value": float("nan")}, None, "Tỷ lệ hồ sơ nộp trực tuyến: chưa có số liệu."),
    ({"level": "good", "before": None}, None, "Tỷ lệ hồ sơ nộp trực tuyến đạt 74,6% (37.378/50.088; 108/115 đơn vị có số liệu); đạt mục tiêu ≥\xa090%."),
    ({"name": "Tỷ lệ nhiệm vụ quá hạn", "direction": "down", "operator": "<=", "target": 5.0, "value": 0.8, "numerator": 8, "denominator": 1000, "before": None, "level": "good"}, None, "Tỷ lệ nhiệm vụ quá hạn là 0,8% (8/1.000; 108/115 đơn vị có số liệu); đạt mục tiêu ≤\xa05%."),
    ({"name": "Tỷ lệ nhiệm vụ quá hạn", "direction": "down", "operator": "<=", "target": 5.0, "value": 3.8, "numerator": 38, "denominator": 1000, "before": None}, None, "Tỷ lệ nhiệm vụ quá hạn là 3,8% (38/1.000; 108/115 đơn vị có số liệu); đạt mục tiêu ≤\xa05%."),
    ({"target": 100.0, "before": None}, None, "Tỷ lệ hồ sơ nộp trực tuyến đạt 74,6% (37.378/50.088; 108/115 đơn vị có số liệu); chưa đạt mục tiêu 100%."),
    ({"name": "Lượt tiếp cận", "unit": "lượt", "value": 4240970.0, "before": 4876180.0, "denominator": None, "target": None}, None, "Lượt tiếp cận: 4.240.970 lượt (108/115 đơn vị có số liệu); giảm 635.210 lượt so với tháng trước."),
    ({"target": None, "line": 80.0, "line_operator": ">=", "line_due": "2030", "before": None}, None, "Tỷ lệ hồ sơ nộp trực tuyến đạt 74,6% (37.378/50.088; 108/115 đơn vị có số liệu); mục tiêu 2030: ≥\xa080%."),
]  # fmt: skip


@pytest.mark.parametrize(("different", "year_before", "said"), RESULTS)
def test_an_indicator_in_a_sentence(different: dict[str, object], year_before: object, said: str) -> None:
    assert wording.result({**SHARE, **different}, year_before, 115, "tháng trước") == said


def placed(values: dict[str, float]) -> pd.DataFrame:
    ordered = sorted(set(values.values()), reverse=True)
    places = [1 + sum(other > value for other in values.values()) for value in values.values()]
    assert ordered
    return pd.DataFrame({"unit": list(values), "value": list(values.values()), "kind": "xa", "place": places})


def test_who_leads_and_who_lags_is_named_with_the_value() -> None:
    rates = placed({f"Xã {name}": float(value) for name, value in zip("ABCDEFG", range(90, 20, -10), strict=True)})
    assert wording.ends(rates, "tỷ lệ đúng hạn") == [
        "Khối xã: tỷ lệ đúng hạn cao nhất là xã A (90,0%), xã B (80,0%), xã C (70,0%); thấp nhất là xã G (30,0%), "
        "xã F (40,0%), xã E (50,0%)."
    ]


def test_many_that_share_a_place_are_counted_and_few_units_are_not_ranked() -> None:
    rates = placed({f"Xã {name}": 100.0 if name < "E" else 50.0 - ord(name) for name in "ABCDEFGH"})
    assert "cao nhất là 100,0% ở 4/8 đơn vị; thấp nhất là xã H" in wording.ends(rates, "tỷ lệ")[0]
    assert wording.ends(rates.head(6), "tỷ lệ") == []


def test_names_are_listed_with_a_count_of_the_rest() -> None:
    assert wording.listed(["Xã A", "Xã B"]) == "xã A, xã B"
    assert wording.listed(["Xã A", "Xã B", "Xã C", "Xã D"]) == "xã A, xã B, xã C, xã D"
    assert wording.listed(["Xã A", "Xã B", "Xã C", "Xã D", "Xã E"]) == "xã A, xã B, xã C và 2 đơn vị khác"
