"""Who is to be reminded, of what; and what does each unit get wrong most often?"""

from __future__ import annotations

import datetime as dt

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame
from queries.scope import Scope

REMINDER_DAYS = "coalesce((select value::integer from setting where setting = 'extension_reminder_days'), 2)"
QUOTED_NUMBER, ANY_NAME = r" ?\(\{[^}]*\}\)", r"\{[^}]*\}"
"""Where the sentence of a rule quotes the numbers of one case: "hồ sơ trực tuyến ({recv_online})"."""


def cases(con: DuckDBPyConnection, scope: Scope, today: dt.date) -> pd.DataFrame:
    """Units to be reminded of the month: those to be urged first, of each kind the longest waiting first.

    A unit whose extension runs is left out until it is about to end. Columns: unit_code, unit, kind, state (returned:
    sent back and not corrected; missing: overdue, nothing came; ending: the extension is about to end; late: accepted
    after the deadline), days (since it was returned, since it was due, left, late), due_at, received_at (of the file
    concerned), errors, submissions.
    """
    return frame(
        con.execute(
            f"""
            with sent_back as (
                select unit_code, form_id, max_by(errors, version) as errors, max(received_at) as received_at
                from submission where period = $period and status = 'returned' group by unit_code, form_id
            ),
            stated as (
                select o.unit_code, o.unit, o.name, o.kind, o.due_at, o.days_late, s.errors, o.submissions,
                    case when o.state = 'returned' then s.received_at else o.first_received_at end as received_at,
                    case when o.state = 'accepted' then case when not o.on_time then 'late' end
                         when o.extension_reason is not null and o.due_at >= $today
                         then case when o.due_at::date - $today::date <= {REMINDER_DAYS} then 'ending' end
                         when o.state = 'returned' then 'returned'
                         when o.due_at < $today then 'missing' end as state
                from due_report o
                left join sent_back s using (unit_code, form_id)
                where o.period = $period {scope.chosen_in("o")}
            )
            select unit_code, unit, kind, state,
                case state when 'returned' then $today::date - received_at::date
                           when 'missing' then $today::date - due_at::date
                           when 'ending' then due_at::date - $today::date
                           else days_late end as days,
                due_at, received_at, errors, submissions
            from stated
            where state is not null
            order by list_position(['returned', 'missing', 'ending', 'late'], state), days desc, name collate vi
            """,
            {"period": scope.months[-1], "today": today, **scope.choice},
        )
    )


def faults(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """What is wrong in the files of the month that were sent back last, the widest fault of a unit first.

    Columns: unit_code, rule_id, sheet, column_label, message (of the first cell), cells (the first three), found (how
    many).
    """
    return frame(
        con.execute(
            """
            with sent_back as (
                select unit_code, form_id, max_by(submission_id, version) as submission_id
                from submission where period = $period and status = 'returned' group by unit_code, form_id
            )
            select s.unit_code, f.rule_id, f.sheet, any_value(f.column_label) as column_label,
                arg_min(f.message, f.rowid) as message,
                array_to_string((list(f.cell order by f.rowid) filter (f.cell <> ''))[1:3], ', ') as cells,
                count(*) as found
            from sent_back s
            join finding f using (submission_id)
            where f.severity = 'error'
            group by s.unit_code, f.rule_id, f.sheet
            order by s.unit_code, found desc, min(f.rowid)
            """,
            {"period": scope.months[-1]},
        )
    )


def frequent(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """The three faults each unit made in most of its reports of the months shown, most frequent first.

    Counted are faults that must be corrected or confirmed, once a report however many cells they had. Columns:
    unit_code, unit, kind, rule_id, fault (in words, without the numbers of one case), reports, received (reports of the
    unit in these months).
    """
    return frame(
        con.execute(
            f"""
            with filed as (
                select submission_id, unit_code, form_id, period
                from submission s
                where status <> 'void' and period between $first and $last and list_contains($months, period)
                    {scope.units_of("s")}
            ),
            sent as (select unit_code, count(distinct (form_id, period)) as received from filed group by unit_code),
            made as (
                select unit_code, rule_id, count(distinct (form_id, period)) as reports, any_value(message) as message
                from filed join finding using (submission_id)
                where severity in ('error', 'explain')
                group by unit_code, rule_id
            )
            select m.unit_code, u.full_name as unit, u.kind, m.rule_id,
                m.reports, s.received,
                coalesce(regexp_replace(regexp_replace(r.message, $quoted, '', 'g'), $name, '…', 'g'), m.message)
                    as fault
            from made m
            join sent s using (unit_code)
            join unit u using (unit_code)
            left join rule r using (rule_id)
            qualify row_number() over (partition by m.unit_code order by m.reports desc, m.rule_id) <= 3
            order by m.reports desc, m.reports / s.received desc, u.name collate vi, m.rule_id
            """,
            {
                "months": list(scope.shown), "first": scope.shown[0], "last": scope.shown[-1],
                "quoted": QUOTED_NUMBER, "name": ANY_NAME, **scope.choice,
            },
        )
    )  # fmt: skip


def wordings(con: DuckDBPyConnection) -> dict[str, str]:
    """What a reminder says, by the state of a case, and under "authority" in whose name."""
    rows = con.execute(
        """
        select kind, text from message
        union all select 'authority', value from setting where setting = 'authority'
        """
    ).fetchall()
    return dict(rows)
