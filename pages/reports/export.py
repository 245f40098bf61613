"""Xuất báo cáo: the documents of the period chosen, each one click; letters that urge are of its month."""

from documents import pack
from documents.book import form06
from documents.book import make as book
from documents.page import make as html
from documents.word import make as word
from documents.word import reminder
from etl import catalogue_dir
from ui import filters, formats, page
from ui.ask import ask, later, now, today
from ui.parts import exporting as show

chosen = filters.choice()
scope, month = chosen.scope, chosen.month
frozen, templates, at = chosen.closing.name if chosen.closing else "", catalogue_dir() / "word", now()
urged = "" if scope == month else f" Công văn, bộ đôn đốc lập cho {formats.inside(filters.month_name(month.period))}."
page.title(
    f"Xuất báo cáo {formats.inside(filters.period_name())}",
    page.within(f"Mỗi tài liệu được lập từ số liệu đang xem, vào lúc bấm nút.{urged}"),
)
made = {
    "bao-cao.docx": later(word.city_report, scope, at, templates, frozen),
    "tong-hop.xlsx": later(book.consolidated, scope, at, frozen),
    "hop.zip": later(pack.meeting, scope, at, templates, frozen),
    "tong-quan.html": later(html.overview, scope, at, frozen),
    "bieu-06.xlsx": later(form06.refilled, scope, chosen.name),
    "du-lieu-mo.zip": later(pack.open_data, scope),
}
show.offers(made, scope.period)
if ask(reminder.anybody, month, today()):
    urging = {
        "don-doc.docx": later(word.reminder_letter, month, at, templates),
        "don-doc.zip": later(pack.reminders, month, at, templates),
    }
    show.offers(urging, month.period)
