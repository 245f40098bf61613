import datetime as dt
import random

import pytest

from etl import front
from etl.cells import KAD
from etl.expression import BadExpression, call_of, compile_expression, screen
from etl.values import UNREAD

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
    ("filled(a)", {"a": UNREAD}, None),
    ("filled(a) and b < 100", {"a": UNREAD, "b": 50.0}, None),
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


VALUES = (
    0.0,
    1.0,
    100.0,
    250.0,
    KAD,
    UNREAD,
    "HOAN_THANH",
    "CHUA_THUC_HIEN",
    "MOT_LAN",
    "XA",
    "",
    True,
    False,
    dt.date(2026, 11, 14),
)


def test_no_rule_is_broken_that_was_let_pass_with_all_others() -> None:
    rules = [
        (rule.rule_id, rule.expression, rule.condition)
        for form in front.prepared(None).catalogue.forms
        for rule in front.prepared(None).catalogue.rules_of(form.form_id)
        if rule.kind != "history"
    ]
    assert len(rules) > 50
    may_be_broken = {rule_id: screen(((expression, condition),)) for rule_id, expression, condition in rules}
    any_may_be = screen(tuple((expression, condition) for _, expression, condition in rules))
    compiled = {part: compile_expression(part) for _, *both in rules for part in both if part}
    names = sorted({name for each in compiled.values() for name in each.names})
    choose, found = random.Random(57), set()
    for _ in range(400):
        row: dict[str, object] = {name: choose.choice(VALUES) for name in names if choose.random() < 0.8}
        broken = {
            rule_id
            for rule_id, expression, condition in rules
            if not compiled[expression].holds(row) and (not condition or compiled[condition].true_of(row))
        }
        assert all(may_be_broken[rule_id](row, row) for rule_id in broken)
        assert any_may_be(row, row) or not broken
        found |= broken
    assert found == set(may_be_broken)


def test_rows_that_break_nothing_are_let_pass_at_once() -> None:
    may_be_broken = screen((("a + b = c", "d > 0"), ("total(a, b) = c", ""), ("filled(a)", "not cover.e")))
    assert not may_be_broken({"a": 1.0, "b": 2.0, "c": 3.0, "d": 1.0}, {"cover.e": False})
    assert not may_be_broken({"c": 3.0}, {})
    assert may_be_broken({"c": 3.0}, {"cover.e": False})
    assert may_be_broken({"a": 1.0, "b": 2.0, "c": 4.0, "d": 1.0}, {})
