"""Workbooks for tests: a plain, correct report of a form, with the cells a test is about put in or taken out."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from etl.catalogue import Catalogue, load_catalogue
from etl.form import Form, SheetForm
from etl.prepare import Prepared
from etl.report import Task

CATALOGUE = Path(__file__).resolve().parent.parent / "data" / "catalogue"
GONE = object()
"""A change to this value takes the row out."""


@lru_cache
def prepared(folder: Path = CATALOGUE) -> Prepared:
    """The catalogue, ready."""
    return Prepared(load_catalogue(folder))


def cover_values(catalogue: Catalogue, form: Form, unit_code: str, period_id: str) -> dict[str, object]:
    """A cover filled as the template fills it, with plausible numbers."""
    unit = catalogue.unit(unit_code)
    period = prepared(catalogue.folder).period(period_id)
    assert period is not None
    kinds = {"month": "THANG", "quarter": "QUY", "half": "6THANG", "nine_months": "9THANG", "year": "NAM"}
    return {
        "template_version": form.versions[0], "period_type": kinds[period.kind], "period": period_id,
        "period_convention": "ND09", "date_from": period.date_from, "date_to": period.date_to,
        "unit_code": unit_code, "unit_name": unit.full_name, "unit_type": unit.kind.upper(), "submission_no": 1,
        "signed_date": period.date_to + dt.timedelta(days=3), "compiler_unit": "U01", "plan_no": "36/KH-UBND",
        "population": 10_000, "adults": 7_000, "households": 2_500, "villages": 12, "civil_servants": 40,
        "enterprises": 100, "business_households": 300, "has_screen": "CO", "has_chatbot": "KHONG",
        "has_portal_column": "CO",
    }  # fmt: skip


def plain_value(sheet: SheetForm, column_id: str, item_code: str) -> object:
    """Zero for numbers that must be there, one procedure of each kind, nothing else."""
    if column_id in ("procs_total",):
        return 10
    if sheet.sheet == "6_KY_NANG_SO":
        stock = item_code in {f"KN{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13)}
        return (
            0
            if column_id == ("cumulative" if stock else "in_period") and item_code not in ("KN14", "KN15", "KN16")
            else None
        )
    column = sheet.column(column_id)
    return 0 if column.required and column.type in ("int", "decimal") else None


def report(
    unit_code: str = "10966",
    period: str = "2026-11",
    changes: Mapping[str, object] | None = None,
    tasks: tuple[Task, ...] = (),
    remarks: tuple[tuple[str, str, str], ...] = (),
    touch: Callable[[openpyxl.Workbook], None] | None = None,
) -> bytes:
    """A correct report of NQ57-HP-1. `changes`: "2_TUYEN_TRUYEN K0101 products", "1_THONG_TIN population" -> value."""
    if touch:
        return written(unit_code, period, changes or {}, tasks, remarks, touch)
    asked = repr((unit_code, period, changes, tasks, remarks))  # 1, 1.0 and True are different cells
    if asked not in WRITTEN:
        WRITTEN[asked] = written(unit_code, period, changes or {}, tasks, remarks)
    return WRITTEN[asked]


WRITTEN: dict[str, bytes] = {}
"""Reports that were wanted before: many tests want the same, and openpyxl takes a while to write one."""


def written(
    unit_code: str,
    period: str,
    given: Mapping[str, object],
    tasks: tuple[Task, ...],
    remarks: tuple[tuple[str, str, str], ...],
    touch: Callable[[openpyxl.Workbook], None] | None = None,
) -> bytes:
    """The workbook of a report."""
    catalogue = prepared().catalogue
    form = catalogue.form("NQ57-HP-1")
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for sheet in form.sheets:
        if sheet.layout in ("guide", "lists"):
            continue
        page = book.create_sheet(sheet.sheet)
        if sheet.layout == "cover":
            write_cover(
                page, sheet, {**cover_values(catalogue, form, unit_code, period), **of_sheet(given, sheet.sheet)}
            )
        elif sheet.layout == "matrix":
            write_matrix(page, sheet, given)
        else:
            write_records(page, sheet, tasks if sheet.target == "task" else remarks)
    if touch:
        touch(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def of_sheet(changes: Mapping[str, object], sheet: str) -> dict[str, object]:
    """The changes of a cover, by column."""
    return {key.split(" ")[1]: value for key, value in changes.items() if key.startswith(f"{sheet} ")}


def write_cover(page: Worksheet, sheet: SheetForm, values: Mapping[str, object]) -> None:
    """A cover: a hidden row of ids, then id, label, value."""
    page.append([sheet.title])
    page.append(["", "Nội dung", "Giá trị"])
    page.append(["column_id", "label", "value"])
    page.row_dimensions[3].hidden = True
    for column in sheet.columns:
        page.append([column.column_id, column.label, values.get(column.column_id)])


def write_matrix(page: Worksheet, sheet: SheetForm, changes: Mapping[str, object]) -> None:
    """Printed rows with plain values; a change to GONE leaves a row out, one for an unknown code adds it."""
    heads(page, sheet)
    codes = [item.code for item in sheet.items]
    named = {key.split(" ")[1] for key in changes if key.startswith(f"{sheet.sheet} ")}
    for code in codes + sorted(named - set(codes)):
        if changes.get(f"{sheet.sheet} {code}") is GONE:
            continue
        item = next((item for item in sheet.items if item.code == code), None)
        row = []
        for column in sheet.columns:
            if column.column_id == sheet.item_column:
                plain: object = code
            elif column.type == "label":
                plain = item.name if item and column.column_id.endswith("name") else ""
            else:
                plain = plain_value(sheet, column.column_id, code) if item else None
            row.append(changes.get(f"{sheet.sheet} {code} {column.column_id}", plain))
        page.append(row)


def write_records(page: Worksheet, sheet: SheetForm, records: tuple[tuple[object, ...], ...]) -> None:
    """Typed rows: tasks by field, remarks as kind, text, level."""
    heads(page, sheet)
    for record in records:
        if isinstance(record, Task):
            fields = record._asdict()
            page.append([fields.get(column.measure) for column in sheet.columns])
        else:
            page.append(list(record))


def heads(page: Worksheet, sheet: SheetForm) -> None:
    """Title, labels, hidden ids."""
    page.append([sheet.title])
    page.append([column.label for column in sheet.columns])
    page.append([column.column_id for column in sheet.columns])
    page.row_dimensions[3].hidden = True


def task(task_id: str, **fields: object) -> Task:
    """A task of group 1 in progress, with what a test says of it."""
    plain = {
        "task_group": "1", "title": "Tuyên truyền Nghị quyết 57 trên đài truyền thanh", "source_doc": "KH 358/KH-UBND",
        "lead_role": "U01", "responsible": "Trưởng phòng Văn hóa - Xã hội", "coop": None, "kind": "MOT_LAN",
        "start_date": dt.date(2026, 1, 5), "due_date": dt.date(2026, 12, 14), "due_text": None, "product": "Tin, bài",
        "status": "DANG_THUC_HIEN", "progress": 50.0, "done_date": None, "evidence": None, "obstacle": None, "cell": "",
    }  # fmt: skip
    return Task(task_id=task_id, **{**plain, **fields})  # type: ignore[arg-type]


def drawn(*sheets: tuple[str, str]) -> bytes:
    """A workbook drawn as text: rows by line, cells by "|", numbers as numbers, blank cells blank."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, text in sheets:
        page = book.create_sheet(name)
        for line in text.strip("\n").splitlines():
            page.append([cell_of(part.strip()) for part in line.strip().strip("|").split("|")])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell_of(text: str) -> object:
    """A cell of a drawn table."""
    if not text:
        return None
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text.strip("'")
