"""Where things are in a workbook: a form, its sheets and their columns, as the catalogue declares them."""

from __future__ import annotations

from dataclasses import dataclass


class UnknownCode(KeyError):
    """The catalogue has no unit, form or period of this code."""


@dataclass(frozen=True, slots=True)
class Item:
    """A row printed on the form (a channel, an audience, a skill), or a row a list allows."""

    code: str
    name: str
    unit: str = ""
    parent: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, or one line of a cover sheet."""

    column_id: str
    label: str
    aliases: tuple[str, ...] = ()
    type: str = "text"
    """int | decimal | percent | text | date | enum | codes | yesno | url | code | label | computed"""
    unit: str = ""
    required: frozenset[str] = frozenset()
    """Kinds of unit that must fill it; "*" for all; empty for optional."""
    low: str = ""
    high: str = ""
    """Bounds: a number, an ISO date, or the column_id of another column of the same row."""
    list_id: str = ""
    measure: str = ""
    theme: str = ""
    kind: str = "flow"
    """flow (adds over months) or stock (the latest counts)."""
    formula: str = ""
    """type computed: the sum of these columns (a + b) is a measure though no cell holds it."""
    items: tuple[str, ...] = ()
    """Patterns (K02*) of the rows where the column has a meaning; empty for all."""
    item: str = ""
    """The item_code its numbers get where the layout has no rows of items (units)."""
    width: int = 14
    note: str = ""


@dataclass(frozen=True, slots=True)
class SheetForm:
    """One sheet of a form."""

    sheet: str
    title: str
    layout: str
    """guide | cover | matrix | records | units | lists"""
    required: bool = True
    items: tuple[Item, ...] = ()
    """Printed rows (matrix)."""
    items_list: str = ""
    item_column: str = ""
    open_rows: int = 0
    """Empty rows offered after the printed ones."""
    target: str = "observation"
    """observation | task | remark"""
    aliases: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    intro: str = ""

    def column(self, column_id: str) -> Column:
        """The column with this id; KeyError where the form has none."""
        for column in self.columns:
            if column.column_id == column_id:
                return column
        raise KeyError(column_id)


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its identity and its sheets."""

    form_id: str
    name: str
    title: str
    rank: int
    """Where two forms give the same measure, the smaller rank counts."""
    versions: tuple[str, ...]
    """template_version stamps that are read."""
    retired: tuple[str, ...] = ()
    """Stamps that are refused, with the advice to take the new template."""
    period_kinds: tuple[str, ...] = ("month",)
    convention: str = "ND09"
    sheets: tuple[SheetForm, ...] = ()

    def sheet(self, name: str) -> SheetForm:
        """The sheet of this name; KeyError where the form has none."""
        for sheet in self.sheets:
            if sheet.sheet == name:
                return sheet
        raise KeyError(name)
