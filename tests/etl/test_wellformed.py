"""A sheet proven in two pieces is a sheet proven whole."""

import random

import pytest

from etl.plain import cells_in
from etl.wellformed import fault_in, fault_in_sheet

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:x="urn:x"'
HEAD, CELLS, TAIL = "<cols/>", '<sheetData><row r="1"><c r="A1"/></row></sheetData>', '<x:ext a="1"/></worksheet>'
SHEET = f'<?xml version="1.0"?><worksheet {MAIN}>{HEAD}{CELLS}{TAIL}'
SOUND = [
    SHEET,
    SHEET.replace("<?", "\ufeff<?"),
    SHEET.replace(TAIL, "<!-- </sheetData> --></worksheet>"),
    SHEET.replace(TAIL, '<a b="/sheetData>"/></worksheet><!-- the end -->'),
    SHEET.replace('xmlns:x="urn:x"', "xmlns:x='urn:x' x:b='>'"),
    SHEET.replace(HEAD, "<cols>").replace(TAIL, "</cols></worksheet>"),
    f"<y:worksheet {MAIN.replace('xmlns=', 'xmlns:y=')}>{CELLS}<x:ext/></y:worksheet>",
]
FAULTY = [
    SHEET.replace(MAIN, MAIN.replace("x=", "z=")),  # a prefix that only the tail uses
    SHEET.replace(TAIL, "</sheetData></worksheet>"),
    SHEET.replace(HEAD, "<!--").replace(TAIL, "--></worksheet>").replace("</row>", "--"),
    SHEET.replace(HEAD, "<![CDATA[").replace(TAIL, "</worksheet>]]>"),
    SHEET.replace(HEAD, '<a b="').replace(TAIL, '"/></worksheet>'),
    SHEET + "<worksheet/>",
    SHEET.replace(MAIN, 'xmlns="urn:other" xmlns:x="urn:x"'),
]
BITS = (
    "<!--", "-->", "<![CDATA[", "]]>", '"', "'", "<", ">", "/", "=", "&", "&lt;", "<a>", "</a>", "<x:a/>", "<y/>",
    "</sheetData>", "<sheetData>", "</worksheet>", "<?y", "?>",
)  # fmt: skip


def in_pieces(xml: bytes) -> str:
    """What is wrong with a sheet, by its pieces."""
    place = cells_in(xml)
    return fault_in_sheet(xml[: place.stop], xml[place.stop :])


@pytest.mark.parametrize("sheet", SOUND)
def test_a_sound_sheet_has_no_fault(sheet: str) -> None:
    assert in_pieces(sheet.encode()) == fault_in(sheet.encode(), "worksheet") == ""


@pytest.mark.parametrize("sheet", FAULTY)
def test_a_fault_is_found_in_whichever_piece_it_is(sheet: str) -> None:
    assert in_pieces(sheet.encode()) == fault_in(sheet.encode(), "worksheet") != ""


def test_pieces_and_whole_say_the_same_of_any_damage() -> None:
    choose = random.Random(57)
    sound = 0
    for _ in range(5_000):
        sheet = SHEET
        for _ in range(choose.randint(1, 3)):
            at = choose.randrange(len(sheet))
            sheet = sheet[:at] + choose.choice(BITS) + sheet[at + choose.choice((0, 0, 1, 5)) :]
        whole = fault_in(sheet.encode(), "worksheet")
        sound += not whole
        assert in_pieces(sheet.encode()) == whole, sheet
    assert sound > 20
