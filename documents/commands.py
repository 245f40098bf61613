"""The commands that write documents: export."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from duckdb import DuckDBPyConnection

from etl import data_dir, open_to_read
from etl.cli import Data, period_of, usable

EXPORT = "Xuất số liệu của một kỳ: CSV, Parquet kèm từ điển số liệu."
PERIOD = "Kỳ báo cáo, ví dụ 2026-11, 2026-Q3 hoặc 2026."
OUT = "Thư mục ghi kết quả."


def add(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(help=EXPORT)(export)


def export(
    period: Annotated[str, typer.Option("--period", help=PERIOD)],
    out: Annotated[Path, typer.Option("--out", help=OUT)],
    data: Data = None,
) -> None:
    """Write the open data of a period."""
    from documents import opendata  # pandas is not worth its while for the other commands
    from queries.scope import made_out

    with usable(), snapshot(data) as con:
        written = opendata.write(con, made_out(con, period_of(period)), out)
    typer.echo(f"Đã ghi {len(written)} tệp vào {out}.")


@contextmanager
def snapshot(data: Path | None) -> Iterator[DuckDBPyConnection]:
    """The published snapshot."""
    con = open_to_read(data_dir(data))
    try:
        yield con
    finally:
        con.close()
