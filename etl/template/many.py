"""A template for each of many units, written by several processes."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from etl.calendar import Period
from etl.catalogue import Catalogue, Unit, load_catalogue
from etl.form import Form
from etl.processes import pool
from etl.template.before import Before
from etl.template.book import write_template
from etl.template.save import save
from etl.template.stamps import file_name

FEW = 12
"""Up to so many workbooks, starting other processes takes longer than writing."""
BATCH = 10
WORTH_COLLECTING = 20
"""So many workbooks between two collections of garbage."""
Progress = Callable[[int, int, str], None]
"""Called with workbooks written, workbooks in all and the name of the last one."""


def silent(done: int, total: int, name: str) -> None:
    """Progress nobody watches."""


def write_many(
    catalogue: Catalogue, form: Form, units: Sequence[Unit], period: Period, befores: Mapping[str, Before], out: Path,
    progress: Progress = silent,
) -> list[Path]:  # fmt: skip
    """Write the template of each unit into a folder. `befores` by unit_code."""
    out.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for path in written(catalogue, form, units, period, befores, out):
        paths.append(path)
        progress(len(paths), len(units), path.name)
    return sorted(paths)


def written(
    catalogue: Catalogue, form: Form, units: Sequence[Unit], period: Period, befores: Mapping[str, Before], out: Path
) -> Iterator[Path]:
    """The paths, as they are written."""
    if len(units) <= FEW or (os.cpu_count() or 1) == 1:
        for unit in units:
            yield write_one(catalogue, form, unit, period, befores.get(unit.unit_code, Before()), out)
        return
    batches = [units[start : start + BATCH] for start in range(0, len(units), BATCH)]
    with pool(os.cpu_count() or 1) as processes:
        jobs = [
            processes.submit(write_batch, catalogue.folder, form.form_id, [unit.unit_code for unit in batch], period,
                        {unit.unit_code: befores[unit.unit_code] for unit in batch if unit.unit_code in befores}, out)
            for batch in batches
        ]  # fmt: skip
        for job in as_completed(jobs):
            yield from job.result()


def write_batch(
    folder: Path, form_id: str, unit_codes: Sequence[str], period: Period, befores: Mapping[str, Before], out: Path
) -> list[Path]:
    """The work of one process: the catalogue is read there once, not sent along."""
    catalogue = catalogue_of(folder)
    form = catalogue.form(form_id)
    with seldom_collecting() as rest:
        return [
            rest(write_one(catalogue, form, catalogue.unit(unit_code), period, befores.get(unit_code, Before()), out))
            for unit_code in unit_codes
        ]


@contextmanager
def seldom_collecting() -> Iterator[Callable[[Path], Path]]:
    """Keep the collector of garbage from walking half-made workbooks: it would take a third of the time.

    The function it gives is called with each finished workbook and collects now and then.
    """
    finished = 0

    def rest(path: Path) -> Path:
        nonlocal finished
        finished += 1
        if finished % WORTH_COLLECTING == 0:
            gc.collect()
        return path

    was_on = gc.isenabled()
    gc.disable()
    try:
        yield rest
    finally:
        if was_on:
            gc.enable()


@lru_cache(maxsize=2)
def catalogue_of(folder: Path) -> Catalogue:
    """The catalogue of a folder."""
    return load_catalogue(folder)


def write_one(catalogue: Catalogue, form: Form, unit: Unit, period: Period, before: Before, out: Path) -> Path:
    """One template into a folder."""
    path = out / file_name(form, unit, period)
    save(write_template(catalogue, form, unit, period, before), path)
    return path
