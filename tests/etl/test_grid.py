"""Cells told without a parser hold what the parser reads, or are left to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from etl import look
from etl.grid import Filled, filled_in
from etl.read import Refused, read
from etl.remembered import LONGEST_PIECE, MOST_PIECES, Pieces
from etl.sheet import Sheet
from tests.etl.test_read import MAIN, by_hand, patched

FORMATS = (
    "General", "0", "#,##0.00", "0%", "@", "_-* #,##0_-", "[Red]-0", "&quot;ngày &quot;0", "dd/mm/yyyy", "d-m-yy", "mm/yyyy",
    "[$-42A]dd/mm/yyyy;@", "&quot;Đến &quot;dd/mm/yyyy", "hh:mm", "[h]:mm", "d/m/yyyy h:mm", "mmm yyyy", "0.00E+00",
    "General&quot; m&quot;", "0*d", "0_d", "0\\d", "0 a/p", "0;d",
)  # fmt: skip
BUILT_IN = (0, 1, 4, 9, 14, 15, 18, 22, 37, 44, 45, 46, 47, 49, 27, 58)
NUMBERS = (
    "46000",
    "46000.0",
    "46000.5",
    "0",
    "1",
    "59",
    "60",
    "61",
    "0.5",
    "-3",
    "2958465",
    "2958466",
    "4.6e4",
    "1e400",
    "007",
)
TEXTS = (
    "a",
    " a ",
    "a\nb",
    "a\r\nb",
    "",
    " ",
    "_x000D_",
    "a_x0041_b",
    "&amp;lt;",
    "&quot;Hải Phòng&apos;",
    "\t",
    "\u00a0a",
    "a&#10;b",
)
SHARED = '<c r="B2" t="s"><v>{}</v></c>'


def styled(ids: Sequence[int], formats: str = "") -> str:
    cells = "".join(f'<xf numFmtId="{each}"/>' for each in ids)
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>'


CUSTOM = styled(
    [0, *range(164, 164 + len(FORMATS))],
    "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in enumerate(FORMATS, 164)),
)


def strings(*texts: str) -> str:
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{each}</si>" for each in texts)}</sst>'


def without_blank_edges(sheet: Sheet) -> Sheet:
    """The parser ends where nothing is filled, which makes no difference to whoever asks for a cell."""
    width = max((at + 1 for row in sheet.rows for at, value in enumerate(row) if value != ""), default=0)
    height = max((at + 1 for at, row in enumerate(sheet.rows) if any(value != "" for value in row)), default=0)
    return replace(sheet, rows=[list(row[:width]) for row in sheet.rows[:height]])


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[..., bool]:
    """Reads a workbook of these cells with and without what is told, and says whether anything was told."""

    def both(cells: str, **parts: str) -> bool:
        found: list[Filled | None] = []

        def seen(*given: object) -> Filled | None:
            found.append(filled_in(*given))  # type: ignore[arg-type]
            return found[-1]

        more = {f"xl/{name}.xml": xml for name, xml in parts.items()}
        data = by_hand(cells if cells.startswith("<row") else f'<row r="2">{cells}</row>', more=more)
        answers: list[Sheet | tuple[object, ...]] = []
        for look_through in (seen, lambda *_: None):
            monkeypatch.setattr(look, "filled_in", look_through)
            try:
                answers.append(without_blank_edges(read(data, "a.xlsx").sheets[0]))
            except Refused as refusal:
                answers.append(refusal.args)
        assert repr(answers[0]) == repr(answers[1])
        return found[0] is not None

    return both


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_or_day_is_what_the_parser_reads(told: Callable[..., bool], number: str) -> None:
    of_formats = {
        code: told(f'<c r="B2" s="{style}"><v>{number}</v></c>', styles=CUSTOM) for style, code in enumerate(FORMATS, 1)
    }
    of_ids = {
        each: told(f'<c r="B2" s="{style}"><v>{number}</v></c>', styles=styled(BUILT_IN))
        for style, each in enumerate(BUILT_IN)
    }
    is_number, is_day = number != "1e400", number in {"46000", "46000.0", "61", "2957003", "4.6e4"}
    assert [of_formats[code] for code in FORMATS[:8]] == [is_number] * 8
    assert [of_formats[code] for code in FORMATS[8:13]] == [is_day] * 5
    assert not any(of_formats[code] for code in ("hh:mm", "[h]:mm", "d/m/yyyy h:mm", "0.00E+00", "0*d", "0_d", "0 a/p"))
    assert [of_ids[each] for each in (0, 1, 4, 9, 37, 44, 49)] == [is_number] * 7
    assert (of_ids[14], of_ids[22], of_ids[46]) == (is_day, False, False)


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    data = by_hand('<row r="2"><c r="B2" s="1"><v>44538</v></c></row>', more={"xl/styles.xml": styled([0, 14])})
    mac = patched(data, "xl/workbook.xml", ("<sheets>", '<workbookPr date1904="1"/><sheets>'))
    assert [read(each, "a.xlsx").sheets[0].cell(1, 1) for each in (data, mac)] == [
        dt.date(2021, 12, 8), dt.date(2025, 12, 9)
    ]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("attribute", ["", ' xml:space="preserve"'])
def test_a_text_is_what_the_parser_reads(told: Callable[..., bool], text: str, attribute: str) -> None:
    said = f"<t{attribute}>{text}</t>"
    is_plain = "\r" not in text and "_x" not in text and (bool(attribute) or text == text.strip())
    inline = told(f'<c r="B2" t="inlineStr"><is>{said}</is></c>')
    assert inline == (is_plain and "&#" not in text)
    assert told(SHARED.format(1), sharedStrings=strings("<t>first</t>", said)) == is_plain
    told(f'<c r="B2" t="str"><f>A1</f><v>{text}</v></c>')


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ('<c r="B2" t="b"><v>1</v></c><c r="C2" t="b"><v>0</v></c>', True),
        ('<c r="B2"><f>A1&gt;0</f><v>3</v></c><c r="D2" s="1"/>', True),
        ('<c r="B2" t="str"><f>"Bản "&amp;A1</f><v>Bản 1</v></c><c r="D2"></c>', True),
        ('<c r="B2"><f>A1</f></c><c r="E2"><f>A1</f><v></v></c><c r="F2"><f>A1</f><v/></c>', True),
        ('<c r="B2" t="e"><v>#N/A</v></c><c r="C2"><v>1</v></c>', False),
        ('<c r="B2" t="d"><v>2026-11-22</v></c>', False),
        ('<row r="2"><c r="C2"/><c r="D2"><v>1</v></c><c r="H2"><v>2</v></c></row><row r="9"><c r="B9"/></row>', True),
        ('<row r="2"><c r="A2"/></row><row r="5"><c r="B5"><v>1</v></c><c r="C5" s="1"/></row><row r="6"/>', True),
        ('<row r="2"><c r="A2"/></row>', True),
        ('<row r="5"><c r="A5"><v>5</v></c></row><row r="4"><c r="A4"><v>4</v></c></row>', False),
        ('<c r="C2"><v>1</v></c><c r="A2"><v>2</v></c>', False),
        ('<c r="BB2"><v>1</v></c><c r="A2"><v>1</v></c>', False),
        ("<c r='B2'><v>1</v></c>", False),
        (SHARED.format(7), False),
        ('<c r="B2" s="99"><v>1</v></c>', False),
    ],
)
def test_other_cells_are_what_the_parser_reads(told: Callable[..., bool], cells: str, expected: bool) -> None:
    assert told(cells) == expected


@pytest.mark.parametrize(
    "odd", ["<r><t>in </t></r><r><t>parts</t></r>", "<t/>", '<t>漢字</t><phoneticPr fontId="1"/>', ""]
)
def test_a_workbook_with_a_string_in_parts_is_left_to_the_parser(told: Callable[..., bool], odd: str) -> None:
    assert not told(SHARED.format(0), sharedStrings=strings("<t>plain</t>", odd))


def test_pieces_are_made_once_and_never_too_many() -> None:
    made: list[bytes] = []

    def make(piece: bytes) -> int:
        made.append(piece)
        return len(made)

    pieces = Pieces(make)
    long = b"x" * (LONGEST_PIECE + 1)
    assert [pieces[b"a"], pieces[b"a"], pieces[long], pieces[long]] == [1, 1, 2, 3]
    for number in range(MOST_PIECES):
        pieces[b"%d" % number]
    assert len(pieces) <= MOST_PIECES
    assert pieces[b"a"] == len(made)
