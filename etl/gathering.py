"""To gather what provinces shared in a national warehouse, and publish it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from etl import clock
from etl.catalogue import Row
from etl.nation import kept_of, listed, summaries_in, take_summaries
from etl.nation_says import NOT_NATIONAL, TOO_NEW, not_listed, older
from etl.opening import opened
from etl.prepare import Prepared
from etl.sealed import flush, write_whole
from etl.summary import Summary, read_summary
from etl.transaction import transaction
from etl.undecidable import Undecidable
from etl.warehouse import Paths

MOMENT = "%Y%m%dT%H%M%S"
A_DAY = dt.timedelta(days=1)
"""How far ahead the clock of a province may be."""


def gather(prepared: Prepared, data: Path, files: Iterable[bytes]) -> list[Summary | str]:
    """Keep what provinces shared, and publish it. Returns each summary, or a sentence where it could not be kept.

    Raises Undecidable where the catalogue is no national one.
    """
    provinces, paths = listed(prepared.catalogue), Paths(data)
    if not provinces:
        raise Undecidable(NOT_NATIONAL)
    with opened(prepared, data) as session:
        done = [kept_or_said(paths, provinces, content) for content in files]
        with transaction(session.con):
            take_summaries(session.con, prepared.catalogue, paths)
    return done


def kept_or_said(paths: Paths, provinces: Mapping[str, Row], content: bytes) -> Summary | str:
    """A summary that was kept, or why it was not."""
    try:
        return keep(paths, provinces, content)
    except Undecidable as fault:
        return str(fault)


def keep(paths: Paths, provinces: Mapping[str, Row], content: bytes) -> Summary:
    """Keep the file of one province beside those before. Raises Undecidable where it is none, is not listed, or is not
    newer than what is there.
    """
    one = read_summary(content)
    if one.authority not in provinces:
        raise Undecidable(not_listed(one.authority))
    if one.made_at > clock.now() + A_DAY:
        raise Undecidable(TOO_NEW.format(one.authority))
    name = f"{one.made_at:{MOMENT}}-{hashlib.sha256(content).hexdigest()[:8]}.json"
    before = kept_of(paths, one.authority)
    if before and before[0].name > name:
        raise Undecidable(older(one.authority))
    path = summaries_in(paths) / one.authority / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content.decode())
    flush(path.parent)
    return one
