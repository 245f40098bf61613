"""Dịch vụ công trực tuyến: adoption by unit with its volume, movement, the way of the dossiers."""

import streamlit as st

from queries import indicators, lineage, reporting, services
from ui import cards, choosing, filters, formats, page, sentences
from ui.ask import ask
from ui.parts import indicators as indicator_parts
from ui.parts import services as show
from ui.parts import spread

scope = filters.chosen()
catalogue = ask(lineage.indicators)
codes = tuple(code for code in catalogue["indicator"] if code.startswith("DV"))
standing, history = ask(indicators.course, scope, codes)
rows = indicator_parts.by_code(standing)
owed = ask(reporting.units, scope)

page.title(
    sentences.adoption(rows["DV01"], filters.period_name()),
    page.within(
        f"{formats.of(rows['DV01']['units'], owed)} đơn vị có số liệu, theo báo cáo của đơn vị. "
        "Tỷ lệ chung bằng tổng tử số chia tổng mẫu số của các đơn vị."
    ),
)

if not rows["DV01"]["units"]:
    page.nothing("số liệu dịch vụ công")
else:
    with st.grid(4, min_column_width=cards.GRID_CARDS):
        for code, name in show.ADOPTION.items():
            indicator_parts.card(rows[code], history, name, owed)
    with st.grid(2, min_column_width=cards.GRID_BOXES):
        show.flow(ask(services.flow, scope))
        indicator_parts.trend(rows["DV01"], history, "Hồ sơ nộp trực tuyến qua 12 tháng", 330)
    spread.overall(standing, owed)
    spread.by_unit(scope, rows, choosing.SERVICE)

page.source()
