"""Nhật ký: who did what, when and why; and whether the record of it is whole."""

from etl import verify_journal
from ui import page
from ui.ask import folder
from ui.parts import audit as show

whole = verify_journal(folder())
page.title(
    f"Nhật ký: {'sổ nguyên vẹn' if not whole.faults else 'sổ không còn nguyên vẹn'}",
    "Ai làm gì, lúc nào, vì sao: nhận, ghi nhận, trả lại, hủy, giải trình, gia hạn, chốt kỳ, đổi danh mục, xuất dữ "
    "liệu, đăng nhập. Không sửa, không xóa được.",
)
show.chain(whole)
show.listed(*show.found(show.wanted()))
