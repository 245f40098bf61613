"""Hoàn thành nhiệm vụ: on time among due, overdue, by unit, role and the seven groups."""

import streamlit as st

from queries import completion, indicators, reporting
from ui import cards, filters, formats, page, sentences
from ui.ask import ask
from ui.parts import completion as show
from ui.parts import indicators as indicator_parts

NAMES = {"TC02": "Đúng hạn trong số đến hạn", "TC01": "Đã hoàn thành", "TC03": "Quá hạn", "TC05": "Đủ “5 rõ”"}

scope = filters.chosen()
standing = ask(indicators.standing, scope, tuple(NAMES))
history = ask(indicators.history, scope, tuple(NAMES))
units = ask(completion.by_unit, scope)
owed = int(ask(reporting.units, scope)["units"].iloc[0])

page.title(
    f"{filters.period_name()}: {sentences.completion(standing)}",
    page.within(f"{formats.of(len(units), owed)} đơn vị có số liệu. Việc quá hạn chưa xong vẫn tính là đến hạn."),
)

if units.empty:
    page.nothing("số liệu nhiệm vụ")
else:
    with st.grid(4, min_column_width=cards.GRID_CARDS):
        for _, row in standing.iterrows():
            indicator_parts.card(row, history, NAMES[row["indicator"]], owed)
    with st.grid(2, min_column_width=cards.GRID_BOXES):
        show.burn_up(history)
        show.groups(ask(completion.by_group, scope))
        show.roles(ask(completion.by_role, scope))
        show.units(units)
    show.pressing(ask(completion.pressing, scope))

page.source()
