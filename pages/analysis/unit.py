"""Đơn vị: one unit's story, against its peers and its own past."""

import streamlit as st

from documents.word.make import unit_report
from etl import catalogue_dir
from queries import audit, chasing, lineage, settled, unit
from ui import cards, choosing, filters, page
from ui.ask import ask, later, now
from ui.parts import audit as auditing
from ui.parts import chasing as reminding
from ui.parts import explaining, exporting
from ui.parts import unit as show

scope, month, units = filters.chosen(), filters.latest_month(), ask(unit.units)
code = show.choice(units, choosing.UNIT)
if not code:
    show.nobody_chosen(scope)
row = units.set_index("unit_code").loc[code]
standing, received = ask(unit.standing, scope, code), ask(unit.reports, code)
page.title(show.headline(row, standing), show.kind_and_place(row))
explaining.of_unit(ask(settled.questions, month, code))
last, when = show.last_reported(received, scope)
if not last:
    show.without_report()
    show.reports(received, str(row["unit"]))
else:
    report = later(unit_report, scope, code, now(), catalogue_dir() / "word")
    exporting.taken("Báo cáo Word", f"bao-cao-{code}-{scope.period}.docx", report)
    show.channels(scope, code)
    show.indicators(standing, ask(unit.peers, scope, row["kind"]), ask(unit.history, code, scope.shown), row["unit"])
    with st.grid(2, min_column_width=cards.GRID_BOXES):
        show.reports(received, str(row["unit"]))
        show.remarks(ask(unit.remarks, code, scope.months))
    explaining.answers(ask(settled.explanations, month, code), "unit-answers")
    reminding.frequent_of(ask(chasing.frequent, month), code)
    show.tasks(ask(lineage.of_tasks, code, last), when)
auditing.history(ask(audit.of_unit, code), "unit-history")
page.source()
