"""The small language of rules.csv: `recv_online + recv_direct + recv_post = recv_total`.

Names are columns of the row (`cover.x`: a line of the cover sheet); + - * /, comparisons, and, or, not, numbers,
quoted words, and `total(a, b, …)`, the sum that ignores blanks. A rule says nothing where a name it needs is blank.
Expressions come from the catalogue, but only what is listed here is ever evaluated.
"""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from etl.values import UNREAD

Values = Mapping[str, object]

ALLOWED = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.BinOp, ast.Add, ast.Sub, ast.Mult,
    ast.Div, ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Name, ast.Constant, ast.Call,
    ast.Load, ast.Attribute,
)  # fmt: skip
KNOWN = frozenset((float, str, bool, dt.date))
"""What a cell can hold that an expression can ask about; KAD and blanks are neither."""
BLANK_VALUES = frozenset((None, ""))
SINGLE_EQUALS = re.compile(r"(?<![<>=!])=(?!=)|<>")
FUNCTIONS = {"total", "filled"}


class BadExpression(Exception):
    """A rule of the catalogue cannot be understood; the message shows the expression."""


def total(*values: object) -> float | None:
    """The sum of the columns that are filled; None where none is, or where one could not be read."""
    numbers = [value for value in values if isinstance(value, float)]
    return sum(numbers) if numbers and UNREAD not in values else None


NAMES_OF_PYTHON = {"total": total, "type": type, "KNOWN": KNOWN, "BLANK_VALUES": BLANK_VALUES, "UNREAD": UNREAD}
"""All that a compiled expression can call upon."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression: what it needs and how to work it out."""

    source: str
    needs: frozenset[str]
    """Columns that must be filled for the expression to say anything."""
    names: tuple[str, ...]
    """All columns it mentions, in order; `cover.x` for the cover."""
    evaluate: Callable[[Values, Values], object]
    """What comes of a row and a cover, None where a column it needs is not filled."""
    compares_equal: bool
    only_asks: bool
    """Whether it asks for columns to be filled and for nothing else."""

    @property
    def judged(self) -> str:
        """The column that most likely is wrong: the total of a sum, else the first one named; "" where none is."""
        own = [name for name in self.names if not name.startswith("cover.")]
        return (own[-1] if self.compares_equal else own[0]) if own else ""

    def holds(self, values: Values) -> bool:
        """Whether it is true of a row, or cannot be told because something it needs is blank."""
        return self.answer(values) is not False

    def true_of(self, values: Values) -> bool:
        """Whether it is certainly true of a row: false where something it needs is blank."""
        return bool(self.answer(values))

    def answer(self, values: Values) -> bool | None:
        """True or false of a row, None where something it needs is blank or does not apply."""
        try:
            answer = self.evaluate(values, values)
        except (ZeroDivisionError, TypeError):
            return None
        return answer if answer is None else bool(answer)


def parse(source: str) -> ast.Expression:
    """The tree of an expression. Raises BadExpression where it uses anything not listed above."""
    python = SINGLE_EQUALS.sub(lambda found: "!=" if found[0] == "<>" else "==", source)
    try:
        tree = ast.parse(python.strip(), mode="eval")
    except SyntaxError as fault:
        raise BadExpression(source) from fault
    for node in ast.walk(tree):
        if not isinstance(node, ALLOWED):
            raise BadExpression(f"{source}: {type(node).__name__}")
        if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS):
            raise BadExpression(source)
        if isinstance(node, ast.Attribute) and not (isinstance(node.value, ast.Name) and node.value.id == "cover"):
            raise BadExpression(source)
    return tree


class Written(ast.NodeTransformer):
    """Expressions written for Python: columns and totals are looked up once, and become names of their own."""

    def __init__(self) -> None:
        self.lookups: dict[str, str] = {}
        """How something is looked up -> the name it gets, in the order in which they depend on each other."""
        self.names: list[str] = []
        self.needs: set[str] = set()
        """Of all expressions so far."""
        self._known: list[str] = []

    def add(self, tree: ast.Expression) -> tuple[str, str]:
        """What must be so for an expression to say anything, and what it says; both written for Python."""
        self._known = []
        body = ast.unparse(self.visit(tree.body))
        return " and ".join(sorted(set(self._known))) or "True", body

    def function(self, answer: str, source: str) -> Callable[[Values, Values], Any]:
        """A function of a row and a cover that works out an answer from what was looked up."""
        lines = [f"{name} = {how}" for how, name in self.lookups.items()]
        code = "\n    ".join(["def function(v, c):", *lines, f"return {answer}"])
        given: dict[str, Any] = {"__builtins__": {}, **NAMES_OF_PYTHON}
        exec(compile(code, f"<rule {source}>", "exec"), given)  # noqa: S102 — only ALLOWED nodes
        return cast(Callable[[Values, Values], Any], given["function"])

    def look_up(self, how: str) -> str:
        return self.lookups.setdefault(how, f"_{len(self.lookups)}")

    def column(self, name: str) -> str:
        self.names.append(name)
        return self.look_up(f"{'c' if name.startswith('cover.') else 'v'}.get({name!r})")

    def needed(self, name: str) -> ast.expr:
        self.needs.add(name)
        column = self.column(name)
        self._known.append(self.look_up(f"type({column}) in KNOWN"))
        return ast.Name(column, ast.Load())

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return self.needed(f"cover.{node.attr}")

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.needed(node.id)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        columns = [self.column(named(argument)) for argument in node.args]
        assert isinstance(node.func, ast.Name)
        if node.func.id == "filled":
            # What could not be read is neither blank nor known: nobody can tell whether it is what is asked for.
            self._known += [self.look_up(f"{column} is not UNREAD") for column in columns]
            asked = " and ".join(self.look_up(f"{column} not in BLANK_VALUES") for column in columns)
            return ast.parse(asked, mode="eval").body
        sum_of_columns = self.look_up(f"total({', '.join(columns)})")
        self._known.append(self.look_up(f"{sum_of_columns} is not None"))
        return ast.Name(sum_of_columns, ast.Load())


def named(node: ast.expr) -> str:
    """The column an argument names."""
    if isinstance(node, ast.Attribute):
        return f"cover.{node.attr}"
    if isinstance(node, ast.Name):
        return node.id
    raise BadExpression(ast.unparse(node))


@lru_cache(maxsize=1000)
def compile_expression(source: str) -> Expression:
    """An expression ready to be asked of many rows. Raises BadExpression."""
    tree = parse(source)
    equal = isinstance(tree.body, ast.Compare) and isinstance(tree.body.ops[-1], ast.Eq)
    asks, written = only_asks(tree.body), Written()
    known, body = written.add(tree)
    evaluate = written.function(f"{body} if {known} else None", source)
    return Expression(source, frozenset(written.needs), tuple(dict.fromkeys(written.names)), evaluate, equal, asks)


@lru_cache(maxsize=1000)
def screen(rules: tuple[tuple[str, str], ...]) -> Callable[[Values, Values], bool]:
    """Tells of a row and a cover whether any of some rules may be broken, given as expressions and their conditions.

    Hardly any row breaks one, and asking all of them at once looks up each column once.
    """
    written = Written()
    broken = ["False"]
    for expression, condition in rules:
        known, body = written.add(parse(expression))
        applies = " and ".join(f"({part})" for part in (written.add(parse(condition)) if condition else ()))
        broken.append(" and ".join([*([applies] if applies else []), f"{known} and not ({body})"]))
    any_broken = written.function(" or ".join(broken), "screen")

    def may_be_broken(row: Values, cover: Values) -> bool:
        try:
            return bool(any_broken(row, cover))
        except (ZeroDivisionError, TypeError):
            return True

    return may_be_broken


def only_asks(node: ast.expr) -> bool:
    """Whether an expression is filled(…), or several of them joined by "and"."""
    if isinstance(node, ast.BoolOp):
        return isinstance(node.op, ast.And) and all(only_asks(value) for value in node.values)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "filled"


def call_of(source: str) -> tuple[str, tuple[str, ...]]:
    """Name and arguments of a history rule: `never_falls(cumulative)`. Raises BadExpression."""
    try:
        tree = ast.parse(source.strip(), mode="eval").body
    except SyntaxError as fault:
        raise BadExpression(source) from fault
    if not (isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)):
        raise BadExpression(source)
    return tree.func.id, tuple(ast.unparse(argument) for argument in tree.args)
