"""Every question the pages ask: `(con, scope, …) -> DataFrame`.

A question is one statement, in the function that asks it; its docstring names the columns that come back.
Rates are ratios of sums over the units that have both sides, never means of rates; a denominator of 0 or a
missing side gives NULL. Names, units and targets come back with the numbers, because the catalogue lies in
the same tables.
"""
