"""Kỹ năng số: Bình dân học vụ số, VNeID, digital signature, community teams."""

import streamlit as st

from queries import indicators, lineage, reporting
from ui import cards, choosing, filters, formats, page, sentences
from ui.ask import ask
from ui.parts import indicators as indicator_parts
from ui.parts import spread

LEADING = {
    "BD02": "Người trưởng thành có kỹ năng số",
    "BD04": "VNeID mức độ 2",
    "BD05": "Chữ ký số cá nhân",
    "BD08": "Thôn, TDP có Tổ công nghệ số",
}
scope = filters.chosen()
catalogue = ask(lineage.indicators)
codes = tuple(code for code in catalogue["indicator"] if code.startswith("BD"))
standing, history = ask(indicators.course, scope, codes)
rows = indicator_parts.by_code(standing)
owed = ask(reporting.units, scope)
counted = max(row["units"] for row in rows.values())

page.title(
    f"{filters.period_name()}: {sentences.skills(rows)}",
    page.within(f"{formats.of(counted, owed)} đơn vị có số liệu. Lũy kế đến cuối kỳ, theo báo cáo của đơn vị."),
)
if not counted:
    page.nothing("số liệu kỹ năng số")
else:
    with st.grid(4, min_column_width=cards.GRID_CARDS):
        for code, name in LEADING.items():
            indicator_parts.card(rows[code], history, name, owed)
    spread.overall(standing, owed)
    spread.by_unit(scope, rows, choosing.SKILL)

page.source()
