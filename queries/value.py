"""The value of an indicator, as pieces of SQL: what its row of the catalogue says to make of its two sides."""

from __future__ import annotations

from collections.abc import Sequence


def value_of(numerator: str, denominator: str) -> str:
    """The value that two columns or sums make, where the indicator's row is called `i`: in its unit (% = 0..100), NULL
    where either side is missing or the denominator is 0.
    """
    return (
        f"case when i.denominator is null then {numerator} * i.scale "
        f"when {denominator} > 0 then {numerator} * i.scale / {denominator} end"
    )


def sides_over(months: Sequence[str], name: str, units: str = "") -> tuple[str, dict[str, object]]:
    """Both sides of each unit's indicators over the months of a period, and the parameters it takes by such names.
    What flows adds up, of a stock the latest month counts. `units`: "and …", the condition for units that matter, which
    spares the sums of all others.

    Columns: unit_code, indicator, numerator, denominator, gave (months that gave it).
    """
    if len(months) == 1:
        of_month = "select unit_code, indicator, numerator, denominator, 1 as gave from current_indicator"
        return f"{of_month} where period = ${name} {units}", {name: months[0]}
    several = f"""
        select unit_code, indicator, gave, case i.kind when 'stock' then latest else total end as numerator,
            case coalesce(i.denominator_kind, i.kind) when 'stock' then latest_below else total_below end as denominator
        from (
            select unit_code, indicator, sum(numerator) as total, sum(denominator) as total_below,
                arg_max(numerator, list_position(${name}, period)) as latest,
                arg_max(denominator, list_position(${name}, period)) as latest_below, count(*) as gave
            from current_indicator
            where period between ${name}_first and ${name}_last and list_contains(${name}, period)
              and numerator is not null {units}
            group by unit_code, indicator)
        join indicator i using (indicator)
    """
    first, *_, last = months or ("", "")
    return several, {name: list(months), f"{name}_first": first, f"{name}_last": last}
