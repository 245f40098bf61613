"""What the numbers say, in a sentence."""

import pandas as pd
import pytest

from ui import cards, sentences


def row(**given: object) -> pd.Series:
    common = {"indicator": "TC02", "name": "Đúng hạn", "unit": "%", "value": 79.4, "level": "bad", "change": -2.0}
    aims = {"operator": ">=", "target": 90.0, "line_operator": None, "line": None, "line_due": None}
    return pd.Series({**common, **aims, **given})


def standing(*levels: object) -> pd.DataFrame:
    return pd.DataFrame([row(level=level) for level in levels])


def test_the_title_of_the_overview_is_the_finding() -> None:
    frame = standing("good", "bad", "good", None)
    assert (
        sentences.overview_title("Tháng 10/2026", frame, 5, False)
        == "Tháng 10/2026: 2/3 chỉ tiêu đạt mục tiêu, còn 5 đơn vị chưa nộp"
    )
    assert sentences.overview_title("Tháng 10/2026", frame, 0, False).endswith("tất cả đơn vị đã nộp")
    for missing, said in ((5, "còn 5 báo cáo chưa nộp"), (0, "đã nộp đủ báo cáo đến hạn")):
        assert sentences.overview_title("Quý III/2026", frame, missing, False, is_month=False).endswith(f", {said}")


def test_who_needs_attention_is_told_in_the_words_of_the_title() -> None:
    frame = pd.DataFrame({"state": ["missing", "missing", "returned", "on_time"], "overdue": [None, None, 1, 2]})
    assert sentences.attention(frame) == "2 đơn vị chưa nộp, 1 đơn vị bị trả lại, 2 đơn vị có nhiệm vụ quá hạn"
    assert sentences.attention(frame[:0]) == "Không có đơn vị nào phải đôn đốc"


def test_an_open_period_is_not_judged() -> None:
    assert (
        sentences.overview_title("Tháng 11/2026", standing("bad"), 60, True) == "Tháng 11/2026: còn 60 đơn vị chưa nộp"
    )


def test_what_falls_short_is_named_with_value_and_target() -> None:
    frame = pd.DataFrame([row(), row(indicator="CC01", level="good")])
    assert (
        sentences.shortfalls(frame, {"TC02": "Hoàn thành nhiệm vụ"})
        == "Chưa đạt: hoàn thành nhiệm vụ 79,4% (mục tiêu ≥ 90%)."
    )
    assert sentences.shortfalls(standing("good"), {}) == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Mục tiêu ≥ 90%"),
        ({"operator": "=", "target": 100.0}, "Mục tiêu 100%"),
        ({"operator": ">=", "target": 100.0}, "Mục tiêu 100%"),
        ({"operator": "<=", "target": 5.0}, "Mục tiêu ≤ 5%"),
        ({"target": None, "line": 80.0, "line_operator": ">", "line_due": "2030"}, "Mục tiêu 2030: > 80%"),
        ({"target": None}, "Chưa có mục tiêu"),
    ],
)
def test_targets_in_words(given: dict[str, object], words: str) -> None:
    assert cards.aim(row(**given)) == words
    drawn = given.get("target", 90.0) is not None or given.get("line") is not None
    assert cards.dotted(row(**given)) == (f" Đường chấm: {words.lower()}." if drawn else "")


def test_a_limit_that_is_kept_is_not_counted_as_missed() -> None:
    near = row(indicator="TC03", operator="<=", target=5.0, value=3.8, level="watch")
    assert sentences.unit(pd.DataFrame([near, row(), row(level="watch")])) == ": 1 chỉ tiêu đạt, 2 chưa đạt"


def test_a_change_is_said_in_points() -> None:
    assert (
        sentences.adoption(row(value=75.5, change=1.74), "Tháng 10/2026")
        == "Tháng 10/2026: 75,5% hồ sơ nộp trực tuyến, tăng 1,7 điểm so với kỳ trước"
    )
    assert sentences.moved(-0.01) == ", không đổi so với kỳ trước"
    assert sentences.moved(None) == ""


def test_reports_are_counted_by_state() -> None:
    counts = pd.Series({"on_time": 90, "late": 19, "returned": 0, "missing": 5, "not_due": 0})
    assert sentences.reports(counts) == "90 đơn vị nộp đúng hạn, 19 nộp trễ, 5 chưa nộp"


def test_the_channel_most_units_are_silent_on() -> None:
    frame = pd.DataFrame({"channel": ["Báo chí", "AI, chatbot"], "silent": [4, 16]})
    assert sentences.weakest_channel(frame) == "AI, chatbot: 16 đơn vị chưa có sản phẩm"
    assert sentences.weakest_channel(frame.assign(silent=0)) == "Độ phủ theo kênh"
