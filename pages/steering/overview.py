"""Tổng quan: on target or not, what moved, who needs attention; one screen on a desk."""

import streamlit as st

from queries import changes, indicators, overview, reporting, services
from ui import cards, filters, page, sentences
from ui.ask import ask, today
from ui.parts import attention, findings
from ui.parts import indicators as indicator_parts

scope = filters.chosen()
leading = tuple(sentences.LEADING)
standing = ask(indicators.standing, scope, leading)
history = ask(indicators.history, scope, leading)
months = ask(reporting.by_month, scope, today())
now = months.iloc[-1]

page.title(
    sentences.overview_title(filters.period_name(), standing, int(now["missing"]), filters.provisional()),
    page.within("" if filters.provisional() else sentences.shortfalls(standing, sentences.LEADING)),
)
page.provisional(now)

with st.grid(4, min_column_width=cards.GRID_CARDS):
    indicator_parts.count_card(sentences.LEADING["BC01"], months, standing.iloc[0])
    for _, row in standing.iloc[1:].iterrows():
        indicator_parts.card(row, history, sentences.LEADING[row["indicator"]], int(now["owed"]))

with st.grid(2, min_column_width=cards.GRID_BOXES):
    attention.units(ask(overview.attention, scope, today()))
    findings.show(
        findings.of_records(history, sentences.LEADING),
        findings.of_tasks(ask(changes.newly_overdue, scope)),
        findings.of_channels(ask(changes.long_silent, scope)),
        findings.of_absence(ask(reporting.missing, scope, today())),
        findings.of_services(ask(services.by_unit, scope, "DV01")),
    )
