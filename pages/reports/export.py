"""Xuất báo cáo: the documents of a period, each one click."""

from documents import pack
from documents.book import form06
from documents.book import make as book
from documents.page import make as html
from documents.word import make as word
from documents.word import reminder
from etl import catalogue_dir
from ui import filters, formats, page
from ui.ask import ask, later, now, today
from ui.parts.exporting import offers

scope, closing = filters.chosen(), filters.closing()
frozen, templates, at = closing.name if closing else "", catalogue_dir() / "word", now()
page.title(
    f"Xuất báo cáo {formats.inside(filters.period_name())}",
    page.within("Mỗi tài liệu được lập từ số liệu đang xem, vào lúc bấm nút."),
)
made = {
    "bao-cao.docx": later(word.city_report, scope, at, templates, frozen),
    "tong-hop.xlsx": later(book.consolidated, scope, at, frozen),
    "hop.zip": later(pack.meeting, scope, at, templates, frozen),
    "tong-quan.html": later(html.overview, scope, at, frozen),
    "bieu-06.xlsx": later(form06.refilled, scope, filters.period_name()),
    "du-lieu-mo.zip": later(pack.open_data, scope),
}
if ask(reminder.anybody, scope, today()):
    made["don-doc.docx"] = later(word.reminder_letter, scope, at, templates)
    made["don-doc.zip"] = later(pack.reminders, scope, at, templates)
offers(made, scope.period)
