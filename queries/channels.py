"""Which channels reach, and which units are silent on which?

A unit is active on a channel group when it reported at least one product on any of its sub-channels (measure
channel_active). Shares are over the units that reported on channels. Silent is a unit that owes a channel (its kind or
its plan does, and the condition holds: an LED screen it has not got binds nobody) and was not active on it (measure
channel_kept). Over several months a unit is active when it was so in any of them: units are counted, not reports.

It is sums over the units, of which there are few (table channel_total): they are asked for once, and put together here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
from duckdb import DuckDBPyConnection

from queries.frames import frame, of_rows
from queries.held import held
from queries.scope import Scope

ACTIVE, KEPT, SPOKEN = "channel_active", "channel_kept", "theme_spoken"
MADE = ("products", "airings", "minutes", "reach", "interactions")
MET = ("sessions", "attendances")


class Sum(NamedTuple):
    """A measure of an item, summed over the units: how many gave it, how many of them more than 0, and the sum."""

    units: int
    above: int
    total: float


class Channel(NamedTuple):
    """A channel of the catalogue; a group is its own group."""

    code: str
    group: str
    name: str
    count_unit: str


Sums = Mapping[tuple[str, str, str], Sum]
"""By measure, item and theme; the theme is "" but for what was spoken of one."""


class Known(NamedTuple):
    """What the questions here are answered from: the sums of the period and of the one before, and names."""

    now: Sums
    before: Sums
    channels: Sequence[Channel]
    themes: Mapping[str, str]
    """The core themes."""
    audiences: Mapping[str, str]


Answers = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]


def told(con: DuckDBPyConnection, scope: Scope) -> Answers:
    """The answers of by_channel, owed, output, by_theme and audiences, for one look at the numbers."""
    known = what_is_known(con, scope)
    return (
        by_channel(con, scope, known), owed(con, scope, known), output(con, scope, known),
        by_theme(con, scope, known), audiences(con, scope, known),
    )  # fmt: skip


NAMES = """
    select 'channel', channel_code, name, coalesce(parent_code, channel_code), count_unit from channel
    union all select 'theme', theme_code, coalesce(short_name, name), '', '' from theme where core is not null
    union all select 'audience', audience_code, name, '', '' from audience
    order by all
"""


def what_is_known(con: DuckDBPyConnection, scope: Scope) -> Known:
    """One look at the numbers."""
    now, before = sums(con, scope)
    names = held(con).rows(NAMES)
    return Known(
        now=now,
        before=before,
        channels=[
            Channel(code, group, name, count_unit) for what, code, name, group, count_unit in names if what == "channel"
        ],
        themes={code: name for what, code, name, *_ in names if what == "theme"},
        audiences={code: name for what, code, name, *_ in names if what == "audience"},
    )


OF_MONTHS = "select * from channel_total t where period in ($period, $before) {units}"
OF_LONGER = """
    select *, 0 as total from channel_units t where period in ($period, $before) {units}
    union all
    select * replace ($period as period, 0 as units, 0 as above) from channel_total t
    where list_contains($months, period) {units}
"""


def sums(con: DuckDBPyConnection, scope: Scope) -> tuple[Sums, Sums]:
    """What is summed up (etl/sql/totals.sql) of the period and of the one before, over the units chosen. The one before
    is left out where reports of another number of months are there: more months reach more. Of a longer period units
    are counted for what is told of them: ACTIVE, KEPT, SPOKEN, products, attendances.
    """
    months = {} if scope.is_month else {"months": list(scope.months)}
    rows = con.execute(
        f"""
        select period, measure, item_code, theme_code, sum(units)::integer, sum(above)::integer, sum(total)
        from ({(OF_MONTHS if scope.is_month else OF_LONGER).format(units=scope.chosen_in("t"))})
        group by all
        """,
        {"period": scope.period, "before": scope.period_before, **months, **scope.choice},
    ).fetchall()
    found: dict[str, dict[tuple[str, str, str], Sum]] = {scope.period: {}, scope.period_before: {}}
    for period, measure, item, theme, *those in rows:
        found[period][measure, item, theme] = Sum(*those)
    return found[scope.period], found[scope.period_before] if alike(con, scope) else {}


def alike(con: DuckDBPyConnection, scope: Scope) -> bool:
    """Whether as many months of the period as of the one before have reports on channels."""
    if scope.is_month:
        return True
    rows = con.execute(
        "select distinct period from unit_period where cells is not null and list_contains($months, period)",
        {"months": [*scope.before, *scope.months]},
    ).fetchall()
    return sum(1 if month in scope.months else -1 for (month,) in rows) == 0


def by_channel(con: DuckDBPyConnection, scope: Scope, known: Known | None = None) -> pd.DataFrame:
    """Each channel group over the units that reported, against the month before.

    Columns: channel_code, channel, count_unit, active, units (that reported), value (% active), before, change.
    """
    known = known or what_is_known(con, scope)
    rows = []
    for channel in known.channels:
        if made := known.now.get((ACTIVE, channel.code, "")):
            value, before = share(made), share(known.before.get((ACTIVE, channel.code, "")))
            rows.append((
                channel.code, channel.name, channel.count_unit, made.above, made.units, value, before, value - before,
            ))  # fmt: skip
    kinds = {
        "channel_code": object, "channel": object, "count_unit": object, "active": int, "units": int, "value": float,
        "before": float, "change": float,
    }  # fmt: skip
    return of_rows(rows, kinds)


def share(counted: Sum | None) -> float:
    """Per cent of the units that gave more than 0; NaN where there are none."""
    return 100 * counted.above / counted.units if counted else math.nan


def owed(con: DuckDBPyConnection, scope: Scope, known: Known | None = None) -> pd.DataFrame:
    """Each channel group over the units that reported and must use it, against the month before.

    Columns: channel_code, channel, obliged, silent (nothing made), kept (% of the obliged that made something),
    kept_before.
    """
    known = known or what_is_known(con, scope)
    rows = [
        (
            channel.code, channel.name, kept.units, kept.units - kept.above, share(kept),
            share(known.before.get((KEPT, channel.code, ""))),
        )
        for channel in known.channels
        if (kept := known.now.get((KEPT, channel.code, "")))
    ]  # fmt: skip
    kinds = {
        "channel_code": object, "channel": object, "obliged": int, "silent": int, "kept": float, "kept_before": float,
    }  # fmt: skip
    return of_rows(rows, kinds)


def output(con: DuckDBPyConnection, scope: Scope, known: Known | None = None) -> pd.DataFrame:
    """What was made on each sub-channel in its own unit of count, never summed across units of count.

    Columns: channel_code, group_code, channel, count_unit, units (with any), products, airings, minutes, reach,
    interactions.
    """
    known = known or what_is_known(con, scope)
    rows = []
    for channel in known.channels:
        made = [known.now.get((measure, channel.code, "")) for measure in MADE]
        if any(made):
            above = made[0].above if made[0] else None
            rows.append((
                channel.code, channel.group, channel.name, channel.count_unit, above,
                *(one.total if one else None for one in made),
            ))  # fmt: skip
    kinds = {"channel_code": object, "group_code": object, "channel": object, "count_unit": object, "units": float}
    return of_rows(rows, {**kinds, **dict.fromkeys(MADE, float)})


def by_theme(con: DuckDBPyConnection, scope: Scope, known: Known | None = None) -> pd.DataFrame:
    """How many units spoke of each core theme on each channel group.

    Columns: channel_code, channel, theme_code, theme, active (units with a product), units (that reported on channels),
    value (% of them), products.
    """
    known = known or what_is_known(con, scope)
    rows = [
        (
            channel.code,
            channel.name,
            theme,
            said,
            spoken.units,
            made.units,
            100 * spoken.units / made.units,
            spoken.total,
        )
        for channel in known.channels
        if (made := known.now.get((ACTIVE, channel.code, "")))
        for theme, said in known.themes.items()
        for spoken in [known.now.get((SPOKEN, channel.code, theme), Sum(0, 0, 0))]
    ]
    kinds = {
        "channel_code": object, "channel": object, "theme_code": object, "theme": object, "active": int, "units": int,
        "value": float, "products": float,
    }  # fmt: skip
    return of_rows(rows, kinds)


def audiences(con: DuckDBPyConnection, scope: Scope, known: Known | None = None) -> pd.DataFrame:
    """Who was reached, audience by audience, most attendances first; attendances are not persons.

    Columns: audience_code, audience, units (with any), sessions, attendances.
    """
    known = known or what_is_known(con, scope)
    rows = []
    for code, name in known.audiences.items():
        sessions, attendances = (known.now.get((measure, code, "")) for measure in MET)
        if sessions or attendances:
            above, total = (attendances.above, attendances.total) if attendances else (None, None)
            rows.append((code, name, above, sessions.total if sessions else None, total))
    rows.sort(key=lambda row: -math.inf if row[-1] is None else row[-1], reverse=True)
    kinds = {"audience_code": object, "audience": object, "units": float, "sessions": float, "attendances": float}
    return of_rows(rows, kinds)


def by_unit(con: DuckDBPyConnection, scope: Scope) -> pd.DataFrame:
    """Every unit that reported, on every channel group, units with most silences first.

    Columns: unit_code, unit, kind, silences, cells (one text, "K01 active,K07 silent": lists of texts come back
    slowly). States: active | silent (owed and nothing made) | free (not owed and nothing made).
    """
    return frame(
        con.execute(
            f"""
            select unit_code, unit, kind, silences, cells
            from unit_period s
            where period = $period and cells is not null {scope.chosen_in("s")}
            order by silences desc, name collate vi, unit_code
            """,
            {"period": scope.period, **scope.choice},
        )
    )


def over_time(con: DuckDBPyConnection, scope: Scope, channel: str) -> pd.DataFrame:
    """One sub-channel month by month, oldest first, in its own unit of count.

    Columns: period, products, airings, reach, units (with any product).
    """
    return frame(
        con.execute(
            f"""
            select period, sum(total) filter (measure = 'products') as products,
                sum(total) filter (measure = 'airings') as airings, sum(total) filter (measure = 'reach') as reach,
                sum(above) filter (measure = 'products') as units
            from channel_total t
            where list_contains($months, period) and item_code = $channel
              and list_contains(['products', 'airings', 'reach'], measure) {scope.chosen_in("t")}
            group by period
            order by period
            """,
            {"months": list(scope.shown), "channel": channel, **scope.choice},
        )
    )
