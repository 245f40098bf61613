"""The command line: load, check, template, status, query, demo, rebuild.

Exit status: 0 all well; 1 some report was returned or unreadable (the rest is loaded); 2 usage or environment.
"""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from etl import front, says
from etl.calendar import parse_period
from etl.catalogue import CatalogueFault
from etl.clock import now
from etl.intake import Progress as Tell
from etl.receipt import ACCEPTED, DUPLICATE, Receipt
from etl.warehouse import data_dir, open_to_read

app = typer.Typer(no_args_is_help=True, help=says.HELP, pretty_exceptions_enable=False, add_completion=False)
errors = Console(stderr=True)

Data = Annotated[Path | None, typer.Option("--data", envvar="NQ57_DATA", help=says.DATA)]
CatalogueDir = Annotated[Path | None, typer.Option("--catalogue", envvar="NQ57_CATALOGUE", help=says.CATALOGUE)]
Json = Annotated[bool, typer.Option("--json", help=says.JSON)]
Paths = Annotated[list[Path], typer.Argument(help=says.PATHS, exists=True)]
Received = Annotated[dt.datetime | None, typer.Option("--received", help=says.RECEIVED)]


@app.command(help=says.LOAD)
def load(
    paths: Paths,
    received: Received = None,
    by: Annotated[str, typer.Option("--by", help=says.BY)] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=says.DRY_RUN)] = False,
    json: Json = False,
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Take workbooks in."""
    if dry_run:
        check(paths, received, None, json, data, catalogue)
        return
    with usable(), bar() as progress:
        receipts = front.submit_paths(paths, received or now(), by or getpass.getuser(), data, progress, catalogue)
    answer(receipts, json=json)


@app.command(help=says.CHECK)
def check(
    paths: Paths,
    received: Received = None,
    annotate: Annotated[Path | None, typer.Option("--annotate", help=says.ANNOTATE)] = None,
    json: Json = False,
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Say what would become of workbooks; write them back with their faults marked where asked to."""
    with usable(), bar() as progress:
        receipts = front.check_paths(paths, received or now(), data, progress, catalogue)
        if annotate:
            written, left_out = front.mark_paths(paths, receipts, annotate)
            errors.print(says.marked_text(len(written), annotate, left_out), highlight=False, markup=False)
    answer(receipts, json=json)


@app.command(help=says.TEMPLATE)
def template(
    period: Annotated[str, typer.Option("--period", help=says.PERIOD)],
    out: Annotated[Path, typer.Option("--out", help=says.OUT)],
    unit: Annotated[list[str] | None, typer.Option("--unit", help=says.UNIT)] = None,
    everyone: Annotated[bool, typer.Option("--all", help=says.ALL)] = False,
    form: Annotated[str, typer.Option("--form", help=says.FORM)] = "",
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Write stamped templates."""
    if bool(unit) == everyone:
        raise typer.BadParameter(says.UNIT_OR_ALL)
    with usable(), bar() as progress:
        written = front.prepare_templates(
            out, period_of(period), () if everyone else tuple(unit or ()), form, data, progress, catalogue
        )
    typer.echo(says.templates_written(len(written), out))


@app.command(help=says.STATUS)
def status(
    period: Annotated[str, typer.Option("--period", help=says.PERIOD)], json: Json = False, data: Data = None
) -> None:
    """Who has reported."""
    with usable():
        rows = front.who_reported(period_of(period), data)
    typer.echo(says.json_text(rows) if json else says.status_text(rows, period_of(period)))


@app.command(help=says.QUERY)
def query(sql: Annotated[str, typer.Argument(help=says.SQL)], json: Json = False, data: Data = None) -> None:
    """Ask the published snapshot."""
    with usable():
        con = open_to_read(data_dir(data))
        try:
            asked = con.execute(only_statement(con, sql))
            names = [column[0] for column in asked.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in asked.fetchall()]
        finally:
            con.close()
    typer.echo(says.json_text(rows) if json else says.table_text(names, rows))


@app.command(help=says.DEMO)
def demo(
    units: Annotated[int | None, typer.Option("--units", min=1, help=says.DEMO_UNITS)] = None,
    months: Annotated[int, typer.Option("--months", min=1, max=60, help=says.DEMO_MONTHS)] = 12,
    seed: Annotated[int, typer.Option("--seed", help=says.DEMO_SEED)] = 57,
    out: Annotated[Path | None, typer.Option("--out", help=says.DEMO_OUT)] = None,
    clear: Annotated[bool, typer.Option("--clear", help=says.DEMO_CLEAR)] = False,
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Make demonstration data."""
    with usable(), bar() as progress:
        if clear:
            receipts = front.clear_demo(data, progress, catalogue)
        else:
            receipts = front.load_demo(data, units, months, seed, progress, out, catalogue)
    typer.echo(says.rebuilt_text(receipts) if clear else says.demo_text(receipts))


@app.command(help=says.REBUILD)
def rebuild(json: Json = False, data: Data = None, catalogue: CatalogueDir = None) -> None:
    """Make the warehouse anew from the kept workbooks."""
    with usable(), bar() as progress:
        receipts = front.rebuild(data, progress, catalogue)
    typer.echo(says.json_text([says.receipt_row(each) for each in receipts]) if json else says.rebuilt_text(receipts))


def period_of(text: str) -> str:
    """A period as typed on the command line."""
    period = parse_period(text)
    if period is None:
        raise typer.BadParameter(says.no_period(text))
    return period


def only_statement(con: duckdb.DuckDBPyConnection, sql: str) -> str:
    """The one statement of a query; the snapshot itself refuses to be written."""
    if len(con.extract_statements(sql)) != 1:
        raise typer.BadParameter(says.ONE_STATEMENT)
    return sql


def answer(receipts: list[Receipt], *, json: bool) -> None:
    """Print what became of each file, and leave with the status that says whether all went well."""
    for receipt in receipts:
        typer.echo(says.json_line(receipt) if json else says.receipt_text(receipt))
    if not json:
        typer.echo(says.summary_text(receipts), err=True)
    if any(receipt.outcome not in (ACCEPTED, DUPLICATE) for receipt in receipts):
        raise typer.Exit(1)


@contextmanager
def usable() -> Iterator[None]:
    """Say plainly what in the environment stands in the way, with status 2 and no traceback."""
    try:
        yield
    except FileNotFoundError as fault:
        stop(says.not_found(fault))
    except CatalogueFault as fault:
        stop(str(fault))
    except duckdb.Error as fault:
        stop(says.warehouse_fault(fault))
    except KeyError as fault:
        stop(says.unknown_code(fault))
    except (PermissionError, OSError) as fault:
        stop(says.disk_fault(fault))


def stop(sentence: str) -> None:
    """Print a sentence and leave with status 2."""
    errors.print(sentence, style="red", markup=False, highlight=False)
    raise typer.Exit(2)


@contextmanager
def bar() -> Iterator[Tell]:
    """A progress bar on a terminal, nothing elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, disable=not errors.is_terminal, transient=True) as progress:
        task = progress.add_task("", total=None)

        def tell(done: int, total: int, name: str) -> None:
            progress.update(task, completed=done, total=total, description=name[:40])

        yield tell
