"""The commands that look after the record: verify, backup, restore."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from etl import backup as backups
from etl import backup_says as words
from etl import front, says
from etl import restore as restoring
from etl.backup import DAILY, MONTHLY, Manifest, Unusable
from etl.cli import Catalogued, CatalogueDir, Data, Json, bar, stop, usable
from etl.verify import verify as look_through
from etl.warehouse import data_dir

Folder = Annotated[Path, typer.Argument(help=words.DIR, file_okay=False)]


def add(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(help=words.VERIFY)(verify)
    app.command(help=words.BACKUP)(backup)
    app.command(help=words.RESTORE)(restore)


def verify(json: Json = False, data: Data = None, _catalogue: Catalogued = None) -> None:
    """Look through everything; status 1 where something is wrong."""
    with usable():
        must_hold(data)
        found = look_through(data)
    if json:
        typer.echo(says.json_text([part._asdict() for part in found]))
    else:
        typer.echo("\n".join(words.verified_text(*part) for part in found))
        if any(part.part == words.JOURNAL and part.faults for part in found):
            typer.echo(words.TO_MEND)
    if any(part.faults for part in found):
        raise typer.Exit(1)


def backup(
    to: Folder,
    keep: Annotated[int, typer.Option("--keep", min=1, help=words.KEEP)] = DAILY,
    keep_months: Annotated[int, typer.Option("--keep-months", min=0, help=words.KEEP_MONTHS)] = MONTHLY,
    json: Json = False,
    data: Data = None,
    _catalogue: Catalogued = None,
) -> None:
    """Make a copy that can be put back."""
    with usable():
        must_hold(data)
        try:
            made = backups.backup(to, getpass.getuser(), keep, keep_months, data)
        except Unusable as fault:
            stop(words.unusable(fault))
    typer.echo(said(made) if json else words.backed_up(to, made.workbooks, made.standing.lines, made.counts))


def restore(
    source: Folder,
    generation: Annotated[str, typer.Option("--generation", help=words.GENERATION)] = "",
    replace: Annotated[bool, typer.Option("--replace", help=words.REPLACE)] = False,
    json: Json = False,
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Put a copy back."""
    with usable(), bar() as progress:
        if restoring.is_in_use(data) and not replace:
            stop(words.NOT_EMPTY)
        try:
            made = restoring.restore(
                front.prepared(catalogue), source, generation, getpass.getuser(), data, front.workers(), progress
            )
        except Unusable as fault:
            stop(words.unusable(fault))
    typer.echo(said(made) if json else words.restored(data_dir(data), made.made_at, made.counts))


def must_hold(data: Path | None) -> None:
    """End the command where the data folder is empty or not there: to find nothing wrong with that helps nobody."""
    if not restoring.is_in_use(data):
        stop(words.NOTHING.format(data_dir(data)))


def said(made: Manifest) -> str:
    """A manifest as JSON."""
    return says.json_text(asdict(made))
