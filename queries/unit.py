"""One unit: what it sent, where its indicators stand among its peers and against its own past, in its own words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame
from queries.held import held
from queries.judging import judged
from queries.scope import Scope
from queries.value import GROWS, sides_over, value_of


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


def standing(con: DuckDBPyConnection, scope: Scope, unit_code: str) -> pd.DataFrame:
    """Every indicator of a unit over the period, beside the other units of its kind.

    Columns: indicator, group_name, name, unit, direction, value, numerator, denominator, before, change, small
    (denominator under the least), place (in the kind, equal values share it; NaN where small), peers (units of the kind
    compared), and the verdict of `judging.VERDICT`.
    """
    (now, months), (before, months_before) = sides_over(scope.months, "now"), sides_over(scope.before, "before")
    asked = con.execute(
        f"""
        with side as (
            select v.unit_code, v.indicator, i.direction, v.numerator, v.denominator, v.gave,
                v.denominator is not null and v.denominator < coalesce(i.min_denominator, 1) as small,
                {value_of("v.numerator", "v.denominator")} as value
            from ({now}) v join indicator i using (indicator)
            where v.unit_code in (
                  select unit_code from unit where kind = (select kind from unit where unit_code = $unit))
        ),
        mine as (select indicator, numerator, denominator, gave, small, value from side where unit_code = $unit),
        compared as (
            select m.indicator, count(s.value) as peers,
                1 + sum((case when s.direction = 'down' then s.value < m.value else s.value > m.value end)::integer)
                    as place
            from mine m join side s using (indicator)
            where not s.small and not m.small and m.value is not null and s.value is not null
            group by m.indicator
        ),
        past as (select indicator, numerator, denominator, gave from ({before}) where unit_code = $unit)
        select i.scheme, i.target_id, i.min_denominator, i.indicator, i.group_name, i.name, i.unit, i.direction,
            m.value, m.numerator, m.denominator,
            if({GROWS} and m.gave <> p.gave, null, {value_of("p.numerator", "p.denominator")}) as before,
            m.value - before as change, m.small, c.place, c.peers
        from mine m
        join indicator i using (indicator)
        left join compared c using (indicator)
        left join past p using (indicator)
        order by i.group_code, i.indicator
        """,
        {"unit": unit_code, **months, **months_before},
    )
    names = [column[0] for column in asked.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in asked.fetchall()]
    return judged(held(con), scope.date_to, rows, names)


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

    Columns: kind, text, to_level, cell (where it was written last).
    """
    return frame(
        con.execute(
            """
            select m.kind, m.text, m.to_level, arg_max(m.cell, r.period) as cell
            from report r join remark m on m.submission_id = r.current_submission_id
            where r.unit_code = $unit and list_contains($months, r.period)
            group by m.kind, m.text, m.to_level
            order by m.kind, max(r.period), cell
            """,
            {"unit": unit_code, "months": list(months)},
        )
    )
