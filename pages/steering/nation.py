"""Toàn quốc: how the provinces compare, from the totals they shared; who has not shared is named."""

import streamlit as st

from queries import nation
from ui import cards, page, sentences
from ui.ask import ask
from ui.parts import indicators as indicator_parts
from ui.parts import nation as show

scope = show.period(ask(nation.periods))
if scope is None:
    page.title("Toàn quốc: chưa có tỉnh nào chia sẻ số liệu")
    page.note(show.HOW_TO)
    st.stop()
codes = tuple(sentences.LEADING)
standing, history = ask(nation.standing, scope, codes), ask(nation.history, scope, codes)
every = ask(nation.provinces, scope, codes[0])

page.title(show.finding(every, standing), show.about(every))
with st.grid(4, min_column_width=cards.GRID_CARDS):
    for code, row in indicator_parts.by_code(standing).items():
        indicator_parts.card(row, history, sentences.LEADING[code], int(row["owed"]), show.foot(len(every)))
chosen = show.indicator(ask(nation.indicators))
row = indicator_parts.by_code(ask(nation.standing, scope, (chosen,)))[chosen]
frame = ask(nation.provinces, scope, chosen)
show.trend_and_absent(frame, row, ask(nation.history, scope, (chosen,)))
show.ranking(frame, row)
show.table(frame, row)
st.caption(show.SOURCE)
