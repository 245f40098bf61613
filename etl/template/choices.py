"""The lists a template offers to choose from, and how a code of a list is shown to people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl.catalogue import Catalogue, Unit
from etl.form import Form, Item

LONGEST_NAME = 90
"""Names longer than this do not fit a drop-down; such a list offers its codes, and its sheet explains them."""
OFFERED = ("enum", "yesno")


@dataclass(frozen=True, slots=True)
class Choices:
    """One list as a unit sees it."""

    list_id: str
    heading: str
    items: tuple[Item, ...]
    names: Mapping[str, str]
    """Name of every code of the list, also of those this unit is not offered."""
    short: Mapping[str, str]
    """Short names, for codes that have one."""
    by_name: bool

    @property
    def defined_name(self) -> str:
        """The name the list has in the workbook."""
        return f"DM_{self.list_id}"

    def shown(self, code: object) -> object:
        """A code as a cell shows it."""
        text = str(code)
        if not self.by_name:
            return int(text) if text.isdigit() else text
        return self.names.get(text, text)


def choices_of(catalogue: Catalogue, form: Form, unit: Unit) -> Mapping[str, Choices]:
    """The lists a form's columns refer to, by list_id, with what this kind of unit may choose."""
    headings: dict[str, str] = {}
    for sheet in form.sheets:
        for column in sheet.columns:
            if column.list_id and column.type in (*OFFERED, "codes"):
                headings.setdefault(column.list_id, column.label)
    return {list_id: choices(catalogue, list_id, heading, unit) for list_id, heading in headings.items()}


def choices(catalogue: Catalogue, list_id: str, heading: str, unit: Unit) -> Choices:
    """One list for a kind of unit."""
    items = catalogue.lists.get(list_id, ())
    offered = for_kind(items, column_of(catalogue, list_id, "kinds"), unit.kind)
    by_name = max((len(item.name) for item in items), default=0) <= LONGEST_NAME
    names = {item.code: item.name for item in items}
    return Choices(list_id, heading, offered, names, column_of(catalogue, list_id, "short_name"), by_name)


def column_of(catalogue: Catalogue, table: str, column: str) -> Mapping[str, str]:
    """One column of a table by the codes in its first one, blanks left out."""
    rows = catalogue.tables.get(table, ())
    return {next(iter(row.values())): row[column] for row in rows if row.get(column)}


def for_kind(items: Sequence[Item], kinds: Mapping[str, str], kind: str) -> tuple[Item, ...]:
    """The items a kind of unit may choose."""
    return tuple(item for item in items if kind in kinds.get(item.code, kind).split(";"))


def group_names(catalogue: Catalogue) -> Mapping[str, str]:
    """Names of the groups printed rows belong to: the code and name of every row some table has."""
    return {code: row["name"] for table in catalogue.tables.values() for code, row in named(table)}


def named(rows: Iterable[Mapping[str, str]]) -> Iterable[tuple[str, Mapping[str, str]]]:
    """The rows of a table that has groups, by their code."""
    return ((next(iter(row.values())), row) for row in rows if "parent_code" in row and row.get("name"))
