"""Tình hình nộp: units by months, and who is missing."""

import streamlit as st

from queries import reporting
from ui import cards, filters, formats, page, sentences
from ui.ask import ask, today
from ui.parts import reporting as show

scope = filters.chosen()
months = ask(reporting.by_month, scope, today())

page.title(
    f"{filters.period_name()}: {sentences.reports(months.iloc[-1])}",
    page.within(
        f"Hạn nộp: hết ngày {formats.date(filters.due_at())}. Đúng hạn tính theo tệp đầu tiên đọc được, "
        "đúng đơn vị và kỳ; bổ sung về sau không làm mất."
    ),
)
page.provisional(months.iloc[-1])

with st.grid(2, min_column_width=cards.GRID_BOXES):
    show.missing(ask(reporting.missing, scope, today()))
    show.by_month(months)
show.grid(ask(reporting.grid, scope, today()), list(months["period"]))

page.source()
