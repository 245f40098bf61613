"""The commands by which provinces share their totals and the nation gathers them: share, gather."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from documents.commands import write
from etl import Undecidable, Unsaved, bring_in_step, data_dir, note_event, open_to_read, version
from etl import lake as lakes
from etl.cli import CatalogueDir, Data, errors, said_of, usable
from etl.clock import now
from etl.front import prepared
from etl.gathering import gather as gathered
from etl.lake import Lake, lake_of
from etl.show import as_shown
from etl.summary import Summary, written

SHARE = "Lập số tổng hợp của tỉnh để gửi lên toàn quốc: chỉ có tổng theo kỳ và chỉ tiêu, không có số của từng đơn vị."
OUT = "Tệp .json sẽ ghi."
GATHER = "Nhận số tổng hợp của các tỉnh vào kho toàn quốc."
SOURCES = "Tệp .json do tỉnh lập bằng lệnh share, thư mục dữ liệu của tỉnh, hoặc ducklake:postgres:…"
NOT_SHOWN = "Phần của “{}” trong kho dùng chung chưa có bảng tổng hợp. Tỉnh chạy lệnh compact rồi nhận lại."
GATHERED = "{}: {} kỳ, số liệu đến {:%H:%M ngày %d/%m/%Y}"
SHARED = "Đã ghi {} ({} kỳ, số liệu đến {:%H:%M ngày %d/%m/%Y})."


def add(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(help=SHARE)(share)
    app.command(help=GATHER)(gather)


def share(
    out: Annotated[Path, typer.Option("--out", help=OUT, dir_okay=False)],
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Write the totals of a province."""
    with usable():
        bring_in_step(data_dir(data), catalogue)
        made = of_folder(data_dir(data))
        write(out, written(made))
    note_event("shared", getpass.getuser(), out.name, detail=made.snapshot, data=data)
    typer.echo(SHARED.format(out, len(made.periods), made.loaded_at))


def gather(
    sources: Annotated[list[str], typer.Argument(help=SOURCES, metavar="SOURCE…")],
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Take in what provinces share; status 1 where something could not be taken."""
    failed = []
    with usable():
        found = [each for source in sources for each in of_source(source)]
        with lakes.on(None):
            done = gathered(prepared(catalogue), data_dir(data), [each for each in found if isinstance(each, bytes)])
        for each in [*done, *(one for one in found if isinstance(one, str))]:
            if isinstance(each, Summary):
                typer.echo(GATHERED.format(each.authority, len(each.periods), each.loaded_at))
                note_event("gathered", getpass.getuser(), each.authority, detail=each.snapshot, data=data)
            else:
                failed.append(each)
    for sentence in failed:
        errors.print(sentence, style="red", markup=False, highlight=False)
    if failed:
        raise typer.Exit(1)


def of_source(source: str) -> list[bytes | str]:
    """The summaries that a source has, each as a file; a sentence where they cannot be had: others are taken."""
    lake, path = lake_of(source), Path(source)
    try:
        if lake:
            return [of_lake(each) for each in lakes.all_in(lake.catalogue)]
        return [written(of_folder(path)) if path.is_dir() else path.read_bytes()]
    except (Undecidable, Unsaved, OSError, duckdb.Error) as fault:
        return [f"{source}: {said_of(fault)}"]


def of_folder(data: Path) -> Summary:
    """The totals of a data folder, as of its current snapshot."""
    from documents.summary import summary_of  # pandas is not worth its while for the other commands

    with open_to_read(data) as con:
        return summary_of(con, version(data), now())


def of_lake(lake: Lake) -> bytes | str:
    """The totals of a lake as it shows itself, which is as of its last upkeep; a sentence where they cannot be had."""
    from documents.summary import summary_of

    try:
        with as_shown(lake) as con:
            return written(summary_of(con, "", now())) if con else NOT_SHOWN.format(lake.authority)
    except (Unsaved, Undecidable) as fault:
        return f"{lake.authority}: {fault}"
