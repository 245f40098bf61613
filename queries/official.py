"""What an official report says beyond the pages: any indicator unit by unit over any period, and what units wrote."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import arrays, frame, numbered, of_columns
from queries.held import UNITS, held
from queries.ranks import ranked
from queries.scope import Scope
from queries.value import sides_over, value_of


def rates_of_units(con: DuckDBPyConnection, scope: Scope, indicators: Sequence[str]) -> pd.DataFrame:
    """Indicators unit by unit over the months of a period, in Vietnamese order inside each kind: what flows adds up, of
    a stock the latest month counts.

    Columns: indicator, unit_code, unit, kind, numerator, denominator, value, small (denominator under the least), place
    (rank inside the kind, equal values share it; NaN where small), peers.
    """
    over_months, months = sides_over(scope.months, "months")
    rates = arrays(
        con.execute(
            f"""
            select s.indicator, s.unit_code, u.full_name as unit, u.kind, s.numerator, s.denominator,
                {value_of("s.numerator", "s.denominator")} as value,
                i.denominator is not null and coalesce(s.denominator < coalesce(i.min_denominator, 1), true) as small,
                i.direction
            from ({over_months}) s
            join unit u using (unit_code)
            join indicator i using (indicator)
            where list_contains($indicators, s.indicator) and s.numerator is not null {scope.units_of("s")}
            """,
            {**months, "indicators": list(indicators), **scope.choice},
        )
    )
    by_kind = sorted(held(con).rows(UNITS), key=lambda unit: unit[2])  # inside a kind they stay in Vietnamese order
    order = np.lexsort(
        (numbered(rates["unit_code"], [unit[0] for unit in by_kind]), numbered(rates["indicator"], sorted(indicators)))
    )
    ordered = {name: column[order] for name, column in rates.items()}
    best = np.where(ordered.pop("direction") == "down", -1, 1)
    return ranked(of_columns(ordered), best, ordered["indicator"] + ordered["kind"])


def remarks(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """What units wrote in the current reports of a period's months: difficulties, proposals, good models.

    Columns: kind, to_level, text, unit_code, unit, period.
    """
    return frame(
        con.execute(
            f"""
            select m.kind, m.to_level, m.text, r.unit_code, u.full_name as unit, r.period
            from report r
            join remark m on m.submission_id = r.current_submission_id
            join unit u using (unit_code)
            where list_contains($months, r.period) and length(trim(m.text)) > 0 {scope.units_of("r")}
            order by m.kind, m.to_level, m.text, u.name collate vi, r.period
            """,
            {"months": list(scope.months), **scope.choice},
        )
    )


def explanations(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """What was explained of odd numbers in the reports that count.

    Columns: period, unit_code, unit, sheet, cell, row_label, column_label, value, reason, actor, at.
    """
    return frame(
        con.execute(
            f"""
            select e.period, e.unit_code, u.full_name as unit, e.sheet, e.cell, e.row_label, e.column_label, e.value,
                e.reason, e.actor, e."at"
            from explained e join unit u using (unit_code)
            where list_contains($months, e.period) {scope.units_of("e")}
            order by e.period, u.name collate vi, e.sheet, e.cell
            """,
            {"months": list(scope.months), **scope.choice},
        )
    )


def definitions(con: DuckDBPyConnection) -> pd.DataFrame:
    """What every indicator means, in the order of the catalogue.

    Columns: indicator, group_code, group_name, name, unit, kind, numerator_text, denominator_text, source,
    source_class, caveat.
    """
    return frame(
        con.execute(
            """
            select indicator, group_code, group_name, name, unit, kind, numerator_text, denominator_text, source,
                source_class, caveat
            from indicator order by group_code, indicator
            """
        )
    )
