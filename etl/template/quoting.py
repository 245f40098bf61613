"""A sentence of the catalogue as a formula, with the values of the row where the checker would quote them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from etl.template.formula import Cell, Cells, quoted

PLACEHOLDER = re.compile(r"\{(\w+)\}")
LONGEST_LITERAL = 200
"""Excel takes no text of more than 255 signs in a formula."""
UNKNOWN, BLANK = "…", "—"


def sentence(text: str, cells: Cells, filled: Collection[str] = ()) -> str:
    """The formula for a sentence. `filled`: the names that hold a value wherever the sentence is said."""
    return "&".join(pieces(text, cells, filled)) or '""'


def pieces(text: str, cells: Cells, filled: Collection[str]) -> Iterator[str]:
    """The parts of the sentence, words and values by turns."""
    for index, part in enumerate(PLACEHOLDER.split(text)):
        if index % 2 == 0:
            yield from (quoted(part[at : at + LONGEST_LITERAL]) for at in range(0, len(part), LONGEST_LITERAL))
            continue
        name = part if part in cells else f"cover.{part}"
        yield value(cells[name], sure=name in filled) if name in cells else quoted(UNKNOWN)


def value(cell: Cell, *, sure: bool) -> str:
    """A cell as it is quoted: counts with the separators of the officer's own country."""
    if sure and cell.type == "int":
        return f"FIXED({cell.reference},0)"
    if sure and cell.type == "date":
        return f'TEXT({cell.reference},"dd/mm/yyyy")'
    return cell.reference if sure else f"IF(LEN({cell.reference})=0,{quoted(BLANK)},{cell.reference})"
