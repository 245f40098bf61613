"""Colours that come and go while a workbook is being filled: amber for what is missing, red for what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule as LiveRule

from etl.catalogue import Rule
from etl.expression import compile_expression
from etl.template.entry import areas
from etl.template.formula import Cells, broken, condition, quoted
from etl.template.ground import Ground, at_row, rows_about
from etl.template.look import live_look
from etl.template.sentences import COMPLETE, LACKS, NOTHING, WRONGS

LOOKS = {"error": "wrong", "explain": "odd", "note": "odd"}
STATES = {"alarm": (WRONGS[0],), "must": (LACKS[0],), "good": (COMPLETE, NOTHING)}
"""Looks of a state by its first words; one that lacks something may be wrong too."""
LONGEST_STATE = 30
ASKING = {"error": "must", "explain": "odd"}
"""The look of a cell that a rule asks to be filled; one that is only worth filling is left as it is."""


def add(colours: ConditionalFormattingList, cells: Iterable[str], look: str, formula: str) -> None:
    """Put a look on cells where a formula is true; of several, the one added first wins."""
    if wanted := " ".join(cells):
        colours.add(wanted, LiveRule(type="expression", dxfId=live_look(look), formula=[formula], stopIfTrue=True))


def add_rules(colours: ConditionalFormattingList, rules: Sequence[Rule], ground: Ground) -> None:
    """A look for each rule, on the cells it compares."""
    for rule in rules:
        mine = rows_about(rule, ground)
        if not mine:
            continue
        cells = {name: replace(cell, reference=at_row(cell.reference, mine[0])) for name, cell in ground.cells.items()}
        names = [name for name in compile_expression(rule.expression).names if name in ground.letters]
        if compile_expression(rule.expression).only_asks:
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
    if when is None or rule.severity not in ASKING:
        return
    for name in names:
        parts = [*asked(ground, rows[0]), *([when] if when else []), f"LEN(TRIM({cells[name].reference}))=0"]
        add(colours, areas(ground.letters[name], rows), ASKING[rule.severity], f"AND({','.join(parts)})")


def asked(ground: Ground, row: int) -> list[str]:
    """What must hold before anything is asked for in a row."""
    unless = [f"NOT({ground.nothing})"] if ground.nothing else []
    return unless + ([at_row(ground.begun, row)] if ground.begun else [])


def add_states(colours: ConditionalFormattingList, cells: str, before: str = "") -> None:
    """Green, amber or red for a state in words. `before`: what stands before the words."""
    first = cells.split(":")[0]
    start = len(before)
    said = {look: f'OR({",".join(f"MID({first},{start + 1},{len(word)})={quoted(word)}" for word in words)})'
            for look, words in STATES.items()}  # fmt: skip
    also = f"ISNUMBER(SEARCH({quoted(f', {WRONGS[0].lower()}')},LEFT({first},{start + LONGEST_STATE})))"
    add(colours, [cells], "alarm", f"OR({said['alarm']},{also})")
    add(colours, [cells], "must", said["must"])
    add(colours, [cells], "good", said["good"])


def by_first_row(letters: Sequence[str], rows: Sequence[int]) -> list[str]:
    """Ranges of several columns, the topmost first: a formula is written as the first cell sees it."""
    ranges = [(row_of(area), index, area) for index, letter in enumerate(letters) for area in areas(letter, rows)]
    return [area for _, _, area in sorted(ranges)]


def row_of(area: str) -> int:
    """The first row of a range."""
    return int("".join(sign for sign in area.split(":")[0] if sign.isdigit()))
