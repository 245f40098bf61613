"""A rule of rules.csv as a formula of Excel, so that a cell turns red while it is being filled."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from etl.catalogue import Rule
from etl.expression import compile_expression, parse

OPERATORS: Mapping[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Eq: "=", ast.NotEq: "<>", ast.Lt: "<", ast.LtE: "<=",
    ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A name of a rule as Excel sees it: where it is, what it holds and how its codes are shown."""

    reference: str
    type: str
    shown: Callable[[object], object] = str


Cells = Mapping[str, Cell]


def broken(rule: Rule, cells: Cells) -> str | None:
    """The formula that is true where the rule is broken; None where it names something that is not on the sheet."""
    parts = [rule.expression, *([rule.condition] if rule.condition else [])]
    if not all_known(parts, cells):
        return None
    held, *conditions = [formula(parse(part).body, cells) for part in parts]
    return f"AND({','.join([*guards(parts, cells), *conditions, f'NOT({held})'])})"


def condition(rule: Rule, cells: Cells) -> str | None:
    """The formula that is true where the rule applies, "" where it always does; None as above."""
    if not rule.condition:
        return ""
    if not all_known([rule.condition], cells):
        return None
    return f"AND({','.join([*guards([rule.condition], cells), formula(parse(rule.condition).body, cells)])})"


def all_known(parts: Sequence[str], cells: Cells) -> bool:
    """Whether every name stands for a cell."""
    return all(name in cells for part in parts for name in compile_expression(part).names)


def guards(parts: Sequence[str], cells: Cells) -> list[str]:
    """Formulas for: what the expressions need is filled."""
    needed = [is_filled(cells[name]) for part in parts for name in sorted(compile_expression(part).needs)]
    totals = [any_filled(node, cells) for part in parts for node in ast.walk(parse(part)) if is_call(node, "total")]
    return list(dict.fromkeys([*needed, *totals]))


def is_filled(cell: Cell) -> str:
    """The formula for: this cell says something a rule can use."""
    if cell.type in ("int", "decimal", "percent", "date"):
        return f"ISNUMBER({cell.reference})"
    return f"LEN({cell.reference})>0"


def any_filled(node: ast.AST, cells: Cells) -> str:
    """The formula for: at least one of the columns of a total is filled."""
    assert isinstance(node, ast.Call)
    return f"COUNT({','.join(cells[name_of(argument)].reference for argument in node.args)})>0"


def is_call(node: ast.AST, name: str) -> bool:
    """Whether a node calls this function."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def formula(node: ast.expr, cells: Cells) -> str:
    """A node of an expression as a formula."""
    match node:
        case ast.BoolOp(op, values):
            return (
                f"{'AND' if isinstance(op, ast.And) else 'OR'}({','.join(formula(value, cells) for value in values)})"
            )
        case ast.UnaryOp(ast.Not(), operand):
            return f"NOT({formula(operand, cells)})"
        case ast.UnaryOp(_, operand):
            return f"-{formula(operand, cells)}"
        case ast.BinOp(left, op, right):
            return f"({formula(left, cells)}{OPERATORS[type(op)]}{formula(right, cells)})"
        case ast.Compare():
            return comparison(node, cells)
        case ast.Call(ast.Name(name), arguments):
            return call(name, [cells[name_of(argument)] for argument in arguments])
        case ast.Constant(value):
            return quoted(value)
    return value_of(cells[name_of(node)])


def comparison(node: ast.Compare, cells: Cells) -> str:
    """a <= b <= c, each pair by itself; a code is compared as the cell shows it."""
    sides = [node.left, *node.comparators]
    pairs = []
    for left, op, right in zip(sides, node.ops, sides[1:], strict=False):
        shown = next((cells[name_of(side)].shown for side in (left, right) if is_name(side)), str)
        texts = [
            quoted(shown(side.value)) if isinstance(side, ast.Constant) and isinstance(side.value, str)
            else formula(side, cells)
            for side in (left, right)
        ]  # fmt: skip
        pairs.append(texts[0] + OPERATORS[type(op)] + texts[1])
    return pairs[0] if len(pairs) == 1 else f"AND({','.join(pairs)})"


def call(name: str, cells: list[Cell]) -> str:
    """total(a, b) and filled(a, b)."""
    if name == "total":
        return f"SUM({','.join(cell.reference for cell in cells)})"
    return f"AND({','.join(f'LEN({cell.reference})>0' for cell in cells)})"


def value_of(cell: Cell) -> str:
    """A cell's value; yes is 1, no is 0."""
    if cell.type == "yesno":
        return f"IF({cell.reference}={quoted(cell.shown('CO'))},1,0)"
    return cell.reference


def is_name(node: ast.expr) -> bool:
    """Whether a node names a column."""
    return isinstance(node, ast.Name | ast.Attribute)


def name_of(node: ast.expr) -> str:
    """The column a node names, `cover.x` for one of the cover."""
    if isinstance(node, ast.Attribute):
        return f"cover.{node.attr}"
    assert isinstance(node, ast.Name)
    return node.id


def quoted(value: object) -> str:
    """A number or a text as a formula writes it."""
    if isinstance(value, str):
        escaped = value.replace('"', '""')
        return f'"{escaped}"'
    return str(value)
