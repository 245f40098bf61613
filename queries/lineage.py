"""Which cell of which file is this number?"""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame
from queries.scope import Scope

WRITTEN = {
    "channel_active": "products", "channel_possible": "products", "channel_kept": "products",
    "channels_active": "products", "channels_planned": "products", "themes_covered": "products_by_theme",
    "themes_core": "products_by_theme", "cells_filled_theme": "products_by_theme",
    "cells_possible_theme": "products_by_theme", "audiences_covered": "attendances", "audiences_core": "attendances",
    "portal_column_live": "has_portal_column",
}  # fmt: skip
"""What is worked out, and the written numbers it is worked out from; tasks and reports have questions of their own."""
TERMS = """
    select t.side, coalesce(if(b.value is null, s.base, 'base'), t.measure) as measure,
        if(s.base is not null and b.value is null, '', t.items) as items, t.coefficient
    from indicator_term t
    left join skill s on t.measure = 'skill_base' and s.item_code = t.items
    left join current_measure b
        on b.unit_code = $unit_code and b.period = $period and b.measure = 'base' and b.item_code = s.item_code
    where t.indicator = $code
"""
"""The sides of an indicator; what a skill is a share of is written in its own row, or on the cover."""
TASK_MEASURES = frozenset({
    "tasks_total", "tasks_done", "tasks_due", "tasks_on_time", "tasks_overdue", "tasks_late", "days_late",
    "tasks_with_progress", "progress_total", "tasks_five_clear", "tasks_with_evidence",
})  # fmt: skip


def indicators(con: DuckDBPyConnection) -> pd.DataFrame:
    """What can be traced.

    Columns: indicator, name, unit, numerator, denominator, scale, source, source_class, caveat, numerator_text,
    denominator_text.
    """
    return frame(
        con.execute(
            """
            select indicator, name, unit, numerator, denominator, scale, source, source_class, caveat, numerator_text,
                denominator_text
            from indicator order by indicator
            """
        )
    )


def names(con: DuckDBPyConnection) -> dict[str, str]:
    """What each measure, channel, audience, theme, skill and printed row is called."""
    rows = con.execute(
        """
        select measure, any_value(label) from measure_name group by measure
        union all select channel_code, name from channel
        union all select theme_code, coalesce(short_name, name) from theme
        union all select audience_code, name from audience
        union all select item_code, name from skill
        union all select code, label from list_item where list_id in ('dossiers', 'fund_source')
        """
    ).fetchall()
    return dict(rows)


def units_behind(con: DuckDBPyConnection, scope: Scope, indicator: str) -> pd.DataFrame:
    """The units an indicator of the city is made of, greatest denominator first.

    Columns: unit_code, unit, kind, numerator, denominator, value.
    """
    return frame(
        con.execute(
            f"""
            select v.unit_code, u.full_name as unit, u.kind, v.numerator, v.denominator, v.value
            from indicator_value v join unit u using (unit_code)
            where v.period = $period and v.indicator = $indicator and v.numerator is not null {scope.units_of("v")}
            order by coalesce(v.denominator, v.numerator) desc, u.name collate vi
            """,
            {"period": scope.months[-1], "indicator": indicator, **scope.choice},
        )
    )


def of_unit(con: DuckDBPyConnection, indicator: str, unit_code: str, period: str) -> pd.DataFrame:
    """The same for one unit in any period it has reported of; no row where it lacks the indicator."""
    return frame(
        con.execute(
            """
            select v.unit_code, u.full_name as unit, u.kind, v.numerator, v.denominator, v.value
            from indicator_value v join unit u using (unit_code)
            where v.period = $period and v.indicator = $indicator and v.numerator is not null
              and v.unit_code = $unit_code
            """,
            {"period": period, "indicator": indicator, "unit_code": unit_code},
        )
    )


def periods(con: DuckDBPyConnection, unit_code: str) -> dict[str, str]:
    """Every period a unit has sent a report of, months, quarters and years alike, by code, latest first."""
    rows = con.execute(
        """
        select s.period, any_value(coalesce(p.name, s.period))
        from submission s left join period p using (period)
        where s.unit_code = $unit_code and s.status in ('accepted', 'returned')
        group by s.period order by any_value(p.date_to) desc, any_value(p.date_from)
        """,
        {"unit_code": unit_code},
    ).fetchall()
    return dict(rows)


def of_indicator(con: DuckDBPyConnection, indicator: str, unit_code: str, period: str) -> pd.DataFrame:
    """The written numbers behind an indicator of a unit and period. What is worked out (active channels) leads to the
    numbers it is worked out from; what is counted from tasks or reports gives no rows here.

    Columns: side (numerator | denominator), coefficient, measure, item_code, theme_code, value, sheet, cell, file_name,
    file_sha256, version, received_at, loaded_by.
    """
    terms = con.execute(TERMS, {"code": indicator, "unit_code": unit_code, "period": period}).fetchall()
    written = sorted({(side, WRITTEN.get(measure, measure), "*" if measure in WRITTEN else items, coefficient)
                      for side, measure, items, coefficient in terms})  # fmt: skip
    return frame(
        con.execute(
            """
            with term as (
                select unnest($sides) as side, unnest($measures) as measure, unnest($items) as items,
                    unnest($coefficients) as coefficient
            )
            select t.side, t.coefficient, o.measure, o.item_code, o.theme_code, o.value, o.sheet, o.cell,
                s.file_name, s.file_sha256, s.version, s.received_at, s.loaded_by
            from report r
            join submission s on s.submission_id = r.current_submission_id
            join observation o on o.submission_id = s.submission_id
            join term t on t.measure = o.measure and o.item_code glob t.items
            where r.unit_code = $unit_code and r.period = $period
            order by t.side desc, o.sheet, o.item_code, o.theme_code
            """,
            {
                "sides": [side for side, *_ in written], "measures": [one[1] for one in written],
                "items": [one[2] for one in written], "coefficients": [one[3] for one in written],
                "unit_code": unit_code, "period": period,
            },
        )
    )  # fmt: skip


def of_report(con: DuckDBPyConnection, unit_code: str, period: str) -> pd.DataFrame:
    """Every number of a unit's current reports of a period, in the order of the workbook.

    Columns: sheet, cell, item_code, theme_code, measure, value, file_name, file_sha256, version, received_at,
    loaded_by.
    """
    return frame(
        con.execute(
            """
            select o.sheet, o.cell, o.item_code, o.theme_code, o.measure, o.value, s.file_name, s.file_sha256,
                s.version, s.received_at, s.loaded_by
            from report r
            join submission s on s.submission_id = r.current_submission_id
            join observation o on o.submission_id = s.submission_id
            where r.unit_code = $unit_code and r.period = $period
            """,
            {"unit_code": unit_code, "period": period},
        )
    )


def of_tasks(con: DuckDBPyConnection, unit_code: str, period: str) -> pd.DataFrame:
    """The tasks that the task counts of a unit and period are made of.

    Columns: task_id, task_group, title, state, due_on, done_on, days_late, cell, file_name, file_sha256, version.
    """
    return frame(
        con.execute(
            """
        select c.task_id, c.task_group, t.title, c.state, c.due_on, c.done_on, c.days_late, c.cell,
            s.file_name, s.file_sha256, s.version
        from current_task c
        join task t on t.submission_id = c.submission_id and t.cell = c.cell
        join submission s on s.submission_id = c.submission_id
        where c.unit_code = $unit_code and c.period = $period
        order by c.task_id
        """,
            {"unit_code": unit_code, "period": period},
        )
    )


def changed(con: DuckDBPyConnection, unit_code: str, period: str) -> pd.DataFrame:
    """Every number of a unit and period that one version says otherwise than the version before it, latest first.

    Columns: sheet, cell, item_code, theme_code, measure, before, value, version, received_at, loaded_by. Files
    that were sent back have no numbers; one that was voided had them until then.
    """
    return frame(
        con.execute(
            """
            with told as (
                select submission_id, form_id, version, received_at, loaded_by,
                    row_number() over (partition by form_id order by version) as place
                from submission
                where unit_code = $unit_code and period = $period and status <> 'returned'
            ),
            said as materialized (
                select t.form_id, t.place, o.sheet, o.item_code, coalesce(o.theme_code, '') as theme_code, o.measure,
                    o.value, o.cell
                from told t join observation o using (submission_id)
            )
            select sheet, coalesce(n.cell, b.cell) as cell, item_code, theme_code, measure, b.value as before, n.value,
                t.version, t.received_at, t.loaded_by
            from said n
            full join (select * replace (place + 1 as place) from said) b
                using (form_id, place, sheet, measure, item_code, theme_code)
            join told t using (form_id, place)
            where place > 1 and n.value is distinct from b.value
            order by version desc, sheet, cell, measure
            """,
            {"unit_code": unit_code, "period": period},
        )
    )


def versions(con: DuckDBPyConnection, unit_code: str, period: str) -> pd.DataFrame:
    """Every file received for a unit and period, latest first.

    Columns: form_id, version, status, file_name, file_sha256, received_at, loaded_by, errors, explains, notes, note
    (why it was sent back or voided).
    """
    return frame(
        con.execute(
            """
        select form_id, version, status, file_name, file_sha256, received_at, loaded_by, errors, explains, notes, note
        from submission where unit_code = $unit_code and period = $period
        order by form_id, version desc
        """,
            {"unit_code": unit_code, "period": period},
        )
    )
