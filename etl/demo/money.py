"""A unit's money for the work in a month: spent so far in the year, never more than was approved."""

from __future__ import annotations

from collections.abc import Mapping

from etl.demo.chance import chance
from etl.demo.character import Character
from etl.form import SheetForm

Row = dict[str, object]
YEARLY = {"NSNN": (40, 320), "XA_HOI_HOA": (0, 60)}
"""Million đồng a year, from and to."""
FUNDED = (0.6, 0.92)
"""How many units have money of a source that may be nothing, and of one that is not."""
MILLION = 1_000_000


def money(
    who: Character, form: SheetForm, year: int, month: int, spent: Mapping[str, int], seed: int
) -> tuple[Mapping[str, Row], Mapping[str, int]]:
    """The rows of the sheet by source, and what is spent now. `spent`: so far this year."""
    rows: dict[str, Row] = {}
    now: dict[str, int] = {}
    for item in form.items:
        low, high = YEARLY.get(item.code, (0, 0))
        budget = chance(seed, "budget", who.unit.unit_code, item.code, year)
        approved = round(budget.uniform(low, high)) * MILLION if budget.random() < FUNDED[bool(low)] else 0
        before = spent.get(item.code, 0)
        dice = chance(seed, "spending", who.unit.unit_code, item.code, year, month)
        wanted = round(approved * month / 12 * dice.uniform(0.7, 0.95) / 100_000) * 100_000
        now[item.code] = max(before, min(approved, wanted))
        rows[item.code] = {
            "requested": round(approved * 1.2 / MILLION) * MILLION, "approved": approved,
            "spent_period": now[item.code] - before, "spent_cum": now[item.code],
        }  # fmt: skip
    return rows, now
