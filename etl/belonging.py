"""Whose data it is: what one authority received is never opened with the catalogue of another."""

from __future__ import annotations

import duckdb

from etl.catalogue import Catalogue, authority_in
from etl.lake import Lake
from etl.trouble import Unsaved, lake_of_another, of_another
from etl.warehouse import NothingReadable, Paths, open_to_read

SETTINGS = "select setting, value from setting where setting in ('authority_code', 'territory')"


def only_its_lake(catalogue: Catalogue, lake: Lake | None) -> None:
    """Raises Unsaved where the lake is another authority's."""
    if lake and lake.authority != catalogue.authority:
        raise Unsaved(lake_of_another(lake.authority, catalogue.authority))


def only_its_folder(catalogue: Catalogue, paths: Paths, con: duckdb.DuckDBPyConnection | None = None) -> None:
    """Raises Unsaved where a data folder is another authority's: its working file says so, else what it published."""
    held = (authority_told(con) if con else "") or authority_published(paths)
    if held and held != catalogue.authority:
        raise Unsaved(of_another(paths.data, held, catalogue.authority))


def authority_told(con: duckdb.DuckDBPyConnection) -> str:
    """Whose catalogue a file was filled with last, "" where it was with none."""
    return authority_in(dict(con.execute(SETTINGS).fetchall()))


def authority_published(paths: Paths) -> str:
    """The same of the current snapshot, "" where none can be read."""
    try:
        with open_to_read(paths.data) as con:
            return authority_told(con)
    except (FileNotFoundError, NothingReadable, duckdb.Error):
        return ""
