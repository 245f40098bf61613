"""Who needs attention first."""

import pandas as pd
from duckdb import DuckDBPyConnection

from queries import overview
from queries.scope import made_out

from .conftest import TODAY, Put


def test_no_report_comes_before_overdue_work_before_silence(
    con: DuckDBPyConnection, put: Put, report: Put, indicator: Put
) -> None:
    report(
        """
        unit | period  | received_at         | status
        01   | 2026-11 | 2026-11-18 08:00:00 | accepted
        02   | 2026-11 | 2026-11-19 08:00:00 | accepted
        03   | 2026-11 | 2026-11-18 08:00:00 | returned
        """
    )
    indicator("TC02", "01 | 2026-11 | 8 | 10\n02 | 2026-11 | 5 | 10")
    indicator("TC03", "01 | 2026-11 | 0 | 10\n02 | 2026-11 | 2 | 10")
    used = "unit_code | item_code | value\n01 | K01 | 1\n01 | K02 | 0\n01 | K07 | 0\n02 | K01 | 1\n02 | K02 | 1"
    for measure in ("channel_active", "channel_kept"):
        put("current_measure", used, period="2026-11", measure=measure)
    frame = overview.attention(con, made_out(con, "2026-11"), TODAY)
    assert list(zip(frame["unit"], frame["state"], strict=True)) == [
        ("Xã Bình Minh", "missing"), ("Xã Ái Quốc", "returned"), ("Phường An Biên", "on_time"), ("Phường Đồ Sơn", "on_time"),
    ]  # fmt: skip
    rows = frame.set_index("unit_code")
    assert tuple(rows.loc["02", ["overdue", "due", "value", "silent"]]) == (2, 10, 100 * 5 / 10, 0)
    assert rows["silent"]["01"] == 2
    assert pd.isna(rows["value"]["04"])
