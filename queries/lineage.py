"""Which cell of which file is this number?"""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame


def of_indicator(con: DuckDBPyConnection, indicator: str, unit_code: str, period: str) -> pd.DataFrame:
    """The written numbers behind an indicator of a unit and period; for one counted from tasks, the tasks.

    Columns: side (numerator | denominator), coefficient, measure, item_code, theme_code, value, sheet, cell, file_name,
    file_sha256, version, received_at, loaded_by.
    """
    return frame(
        con.execute(
            """
        select t.side, t.coefficient, o.measure, o.item_code, o.theme_code, o.value, o.sheet, o.cell,
            s.file_name, s.file_sha256, s.version, s.received_at, s.loaded_by
        from report r
        join submission s on s.submission_id = r.current_submission_id
        join observation o on o.submission_id = s.submission_id
        join indicator_term t on t.measure = o.measure and o.item_code glob t.items
        where r.unit_code = $unit_code and r.period = $period and t.indicator = $indicator
        order by t.side desc, o.sheet, o.item_code, o.theme_code
        """,
            {"indicator": indicator, "unit_code": unit_code, "period": period},
        )
    )


def of_measure(con: DuckDBPyConnection, measure: str, unit_code: str, period: str, item_code: str = "") -> pd.DataFrame:
    """The written numbers of a measure of a unit and period, of one item where given.

    Columns: sheet, item_code, theme_code, measure, value, cell, file_name, file_sha256, version, received_at,
    loaded_by.
    """
    return frame(
        con.execute(
            """
        select o.sheet, o.item_code, o.theme_code, o.measure, o.value, o.cell,
            s.file_name, s.file_sha256, s.version, s.received_at, s.loaded_by
        from report r
        join submission s on s.submission_id = r.current_submission_id
        join observation o on o.submission_id = s.submission_id
        where r.unit_code = $unit_code and r.period = $period and o.measure = $measure
          and ($item_code = '' or o.item_code = $item_code)
        order by o.sheet, o.item_code, o.theme_code
        """,
            {"measure": measure, "unit_code": unit_code, "period": period, "item_code": item_code},
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


def versions(con: DuckDBPyConnection, unit_code: str, period: str) -> pd.DataFrame:
    """Every file received for a unit and period, latest first.

    Columns: form_id, version, status, file_name, received_at, loaded_by, errors, explains, notes.
    """
    return frame(
        con.execute(
            """
        select form_id, version, status, file_name, received_at, loaded_by, errors, explains, notes
        from submission where unit_code = $unit_code and period = $period
        order by form_id, version desc
        """,
            {"unit_code": unit_code, "period": period},
        )
    )
