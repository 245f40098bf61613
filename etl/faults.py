"""The sentences for what can be wrong with any form, in the words of the officer who filled it.

Each says what is wrong, what was expected and how to put it right. The rules of a form bring their own (rules.csv).
"""

from __future__ import annotations

from typing import NamedTuple

ERROR, EXPLAIN, NOTE = "error", "explain", "note"
SEVERITIES = (ERROR, EXPLAIN, NOTE)
SELF_CHECK = "Tự kiểm tra"
"""What a template calls that which it finds by itself."""


class Fault(NamedTuple):
    """The sentences for one thing that can be wrong; {names} are filled in where it is found."""

    rule_id: str
    severity: str
    message: str
    expected: str
    fix: str


FAULTS: dict[str, Fault] = {
    # The file -------------------------------------------------------------------------------------------------------
    "empty": Fault("V01.1", ERROR, "Tệp rỗng (0 byte).", "Tệp .xlsx có nội dung",
                   "Mở lại báo cáo trên máy, lưu lại rồi gửi tệp mới."),
    "lock_file": Fault("V01.2", ERROR, "Đây là tệp tạm Excel tạo ra khi đang mở báo cáo (tên bắt đầu bằng ~$), không phải báo cáo.",
                       "Tệp báo cáo .xlsx", "Đóng Excel rồi gửi tệp báo cáo chính, không gửi tệp có tên bắt đầu bằng ~$."),
    "encrypted": Fault("V01.3", ERROR, "Tệp đặt mật khẩu mở nên không đọc được.", "Tệp .xlsx không đặt mật khẩu mở",
                       "Trong Excel chọn Tệp > Thông tin > Bảo vệ sổ làm việc > Mã hóa bằng mật khẩu, xóa mật khẩu rồi lưu và gửi lại."),
    "old_xls": Fault("V01.4", ERROR, "Tệp ở định dạng Excel cũ (.xls).", "Tệp .xlsx",
                     "Mở tệp, chọn Tệp > Lưu thành > Sổ làm việc Excel (*.xlsx) rồi gửi lại."),
    "xlsb": Fault("V01.5", ERROR, "Tệp ở định dạng nhị phân (.xlsb).", "Tệp .xlsx",
                  "Mở tệp, chọn Tệp > Lưu thành > Sổ làm việc Excel (*.xlsx) rồi gửi lại."),
    "ods": Fault("V01.6", ERROR, "Tệp ở định dạng OpenDocument (.ods).", "Tệp .xlsx",
                 "Mở tệp bằng LibreOffice, chọn Tệp > Lưu thành > Excel 2007-365 (.xlsx) rồi gửi lại."),
    "html": Fault("V01.7", ERROR, "Tệp là trang web (HTML) đổi đuôi thành Excel, không phải sổ làm việc.", "Tệp .xlsx",
                  "Mở tệp bằng Excel, chọn Lưu thành > Sổ làm việc Excel (*.xlsx) rồi gửi lại."),
    "csv_text": Fault("V01.8", ERROR, "Tệp là văn bản thuần (CSV hoặc TXT), không phải sổ làm việc Excel.", "Tệp .xlsx",
                      "Điền số liệu vào mẫu .xlsx đã phát rồi gửi lại."),
    "pdf": Fault("V01.9", ERROR, "Tệp là PDF, không phải sổ làm việc Excel.", "Tệp .xlsx",
                 "Gửi tệp mẫu .xlsx đã điền; bản PDF ký số gửi qua hệ thống văn bản."),
    "not_zip": Fault("V01.10", ERROR, "Tệp không phải sổ làm việc Excel.", "Tệp .xlsx",
                     "Điền số liệu vào mẫu .xlsx đã phát rồi gửi lại."),
    "truncated": Fault("V01.11", ERROR, "Tệp bị cắt cụt hoặc hỏng trong khi gửi.", "Tệp .xlsx nguyên vẹn",
                       "Mở lại tệp gốc trên máy, lưu lại rồi gửi lần nữa."),
    "not_workbook": Fault("V01.12", ERROR, "Tệp nén này không chứa sổ làm việc Excel.", "Tệp .xlsx",
                          "Gửi tệp mẫu .xlsx đã điền (có thể gộp nhiều tệp .xlsx vào một tệp .zip)."),
    "too_large": Fault("V01.13", ERROR, "Tệp quá lớn ({size}); giới hạn là {limit}.", "Tệp không quá {limit}",
                       "Bỏ ảnh, sheet và vùng trống không cần thiết rồi lưu lại."),
    "too_many_entries": Fault("V01.14", ERROR, "Tệp chứa quá nhiều thành phần ({size}); giới hạn là {limit}.", "Tệp mẫu đã phát",
                              "Chép số liệu sang mẫu mới tải về rồi gửi lại."),
    "zip_bomb": Fault("V01.15", ERROR, "Tệp khi giải nén lớn bất thường ({size}); không mở để bảo đảm an toàn.", "Tệp mẫu đã phát",
                      "Chép số liệu sang mẫu mới tải về rồi gửi lại."),
    "duplicate_names": Fault("V01.16", ERROR, "Cấu trúc tệp bất thường: có hai thành phần trùng tên ({name}).", "Tệp mẫu đã phát",
                             "Mở tệp bằng Excel, lưu thành tệp .xlsx mới rồi gửi lại."),
    "absolute_names": Fault("V01.17", ERROR, "Cấu trúc tệp bất thường: thành phần có đường dẫn không hợp lệ ({name}).", "Tệp mẫu đã phát",
                            "Mở tệp bằng Excel, lưu thành tệp .xlsx mới rồi gửi lại."),
    "doctype": Fault("V01.18", ERROR, "Tệp chứa khai báo DTD, không được phép trong sổ làm việc Excel.", "Tệp mẫu đã phát",
                     "Chép số liệu sang mẫu mới tải về rồi gửi lại."),
    "too_many_cells": Fault("V01.19", ERROR, "Sheet {sheet} quá lớn ({size}); giới hạn là {limit}.", "Bảng theo mẫu",
                            "Xóa các dòng, cột thừa ngoài bảng rồi lưu lại."),
    "stray_cell": Fault("V01.20", ERROR, "Sheet {sheet} có ô nằm rất xa bảng (ô {cell}).", "Bảng theo mẫu",
                        "Xóa các dòng, cột trống sau bảng rồi lưu lại."),
    "no_sheets": Fault("V01.21", ERROR, "Tệp không có sheet nào đọc được.", "Sổ làm việc theo mẫu",
                       "Chép số liệu sang mẫu mới tải về rồi gửi lại."),
    "damaged": Fault("V01.22", ERROR, "Nội dung tệp bị hỏng nên không đọc được.", "Tệp .xlsx nguyên vẹn",
                     "Mở tệp bằng Excel, để Excel sửa chữa nếu được hỏi, lưu thành tệp .xlsx mới rồi gửi lại."),
    "macros": Fault("V01.23", NOTE, "Tệp có macro; macro không được chạy, chỉ đọc số liệu.", "Tệp .xlsx không có macro",
                    "Lần sau lưu thành .xlsx (không có macro)."),
    "external_links": Fault("V49.1", NOTE, "Tệp có liên kết tới tệp khác; chỉ dùng giá trị đã lưu.", "Không có liên kết ngoài",
                            "Lần sau chép giá trị (Dán đặc biệt > Giá trị) thay cho liên kết."),
    # Which form, whose, which period --------------------------------------------------------------------------------
    "unknown_form": Fault("V02.1", ERROR, "Không nhận ra biểu mẫu: tệp không có sheet thông tin và mã biểu mẫu của hệ thống.",
                          "Một trong các mẫu: {expected}", "Tải mẫu đã đóng dấu đơn vị và kỳ báo cáo, chép số liệu sang rồi gửi lại."),
    "retired_form": Fault("V02.2", ERROR, "Mẫu {value} đã ngừng sử dụng.", "{expected}",
                          "Tải mẫu mới, chép số liệu sang rồi gửi lại."),
    "unknown_version": Fault("V02.3", ERROR, "Mã biểu mẫu “{value}” không có trong danh sách đang nhận.", "{expected}",
                             "Tải mẫu mới, chép số liệu sang rồi gửi lại."),
    "unit_unknown": Fault("V03.1", ERROR, "Không có đơn vị nào với mã hoặc tên “{value}” trong danh mục.", "Mã và tên trong danh mục đơn vị{suggestion}",
                          "Tải mẫu đóng dấu sẵn của đơn vị hoặc sửa lại mã, tên đơn vị."),
    "unit_missing": Fault("V03.2", ERROR, "Không xác định được báo cáo của đơn vị nào.", "Mã đơn vị ở sheet thông tin",
                          "Điền mã đơn vị theo danh mục, hoặc tải mẫu đóng dấu sẵn của đơn vị."),
    "unit_disagrees": Fault("V03.3", ERROR, "Không rõ báo cáo của đơn vị nào: {value}.", "Mã, tên đơn vị và tên tệp cùng chỉ một đơn vị",
                            "Kiểm tra lại mã và tên đơn vị; nếu chép từ mẫu của đơn vị khác, hãy dùng mẫu đóng dấu của đơn vị mình."),
    "unit_ambiguous": Fault("V03.4", ERROR, "Tên “{value}” (mất dấu) có thể là nhiều đơn vị: {expected}.", "Mã đơn vị 5 chữ số",
                            "Điền mã đơn vị để phân biệt."),
    "unit_closed": Fault("V03.5", ERROR, "Đơn vị {value} không còn hoạt động trong kỳ này ({expected}).", "Đơn vị đang hoạt động trong kỳ",
                         "Dùng mẫu của đơn vị mới sau sắp xếp."),
    "period_missing": Fault("V05.1", ERROR, "Không xác định được kỳ báo cáo.", "Kỳ báo cáo dạng 2026-11, tháng 11/2026",
                            "Điền kỳ báo cáo ở sheet thông tin."),
    "period_unknown": Fault("V05.2", ERROR, "Không đọc được kỳ báo cáo “{value}”.", "Kỳ dạng 2026-11, tháng 11/2026, quý IV/2026, 2026",
                            "Sửa lại kỳ báo cáo."),
    "period_disagrees": Fault("V05.3", ERROR, "Không rõ báo cáo của kỳ nào: {value}.", "Dấu kỳ báo cáo, tiêu đề và tên tệp cùng chỉ một kỳ",
                              "Sửa cho thống nhất; nếu chép từ tháng trước, hãy dùng mẫu của kỳ này."),
    "period_future": Fault("V07", ERROR, "Kỳ {value} chưa kết thúc vào ngày nhận ({expected}).", "Kỳ đã kết thúc",
                           "Kiểm tra lại kỳ báo cáo; chỉ gửi khi đã hết kỳ số liệu."),
    "period_kind": Fault("V05.4", ERROR, "Biểu mẫu này không dùng cho kỳ {value}.", "{expected}", "Chọn đúng loại kỳ báo cáo."),
    "dates_disagree": Fault("V05.5", ERROR, "Khoảng ngày {value} không khớp kỳ {period}.", "{expected}",
                            "Giữ nguyên ngày in sẵn trên mẫu; không sửa từ ngày, đến ngày."),
    "not_owed": Fault("V05.6", NOTE, "Đơn vị không có nghĩa vụ báo cáo kỳ {value}; báo cáo vẫn được ghi nhận.", "", "Không cần làm gì thêm."),
    "late": Fault("V06", NOTE, "Nộp sau hạn {value} ngày.", "Nộp trước {expected}", "Kỳ sau nộp trước hạn; nếu có lý do, đề nghị gia hạn trước hạn."),
    # Structure ------------------------------------------------------------------------------------------------------
    "sheet_missing": Fault("V02.4", ERROR, "Thiếu sheet “{value}”.", "Đủ các sheet của mẫu", "Chép lại sheet này từ mẫu, không đổi tên, không xóa."),
    "sheet_twice": Fault("V02.5", ERROR, "Có hai sheet cùng là “{value}”: {expected}.", "Mỗi sheet của mẫu chỉ có một bản",
                         "Xóa bản thừa rồi lưu lại."),
    "heading_missing": Fault("V02.6", ERROR, "Không tìm thấy dòng tiêu đề của bảng.", "Các cột: {expected}",
                             "Chép lại dòng tiêu đề từ mẫu."),
    "column_missing": Fault("V02.7", ERROR, "Thiếu cột “{value}”.", "Đủ các cột của mẫu", "Chép lại tiêu đề cột từ mẫu, không đổi tên."),
    "column_twice": Fault("V02.8", ERROR, "Cột “{value}” xuất hiện hai lần: {expected}.", "Mỗi cột một lần", "Xóa cột thừa."),
    "column_extra": Fault("V02.9", NOTE, "Cột “{value}” không có trong mẫu, không được đọc.", "Các cột của mẫu", "Nếu cần giữ ghi chú, hãy dùng cột Ghi chú."),
    "sheet_hidden": Fault("V02.10", NOTE, "Sheet “{value}” đang ẩn; số liệu trong sheet vẫn được đọc.", "", "Bỏ ẩn nếu ẩn nhầm."),
    "rows_hidden": Fault("V02.11", NOTE, "Có {value} dòng đang ẩn có số liệu; vẫn được đọc.", "", "Bỏ ẩn các dòng nếu ẩn nhầm."),
    "row_ignored": Fault("V02.12", NOTE, "Dòng này không thuộc bảng (“{value}”), không được đọc.", "", "Không cần làm gì nếu đây là ghi chú, chữ ký."),
    "item_missing": Fault("V16.1", ERROR, "Thiếu dòng “{value}”.", "Mỗi mã đúng một dòng", "Chép lại dòng này từ mẫu; không có phát sinh thì điền 0."),
    "item_twice": Fault("V16.2", ERROR, "Mã {value} xuất hiện hai lần (dòng {expected}).", "Mỗi mã đúng một dòng", "Cộng gộp vào một dòng, xóa dòng thừa."),
    "item_unknown": Fault("V16.3", ERROR, "Mã “{value}” không có trong danh mục.", "Mã in sẵn trên mẫu", "Dùng đúng mã in sẵn; nội dung khác ghi vào dòng “khác”."),
    "item_blank": Fault("V16.4", ERROR, "Dòng có số liệu nhưng không có mã.", "Mã in sẵn trên mẫu", "Điền lại mã của dòng."),
    "total_differs": Fault("V37", ERROR, "Dòng tổng ghi {value}, cộng các dòng chi tiết được {expected}.", "Dòng tổng bằng tổng các dòng",
                           "Kiểm tra lại dòng tổng hoặc các dòng chi tiết."),
    # Cells ----------------------------------------------------------------------------------------------------------
    "required_blank": Fault("V46", ERROR, "Ô bắt buộc đang trống.", "{expected}",
                            "Điền số liệu; không phát sinh thì điền 0, không áp dụng thì điền KAD."),
    "not_a_number": Fault("V10.1", ERROR, "“{value}” không phải là số.", "{expected}", "Chỉ điền số, không kèm chữ hay đơn vị tính."),
    "number_ambiguous": Fault("V10.2", ERROR, "“{value}” có thể hiểu là {readings}.", "{expected}", "Gõ lại bằng số, không dùng dấu chấm hay dấu phẩy ngăn cách."),
    "digits_in_word": Fault("V10.3", ERROR, "“{value}” lẫn chữ và số (có thể do quét văn bản).", "{expected}", "Gõ lại số từ văn bản gốc."),
    "not_whole": Fault("V10.4", ERROR, "“{value}” không phải số nguyên.", "Số nguyên", "Điền số đếm, không có phần thập phân."),
    "below": Fault("V10.5", ERROR, "{value} nhỏ hơn mức thấp nhất cho phép.", "{expected}", "Kiểm tra lại số liệu."),
    "above": Fault("V10.6", ERROR, "{value} lớn hơn mức cao nhất cho phép.", "{expected}", "Kiểm tra lại số liệu và đơn vị tính."),
    "says_none": Fault("V10.7", ERROR, "“{value}” có thể hiểu là 0 hoặc là không có số liệu.", "{expected}",
                       "Không phát sinh thì điền 0; không áp dụng thì điền KAD; chưa có số liệu thì để trống."),
    "error_cell": Fault("V10.8", ERROR, "Ô báo lỗi {value}.", "{expected}", "Sửa công thức hoặc gõ trực tiếp giá trị."),
    "uncached": Fault("V49.2", ERROR, "Ô chứa công thức chưa được tính kết quả.", "{expected}", "Mở tệp bằng Excel, lưu lại để Excel tính công thức, rồi gửi lại."),
    "text_number": Fault("V10.9", NOTE, "Số gõ dạng chữ “{value}” được đọc là {expected}.", "Ô kiểu số", "Lần sau gõ số, không gõ dấu ngăn cách."),
    "point_decimal": Fault("V10.10", NOTE, "“{value}” dùng dấu chấm thập phân, được đọc là {expected}.", "Dấu phẩy thập phân", "Lần sau dùng dấu phẩy cho phần thập phân."),
    "percent_cell": Fault("V10.11", NOTE, "Ô định dạng phần trăm hiển thị {value}, được đọc là {expected}.", "Số từ 0 đến 100", "Không cần làm gì thêm."),
    "bad_date": Fault("V24.1", ERROR, "“{value}” không phải là ngày.", "Ngày dạng 20/11/2026", "Gõ ngày/tháng/năm đủ bốn chữ số năm."),
    "no_such_date": Fault("V24.2", ERROR, "Không có ngày “{value}”.", "Ngày dạng 20/11/2026 (ngày trước, tháng sau)", "Kiểm tra lại ngày, tháng."),
    "short_year": Fault("V24.3", ERROR, "Năm trong “{value}” chỉ có hai chữ số.", "Ngày dạng 20/11/2026", "Gõ đủ bốn chữ số của năm."),
    "date_as_number": Fault("V24.4", ERROR, "Ô ngày chứa số {value} (có thể là ngày {readings}).", "Ngày dạng 20/11/2026", "Định dạng lại ô kiểu ngày hoặc gõ lại ngày."),
    "text_date": Fault("V24.5", NOTE, "Ngày gõ dạng chữ “{value}” được đọc là {expected}.", "Ô kiểu ngày", "Không cần làm gì thêm."),
    "not_in_list": Fault("V10.12", ERROR, "“{value}” không có trong danh sách lựa chọn.", "{expected}", "Chọn một giá trị trong danh sách thả xuống."),
    "not_yes_no": Fault("V10.13", ERROR, "“{value}” không phải là Có hoặc Không.", "Có hoặc Không", "Chọn Có hoặc Không trong danh sách."),
    "too_long": Fault("V10.14", ERROR, "Nội dung dài {value} ký tự.", "Không quá {expected} ký tự", "Rút gọn nội dung."),
    "too_short": Fault("V10.15", ERROR, "Nội dung quá ngắn (“{value}”).", "Ít nhất {expected} ký tự", "Ghi rõ nội dung."),
    "bad_link": Fault("V10.16", NOTE, "“{value}” không phải đường dẫn.", "Đường dẫn bắt đầu bằng http:// hoặc https://", "Dán đầy đủ đường dẫn, hoặc bỏ trống."),
    "row_has_no_use": Fault("V14.1", NOTE, "Cột “{column}” không dùng cho dòng này; số {value} không được đọc.", "Ô để trống", "Bỏ trống ô này; nếu số đúng, ghi vào đúng dòng."),
    "personal_data": Fault("V50", ERROR, "Ô có thể chứa dữ liệu cá nhân ({value}).", "Không có số định danh, số điện thoại, thư cá nhân",
                           "Xóa thông tin cá nhân; chỉ ghi chức danh, bộ phận và số liệu tổng hợp."),
    "formula_text": Fault("V51", NOTE, "Nội dung bắt đầu bằng “{value}”, dễ bị hiểu là công thức; được giữ như văn bản.", "Văn bản", "Thêm chữ ở đầu câu nếu không định viết công thức."),
    "lost_tones": Fault("V47", EXPLAIN, "Văn bản trong báo cáo gần như không có dấu tiếng Việt (có thể do quét hoặc dùng phông cũ).", "Văn bản Unicode có dấu",
                        "Dùng tệp gốc gõ bằng Unicode, không dùng tệp quét nhận dạng chữ."),
    "legacy_font": Fault("V48", EXPLAIN, "Tệp dùng phông chữ cũ ({value}); chữ có thể không đọc được.", "Phông Unicode (Times New Roman, Arial…)",
                         "Chuyển mã sang Unicode rồi gửi lại."),
    # Two forms, history ---------------------------------------------------------------------------------------------
    "other_form_differs": Fault("V52", EXPLAIN, "Số liệu khác với biểu mẫu khác của cùng kỳ: {value}.", "Hai biểu mẫu cho cùng số liệu", "Kiểm tra biểu nào đúng; hệ thống dùng số của {expected}."),
}  # fmt: skip
