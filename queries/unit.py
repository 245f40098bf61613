"""One unit: what it sent, where its indicators stand among its peers and against its own past, in its own words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame, with_columns
from queries.held import held
from queries.indicators import NOTHING, Sides, grows, known_of, moved
from queries.judging import judged
from queries.ranks import place_of
from queries.scope import Scope
from queries.value import sides_over, value_of


def units(con: DuckDBPyConnection) -> pd.DataFrame:
    """Every unit there is or was, in Vietnamese order. Columns: unit_code, unit, kind, old_district, valid_to."""
    return frame(
        con.execute(
            """
            select unit_code, full_name as unit, kind, old_district, valid_to from unit
            order by valid_to is not null, name collate vi, unit_code
            """
        )
    )


def of_today(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """The units of a choice that there are today, in Vietnamese order. Columns: unit_code, unit."""
    return frame(
        con.execute(
            f"""
            select unit_code, full_name as unit from unit u
            where valid_to is null {scope.chosen_in("u")}
            order by name collate vi, unit_code
            """,
            scope.choice,
        )
    )


def places(con: DuckDBPyConnection) -> pd.DataFrame:
    """Where the units of today lie. Columns: unit_code, kind, x, y (degrees east and north), area_km2."""
    return frame(
        con.execute(
            """
            select unit_code, kind, x, y, coalesce(area_km2, 0) as area_km2 from unit
            where kind not in ('co_quan', 'huyen') and valid_to is null and x is not null and y is not null
            order by unit_code
            """
        )
    )


STANDING = (
    "indicator", "group_name", "name", "unit", "direction", "value", "numerator", "denominator", "before", "change",
    "small",
)  # fmt: skip


def standing(con: DuckDBPyConnection, scope: Scope, unit_code: str) -> pd.DataFrame:
    """Every indicator of a unit over the period.

    Columns: indicator, group_name, name, unit, direction, value, numerator, denominator, before, change, small
    (denominator under the least), and the verdict of `judging.VERDICT`.
    """
    now, before = (of_unit(con, months, unit_code) for months in (scope.months, scope.before))
    catalogue, rows = held(con), []
    for code, how in known_of(catalogue).items():
        if code not in now:
            continue
        (sides, gave), (was, gave_before) = now[code], before.get(code, (NOTHING, 0))
        row = moved(how, sides, NOTHING if grows(how) and gave_before != gave else was)
        least = 1 if how["min_denominator"] is None else how["min_denominator"]
        rows.append({**row, "small": sides.denominator is not None and sides.denominator < least})
    return judged(catalogue, scope.date_to, rows, STANDING)


def peers(con: DuckDBPyConnection, scope: Scope, kind: str) -> pd.DataFrame:
    """What the units of a kind are compared by over the period, small denominators left out.

    Columns: indicator, values (of all units that have one, the least first).
    """
    of_kind = "and unit_code in (select unit_code from unit where kind = $kind)"
    sides, given = sides_over(scope.months, "months", of_kind)
    value = value_of("v.numerator", "v.denominator")
    known = frame(
        con.execute(
            f"""
            select v.indicator, list({value}) filter ({value} is not null) as values
            from ({sides}) v join indicator i using (indicator)
            where v.numerator is not null and coalesce(v.denominator >= coalesce(i.min_denominator, 1), true)
            group by v.indicator order by v.indicator
            """,
            {**given, "kind": kind},
        )
    )
    return known.assign(values=known["values"].map(np.sort, na_action="ignore"))


def placed(standing: pd.DataFrame, peers: pd.DataFrame) -> pd.DataFrame:
    """The indicators of a unit beside the other units of its kind, with two more columns: place (equal values share it)
    and peers (units of the kind compared); None where there is no value, or it is of a small denominator.
    """
    among = dict(zip(peers["indicator"], peers["values"], strict=True))
    asked = zip(*(standing[name] for name in ("indicator", "value", "small", "direction")), strict=True)
    place, counted = np.full((2, len(standing)), None)
    for at, (code, value, small, direction) in enumerate(asked):
        if not small and value is not None:
            best = -1 if direction == "down" else 1
            place[at], counted[at] = place_of(value, among[code], best), len(among[code])
    return with_columns(standing, {"place": place, "peers": counted})


def of_unit(con: DuckDBPyConnection, months: Sequence[str], unit_code: str) -> dict[str, tuple[Sides, int]]:
    """The sides of a unit's indicators over months, and how many of the months gave them."""
    sides, given = sides_over(months, "months", "and unit_code = $unit")
    asked = con.execute(f"select indicator, numerator, denominator, gave from ({sides})", {**given, "unit": unit_code})
    return {code: (Sides(top, under, 1), gave) for code, top, under, gave in asked.fetchall()}


def history(con: DuckDBPyConnection, unit_code: str, months: Sequence[str]) -> pd.DataFrame:
    """The values of every indicator of a unit, month by month, oldest first. Columns: indicator, period, value."""
    return frame(
        con.execute(
            """
            select indicator, period, value from indicator_value
            where unit_code = $unit and period between $first and $last and list_contains($months, period)
            order by indicator, period
            """,
            {"unit": unit_code, "first": months[0], "last": months[-1], "months": list(months)},
        )
    )


def reports(con: DuckDBPyConnection, unit_code: str) -> pd.DataFrame:
    """Every file received from a unit, latest period first.

    Columns: period, period_name, form_id, version, status, file_name, file_sha256, received_at, loaded_by, errors,
    explains, notes, on_time (of the report), submission_id.
    """
    return frame(
        con.execute(
            """
            select s.period, coalesce(p.name, s.period) as period_name, s.form_id, s.version, s.status, s.file_name,
                s.file_sha256, s.received_at, s.loaded_by, s.errors, s.explains, s.notes, r.on_time, s.submission_id
            from submission s
            left join period p using (period)
            left join report r on r.unit_code = s.unit_code and r.period = s.period and r.form_id = s.form_id
            where s.unit_code = $unit
            order by p.date_to desc, s.form_id, s.version desc
            """,
            {"unit": unit_code},
        )
    )


def remarks(con: DuckDBPyConnection, unit_code: str, months: Sequence[str]) -> pd.DataFrame:
    """What a unit wrote of difficulties, proposals, good models; what it wrote in several months stands once.

    Columns: kind, text, levels (to whom, codes parted by commas), cell (where it was written last).
    """
    return frame(
        con.execute(
            """
            select m.kind, m.text, coalesce(string_agg(distinct m.to_level, ',' order by m.to_level), '') as levels,
                arg_max(m.cell, r.period) as cell
            from report r join remark m on m.submission_id = r.current_submission_id
            where r.unit_code = $unit and list_contains($months, r.period)
            group by m.kind, m.text
            order by m.kind, max(r.period), cell
            """,
            {"unit": unit_code, "months": list(months)},
        )
    )
