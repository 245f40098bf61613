"""The pages as most would make them: plotly express, st.dataframe, no answer kept.

They show the same numbers in as many charts and tables, so that benchmarks/reruns.py has something to be measured on.
"""

import datetime as dt
from typing import Any

import pandas as pd
import plotly.express as px
import streamlit as st

from etl import data_dir, open_to_read
from queries import (
    changes,
    channels,
    choices,
    completion,
    indicators,
    lineage,
    official,
    overview,
    reporting,
    services,
    unit,
)
from queries.scope import Scope, made_out
from queries.work import ALL

TODAY = dt.date(2026, 11, 21)
LEADING = ("BC01", "CC01", "TC02", "DV01")


@st.cache_resource
def opened() -> Any:
    """The snapshot, opened once."""
    return open_to_read(data_dir())


def chosen(con: Any) -> tuple[Scope, str]:
    """The filters."""
    months = choices.periods(con, TODAY).set_index("name")
    month = st.selectbox("Kỳ báo cáo", list(months.index), key="ky", bind="query-params")
    st.selectbox("Loại đơn vị", ["", *choices.kinds(con)["kind"]])
    st.selectbox("Địa bàn", ["", *choices.districts(con)["district"]])
    return made_out(con, str(months.loc[month, "period"])), str(month)


def steering() -> None:
    """Four indicators with their months, who needs attention, what moved."""
    with opened().cursor() as con:
        standing = indicators.standing(con, scope, LEADING)
        history = indicators.history(con, scope, LEADING)
        months = reporting.by_month(con, scope, TODAY)
        units = overview.attention(con, scope, TODAY)
        lists = [
            changes.newly_overdue(con, scope), changes.long_silent(con, scope), reporting.missing(con, scope, TODAY),
            services.by_unit(con, scope, "DV01").nlargest(1, "change"),
        ]  # fmt: skip
    st.title(f"{month}: {months['received'].iloc[-1]} báo cáo")
    cards(standing, history)
    st.dataframe(units)
    for one in lists:
        st.write(one.head(1).to_dict("records"))


def reach() -> None:
    """How far each channel reaches, on which themes, which unit is silent."""
    with opened().cursor() as con:
        groups, owed = channels.by_channel(con, scope), channels.owed(con, scope)
        output, audiences = channels.output(con, scope), channels.audiences(con, scope)
        channel = st.selectbox("Kênh", list(output["channel_code"]))
        past = channels.over_time(con, scope, channel)
        themes, units = channels.by_theme(con, scope), channels.by_unit(con, scope)
    st.title(f"{month}: {owed['silent'].sum()} kênh bỏ trống")
    left, right = st.columns(2)
    left.plotly_chart(px.bar(groups.sort_values("value"), x="value", y="channel", orientation="h"))
    right.dataframe(output)
    left.plotly_chart(px.line(past, x="period", y="products"))
    right.dataframe(audiences)
    wide = themes.pivot(index="theme", columns="channel_code", values="value").astype(float)
    st.plotly_chart(px.imshow(wide))
    states = units["cells"].str.split(",").explode().str.split(" ", expand=True)
    st.dataframe(states.set_index([units["unit"].loc[states.index], 0])[1].unstack())


def cards(standing: pd.DataFrame, history: pd.DataFrame) -> None:
    """Four indicators with their months."""
    for column, (_, row) in zip(st.columns(4), standing.head(4).iterrows(), strict=True):
        column.metric(row["name"], row["value"], row["change"])
        past = history[history["indicator"] == row["indicator"]]
        column.plotly_chart(px.line(past, x="period", y="value", height=160), key=row["indicator"])


def tasks() -> None:
    """What of the work is done, by group, by part of the unit, by unit; what presses, what is unclear."""
    with opened().cursor() as con:
        standing, history = completion.course(con, scope, ALL)
        units, (groups, roles) = completion.by_unit(con, scope, ALL), completion.parts(con, scope, ALL)
        pressing, unclear = completion.pressing(con, scope, ALL), completion.unclear(con, scope, ALL)
    st.title(f"{month}: {len(pressing)} nhiệm vụ cần đôn đốc")
    cards(standing, history)
    left, right = st.columns(2)
    left.plotly_chart(px.line(history[history["indicator"] == "TC01"], x="period", y=["numerator", "denominator"]))
    right.plotly_chart(px.bar(groups.sort_values("value"), x="value", y="name", orientation="h"))
    left.plotly_chart(px.bar(roles.sort_values("value"), x="value", y="role", orientation="h"))
    right.dataframe(units)
    st.dataframe(pressing)
    st.dataframe(unclear)


def spread(theme: str, leading: str) -> None:
    """The indicators of a theme, and one of them over the units: map, dots, movers, table."""
    with opened().cursor() as con:
        codes = tuple(code for code in lineage.indicators(con)["indicator"] if code.startswith(theme))
        standing, history = indicators.course(con, scope, codes)
        units, places = services.by_unit(con, scope, leading), unit.places(con)
        flow = services.flow(con, scope) if theme == "DV" else None
    st.title(f"{month}: {len(units)} đơn vị")
    cards(standing, history)
    left, right = st.columns(2)
    if flow is not None:
        left.plotly_chart(px.bar(flow, x="value", y="measure", orientation="h"))
        right.plotly_chart(px.line(history[history["indicator"] == leading], x="period", y="value"))
    st.dataframe(standing)
    where = units.merge(places[["unit_code", "x", "y"]], on="unit_code")
    left.plotly_chart(px.scatter(where, x="x", y="y", color="value", hover_name="unit"))
    right.plotly_chart(px.strip(units, x="value", y="kind", hover_name="unit"))
    right.dataframe(units.nlargest(6, "change"))
    st.dataframe(units)


def status() -> None:
    """Who has reported, month by month."""
    with opened().cursor() as con:
        months, grid = reporting.by_month(con, scope, TODAY), reporting.grid(con, scope, TODAY)
        missing = reporting.missing(con, scope, TODAY)
    st.title(f"{month}: {len(missing)} đơn vị chưa có báo cáo")
    for column, part in zip(st.columns(3), ("received", "on_time", "corrected"), strict=True):
        column.metric(part, months[part].iloc[-1])
        column.plotly_chart(px.line(months, x="period", y=part, height=160), key=part)
    left, right = st.columns(2)
    left.dataframe(missing)
    right.plotly_chart(px.bar(months, x="period", y=["on_time", "late", "returned", "missing"]))
    states = grid["cells"].str.split(",").explode().str.split(" ", expand=True)
    st.dataframe(states.set_index([grid["unit"].loc[states.index], 0])[1].unstack())


def side_by_side() -> None:
    """Three rates of every unit."""
    with opened().cursor() as con:
        units = unit.of_today(con, scope)
        rates = official.rates_of_units(con, scope, ("CC01", "TC02", "DV01"))
    st.title(f"{month}: {len(units)} đơn vị")
    st.dataframe(units.merge(rates, on="unit_code"))


with opened().cursor() as cursor:
    scope, month = chosen(cursor)
st.navigation([
    st.Page(steering, title="Tổng quan", default=True), st.Page(reach, title="Kênh", url_path="do-phu-theo-kenh"),
    st.Page(tasks, title="Nhiệm vụ", url_path="hoan-thanh-nhiem-vu"),
    st.Page(lambda: spread("DV", "DV01"), title="Dịch vụ công", url_path="dich-vu-cong-truc-tuyen"),
    st.Page(lambda: spread("BD", "BD02"), title="Kỹ năng số", url_path="ky-nang-so"),
    st.Page(status, title="Nộp", url_path="tinh-hinh-nop"), st.Page(side_by_side, title="Đơn vị", url_path="don-vi"),
]).run()  # fmt: skip
