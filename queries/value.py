"""The value of an indicator, as a piece of SQL: what its row of the catalogue says to make of its two sides."""

from __future__ import annotations


def value_of(numerator: str, denominator: str) -> str:
    """The value that two columns or sums make, where the indicator's row is called `i`: in its unit (% = 0..100), NULL
    where either side is missing or the denominator is 0.
    """
    return (
        f"case when i.denominator is null then {numerator} * i.scale "
        f"when {denominator} > 0 then {numerator} * i.scale / {denominator} end"
    )
