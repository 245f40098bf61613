"""Open data: tidy tables as CSV and Parquet with a data dictionary; totals only, no text that anybody typed.

The dictionary is a Data Package with Table Schemas (frictionless, v1). The same figures give the same bytes: rows are
in a fixed order and nothing tells the time of writing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from duckdb import DuckDBPyConnection

from queries import opendata
from queries.scope import Scope

LICENCE = "Số liệu quản lý, không phải số liệu thống kê chính thức."


class Described(NamedTuple):
    """A column: what it is called, what it means, and its type in a Table Schema."""

    title: str
    description: str
    type: str = "string"


COLUMNS: Mapping[str, Described] = {
    "period": Described("Kỳ báo cáo", "Tháng báo cáo, dạng NĂM-THÁNG."),
    "unit_code": Described("Mã đơn vị", "Mã đơn vị hành chính cấp xã hoặc mã cơ quan trong danh mục."),
    "unit": Described("Đơn vị", "Tên đầy đủ của đơn vị báo cáo."),
    "unit_kind": Described("Loại đơn vị", "xa, phuong, dac_khu, co_quan hoặc huyen."),
    "old_district": Described("Huyện cũ", "Đơn vị hành chính cấp huyện trước ngày 01/7/2025."),
    "form_id": Described("Biểu mẫu", "Mã biểu mẫu báo cáo."),
    "version": Described("Lần nộp", "Lần nộp được dùng để tính số liệu.", "integer"),
    "sheet": Described("Sheet", "Sheet của tệp báo cáo chứa số liệu."),
    "cell": Described("Ô", "Địa chỉ ô trong sheet."),
    "measure": Described("Mã số đo", "Mã của số đo trong danh mục."),
    "measure_name": Described("Số đo", "Tên cột của biểu mẫu."),
    "item_code": Described("Mã mục", "Mã kênh, đối tượng, sản phẩm hoặc kỹ năng của dòng; trống khi không chia mục."),
    "item_name": Described("Mục", "Tên của mã mục."),
    "theme_code": Described("Mã nội dung", "Mã nội dung tuyên truyền; trống khi không chia nội dung."),
    "theme_name": Described("Nội dung", "Tên nội dung tuyên truyền."),
    "value": Described("Giá trị", "Giá trị theo đơn vị tính; tỷ lệ phần trăm ghi từ 0 đến 100.", "number"),
    "indicator": Described("Mã chỉ tiêu", "Mã của chỉ tiêu trong danh mục."),
    "indicator_name": Described("Chỉ tiêu", "Tên chỉ tiêu."),
    "numerator": Described("Tử số", "Tử số của chỉ tiêu.", "number"),
    "denominator": Described("Mẫu số", "Mẫu số của chỉ tiêu; trống với chỉ tiêu không phải tỷ lệ.", "number"),
    "unit_of_measurement": Described("Đơn vị tính", "Đơn vị tính của giá trị."),
    "due_at": Described("Hạn nộp", "Hạn nộp báo cáo của đơn vị, gồm cả gia hạn.", "datetime"),
    "state": Described("Tình trạng", "accepted: đã ghi nhận; returned: trả lại, chờ sửa; missing: chưa nộp."),
    "first_received_at": Described("Nhận lần đầu", "Thời điểm nhận tệp đọc được đầu tiên.", "datetime"),
    "on_time": Described("Đúng hạn", "Tệp đầu tiên có đến trong hạn hay không.", "boolean"),
    "submissions": Described("Số lần nộp", "Số tệp đã nhận cho báo cáo này.", "integer"),
}
TABLES = {
    "so-lieu": ("Số liệu của từng báo cáo", opendata.numbers),
    "chi-tieu": ("Chỉ tiêu của từng đơn vị", opendata.indicator_values),
    "tinh-hinh-nop": ("Tình hình nộp báo cáo", opendata.units),
}


def write(con: DuckDBPyConnection, scope: Scope, out: Path) -> list[Path]:
    """Write every table of a period as CSV and Parquet, and the dictionary; returns the files."""
    out.mkdir(parents=True, exist_ok=True)
    written, resources = [], []
    for name, (title, question) in TABLES.items():
        answer = question(con, scope)
        stem = f"{name}-{scope.period}"
        written += [as_csv(answer, out / f"{stem}.csv"), as_parquet(answer, out / f"{stem}.parquet")]
        resources += [resource(path, title, list(answer.columns)) for path in written[-2:]]
    package = {
        "profile": "data-package", "name": f"nq57-{scope.period.lower()}", "title": f"Nghị quyết 57, kỳ {scope.period}",
        "description": LICENCE, "resources": resources,
    }  # fmt: skip
    path = out / "datapackage.json"
    path.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return [*written, path]


def as_csv(answer: pd.DataFrame, path: Path) -> Path:
    """CSV in UTF-8 with the mark by which Excel knows it, numbers with a point, times as in ISO 8601."""
    answer.to_csv(path, index=False, encoding="utf-8-sig", float_format="%.15g", date_format="%Y-%m-%dT%H:%M:%S",
                  lineterminator="\r\n")  # fmt: skip
    return path


def as_parquet(answer: pd.DataFrame, path: Path) -> Path:
    """Parquet with the types the dictionary says."""
    table = pa.Table.from_pandas(answer, schema=schema(list(answer.columns)), preserve_index=False)
    pq.write_table(table.replace_schema_metadata(None), path, compression="zstd")
    return path


TYPES = {
    "string": pa.string(), "number": pa.float64(), "integer": pa.int64(), "boolean": pa.bool_(),
    "datetime": pa.timestamp("us"),
}  # fmt: skip


def schema(names: list[str]) -> pa.Schema:
    """The columns of a table and their types."""
    return pa.schema([(name, TYPES[COLUMNS[name].type]) for name in names])


def resource(path: Path, title: str, names: list[str]) -> dict[str, Any]:
    """What the dictionary says of one file."""
    content = path.read_bytes()
    fields = [{"name": name, **COLUMNS[name]._asdict()} for name in names]
    is_csv = path.suffix == ".csv"
    return {
        "name": path.name.replace(".", "-").lower(), "path": path.name, "title": title, "format": path.suffix[1:],
        **({"encoding": "utf-8", "profile": "tabular-data-resource"} if is_csv else {}),
        "bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": fields, "missingValues": [""]},
    }  # fmt: skip
