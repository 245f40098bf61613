"""What officers write: tasks, obstacles, evidence, remarks. Offices and places only, never a person."""
# ruff: noqa: E501 - what people write stays whole

from __future__ import annotations

LEADS = {"1": ("U01", "Trưởng phòng Văn hóa - Xã hội"), "2": ("U04", "Chánh Văn phòng"),
         "3": ("U02", "Trưởng phòng Kinh tế"), "4": ("U01", "Trưởng phòng Văn hóa - Xã hội"), "5": ("U05", "Giám đốc Trung tâm Phục vụ hành chính công"),
         "6": ("U02", "Trưởng phòng Kinh tế"), "7": ("U04", "Chánh Văn phòng")}  # fmt: skip
AGENCY_LEAD = ("U20", "Chánh Văn phòng Ban Quản lý")

PRODUCTS = {"1": "Tin, bài, hội nghị; báo cáo kết quả tuyên truyền", "2": "Kế hoạch, văn bản chỉ đạo được ban hành",
            "3": "Hạng mục hạ tầng số được nghiệm thu", "4": "Lớp bồi dưỡng, danh sách học viên hoàn thành",
            "5": "Hồ sơ giải quyết trực tuyến; báo cáo kết quả", "6": "Doanh nghiệp, hộ kinh doanh được hỗ trợ",
            "7": "Chương trình phối hợp, biên bản ghi nhớ"}  # fmt: skip

NEW_TASKS = (
    ("1", "Tổ chức hội nghị sơ kết công tác tuyên truyền Nghị quyết số 57-NQ/TW", "Hội nghị; báo cáo sơ kết"),
    ("1", "Xây dựng chuyên mục hỏi đáp về chuyển đổi số trên hệ thống truyền thanh cơ sở", "Chuyên mục phát sóng hằng tuần"),
    ("1", "Lắp đặt cụm pano tuyên truyền Nghị quyết số 57-NQ/TW tại khu vực trung tâm", "Cụm pano"),
    ("2", "Ban hành quy chế hoạt động của Ban Chỉ đạo phát triển khoa học, công nghệ và chuyển đổi số", "Quy chế được ban hành"),
    ("2", "Rà soát, kiến nghị sửa đổi quy trình nội bộ giải quyết thủ tục hành chính", "Danh mục quy trình đề nghị sửa đổi"),
    ("3", "Lắp đặt điểm truy cập Internet không dây công cộng tại nhà văn hóa các thôn, tổ dân phố", "Điểm truy cập hoạt động"),
    ("3", "Nâng cấp đường truyền và thiết bị tại Trung tâm Phục vụ hành chính công", "Biên bản nghiệm thu"),
    ("3", "Thay thế cụm loa truyền thanh bằng thiết bị ứng dụng công nghệ thông tin", "Cụm loa mới hoạt động"),
    ("4", "Tổ chức lớp bồi dưỡng kỹ năng số cho Tổ công nghệ số cộng đồng", "Lớp bồi dưỡng; danh sách hoàn thành"),
    ("4", "Tổ chức lớp Bình dân học vụ số cho người cao tuổi và hộ sản xuất nông nghiệp", "Lớp học; kết quả đánh giá"),
    ("4", "Phổ cập kỹ năng khai thác trí tuệ nhân tạo cho cán bộ, công chức", "Lớp tập huấn"),
    ("5", "Ra quân cao điểm hướng dẫn nộp hồ sơ trực tuyến và thanh toán trực tuyến", "Báo cáo kết quả đợt cao điểm"),
    ("5", "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính lĩnh vực hộ tịch còn hiệu lực", "Dữ liệu được số hóa"),
    ("5", "Mở điểm hỗ trợ dịch vụ công trực tuyến tại các nhà văn hóa", "Điểm hỗ trợ hoạt động"),
    ("6", "Hỗ trợ hộ kinh doanh chuyển từ thuế khoán sang kê khai, dùng hóa đơn điện tử", "Danh sách hộ được hỗ trợ"),
    ("6", "Đưa sản phẩm OCOP và sản phẩm địa phương lên sàn thương mại điện tử", "Gian hàng hoạt động"),
    ("6", "Tổ chức tọa đàm với doanh nghiệp về chính sách hỗ trợ đổi mới sáng tạo", "Tọa đàm; tổng hợp kiến nghị"),
    ("7", "Ký kết chương trình phối hợp với doanh nghiệp viễn thông về phủ sóng và kỹ năng số", "Chương trình phối hợp"),
    ("7", "Phối hợp trường đại học tổ chức ngày hội công nghệ cho học sinh, thanh niên", "Ngày hội; báo cáo kết quả"),
)  # fmt: skip
SOURCES = ("Kế hoạch 358/KH-UBND ngày 31/12/2025", "Kế hoạch 67/KH-UBND ngày 27/02/2026", "Thông báo kết luận giao ban tháng",
           "Chương trình công tác năm", "Kế hoạch hành động 12-KH/TU ngày 26/8/2025")  # fmt: skip

LATE_BECAUSE = (
    "Chờ bố trí kinh phí bổ sung",
    "Đơn vị phối hợp chưa gửi đủ số liệu",
    "Nhân sự phụ trách kiêm nhiệm nhiều việc, chưa sắp xếp được thời gian",
    "Thiết bị giao chậm so với hợp đồng",
    "Trùng thời gian diễn tập phòng thủ dân sự, phải lùi lịch tổ chức",
    "Đang chờ hướng dẫn chuyên môn của cấp trên",
    "Thời tiết mưa bão kéo dài, chưa thi công được",
)
CANCELLED_BECAUSE = (
    "Trùng nội dung với nhiệm vụ khác đã giao",
    "Dừng theo thông báo kết luận của lãnh đạo Ủy ban nhân dân",
)
EVIDENCE = (
    "Báo cáo số {number}/BC-UBND",
    "Công văn số {number}/UBND-VHXH",
    "Biên bản ngày {day}",
    "Kế hoạch số {number}/KH-UBND",
)
AGENCY_EVIDENCE = ("Báo cáo số {number}/BC-BQL", "Công văn số {number}/BQL-VP", "Biên bản ngày {day}")

NOTES = (
    "Số liệu lấy từ trang quản trị của kênh",
    "Gồm cả bài chia sẻ lại từ trang của thành phố",
    "Phát vào khung giờ sáng và chiều",
    "Tăng do tháng có ngày hội chuyển đổi số",
    "Thống kê theo sổ theo dõi của Trung tâm",
    "Lồng ghép với hội nghị thường kỳ",
)
REMARKS = {
    "KHO_KHAN": (
        "Một bộ phận người cao tuổi chưa có điện thoại thông minh, việc nộp hồ sơ trực tuyến còn phải nhờ người thân.",
        "Hệ thống truyền thanh một số thôn xuống cấp, chất lượng âm thanh chưa bảo đảm.",
        "Tổ công nghệ số cộng đồng hoạt động kiêm nhiệm, chưa có kinh phí hỗ trợ.",
        "Cổng Dịch vụ công có lúc quá tải vào giờ cao điểm, người dân phải nộp lại nhiều lần.",
        "Cán bộ phụ trách chuyển đổi số kiêm nhiệm nhiều việc, chưa được đào tạo chuyên sâu.",
        "Sóng di động ở một số khu dân cư xa trung tâm còn yếu.",
        "Dữ liệu đất đai chưa được số hóa đầy đủ nên chưa tái sử dụng được khi giải quyết hồ sơ.",
    ),
    "KIEN_NGHI": (
        "Đề nghị bố trí kinh phí thay thế các cụm loa đã hết khấu hao.",
        "Đề nghị tổ chức thêm lớp bồi dưỡng kỹ năng số cho Tổ công nghệ số cộng đồng.",
        "Đề nghị cung cấp bộ tài liệu tuyên truyền mẫu, video ngắn để dùng chung toàn thành phố.",
        "Đề nghị hướng dẫn thống nhất cách đếm lượt tiếp cận trên mạng xã hội.",
        "Đề nghị nâng cấp chức năng thanh toán trực tuyến lệ phí hộ tịch trên Cổng Dịch vụ công.",
    ),
    "MO_HINH_HAY": (
        "Mô hình “Tổ công nghệ số đi từng ngõ, gõ từng nhà” hướng dẫn nộp hồ sơ trực tuyến vào tối thứ Tư hằng tuần.",
        "Mô hình “Chợ không dùng tiền mặt” tại chợ trung tâm, hầu hết quầy hàng có mã QR.",
        "Mô hình “Thứ Bảy học vụ số” tại nhà văn hóa thôn, do đoàn viên thanh niên hướng dẫn.",
        "Mô hình “Quét mã QR trả kết quả” tại Trung tâm Phục vụ hành chính công.",
        "Mô hình “Loa số, tin nhanh” phát tin ngắn về chuyển đổi số mỗi sáng.",
    ),
    "NHIEM_VU_KY_TOI": (
        "Tiếp tục duy trì chuyên mục trên hệ thống truyền thanh; tổ chức hai lớp Bình dân học vụ số.",
        "Tập trung nâng tỷ lệ hồ sơ trực tuyến lĩnh vực đất đai và hộ tịch.",
        "Rà soát, gia hạn chứng thư chữ ký số cá nhân cho người dân có nhu cầu.",
        "Hoàn thành các nhiệm vụ đến hạn, báo cáo Ban Chỉ đạo.",
    ),
}  # fmt: skip
LEVELS = {"KHO_KHAN": ("XA", "SO", "UBND_TP", ""), "KIEN_NGHI": ("SO", "UBND_TP", "TRUNG_UONG")}
FIELDS = ("Tư pháp - Hộ tịch", "Đất đai", "Bảo trợ xã hội", "Xây dựng", "Chứng thực")
FIELD_WEIGHTS = (0.42, 0.22, 0.14, 0.08, 0.14)
AGENCY_FIELDS = ("Đầu tư", "Xây dựng", "Lao động", "Môi trường", "Thương mại")
