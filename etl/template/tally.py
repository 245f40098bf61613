"""The hidden sheet that counts: what is missing or wrong on each sheet and in all, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from etl import selfcheck
from etl.form import Column, Form
from etl.template.computed import Computed
from etl.template.draft import NO_NUMBER, NOT_APPLICABLE, Draft
from etl.template.drawing import STAR
from etl.template.entry import areas
from etl.template.formula import quoted
from etl.template.ground import Ground, on_sheet
from etl.template.look import look
from etl.template.page import protect, put
from etl.template.sentences import (
    COMPLETE,
    LACKS,
    LOOK_AGAIN,
    MISSING,
    NOTHING,
    ODD,
    READY,
    ROW,
    WHOLE_FILE,
    WRONG,
    WRONGS,
)  # fmt: skip
from etl.template.verdict import END, tag

FIRST = 2
SHEET, LACKING, BAD, STRANGE, KEY, ROW_AT, STATE, LINE, WORDS = "ABCDEFGHI"
"""Columns: the sheet; how many cells are missing, wrong, odd; which sentence goes first, and its row; the state in
words; the line under the title. Beside them the words that stand where a number may be left out.
"""
MOST_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class Tally:
    """How one sheet is counted."""

    sheet: str
    missing: str
    """The formula for: so many cells that must be filled are blank."""
    said: str
    """The cells of sentences."""
    first_row: int
    excused: str = ""
    """The formula for: nothing is asked for, as there is nothing to report."""
    declared: str = ""
    """The formula for: it is declared that there is nothing to report."""
    names: str = ""
    """The cells that name each row, beside those of sentences."""
    intro: str = ""


def counted(form: Form) -> Mapping[str, int]:
    """The sheets that are counted, each with its row."""
    filled = [part.sheet for part in form.sheets if part.layout not in ("guide", "lists")]
    return {name: FIRST + index for index, name in enumerate(filled)}


def total_row(form: Form) -> int:
    """The row of the whole workbook."""
    return FIRST + len(counted(form))


def state_of(form: Form, sheet: str) -> Computed:
    """The state of a sheet, in words."""
    return Computed(f"={at(STATE, counted(form)[sheet])}")


def state_of_all(form: Form) -> Computed:
    """The state of the workbook, in words."""
    return Computed(f"={at(STATE, total_row(form))}")


def line_of(form: Form, sheet: str) -> Computed:
    """The line under a sheet's title: its state, and what is wrong first; what the sheet is for where nothing is."""
    return Computed(f"={at(LINE, counted(form)[sheet])}")


def at(letter: str, row: int) -> str:
    """A cell of this sheet, as other sheets see it."""
    return f"{on_sheet(selfcheck.SHEET)}!${letter}${row}"


def write_tally(draft: Draft, book: Workbook, tallies: Sequence[Tally]) -> None:
    """Write the sheet, and name what the checks ask of it."""
    sheet = book.create_sheet(selfcheck.SHEET)
    sheet.sheet_state = "hidden"
    rows, total = counted(draft.form), total_row(draft.form)
    for tally in tallies:
        row, name = rows[tally.sheet], tag(rows[tally.sheet], "said")
        define(book, name, tally.said)
        tally = replace(tally, said=name)
        write_counts(sheet, row, tally)
        whole = f'" {WHOLE_FILE}"&${STATE}${total}&"."' if row == FIRST and len(rows) > 1 else quoted("")
        write(sheet, row, LINE, f"{line(row, tally)}&{whole}")
    for letter in (LACKING, BAD, STRANGE):
        write(sheet, total, letter, f"SUM({letter}{FIRST}:{letter}{total - 1})")
    write(sheet, total, STATE, state(total, quoted(READY)))
    write_words(draft, book, sheet)
    protect(sheet)


def write_counts(sheet: Worksheet, row: int, tally: Tally) -> None:
    """One sheet's counts, and its state."""
    put(sheet, row, place(SHEET), tally.sheet, look(""))
    missing = f"IF({tally.excused},0,{tally.missing})" if tally.excused else tally.missing
    asked = times(tally.said, MISSING)
    write(sheet, row, LACKING, f"{missing}+{asked}")
    write(sheet, row, BAD, times(tally.said, WRONG))
    write(sheet, row, STRANGE, times(tally.said, ODD))
    wrong, lacks, odd = (quoted(label[:3]) for label in (WRONG, MISSING, ODD))
    write(sheet, row, KEY, f'IF({BAD}{row}>0,{wrong},IF({asked}>0,{lacks},IF({STRANGE}{row}>0,{odd},"")))')
    first = f"(LEFT({tally.said},3)={KEY}{row})*({MOST_ROWS}-ROW({tally.said}))"
    write(sheet, row, ROW_AT, f'IF({KEY}{row}="",0,{MOST_ROWS}-SUMPRODUCT(MAX({first})))')
    complete = f"IF({tally.declared},{quoted(NOTHING)},{quoted(COMPLETE)})" if tally.declared else quoted(COMPLETE)
    write(sheet, row, STATE, state(row, complete))


def times(cells: str, label: str) -> str:
    """The formula for: how often a label stands in these cells."""
    return f'SUMPRODUCT((LEN({cells})-LEN(SUBSTITUTE({cells},{quoted(label)},"")))/{len(label)})'


def state(row: int, complete: str) -> str:
    """The formula for: "Còn thiếu 12 ô, sai 3 ô; xem lại 1 ô"."""
    lacking, bad, strange = (f"{letter}{row}" for letter in (LACKING, BAD, STRANGE))
    lacks, wrongs, look_again = ((quoted(before), quoted(after)) for before, after in (LACKS, WRONGS, LOOK_AGAIN))
    parts = (
        f'IF({lacking}>0,{lacks[0]}&{lacking}&{lacks[1]},"")',
        f'IF({lacking}*{bad}>0,", ","")',
        f'IF({bad}>0,IF({lacking}>0,LOWER({wrongs[0]}),{wrongs[0]})&{bad}&{wrongs[1]},"")',
    )
    odd = f'IF({strange}>0,{look_again[0]}&{strange}&{look_again[1]},"")'
    return f"IF({lacking}+{bad}=0,{complete},{'&'.join(parts)})&{odd}"


def line(row: int, tally: Tally) -> str:
    """The formula for: the state, then the first row of which there is something to say; else what the sheet is for."""
    index = f"{ROW_AT}{row}-{tally.first_row - 1}"
    name = f'SUBSTITUTE(INDEX({tally.names},{index}),"{STAR}","")' if tally.names else quoted("")
    named = f'IF(LEN({name})>0," ("&{name}&")","")' if tally.names else name
    said = f"INDEX({tally.said},{index})"
    sentence = f"TRIM(LEFT({said},FIND({quoted(END)},{said}&{quoted(END)})))"
    first = f'{quoted(ROW)}&{ROW_AT}{row}&{named}&" – "&{sentence}'
    return f'"{selfcheck.HEADING}: "&{STATE}{row}&". "&IF({ROW_AT}{row}>0,{first},{quoted(tally.intro[:250])})'


def write(sheet: Worksheet, row: int, letter: str, formula: str) -> None:
    """One formula."""
    put(sheet, row, place(letter), Computed(f"={formula}"), look(""))


def place(letter: str) -> int:
    """The number of a column of this sheet."""
    return ord(letter) - 64


def write_words(draft: Draft, book: Workbook, sheet: Worksheet) -> None:
    """The words that stand where a number may be left out: first the signs of nothing, then those of not applicable."""
    words = {kind: [row["word"] for row in draft.catalogue.tables.get("words", ()) if row["kind"] == kind]
             for kind in ("blank", "not_applicable")}  # fmt: skip
    told = words["not_applicable"] or [draft.kad]
    listed = [*words["blank"], *told]
    for row, word in enumerate(listed, start=1):
        put(sheet, row, place(WORDS), word, look(""))
    for name, first in ((NO_NUMBER, 1), (NOT_APPLICABLE, len(listed) - len(told) + 1)):
        define(book, name, f"{at(WORDS, first)}:${WORDS}${len(listed)}")


def define(book: Workbook, name: str, formula: str) -> None:
    """Give a formula a name that officers need not see in the list of names."""
    book.defined_names[name] = hidden_name(name, formula)


@lru_cache(maxsize=2_000)
def hidden_name(name: str, formula: str) -> DefinedName:
    """A name of the workbook; a hundred workbooks have the same."""
    return DefinedName(name, attr_text=formula, hidden=True)


def blanks(ground: Ground, must: Mapping[Column, Sequence[int]]) -> str:
    """The formula for: so many cells that must be filled are blank."""
    ranges = [area for column, rows in must.items() for area in areas(f"${ground.letters[column.column_id]}$", rows)]
    return "+".join(f"COUNTBLANK({on_sheet(ground.sheet)}!{area})" for area in ranges) or "0"


def blanks_in_begun(ground: Ground, must: Mapping[Column, Sequence[int]], letters: Sequence[str]) -> str:
    """The same where only rows count in which something stands. `letters`: the columns of the table."""
    if not must:
        return "0"
    rows = next(iter(must.values()))
    where = {letter: f"{on_sheet(ground.sheet)}!${letter}${rows[0]}:${letter}${rows[-1]}" for letter in letters}
    begun = "*".join(f"ISBLANK({cells})" for cells in where.values())
    asked = "+".join(f"ISBLANK({where[ground.letters[column.column_id]]})" for column in must)
    return f"SUMPRODUCT((({begun})=0)*({asked}))"
