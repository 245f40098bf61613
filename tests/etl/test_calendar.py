"""Periods, their days and their deadlines, as the catalogue's calendar cuts them."""

from __future__ import annotations

import csv
import datetime as dt
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from etl.calendar import Period, parse_period, period_before, periods

CATALOGUE = Path(__file__).parents[2] / "data" / "catalogue"
STAYS, MOVES = {"due_moves_to_working_day": "no"}, {"due_moves_to_working_day": "yes"}


def calendar_rows() -> list[dict[str, str]]:
    with (CATALOGUE / "calendar.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def cut(
    period: str, convention: str = "ND09", settings: dict[str, str] = STAYS, days_off: tuple[dict[str, str], ...] = ()
) -> Period:
    """One period of the catalogue's calendar."""
    every = periods(calendar_rows(), settings, dt.date(2024, 1, 1), dt.date(2030, 12, 31), days_off)
    (found,) = (each for each in every if (each.period, each.convention) == (period, convention))
    return found


@pytest.mark.parametrize(
    ("period", "date_from", "date_to", "due", "name"),
    [
        ("2026-11", "2026-10-15", "2026-11-14", "2026-11-20T23:59:59", "Tháng 11/2026"),
        ("2026-12", "2026-11-15", "2026-12-14", "2026-12-20T23:59:59", "Tháng 12/2026"),
        ("2026-01", "2025-12-15", "2026-01-14", "2026-01-20T23:59:59", "Tháng 1/2026"),
        ("2025-07", "2025-06-15", "2025-07-14", "2025-07-20T23:59:59", "Tháng 7/2025"),
        ("2026-Q4", "2026-09-15", "2026-12-14", "2026-12-20T23:59:59", "Quý IV/2026"),
        ("2026-Q1", "2025-12-15", "2026-03-14", "2026-03-20T23:59:59", "Quý I/2026"),
        ("2026-H1", "2025-12-15", "2026-06-14", "2026-06-20T23:59:59", "6 tháng đầu năm 2026"),
        ("2026-9M", "2025-12-15", "2026-09-14", "2026-09-20T23:59:59", "9 tháng đầu năm 2026"),
        ("2026", "2025-12-15", "2026-12-14", "2026-12-09T23:59:59", "Năm 2026"),
    ],
)
def test_the_decree_cuts_periods_from_the_15th_to_the_14th(
    period: str, date_from: str, date_to: str, due: str, name: str
) -> None:
    found = cut(period)
    assert (f"{found.date_from}", f"{found.date_to}", found.due_at.isoformat(), found.name) == (
        date_from,
        date_to,
        due,
        name,
    )


@pytest.mark.parametrize(
    ("period", "date_from", "date_to"),
    [
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026-H1", "2026-01-01", "2026-06-30"),
        ("2026-9M", "2026-01-01", "2026-09-30"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_calendar_months_end_on_their_last_day(period: str, date_from: str, date_to: str) -> None:
    found = cut(period, "DUONG_LICH")
    assert (f"{found.date_from}", f"{found.date_to}") == (date_from, date_to)


def test_months_follow_each_other_without_gap_or_overlap() -> None:
    every = periods(calendar_rows(), STAYS, dt.date(2025, 7, 1), dt.date(2028, 12, 31))
    months = [each for each in every if (each.kind, each.convention) == ("month", "ND09")]
    assert len(months) == 42
    for earlier, later in pairwise(months):
        assert later.date_from == earlier.date_to + dt.timedelta(days=1)
        assert period_before(later.period) == earlier.period


def test_a_quarter_is_its_three_months() -> None:
    first, last, quarter = cut("2026-10"), cut("2026-12"), cut("2026-Q4")
    assert (quarter.date_from, quarter.date_to) == (first.date_from, last.date_to)


@pytest.mark.parametrize("convention", ["ND09", "DUONG_LICH"])
def test_longer_periods_are_whole_months_of_the_year_they_name(convention: str) -> None:
    """What is summed up at load (etl/sql/totals.sql) looks for a period's months within its year alone."""
    every = periods(calendar_rows(), STAYS, dt.date(2026, 1, 1), dt.date(2028, 12, 31))
    ours = [each for each in every if each.convention == convention]
    months = [each for each in ours if each.kind == "month"]
    longer = [each for each in ours if each.kind != "month" and each.period >= "2026"]
    assert len(longer) == 3 * 7  # four quarters, 6 months, 9 months, a year
    for each in longer:
        inside = [m for m in months if each.date_from <= m.date_from and m.date_to <= each.date_to]
        assert (inside[0].date_from, inside[-1].date_to) == (each.date_from, each.date_to)
        assert {m.period[:4] for m in inside} == {each.period[:4]}


def test_only_periods_that_end_between_the_two_days_are_given() -> None:
    found = periods(calendar_rows(), STAYS, dt.date(2026, 11, 14), dt.date(2026, 11, 14))
    assert [each.period for each in found] == ["2026-11"]
    assert periods(calendar_rows(), STAYS, dt.date(2026, 11, 15), dt.date(2026, 11, 29)) == ()


def test_nothing_is_before_the_first_period_of_its_kind() -> None:
    every = periods(calendar_rows(), STAYS, dt.date(2000, 1, 1), dt.date(2026, 12, 31))
    firsts = {each.kind: each.period for each in reversed(every) if each.convention == "ND09"}
    assert firsts == {
        "month": "2025-07",
        "quarter": "2025-Q3",
        "half": "2026-H1",
        "nine_months": "2026-9M",
        "year": "2025",
    }


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("2026-11", "2026-11-20"),  # a Friday
        ("2026-06", "2026-06-22"),  # the 20th is a Saturday
        ("2026-12", "2026-12-21"),  # the 20th is a Sunday
        ("2026-02", "2026-02-23"),  # the 20th lies in Tết (16-20/02), then a weekend
    ],
)
def test_a_due_day_off_moves_to_the_next_working_day_where_the_setting_says_so(period: str, due: str) -> None:
    assert cut(period, settings=MOVES).due_at.isoformat() == f"{due}T23:59:59"
    assert cut(period).due_at.day == 20


def test_the_catalogue_may_decide_that_a_day_is_off_or_worked() -> None:
    off = ({"date": "2026-11-20", "name": "bão", "working": ""},)
    assert cut("2026-11", settings=MOVES, days_off=off).due_at.date() == dt.date(2026, 11, 23)
    worked = ({"date": "2026-06-20", "name": "làm bù", "working": "x"},)
    assert cut("2026-06", settings=MOVES, days_off=worked).due_at.date() == dt.date(2026, 6, 20)


WRITINGS = [
    ("2026-11", "2026-11"),
    ("2026-1", "2026-01"),
    ("11/2026", "2026-11"),
    ("01/2026", "2026-01"),
    ("11.2026", "2026-11"),
    ("11-2026", "2026-11"),
    ("T11/2026", "2026-11"),
    ("t.1/2026", "2026-01"),
    ("Tháng 11/2026", "2026-11"),
    ("tháng 11 năm 2026", "2026-11"),
    ("THÁNG 01 NĂM 2026", "2026-01"),
    ("thang 12 nam 2026", "2026-12"),
    ("kỳ tháng 11/2026", "2026-11"),
    ("tháng 11 / 2026", "2026-11"),
    ("tháng\u00a011/2026", "2026-11"),
    ("01/11/2026", "2026-11"),
    ("2026-11-01", "2026-11"),
    ("quý IV/2026", "2026-Q4"),
    ("Quý 4/2026", "2026-Q4"),
    ("QUÝ I NĂM 2026", "2026-Q1"),
    ("Quí II/2026", "2026-Q2"),
    ("2026-Q4", "2026-Q4"),
    ("Q3/2026", "2026-Q3"),
    ("6 tháng đầu năm 2026", "2026-H1"),
    ("6 tháng năm 2026", "2026-H1"),
    ("2026-H1", "2026-H1"),
    ("9 tháng đầu năm 2026", "2026-9M"),
    ("2026-9M", "2026-9M"),
    ("năm 2026", "2026"),
    ("Cả năm 2026", "2026"),
    ("2026", "2026"),
    ("", None),
    ("tháng 13/2026", None),
    ("0/2026", None),
    ("tháng 11", None),
    ("11/26", None),
    ("15/11/2026", None),
    ("quý V/2026", None),
    ("2026-Q5", None),
    ("tháng 11/2026 và 12/2026", None),
]


@pytest.mark.parametrize(("text", "period"), WRITINGS)
def test_a_period_is_read_as_officers_write_it(text: str, period: str | None) -> None:
    assert parse_period(text) == period
    assert parse_period(unicodedata.normalize("NFD", text)) == period
    assert parse_period(f"  {text.upper()} ") == period


def test_every_name_and_id_the_calendar_gives_is_read_back() -> None:
    for each in periods(calendar_rows(), STAYS, dt.date(2025, 1, 1), dt.date(2027, 12, 31)):
        assert parse_period(each.period) == each.period
        assert parse_period(each.name) == each.period


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2026-11", "2026-10"),
        ("2026-10", "2026-09"),
        ("2026-01", "2025-12"),
        ("2026-Q4", "2026-Q3"),
        ("2026-Q1", "2025-Q4"),
        ("2026-H1", "2025-H1"),
        ("2026-9M", "2025-9M"),
        ("2026", "2025"),
    ],
)
def test_the_period_before_crosses_the_new_year(period: str, before: str) -> None:
    assert period_before(period) == before
