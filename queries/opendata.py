"""What may be given to everybody: totals, number by number and unit by unit, in an order that never changes."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame
from queries.scope import Scope


def numbers(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Every number of the current reports of a period's months, as it was written.

    Columns: period, unit_code, unit, unit_kind, form_id, version, sheet, cell, measure, measure_name, item_code,
    item_name, theme_code, theme_name, value.
    """
    return frame(
        con.execute(
            f"""
            with item as (
                select channel_code as code, name from channel
                union all select audience_code, name from audience
                union all select item_code, name from skill
                union all select code, label from list_item where list_id in ('dossiers', 'fund_source')
                union all select product_code, name from product
            ),
            label as (
                select measure, form_id, any_value(label) as label from measure_name group by measure, form_id
            )
            select s.period, s.unit_code, u.full_name as unit, u.kind as unit_kind, s.form_id, s.version, o.sheet,
                o.cell, o.measure, l.label as measure_name, o.item_code, i.name as item_name, o.theme_code,
                coalesce(t.short_name, t.name) as theme_name, o.value
            from current_submission s
            join observation o using (submission_id)
            join unit u using (unit_code)
            left join label l on l.measure = o.measure and l.form_id = s.form_id
            left join item i on i.code = o.item_code
            left join theme t on t.theme_code = o.theme_code
            where list_contains($months, s.period) and o.value is not null {scope.units_of("s")}
            order by s.period, s.unit_code, s.form_id, o.sheet, o.measure, o.item_code, o.theme_code, o.cell
            """,
            {"months": list(scope.months), **scope.choice},
        )
    )


def indicator_values(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Every indicator of every unit and month of a period; value is in its unit of measurement (% is 0 to 100).

    Columns: period, indicator, indicator_name, unit_code, unit, unit_kind, numerator, denominator, value,
    unit_of_measurement.
    """
    return frame(
        con.execute(
            f"""
            select v.period, v.indicator, i.name as indicator_name, v.unit_code, u.full_name as unit,
                u.kind as unit_kind, v.numerator, v.denominator, v.value, i.unit as unit_of_measurement
            from indicator_value v
            join indicator i using (indicator)
            join unit u using (unit_code)
            where list_contains($months, v.period) and v.numerator is not null {scope.units_of("v")}
            order by v.period, v.indicator, v.unit_code
            """,
            {"months": list(scope.months), **scope.choice},
        )
    )


def units(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """What came of each report owed for a period's months.

    Columns: period, unit_code, unit, unit_kind, old_district, form_id, due_at, state (accepted | returned | missing),
    first_received_at, on_time, submissions.
    """
    return frame(
        con.execute(
            f"""
            select r.period, r.unit_code, u.full_name as unit, u.kind as unit_kind, u.old_district, r.form_id, r.due_at,
                r.state, r.first_received_at, r.on_time, r.submissions
            from reporting r
            join unit u using (unit_code)
            where list_contains($months, r.period) {scope.units_of("r")}
            order by r.period, r.unit_code, r.form_id
            """,
            {"months": list(scope.months), **scope.choice},
        )
    )
