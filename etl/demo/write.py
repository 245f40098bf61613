"""The workbooks of a demonstration: each unit's months in their order, several units at a time."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import replace
from pathlib import Path

from etl import clock
from etl.calendar import Period, periods
from etl.catalogue import Catalogue, Unit
from etl.demo.chance import chance
from etl.demo.character import character
from etl.demo.faults import say_wrong, spoil, understated
from etl.demo.fill import fill
from etl.demo.manner import roughen
from etl.demo.month import Month, Standing, live_month
from etl.demo.schedule import FORM, DemoFile, come_by, plan_demo, reporting
from etl.form import Form
from etl.prepare import Prepared
from etl.processes import pool
from etl.template.before import Before, Place, carry_forward, seed_tasks
from etl.template.book import write_template
from etl.template.draft import draft_of
from etl.template.many import FEW, Progress, catalogue_of, seldom_collecting, silent
from etl.template.save import save

Written = tuple[DemoFile, Path]
UNITS_A_JOB = 4


def write_demo(
    prepared: Prepared, out: Path, units: int | None = None, months: int = 12, seed: int = 57,
    now: dt.datetime | None = None, progress: Progress = silent,
) -> list[Written]:  # fmt: skip
    """Write the workbooks a number of units sent for the last months before a moment, in the order they came in."""
    catalogue = prepared.catalogue
    moment = now or clock.now()
    times = last_months(catalogue, months, moment.date())
    chosen = pick(catalogue, units)
    files = come_by(plan_demo(catalogue, times, seed, chosen), moment)
    found: list[Written] = []
    for written in written_by_unit(catalogue, chosen, times, files, seed, out):
        found.extend(written)
        if written:
            progress(len(found), len(files), written[-1][0].file_name)
    return sorted(found, key=lambda each: (each[0].received_at, each[0].unit_code))


def last_months(catalogue: Catalogue, months: int, day: dt.date) -> tuple[Period, ...]:
    """The last monthly periods whose reports were due before a day."""
    form = catalogue.form(FORM)
    rows, settings = catalogue.tables["calendar"], catalogue.settings
    days_off = catalogue.tables.get("holidays", ())
    closed = [
        period for period in periods(rows, settings, dt.date(2020, 1, 1), day, days_off)
        if period.kind == "month" and period.convention == form.convention and period.due_at.date() < day
    ]  # fmt: skip
    return tuple(closed[-months:])


def pick(catalogue: Catalogue, units: int | None) -> tuple[Unit, ...]:
    """So many of the reporting units: first those with tasks of their own, then evenly from all."""
    everyone = reporting(catalogue)
    if units is None or units >= len(everyone):
        return everyone
    known = {row["applies_to"] for row in catalogue.tables.get("tasks", ())}
    first = [unit for unit in everyone if unit.unit_code in known][:units]
    rest = [unit for unit in everyone if unit not in first]
    wanted = units - len(first)
    step = len(rest) / max(1, wanted)
    return tuple(first + [rest[int(index * step)] for index in range(wanted)])


def written_by_unit(
    catalogue: Catalogue,
    units: Sequence[Unit],
    times: tuple[Period, ...],
    files: Sequence[DemoFile],
    seed: int,
    out: Path,
) -> Iterator[list[Written]]:
    """The workbooks of each unit, as they are written."""
    of_unit = {unit.unit_code: [file for file in files if file.unit_code == unit.unit_code] for unit in units}
    codes = list(of_unit)
    if len(files) <= FEW or (os.cpu_count() or 1) == 1:
        for code in codes:
            yield write_unit(catalogue, code, times, of_unit[code], seed, out)
        return
    with pool(os.cpu_count() or 1) as processes:
        jobs: list[Future[list[Written]]] = [
            processes.submit(write_units, catalogue.folder, {code: of_unit[code] for code in some}, times, seed, out)
            for some in (codes[start : start + UNITS_A_JOB] for start in range(0, len(codes), UNITS_A_JOB))
        ]
        for job in as_completed(jobs):
            yield job.result()


def write_units(
    folder: Path, files: Mapping[str, Sequence[DemoFile]], times: tuple[Period, ...], seed: int, out: Path
) -> list[Written]:
    """The work of one process: some units."""
    catalogue = catalogue_of(folder)
    found: list[Written] = []
    with seldom_collecting() as rest:
        for code, those in files.items():
            found.extend(write_unit(catalogue, code, times, those, seed, out, rest))
    return found


def write_unit(
    catalogue: Catalogue, unit_code: str, times: tuple[Period, ...], files: Sequence[DemoFile], seed: int, out: Path,
    rest: Callable[[Path], Path] = lambda path: path,
) -> list[Written]:  # fmt: skip
    """All files of one unit. The next template takes what was accepted last; the unit goes on whatever it sent."""
    form, unit = catalogue.form(FORM), catalogue.unit(unit_code)
    who = character(catalogue, unit, seed)
    standing = Standing(seed_tasks(catalogue, unit))
    accepted: tuple[int, Month] | None = None
    found: list[Written] = []
    for index, period in enumerate(times):
        said, standing = live_month(catalogue, form, who, period, index, standing, seed)
        mine = [file for file in files if file.period == period.period]
        before = before_of(catalogue, form, accepted, index)
        for file in mine:
            path = rest(write_file(catalogue, form, unit, file, period, times[index - 1], said, before, seed, out))
            found.append((file, path))
            if file.kind != "faulty":
                accepted = index, said
    return found


def before_of(catalogue: Catalogue, form: Form, accepted: tuple[int, Month] | None, index: int) -> Before:
    """What the template takes from the last report that was accepted; numbers only of the month just before."""
    if accepted is None:
        return Before()
    last, said = accepted
    numbers: dict[Place, float] = {
        (sheet, code, column_id): float(value)
        for sheet, rows in said.sheets.items() if last == index - 1
        for code, row in rows.items() for column_id, value in row.items() if isinstance(value, int | float)
    }  # fmt: skip
    return carry_forward(catalogue, form, numbers, said.tasks, said.cover)


def write_file(
    catalogue: Catalogue, form: Form, unit: Unit, file: DemoFile, period: Period, last: Period, said: Month,
    before: Before, seed: int, out: Path,
) -> Path:  # fmt: skip
    """One file: the unit's template, filled in, with what goes wrong in it."""
    dice = chance(seed, "file", file.unit_code, file.period, file.number)
    said = understated(said) if file.manner == "hasty" else said
    said = say_wrong(said, file.fault, dice)
    said = replace(said, cover={**said.cover, "submission_no": file.number, "signed_date": file.received_at.date()})
    stamped = last if file.fault == "wrong_month" else period
    book = write_template(catalogue, form, unit, stamped, before)
    draft = draft_of(catalogue, form, unit, stamped.period)
    fill(book, draft, said)
    spoil(book, file.fault, dice)
    if file.manner == "rough":
        roughen(book, draft, dice)
    folder = out / file.period
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file.file_name
    save(book, path)
    return path
