"""What goes wrong in a few files, each as it happens in offices; all of it is sent back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from openpyxl import Workbook

from etl.demo.fill import cell_at, columns_of, rows_of
from etl.demo.month import Month
from etl.template.before import FINISHED

DOSSIERS, WHOLE, CODE = "5_DVC", "TONG", "field_code"
CHANNELS = "2_TUYEN_TRUYEN"


def say_wrong(said: Month, fault: str, dice: Random) -> Month:
    """The month with something wrong in what it says."""
    return WRONG_WORDS[fault](said, dice) if fault in WRONG_WORDS else said


def sum_mismatch(said: Month, dice: Random) -> Month:
    """A total that is not the sum of its parts."""
    row = said.sheets[DOSSIERS][WHOLE]
    return with_dossiers(said, {**row, "done_total": number(row["done_total"]) + dice.randint(3, 40)})


def online_over_total(said: Month, dice: Random) -> Month:
    """More filed online than filed at all."""
    row = said.sheets[DOSSIERS][WHOLE]
    return with_dossiers(said, {**row, "recv_online": number(row["recv_total"]) + dice.randint(5, 60)})


def missing_required(said: Month, dice: Random) -> Month:
    """Some cells that must be filled left blank."""
    row = dict(said.sheets[DOSSIERS][WHOLE])
    for column_id in dice.sample(("withdrawn", "fee_total", "digitised", "procs_used"), 2):
        row[column_id] = None
    return with_dossiers(said, row)


def done_without_date(said: Month, dice: Random) -> Month:
    """Tasks that are finished, nobody says when."""
    done = [task.task_id for task in said.tasks if task.status == FINISHED]
    bare = set(dice.sample(done, min(2, len(done))))
    return replace(
        said, tasks=tuple(task._replace(done_date=None) if task.task_id in bare else task for task in said.tasks)
    )


def understated(said: Month) -> Month:
    """The month as first sent before better numbers were found: fewer people reached."""
    rows = {
        code: {**row, "reach": max(number(row.get("interactions")), round(number(row["reach"]) * 0.7))}
        if number(row.get("reach")) > 1_000 else row
        for code, row in said.sheets[CHANNELS].items()
    }  # fmt: skip
    return replace(said, sheets={**said.sheets, CHANNELS: rows})


def with_dossiers(said: Month, row: Mapping[str, object]) -> Month:
    """The month with another row of dossiers, and without fields that would not add up to it."""
    return replace(said, sheets={**said.sheets, DOSSIERS: {WHOLE: row}})


def number(value: object) -> int:
    """A number that may be missing."""
    return value if isinstance(value, int) else 0


def spoil(book: Workbook, fault: str, dice: Random) -> None:
    """Put the wrong into the cells where it is not a matter of numbers."""
    if fault == "error_cell":
        sheet = book[DOSSIERS]
        columns = columns_of(sheet)
        column = columns[dice.choice(("recv_total", "done_total", "e_result"))]
        cell_at(sheet, rows_of(sheet, columns[CODE])[WHOLE], column).value = "#N/A"


WRONG_WORDS: Mapping[str, Callable[[Month, Random], Month]] = {
    "sum_mismatch": sum_mismatch,
    "online_over_total": online_over_total,
    "missing_required": missing_required,
    "done_without_date": done_without_date,
}
