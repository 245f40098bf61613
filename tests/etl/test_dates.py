import datetime as dt

import pytest

from etl import dates
from etl.values import Reading

DAY = dt.date(2026, 11, 20)
WAYS = [
    "20/11/2026", "20-11-2026", "20.11.2026", "20 / 11 / 2026", "2026-11-20", "2026/11/20", "ngày 20/11/2026",
    "ngày 20 tháng 11 năm 2026", "Ngày  20  tháng 11 năm 2026", "20 tháng 11 năm 2026", "20/11 năm 2026",
    "20/11/2026 08:30", "2026-11-20T00:00:00", "20-Nov-2026", "20 November, 2026", "thứ sáu, ngày 20/11/2026",
    "trước ngày 20/11/2026", "'20/11/2026", "20/11/2026.",
]  # fmt: skip


@pytest.mark.parametrize("written", WAYS)
def test_a_day_written_in_any_way_is_that_day(written: str) -> None:
    assert dates.date(written) == Reading(DAY, "text_date")


def test_the_day_stands_first_always() -> None:
    assert dates.date("1-2-2026").value == dt.date(2026, 2, 1)
    assert dates.date(dt.datetime(2026, 11, 20, 8, 30)) == Reading(DAY)
    assert dates.date(DAY) == Reading(DAY)


ASKED = [
    ("11/20/2026", "date_swapped", ("20/11/2026",)),
    ("31/02/2026", "no_such_date", ()),
    ("40/13/2026", "no_such_date", ()),
    ("20/11/26", "short_year", ("20/11/2026",)),
    ("20-Nov-26", "short_year", ("20/11/2026",)),
    ("31/02/26", "no_such_date", ()),
    (46346.0, "date_as_number", ("20/11/2026",)),
    ("46346", "date_as_number", ("20/11/2026",)),
    (46346.5, "date_as_number", ("20/11/2026",)),
    ("tháng 11/2026", "date_without_day", ("30/11/2026",)),
    ("11/2026", "date_without_day", ("30/11/2026",)),
    ("tháng 2 năm 2026", "date_without_day", ("28/02/2026",)),
    ("năm 2026", "date_without_day", ("31/12/2026",)),
    (2026.0, "date_without_day", ("31/12/2026",)),
    ("20/11", "date_without_year", ()),
    ("ngày 20 tháng 11", "date_without_year", ()),
    ("từ 01/11/2026 đến 20/11/2026", "several_dates", ()),
    ("15-20/11/2026", "several_dates", ()),
    ("10/11/2026; 20/11/2026", "several_dates", ()),
    ("thường xuyên", "date_words", ()),
    ("cuối tháng", "date_words", ()),
    ("Quý IV/2026", "date_words", ()),
    ("20/11/2206", "date_far", ("2206",)),
    (dt.datetime(1905, 7, 18), "date_far", ("1905",)),
    (5.0, "bad_date", ()),
    ("20//11", "bad_date", ()),
]  # fmt: skip


@pytest.mark.parametrize(("written", "fault", "readings"), ASKED)
def test_what_is_no_day_is_asked_about_by_name(written: object, fault: str, readings: tuple[str, ...]) -> None:
    assert dates.date(written) == Reading(None, fault, readings)
