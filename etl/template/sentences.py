"""What the guidance says that does not come from the catalogue. Words in {braces} are filled in."""
# ruff: noqa: E501 - sentences for people stay whole

from __future__ import annotations

WRONG, MISSING, ODD, WORTH_KNOWING = "SAI: ", "THIẾU: ", "XEM LẠI: ", "LƯU Ý: "
WANTED, OR_KAD = "ô đỏ cần ghi {expected}{or_kad}.", "; không áp dụng thì ghi {kad}"
LENGTH = "nội dung từ {low} đến {high} ký tự"
IN_ERROR = "dòng này có ô báo lỗi (#N/A, #REF!…), hãy gõ lại giá trị của ô đó."
ABOVE, BELOW = (
    "“{label}” ({{{column}}}) lớn hơn “{bound_label}” ({{{bound}}}).",
    "“{label}” ({{{column}}}) nhỏ hơn “{bound_label}” ({{{bound}}}).",
)
LATER, EARLIER = (
    "“{label}” ({{{column}}}) sau “{bound_label}” ({{{bound}}}).",
    "“{label}” ({{{column}}}) trước “{bound_label}” ({{{bound}}}).",
)

COMPLETE, NOTHING, READY = "Đủ", "Không phát sinh", "Đủ, có thể gửi"
LACKS, WRONGS, LOOK_AGAIN = ("Còn thiếu ", " ô"), ("Sai ", " ô"), ("; xem lại ", " ô")
ROW, WHOLE_FILE = "Dòng ", "Cả tệp: "

STEPS = (
    "Mở sheet {cover}, xem tên đơn vị ({unit}) và kỳ báo cáo ({period}, số liệu {span}) đã đúng chưa. Không đúng thì không dùng tệp này, đề nghị cấp lại mẫu của đơn vị mình.",
    "Điền lần lượt từng sheet, từ trái sang phải. Ô vàng đậm là ô bắt buộc còn trống; điền xong, ô tự nhạt đi. Ô xám không phải điền. Số và nhiệm vụ của kỳ trước (nếu có) đã được điền sẵn.",
    "Xem các ô đỏ và ô cam. Ô đỏ là số liệu chưa đúng hoặc chưa khớp, phải sửa trước khi gửi. Ô cam là số liệu khác thường: đúng thì để nguyên, sai thì sửa. Sai ở đâu, sửa thế nào ghi ở dòng “Tự kiểm tra” dưới tiêu đề của sheet và ở cột “Tự kiểm tra” bên phải bảng.",
    "Khi mục A của sheet này ghi “Đủ, có thể gửi” thì lưu tệp, giữ nguyên tên {file}, gửi về {authority} trước {due}. Gửi lại lần sau thì tăng “Lần nộp trong kỳ”.",
)

COLOURS = (
    ("must", "", "Ô bắt buộc còn trống: phải điền"),
    ("input", "", "Ô được điền (không bắt buộc, hoặc bắt buộc và đã điền)"),
    ("label", "", "Chữ in sẵn, số kỳ trước: đã khóa, không sửa"),
    ("unused", "", "Không dùng cho dòng này: để trống"),
    ("wrong", "", "Chưa đúng hoặc chưa khớp: sửa trước khi gửi"),
    ("odd", "", "Số liệu khác thường, hoặc còn thiếu mà cần giải thích: xem lại, đúng thì để nguyên"),
    ("head_required", "Cột *", "Tiêu đề nền xanh đậm và có dấu * là cột bắt buộc"),
)

WAYS_TO_WRITE = (
    (
        "Có số liệu",
        "Gõ số, không kèm chữ hay đơn vị tính, không gõ dấu ngăn cách hàng nghìn: 1234 (không gõ 1.234 hay 1,234).",
    ),
    ("Không làm, không phát sinh", "Ghi 0. Số 0 nghĩa là đã xem và không có gì."),
    ("Không áp dụng", "Ghi {kad} khi nội dung đó không thuộc phạm vi của đơn vị."),
    ("Chưa có số liệu", "Để trống. Ô trống không được hiểu là 0; ô bắt buộc để trống thì báo cáo bị trả lại."),
    ("Cả sheet không có gì", "Chọn “{yes}” ở ô “{nothing} trong kỳ” trên đầu sheet; không phải điền từng số 0."),
    ("Tỷ lệ phần trăm", "Gõ số từ 0 đến 100, không gõ dấu %: đạt 85% thì gõ 85."),
    ("Phần thập phân", "Dùng dấu phẩy: 12,5."),
    ("Ngày", "Ngày trước, tháng sau, đủ bốn chữ số của năm: 20/11/2026. Gõ xong, xem ô có hiện đúng ngày đã gõ không."),
    ("Ô có danh sách", "Bấm vào ô, bấm mũi tên ở góc phải rồi chọn; không gõ cách gọi khác."),
    ("Nhiều đơn vị trong một ô", "Ngăn cách bằng dấu chấm phẩy (;)."),
    (
        "Dữ liệu cá nhân",
        "Không ghi họ tên, số định danh, số điện thoại, thư điện tử cá nhân: chỉ ghi chức danh, bộ phận và số tổng hợp.",
    ),
    (
        "Không được",
        "Đổi tên sheet, xóa dòng hoặc cột in sẵn, gộp ô, chèn ảnh. Được kéo rộng cột, thêm dòng ở sheet dạng danh sách.",
    ),
)
