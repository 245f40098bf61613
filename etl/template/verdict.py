"""What a row says of itself while it is filled in: the rules and columns of the checker as names of the workbook.

Each name is a formula that looks at the row it is asked in and gives a sentence, or nothing where all is well. So a
rule is written once in a workbook however many rows it is about, and a row only lists the names it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from openpyxl.utils import column_index_from_string

from etl.catalogue import Rule
from etl.expression import compile_expression
from etl.faults import ERROR, EXPLAIN, NOTE
from etl.findings import is_number
from etl.form import Column
from etl.template.computed import Computed
from etl.template.draft import Draft
from etl.template.entry import NUMBERS, accepts, in_bounds, lengths, words_of
from etl.template.formula import broken, quoted
from etl.template.ground import Ground, rows_about
from etl.template.quoting import sentence
from etl.template.sentences import IN_ERROR, LENGTH, MISSING, ODD, OR_KAD, WANTED, WORTH_KNOWING, WRONG

LABELS = {ERROR: WRONG, EXPLAIN: ODD, NOTE: WORTH_KNOWING}
ORDER = (WRONG, MISSING, ODD, WORTH_KNOWING)
END = "   "


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing that can be wrong in some rows."""

    name: str
    formula: str
    """As the first row of the sheet would ask it."""
    rows: tuple[int, ...]
    label: str


def tag(*parts: object) -> str:
    """A name of the workbook, made of the signs such names take."""
    return re.sub(r"\W", "_", "KT_" + "_".join(map(str, parts)))


def of_rules(
    rules: Iterable[Rule], ground: Ground, rows_of: Callable[[Rule, Ground], tuple[int, ...]] = rows_about
) -> Iterator[Verdict]:
    """A verdict for each rule that this sheet can be asked. `rows_of`: where a rule's sentence stands."""
    cells = ground.cells_from_anywhere
    for rule in rules:
        rows = rows_of(rule, ground)
        wrong = broken(rule, cells)
        if not rows or wrong is None:
            continue
        expression = compile_expression(rule.expression)
        unless = asked_for_nothing(ground) if expression.only_asks else []
        label = MISSING if expression.only_asks and rule.severity == ERROR else LABELS.get(rule.severity, ODD)
        needed = expression.needs | (compile_expression(rule.condition).needs if rule.condition else frozenset())
        words = sentence(f"{label}{rule.message} {rule.fix}{END}", cells, needed)
        formula = f'IF(AND({",".join([*unless, wrong])}),{words},"")'
        yield Verdict(tag(rule.rule_id), formula, rows, label)


def asked_for_nothing(ground: Ground) -> list[str]:
    """What must hold before anything is asked for in a row."""
    begun = [ground.whole(ground.begun)] if ground.begun else []
    return begun + ([f"NOT({ground.whole(ground.nothing)})"] if ground.nothing else [])


def of_values(draft: Draft, fill: Mapping[Column, Sequence[int]], ground: Ground) -> Iterator[Verdict]:
    """A verdict for each kind of value: a cell of it holds what cannot be right; the cell itself is red.

    `fill`: the columns that are filled in, with their rows.
    """
    kinds: dict[str, list[Column]] = {}
    for column in fallible(draft, fill):
        kinds.setdefault(asked_for(draft, column), []).append(column)
    for index, (words, columns) in enumerate(kinds.items()):
        rows = tuple(sorted({row for column in columns for row in fill[column]}))
        wrong = dict.fromkeys(
            part for those in alike(draft, columns, ground) for part in wrong_among(draft, those, ground)
        )
        formula = f'IF(OR({",".join(wrong)}),{quoted(WRONG + words + END)},"")'
        yield Verdict(tag(ground.number, "o", index), formula, rows, WRONG)


def fallible(draft: Draft, fill: Mapping[Column, Sequence[int]]) -> Mapping[Column, Sequence[int]]:
    """The columns that do not take everything."""
    return {column: rows for column, rows in fill.items() if accepts(column, "", draft.lists, draft.words_for(column))}


def asked_for(draft: Draft, column: Column) -> str:
    """What a column takes, in words."""
    or_kad = ""
    if column.type in NUMBERS:
        kad = draft.kad_for(column)
        or_kad = OR_KAD.format(kad=kad) if kad else ""
        words = lowered(words_of(column)) if column.type == "percent" else in_bounds(column)
    elif column.type in ("date", "enum", "yesno"):
        words = lowered(words_of(column))
    else:
        low, high = lengths(column)
        words = LENGTH.format(low=low, high=high)
    return WANTED.format(expected=words, or_kad=or_kad)


def lowered(text: str) -> str:
    """A text as it goes on after other words."""
    return text[:1].lower() + text[1:]


def alike(draft: Draft, columns: Sequence[Column], ground: Ground) -> Iterator[list[Column]]:
    """Columns that take exactly the same and stand side by side."""

    def key(each: tuple[int, Column]) -> tuple[int, str]:
        index, column = each
        place = column_index_from_string(ground.letters[column.column_id])
        return place - index, accepts(column, "", draft.lists, draft.words_for(column))

    for _, group in groupby(enumerate(columns), key):
        yield [column for _, column in group]


def wrong_among(draft: Draft, columns: Sequence[Column], ground: Ground) -> Iterator[str]:
    """The formulas for: in these columns of this row stands what cannot be right."""
    letters = [ground.letters[column.column_id] for column in columns]
    cells = [ground.whole(f"${letter}1") for letter in letters]
    if columns[0].type in NUMBERS:
        block = cells[0] if len(cells) == 1 else f"{cells[0]}:${letters[-1]}1"
        yield from number_wrong(columns[0], block, draft.words_for(columns[0]))
    else:
        yield from (unfit(draft, columns[0], cell) for cell in cells)


def number_wrong(column: Column, cells: str, words: str) -> Iterator[str]:
    """The formulas for: among these cells are some that are neither blank, nor numbers in bounds, nor the words."""
    bounds = [f'{cells},"{sign}{bound}"' for sign, bound in ((">=", column.low or "0"), ("<=", column.high))
              if is_number(bound)]  # fmt: skip
    numbers = f"COUNTIFS({','.join(bounds)})" if bounds else f"COUNT({cells})"
    yield f"COUNTA({cells})>{numbers}" + (f"+SUMPRODUCT(COUNTIF({cells},{words}))" if words else "")
    if column.type == "int":
        yield f"SUM({cells})<>INT(SUM({cells}))"
    if column.type == "percent":
        yield f'COUNTIFS({cells},">0",{cells},"<1")>0'


def unfit(draft: Draft, column: Column, cell: str) -> str:
    """The formula for: something stands in this cell that the checker would not take."""
    return f"AND(LEN(TRIM({cell}))>0,NOT({accepts(column, cell, draft.lists, draft.words_for(column))}))"


class Said(NamedTuple):
    """What the rows of a sheet say."""

    rows: Mapping[int, Computed]
    """The formula of each row's cell of sentences."""
    names: Mapping[str, str]
    """What these stand for: names of the workbook and their formulas."""


def said_by(verdicts: Sequence[Verdict], number: int) -> Said:
    """What each row asks, the heaviest first. Rows that ask the same share a name."""
    asked: dict[int, list[str]] = {}
    for each in sorted(verdicts, key=lambda one: ORDER.index(one.label)):
        for row in each.rows:
            asked.setdefault(row, []).append(each.name)
    formulas = {row: f"IFERROR({'&'.join(those)},{quoted(WRONG + IN_ERROR)})" for row, those in asked.items()}
    names = {formula: tag(number, "r", index) for index, formula in enumerate(dict.fromkeys(formulas.values()))}
    return Said(
        {row: Computed(f"={names[formula]}", "") for row, formula in formulas.items()},
        {each.name: each.formula for each in verdicts} | {name: formula for formula, name in names.items()},
    )
