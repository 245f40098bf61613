"""The commands of a warehouse that machines share: migrate, follow, compact."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from etl import front
from etl import lake_says as words
from etl.cli import CatalogueDir, Data, usable
from etl.following import catch_up, catching_up
from etl.lake import Lake, lake_of, shared
from etl.migrate import to_folder, to_lake
from etl.opening import followed
from etl.show import upkeep
from etl.trouble import NO_LAKE, Unsaved
from etl.warehouse import data_dir


def add(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(help=words.MIGRATE)(migrate)
    app.command(help=words.FOLLOW)(follow)
    app.command(help=words.COMPACT)(compact)


def migrate(
    source: Annotated[str, typer.Argument(help=words.SOURCE)],
    target: Annotated[str, typer.Argument(help=words.TARGET)],
    catalogue: CatalogueDir = None,
) -> None:
    """Move a warehouse, and prove that it arrived."""
    start, end = lake_of(source), lake_of(target)
    with usable():
        if start and not end:
            sums = to_folder(front.prepared(catalogue), start, data_dir(target))
        elif end and not start:
            sums = to_lake(front.prepared(catalogue), data_dir(source), end)
        else:
            raise typer.BadParameter(words.ONE_OF_EACH)
    typer.echo(words.migrated(source, target, sums))


def follow(
    every: Annotated[float, typer.Option("--every", min=0.2, help=words.EVERY)] = 2,
    once: Annotated[bool, typer.Option("--once", help=words.ONCE)] = False,
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Keep the tables of this machine up to date."""
    with usable():
        lake, folder = the_lake(), data_dir(data)
        steps = [catch_up(lake, folder, catalogue)] if once else catching_up(lake, folder, every, catalogue)
        for end in steps:
            if end:
                typer.echo(words.followed(folder, end.lines))


def compact(
    keep: Annotated[int, typer.Option("--keep-days", min=0, help=words.KEEP_DAYS)] = 7,
    data: Data = None,
    catalogue: CatalogueDir = None,
) -> None:
    """Look after the files of the lake."""
    with usable():
        lake, folder = the_lake(), data_dir(data)
        followed(front.prepared(catalogue), folder)
        found = upkeep(lake, folder, dt.timedelta(days=keep))
    typer.echo(words.compacted(found))


def the_lake() -> Lake:
    """The lake of the setting. Raises Unsaved where there is none."""
    lake = shared()
    if lake is None:
        raise Unsaved(NO_LAKE)
    return lake
