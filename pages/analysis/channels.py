"""Độ phủ theo kênh: which channels reach, which units are silent on which."""

import streamlit as st

from queries import channels, reporting
from ui import cards, filters, formats, page
from ui.ask import ask
from ui.parts import channels as show

scope = filters.chosen()
matrix, (groups, owed, output, themes, audiences) = ask(channels.by_unit, scope), ask(channels.told, scope)
group = show.choice(groups)
units = formats.of(len(matrix), ask(reporting.units, scope))

page.title(
    f"{filters.period_name()}: {show.finding(matrix, groups, group)}",
    page.within(f"Độ phủ là tỷ lệ đơn vị có ít nhất một sản phẩm trên kênh, trong {units} đơn vị có số liệu."),
)

if matrix.empty:
    page.nothing("số liệu tuyên truyền")
else:
    with st.grid(2, min_column_width=cards.GRID_BOXES):
        show.by_channel(groups, owed, group)
        with st.container(gap="medium"):
            show.over_time(scope, output, group)
            if group:
                show.without(matrix, group)
            else:
                show.audiences(audiences)
    show.output(output[output["group_code"] == group] if group else output)
    show.themes(themes)
    show.silence(matrix, groups)

page.source()
