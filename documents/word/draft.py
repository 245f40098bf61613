"""The first draft of each Word template; from then on the templates are edited in Word.

    python -m documents.word.draft FOLDER

What stands in double braces, and between {%p … %} or {%tr … %}, is filled in: keep those words as they are. The rest,
wording and layout, may be changed freely.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docx.document import Document as Doc
from docx.shared import Mm

from documents.word import form

CITY, DEPARTMENT = "UBND THÀNH PHỐ HẢI PHÒNG", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"
RESOLUTION = (
    "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ, đổi mới sáng "
    "tạo và chuyển đổi số quốc gia"
)
MANAGEMENT = (
    "Số liệu trong báo cáo được tổng hợp từ báo cáo của các đơn vị, chốt lúc {{ chot_luc }}{{ ten_chot }}; là số liệu "
    "quản lý, không phải số liệu thống kê chính thức."
)
STANDING = ("TT", "Chỉ tiêu", "Giá trị", "Tử số/mẫu số", "Số đơn vị", "So với kỳ trước", "Mục tiêu", "Đánh giá")
STANDING_VALUES = ("tt", "ten", "gia_tri", "ty_so", "don_vi", "thay_doi", "muc_tieu", "danh_gia")


def city() -> Doc:
    """The report of the department to the city."""
    document = form.new_document()
    form.heading(document, CITY, DEPARTMENT, "BC-SKHCN", "Hải Phòng, ngày      tháng {{ thang }} năm {{ nam }}")
    form.title(document, "BÁO CÁO", "Kết quả thực hiện Nghị quyết số 57-NQ/TW ở cấp xã, {{ ky }}")
    form.to_whom(document, "Kính gửi: Ủy ban nhân dân thành phố Hải Phòng")
    form.body(
        document,
        f"Thực hiện {RESOLUTION}, Sở Khoa học và Công nghệ báo cáo kết quả thực hiện của các xã, phường, đặc khu và cơ "
        "quan có nghĩa vụ báo cáo trên địa bàn thành phố{{ pham_vi }}, {{ ky }} (từ ngày {{ tu_ngay }} đến ngày "
        "{{ den_ngay }}), như sau:",
    )
    city_reporting(document)
    city_results(document)
    city_end(document)
    city_appendices(document)
    return document


def city_reporting(document: Doc) -> None:
    """Who reported."""
    form.section_title(document, "I. TÌNH HÌNH NỘP BÁO CÁO")
    sentences(document, "nop")
    form.listing(
        document, ("Loại đơn vị", "Phải nộp", "Đúng hạn", "Nộp trễ", "Chờ nộp lại", "Chưa nộp", "Tỷ lệ đã nộp"),
        values("loai", "phai_nop", "dung_han", "tre", "tra_lai", "chua_nop", "ty_le"),
        "bang_nop", (Mm(36), Mm(20), Mm(20), Mm(20), Mm(22), Mm(20), Mm(27)),
    )  # fmt: skip


def city_results(document: Doc) -> None:
    """What was reached."""
    form.section_title(document, "II. KẾT QUẢ THỰC HIỆN")
    form.section_title(document, "1. Độ phủ theo kênh truyền thông")
    sentences(document, "kenh")
    picture(document, "hinh_kenh", "Hình 1. Tỷ lệ đơn vị có sản phẩm trên từng nhóm kênh")
    form.section_title(document, "2. Hoàn thành nhiệm vụ")
    sentences(document, "nhiem_vu")
    form.listing(
        document, ("TT", "Nhóm nhiệm vụ", "Tổng số", "Hoàn thành", "Đến hạn", "Đúng hạn", "Quá hạn", "Tỷ lệ đúng hạn"),
        values("tt", "ten", "tong", "xong", "den_han", "dung_han", "qua_han", "ty_le"),
        "bang_nhom", (Mm(10), Mm(53), Mm(17), Mm(17), Mm(17), Mm(17), Mm(17), Mm(17)),
    )  # fmt: skip
    form.section_title(document, "3. Dịch vụ công trực tuyến")
    sentences(document, "dvc")
    picture(document, "hinh_dvc", "Hình 2. Tỷ lệ hồ sơ nộp trực tuyến, thanh toán trực tuyến theo tháng")
    form.section_title(document, "4. Kỹ năng số")
    sentences(document, "ky_nang")


def city_end(document: Doc) -> None:
    """What units wrote, who is urged, who signs."""
    form.section_title(document, "III. KHÓ KHĂN, ĐỀ XUẤT, KIẾN NGHỊ CỦA CÁC ĐƠN VỊ")
    form.tag(document, "{%p for nhom in y_kien %}")
    form.section_title(document, "{{ loop.index }}. {{ nhom.ten }}")
    sentences(document, "nhom.cau")
    form.tag(document, "{%p endfor %}")
    form.section_title(document, "IV. ĐÔN ĐỐC")
    sentences(document, "don_doc")
    form.body(document, MANAGEMENT)
    last = form.body(document, "Sở Khoa học và Công nghệ trân trọng báo cáo Ủy ban nhân dân thành phố./.")
    last.paragraph_format.keep_with_next = True
    form.closing(
        document, ("- Như trên;", "- Thành ủy (báo cáo);", "- UBND các xã, phường, đặc khu;", "- Lưu: VT, KH."),
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    )  # fmt: skip


def city_appendices(document: Doc) -> None:
    """Indicators, then units."""
    form.landscape(document)
    appendix(document, "Phụ lục I", "CÁC CHỈ TIÊU CỦA THÀNH PHỐ, {{ ky_hoa }}")
    form.listing(document, STANDING, values(*STANDING_VALUES), "bang_chi_tieu",
                 (Mm(12), Mm(80), Mm(24), Mm(36), Mm(24), Mm(26), Mm(24), Mm(26)))  # fmt: skip
    form.new_page(document)
    appendix(document, "Phụ lục II", "KẾT QUẢ CỦA TỪNG ĐƠN VỊ, {{ ky_hoa }}")
    form.listing(
        document, ("TT", "Đơn vị", "Tình trạng nộp", "Độ phủ kênh bắt buộc", "Nhiệm vụ đúng hạn", "Nhiệm vụ quá hạn",
                   "Hồ sơ trực tuyến", "Kỹ năng số"),
        values("tt", "ten", "nop", "kenh", "dung_han", "qua_han", "dvc", "ky_nang"),
        "bang_don_vi", (Mm(10), Mm(50), Mm(24), Mm(28), Mm(30), Mm(26), Mm(36), Mm(48)),
    )  # fmt: skip


def unit() -> Doc:
    """The report of one unit to the city, in its own name."""
    document = form.new_document()
    form.heading(document, "{{ cap_tren }}", "{{ ten_hoa }}", "{{ ky_hieu }}",
                 "{{ dia_danh }}, ngày      tháng {{ thang }} năm {{ nam }}")  # fmt: skip
    form.title(document, "BÁO CÁO", "Kết quả thực hiện Nghị quyết số 57-NQ/TW {{ ky }}")
    form.to_whom(document, "Kính gửi: Sở Khoa học và Công nghệ thành phố Hải Phòng")
    form.body(
        document,
        f"Thực hiện {RESOLUTION}, {{{{ co_quan }}}} báo cáo kết quả {{{{ ky }}}} (từ ngày {{{{ tu_ngay }}}} đến ngày "
        "{{ den_ngay }}) như sau:",
    )
    form.section_title(document, "I. KẾT QUẢ THỰC HIỆN")
    form.tag(document, "{%p for nhom in ket_qua %}")
    form.section_title(document, "{{ loop.index }}. {{ nhom.ten }}")
    sentences(document, "nhom.cau")
    form.tag(document, "{%p endfor %}")
    form.section_title(document, "II. NHIỆM VỤ QUÁ HẠN, SẮP ĐẾN HẠN")
    sentences(document, "nhiem_vu")
    form.section_title(document, "III. KHÓ KHĂN, ĐỀ XUẤT, KIẾN NGHỊ")
    form.tag(document, "{%p for nhom in y_kien %}")
    form.section_title(document, "{{ loop.index }}. {{ nhom.ten }}")
    sentences(document, "nhom.cau")
    form.tag(document, "{%p endfor %}")
    form.body(document, "Số liệu theo báo cáo Excel của đơn vị, {{ nguon }}.")
    form.body(document, "Trên đây là báo cáo của {{ co_quan }}./.")
    form.closing(document, ("- Như trên;", "- UBND thành phố (báo cáo);", "- Lưu: VT."),
                 ("{{ ky_thay }}", "{{ chuc_vu }}"))  # fmt: skip
    form.landscape(document)
    appendix(document, "Phụ lục", "CÁC CHỈ TIÊU CỦA ĐƠN VỊ, {{ ky_hoa }}")
    form.listing(
        document, ("TT", "Chỉ tiêu", "Giá trị", "Tử số/mẫu số", "So với kỳ trước", "Mục tiêu", "Vị trí trong khối"),
        values("tt", "ten", "gia_tri", "ty_so", "thay_doi", "muc_tieu", "vi_tri"),
        "bang_chi_tieu", (Mm(12), Mm(90), Mm(28), Mm(42), Mm(28), Mm(26), Mm(26)),
    )  # fmt: skip
    return document


def reminder() -> Doc:
    """The letter that urges units to report."""
    document = form.new_document()
    form.heading(document, CITY, DEPARTMENT, "SKHCN-", "Hải Phòng, ngày      tháng {{ thang }} năm {{ nam }}")
    about = document.tables[0].rows[1].cells[0].add_paragraph()
    form.line(about, "V/v đôn đốc nộp báo cáo thực hiện Nghị quyết số 57-NQ/TW {{ ky }}", form.FINE)
    form.to_whom(document, "Kính gửi: {{ kinh_gui }}")
    form.body(
        document,
        f"Thực hiện {RESOLUTION}, các đơn vị gửi báo cáo {{{{ ky }}}} về Sở Khoa học và Công nghệ trước {{{{ han }}}}. "
        "Đến {{ luc }}, {{ da_nop }}.",
    )
    form.body(document, "Để kịp tổng hợp báo cáo Ủy ban nhân dân thành phố, Sở Khoa học và Công nghệ đề nghị:")
    sentences(document, "de_nghi")
    form.body(
        document,
        "Báo cáo thực hiện trên mẫu Excel đã gửi từng đơn vị, nộp về Sở Khoa học và Công nghệ. Vướng mắc khi điền mẫu, "
        "đề nghị liên hệ đầu mối tổng hợp của Sở để được hướng dẫn.",
    )
    form.body(document, "Sở Khoa học và Công nghệ đề nghị các đơn vị quan tâm thực hiện./.")
    form.closing(document, ("- Như trên;", "- UBND thành phố (báo cáo);", "- Lưu: VT, KH."),
                 ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"))  # fmt: skip
    form.new_page(document)
    appendix(document, "Phụ lục", "DANH SÁCH ĐƠN VỊ CẦN NỘP HOẶC NỘP LẠI BÁO CÁO {{ ky_hoa }}")
    form.listing(
        document, ("TT", "Đơn vị", "Tình trạng", "Hạn nộp", "Số ngày quá hạn", "Nội dung cần sửa"),
        values("tt", "ten", "tinh_trang", "han", "qua_han", "can_sua"),
        "bang", (Mm(10), Mm(48), Mm(28), Mm(26), Mm(20), Mm(33)),
    )  # fmt: skip
    return document


def values(*names: str) -> list[str]:
    """The places of a row's values in a table."""
    return [f"{{{{ d.{name} }}}}" for name in names]


def sentences(document: Doc, name: str) -> None:
    """A paragraph for each sentence of a list."""
    form.tag(document, f"{{%p for cau in {name} %}}")
    form.body(document, "{{ cau }}")
    form.tag(document, "{%p endfor %}")


def picture(document: Doc, name: str, caption: str) -> None:
    """A picture and its caption."""
    form.centred(document, f"{{{{ {name} }}}}")
    form.centred(document, caption, italic=True, size=form.FINE)


def appendix(document: Doc, number: str, about: str) -> None:
    """The heading of an appendix."""
    form.centred(document, number, bold=True)
    form.centred(document, about, bold=True)
    enclosed = "(Kèm theo văn bản số       /        ngày      tháng {{ thang }} năm {{ nam }})"
    form.centred(document, enclosed, italic=True, size=form.SMALL)


TEMPLATES = {"bao-cao-thanh-pho.docx": city, "bao-cao-don-vi.docx": unit, "cong-van-don-doc.docx": reminder}


def main(folder: Path) -> None:
    """Write every draft that is not there yet."""
    for name, make in TEMPLATES.items():
        if not (folder / name).exists():
            make().save(str(folder / name))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
