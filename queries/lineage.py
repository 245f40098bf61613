"""Which cell of which file is this number?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame, of_rows
from queries.held import held
from queries.scope import Scope
from queries.value import sides_over, value_of

WRITTEN = {
    "channel_active": "products", "channel_possible": "products", "channel_kept": "products",
    "channels_active": "products", "channels_planned": "products", "themes_covered": "products_by_theme",
    "themes_core": "products_by_theme", "cells_filled_theme": "products_by_theme",
    "cells_possible_theme": "products_by_theme", "audiences_covered": "attendances", "audiences_core": "attendances",
    "portal_column_live": "has_portal_column",
}  # fmt: skip
"""What is worked out, and the written numbers it is worked out from; tasks and reports have questions of their own."""
TERMS = """
    select t.indicator, t.side, t.measure, t.items, t.coefficient, s.base
    from indicator_term t left join skill s on t.measure = 'skill_base' and s.item_code = t.items
"""
"""The sides of indicators; base: the number of the cover that a skill is a share of where its own row gives none."""
FILES = """
    select s.submission_id, s.file_name, s.file_sha256, s.version, s.received_at, s.loaded_by
    from report r join submission s on s.submission_id = r.current_submission_id
    where r.unit_code = $unit_code and r.period = $period
    order by s.submission_id
"""
NUMBERS = """
    select submission_id, measure, item_code, theme_code, value, sheet, cell from observation
    where submission_id between $first and $last and list_contains($submissions, submission_id)
"""
OF_MEASURES = f"{NUMBERS} and list_contains($measures, measure)"
TASK_MEASURES = frozenset({
    "tasks_total", "tasks_done", "tasks_due", "tasks_on_time", "tasks_overdue", "tasks_late", "days_late",
    "tasks_with_progress", "progress_total", "tasks_five_clear", "tasks_with_evidence",
})  # fmt: skip


def indicators(con: DuckDBPyConnection) -> pd.DataFrame:
    """What can be traced.

    Columns: indicator, name, unit, kind, denominator_kind, numerator, denominator, scale, source, source_class, caveat,
    numerator_text, denominator_text.
    """
    return frame(
        con.execute(
            """
            select indicator, name, unit, kind, coalesce(denominator_kind, kind) as denominator_kind, numerator,
                denominator, scale, source, source_class, caveat, numerator_text, denominator_text
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


def units_behind(con: DuckDBPyConnection, scope: Scope, indicator: str, unit_code: str = "") -> pd.DataFrame:
    """The units an indicator of the city is made of over a period, greatest denominator first; or one unit, whatever
    the choice, and no row where it lacks the indicator.

    Columns: unit_code, unit, kind, numerator, denominator, value.
    """
    over_months, months = sides_over(scope.months, "months")
    those = "and s.unit_code = $unit_code" if unit_code else scope.units_of("s")
    chosen: Mapping[str, object] = {"unit_code": unit_code} if unit_code else scope.choice
    return frame(
        con.execute(
            f"""
            select s.unit_code, u.full_name as unit, u.kind, s.numerator, s.denominator,
                {value_of("s.numerator", "s.denominator")} as value
            from ({over_months}) s join unit u using (unit_code) join indicator i using (indicator)
            where s.indicator = $indicator and s.numerator is not null {those}
            order by coalesce(s.denominator, s.numerator) desc, u.name collate vi
            """,
            {**months, "indicator": indicator, **chosen},
        )
    )


def months_of_unit(con: DuckDBPyConnection, scope: Scope, unit_code: str, indicator: str) -> pd.DataFrame:
    """The months of a period that a unit reported of, oldest first, each with its indicator; "" for none.

    Columns: period, month (its name), numerator, denominator, value.
    """
    return frame(
        con.execute(
            """
            select distinct r.period, p.name as month, v.numerator, v.denominator, v.value
            from report r
            join period p using (period)
            left join indicator_value v
                on v.unit_code = r.unit_code and v.period = r.period and v.indicator = $indicator
            where r.unit_code = $unit_code and list_contains($months, r.period) and r.state = 'accepted'
            order by r.period
            """,
            {"unit_code": unit_code, "indicator": indicator, "months": list(scope.months)},
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
    terms = [term for code, *term in held(con).rows(TERMS) if code == indicator]
    sent = con.execute(FILES, {"unit_code": unit_code, "period": period}).fetchall()
    files = {submission: file for submission, *file in sent}
    measures = {one for _, measure, _, _, base in terms for one in (WRITTEN.get(measure, measure), base, "base") if one}
    numbers = con.execute(OF_MEASURES, {**those(list(files)), "measures": list(measures)}).fetchall()
    based = {item for _, measure, item, _, value, *_ in numbers if measure == "base" and value is not None}
    rows = [
        (side, coefficient, measure, item, *rest, *files[submission])
        for side, wanted, items, coefficient in {as_written(term, based) for term in terms}
        for submission, measure, item, *rest in numbers
        if measure == wanted and fnmatchcase(item or "", items)
    ]
    rows.sort(key=lambda row: (row[0] != "numerator", row[6], row[3] or "", row[4] is None, row[4] or "", row[7]))
    return of_rows(rows, OF_INDICATOR)


def as_written(term: Sequence[Any], based: Collection[str]) -> tuple[str, str, str, float]:
    """Side, measure, items and coefficient of the written numbers that a term leads to; `based`: the skills whose own
    row gives what they are a share of.
    """
    side, measure, items, coefficient, base = term
    if base:
        return (side, "base", items, coefficient) if items in based else (side, base, "", coefficient)
    if measure in WRITTEN:
        return side, WRITTEN[measure], "*", coefficient
    return side, measure, items, coefficient


def those(submissions: Sequence[int]) -> dict[str, object]:
    """The parameters that choose submissions, in order."""
    first, last = (submissions[0], submissions[-1]) if submissions else (0, 0)
    return {"submissions": list(submissions), "first": first, "last": last}


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


OF_INDICATOR = {
    "side": object, "coefficient": float, "measure": object, "item_code": object, "theme_code": object, "value": float,
    "sheet": object, "cell": object, "file_name": object, "file_sha256": object, "version": int, "received_at": object,
    "loaded_by": object,
}  # fmt: skip
CHANGED = {
    "sheet": object, "cell": object, "item_code": object, "theme_code": object, "measure": object, "before": float,
    "value": float, "version": int, "received_at": object, "loaded_by": object,
}  # fmt: skip
STOOD = """
    select form_id, submission_id, version, received_at, loaded_by from submission
    where unit_code = $unit_code and period = $period and status <> 'returned'
    order by form_id, version
"""
Number = tuple[str, str, str, str]
"""Sheet, item, theme and measure."""
Written = tuple[float | None, str | None]
"""Value and cell."""
NOTHING: Written = (None, None)


def changed(con: DuckDBPyConnection, unit_code: str, period: str) -> pd.DataFrame:
    """Every number of a unit and period that one version says otherwise than the version before it, latest first.

    Columns: sheet, cell, item_code, theme_code, measure, before, value, version, received_at, loaded_by. Files
    that were sent back have no numbers; one that was voided had them until then.
    """
    told = con.execute(STOOD, {"unit_code": unit_code, "period": period}).fetchall()
    steps = [(earlier, later) for earlier, later in pairwise(told) if earlier[0] == later[0]]
    written = numbers_of(con, sorted({submission for step in steps for _, submission, *_ in step}))
    rows = [
        (*difference, *later[2:])
        for earlier, later in steps
        for difference in differences(written[earlier[1]], written[later[1]])
    ]
    rows.sort(key=lambda row: (-row[7], row[0], row[1], row[4]))
    return of_rows(rows, CHANGED)


def numbers_of(con: DuckDBPyConnection, submissions: Sequence[int]) -> dict[int, dict[Number, Written]]:
    """What each of some submissions, in order, has written."""
    written: dict[int, dict[Number, Written]] = {submission: {} for submission in submissions}
    rows = con.execute(NUMBERS, those(submissions)).fetchall()
    for submission, measure, item, theme, value, sheet, cell in rows:
        written[submission][sheet, item, theme or "", measure] = value, cell
    return written


def differences(before: Mapping[Number, Written], after: Mapping[Number, Written]) -> Iterator[tuple[Any, ...]]:
    """The numbers that are otherwise in two versions: sheet, cell, item, theme, measure, value before and after."""
    for number in {**before, **after}:
        (was, cell_before), (now, cell) = before.get(number, NOTHING), after.get(number, NOTHING)
        if was != now:
            sheet, item, theme, measure = number
            yield sheet, cell or cell_before, item, theme, measure, was, now


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
