"""Truy xuất số liệu: from a number to the cells it was read from."""

import streamlit as st

from queries import lineage, unit
from ui import choosing, page
from ui.ask import ask
from ui.parts import cells as show
from ui.parts.unit import choice

catalogue = ask(lineage.indicators)
with st.container(horizontal=True):
    units = ask(unit.units)
    indicator, code = show.choice(), choice(units, choosing.TRACED_UNIT)
    traced, name = show.looked_at(code)
row = catalogue.set_index("indicator", drop=False).loc[indicator] if indicator else None
behind = ask(lineage.units_behind, traced, indicator, code)

page.title(
    f"{name}: {show.subject(row, units, code)}",
    page.within("Truy từ con số về tệp, sheet và ô gốc trong báo cáo của đơn vị."),
)
if row is not None and not behind.empty:
    show.formula(row, *show.totals(behind, row))
if code and traced.is_month:
    show.report(traced, code, row)
elif code:
    show.months(traced, units, code, row)
elif row is not None and not behind.empty:
    show.units(behind, row)
elif row is not None:
    page.nothing("số liệu của chỉ tiêu này")
else:
    st.info("Chọn một chỉ tiêu hoặc một đơn vị.", icon=":material/search:")

page.source()
