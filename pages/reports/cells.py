"""Truy xuất số liệu: from a number to the cells it was read from."""

import streamlit as st

from queries import lineage, unit
from ui import choosing, filters, formats, page
from ui.ask import ask
from ui.parts import cells as show
from ui.parts.unit import choice

scope, catalogue = filters.chosen(), ask(lineage.indicators)
with st.container(horizontal=True):
    indicator, code = show.choice(), choice(ask(unit.units), choosing.TRACED_UNIT)
    traced, name = show.looked_at(code)
row = catalogue.set_index("indicator", drop=False).loc[indicator] if indicator else None
asked = (lineage.of_unit, indicator, code, traced.months[-1]) if code else (lineage.units_behind, scope, indicator)
behind = ask(*asked)

page.title(
    f"{name}: {formats.plain(row['name']) if row is not None else 'số liệu gốc của từng báo cáo'}",
    page.within("Truy từ con số về tệp, sheet và ô gốc trong báo cáo của đơn vị."),
)
if row is not None and not behind.empty:
    show.formula(row, *show.totals(behind, row))
if code:
    show.report(traced, code, row)
elif row is not None and not behind.empty:
    show.units(behind, row)
elif row is not None:
    page.nothing("số liệu của chỉ tiêu này")
else:
    st.info("Chọn một chỉ tiêu hoặc một đơn vị.", icon=":material/search:")

page.source()
