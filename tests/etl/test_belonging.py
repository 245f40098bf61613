"""A data folder of one authority is not opened with the catalogue of another."""

import datetime as dt
from pathlib import Path

import pytest

from etl import intake, opening
from etl.inspection import Incoming
from etl.trouble import Unsaved
from etl.warehouse import Paths, open_to_read
from tests.provinces import their_report, theirs
from tests.workbooks import prepared, report

RECEIVED = dt.datetime(2026, 11, 19, 9)


def test_a_folder_of_another_authority_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    intake.submit(prepared(), [Incoming("a.xlsx", report(), RECEIVED)], tmp_path, "someone")
    before = Paths(tmp_path).working.read_bytes()
    for attempt in (
        lambda: intake.submit(theirs(), [Incoming("b.xlsx", their_report(), RECEIVED)], tmp_path, "someone"),
        lambda: opening.remade(theirs(), tmp_path),
    ):
        with pytest.raises(Unsaved, match="là của “thanh-pho-hai-phong”, danh mục đang dùng là của “tinh-quang-ninh”"):
            attempt()
    assert Paths(tmp_path).working.read_bytes() == before
    with open_to_read(tmp_path) as con:
        assert con.execute("select count(*) from submission").fetchall() == [(1,)]
    intake.submit(prepared(), [Incoming("c.xlsx", report("11050"), RECEIVED)], tmp_path, "someone")
