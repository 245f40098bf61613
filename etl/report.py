"""What we understood of a workbook: the numbers, tasks and remarks of one unit and period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from typing import NamedTuple, cast

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

    columns: tuple[tuple[object, ...], ...] = ()
    """In the order of the fields of `Observation`; none where there is no number."""

    @classmethod
    def of(cls, rows: Iterable[Fact]) -> Observations:
        """Numbers read one by one."""
        return cls(tuple(zip(*rows, strict=True)))

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def __iter__(self) -> Iterator[Observation]:
        return map(Observation._make, zip(*self.columns, strict=True))

    def above_zero(self, measure: str) -> Sequence[Number]:
        """The numbers of a measure above 0, those by theme left out."""
        found = self.looked_up.get(measure)
        if found is None:
            found = self.looked_up[measure] = list(self.numbers_of(measure, 0))
        return found

    def numbers_of(self, measure: str, above: float = -inf) -> Iterator[Number]:
        """The numbers of a measure that are above another, those by theme left out."""
        if places := self.places.get(measure):
            _, items, _, _, values, _ = self.columns
            for place in places:
                if isinstance(value := values[place], float) and value > above:
                    yield place, cast("str", items[place]), value

    @cached_property
    def looked_up(self) -> dict[str, list[Number]]:
        """What `above_zero` found: the same few measures are asked for by several rules."""
        return {}

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """Where the numbers of each measure stand in the columns."""
        found: dict[str, list[int]] = {}
        if self.columns:
            _, _, themes, measures, *_ = self.columns
            for place, (theme, measure) in enumerate(zip(themes, measures, strict=True)):
                if theme is None:
                    found.setdefault(str(measure), []).append(place)
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
