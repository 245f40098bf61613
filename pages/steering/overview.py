"""Tổng quan: on target or not, what moved, who needs attention; one screen on a desk.

Of a longer period who needs attention is told of its latest month.
"""

import streamlit as st

from queries import changes, indicators, overview, reporting, services
from ui import cards, filters, page, sentences
from ui.ask import ask, today
from ui.parts import attention, findings, leading

scope, month = filters.chosen(), filters.latest_month()
names = sentences.LEADING if scope.is_month else sentences.OF_MONTHS
standing, history = ask(indicators.course, scope, tuple(names))
past = history if scope.is_month else ask(indicators.history, month, tuple(names))
months = ask(reporting.by_month, scope, today())
now = reporting.in_all(months, scope)

page.title(
    sentences.overview_title(
        filters.period_name(), standing, int(now["missing"]), filters.provisional(), is_month=scope.is_month
    ),
    page.within("" if filters.provisional() else sentences.shortfalls(standing, names)),
)
page.provisional(now)

leading.four(standing, history, names, ask(reporting.units, scope), months if scope.is_month else None)
when = "" if scope.is_month else filters.month_name(month.period)
with st.grid(2, min_column_width=cards.GRID_BOXES):
    attention.units(ask(overview.attention, month, today()), when)
    findings.show(
        when,
        findings.of_records(past, sentences.LEADING),
        findings.of_tasks(ask(changes.newly_overdue, month)),
        findings.of_channels(ask(changes.long_silent, month)),
        findings.of_absence(ask(reporting.missing, month, today())),
        findings.of_services(ask(services.by_unit, month, "DV01")),
    )
