"""The frame: the menu and the filters, then the chosen page.

    streamlit run dashboard.py

Scripts lie one folder deeper than pages/: Streamlit runs a bare pages/*.py by itself, without this frame.
"""

from ui import frame

frame.begin()
FIRST = "pages/steering/start.py" if frame.is_new() else "pages/steering/overview.py"
SUBMIT, CATALOGUE, AUDIT = "nop-bao-cao", "danh-muc", "nhat-ky"
OF_NATION = {
    "Toàn quốc": [
        frame.page(
            "pages/steering/nation.py",
            title="So sánh các tỉnh",
            icon=":material/public:",
            default=True,
        )
    ],
    "Quản trị": [frame.page("pages/admin/audit.py", title="Nhật ký", icon=":material/history:", url_path=AUDIT)],
}
PAGES = {
    "Điều hành": [
        frame.page(FIRST, title="Tổng quan", icon=":material/dashboard:", url_path="tong-quan", default=True)
    ],
    "Phân tích": [
        frame.page(
            "pages/analysis/channels.py",
            title="Độ phủ theo kênh",
            icon=":material/campaign:",
            url_path="do-phu-theo-kenh",
        ),
        frame.page(
            "pages/analysis/completion.py",
            title="Hoàn thành nhiệm vụ",
            icon=":material/checklist:",
            url_path="hoan-thanh-nhiem-vu",
        ),
        frame.page(
            "pages/analysis/services.py",
            title="Dịch vụ công trực tuyến",
            icon=":material/language:",
            url_path="dich-vu-cong-truc-tuyen",
        ),
        frame.page("pages/analysis/skills.py", title="Kỹ năng số", icon=":material/school:", url_path="ky-nang-so"),
        frame.page("pages/analysis/unit.py", title="Đơn vị", icon=":material/location_city:", url_path="don-vi"),
    ],
    "Báo cáo": [
        frame.page(
            "pages/reports/status.py", title="Tình hình nộp", icon=":material/calendar_month:", url_path="tinh-hinh-nop"
        ),
        frame.page(
            "pages/reports/cells.py", title="Truy xuất số liệu", icon=":material/search:", url_path="truy-xuat-so-lieu"
        ),
        frame.page(
            "pages/reports/export.py", title="Xuất báo cáo", icon=":material/description:", url_path="xuat-bao-cao"
        ),
        frame.page("pages/reports/submit.py", title="Nộp báo cáo", icon=":material/upload_file:", url_path=SUBMIT),
    ],
    "Quản trị": [
        frame.page("pages/admin/catalogue.py", title="Danh mục", icon=":material/menu_book:", url_path=CATALOGUE),
        frame.page("pages/admin/audit.py", title="Nhật ký", icon=":material/history:", url_path=AUDIT),
    ],
}

LONGER = frozenset({
    "", "do-phu-theo-kenh", "hoan-thanh-nhiem-vu", "dich-vu-cong-truc-tuyen", "ky-nang-so", "don-vi",
    "truy-xuat-so-lieu", "xuat-bao-cao",
})  # fmt: skip
"""Pages that also tell of quarters, half-years and years; the others know months. The first page has no address."""

frame.around(
    frame.menu(OF_NATION if frame.is_national() else PAGES), unfiltered=frozenset({SUBMIT, AUDIT}), longer=LONGER
)
