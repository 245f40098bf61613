"""A catalogue for another province: its units from the official list, all else from a catalogue that is there.

The list is a CSV with a row a commune, as Danh mục đơn vị hành chính (Quyết định 19/2025/QĐ-TTg) has them.
What belongs to the units of the base alone does not go along: their tasks, obligations, duties, and targets of the base
province.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from etl.catalogue import Catalogue, Row
from etl.provinces_says import (
    BLANK,
    COLLISION,
    HEADINGS,
    KINDS,
    NEAR,
    NO_CODE,
    NO_KIND,
    NO_NAME,
    NO_PROVINCE,
    SAME_CODE,
    SOURCE,
    WHOLE_COUNTRY,
    UnusableList,
)
from etl.spelling import clean, fold, heading_key, slug, without_tones

NEEDED = ("unit_code", "name", "province")
OF_UNITS = ("obligations", "duties", "tasks")
"""Tables whose rows apply to a kind of unit, or to one unit."""
CODE_DIGITS = 5
SOURCE_CLASS = "B"


class Trouble(NamedTuple):
    """Something wrong with the list, or two units that can be mistaken for each other; `stops` says that the province
    cannot be written.
    """

    line: int
    text: str
    stops: bool


@dataclass(frozen=True)
class Province:
    """A province of the list: its units as rows of units.csv, and what is to be known of them."""

    name: str
    units: Sequence[Row]
    troubles: Sequence[Trouble] = field(default=())

    @property
    def usable(self) -> bool:
        """Whether a catalogue can be made of it."""
        return not any(each.stops for each in self.troubles)


def read_list(path: Path, valid_from: str) -> list[Province]:
    """The provinces of a list, each with its units valid from a day (ISO). Raises UnusableList where a needed column is
    missing or the file cannot be read as text.
    """
    by_province: dict[str, list[tuple[int, Row]]] = {}
    for line, row in numbered(path):
        by_province.setdefault(clean(row["province"]), []).append((line, row))
    return [province(name, rows, valid_from) for name, rows in by_province.items()]


def numbered(path: Path) -> Iterator[tuple[int, Row]]:
    """The rows with their lines, under the names of HEADINGS."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnusableList.encoding(path) from fault
    lines = text.splitlines()
    reader = csv.reader(lines, delimiter=";" if lines and lines[0].count(";") > lines[0].count(",") else ",")
    places = columns(next(reader, []))
    if missing := [HEADINGS[name][0] for name in NEEDED if name not in places]:
        raise UnusableList.columns(path, missing)
    for row in reader:
        if any(cell.strip() for cell in row):
            yield reader.line_num, {name: at(row, place) for name, place in places.items()}


def columns(header: Sequence[str]) -> dict[str, int]:
    """Where the columns are that can be used."""
    keys = [heading_key(cell) for cell in header]
    return {name: keys.index(key) for name, known in HEADINGS.items() for key in known if key in keys}


def at(row: Sequence[str], place: int) -> str:
    """One cell, "" where the row is too short."""
    return clean(row[place]) if place < len(row) else ""


def province(name: str, rows: Sequence[tuple[int, Row]], valid_from: str) -> Province:
    """One province of the list, with everything found in it."""
    units = [(line, unit_row(row, valid_from)) for line, row in rows]
    troubles = [*wrong(units), *alike(units)]
    if not name:
        troubles = [Trouble(rows[0][0], NO_PROVINCE, stops=True), *troubles]
    return Province(name, [unit for _, unit in units], troubles)


def unit_row(row: Row, valid_from: str) -> Row:
    """A row of units.csv. The kind is what the name begins with, else what the column of kinds says."""
    said = row["name"]
    prefix = next((word for word in KINDS if fold(said).startswith(f"{word} ")), "")
    word = prefix or next((each for each in KINDS if fold(row.get("kind", "")) == each), "")
    bare = said[len(prefix) :].strip()
    full = f"{word.capitalize()} {bare}" if word else said
    digits = row["unit_code"]
    code = digits.zfill(CODE_DIGITS) if digits.isdigit() else digits
    return {
        "unit_code": code, "name": bare, "full_name": full, "kind": KINDS.get(word, ""),
        "old_district": row.get("old_district", ""), "x": number(row.get("x", "")), "y": number(row.get("y", "")),
        "area_km2": number(row.get("area_km2", "")), "valid_from": valid_from, "valid_to": "",
        "aliases": f"UBND {word} {bare}" if word else "", "source": SOURCE, "source_class": SOURCE_CLASS,
    }  # fmt: skip


def number(text: str) -> str:
    """A number with a point, "" where it is none."""
    try:
        return str(float(text.replace(",", ".")))
    except ValueError:
        return ""


def wrong(units: Sequence[tuple[int, Row]]) -> Iterator[Trouble]:
    """Rows without code, name or kind, and codes that stand twice."""
    seen: dict[str, int] = {}
    for line, unit in units:
        code = unit["unit_code"]
        if not (code.isdigit() and len(code) == CODE_DIGITS):
            yield Trouble(line, NO_CODE.format(code or BLANK), stops=True)
        elif code in seen:
            yield Trouble(line, SAME_CODE.format(code, seen[code]), stops=True)
        seen.setdefault(code, line)
        if not unit["name"]:
            yield Trouble(line, NO_NAME, stops=True)
        elif not unit["kind"]:
            yield Trouble(line, NO_KIND.format(unit["full_name"]), stops=True)


def alike(units: Sequence[tuple[int, Row]]) -> Iterator[Trouble]:
    """Units of one name, and units whose names differ by tones alone: files must name them by their code."""
    for key, words in ((fold, COLLISION), (without_tones, NEAR)):
        groups: dict[str, list[tuple[int, Row]]] = {}
        for line, unit in units:
            groups.setdefault(key(unit["name"]), []).append((line, unit))
        for group in groups.values():
            if len(group) > 1 and (key is fold or len({fold(unit["name"]) for _, unit in group}) > 1):
                named = ", ".join(f"{unit['full_name']} ({unit['unit_code']})" for _, unit in group)
                yield Trouble(group[-1][0], words.format(named), stops=False)


def write_catalogue(base: Catalogue, one: Province, authority: str, folder: Path) -> None:
    """Write the catalogue of a province into a folder that must not be there yet (FileExistsError): the base's files,
    its units replaced.
    """
    shutil.copytree(base.folder, folder)
    kept = {unit["unit_code"] for unit in one.units}
    home = base.settings.get("territory", "")
    is_home = fold(home) == fold(one.name)
    gone = {unit.unit_code for unit in base.units} - kept
    write_rows(folder / "units.csv", one.units)
    for table in OF_UNITS:
        write_rows(folder / f"{table}.csv", [row for row in base.tables[table] if row["applies_to"] not in gone])
    targets = [row for row in base.tables["targets"] if is_home or not is_of(row["scope"], home, base)]
    write_rows(folder / "targets.csv", targets)
    known = {row["target_id"] for row in targets}
    write_rows(folder / "indicators.csv", [without_target(row, known) for row in base.tables["indicators"]])
    own = {"authority": authority, "authority_code": slug(one.name), "territory": inside(one.name)}
    settings = [{**row, "value": own.get(row["setting"], row["value"])} for row in base.tables["settings"]]
    write_rows(folder / "settings.csv", settings)


def write_nation(base: Catalogue, provinces: Sequence[Province], authority: str, folder: Path) -> None:
    """Write the catalogue of those who compare the provinces: no units of its own, and the list of provinces."""
    write_catalogue(base, Province(WHOLE_COUNTRY, ()), authority, folder)
    with (folder / "provinces.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("authority_code", "name", "units", "source", "source_class"))
        writer.writerows((slug(one.name), one.name, len(one.units), SOURCE, SOURCE_CLASS) for one in provinces)


def inside(name: str) -> str:
    """The name of a province within a sentence: "tỉnh Quảng Ninh"."""
    return name[:1].lower() + name[1:]


def is_of(scope: str, territory: str, base: Catalogue) -> bool:
    """Whether a target was set for the base's province or one of its units."""
    key = fold(scope)
    return fold(territory).endswith(key) or any(fold(unit.full_name) in key for unit in base.units)


def without_target(row: Row, known: Iterable[str]) -> Row:
    """An indicator that does not point to a target that is gone."""
    return row if row["target_id"] in known else {**row, "target_id": ""}


def write_rows(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """A table of the catalogue; its columns are those of the file that is there."""
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
