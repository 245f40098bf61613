"""The command line: load, watch, check, void, template, status, extend, explain, close, query, demo, rebuild.

Exit status: 0 all well; 1 some report was returned or unreadable (the rest is loaded); 2 usage or environment.
"""

from __future__ import annotations

import datetime as dt
import getpass
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn

import duckdb
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from etl import answers, front, front_desk, says, settle, settled
from etl.calendar import parse_period
from etl.catalogue import CatalogueFault
from etl.clock import now
from etl.desk import Preview
from etl.form import UnknownCode
from etl.receipt import ACCEPTED, DUPLICATE, Receipt
from etl.replay import Progress as Tell
from etl.trouble import Unsaved
from etl.typer_says import speak_vietnamese
from etl.undecidable import Undecidable, stated
from etl.warehouse import alone_with_inbox, data_dir, open_to_read

if TYPE_CHECKING:
    from etl.inbox.placing import Placed

speak_vietnamese()
app = typer.Typer(no_args_is_help=True, help=says.HELP, pretty_exceptions_enable=False, add_completion=False)
errors = Console(stderr=True)

Data = Annotated[Path | None, typer.Option("--data", envvar="NQ57_DATA", help=says.DATA)]
CatalogueDir = Annotated[Path | None, typer.Option("--catalogue", envvar="NQ57_CATALOGUE", help=says.CATALOGUE)]
Catalogued = Annotated[Path | None, typer.Option("--catalogue", envvar="NQ57_CATALOGUE", help=says.CATALOGUED)]
"""Of commands that need none, so that every command can be given the same options."""
Json = Annotated[bool, typer.Option("--json", help=says.JSON)]
Paths = Annotated[list[Path], typer.Argument(help=says.PATHS, exists=True)]
By = Annotated[str, typer.Option("--by", help=says.BY)]
Reason = Annotated[str, typer.Option("--reason", help=says.REASON)]
Closing = Annotated[str, typer.Option("--closing", help=says.CLOSING)]
IN_THE_WAY = (OSError, CatalogueFault, Undecidable, Unsaved, duckdb.Error, UnknownCode)
Answer = tuple[Receipt, Preview | None]
Received = Annotated[dt.datetime | None, typer.Option("--received", help=says.RECEIVED)]


@app.command(help=says.LOAD)
def load(
    paths: Paths,
    received: Received = None,
    reason: Annotated[str, typer.Option("--reason", help=says.RECEIVED_REASON)] = "",
    returned: Annotated[str, typer.Option("--return", help=says.RETURN)] = "",
    by: By = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=says.DRY_RUN)] = False,
    json: Json = False,
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Take workbooks in."""
    if received and received > now():
        errors.print(says.LATER, highlight=False, markup=False)
    with usable(), bar() as progress:
        when, who = received or now(), by or getpass.getuser()
        why, back = (stated(each) if each else "" for each in (reason, returned))
        if dry_run:
            receipts = front.check_paths(paths, when, data, progress, catalogue, back)
        else:
            receipts = front.submit_paths(paths, when, who, data, progress, catalogue, why, back)
    outcomes = says.CHECKED if dry_run and not back else says.OUTCOMES
    answer([(each, None) for each in receipts], outcomes, says.NOTHING_STORED if dry_run else "", json=json)


@app.command(help=says.WATCH)
def watch(
    inbox: Annotated[Path | None, typer.Option("--inbox", help=says.INBOX, file_okay=False)] = None,
    by: Annotated[str, typer.Option("--by", help=says.WATCH_BY)] = says.BY_INBOX,
    once: Annotated[bool, typer.Option("--once", help=says.ONCE)] = False,
    still: Annotated[float, typer.Option("--still", min=0, help=says.STILL)] = 2,
    patience: Annotated[float, typer.Option("--patience", min=0, help=says.PATIENCE)] = 60,
    json: Json = False,
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Take files in as they arrive in a folder."""
    from etl.inbox.watching import Inbox, Watch  # watchdog is not worth its while for the other commands

    folder = (inbox or data_dir(data) / "inbox").resolve()
    lines = answers.placed_json if json else answers.placed_lines

    def tell(placed: Placed) -> None:
        for line in lines(placed, folder):
            typer.echo(line)

    def warn(fault: Exception) -> None:
        errors.print(says.later_text(said_of(fault)), style="red", markup=False, highlight=False)

    with usable(), alone_with_inbox(folder), told_to_stop() as stopping:
        errors.print(says.watching_text(folder), markup=False, highlight=False)
        Watch(Inbox(folder, data_dir(data), by, catalogue, still, patience), tell, warn).run(stopping, once=once)
    errors.print(says.WATCH_ENDED, markup=False, highlight=False)


@app.command(help=says.CHECK)
def check(
    paths: Paths,
    received: Received = None,
    annotate: Annotated[Path | None, typer.Option("--annotate", help=says.ANNOTATE)] = None,
    diff: Annotated[bool, typer.Option("--diff", help=says.DIFF)] = False,
    json: Json = False,
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Say what would become of workbooks and what they would change; write them back with their faults marked."""
    found: list[Answer]
    with usable(), bar() as progress:
        if diff:
            found = list(front_desk.compare_paths(paths, received or now(), data, progress, catalogue))
        else:
            found = [(each, None) for each in front.check_paths(paths, received or now(), data, progress, catalogue)]
        if annotate:
            written, left_out = front.mark_paths(paths, [receipt for receipt, _ in found], annotate)
            errors.print(says.marked_text(len(written), annotate, left_out), highlight=False, markup=False)
    answer(found, says.CHECKED, says.NOTHING_STORED, json=json)


@app.command(help=says.VOID)
def void(
    unit: Annotated[str, typer.Option("--unit", help=says.UNIT_ONE)],
    period: Annotated[str, typer.Option("--period", help=says.PERIOD)],
    version: Annotated[int, typer.Option("--version", min=1, help=says.VOID_VERSION)],
    reason: Annotated[str, typer.Option("--reason", help=says.VOID_REASON)],
    form: Annotated[str, typer.Option("--form", help=says.FORM)] = "",
    by: By = "",
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Take one submission back."""
    with usable():
        form_id = form or front.prepared(catalogue).catalogue.forms[0].form_id
        key = unit, period_of(period), form_id
        front.void_submission(key, version, reason, by or getpass.getuser(), data, catalogue)
    typer.echo(says.voided_text(unit, period_of(period), version))


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
    period: Annotated[str, typer.Option("--period", help=says.PERIOD)],
    json: Json = False,
    closing: Closing = "",
    data: Data = None,
    _catalogue: Catalogued = None,
) -> None:
    """Who has reported, now or when the period was closed; and that it was closed."""
    month = period_of(period)
    with usable():
        rows = front.who_reported(month, data, closing)
        closings = settled.closings_of(data_dir(data), month)
    if json:
        typer.echo(says.json_text(rows))
    else:
        typer.echo("\n".join([says.status_text(rows, month), *map(says.closing_text, closings)]))


@app.command(help=says.EXTEND)
def extend(
    period: Annotated[str, typer.Option("--period", help=says.PERIOD)],
    unit: Annotated[list[str], typer.Option("--unit", help=says.UNIT)],
    reason: Reason,
    until: Annotated[dt.datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help=says.UNTIL)] = None,
    take_back: Annotated[bool, typer.Option("--take-back", help=says.TAKE_BACK)] = False,
    by: By = "",
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Extend a deadline, or take an extension back."""
    if (until is None) != take_back:
        raise typer.BadParameter(says.UNTIL_OR_BACK)
    month, who = period_of(period), by or getpass.getuser()
    with usable():
        if until is None:
            settle.take_back_extension(unit, month, reason, who, data=data, catalogue=catalogue)
        else:
            settle.extend_deadline(unit, month, until.date(), reason, who, data=data, catalogue=catalogue)
    typer.echo(says.extended_text(len(unit), month, until))


@app.command(help=says.EXPLAIN)
def explain(
    period: Annotated[str, typer.Option("--period", help=says.PERIOD)],
    unit: Annotated[str, typer.Option("--unit", help=says.UNIT_ONE)],
    rule: Annotated[str, typer.Option("--rule", help=says.RULE)] = "",
    sheet: Annotated[str, typer.Option("--sheet", help=says.SHEET)] = "",
    cell: Annotated[str, typer.Option("--cell", help=says.CELL)] = "",
    reason: Annotated[str, typer.Option("--reason", help=says.EXPLAIN_REASON)] = "",
    by: By = "",
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Answer a finding; without a reason, say what is asked."""
    month = period_of(period)
    with usable():
        asked = settled.open_findings(data_dir(data), month, unit)
        if not reason:
            typer.echo(says.asked_text(asked))
            return
        chosen = [each.place for each in asked if each.place.is_at(rule, sheet, cell)]
        if not chosen:
            stop(says.NOT_ASKED)
        settle.explain_findings(chosen, reason, by or getpass.getuser(), data, catalogue)
    typer.echo(says.explained_text(len(chosen)))


@app.command(help=says.CLOSE)
def close(
    period: Annotated[str, typer.Option("--period", help=says.PERIOD)],
    name: Annotated[str, typer.Option("--name", help=says.CLOSING_NAME)],
    reason: Annotated[str, typer.Option("--reason", help=says.REASON)] = says.FOR_PUBLICATION,
    by: By = "",
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Close a period."""
    with usable():
        settle.close_period(period_of(period), name, reason, by or getpass.getuser(), data, catalogue)
    typer.echo(says.closed_text(period_of(period), name))


@app.command(help=says.QUERY)
def query(
    sql: Annotated[str, typer.Argument(help=says.SQL)],
    json: Json = False,
    closing: Closing = "",
    data: Data = None,
    _catalogue: Catalogued = None,
) -> None:
    """Ask the published snapshot, or the state that a closing kept."""
    with usable():
        con = settled.open_closing(data_dir(data), closing) if closing else open_to_read(data_dir(data))
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
    typer.echo(
        says.json_text([answers.receipt_row(each) for each in receipts]) if json else says.rebuilt_text(receipts)
    )


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


def answer(found: Sequence[Answer], outcomes: Mapping[str, str], end: str = "", *, json: bool) -> None:
    """Print what became of each file, and leave with the status that says whether all went well."""
    receipts = [receipt for receipt, _ in found]
    for receipt, preview in found:
        typer.echo(answers.json_line(receipt, preview) if json else answers.receipt_text(receipt, preview, outcomes))
    if not json:
        typer.echo(says.summary_text(receipts, outcomes) + end, err=True)
    if any(receipt.outcome not in (ACCEPTED, DUPLICATE) for receipt in receipts):
        raise typer.Exit(1)


@contextmanager
def usable() -> Iterator[None]:
    """Say plainly what in the environment stands in the way, with status 2 and no traceback."""
    try:
        yield
    except IN_THE_WAY as fault:
        stop(said_of(fault))


def said_of(fault: Exception) -> str:
    """The sentence for what stands in the way."""
    if isinstance(fault, FileNotFoundError):
        return says.not_found(fault)
    if isinstance(fault, duckdb.Error):
        return says.warehouse_fault(fault)
    if isinstance(fault, UnknownCode):
        return says.unknown_code(fault)
    if isinstance(fault, OSError):
        return says.disk_fault(fault)
    return str(fault)


@contextmanager
def told_to_stop() -> Iterator[Event]:
    """An event that is set by Ctrl-C and by whoever ends services; at the second time the process ends as it is."""
    stopping = Event()

    def hear(number: int, _: FrameType | None) -> None:
        stopping.set()
        signal.signal(number, signal.SIG_DFL)

    before = {each: signal.signal(each, hear) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def stop(sentence: str) -> NoReturn:
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
