"""What pages and the command line ask of the intake desk: look at files, say what they would bring, record choices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from etl import desk
from etl.actors import SUBMIT, named, needs
from etl.desk import Preview, Wanted
from etl.front import marked_of, prepared, workers
from etl.inspection import Incoming, Inspected
from etl.intake import of_all
from etl.kept import at_hand, kept_path
from etl.receipt import Receipt
from etl.replay import Progress, silent, told_of
from etl.sources import from_paths
from etl.warehouse import Paths, data_dir

Decided = tuple[Inspected, Receipt, str | None]
"""A file, what its sender was to be told when somebody decided about it, and why it is sent back: None to take it in,
"" where its findings say enough.
"""


@needs(SUBMIT)
def unpack_files(files: Iterable[tuple[str, bytes]]) -> list[Incoming]:
    """Files given as name and content, a zip as its members; received now."""
    return desk.unpack(files)


def redate_files(files: Sequence[Incoming], received_at: dt.datetime, reason: str) -> list[Incoming]:
    """The same as received earlier, for a reason, which the audit keeps. Raises Undecidable for a moment still to come,
    and without a reason.
    """
    return desk.redated(files, received_at, reason)


def inspect_files(files: Sequence[Incoming], catalogue: Path | None = None) -> Iterator[Inspected]:
    """What each file turns out to be, one by one as they are read; nothing is stored."""
    return desk.look(prepared(catalogue), files, workers())


@needs(SUBMIT)
def judge_files(
    inspected: Sequence[Inspected], data: Path | None = None, catalogue: Path | None = None
) -> list[Receipt]:
    """What would become of files by what is published now; nothing is stored."""
    return desk.weigh(prepared(catalogue), data_dir(data), inspected)


@needs(SUBMIT)
def preview_files(inspected: Sequence[Inspected], data: Path | None = None, catalogue: Path | None = None) -> Preview:
    """What files would bring together: sample numbers, changed cells, effect on the indicators; nothing is stored."""
    return desk.preview(prepared(catalogue), data_dir(data), inspected)


@needs(SUBMIT)
def settle_files(
    decided: Sequence[Decided], by: str, data: Path | None = None, catalogue: Path | None = None
) -> list[Receipt]:
    """Record files as decided, all at once; the outcome is "overtaken" where somebody else recorded another file of the
    same report meanwhile, and nothing of that file is stored.
    """
    wanted = [Wanted(inspected, receipt.held, returned) for inspected, receipt, returned in decided]
    return desk.settle(prepared(catalogue), data_dir(data), named(by), wanted)


def mark_inspected(inspected: Sequence[Inspected], receipts: Sequence[Receipt]) -> list[tuple[str, bytes]]:
    """Files that were looked at, each with what is to correct or to confirm marked in its cells."""
    return list(marked_of([each.incoming for each in inspected], receipts))


def mark_kept(receipts: Sequence[Receipt], data: Path | None = None) -> list[tuple[str, bytes]]:
    """The same of files that were recorded since."""
    paths = Paths(data_dir(data))
    kept = [(receipt, at_hand(paths, kept_path(paths, receipt.sha256))) for receipt in receipts]
    files = [Incoming(receipt.file, path, receipt.received_at) for receipt, path in kept if path.exists()]
    return list(marked_of(files, receipts))


def compare_paths(
    paths: Sequence[Path], received_at: dt.datetime, data: Path | None = None, progress: Progress = silent,
    catalogue: Path | None = None,
) -> list[tuple[Receipt, Preview]]:  # fmt: skip
    """What would become of files, folders and zips, and what each by itself would bring; nothing is stored."""
    ready, folder = prepared(catalogue), data_dir(data)
    files = list(from_paths(paths, received_at))
    inspected = list(told_of(desk.look(ready, files, workers()), of_all(progress, files)))
    return [
        (receipt, desk.preview(ready, folder, [each]))
        for receipt, each in zip(desk.weigh(ready, folder, inspected), inspected, strict=True)
    ]
