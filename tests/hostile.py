"""Text that wants to be more than text, put wherever a workbook, its name or a person's typing can carry it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl

from etl import FindingPlace, intake
from etl.inspection import Incoming
from etl.settle import close_period, explain_findings, extend_deadline
from etl.warehouse import open_to_read
from tests.workbooks import prepared, report, task

ELSEWHERE = "evil.example"
"""Nobody may ask this host for anything."""
PAYLOADS = (
    f'=HYPERLINK("http://{ELSEWHERE}/h","bấm vào đây")', "+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "-2+3+cmd|x!A1",
    "=1+1", "\t=1+1 sau dấu tab", "\r=1+1 sau dấu xuống dòng", f"=WEBSERVICE(\"http://{ELSEWHERE}/w\")",
    "<script>window.pwned=1</script>", f'<img src="http://{ELSEWHERE}/i.png" onerror="window.pwned=1">',
    '<svg onload="window.pwned=1">', '"><iframe srcdoc="<script>parent.pwned=1</script>">', "</script><script>window.pwned=1</script>",
    "<b>in đậm</b>", "&lt;script&gt;window.pwned=1&lt;/script&gt;", "[bấm](javascript:window.pwned=1)",
    f"![ảnh](http://{ELSEWHERE}/p.png)", f"[bấm](http://{ELSEWHERE}/l)", f"<http://{ELSEWHERE}/a>",
    ":red[chữ đỏ]", ":red-background[nền đỏ]", ":material/delete: xóa", ":smile: cười", ":streamlit: dấu", "$$\\frac{a}{b}$$ và $x^2$",
    "**đậm** _nghiêng_ ~~gạch~~ `mã`", "# tiêu đề", "> trích dẫn", "1. một", "| a | b |", "{{ 7*7 }} {% for x in y %} ${7*7}", "%s %(x)s {0}",
    "<w:p/> ]]> <?xml x?> <!--", "chéo \\\\ \\[x\\] a -> b <- c -- d >= e <= f ~= g <-> h", "thư a@evil.example, www.evil.example",
)  # fmt: skip
FORMULA, SCRIPT, IMAGE, LINK, COLOUR = (PAYLOADS[number] for number in (0, 8, 9, 15, 19))
UNIT, RETURNED, LATE, LATER = "10966", "11359", "11329", "10507"
PERIOD, RECEIVED = "2026-11", dt.datetime(2026, 11, 18, 9)
SERVED = {
    "5_DVC TONG recv_online": 60, "5_DVC TONG recv_direct": 40, "5_DVC TONG recv_total": 100,
    "5_DVC TONG done_ontime": 100, "5_DVC TONG done_total": 100,
}  # fmt: skip


def long_enough(text: str) -> str:
    """A payload as a task's title, which has at least ten letters."""
    return text.ljust(12, ".")


def as_text(book: openpyxl.Workbook) -> None:
    """What looks like a formula is written as text, as by a program that does not know better."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.data_type = "s"


def accepted(unit: str = UNIT) -> bytes:
    """A report with each payload in a task, a remark and the texts of the cover: all of it allowed, all of it text."""
    tasks = tuple(
        task(f"{unit}-2026-{number:03}", title=long_enough(text), responsible=text, product=text, source_doc=text,
             coop=text, evidence=text, obstacle=text, due_text=text, due_date=dt.date(2026, 11, 1 + number % 9))
        for number, text in enumerate(PAYLOADS, 1)
    )  # fmt: skip
    remarks = tuple(("KHO_KHAN" if number % 2 else "KIEN_NGHI", text, "SO") for number, text in enumerate(PAYLOADS))
    cover = ("document_no", "signer_title", "plan_no")
    texts: dict[str, object] = {f"1_THONG_TIN {field}": PAYLOADS[8 + place] for place, field in enumerate(cover)}
    notes = {"2_TUYEN_TRUYEN K0101 note": IMAGE, "6_KY_NANG_SO KN01 note": FORMULA}
    return report(unit, changes={**SERVED, **texts, **notes}, tasks=tasks, remarks=remarks, touch=as_text)


def faulty() -> bytes:
    """A report with payloads where numbers, dates and codes should stand: its findings quote them."""

    def touch(book: openpyxl.Workbook) -> None:
        for row, text in enumerate(PAYLOADS, 4):
            book["2_TUYEN_TRUYEN"].cell(row, 4).value = text
        book["5_DVC"].cell(2, 30).value = IMAGE
        book.create_sheet("<img src=x> $$y$$ `z`")
        as_text(book)

    bad = task(LINK, title=SCRIPT, task_group=COLOUR, status=SCRIPT, start_date=FORMULA)
    changes = {"5_DVC TONG recv_online": SCRIPT, "5_DVC TONG recv_direct": IMAGE, "1_THONG_TIN signed_date": LINK}
    return report(RETURNED, changes=changes, tasks=(bad,), remarks=((IMAGE, LINK, COLOUR),), touch=touch)


def file_names() -> list[str]:
    """The payloads as names of files, which can hold no slash."""
    return [f"{text.strip().replace('/', '∕').replace(chr(92), '∖')}.xlsx" for text in PAYLOADS]


def load(data: Path) -> None:
    """A data folder in which every text is hostile: of units, of files and of the people who work with them."""
    files = [(f"{SCRIPT} {LINK}.xlsx", accepted()), (f"{COLOUR} {IMAGE}.xlsx", faulty())]
    files += [(name, f"khong phai bao cao {number}".encode()) for number, name in enumerate(file_names())]
    intake.submit(prepared(), [Incoming(*each, RECEIVED) for each in files], data, IMAGE)
    extend_deadline([LATE], PERIOD, dt.date(2026, 12, 24), COLOUR, SCRIPT, data=data)
    explain_findings(open_questions(data)[:1], LINK, IMAGE, data=data)
    close_period(PERIOD, COLOUR, SCRIPT, LINK, data=data)
    close_period(PERIOD, IMAGE, LINK, FORMULA, data=data)
    later = Incoming(f"{FORMULA}.xlsx", accepted(LATER), RECEIVED, reason=LINK)
    assert [one.outcome for one in intake.submit(prepared(), [later], data, SCRIPT)] == ["accepted"]


def open_questions(data: Path) -> list[FindingPlace]:
    """What units are asked to confirm."""
    with open_to_read(data) as con:
        rows = con.execute(
            "select s.unit_code, s.period, s.form_id, f.rule_id, f.sheet, f.cell from finding f "
            "join current_submission s using (submission_id) where f.severity = 'explain'"
        ).fetchall()
    return [FindingPlace((unit, period, form), *place) for unit, period, form, *place in rows]
