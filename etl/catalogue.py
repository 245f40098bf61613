"""What there is to measure: units, channels, forms, rules, as declared in the CSV files of the catalogue."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from etl.findings import catalogue_missing, columns_without_sheet, nothing_says_whose, unknown_word
from etl.form import Column, Form, Item, SheetForm, UnknownCode
from etl.spelling import fold, slug, without_tones

Row = Mapping[str, str]


class CatalogueFault(Exception):
    """The catalogue itself is wrong; the message names file, row and what is wrong."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A place that reports."""

    unit_code: str
    name: str
    full_name: str
    kind: str
    valid_from: dt.date
    valid_to: dt.date | None
    aliases: tuple[str, ...] = ()

    def active(self, date_from: dt.date, date_to: dt.date) -> bool:
        """Whether the unit existed at some time between the two dates."""
        return self.valid_from <= date_to and (self.valid_to is None or self.valid_to >= date_from)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a form: what must hold, and the words when it does not."""

    rule_id: str
    form_id: str
    sheet: str
    items: tuple[str, ...]
    severity: str
    kind: str
    condition: str
    expression: str
    message: str
    fix: str
    basis: str
    valid_from: str
    enforce_from: str


@dataclass(frozen=True)
class Catalogue:
    """Everything the CSVs say. `tables` keeps each file's rows as text, by file name without .csv."""

    folder: Path
    tables: Mapping[str, Sequence[Row]]
    units: tuple[Unit, ...]
    forms: tuple[Form, ...]
    rules: tuple[Rule, ...]
    lists: Mapping[str, tuple[Item, ...]]
    words: Mapping[str, frozenset[str]]
    settings: Mapping[str, str]
    sha256: str = ""
    _units: Mapping[str, Unit] = field(default_factory=dict, repr=False)

    @property
    def authority(self) -> str:
        """Whose catalogue it is."""
        return authority_in(self.settings)

    def unit(self, unit_code: str) -> Unit:
        """The unit with this code; UnknownCode where there is none."""
        try:
            return self._units[unit_code]
        except KeyError as fault:
            raise UnknownCode(unit_code) from fault

    def has_unit(self, unit_code: str) -> bool:
        """Whether a unit has this code."""
        return unit_code in self._units

    def form(self, form_id: str) -> Form:
        """The form with this id; UnknownCode where there is none."""
        for form in self.forms:
            if form.form_id == form_id:
                return form
        raise UnknownCode(form_id)

    def rules_of(self, form_id: str) -> tuple[Rule, ...]:
        """The rules of a form, in the order of the file."""
        return tuple(rule for rule in self.rules if rule.form_id == form_id)

    @cached_property
    def units_by_name(self) -> Mapping[str, tuple[Unit, ...]]:
        """Units by every folded way of writing their name, with and without "xã", "phường"."""
        return group_units(self.units, fold)

    @cached_property
    def full_names(self) -> re.Pattern[str]:
        """Finds the full name of a unit in folded text, the longest where one begins with another."""
        names = sorted({fold(unit.full_name) for unit in self.units}, key=len, reverse=True)
        return re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b")

    @cached_property
    def bare_full_names(self) -> re.Pattern[str]:
        """The same in text without tones, of units that no other unit is then mistaken for."""
        names = [name for name, units in group_units(self.units, without_tones).items() if len(units) == 1]
        full = {without_tones(unit.full_name) for unit in self.units}
        those = sorted((name for name in names if name in full), key=len, reverse=True)
        return re.compile(r"\b(?:" + "|".join(map(re.escape, those)) + r")\b")

    @cached_property
    def units_by_bare_name(self) -> Mapping[str, tuple[Unit, ...]]:
        """The same without tones; several units may answer to one key."""
        return group_units(self.units, without_tones)


def group_units(units: Sequence[Unit], key: Callable[[str], str]) -> Mapping[str, tuple[Unit, ...]]:
    """Units by `key` of each way of writing their name."""
    found: dict[str, list[Unit]] = {}
    for unit in units:
        for spelling in {key(name) for name in (unit.name, unit.full_name, *unit.aliases)}:
            found.setdefault(spelling, []).append(unit)
    return {spelling: tuple(those) for spelling, those in found.items()}


def load_catalogue(folder: Path) -> Catalogue:
    """Read a catalogue folder. Raises CatalogueFault where a file is missing or a row makes no sense."""
    if not (folder / "forms.csv").is_file():
        raise CatalogueFault(catalogue_missing(folder / "forms.csv"))
    paths = sorted(folder.rglob("*.csv"))
    tables = {path.stem: read_rows(path) for path in paths if path.parent == folder}
    lists = all_lists(tables)
    units = tuple(unit_of(row) for row in tables.get("units", ()))
    return Catalogue(
        folder=folder,
        tables=tables,
        units=units,
        forms=tuple(sorted((form_of(row, folder, lists) for row in tables["forms"]), key=lambda form: form.rank)),
        rules=tuple(rule_of(row) for row in tables.get("rules", ())),
        lists=lists,
        words=words_by_kind(tables.get("words", ())),
        settings={row["setting"]: row["value"] for row in tables.get("settings", ())},
        sha256=hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest(),
        _units={unit.unit_code: unit for unit in units},
    )


def authority_of(folder: Path) -> str:
    """Whose catalogue lies in a folder, "" where there is none or it does not say."""
    path = folder / "settings.csv"
    return authority_in({row["setting"]: row["value"] for row in read_rows(path)}) if path.is_file() else ""


def authority_in(settings: Mapping[str, str]) -> str:
    """Whose settings these are, as names of folders are written: "tinh-quang-ninh"."""
    return slug(settings.get("authority_code") or settings.get("territory", ""))


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file as text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(file)]


def split(text: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def date_of(text: str) -> dt.date | None:
    """An ISO date, None where blank."""
    return dt.date.fromisoformat(text) if text else None


def unit_of(row: Row) -> Unit:
    """A unit from its row."""
    return Unit(
        row["unit_code"], row["name"], row["full_name"], row["kind"],
        date_of(row.get("valid_from", "")) or dt.date.min, date_of(row.get("valid_to", "")),
        split(row.get("aliases", "")),
    )  # fmt: skip


def rule_of(row: Row) -> Rule:
    """A rule from its row."""
    return Rule(
        row["rule_id"], row["form_id"], row["sheet"], split(row.get("items", "")), row["severity"], row["kind"],
        row.get("condition", ""), row["expression"], row["message"], row.get("fix", ""), row.get("basis", ""),
        row.get("valid_from", ""), row.get("enforce_from", ""),
    )  # fmt: skip


# A table of the catalogue that a form may print row by row, or offer as a list: its code column and unit column.
LIST_TABLES = {
    "channels": ("channel_code", "parent_code", "count_unit"),
    "audiences": ("audience_code", "parent_code", "count_unit"),
    "skills": ("item_code", "", "count_unit"),
    "roles": ("role_code", "", ""),
    "themes": ("theme_code", "parent_code", ""),
    "products": ("product_code", "", "count_unit"),
    "task_groups": ("task_group", "", ""),
    "units": ("unit_code", "", ""),
}


def all_lists(tables: Mapping[str, Sequence[Row]]) -> Mapping[str, tuple[Item, ...]]:
    """Every list a form may refer to: the tables above, without what is no longer valid, and lists.csv."""
    found: dict[str, list[Item]] = {}
    for row in tables.get("lists", ()):
        found.setdefault(row["list_id"], []).append(
            Item(row["code"], row["label"], aliases=split(row.get("aliases", "")))
        )
    for table, (code, parent, unit) in LIST_TABLES.items():
        found[table] = [
            Item(row[code], row["name"], row.get(unit, ""), row.get(parent, ""))
            for row in tables.get(table, ())
            if not row.get("valid_to")
        ]
    return {list_id: tuple(items) for list_id, items in found.items()}


def printed_items(name: str, lists: Mapping[str, tuple[Item, ...]]) -> tuple[Item, ...]:
    """The rows a sheet prints: a table's lowest level, a list (`list:x`) or the codes themselves."""
    if name.startswith("list:"):
        return lists[name.removeprefix("list:")]
    if name not in lists:
        return tuple(Item(code, code) for code in split(name))
    items = lists[name]
    if name != "channels":
        return items
    parents = {item.parent for item in items}
    return tuple(item for item in items if item.code not in parents)


WORDS_OF_SHEETS = {
    "layout": ("guide", "cover", "matrix", "records", "units", "lists"), "target": ("observation", "task", "remark"),
}  # fmt: skip
WORDS_OF_COLUMNS = {
    "type": ("int", "decimal", "percent", "text", "date", "enum", "codes", "yesno", "url", "code", "label", "computed"),
    "kind": ("flow", "stock"),
}


def read_known(path: Path, words: Mapping[str, Sequence[str]]) -> list[Row]:
    """The rows of a CSV file, some of whose columns hold one of these words or nothing. Raises CatalogueFault where one
    holds another: a workbook would be blamed for it, or its numbers passed over.
    """
    rows = read_rows(path)
    for row in rows:
        for column, known in words.items():
            if row.get(column) and row[column] not in known:
                raise CatalogueFault(unknown_word(path, column, row[column], known))
    return rows


def form_of(row: Row, folder: Path, lists: Mapping[str, tuple[Item, ...]]) -> Form:
    """A form from its row and its folder."""
    here = folder / "forms" / row["form_id"]
    columns = [(line["sheet"], column_of(line)) for line in read_known(here / "columns.csv", WORDS_OF_COLUMNS)]
    sheets = tuple(
        sheet_of(line, tuple(column for sheet, column in columns if sheet == line["sheet"]), lists)
        for line in read_known(here / "sheets.csv", WORDS_OF_SHEETS)
    )
    if not any(sheet.layout in ("cover", "units") for sheet in sheets):
        raise CatalogueFault(nothing_says_whose(here / "sheets.csv"))
    unknown = {sheet for sheet, _ in columns} - {sheet.sheet for sheet in sheets}
    if unknown:
        raise CatalogueFault(columns_without_sheet(here / "columns.csv", sorted(unknown)))
    return Form(
        row["form_id"], row["name"], row.get("title") or row["name"], int(row.get("rank") or 1),
        split(row.get("versions", "")) or (row["form_id"],), split(row.get("retired", "")),
        split(row.get("period_kinds", "")) or ("month",), row.get("convention") or "ND09", sheets,
    )  # fmt: skip


def sheet_of(row: Row, columns: tuple[Column, ...], lists: Mapping[str, tuple[Item, ...]]) -> SheetForm:
    """A sheet of a form from its row."""
    items = row.get("items", "")
    return SheetForm(
        sheet=row["sheet"],
        title=row.get("title") or row["sheet"],
        layout=row["layout"],
        required=bool(row.get("required")),
        items=printed_items(items, lists) if items else (),
        items_list=items,
        item_column=row.get("item_column", ""),
        open_rows=int(row.get("open_rows") or 0),
        target=row.get("target") or "observation",
        aliases=split(row.get("aliases", "")),
        columns=columns,
        intro=row.get("intro", ""),
    )


def column_of(row: Row) -> Column:
    """A column of a form from its row."""
    required = row.get("required", "")
    return Column(
        column_id=row["column_id"],
        label=row["label"],
        aliases=split(row.get("aliases", "")),
        type=row.get("type") or "text",
        unit=row.get("unit", ""),
        required=frozenset({"*"} if required == "x" else split(required)),
        low=row.get("low", ""),
        high=row.get("high", ""),
        list_id=row.get("list", ""),
        measure=row.get("measure", ""),
        theme=row.get("theme", ""),
        kind=row.get("kind") or "flow",
        formula=row.get("formula", ""),
        items=split(row.get("items", "")),
        item=row.get("item", ""),
        width=int(row.get("width") or 14),
        note=row.get("note", ""),
    )


def words_by_kind(rows: Sequence[Row]) -> Mapping[str, frozenset[str]]:
    """How people write totals, blanks, yes and no: kind -> folded words."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["kind"], set()).add(fold(row["word"]))
    return {kind: frozenset(those) for kind, those in found.items()}


def applying(rows: Sequence[Row], unit: Unit) -> Iterator[Row]:
    """The rows that hold for a unit: its own where it has any, else those of its kind or of all ("*")."""
    own = [row for row in rows if row["applies_to"] == unit.unit_code]
    yield from own or (row for row in rows if row["applies_to"] in (unit.kind, "*"))
