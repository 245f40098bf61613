"""Who sends what and when: most in time, some late, a few not at all, about two a month faulty and sent again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from etl.calendar import Period
from etl.catalogue import Catalogue, Unit
from etl.demo.chance import chance
from etl.demo.character import Character, character

FAULTS = ("wrong_month", "sum_mismatch", "missing_required", "online_over_total", "error_cell", "done_without_date")
FAULTY_A_MONTH = 2
"""And as many are sent again with better numbers."""
FORM = "NQ57-HP-1"


@dataclass(frozen=True, slots=True)
class DemoFile:
    """One file of the demonstration."""

    unit_code: str
    period: str
    received_at: dt.datetime
    kind: str
    """clean | late | faulty | corrected (sent again after a fault) | revised (sent again with better numbers)"""
    file_name: str
    number: int = 1
    """Which time the unit sends this report."""
    manner: str = "neat"
    """neat (nothing to be found); sparse (tasks without all of the "5 rõ"); rough (numbers as text, a column moved,
    signatures under a table: read all the same, with notes);
    hasty (sent before all numbers were in, so that a revised one follows)."""
    fault: str = ""


def plan_demo(
    catalogue: Catalogue, periods: Sequence[Period], seed: int, units: Sequence[Unit] | None = None
) -> tuple[DemoFile, ...]:
    """Every file of the demonstration, in the order they arrive."""
    files: list[DemoFile] = []
    for index, period in enumerate(periods):
        there = [unit for unit in units or reporting(catalogue) if unit.active(period.date_from, period.date_to)]
        known = {unit.unit_code: character(catalogue, unit, seed) for unit in there}
        files.extend(month_of_files(known, period, seed, 1 - index / len(periods)))
    return tuple(sorted(files, key=lambda file: (file.received_at, file.unit_code)))


def come_by(files: Sequence[DemoFile], now: dt.datetime) -> list[DemoFile]:
    """The files that have come by a moment: nothing comes from the future, not even later on the same day."""
    return [file for file in files if file.received_at <= now]


def reporting(catalogue: Catalogue) -> tuple[Unit, ...]:
    """The units that owe a monthly report."""
    kinds = {row["applies_to"] for row in catalogue.tables.get("duties", ())
             if row["form_id"] == FORM and row["period_kind"] == "month"}  # fmt: skip
    return tuple(unit for unit in catalogue.units if unit.kind in kinds or unit.unit_code in kinds)


def month_of_files(known: Mapping[str, Character], period: Period, seed: int, early: float) -> Iterator[DemoFile]:
    """The files of a period. `early`: 1 in the first month, towards 0 in the last; habits improve."""
    dice = chance(seed, "schedule", period.period)
    codes = sorted(known)
    some = max(1, len(codes) // 40) if len(codes) < 80 else FAULTY_A_MONTH
    special = dice.sample(codes, min(len(codes), 2 * some))
    faulty, revised = set(special[:some]), set(special[some:])
    for code in codes:
        own = chance(seed, "schedule", period.period, code)
        slack = 1 - known[code].diligence
        if code in faulty:
            yield from faulty_files(own, known[code], period, FAULTS if early < 1 else FAULTS[1:])
        elif code in revised:
            yield from revised_files(own, known[code], period)
        elif own.random() >= slack * (0.06 + 0.16 * early):
            late = own.random() < slack * (0.2 + 0.55 * early) + 0.015
            received = after_due(own, period) if late else before_due(own, period)
            manner = "rough" if own.random() < 0.06 + slack * 0.8 else usual_manner(known[code])
            yield DemoFile(
                code, period.period, received, "late" if late else "clean", named(own, code, period, 1), 1, manner
            )


def usual_manner(who: Character) -> str:
    """How a unit's reports usually are."""
    return "sparse" if who.is_careless else "neat"


def faulty_files(dice: Random, who: Character, period: Period, faults: Sequence[str]) -> Iterator[DemoFile]:
    """A faulty file, and mostly a corrected one some days after."""
    fault, code = dice.choice(faults), who.unit.unit_code
    first = before_due(dice, period)
    yield DemoFile(code, period.period, first, "faulty", named(dice, code, period, 1), 1, usual_manner(who), fault)
    if dice.random() < 0.8:
        again = first + dt.timedelta(days=dice.randint(1, 4), hours=dice.randint(-3, 3), minutes=dice.randint(0, 59))
        yield DemoFile(code, period.period, again, "corrected", named(dice, code, period, 2), 2, usual_manner(who))


def revised_files(dice: Random, who: Character, period: Period) -> Iterator[DemoFile]:
    """A good file, and a better one some days after."""
    code = who.unit.unit_code
    first = before_due(dice, period)
    yield DemoFile(code, period.period, first, "clean", named(dice, code, period, 1), 1, "hasty")
    again = first + dt.timedelta(days=dice.randint(1, 3), hours=dice.randint(-2, 4), minutes=dice.randint(0, 59))
    yield DemoFile(code, period.period, again, "revised", named(dice, code, period, 2), 2, usual_manner(who))


def before_due(dice: Random, period: Period) -> dt.datetime:
    """A moment between the end of the period and the due moment; most come on the last two days."""
    days = (period.due_at.date() - period.date_to).days
    day = period.date_to + dt.timedelta(
        days=dice.choices(range(1, days + 1), [(each + 1) ** 2 for each in range(days)])[0]
    )
    hour = dice.choices((8, 9, 10, 11, 14, 15, 16, 17, 20, 22), (2, 4, 5, 3, 4, 5, 6, 3, 1, 0.4))[0]
    return min(dt.datetime.combine(day, dt.time(hour, dice.randint(0, 59), dice.randint(0, 59))), period.due_at)


def after_due(dice: Random, period: Period) -> dt.datetime:
    """A moment after the due one, rarely more than a week."""
    days = dice.choices((1, 2, 3, 4, 6, 8, 11), (8, 6, 4, 3, 2, 1, 1))[0]
    return dt.datetime.combine(
        period.due_at.date() + dt.timedelta(days=days),
        dt.time(dice.randint(7, 16), dice.randint(0, 59), dice.randint(0, 59)),
    )


def named(dice: Random, code: str, period: Period, number: int) -> str:
    """The file's name: mostly as given, sometimes as a browser or an officer changes it."""
    stem = f"{FORM}_{code}_{period.period}"
    if number > 1:
        return f"{stem}{dice.choice((' (1)', '_lan 2', '_sua'))}.xlsx"
    return f"{dice.choices((stem, f'{stem} (1)', f'Bao cao {stem}'), (20, 1, 1))[0]}.xlsx"
