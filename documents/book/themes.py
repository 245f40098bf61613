"""The sheets of units by indicators: one for each group of indicators, and one that lists all with both sides."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from documents.book.sheet import Head, Sheet
from documents.book.sheets import UNIT, cells, known, unit_of
from documents.word.parts import rows_of
from queries import indicators, official
from queries.scope import Scope
from ui import formats

SHEETS = {"A": "CHI_TIEU_KENH", "B": "CHI_TIEU_NHIEM_VU", "C": "CHI_TIEU_DVC", "D": "CHI_TIEU_KY_NANG",
          "E": "CHI_TIEU_BAO_CAO", "F": "CHI_TIEU_KINH_PHI"}  # fmt: skip


def by_theme(con: DuckDBPyConnection, scope: Scope, defined: pd.DataFrame) -> list[Sheet]:
    """Units by indicators, a sheet for each group of indicators; the city stands below."""
    rates = official.rates_of_units(con, scope, list(defined["indicator"]))
    whole = indicators.standing(con, scope, list(defined["indicator"])).set_index("indicator")["value"]
    units = rates.drop_duplicates("unit_code").sort_values("unit_code", kind="stable")
    values = {(row["unit_code"], row["indicator"]): known(row["value"]) for row in rows_of(rates)}
    sheets = []
    for group, part in defined.groupby("group_code", sort=False):
        codes = list(part["indicator"])
        rows = [[*unit_of(row), *(values.get((row["unit_code"], code)) for code in codes)] for row in rows_of(units)]
        name = str(part["group_name"].iloc[0])
        sheets.append(
            Sheet(
                SHEETS.get(str(group), f"CHI_TIEU_{group}"), f"{name}: từng đơn vị", heads_of(part), rows,
                "Ô trống là chưa có số liệu, không phải 0. Tử số, mẫu số ở sheet CHI_TIEU.",
                ["", "Toàn thành phố", "", *(known(whole.get(code)) for code in codes)], pinned=2,
            )
        )  # fmt: skip
    return sheets


def heads_of(part: pd.DataFrame) -> tuple[Head, ...]:
    """The headings of a group: each indicator with its code and unit of measurement."""
    return (
        *UNIT,
        *(
            Head(f"{row['indicator']} {row['name']}", kind_of(row["unit"]), 16, f"Đơn vị tính: {row['unit']}")
            for row in rows_of(part)
        ),
    )


def kind_of(unit: object) -> str:
    """How a value of this unit is shown."""
    return "share" if unit == formats.PERCENT else "number"


def both_sides(con: DuckDBPyConnection, scope: Scope, defined: pd.DataFrame) -> Sheet:
    """Every indicator of every unit with numerator and denominator."""
    rates = official.rates_of_units(con, scope, list(defined["indicator"]))
    names = defined.set_index("indicator")
    heads = (
        Head("Mã", width=8), Head("Chỉ tiêu", width=48), *UNIT, Head("Tử số", "number", 14),
        Head("Mẫu số", "number", 14), Head("Giá trị", "number", 12), Head("Đơn vị tính", width=14),
        Head("Thứ hạng trong khối", "count", 10), Head("Số đơn vị xếp hạng", "count", 10),
    )  # fmt: skip
    rows = [
        [row["indicator"], names["name"][row["indicator"]], *unit_of(row),
         *cells(row, ("numerator", "denominator", "value")), names["unit"][row["indicator"]],
         *cells(row, ("place", "peers"))]
        for row in rows_of(rates)
    ]  # fmt: skip
    return Sheet("CHI_TIEU", "Chỉ tiêu của từng đơn vị, kèm tử số và mẫu số", heads, rows, pinned=4)
