import datetime as dt

import pytest

from etl.cells import KAD
from etl.expression import BadExpression, call_of, compile_expression

HOLDS = [
    ("a + b = c", {"a": 1.0, "b": 2.0, "c": 3.0}, True),
    ("a + b = c", {"a": 1.0, "b": 2.0, "c": 4.0}, False),
    ("a + b = c", {"a": 1.0, "b": 2.0}, None),
    ("a + b = c", {"a": 1.0, "b": 2.0, "c": KAD}, None),
    ("a <= b <= c", {"a": 1.0, "b": 2.0, "c": 2.0}, True),
    ("a <> b", {"a": 1.0, "b": 2.0}, True),
    ("total(a, b, c) = d", {"a": 1.0, "c": 2.0, "d": 3.0}, True),
    ("total(a, b, c) = d", {"d": 3.0}, None),
    ("filled(a) and filled(b)", {"a": 1.0}, False),
    ("filled(a)", {"a": KAD}, True),
    ('status = "HOAN_THANH"', {"status": "HOAN_THANH"}, True),
    ("done <= cover.date_to", {"done": dt.date(2026, 11, 1), "cover.date_to": dt.date(2026, 11, 14)}, True),
    ("not cover.has_screen", {"cover.has_screen": False}, True),
    ("a / b > 2", {"a": 1.0, "b": 0.0}, None),
    ("a < b", {"a": 1.0, "b": "chữ"}, None),
]


@pytest.mark.parametrize(("source", "row", "answer"), HOLDS)
def test_a_rule_is_true_false_or_has_nothing_to_say(source: str, row: dict[str, object], answer: bool | None) -> None:
    assert compile_expression(source).answer(row) is answer


@pytest.mark.parametrize(
    "source",
    [
        "__import__('os')",
        "a.b",
        "open('x')",
        "[a for a in b]",
        "lambda: 1",
        "a if b else c",
        "a = ",
        "total(a, 1)",
        "v['a']",
    ],
)
def test_only_what_the_language_has_is_ever_evaluated(source: str) -> None:
    with pytest.raises(BadExpression):
        compile_expression(source)


def test_a_history_rule_is_a_name_and_arguments() -> None:
    assert call_of("adds_up(cumulative, in_period, 0.01)") == ("adds_up", ("cumulative", "in_period", "0.01"))
