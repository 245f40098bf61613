"""A scope knows the months its period is made of."""

import pytest
from duckdb import DuckDBPyConnection

from queries import channels, completion, services
from queries.scope import made_out

from .conftest import Put


@pytest.mark.parametrize(
    ("period", "months", "before"),
    [
        ("2026-11", ("2026-11",), ("2026-10",)),
        ("2026-01", ("2026-01",), ("2025-12",)),
        ("2026-Q3", ("2026-07", "2026-08", "2026-09"), ("2026-04", "2026-05", "2026-06")),
        (
            "2026",
            tuple(f"2026-{month:02}" for month in range(1, 13)),
            tuple(f"2025-{month:02}" for month in range(1, 13)),
        ),
    ],
)
def test_a_period_is_made_of_months(
    con: DuckDBPyConnection, period: str, months: tuple[str, ...], before: tuple[str, ...]
) -> None:
    scope = made_out(con, period)
    assert scope.months == months
    assert scope.before == before


def test_the_twelve_months_shown_end_with_the_period(con: DuckDBPyConnection) -> None:
    assert made_out(con, "2026-11").shown == ("2025-12", *(f"2026-{month:02}" for month in range(1, 12)))


def test_an_unknown_period_is_refused_by_name(con: DuckDBPyConnection) -> None:
    with pytest.raises(KeyError, match="2026-13"):
        made_out(con, "2026-13")


def test_the_first_month_of_the_calendar_is_not_compared_with_itself(con: DuckDBPyConnection, put: Put) -> None:
    first = made_out(con, "2025-01")
    assert first.before == ()
    put("current_measure", "measure\nchannel_active\nchannel_kept", unit_code="01", period="2025-01",
        item_code="K01", value=1)  # fmt: skip
    sides = "indicator\nDV01\nTC01\nTC02\nTC03"
    put("current_indicator", sides, unit_code="01", period="2025-01", numerator=10, denominator=20)
    assert channels.by_channel(con, first)["change"].isna().all()
    assert channels.owed(con, first)["kept_before"].isna().all()
    assert services.by_unit(con, first)["change"].isna().all()
    assert completion.by_unit(con, first)["change"].isna().all()
