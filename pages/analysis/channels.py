"""Độ phủ theo kênh: which channels reach, which units are silent on which."""

import streamlit as st

from queries import channels, reporting
from ui import cards, filters, formats, page, sentences
from ui.ask import ask
from ui.parts import channels as show

scope = filters.chosen()
matrix = ask(channels.by_unit, scope)
units = formats.of(len(matrix), ask(reporting.units, scope)["units"].iloc[0])

page.title(
    f"{filters.period_name()}: {sentences.silence(matrix)}",
    page.within(f"Độ phủ là tỷ lệ đơn vị có ít nhất một sản phẩm trên kênh, trong {units} đơn vị có số liệu."),
)

if matrix.empty:
    page.nothing("số liệu tuyên truyền")
else:
    groups = ask(channels.by_channel, scope)
    with st.grid(2, min_column_width=cards.GRID_BOXES):
        show.by_channel(groups, ask(channels.owed, scope))
        output = ask(channels.output, scope)
        show.output(output)
    code = show.pick(output)
    with st.grid(2, min_column_width=cards.GRID_BOXES):
        show.over_time(ask(channels.over_time, scope, code), output.set_index("channel_code").loc[code])
        show.audiences(ask(channels.audiences, scope))
    show.themes(ask(channels.by_theme, scope))
    show.silence(matrix, groups)

page.source()
