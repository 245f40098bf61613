"""Truy xuất số liệu: from a number to the cells it was read from."""

import streamlit as st

from queries import lineage, settled, unit
from ui import choosing, filters, formats, page
from ui.ask import ask
from ui.parts import cells as show
from ui.parts.unit import choice

scope = filters.chosen()
catalogue = ask(lineage.indicators)
with st.container(horizontal=True):
    indicator, code = show.choice(), choice(ask(unit.units), choosing.TRACED_UNIT)
row = catalogue.set_index("indicator", drop=False).loc[indicator] if indicator else None
behind = ask(lineage.units_behind, scope, indicator)
mine = behind[behind["unit_code"] == code] if code else behind

page.title(
    f"{filters.period_name()}: {formats.plain(row['name']) if row is not None else 'số liệu gốc của từng báo cáo'}",
    page.within("Từ một con số đến tệp, trang tính và ô mà số đó được đọc ra."),
)
if row is not None and not mine.empty:
    show.formula(row, *show.totals(mine, row))
if code:
    numbers = ask(lineage.of_indicator, indicator, code, scope.months[-1]) if indicator else None
    show.report(
        numbers if numbers is not None else ask(lineage.of_report, code, scope.months[-1]),
        ask(lineage.of_tasks, code, scope.months[-1]) if row is None or show.of_tasks(row) else None,
        ask(lineage.versions, code, scope.months[-1]), ask(lineage.names), ask(settled.explanations, scope, code),
    )  # fmt: skip
elif row is not None and not behind.empty:
    show.units(behind, row)
elif row is not None:
    page.nothing("số liệu của chỉ tiêu này")
else:
    st.info("Chọn một chỉ tiêu hoặc một đơn vị.", icon=":material/search:")

page.source()
