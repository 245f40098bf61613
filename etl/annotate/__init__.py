"""The sender's own workbook, with every fault marked in its cell and listed on a first sheet with links.

The parts of the package are patched and everything else stays byte for byte: loading and saving with a library would
lose drop-downs across sheets, drawings and pictures. Marks made before are taken off first, so they never pile up.

    parts      the package: parts in, parts out
    book       the list of sheets, the defined names, the place of our sheet
    styles     a cell's own style, with a fill
    cells      the style of cells; cells that are not there yet
    comments   what is wrong, as a comment; those of others stay
    listing    the first sheet
"""

from etl.annotate.mark import SHEET, Unmarkable, marked

__all__ = ["SHEET", "Unmarkable", "marked"]
