"""What we understood of a workbook: the numbers, tasks and remarks of one unit and period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import NamedTuple

from etl.findings import Finding


class Observation(NamedTuple):
    """One number with the cell it was read from; value None means "not applicable" (KAD)."""

    sheet: str
    item_code: str
    theme_code: str | None
    measure: str
    value: float | None
    cell: str


class Task(NamedTuple):
    """One line of the task register, in the order of the table `task`."""

    task_id: str
    task_group: str | None
    title: str | None
    source_doc: str | None
    lead_role: str | None
    responsible: str | None
    coop: str | None
    kind: str | None
    start_date: dt.date | None
    due_date: dt.date | None
    due_text: str | None
    product: str | None
    status: str | None
    progress: float | None
    done_date: dt.date | None
    evidence: str | None
    obstacle: str | None
    cell: str


class Remark(NamedTuple):
    """A difficulty, proposal, good model or plan, in the unit's own words."""

    kind: str
    text: str
    to_level: str | None
    cell: str


@dataclass(frozen=True)
class Report:
    """One unit's report of one period, as read from one workbook."""

    form_id: str
    unit_code: str
    period: str
    observations: tuple[Observation, ...] = ()
    tasks: tuple[Task, ...] = ()
    remarks: tuple[Remark, ...] = ()
    cover: Mapping[str, object] = field(default_factory=dict)
    """column_id -> value of the cover sheet (text, number, date or bool)."""
    findings: tuple[Finding, ...] = ()
    nothing_in: tuple[str, ...] = ()
    """Sheets for which the unit declares "không phát sinh"; "*" for the whole report."""
    cells_required: int = 0
    cells_filled: int = 0

    @cached_property
    def by_measure(self) -> Mapping[str, Sequence[Observation]]:
        """The observations of each measure, those by theme left out."""
        found: dict[str, list[Observation]] = {}
        for each in self.observations:
            if each.theme_code is None:
                found.setdefault(each.measure, []).append(each)
        return found

    def __getstate__(self) -> dict[str, object]:
        """For the way from a worker process: observations as columns, which travel six times faster."""
        columns = tuple(zip(*self.observations, strict=True))
        return {field.name: getattr(self, field.name) for field in fields(self)} | {"observations": columns}

    def __setstate__(self, state: dict[str, object]) -> None:
        """And back."""
        columns = state["observations"]
        assert isinstance(columns, tuple)
        self.__dict__.update(state, observations=tuple(map(Observation._make, zip(*columns, strict=True))))

    @property
    def refused(self) -> bool:
        """Whether something must be corrected before the report can be loaded."""
        return any(finding.severity == "error" for finding in self.findings)
