"""What guards a cover while it is being filled: checks, colours, and the sentence beside each line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.datavalidation import DataValidationList

from etl import selfcheck
from etl.catalogue import Rule
from etl.expression import compile_expression
from etl.form import Column, SheetForm
from etl.template import live
from etl.template.computed import Computed
from etl.template.draft import VALUE_COLUMN, Draft, cover_rows, shown_by
from etl.template.entry import areas, check
from etl.template.formula import Cell, broken, quoted
from etl.template.ground import Ground, on_sheet
from etl.template.guard import row_colours
from etl.template.page import FIRST_ROW, STATE_ROW
from etl.template.quoting import LONGEST_LITERAL
from etl.template.sentences import WRONG
from etl.template.tally import Tally, blanks
from etl.template.verdict import Said, asked_for, fallible, of_rules, of_values, said_by, unfit

LABEL_COLUMN, SAID_COLUMN = "B", "E"


@dataclass(frozen=True, eq=False, slots=True)
class CoverPlan:
    """What all covers of a form and a kind of unit share."""

    checks: DataValidationList
    colours: ConditionalFormattingList
    said: Said
    """By row: what is wrong with the line, else its explanation."""
    longest: Mapping[int, str]
    """By row: the longest sentence that may have to be said."""
    tally: Tally


def plan_cover(draft: Draft, form: SheetForm, stamped: frozenset[str]) -> CoverPlan:
    """The checks, colours and sentences of the cover; all workbooks of the form share them."""
    key = form.sheet, stamped
    if key not in draft.kept:
        draft.kept[key] = make_plan(draft, form, stamped)
    plan = draft.kept[key]
    assert isinstance(plan, CoverPlan)
    return plan


def make_plan(draft: Draft, form: SheetForm, stamped: frozenset[str]) -> CoverPlan:
    """Work a plan out."""
    rows, ground = cover_rows(form), ground_of(draft, form)
    fill = {column: [rows[column.column_id]] for column in form.columns if column.column_id not in stamped}
    must = {column: where for column, where in fill.items() if draft.required(column)}
    verdicts = [*of_values(draft, fill, ground), *of_rules(draft.rules(form), ground, line_judged)]
    notes = {rows[column.column_id]: column.note for column in form.columns}
    said = said_by(verdicts, ground.number)
    lines = {row: Computed(instead_of(asked, notes[row]), notes[row]) for row, asked in said.rows.items()}
    longest = {row: WRONG + asked_for(draft, column) for column, (row,) in fallible(draft, fill).items()}
    longest |= {row: f"{WRONG}{rule.message} {rule.fix}" for rule in draft.rules(form)
                for row in line_judged(rule, ground)}  # fmt: skip
    where = f"{on_sheet(form.sheet)}!${SAID_COLUMN}${FIRST_ROW}:${SAID_COLUMN}${FIRST_ROW + len(form.columns) - 1}"
    names = where.replace(f"${SAID_COLUMN}$", f"${LABEL_COLUMN}$")
    tally = Tally(form.sheet, blanks(ground, must), where, FIRST_ROW, names=names)
    colours = entry_colours(draft, form, ground, fill, must)
    return CoverPlan(entry_checks(draft, fill), colours, said._replace(rows=lines), longest, tally)


def instead_of(asked: Computed, note: str) -> str:
    """The formula for: what is wrong with a line, or its explanation where nothing is."""
    return f"=IF(LEN({asked[1:]})>0,{asked[1:]},{quoted(note[:LONGEST_LITERAL])})"


def ground_of(draft: Draft, form: SheetForm) -> Ground:
    """The cover as its rules see it."""
    rows = cover_rows(form)
    cells = {
        column.column_id: Cell(f"${VALUE_COLUMN}${rows[column.column_id]}", column.type, shown_by(draft.lists, column))
        for column in form.columns
    }  # fmt: skip
    letters = {column.column_id: VALUE_COLUMN for column in form.columns}
    number = [part.sheet for part in draft.form.sheets].index(form.sheet)
    return Ground(form.sheet, number, letters, {}, {**draft.cover_cells, **cells})


def line_judged(rule: Rule, ground: Ground) -> tuple[int, ...]:
    """The line at which a rule's sentence stands."""
    column_id = compile_expression(rule.expression).judged
    cell = ground.cells.get(column_id)
    return (int(cell.reference.rpartition("$")[2]),) if cell and column_id in ground.letters else ()


def entry_checks(draft: Draft, fill: Mapping[Column, Sequence[int]]) -> DataValidationList:
    """What is checked while a line is typed."""
    checks = DataValidationList()
    for column, (row,) in fill.items():
        made = check(column, {column.column_id: VALUE_COLUMN}, row, draft.lists, draft.kad_for(column))
        made.sqref = f"{VALUE_COLUMN}{row}"
        checks.append(made)
    return checks


def entry_colours(
    draft: Draft, form: SheetForm, ground: Ground, fill: Mapping[Column, Sequence[int]],
    must: Mapping[Column, Sequence[int]],
) -> ConditionalFormattingList:  # fmt: skip
    """Red for lines that do not fit each other, amber for required lines still blank."""
    colours = ConditionalFormattingList()
    rows = cover_rows(form)
    for column, (row,) in fallible(draft, fill).items():
        live.add(colours, [f"{VALUE_COLUMN}{row}"], "wrong", unfit(draft, column, f"{VALUE_COLUMN}{row}"))
    for rule in draft.rules(form):
        if formula := broken(rule, ground.cells):
            named = [
                f"{VALUE_COLUMN}{rows[name]}" for name in compile_expression(rule.expression).names if name in rows
            ]
            live.add(colours, sorted(named, key=live.row_of), live.LOOKS.get(rule.severity, "odd"), formula)
    wanted = [row for where in must.values() for row in where]
    if wanted:
        live.add(colours, areas(VALUE_COLUMN, wanted), "must", f"LEN(TRIM({VALUE_COLUMN}{wanted[0]}))=0")
    live.add_states(colours, f"${LABEL_COLUMN}${STATE_ROW}:{SAID_COLUMN}${STATE_ROW}", f"{selfcheck.HEADING}: ")
    row_colours(colours, SAID_COLUMN, [LABEL_COLUMN], list(rows.values()))
    return colours
