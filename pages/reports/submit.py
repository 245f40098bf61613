"""Nộp báo cáo: drop many files, see what would become of each, then record the good ones."""

from ui import page
from ui.parts import receipts as show
from ui.parts import start

page.title(
    "Nộp báo cáo",
    "Kéo thả các tệp vào ô dưới đây. Tệp được kiểm tra ngay; chỉ khi bấm **Ghi nhận** số liệu mới được lưu.",
)
show.recorded()

if files := show.dropped():
    receipts = show.checked(files)
    show.summary(receipts)
    show.recording(files, receipts)
    show.findings(receipts)
else:
    show.forget()
    show.steps()
    start.clear_demonstration()
