"""Xuất báo cáo: the documents of a period, each one click."""

from documents import pack
from documents.book import form06
from documents.book import make as book
from documents.page import make as html
from documents.word import make as word
from documents.word import reminder
from documents.wording import inside
from etl import catalogue_dir
from ui import filters, page
from ui.ask import ask, later, now, today
from ui.parts.exporting import Offer, offers

scope, closing, period = filters.chosen(), filters.closing(), filters.chosen().period
frozen, templates, at = closing.name if closing else "", catalogue_dir() / "word", now()
page.title(
    f"Xuất báo cáo {inside(filters.period_name())}",
    page.within("Mỗi tài liệu được lập từ số liệu đang xem, vào lúc bấm nút."),
)
REPORT = "Báo cáo của Sở gửi UBND thành phố, thể thức theo Nghị định 30/2020/NĐ-CP."
LETTER = "Gửi đơn vị chưa nộp, nộp trễ, bị trả lại; không gồm đơn vị đang được gia hạn."
BOOK = "Mọi chỉ tiêu của mọi đơn vị, kèm tử số, mẫu số, biểu đồ, định nghĩa."
FORM = "Tình hình, kết quả giải quyết thủ tục hành chính của các đơn vị."
letter = later(word.reminder_letter, scope, at, templates)
made = [
    Offer("Báo cáo Word", REPORT, f"bao-cao-{period}.docx", later(word.city_report, scope, at, templates, frozen)),
    Offer("Tệp Excel tổng hợp", BOOK, f"tong-hop-{period}.xlsx", later(book.consolidated, scope, at, frozen)),
    Offer("Bộ tài liệu họp", "Báo cáo Word, tệp Excel và trang tổng quan trong một tệp nén.",
          f"tai-lieu-hop-{period}.zip", later(pack.meeting, scope, at, templates, frozen)),
    Offer("Trang tổng quan", "Một tệp HTML, mở bằng trình duyệt không cần mạng.", f"tong-quan-{period}.html",
          later(html.overview, scope, at, frozen)),
    Offer("Biểu 06/VPCP/KSTT", FORM, f"bieu-06-{period}.xlsx", later(form06.refilled, scope, filters.period_name())),
    Offer("Dữ liệu mở", "CSV, Parquet kèm từ điển số liệu; chỉ gồm số tổng hợp.", f"du-lieu-mo-{period}.zip",
          later(pack.open_data, scope)),
]  # fmt: skip
named = [Offer("Công văn đôn đốc", LETTER, f"don-doc-{period}.docx", letter)]
offers([*made, *(named if ask(reminder.anybody, scope, today()) else [])])
