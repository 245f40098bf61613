"""Đơn vị: one unit's story, against its peers and its own past."""

import streamlit as st

from queries import chasing, lineage, settled, unit
from ui import cards, choosing, filters, formats, page, sentences
from ui.ask import ask
from ui.parts import chasing as reminding
from ui.parts import explaining
from ui.parts import unit as show

scope = filters.chosen()
units = ask(unit.units)
code = show.choice(units, choosing.UNIT)

if not code:
    show.nobody_chosen()

row = units.set_index("unit_code").loc[code]
standing = ask(unit.standing, scope, code)
page.title(
    f"{formats.plain(row['unit'])}, {filters.period_name().lower()}{sentences.unit(standing)}",
    " · ".join(one for one in (formats.kind(row["kind"]), formats.plain(row["old_district"])) if one),
)
explaining.of_unit(ask(settled.questions, scope, code))
if standing.empty:
    page.note("Đơn vị chưa có báo cáo được ghi nhận của kỳ này. Chọn kỳ khác, hoặc xem các lần nộp dưới đây.")
    show.reports(ask(unit.reports, code), str(row["unit"]))
else:
    show.channels(scope, code)
    show.indicators(standing, ask(unit.history, code, scope.shown), str(row["unit"]))
    with st.grid(2, min_column_width=cards.GRID_BOXES):
        show.reports(ask(unit.reports, code), str(row["unit"]))
        show.remarks(ask(unit.remarks, code, scope.months[-1]))
    explaining.answers(ask(settled.explanations, scope, code), "unit-answers")
    reminding.frequent_of(ask(chasing.frequent, scope), code)
    show.tasks(ask(lineage.of_tasks, code, scope.months[-1]))

page.source()
