"""To stay up to date with a lake: what other machines put into it is published here within a few seconds."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from etl.chain import Standing
from etl.front import prepared
from etl.lake import Lake, standing_in, transaction_on
from etl.opening import followed
from etl.sealed import seal_of
from etl.trouble import Unsaved
from etl.warehouse import Paths, version

log = logging.getLogger(__name__)


def catch_up(lake: Lake, data: Path, catalogue: Path | None = None) -> Standing | None:
    """Publish what the lake has and this machine has not; how far that goes, None where there was nothing."""
    with transaction_on(lake) as con:
        end = standing_in(con)
    held = seal_of(Paths(data).published / version(data)) if version(data) else None
    if held and held.standing == end:
        return None
    followed(prepared(catalogue), data)
    return end


def catching_up(lake: Lake, data: Path, every: float, catalogue: Path | None = None) -> Iterator[Standing]:
    """The same again and again, for ever; a lake that does not answer is asked again."""
    while True:
        try:
            end = catch_up(lake, data, catalogue)
        except (Unsaved, OSError, duckdb.Error):
            log.exception("the lake could not be followed")
            end = None
        if end:
            yield end
        time.sleep(every)
