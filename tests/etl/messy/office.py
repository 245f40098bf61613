"""An officer's workbook, drawn in a few words, and what becomes of it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import duckdb
import openpyxl

from etl.findings import Finding
from etl.inspection import Incoming, Inspected, inspect
from etl.judge import judge
from etl.receipt import receipt_of
from etl.warehouse import open_empty
from tests.workbooks import prepared, report, task

RECEIVED = dt.datetime(2026, 11, 18, 9)
ACCEPTED, RETURNED, UNREADABLE = "accepted", "returned", "unreadable"
Touch = Callable[[openpyxl.Workbook], None]

PLAIN = {
    "2_TUYEN_TRUYEN K0101 products": 7, "2_TUYEN_TRUYEN K0101 reach": 900, "2_TUYEN_TRUYEN K0806 products": 12,
    "3_DOI_TUONG A01 sessions": 2, "3_DOI_TUONG A01 attendances": 60,
    "5_DVC TONG recv_total": 30, "5_DVC TONG recv_online": 20, "5_DVC TONG recv_direct": 10, "5_DVC TONG done_total": 30,
    "5_DVC TONG done_ontime": 30, "7_KINH_PHI NSNN approved": 150_000_000,
}  # fmt: skip
"""A report that says something; nothing in it is wrong."""
TASKS = (task("T1"), task("T2", title="Mở lớp bình dân học vụ số cho người cao tuổi"))
REMARKS = (("KHO_KHAN", "Thiếu thiết bị phát thanh ở ba thôn", "SO"),)


@dataclass(frozen=True)
class Ending:
    """What became of a workbook."""

    outcome: str
    findings: tuple[Finding, ...]
    inspected: Inspected

    @property
    def said(self) -> list[str]:
        """Rule and place of each finding: "V10.1 2_TUYEN_TRUYEN!D4"."""
        return [f"{each.rule_id} {each.sheet}!{each.cell}".removesuffix(" !") for each in self.findings]

    @property
    def words(self) -> str:
        """All that is said, in one text."""
        return "\n".join(f"{each.message} {each.expected} {each.fix}" for each in self.findings)

    def numbers(self) -> set[tuple[object, ...]]:
        """Every number, without the cell it stands in."""
        return {(each[3], each[1], each[2], each[4]) for one in self.inspected.reports for each in one.observations}

    def tasks(self) -> list[tuple[object, ...]]:
        """Every task, without its cell."""
        return [tuple(each[:-1]) for one in self.inspected.reports for each in one.tasks]

    def value(self, measure: str, item: str = "") -> float | None:
        """The one number of a measure in a row."""
        (found,) = [
            value for each, code, theme, value in self.numbers() if (each, code, theme) == (measure, item, None)
        ]
        assert found is None or isinstance(found, float)
        return found


@lru_cache(maxsize=1)
def nothing_known() -> duckdb.DuckDBPyConnection:
    """A warehouse in which there is nothing yet."""
    return open_empty()


def ending(data: bytes, name: str = "bao-cao.xlsx") -> Ending:
    """What becomes of a workbook that is the first of its unit; every finding says what and how in full sentences."""
    inspected = inspect(prepared(), Incoming(name, data, RECEIVED))
    (judged,) = judge(nothing_known(), prepared(), [inspected])
    receipt = receipt_of(prepared().catalogue, judged)
    for each in receipt.findings:
        assert each.message, each
        assert each.fix, each
        assert "{" not in each.message + each.expected + each.fix, each
    return Ending(receipt.outcome, receipt.findings, inspected)


def plain(**changes: object) -> bytes:
    """The plain report, with its tasks and remarks."""
    return report(changes=PLAIN, tasks=TASKS, remarks=REMARKS, **changes)  # type: ignore[arg-type]


def with_cells(changes: dict[str, object]) -> Ending:
    """The plain report with other values in some cells."""
    return ending(report(changes={**PLAIN, **changes}, tasks=TASKS, remarks=REMARKS))


def touched(touch: Touch) -> Ending:
    """The plain report after an officer did something to it."""
    return ending(plain(touch=touch))


def reopened(data: bytes, touch: Touch) -> bytes:
    """A workbook opened, changed and saved again."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    touch(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(drawing: str) -> Iterable[list[str]]:
    """The rows of a drawn table, cells by "|"."""
    for line in drawing.strip().splitlines():
        if set(line.strip()) - set("-| "):
            yield [part.strip() for part in line.split("|")]
