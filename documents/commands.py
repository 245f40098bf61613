"""The commands that write documents: export, report, remind, pack."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from duckdb import DuckDBPyConnection

from etl import bring_in_step, catalogue_dir, data_dir, note_event, open_closing, open_to_read
from etl.cli import CatalogueDir, Data, errors, period_of, stop, usable
from etl.clock import now

if TYPE_CHECKING:
    from queries.scope import Scope

EXPORT = "Xuất số liệu của một kỳ: tệp Excel tổng hợp, biểu 06/VPCP/KSTT, CSV và Parquet kèm từ điển số liệu."
PERIOD = "Kỳ báo cáo, ví dụ 2026-11, 2026-Q3 hoặc 2026."
OUT = "Thư mục ghi kết quả."
REPORT = "Lập báo cáo Word của một kỳ theo thể thức Nghị định 30/2020/NĐ-CP: của Sở, hoặc của một đơn vị."
REMIND = "Lập công văn Word đôn đốc các đơn vị chưa nộp, nộp trễ, bị trả lại báo cáo, kèm lời nhắc cho từng đơn vị."
DOCX = "Tệp .docx sẽ ghi."
UNIT = "Mã đơn vị: lập báo cáo của riêng đơn vị đó."
NO_UNIT = "Danh mục không có đơn vị mã {}."
NO_PERIOD = "Lịch báo cáo chưa có kỳ {}."
NO_REPORT = "{} chưa có báo cáo được ghi nhận trong kỳ này nên chưa lập được báo cáo Word."
NOBODY = "Không có đơn vị nào chưa nộp, nộp trễ hoặc bị trả lại; không cần công văn đôn đốc."
CLOSING = "Tên lần chốt: lấy số liệu đã chốt dưới tên này thay cho số liệu hiện hành."
PACK = "Lập bộ tài liệu họp của một kỳ (tệp .zip): báo cáo Word, tệp Excel tổng hợp, trang tổng quan mở không cần mạng."
ZIP = "Tệp .zip sẽ ghi."
LETTER = "Tệp sẽ ghi: .docx chỉ gồm công văn; .zip gồm công văn và lời nhắc cho từng đơn vị."
WORKING = "Đang lập, mất vài giây…"
Closing = Annotated[str, typer.Option("--closing", help=CLOSING)]
Docx = Annotated[Path, typer.Option("--out", help=DOCX, dir_okay=False)]


def add(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(help=EXPORT)(export)
    app.command(help=REPORT)(report)
    app.command(help=REMIND)(remind)
    app.command(help=PACK)(pack)


def export(
    period: Annotated[str, typer.Option("--period", help=PERIOD)],
    out: Annotated[Path, typer.Option("--out", help=OUT)],
    closing: Closing = "",
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Write the consolidated workbook, form 06 and the open data of a period."""
    from documents import pack  # pandas is not worth its while for the other commands

    with usable(), figures(data, closing, catalogue) as con:
        written = pack.export(con, scope_of(con, period), now(), out, closing)
    tell(out, period, data)
    typer.echo(f"Đã ghi {len(written)} tệp vào {out}.")


def report(
    period: Annotated[str, typer.Option("--period", help=PERIOD)],
    out: Docx,
    unit: Annotated[str, typer.Option("--unit", help=UNIT)] = "",
    closing: Closing = "",
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Write the official report of the department, or of one unit."""
    from documents.word import make
    from documents.word.one_unit import NoReport, NoUnit

    templates = catalogue_dir(catalogue) / "word"
    with usable(), figures(data, closing, catalogue) as con:
        scope = scope_of(con, period)
        try:
            made = (
                make.unit_report(con, scope, unit, now(), templates)
                if unit
                else make.city_report(con, scope, now(), templates, closing)
            )
        except NoReport as fault:
            stop(NO_REPORT.format(fault))
        except NoUnit as fault:
            stop(NO_UNIT.format(fault))
        write(out, made)
    tell(out, period, data)
    typer.echo(f"Đã ghi {out}.")


def remind(
    period: Annotated[str, typer.Option("--period", help=PERIOD)],
    out: Annotated[Path, typer.Option("--out", help=LETTER, dir_okay=False)],
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Write the letter that urges units to report."""
    from documents.pack import reminders
    from documents.word.make import reminder_letter
    from documents.word.reminder import NobodyToUrge
    from queries.scope import last_month

    made = reminders if out.suffix == ".zip" else reminder_letter
    with usable(), figures(data, "", catalogue) as con:
        try:
            scope = last_month(con, scope_of(con, period))
            content = made(con, scope, now(), catalogue_dir(catalogue) / "word")
        except NobodyToUrge:
            typer.echo(NOBODY)
            return
        write(out, content)
    tell(out, period, data)
    typer.echo(f"Đã ghi {out}.")


def pack(
    period: Annotated[str, typer.Option("--period", help=PERIOD)],
    out: Annotated[Path, typer.Option("--out", help=ZIP, dir_okay=False)],
    closing: Closing = "",
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Write the pack for a meeting."""
    from documents.pack import meeting

    with usable(), figures(data, closing, catalogue) as con:
        scope = scope_of(con, period)
        write(out, meeting(con, scope, now(), catalogue_dir(catalogue) / "word", closing))
    tell(out, period, data)
    typer.echo(f"Đã ghi {out}.")


def scope_of(con: DuckDBPyConnection, period: str) -> Scope:
    """The scope of a period as typed, of all units; ends the command where the calendar does not have it."""
    from queries.scope import made_out

    try:
        return made_out(con, period_of(period))
    except KeyError:
        stop(NO_PERIOD.format(period))


def write(out: Path, content: bytes) -> None:
    """A document into its file; folders that are not there yet are made."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(content)


def tell(out: Path, period: str, data: Path | None) -> None:
    """Note in the journal that documents of a period were written."""
    note_event("exported", getpass.getuser(), out.name, detail=str(out), period=period_of(period), data=data)


@contextmanager
def figures(data: Path | None, closing: str, catalogue: Path | None) -> Iterator[DuckDBPyConnection]:
    """The published snapshot, or the state that a closing of this name froze."""
    folder = data_dir(data)
    bring_in_step(folder, catalogue)
    with open_closing(folder, closing) if closing else open_to_read(folder) as con, errors.status(WORKING):
        yield con
