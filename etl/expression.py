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


class Blank(Exception):
    """All columns of a total are blank, or one is not known: the rule has nothing to say."""


def total(values: Values, *names: str) -> float:
    """The sum of the columns that are filled. Raises Blank where none is, or where one could not be read."""
    given = [values[name] for name in names if name in values]
    numbers = [value for value in given if isinstance(value, float)]
    if not numbers or UNREAD in given:
        raise Blank
    return sum(numbers)


def filled(values: Values, *names: str) -> bool:
    """Whether all of the columns hold something."""
    return BLANK_VALUES.isdisjoint(map(values.get, names))


NAMES_OF_PYTHON = {"total": total, "filled": filled, "type": type, "KNOWN": KNOWN}
"""All that a compiled expression can call upon."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression: what it needs and how to work it out."""

    source: str
    needs: frozenset[str]
    """Columns that must be filled for the expression to say anything."""
    names: tuple[str, ...]
    """All columns it mentions, in order; `cover.x` for the cover."""
    evaluate: Callable[[Values], object]
    """What comes of a row, None where a column it needs is not filled."""
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
            answer = self.evaluate(values)
        except (Blank, ZeroDivisionError, TypeError):
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


class Lookups(ast.NodeTransformer):
    """Turns names into look-ups of the row, and notes which names there are."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.needs: set[str] = set()

    def look_up(self, name: str) -> ast.expr:
        self.names.append(name)
        self.needs.add(name)
        return ast.Subscript(ast.Name("v", ast.Load()), ast.Constant(name), ast.Load())

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return self.look_up(f"cover.{node.attr}")

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.look_up(node.id)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        names = [named(argument) for argument in node.args]
        self.names.extend(names)
        assert isinstance(node.func, ast.Name)
        return ast.Call(
            ast.Name(node.func.id, ast.Load()),
            [ast.Name("v", ast.Load()), *(ast.Constant(name) for name in names)],
            [],
        )


def named(node: ast.expr) -> str:
    """The column an argument names."""
    if isinstance(node, ast.Attribute):
        return f"cover.{node.attr}"
    if isinstance(node, ast.Name):
        return node.id
    raise BadExpression(ast.unparse(node))


def compile_expression(source: str) -> Expression:
    """An expression ready to be asked of many rows. Raises BadExpression."""
    tree = parse(source)
    equal = isinstance(tree.body, ast.Compare) and isinstance(tree.body.ops[-1], ast.Eq)
    lookups = Lookups()
    body = ast.unparse(lookups.visit(tree.body))
    known = " and ".join(f"type(v.get({name!r})) in KNOWN" for name in sorted(lookups.needs)) or "True"
    python = compile(f"lambda v: {body} if {known} else None", f"<rule {source}>", "eval")
    evaluate = eval(python, {"__builtins__": {}, **NAMES_OF_PYTHON})  # noqa: S307 — only ALLOWED nodes
    names = tuple(dict.fromkeys(lookups.names))
    return Expression(source, frozenset(lookups.needs), names, evaluate, equal, only_asks(tree.body))


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
