"""Figures are plain dicts with Vietnamese separators and placeholder colours; missing values leave gaps."""

import math
import re

import pandas as pd
import plotly.graph_objects as go

from ui import charts, drawing, signs, theme
from ui.charts import Part

MONTHS = pd.DataFrame(
    {"period": ["2025-12", "2026-01", "2026-02"], "a": [1, 2, 3], "b": [0, 0, 0], "value": [50.0, math.nan, 70.0]}
)


def test_every_figure_is_one_plotly_accepts() -> None:
    figures = [
        charts.stacked_columns(MONTHS, "period", (Part("a", "đúng hạn", theme.NORMAL), Part("b", "trễ", theme.WATCH))),
        charts.bars(MONTHS, "period", "value", ["50%", "—", "70%"], [theme.NORMAL] * 3, before="a"),
        charts.line(MONTHS, "period", "value", 80, "%", 200),
        charts.dots([50.0, 51.0], ["Xã", "Phường"], ["a", "b"], 80),
    ]
    for figure in figures:
        go.Figure(figure)
        assert figure["layout"]["separators"] == ",."


def test_a_month_without_a_value_is_a_gap() -> None:
    figure = charts.line(MONTHS, "period", "value", None, "%", 200)
    assert figure["data"][0]["y"] == [50.0, None, 70.0]
    assert figure["layout"]["annotations"][0]["text"] == "<b>70,0%</b>"
    assert figure["layout"]["shapes"] == []


def test_a_part_that_never_occurs_is_not_labelled() -> None:
    figure = charts.stacked_columns(
        MONTHS, "period", (Part("a", "đúng hạn", theme.NORMAL), Part("b", "trễ", theme.WATCH))
    )
    assert [label["text"] for label in figure["layout"]["annotations"]] == ["<b>3</b> đúng hạn"]


def test_names_are_escaped_folded_and_cut() -> None:
    long = "Trung tâm Dịch vụ sự nghiệp công (xã) và Trung tâm Sự nghiệp công"
    frame = pd.DataFrame({"name": ["<b>Xã</b>", long, f"{long}, phòng, ban khác"], "value": [1.0, 2.0, 3.0]})
    figure = charts.bars(frame, "name", "value", ["1", "2", "3"], [theme.NORMAL] * 3)
    texts = [label["text"] for label in figure["layout"]["annotations"]]
    assert texts[0] == "&lt;b&gt;Xã&lt;/b&gt;"
    assert texts[1] == "Trung tâm Dịch vụ sự nghiệp công<br>(xã) và Trung tâm Sự nghiệp công"
    assert texts[2].endswith("…")
    assert all(len(line) <= charts.LONGEST for line in texts[2].split("<br>"))


def test_folded_names_make_room_for_themselves() -> None:
    short, long = (
        charts.bars(pd.DataFrame({"name": [name], "value": [1.0]}), "name", "value", ["1"], [theme.NORMAL])
        for name in ("Hợp tác", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân")
    )
    assert long["layout"]["height"] == short["layout"]["height"] + charts.WORDS


def test_the_year_stands_under_january() -> None:
    assert drawing.month_axis(["2025-12", "2026-01", "2026-02"])["ticktext"] == ["12", "1<br>2026", "2"]
    assert drawing.month_axis(["2026-02", "2026-03"])["ticktext"] == ["2<br>2026", "3"]


def test_labels_are_moved_apart_below_the_top() -> None:
    assert drawing.spread([10, 11, 12], 5, 30) == [10, 15, 20]
    assert drawing.spread([28, 29, 30], 5, 30) == [20, 25, 30]
    assert drawing.spread([], 5, 30) == []


def test_every_sign_has_a_word_and_a_mark() -> None:
    for table in (signs.LEVELS, signs.REPORTS, signs.CHANNELS, signs.OUTCOMES, signs.TASKS, signs.SEVERITIES):
        assert all(sign.word and sign.mark and re.fullmatch(r"#[0-9A-Fa-f]{8}", sign.tint) for sign in table.values())
        assert len({sign.mark for sign in table.values()}) == len(table) or table is signs.OUTCOMES
