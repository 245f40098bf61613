"""What we understood of a workbook: the numbers, tasks and remarks of one unit and period."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from etl.findings import Finding


class Observation(NamedTuple):
    """One number with the cell it was read from; value None means "not applicable" (KAD)."""

    sheet: str
    item_code: str
    theme_code: str | None
    measure: str
    value: float | None
    cell: str


Fact = tuple[str, str, str | None, str, float | None, str]
"""An observation on its way into columns: hundreds are made, and naming the fields of each would take the longest."""
Number = tuple[int, str, float]
"""Where a number stands in the columns of observations, its item_code and its value."""


@dataclass(frozen=True)
class Observations:
    """The numbers of a report, column by column: so they travel between processes and are stored many times faster."""

    columns: tuple[tuple[Any, ...], ...] = ()
    """In the order of the fields of `Observation`; none where there is no number."""

    @classmethod
    def of(cls, rows: Iterable[Fact]) -> Observations:
        """Numbers read one by one."""
        return cls(tuple(zip(*rows, strict=True)))

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def __iter__(self) -> Iterator[Observation]:
        return map(Observation._make, zip(*self.columns, strict=True))

    def numbers_of(self, measure: str) -> Sequence[Number]:
        """The numbers of a measure, those by theme left out."""
        return self.by_measure.get(measure, ())

    def above_zero(self, measure: str) -> Sequence[Number]:
        """Those of them that are above 0."""
        found = self.looked_up.get(measure)
        if found is None:
            found = self.looked_up[measure] = [each for each in self.numbers_of(measure) if each[2] > 0]
        return found

    def amounts_of(self, measure: str) -> Mapping[str, float]:
        """The same by item_code."""
        found = self.amounts.get(measure)
        if found is None:
            found = self.amounts[measure] = {item: value for _, item, value in self.above_zero(measure)}
        return found

    @cached_property
    def looked_up(self) -> dict[str, list[Number]]:
        """What `above_zero` found: the same few measures are asked for by several rules."""
        return {}

    @cached_property
    def amounts(self) -> dict[str, Mapping[str, float]]:
        """What `amounts_of` found."""
        return {}

    @cached_property
    def by_measure(self) -> Mapping[str, Sequence[Number]]:
        """The numbers of each measure, those by theme left out."""
        found: defaultdict[str, list[Number]] = defaultdict(list)
        if self.columns:
            _, items, themes, measures, values, _ = self.columns
            for place, (item, theme, measure, value) in enumerate(zip(items, themes, measures, values, strict=True)):
                if theme is None and value is not None:
                    found[measure].append((place, item, value))
        return found


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


ReportKey = tuple[str, str, str]
"""unit_code, period, form_id"""


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
    observations: Observations = Observations()
    tasks: tuple[Task, ...] = ()
    remarks: tuple[Remark, ...] = ()
    cover: Mapping[str, object] = field(default_factory=dict)
    """column_id -> value of the cover sheet (text, number, date or bool)."""
    findings: tuple[Finding, ...] = ()
    nothing_in: tuple[str, ...] = ()
    """Sheets for which the unit declares "không phát sinh"; "*" for the whole report."""
    cells_required: int = 0
    cells_filled: int = 0

    @property
    def key(self) -> ReportKey:
        """What tells this report from all others, whatever its version."""
        return self.unit_code, self.period, self.form_id

    @property
    def refused(self) -> bool:
        """Whether something must be corrected before the report can be loaded."""
        return any(finding.severity == "error" for finding in self.findings)
