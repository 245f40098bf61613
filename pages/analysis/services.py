"""Dịch vụ công trực tuyến: adoption by unit with its volume, movement, the way of the dossiers."""

import streamlit as st

from queries import indicators, reporting, services
from ui import cards, filters, formats, page, sentences
from ui.ask import ask
from ui.parts import indicators as indicator_parts
from ui.parts import services as show

scope = filters.chosen()
standing = ask(indicators.standing, scope, tuple(show.ADOPTION))
history = ask(indicators.history, scope, tuple(show.ADOPTION))
units = ask(services.by_unit, scope, "DV01")
owed = int(ask(reporting.units, scope)["units"].iloc[0])

page.title(
    sentences.adoption(standing.iloc[0], filters.period_name()),
    page.within(
        f"{formats.of(len(units), owed)} đơn vị có số liệu, theo báo cáo của đơn vị. "
        "Tỷ lệ chung là tổng hồ sơ chia tổng hồ sơ."
    ),
)

if units.empty:
    page.nothing("số liệu dịch vụ công")
else:
    with st.grid(4, min_column_width=cards.GRID_CARDS):
        for _, row in standing.iterrows():
            indicator_parts.card(row, history, show.ADOPTION[row["indicator"]], owed)
    with st.grid(2, min_column_width=cards.GRID_BOXES):
        show.distribution(units, standing.iloc[0])
        show.flow(ask(services.flow, scope))
    show.units(units, standing.iloc[0])

page.source()
