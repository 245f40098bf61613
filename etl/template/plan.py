"""Where everything of a table stands: its columns and rows, its title, what stays in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidationList

from etl import selfcheck
from etl.form import Column, Item, SheetForm
from etl.template.choices import column_of
from etl.template.draft import Draft
from etl.template.drawing import (
    DrawnRow,
    Heading,
    Slot,
    draw_heading,
    draw_row,
    heading_height,
    is_printed,
)  # fmt: skip
from etl.template.ground import Ground, on_sheet
from etl.template.guard import declared, entry_checks, entry_colours, ground_of, must_fill, row_colours, to_fill
from etl.template.live import add_states
from etl.template.page import FIRST_ROW, STATE_ROW
from etl.template.tally import Tally, blanks, blanks_in_begun
from etl.template.verdict import Said, of_rules, of_values, said_by

GROUP_WIDTH, LAST_WIDTH = 20.0, 15.0
FROZEN_WIDTH = 80.0
TITLE_WIDTH, LEAST_TITLE_WIDTH = 84.0, 60.0


@dataclass(frozen=True, eq=False, slots=True)
class TablePlan:
    """Where everything of a table stands, with its checks and colours; shared by all workbooks with as many rows."""

    form: SheetForm
    slots: tuple[Slot, ...]
    items: tuple[Item | None, ...]
    """The printed row of each row, None for a row to be typed."""
    frozen: int
    """How many columns stay in sight."""
    title_columns: int
    nothing_at: str
    """The cell to declare that there is nothing to report, "" where the sheet has none."""
    headings: tuple[Heading, ...]
    heading_height: float
    rows: tuple[DrawnRow, ...]
    checks: DataValidationList
    colours: ConditionalFormattingList
    said: Said
    sentences: tuple[str, ...]
    """What the rules may have to say."""
    tally: Tally

    @property
    def last_column(self) -> int:
        """The last column that is printed."""
        return max(len(self.slots), self.title_columns + 2)

    @property
    def said_at(self) -> int:
        """The column of the sentences, beside what is printed."""
        return self.last_column + 1

    @property
    def last_row(self) -> int:
        return FIRST_ROW + len(self.items) - 1


def plan_table(draft: Draft, form: SheetForm, typed: int, last_columns: frozenset[str]) -> TablePlan:
    """The plan of a table with this many typed rows; `last_columns` show last month's numbers beside."""
    key = form.sheet, len(form.items), typed, last_columns
    if key not in draft.kept:
        draft.kept[key] = make_plan(draft, form, typed, last_columns)
    plan = draft.kept[key]
    assert isinstance(plan, TablePlan)
    return plan


def make_plan(draft: Draft, form: SheetForm, typed: int, last_columns: frozenset[str]) -> TablePlan:
    """Work a plan out."""
    slots = slots_of(draft, form, last_columns)
    items = (*form.items, *[None] * typed)
    frozen = frozen_columns(form, slots)
    title_columns = title_span(slots, frozen)
    nothing_at = f"{get_column_letter(title_columns + 2)}{STATE_ROW}" if form.target != "task" else ""
    ground = ground_of(draft, form, slots, items, nothing_at)
    fill = to_fill(form, slots, items)
    must = must_fill(draft, form, fill, items)
    themes = column_of(draft.catalogue, "themes", "short_name")
    headings = tuple(draw_heading(form, slot, draft.required(slot.column), themes) for slot in slots)
    verdicts = [*of_values(draft, fill, ground), *of_rules(draft.rules(form), ground)]
    said_at = get_column_letter(max(len(slots), title_columns + 2) + 1)
    rows = range(FIRST_ROW, FIRST_ROW + len(items))
    colours = entry_colours(draft, form, slots, ground, fill, must)
    add_states(colours, f"$A${STATE_ROW}:{get_column_letter(title_columns)}${STATE_ROW}", f"{selfcheck.HEADING}: ")
    row_colours(colours, said_at, [slot.letter for slot in slots if names_row(form, slot)], rows)
    return TablePlan(
        form, slots, items, frozen, title_columns, nothing_at, headings, heading_height(headings, slots),
        draw_rows(form, slots, items), entry_checks(draft, fill, ground, nothing_at), colours,
        said_by(verdicts, ground.number), tuple(f"{rule.message} {rule.fix}" for rule in draft.rules(form)),
        tally_of(draft, ground, form, slots, must, nothing_at, said_at, rows),
    )  # fmt: skip


def names_row(form: SheetForm, slot: Slot) -> bool:
    """Whether a column says which row it is."""
    return slot.what == "column" and (is_printed(form, slot.column) or slot.column.column_id == form.item_column)


def tally_of(
    draft: Draft, ground: Ground, form: SheetForm, slots: Sequence[Slot], must: Mapping[Column, Sequence[int]],
    nothing_at: str, said_at: str, rows: range,
) -> Tally:  # fmt: skip
    """How the table is counted."""

    def cells(letter: str) -> str:
        return f"{on_sheet(form.sheet)}!${letter}${rows[0]}:${letter}${rows[-1]}"

    missing = blanks_in_begun(ground, must, [slot.letter for slot in slots]) if ground.begun else blanks(ground, must)
    names = ground.letters.get(form.item_column, "")
    said = declared(draft, nothing_at) if form.target != "task" else ""
    return Tally(
        form.sheet, missing, cells(said_at), rows[0], ground.whole(ground.nothing), ground.whole(said),
        cells(names) if names else "", form.intro,
    )  # fmt: skip


def draw_rows(form: SheetForm, slots: Sequence[Slot], items: Sequence[Item | None]) -> tuple[DrawnRow, ...]:
    """The rows before anything is filled in; all rows to be typed are one and the same."""
    empty = draw_row(form, slots, None)
    return tuple(draw_row(form, slots, item) if item else empty for item in items)


def slots_of(draft: Draft, form: SheetForm, last_columns: frozenset[str]) -> tuple[Slot, ...]:
    """The columns of the table, from left to right."""
    wanted: list[tuple[str, Column, float]] = []
    if any(item.parent and item.parent in draft.groups for item in form.items) and not nested(form.items):
        wanted.append(("group", Column("", ""), GROUP_WIDTH))
    for column in form.columns:
        if column.type == "computed":
            continue
        if column.column_id in last_columns:
            wanted.append(("last", column, LAST_WIDTH))
        wanted.append(("column", column, width_of(form, column)))
    return tuple(
        Slot(what, column, get_column_letter(index), width)
        for index, (what, column, width) in enumerate(wanted, start=1)
    )


def nested(items: Sequence[Item]) -> bool:
    """Whether groups are themselves printed rows, above their parts."""
    codes = {item.code for item in items}
    return any(item.parent in codes for item in items)


def width_of(form: SheetForm, column: Column) -> float:
    """The width of a column; printed codes take no more room than they need."""
    if column.column_id == form.item_column and form.items and not form.open_rows:
        return float(max(9, *(len(item.code) + 2 for item in form.items)))
    return float(column.width)


def frozen_columns(form: SheetForm, slots: Sequence[Slot]) -> int:
    """How many columns stay in sight: what says which row it is, as far as it leaves room for the rest."""
    count, width = 0, 0.0
    for slot in slots:
        named = slot.what == "group" or is_printed(form, slot.column) or not form.items
        if not named or width + slot.width > FROZEN_WIDTH + 15:
            break
        count, width = count + 1, width + slot.width
        if not form.items and slot.column.type == "text":
            break
    return count


def title_span(slots: Sequence[Slot], frozen: int) -> int:
    """How many columns the title takes; a wide table has two left for the declaration of nothing to report."""
    width = 0.0
    for index, slot in enumerate(slots, start=1):
        width += slot.width
        wide_enough = width >= TITLE_WIDTH and index >= frozen
        if wide_enough or (index >= len(slots) - 2 and width >= LEAST_TITLE_WIDTH):
            return index
    return len(slots)
