"""Some of the work: the tasks that one part of the units leads, the tasks of one group, or both.

Indicators know groups but not who leads, so what is asked of some of the work is counted from the tasks themselves, by
the same rules: a cancelled task counts nowhere, open overdue work counts as due.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame
from queries.judging import judged
from queries.scope import Scope

SIDES = {"TC02": ("on_time", "due"), "TC01": ("done", "total"), "TC03": ("overdue", "due"), "TC05": ("clear", "total")}
"""The indicators of tasks, and which counts each is made of."""
TOLD = """
    case when state <> 'cancelled' then 1 end as total,
    case when state = 'done_on_time' or state = 'done_late' then 1 end as done,
    case when state <> 'cancelled' and due_on <= cut_off then 1 end as due,
    case when state = 'done_on_time' and due_on <= cut_off then 1 end as on_time,
    case state when 'overdue' then 1 end as overdue,
    case when state <> 'cancelled' and five_clear then 1 end as clear
"""
"""What a task counts as."""


@dataclass(frozen=True, slots=True)
class Work:
    """A choice of tasks; empty means all."""

    role: str = ""
    group: str = ""

    def __bool__(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.role or self.group)

    @property
    def choice(self) -> dict[str, object]:
        """What is chosen, by the names that `of` gives it."""
        chosen = {"role": self.role, "task_group": self.group}
        return {name: value for name, value in chosen.items() if value}

    def of(self, table: str) -> str:
        """The condition that a table's task is one of those chosen; none where all are."""
        role = f"and coalesce({table}.lead_role, 'U00') = $role" if self.role else ""
        return f"{role} and {table}.task_group = $task_group" if self.group else role


ALL = Work()
KNOWN = (
    "indicator", "scheme", "target_id", "min_denominator", "name", "unit", "direction", "numerator_text",
    "denominator_text", "caveat",
)  # fmt: skip
FOUND = ("value", "numerator", "denominator", "units", "before", "change")
Month = Mapping[Any, Any]
"""The counts of one month, or what is worked out from them, by name."""


def roles(con: DuckDBPyConnection) -> dict[str, str]:
    """The parts of today's units that may lead work, by role_code; work nobody is named for comes last."""
    rows = con.execute(
        "select role_code, name from role where valid_to is null order by role_code = 'U00', role_code"
    ).fetchall()
    return dict(rows)


def groups(con: DuckDBPyConnection) -> dict[str, str]:
    """The seven groups of tasks."""
    return dict(
        con.execute("select task_group, coalesce(short_name, name) from task_group order by task_group").fetchall()
    )


def by_month(con: DuckDBPyConnection, scope: Scope, work: Work) -> pd.DataFrame:
    """The tasks chosen, month by month, oldest first.

    Columns: period, units (that have any), total, done, due, on_time, overdue, clear (all of the five clarities).
    """
    return frame(
        con.execute(
            f"""
        select period, count(distinct unit_code) as units, count(total) as total, count(done) as done,
            count(due) as due, count(on_time) as on_time, count(overdue) as overdue, count(clear) as clear
        from (
            select period, unit_code, {TOLD}
            from current_task t
            where period between $first and $last and list_contains($months, period)
              {work.of("t")} {scope.units_of("t")})
        group by period
        order by period
        """,
            {
                "first": scope.shown[0], "last": scope.shown[-1], "months": list(scope.shown),
                **work.choice, **scope.choice,
            },
        )
    )  # fmt: skip


def history(con: DuckDBPyConnection, scope: Scope, work: Work) -> pd.DataFrame:
    """The indicators of the tasks chosen, month by month, as `indicators.history` gives them for all."""
    months = by_month(con, scope, work)
    sides = [
        months.assign(indicator=code, numerator=months[top], denominator=months[under])
        for code, (top, under) in SIDES.items()
    ]
    whole = pd.concat(sides, ignore_index=True)
    whole["value"] = 100 * whole["numerator"] / whole["denominator"].where(whole["denominator"] > 0)
    return whole[["indicator", "period", "value", "numerator", "denominator", "units"]]


def standing(con: DuckDBPyConnection, scope: Scope, work: Work) -> pd.DataFrame:
    """Where the indicators of the tasks chosen stand, as `indicators.standing` gives it for all."""
    asked = con.execute(f"select {', '.join(KNOWN)} from indicator where list_contains($codes, indicator)",
                        {"codes": list(SIDES)})  # fmt: skip
    known = {str(row[0]): dict(zip(KNOWN, row, strict=True)) for row in asked.fetchall()}
    months = {str(row["period"]): row for row in by_month(con, scope, work).to_dict("records")}
    now, before = months.get(scope.months[-1], {}), months.get((scope.before or ("",))[-1], {})
    rows = [{**known[code], **moved(code, now, before)} for code in SIDES if code in known]
    return judged(con, scope.date_to, rows, [*KNOWN, *FOUND])


def moved(code: str, now: Month, before: Month) -> Month:
    """What FOUND names, of an indicator in a month against the month before."""
    top, under = SIDES[code]
    value, was = share(now.get(top), now.get(under)), share(before.get(top), before.get(under))
    change = None if value is None or was is None else value - was
    return dict(zip(FOUND, (value, now.get(top), now.get(under), now.get("units", 0), was, change), strict=True))


def share(part: Any, whole: Any) -> float | None:
    """Per cent, None where there is nothing to be a part of."""
    return 100 * part / whole if whole else None
