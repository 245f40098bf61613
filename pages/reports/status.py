"""Tình hình nộp: units by months, who is to be reminded, what is to be confirmed, extensions, closing."""

from queries import chasing, reporting, settled
from ui import choosing, filters, formats, page, sentences
from ui.ask import ask, ask_now, today
from ui.parts import chasing as reminding
from ui.parts import closing, deciding, explaining, extending
from ui.parts import reporting as show

OVERVIEW, REMIND, CONFIRM, EXTEND, CLOSE = "Tình hình", "Đôn đốc", "Cần xác nhận", "Gia hạn", "Chốt kỳ"
scope = filters.chosen()
months = ask(reporting.by_month, scope, today())

page.title(
    f"{filters.period_name()}: {sentences.reports(months.iloc[-1])}",
    page.within(
        f"Hạn nộp: hết ngày {formats.date(filters.due_at())}. Đúng hạn tính theo tệp đầu tiên đọc được, "
        "đúng đơn vị và kỳ; nộp bổ sung sau không làm mất đúng hạn."
    ),
)
page.provisional(months.iloc[-1])
section = choosing.section(choosing.SECTION, (OVERVIEW, REMIND, CONFIRM, EXTEND, CLOSE))
deciding.done()

if section == OVERVIEW:
    show.overview(months, ask(reporting.missing, scope, today()), ask(reporting.grid, scope, today()))
elif section == REMIND:
    reminding.reminders(ask(chasing.cases, scope, today()), ask(chasing.faults, scope), ask(chasing.wordings))
    reminding.frequent(ask(chasing.frequent, scope))
elif section == CONFIRM:
    explaining.questions(ask(settled.questions, scope))
    explaining.answers(ask(settled.explanations, scope), "answers")
elif section == EXTEND:
    extending.form(ask(settled.owing, scope))
    extending.in_force(ask(settled.extensions, scope))
else:
    closing.all_of(ask_now(settled.closings, scope.period), months.iloc[-1])
page.source()
