"""Hoàn thành nhiệm vụ: on time among due, overdue, by unit, role and the seven groups; of all the work or of some."""

import streamlit as st

from queries import completion, reporting
from ui import cards, filters, formats, page, sentences
from ui.ask import ask
from ui.parts import completion as show
from ui.parts import indicators as indicator_parts

NAMES = {"TC02": "Đúng hạn trong số đến hạn", "TC01": "Đã hoàn thành", "TC03": "Quá hạn", "TC05": "Đủ “5 rõ”"}

scope, work = filters.chosen(), show.choice()
standing, history = ask(completion.course, scope, work)
units, (groups, roles) = ask(completion.by_unit, scope, work), ask(completion.parts, scope, work)
owed, rows = ask(reporting.units, scope), indicator_parts.by_code(standing)
counted = f"{formats.of(len(units), owed)} đơn vị có số liệu. Nhiệm vụ quá hạn chưa hoàn thành vẫn tính vào số đến hạn."

page.title(f"{filters.period_name()}: {sentences.completion(rows)}", page.within(show.in_words(work) + counted))

if units.empty:
    page.nothing("số liệu nhiệm vụ")
else:
    with st.grid(4, min_column_width=cards.GRID_CARDS):
        for code, row in rows.items():
            foot = indicator_parts.said if work else indicator_parts.traced
            indicator_parts.card(row, history, NAMES[code], owed, foot)
    with st.grid(2, min_column_width=cards.GRID_BOXES):
        show.burn_up(history, is_month=scope.is_month)
        show.groups(groups, work)
        show.roles(roles, work)
        show.units(units)
    show.pressing(ask(completion.pressing, scope, work))
    show.unclear(ask(completion.unclear, scope, work))

page.source()
