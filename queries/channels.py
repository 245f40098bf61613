"""Which channels reach, and which units are silent on which?

A unit is active on a channel group when it reported at least one product on any of its sub-channels (measure
channel_active). Shares are over the units that reported on channels. Silent is a unit that owes a channel (its kind or
its plan does, and the condition holds: an LED screen it has not got binds nobody) and was not active on it (measure
channel_kept). Of a period of several months the last one is shown.
"""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame
from queries.scope import Scope


def by_channel(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Each channel group over the units that reported, against the month before.

    Columns: channel_code, channel, count_unit, active, units (that reported), value (% active), before, change.
    """
    return frame(
        con.execute(
            f"""
        with share as (
            select item_code, count(made) as units, sum(made) as active, 100.0 * sum(made) / count(made) as value,
                100.0 * sum(made_before) / nullif(count(made_before), 0) as before
            from (
                select item_code, case period when $period then (value > 0)::integer end as made,
                    case period when $before then (value > 0)::integer end as made_before
                from current_measure m
                where period between $before and $period and list_contains([$before, $period], period)
                  and measure = 'channel_active' {scope.units_of("m")})
            group by item_code
        )
        select g.channel_code, g.name as channel, g.count_unit, s.active, s.units, s.value, s.before,
            s.value - s.before as change
        from channel g join share s on s.item_code = g.channel_code
        where s.units > 0
        order by g.channel_code
        """,
            months_of(scope),
        )
    )


def owed(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Each channel group over the units that reported and must use it, against the month before.

    Columns: channel_code, channel, obliged, silent (nothing made), kept (% of the obliged that made something),
    kept_before.
    """
    return frame(
        con.execute(
            f"""
        with share as (
            select item_code, count(made) as obliged, count(made) - sum(made) as silent,
                100.0 * sum(made_before) / nullif(count(made_before), 0) as kept_before
            from (
                select m.item_code, case m.period when $period then (m.value > 0)::integer end as made,
                    case m.period when $before then (m.value > 0)::integer end as made_before
                from current_measure m
                where m.period between $before and $period and list_contains([$before, $period], m.period)
                  and m.measure = 'channel_kept' {scope.units_of("m")})
            group by item_code
        )
        select g.channel_code, g.name as channel, s.obliged, s.silent,
            100.0 * (s.obliged - s.silent) / s.obliged as kept,
            s.kept_before
        from channel g join share s on s.item_code = g.channel_code
        where s.obliged > 0
        order by g.channel_code
        """,
            months_of(scope),
        )
    )


def months_of(scope: Scope) -> dict[str, object]:
    """The month shown and the one before it, with the choice of units."""
    return {"period": scope.months[-1], "before": (scope.before or scope.months)[-1], **scope.choice}


def output(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """What was made on each sub-channel in its own unit of count, never summed across units of count.

    Columns: channel_code, group_code, channel, count_unit, units (with any), products, airings, minutes, reach,
    interactions.
    """
    return frame(
        con.execute(
            f"""
        with made as (
            select item_code, sum(products) as products, sum(airings) as airings, sum(minutes) as minutes,
                sum(reach) as reach, sum(interactions) as interactions, sum((products > 0)::integer) as units
            from (
                select item_code, case measure when 'products' then value end as products,
                    case measure when 'airings' then value end as airings,
                    case measure when 'minutes' then value end as minutes,
                    case measure when 'reach' then value end as reach,
                    case measure when 'interactions' then value end as interactions
                from current_measure m
                where period = $period
                  and list_contains(['products', 'airings', 'minutes', 'reach', 'interactions'], measure)
                  {scope.units_of("m")})
            group by item_code
        )
        select c.channel_code, coalesce(c.parent_code, c.channel_code) as group_code, c.name as channel, c.count_unit,
            m.units, m.products, m.airings, m.minutes, m.reach, m.interactions
        from made m join channel c on c.channel_code = m.item_code
        order by c.channel_code
        """,
            {"period": scope.months[-1], **scope.choice},
        )
    )


def by_theme(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """How many units spoke of each core theme on each channel group.

    Columns: channel_code, channel, theme_code, theme, active (units with a product), units (that reported on channels),
    value (% of them), products.
    """
    counted = con.execute(
        f"""
        select item_code, coalesce(theme_code, ''), count(*), sum(value)
        from current_measure m
        where period = $period and list_contains(['channel_active', 'theme_spoken'], measure) {scope.units_of("m")}
        group by item_code, theme_code
        """,
        {"period": scope.months[-1], **scope.choice},
    ).fetchall()
    spoken = {(channel, theme): (units, products) for channel, theme, units, products in counted}
    groups = con.execute("select channel_code, name from channel where parent_code is null order by 1").fetchall()
    themes = con.execute(
        "select theme_code, coalesce(short_name, name) from theme where core is not null order by 1"
    ).fetchall()
    rows = [
        (channel, name, theme, said, active, units, 100.0 * active / units, products)
        for channel, name in groups
        if (units := spoken.get((channel, ""), (0, 0))[0])
        for theme, said in themes
        for active, products in [spoken.get((channel, theme), (0, 0))]
    ]
    names = ["channel_code", "channel", "theme_code", "theme", "active", "units", "value", "products"]
    return pd.DataFrame(rows, columns=names)


def by_unit(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Every unit that reported, on every channel group, units with most silences first.

    Columns: unit_code, unit, kind, silences, cells (one text, "K01 active,K07 silent": lists of texts come back
    slowly). States: active | silent (owed and nothing made) | free (not owed and nothing made).
    """
    return frame(
        con.execute(
            f"""
        with stated as (
            select unit_code, item_code,
                case when max(value) > 0 then 'active' when count(*) = 1 then 'free' else 'silent' end as state
            from current_measure m
            where period = $period and list_contains(['channel_active', 'channel_kept'], measure) {scope.units_of("m")}
            group by unit_code, item_code
        ),
        grouped as (
            select unit_code, sum((state = 'silent')::integer) as silences,
                string_agg(item_code || ' ' || state, ',' order by item_code) as cells
            from stated group by unit_code
        )
        select g.unit_code, u.full_name as unit, u.kind, g.silences, g.cells
        from grouped g join unit u using (unit_code)
        order by g.silences desc, u.name collate vi, g.unit_code
        """,
            {"period": scope.months[-1], **scope.choice},
        )
    )


def over_time(con: DuckDBPyConnection, scope: Scope, channel: str) -> pd.DataFrame:
    """One sub-channel month by month, oldest first, in its own unit of count.

    Columns: period, products, airings, reach, units (with any product).
    """
    return frame(
        con.execute(
            f"""
            select period, sum(products) as products, sum(airings) as airings, sum(reach) as reach,
                sum((products > 0)::integer) as units
            from (
                select period, case measure when 'products' then value end as products,
                    case measure when 'airings' then value end as airings,
                    case measure when 'reach' then value end as reach
                from current_measure m
                where period between $first and $last and list_contains($months, period) and item_code = $channel
                  and list_contains(['products', 'airings', 'reach'], measure) {scope.units_of("m")})
            group by period
            order by period
            """,
            {
                "first": scope.shown[0], "last": scope.shown[-1], "months": list(scope.shown), "channel": channel,
                **scope.choice,
            },
        )
    )  # fmt: skip


def audiences(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Who was reached, audience by audience; attendances are not persons.

    Columns: audience_code, audience, units (with any), sessions, attendances.
    """
    return frame(
        con.execute(
            f"""
            with met as (
                select item_code, sum(sessions) as sessions, sum(attendances) as attendances,
                    sum((attendances > 0)::integer) as units
                from (
                    select item_code, case measure when 'sessions' then value end as sessions,
                        case measure when 'attendances' then value end as attendances
                    from current_measure m
                    where period = $period and list_contains(['sessions', 'attendances'], measure)
                      {scope.units_of("m")})
                group by item_code
            )
            select a.audience_code, a.name as audience, m.units, m.sessions, m.attendances
            from met m join audience a on a.audience_code = m.item_code
            order by m.attendances desc nulls last, a.audience_code
            """,
            {"period": scope.months[-1], **scope.choice},
        )
    )
