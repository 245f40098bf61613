"""The command `catalogue import`: catalogues of provinces from the official list of their units."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from etl import provinces_says as words
from etl import says
from etl.catalogue import load_catalogue
from etl.cli import CatalogueDir, Json, errors, stop, usable
from etl.provinces import Province, inside, read_list, write_catalogue, write_nation
from etl.spelling import fold, slug
from etl.warehouse import catalogue_dir


def add(app: typer.Typer) -> None:
    """Add the command to the command line."""
    group = typer.Typer(no_args_is_help=True, help=words.HELP)
    group.command("import", help=words.IMPORT)(import_list)
    group.callback()(lambda: None)
    app.add_typer(group, name="catalogue")


def import_list(
    path: Annotated[Path, typer.Argument(metavar="LIST", help=words.LIST, exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option("--out", help=words.OUT, file_okay=False)],
    province: Annotated[list[str] | None, typer.Option("--province", help=words.PROVINCE)] = None,
    authority: Annotated[str, typer.Option("--authority", help=words.AUTHORITY)] = words.DEPARTMENT,
    valid_from: Annotated[dt.datetime, typer.Option("--valid-from", formats=["%Y-%m-%d"], help=words.VALID_FROM)] = (
        dt.datetime(2025, 7, 1)
    ),
    nation: Annotated[str, typer.Option("--nation", help=words.NATION)] = "",
    json: Json = False,
    catalogue: CatalogueDir = None,
) -> None:
    """Write a catalogue for each province; status 1 where one could not be written."""
    with usable():
        base = load_catalogue(catalogue_dir(catalogue))
        try:
            listed = read_list(path, valid_from.date().isoformat())
        except words.UnusableList as fault:
            stop(str(fault))
        chosen = those(listed, province or [])
        folders = {one.name: out / slug(one.name) for one in chosen if one.usable}
        country = out / slug(words.WHOLE_COUNTRY)
        for folder in (*folders.values(), *([country] if nation else [])):
            if folder.exists():
                stop(words.TAKEN.format(folder))
        for one in chosen:
            if one.usable:
                write_catalogue(base, one, authority.replace("{}", inside(one.name)), folders[one.name])
        if nation:
            write_nation(base, listed, nation, country)
            errors.print(words.written_text(words.WHOLE_COUNTRY, len(listed), country, words.OF_NATION), markup=False)
    tell(chosen, folders, json=json)
    if len(folders) < len(chosen):
        raise typer.Exit(1)


def those(listed: list[Province], names: list[str]) -> list[Province]:
    """The provinces asked for, all where none is named."""
    known = {fold(one.name): one for one in listed}
    for name in names:
        if fold(name) not in known:
            stop(words.NO_SUCH.format(name, ", ".join(one.name for one in listed)))
    return [known[fold(name)] for name in names] or listed


def tell(chosen: list[Province], folders: dict[str, Path], *, json: bool) -> None:
    """What was written, and everything found."""
    if json:
        said = [
            {"province": one.name, "units": len(one.units), "folder": str(folders.get(one.name, "")),
             "troubles": [each._asdict() for each in one.troubles]}
            for one in chosen
        ]  # fmt: skip
        typer.echo(says.json_text(said))
        return
    for one in chosen:
        for each in one.troubles:
            errors.print(words.trouble_text(one.name, each.line, each.text), markup=False, highlight=False)
        folder = folders.get(one.name)
        typer.echo(words.written_text(one.name, len(one.units), folder) if folder else words.left_out_text(one.name))
