"""The sheets of the consolidated workbook that say what came, what units wrote, and what everything means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from duckdb import DuckDBPyConnection

from documents.book.sheet import Head, Sheet
from documents.word.city import STATES, states
from documents.word.parts import LEVELS, REMARKS, rows_of
from queries import channels, completion, indicators, official, opendata, reporting
from queries.scope import Scope
from ui import formats

UNIT = (Head("Mã đơn vị", width=10), Head("Đơn vị", width=30), Head("Loại đơn vị", width=12))
GRID = {**STATES, "nothing": "Không phát sinh"}
KINDS_OF_REMARK = {**REMARKS, "NHIEM_VU_KY_TOI": "Nhiệm vụ trọng tâm kỳ tới"}
LEADING = ("BC01", "CC01", "TC02", "DV01", "DV06", "BD02")


def unit_of(row: Mapping[str, Any]) -> list[object]:
    """Code, name and kind of a unit."""
    return [row["unit_code"], row["unit"], formats.kind(str(row.get("kind") or row.get("unit_kind")))]


def known(value: object) -> object:
    """A value as a cell takes it: None where it is missing."""
    return None if formats.is_missing(value) else value


def cells(row: Mapping[str, Any], names: Iterable[str]) -> list[object]:
    """Some values of a row."""
    return [known(row[name]) for name in names]


def summary(con: DuckDBPyConnection, scope: Scope, codes: list[str]) -> Sheet:
    """Every indicator of the city."""
    heads = (
        Head("Mã", width=8), Head("Chỉ tiêu", width=52), Head("Đơn vị tính", width=14), Head("Giá trị", "number", 12),
        Head("Tử số", "number", 14), Head("Mẫu số", "number", 14), Head("Số đơn vị có số liệu", "count", 12),
        Head("Kỳ trước", "number", 12), Head("Thay đổi", "points", 11), Head("Mục tiêu", "number", 11),
        Head("Đánh giá", width=14), Head("Căn cứ mục tiêu", width=30),
    )  # fmt: skip
    told = indicators.standing(con, scope, codes)
    names = ("indicator", "name", "unit", "value", "numerator", "denominator", "units", "before", "change", "target",
             "label", "target_document")  # fmt: skip
    return Sheet(
        "TONG_HOP", "Các chỉ tiêu của thành phố", heads, [cells(row, names) for row in rows_of(told)],
        "Tỷ lệ là tổng tử số chia tổng mẫu số của các đơn vị có số liệu; ô trống là chưa có số liệu, không phải 0. "
        "Đánh giá theo thang mặc định của hệ thống.", pinned=2,
    )  # fmt: skip


def came(con: DuckDBPyConnection, scope: Scope, now: dt.datetime) -> Sheet:
    """Who reported, and when."""
    told = states(opendata.units(con, scope), now)
    heads = (
        Head("Kỳ", width=10), *UNIT, Head("Huyện cũ", width=18), Head("Tình trạng", width=16),
        Head("Hạn nộp", "moment", 18), Head("Nhận lần đầu", "moment", 18), Head("Số lần nộp", "count", 10),
    )  # fmt: skip
    rows = [
        [row["period"], *unit_of(row), known(row["old_district"]), STATES[str(row["how"])],
         *cells(row, ("due_at", "first_received_at", "submissions"))]
        for row in rows_of(told)
    ]  # fmt: skip
    return Sheet("TINH_HINH_NOP", "Tình hình nộp báo cáo", heads, rows, pinned=3)


def grid(con: DuckDBPyConnection, scope: Scope, today: dt.date) -> Sheet:
    """Units by months."""
    heads = (*UNIT, *(Head(formats.short_month(month), width=14) for month in scope.shown))
    rows = []
    for row in rows_of(reporting.grid(con, scope, today)):
        held = dict(cell.split(" ") for cell in str(row["cells"]).split(","))
        rows.append([*unit_of(row), *(GRID.get(held.get(month, "")) for month in scope.shown)])
    return Sheet("LUOI_NOP", "Tình hình nộp mười hai tháng", heads, rows, pinned=2)


def groups_of_channels(con: DuckDBPyConnection, scope: Scope) -> Sheet:
    """Coverage by channel group."""
    heads = (
        Head("Mã kênh", width=10), Head("Nhóm kênh", width=58), Head("Đơn vị có sản phẩm", "count", 14),
        Head("Đơn vị có số liệu", "count", 14), Head("Tỷ lệ", "share", 11),
    )  # fmt: skip
    rows = [cells(row, ("channel_code", "channel", "active", "units", "value"))
            for row in rows_of(channels.by_channel(con, scope))]  # fmt: skip
    about = "" if scope.is_month else "Đơn vị có sản phẩm trong ít nhất một tháng của kỳ."
    return Sheet("KENH", "Độ phủ theo nhóm kênh", heads, rows, about, pinned=2)


def output(con: DuckDBPyConnection, scope: Scope) -> Sheet:
    """What was made on each channel."""
    heads = (
        Head("Mã kênh", width=10), Head("Kênh", width=58), Head("Đơn vị tính", width=14),
        Head("Sản phẩm", "count", 12), Head("Số đơn vị có", "count", 12), Head("Lượt phát", "count", 12),
        Head("Lượt tiếp cận", "count", 14), Head("Lượt tương tác", "count", 14),
    )  # fmt: skip
    names = ("channel_code", "channel", "count_unit", "products", "units", "airings", "reach", "interactions")
    return Sheet(
        "SAN_PHAM", "Sản phẩm theo kênh", heads,
        [cells(row, names) for row in rows_of(channels.output(con, scope))],
        "Mỗi kênh đếm theo đơn vị tính của mình, không cộng các đơn vị tính khác nhau.", pinned=2,
    )  # fmt: skip


def task_groups(con: DuckDBPyConnection, scope: Scope) -> Sheet:
    """The groups of tasks."""
    heads = (
        Head("Nhóm nhiệm vụ", width=46), *(Head(name, "count", 12) for name in
        ("Tổng số", "Hoàn thành", "Đến hạn", "Đúng hạn", "Quá hạn")), Head("Tỷ lệ đúng hạn", "share", 14),
        Head("Tỷ lệ hoàn thành", "share", 14),
    )  # fmt: skip
    names = ("name", "total", "done", "due", "on_time", "overdue", "value", "completed")
    rows = [cells(row, names) for row in rows_of(completion.by_group(con, scope))]
    return Sheet("NHOM_NHIEM_VU", "Nhiệm vụ theo bảy nhóm", heads, rows)


def pressing(con: DuckDBPyConnection, scope: Scope) -> Sheet:
    """Overdue tasks and those due soon."""
    heads = (
        Head("Mã đơn vị", width=10), Head("Đơn vị", width=28), Head("Mã nhiệm vụ", width=14),
        Head("Nhiệm vụ", width=70), Head("Đơn vị chủ trì", width=26), Head("Tình trạng", width=14),
        Head("Hạn", "date", 12), Head("Số ngày", "count", 10), Head("Vướng mắc", width=50),
    )  # fmt: skip
    names = {"overdue": "Quá hạn", "due_soon": "Sắp đến hạn"}
    rows = [
        [*cells(row, ("unit_code", "unit", "task_id", "title", "role")), names.get(str(row["state"])),
         *cells(row, ("due_on", "days", "obstacle"))]
        for row in rows_of(completion.pressing(con, scope, limit=5000))
    ]  # fmt: skip
    about = "Số ngày: đã quá hạn; số âm là còn lại."
    return Sheet("NHIEM_VU_GAP", "Nhiệm vụ quá hạn, sắp đến hạn", heads, rows, about, pinned=2)


def remarks(con: DuckDBPyConnection, scope: Scope) -> Sheet:
    """What units wrote."""
    heads = (Head("Kỳ", width=10), Head("Mã đơn vị", width=10), Head("Đơn vị", width=28), Head("Loại", width=26),
             Head("Gửi", width=26), Head("Nội dung", width=110))  # fmt: skip
    rows = [
        [row["period"], row["unit_code"], row["unit"], KINDS_OF_REMARK.get(str(row["kind"]), row["kind"]),
         LEVELS.get(str(row["to_level"])), row["text"]]
        for row in rows_of(official.remarks(con, scope))
    ]  # fmt: skip
    return Sheet("Y_KIEN", "Khó khăn, kiến nghị, mô hình hay của các đơn vị", heads, rows, pinned=3)


def explanations(con: DuckDBPyConnection, scope: Scope) -> Sheet:
    """What units confirmed of odd numbers."""
    heads = (Head("Kỳ", width=10), Head("Mã đơn vị", width=10), Head("Đơn vị", width=28), Head("Sheet", width=16),
             Head("Ô", width=8), Head("Dòng, cột", width=44), Head("Giá trị", width=14), Head("Giải trình", width=80),
             Head("Người ghi", width=20), Head("Lúc", "moment", 18))  # fmt: skip
    rows = [
        [*cells(row, ("period", "unit_code", "unit", "sheet", "cell")),
         " · ".join(str(one) for one in (row["row_label"], row["column_label"]) if one),
         *cells(row, ("value", "reason", "actor", "at"))]
        for row in rows_of(official.explanations(con, scope))
    ]  # fmt: skip
    return Sheet("GIAI_TRINH", "Giải trình số liệu bất thường", heads, rows, pinned=3)


def definitions(con: DuckDBPyConnection) -> Sheet:
    """What every indicator means."""
    heads = (Head("Mã", width=8), Head("Chỉ tiêu", width=52), Head("Đơn vị tính", width=14), Head("Tử số", width=60),
             Head("Mẫu số", width=60), Head("Loại số", width=12), Head("Nguồn", width=50),
             Head("Mức tin cậy", width=10), Head("Lưu ý", width=60))  # fmt: skip
    kinds = {"flow": "số phát sinh", "stock": "số cuối kỳ"}
    rows = [
        [*cells(row, ("indicator", "name", "unit", "numerator_text", "denominator_text")), kinds.get(str(row["kind"])),
         *cells(row, ("source", "source_class", "caveat"))]
        for row in rows_of(official.definitions(con))
    ]  # fmt: skip
    about = (
        "Mức tin cậy: A, theo văn bản gốc; B, theo bản dẫn lại; C, theo địa phương khác hoặc năm trước; D, chưa kiểm "
        "chứng; P, mặc định của hệ thống."
    )
    return Sheet("DINH_NGHIA", "Định nghĩa chỉ tiêu", heads, rows, about, pinned=2)


def history(con: DuckDBPyConnection, scope: Scope) -> Sheet:
    """The leading indicators month by month."""
    told = indicators.history(con, scope, LEADING)
    named = official.definitions(con).set_index("indicator")["name"]
    wide = told.pivot(index="period", columns="indicator", values="value").reindex(list(scope.shown))
    heads = (Head("Kỳ", width=12), *(Head(str(named.get(code, code)), "share", 20) for code in LEADING))
    rows = [
        [formats.short_month(str(month)),
         *(known(wide[code][month]) if code in wide else None for code in LEADING)]
        for month in scope.shown
    ]  # fmt: skip
    return Sheet("LICH_SU", "Chỉ tiêu chính mười hai tháng", heads, rows)
