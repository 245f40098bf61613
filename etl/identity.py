"""Whose report it is and of which period: three witnesses that must agree, and nothing is guessed.

The witnesses are the stamp (codes on the cover), what people read (names and titles) and the file name or the
sender's own choice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from etl.calendar import parse_period
from etl.catalogue import Catalogue, Unit
from etl.findings import Finding, did_you_mean, finding, month_words, testimony
from etl.locate import Table
from etl.selfcheck import is_own
from etl.sheet import Sheet
from etl.spelling import clean, fold, without_tones

TITLE_ROWS = 6
NOT_A_LETTER = re.compile(r"[\W_]+")
CODE_IN_NAME = re.compile(r"(?<![0-9A-Za-z])(\d{5}|[A-Z]{2}-[A-Z]+)(?![0-9A-Za-z])")
PERIOD_IN_NAME = (
    re.compile(r"(?<!\d)(?P<year>20\d\d)[-_. ]?(?P<month>0[1-9]|1[0-2])(?![-_.]?\d)"),
    re.compile(r"(?<![a-z])(?:t|thang)[-_. ]*(?P<month>0?[1-9]|1[0-2])[-_./ ]+(?:nam[-_ ]*)?(?P<year>20\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?<!\d[-_.])(?P<month>0[1-9]|1[0-2])[-_.](?P<year>20\d\d)(?!\d)"),
)
MONTH = re.compile(r"\d{4}-\d{2}")
MONTH_IN_NAME = re.compile(r"(?<![a-z0-9])(?:thang|t)[-_. ]*(0?[1-9]|1[0-2])(?!\d)")
"""A month without its year."""
PERIOD_IN_TITLE = re.compile(
    r"tháng \d{1,2}\s*(?:/|năm)\s*\d{4}|quý (?:iv|iii|ii|i|[1-4])\s*(?:/|năm)\s*\d{4}|(?:6|9) tháng đầu năm \d{4}"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the sender says of the file, where they were asked."""

    unit_code: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """One witness's word: what it says, and where."""

    says: str
    where: str
    cell: str = ""
    sheets: tuple[str, ...] = ()


def titles(sheet: Sheet, table: Table | None) -> Iterator[str]:
    """The texts above a sheet's headings, where titles stand."""
    rows = TITLE_ROWS
    if table is not None:
        rows = table.heading_row if table.by_label else max(1, table.heading_row - 1)
    for row in sheet.rows[: min(TITLE_ROWS, rows)]:
        for value in row:
            if isinstance(value, str) and len(value) > 5 and not is_own(value):
                yield value


def told_by(texts: Mapping[str, str], read: Callable[[str], str]) -> list[Witness]:
    """The witnesses that titles are: what is read in each of these texts, with the sheets that say so."""
    found: dict[str, dict[str, None]] = {}
    for text, sheet in texts.items():
        if says := read(text):
            found.setdefault(says, {})[sheet] = None
    return [Witness(says, "title", sheets=tuple(found[says])) for says in sorted(found)]


def unit_of_name(catalogue: Catalogue, name: str) -> tuple[Unit, ...]:
    """The units a name may stand for: with its tones, else without them. Never a nearly equal one."""
    bare = fold(name)
    for prefix in catalogue.words.get("unit_prefix", ()):
        bare = bare.removeprefix(prefix).strip()
    if exact := catalogue.units_by_name.get(bare):
        return exact
    alike = catalogue.units_by_bare_name.get(without_tones(bare), ())
    return tuple(unit for unit in alike if only_lost_tones(bare, unit))


def only_lost_tones(written: str, unit: Unit) -> bool:
    """Whether each word is that of a unit's name or the same without its tones; another tone is another word."""
    for name in (unit.name, unit.full_name, *unit.aliases):
        pairs = list(zip_longest(written.split(), fold(name).split(), fillvalue=""))
        if all(word in (true, without_tones(true)) for word, true in pairs):
            return True
    return False


def unit_in_title(catalogue: Catalogue, text: str) -> Unit | None:
    """The unit whose full name stands in a title; the longest where one name contains another."""
    found = catalogue.full_names.search(fold(text))
    return catalogue.units_by_name[found[0]][0] if found else None


def unit_in_file_name(catalogue: Catalogue, file_name: str) -> Unit | None:
    """The one unit whose code or full name stands in the file name; without tones only where no other is like it."""
    codes = {code for code in CODE_IN_NAME.findall(file_name) if catalogue.has_unit(code)}
    if not codes:
        words = fold(NOT_A_LETTER.sub(" ", clean(file_name)))
        codes = {catalogue.units_by_name[name][0].unit_code for name in catalogue.full_names.findall(words)}
        if not codes:
            names = catalogue.bare_full_names.findall(without_tones(words))
            codes = {catalogue.units_by_bare_name[name][0].unit_code for name in names}
    return catalogue.unit(codes.pop()) if len(codes) == 1 else None


@lru_cache(maxsize=10_000)
def period_in_file_name(file_name: str) -> str:
    """The month that stands in the file name, "" where there is none or more than one.

    2026-11 goes before the ways that are less plain: in "bieu06_2026-10" the 06 is no month.
    """
    stem = without_tones(clean(file_name).rsplit(".", 1)[0])
    for pattern in PERIOD_IN_NAME:
        found = {f"{match['year']}-{int(match['month']):02d}" for match in pattern.finditer(stem)}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def month_in_file_name(file_name: str) -> int:
    """The month that stands in the file name without a year, 0 where there is none or more than one."""
    stem = without_tones(clean(file_name).rsplit(".", 1)[0])
    found = {int(month) for month in MONTH_IN_NAME.findall(stem)}
    return found.pop() if len(found) == 1 else 0


def period_in_title(text: str) -> str:
    """The period a title names, "" where it names none."""
    folded = fold(text)
    found = {parse_period(words) for words in PERIOD_IN_TITLE.findall(folded)} - {None} if "20" in folded else set()
    period = found.pop() if len(found) == 1 else None
    return period or ""


def unit_witnesses(
    catalogue: Catalogue, cover: Mapping[str, object], cells: Mapping[str, str], texts: Mapping[str, str],
    file_name: str, choice: Choice,
) -> tuple[list[Witness], list[Finding]]:  # fmt: skip
    """What each witness says of the unit, and what was wrong with a witness."""
    witnesses: list[Witness] = []
    problems: list[Finding] = []
    code, name = str(cover.get("unit_code", "") or ""), str(cover.get("unit_name", "") or "")
    if code and catalogue.has_unit(code):
        witnesses.append(Witness(code, "unit_code", cells.get("unit_code", "")))
    elif code:
        problems.append(
            finding("unit_unknown", cell=cells.get("unit_code", ""), value=code, suggestion=suggestion(catalogue, name))
        )
    if name:
        named = unit_of_name(catalogue, name) or tuple(filter(None, [unit_in_title(catalogue, name)]))
        if code and any(unit.unit_code == code for unit in named):
            named = (catalogue.unit(code),)
        active = [unit for unit in named if unit.valid_to is None] or list(named)
        if len(active) == 1:
            witnesses.append(Witness(active[0].unit_code, "unit_name", cells.get("unit_name", "")))
        elif not named:
            problems.append(
                finding(
                    "unit_unknown", cell=cells.get("unit_name", ""), value=name, suggestion=suggestion(catalogue, name)
                )
            )
        elif not code:
            those = ", ".join(f"{unit.full_name} ({unit.unit_code})" for unit in named)
            problems.append(finding("unit_ambiguous", cell=cells.get("unit_name", ""), value=name, expected=those))
    witnesses += told_by(texts, lambda text: unit.unit_code if (unit := unit_in_title(catalogue, text)) else "")
    if unit := unit_in_file_name(catalogue, file_name):
        witnesses.append(Witness(unit.unit_code, "file_name"))
    if choice.unit_code:
        witnesses.append(Witness(choice.unit_code, "choice"))
    return witnesses, problems


def suggestion(catalogue: Catalogue, name: str) -> str:
    """A hint for a person where a name is nearly that of a unit; it never decides anything."""
    bare = without_tones(name)
    near = [
        unit for unit in catalogue.units if bare and bare in (without_tones(unit.name), without_tones(unit.full_name))
    ]
    return did_you_mean(f"{unit.full_name} – {unit.unit_code}" for unit in near)


def period_witnesses(
    cover: Mapping[str, object], cells: Mapping[str, str], texts: Mapping[str, str], file_name: str, choice: Choice
) -> tuple[list[Witness], list[Finding]]:
    """What each witness says of the period, and what was wrong with a witness."""
    witnesses: list[Witness] = []
    problems: list[Finding] = []
    stamp = str(cover.get("period", "") or "")
    if stamp:
        if period := parse_period(stamp):
            witnesses.append(Witness(period, "period", cells.get("period", "")))
        else:
            problems.append(finding("period_unknown", cell=cells.get("period", ""), value=stamp))
    witnesses += told_by(texts, period_in_title)
    if period := period_in_file_name(file_name):
        witnesses.append(Witness(period, "file_name"))
    elif (month := month_in_file_name(file_name)) and any(is_another_month(each.says, month) for each in witnesses):
        witnesses.append(Witness(month_words(month), "file_name"))
    if choice.period:
        witnesses.append(Witness(choice.period, "choice"))
    return witnesses, problems


def is_another_month(period: str, month: int) -> bool:
    """Whether a period is a month, and not this one of any year."""
    return bool(MONTH.fullmatch(period)) and int(period[5:]) != month


def agreed(witnesses: Sequence[Witness]) -> str:
    """What all witnesses say, "" where there is none or they disagree."""
    said = {witness.says for witness in witnesses}
    return said.pop() if len(said) == 1 else ""


def disagreement(witnesses: Sequence[Witness], names: Mapping[str, str]) -> str:
    """The witnesses' words side by side, for the finding."""
    return testimony((one.where, one.sheets, names.get(one.says, one.says)) for one in witnesses)


def who(
    catalogue: Catalogue, cover: Mapping[str, object], cells: Mapping[str, str], texts: Mapping[str, str],
    file_name: str, choice: Choice,
) -> tuple[str, list[Finding]]:  # fmt: skip
    """The unit all witnesses agree on, "" and the reason where there is none."""
    witnesses, problems = unit_witnesses(catalogue, cover, cells, texts, file_name, choice)
    unit_code = agreed(witnesses)
    if problems:
        return "", problems
    if unit_code:
        return unit_code, []
    if not witnesses:
        return "", [finding("unit_missing", cell=cells.get("unit_code", ""))]
    names = {unit.unit_code: f"{unit.full_name} ({unit.unit_code})" for unit in catalogue.units}
    cell = next((witness.cell for witness in witnesses if witness.cell), "")
    return "", [finding("unit_disagrees", cell=cell, value=disagreement(witnesses, names))]


def when(
    cover: Mapping[str, object], cells: Mapping[str, str], texts: Mapping[str, str], file_name: str, choice: Choice
) -> tuple[str, list[Finding]]:
    """The period all witnesses agree on, "" and the reason where there is none."""
    witnesses, problems = period_witnesses(cover, cells, texts, file_name, choice)
    period = agreed(witnesses)
    if problems:
        return "", problems
    if period:
        return period, []
    if not witnesses:
        return "", [finding("period_missing", cell=cells.get("period", ""))]
    cell = next((witness.cell for witness in witnesses if witness.cell), "")
    return "", [finding("period_disagrees", cell=cell, value=disagreement(witnesses, {}))]
