"""What the reader has chosen: a period and which units, with the months it is made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from queries.held import Rows

MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Scope:
    """A period and a choice of units, made out once: questions need not look the calendar up again.

    Months are in order, the earliest first; an empty choice of kind or district means all units.
    """

    period: str
    period_kind: str
    date_from: dt.date
    date_to: dt.date
    months: tuple[str, ...]
    """The months the period is made of; a month is made of itself."""
    before: tuple[str, ...]
    """The months of the period of the same kind before; empty where there is none."""
    period_before: str
    """That period itself, "" where there is none."""
    shown: tuple[str, ...]
    """The last twelve months until the end of the period."""
    kind: str = ""
    district: str = ""

    @property
    def is_month(self) -> bool:
        """Whether the period is a single month, so that nothing need be put together."""
        return self.months == (self.period,)

    @property
    def choice(self) -> dict[str, object]:
        """The choice of units, by the names that `units_of` gives them."""
        chosen = {"kind": self.kind, "district": self.district}
        return {name: value for name, value in chosen.items() if value}

    def units_of(self, table: str) -> str:
        """The condition that a table's unit is one of those chosen; none where all are."""
        those = f"select unit_code from unit u where true {self.chosen_in('u')}"
        return f"and {table}.unit_code in ({those})" if self.choice else ""

    def chosen_in(self, table: str) -> str:
        """The same for a table that holds kind and old district itself."""
        columns = {"kind": "kind", "district": "old_district"}
        return "".join(f" and {table}.{columns[name]} = ${name}" for name in self.choice)

    def chosen(self, units: Rows) -> Rows:
        """Those of the units (`held.UNITS`) that are chosen."""
        return [
            unit for unit in units if self.kind in ("", unit[2]) and (not self.district or unit[3] == self.district)
        ]


def made_out(con: DuckDBPyConnection, period: str, kind: str = "", district: str = "") -> Scope:
    """The scope of a period and a choice of units. Raises KeyError for a period the calendar does not have."""
    rows = con.execute("select period, kind, date_from, date_to from period order by date_to, date_from").fetchall()
    mine = next((row for row in rows if row[0] == period), None)
    if mine is None:
        raise KeyError(period)
    _, period_kind, date_from, date_to = mine
    months = [row for row in rows if row[1] == "month"]
    earlier = [row for row in rows if row[1] == period_kind and row[3] < date_from]
    period_before, _, *before = earlier[-1] if earlier else ("", "")
    return Scope(
        period=period, period_kind=period_kind, date_from=date_from, date_to=date_to, kind=kind, district=district,
        months=tuple(row[0] for row in months if date_from <= row[2] and row[3] <= date_to),
        before=tuple(row[0] for row in months if before and before[0] <= row[2] and row[3] <= before[1]),
        period_before=period_before, shown=tuple(row[0] for row in months if row[3] <= date_to)[-MONTHS_SHOWN:],
    )  # fmt: skip


def last_month(con: DuckDBPyConnection, scope: Scope) -> Scope:
    """The last month of a period, of the same units: what is said month by month is said of it."""
    return scope if scope.is_month else made_out(con, scope.months[-1], scope.kind, scope.district)
