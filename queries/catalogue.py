"""The catalogue as it was loaded: what there is to measure, where each row comes from and how sure it is."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame

LISTS = {
    "unit": """
        select unit_code, full_name, kind, old_district, valid_from, valid_to, source, source_class from unit
        order by kind, name collate vi
    """,
    "channel": """
        select channel_code, parent_code, name, count_unit, obligation, condition, source from channel
        order by channel_code
    """,
    "indicator": """
        select indicator, group_name, name, numerator, denominator, unit, kind, min_denominator, scheme, source,
            source_class, caveat
        from indicator order by group_code, indicator
    """,
    "target": """
        select target_id, indicator, subject, operator, value, unit, due, usage, document, valid_from, valid_to,
            source_class, note
        from target order by indicator, target_id
    """,
    "rating_scheme": """
        select scheme, name, level, label, low, high, relative, source_class from rating_scheme
    """,
    "rule": """
        select rule_id, form_id, sheet, severity, condition, expression, message, fix, basis, valid_from, enforce_from
        from rule order by form_id, rule_id
    """,
    "period": """
        select period, name, kind, date_from, date_to, due_at, convention from period order by date_from desc
    """,
    "duty": """
        select d.unit_code, u.full_name, d.form_id, d.period_kind, d.valid_from, d.valid_to, d.source
        from duty d join unit u using (unit_code) order by u.name collate vi
    """,
}
"""What can be shown, and how it is asked for."""


def listed(con: DuckDBPyConnection, name: str) -> pd.DataFrame:
    """One list of the catalogue, with the columns its statement names. Raises KeyError for a list there is not."""
    return frame(con.execute(LISTS[name]))
