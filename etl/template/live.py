"""Colours that come and go while a workbook is being filled: amber for what is missing, red for what does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule as LiveRule

from etl.catalogue import Rule
from etl.expression import compile_expression
from etl.template.before import about
from etl.template.entry import areas
from etl.template.formula import Cells, broken, condition
from etl.template.look import live_look

__all__ = ["LOOKS", "Ground", "add", "add_rules", "at_row", "broken", "compile_expression", "row_of"]

LOOKS = {"error": "wrong", "explain": "odd", "note": "odd"}
ONLY_FILLED = re.compile(r"filled\(\w+\)(?: and filled\(\w+\))*")


@dataclass(frozen=True, slots=True)
class Ground:
    """A table as live colours see it."""

    letters: Mapping[str, str]
    """column_id -> letter of its column."""
    rows: Mapping[str, Sequence[int]]
    """item code -> its rows; "" for rows without a printed item."""
    cells: Cells
    """Names of rules -> cells; `{row}` in a reference stands for the row."""
    begun: str = ""
    """The formula for: something stands in this row (records); empty where every row is printed."""


def add(colours: ConditionalFormattingList, cells: Iterable[str], look: str, formula: str) -> None:
    """Put a look on cells where a formula is true; of several, the one added first wins."""
    if wanted := " ".join(cells):
        colours.add(wanted, LiveRule(type="expression", dxfId=live_look(look), formula=[formula], stopIfTrue=True))


def add_rules(colours: ConditionalFormattingList, rules: Sequence[Rule], ground: Ground) -> None:
    """A look for each rule, on the cells it compares."""
    for rule in rules:
        mine = sorted(row for code, those in ground.rows.items() if about(rule, code) for row in those)
        if not mine:
            continue
        cells = {name: replace(cell, reference=at_row(cell.reference, mine[0])) for name, cell in ground.cells.items()}
        names = [name for name in compile_expression(rule.expression).names if name in ground.letters]
        if ONLY_FILLED.fullmatch(rule.expression.strip()):
            add_wanted(colours, rule, names, mine, cells, ground)
        elif formula := broken(rule, cells):
            letters = sorted({ground.letters[name] for name in names}, key=lambda letter: (len(letter), letter))
            add(colours, by_first_row(letters, mine), LOOKS.get(rule.severity, "odd"), formula)


def add_wanted(
    colours: ConditionalFormattingList,
    rule: Rule,
    names: Sequence[str],
    rows: Sequence[int],
    cells: Cells,
    ground: Ground,
) -> None:
    """A rule that only asks for something to be filled: each of its cells is amber while it is blank."""
    when = condition(rule, cells)
    if when is None:
        return
    for name in names:
        parts = [*([at_row(ground.begun, rows[0])] if ground.begun else []), *([when] if when else []),
                 f"LEN(TRIM({cells[name].reference}))=0"]  # fmt: skip
        add(colours, areas(ground.letters[name], rows), "must", f"AND({','.join(parts)})")


def by_first_row(letters: Sequence[str], rows: Sequence[int]) -> list[str]:
    """Ranges of several columns, the topmost first: a formula is written as the first cell sees it."""
    ranges = [(row_of(area), index, area) for index, letter in enumerate(letters) for area in areas(letter, rows)]
    return [area for _, _, area in sorted(ranges)]


def row_of(area: str) -> int:
    """The first row of a range."""
    return int("".join(sign for sign in area.split(":")[0] if sign.isdigit()))


def at_row(reference: str, row: int) -> str:
    """A reference as this row sees it."""
    return reference.replace("{row}", str(row))
