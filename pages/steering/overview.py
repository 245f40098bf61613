"""Tổng quan: on target or not, what moved, who needs attention; one screen on a desk."""

import streamlit as st

from queries import changes, indicators, overview, reporting, services
from ui import cards, filters, page, sentences
from ui.ask import ask, today
from ui.parts import attention, findings, leading

scope = filters.chosen()
codes = tuple(sentences.LEADING)
standing, history = ask(indicators.course, scope, codes)
months = ask(reporting.by_month, scope, today())
now = months.iloc[-1]

page.title(
    sentences.overview_title(filters.period_name(), standing, int(now["missing"]), filters.provisional()),
    page.within("" if filters.provisional() else sentences.shortfalls(standing, sentences.LEADING)),
)
page.provisional(now)

leading.four(standing, history, months)
with st.grid(2, min_column_width=cards.GRID_BOXES):
    attention.units(ask(overview.attention, scope, today()))
    findings.show(
        findings.of_records(history, sentences.LEADING),
        findings.of_tasks(ask(changes.newly_overdue, scope)),
        findings.of_channels(ask(changes.long_silent, scope)),
        findings.of_absence(ask(reporting.missing, scope, today())),
        findings.of_services(ask(services.by_unit, scope, "DV01")),
    )
