"""The overview and the channels as most would make them: plotly express, st.dataframe, no answer kept.

It shows the same numbers in as many charts and tables, so that benchmarks/reruns.py has something to be measured on.
"""

import datetime as dt
from typing import Any

import plotly.express as px
import streamlit as st

from etl import data_dir, open_to_read
from queries import changes, channels, choices, indicators, overview, reporting, services
from queries.scope import Scope, made_out

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
    for column, (_, row) in zip(st.columns(4), standing.iterrows(), strict=True):
        column.metric(row["name"], row["value"], row["change"])
        past = history[history["indicator"] == row["indicator"]]
        column.plotly_chart(px.line(past, x="period", y="value", height=160), key=row["indicator"])
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


with opened().cursor() as cursor:
    scope, month = chosen(cursor)
st.navigation([
    st.Page(steering, title="Tổng quan", default=True), st.Page(reach, title="Kênh", url_path="do-phu-theo-kenh"),
]).run()  # fmt: skip
