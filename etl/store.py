"""The catalogue as tables, so that names, units and rules come back with the numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

import duckdb

from etl.bulk import insert
from etl.calendar import periods
from etl.catalogue import Catalogue, Row, Unit, applying
from etl.warehouse import derivation, script, shape

TABLES = {
    "unit": "units", "role": "roles", "channel": "channels", "theme": "themes", "audience": "audiences",
    "product": "products", "skill": "skills", "task_group": "task_groups", "indicator": "indicators",
    "target": "targets", "rating_scheme": "rating_schemes", "rule": "rules", "setting": "settings",
    "message": "messages", "list_item": "lists",
}  # fmt: skip
"""Tables whose rows are those of a CSV file."""
TERM = re.compile(r"([+-]?)\s*([a-z_][a-z0-9_]*)(?:\[([^\]]+)\])?")


def same_catalogue(con: duckdb.DuckDBPyConnection, catalogue: Catalogue, today: dt.date) -> bool:
    """Whether the tables already say what the catalogue says, for this year."""
    held = dict(con.execute("select file, sha256 from catalogue").fetchall())
    return held == marks(catalogue, today)


def marks(catalogue: Catalogue, today: dt.date) -> dict[str, str]:
    """What the tables were made from."""
    return {"catalogue": catalogue.sha256, "year": str(today.year), "derived": derivation(), "tables": shape()}


def store_catalogue(con: duckdb.DuckDBPyConnection, catalogue: Catalogue, today: dt.date) -> None:
    """Replace the catalogue's tables, in the transaction the caller has open."""
    for table, file in TABLES.items():
        replace(con, table, catalogue.tables.get(file, ()))
    replace(con, "form", [form_row(form, catalogue) for form in catalogue.tables["forms"]])
    replace(con, "measure_name", measure_rows(catalogue))
    replace(con, "period", period_rows(catalogue, today))
    replace(con, "obligation", obligation_rows(catalogue))
    replace(con, "duty", duty_rows(catalogue))
    con.execute(script("owed.sql"))
    replace(con, "indicator_term", term_rows(catalogue.tables.get("indicators", ())))
    replace(con, "catalogue", [{"file": file, "sha256": mark} for file, mark in marks(catalogue, today).items()])


def replace(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Put rows in the place of a table's own, by column name; blank text is NULL."""
    columns = [name for name, *_ in con.execute(f"select column_name from (describe {table})").fetchall()]
    con.execute(f"delete from {table}")
    rows = list(rows)
    insert(con, table, {column: [text_or_none(row.get(column)) for row in rows] for column in columns})


def text_or_none(value: object) -> str | None:
    """A value as text for the table to cast, None where blank."""
    return None if value in (None, "") else str(value)


def form_row(row: Row, catalogue: Catalogue) -> Mapping[str, object]:
    """A form's row, with its rank as a number."""
    return {**row, "rank": catalogue.form(row["form_id"]).rank}


def measure_rows(catalogue: Catalogue) -> list[Mapping[str, object]]:
    """What the columns of the forms are called that a measure is read from; several of one measure, a column a theme,
    by what their names begin with alike: the theme says the rest.
    """
    labels: dict[tuple[str, str, str, str], list[str]] = {}
    for form in catalogue.forms:
        for sheet in form.sheets:
            for column in sheet.columns:
                if column.measure and sheet.target not in ("task", "remark"):
                    key = column.measure, form.form_id, sheet.sheet, column.unit
                    labels.setdefault(key, []).append(column.label)
    return [
        {"measure": measure, "form_id": form, "sheet": sheet, "label": alike(those), "unit": unit}
        for (measure, form, sheet, unit), those in labels.items()
    ]


def alike(labels: Sequence[str]) -> str:
    """The words that labels begin with alike: "Trong đó: nội dung" of "… 1.1" and "… khác"; else the first label."""
    words = takewhile(lambda those: len(set(those)) == 1, zip(*map(str.split, labels), strict=False))
    return " ".join(those[0] for those in words) or labels[0]


def period_rows(catalogue: Catalogue, today: dt.date) -> list[Mapping[str, object]]:
    """The periods of the calendar until the end of next year, in the system's own convention."""
    settings = catalogue.settings
    until = dt.date(today.year + 1, 12, 31)
    rows = catalogue.tables.get("calendar", ())
    found: dict[str, Mapping[str, object]] = {}
    for each in periods(rows, settings, dt.date(2000, 1, 1), until, catalogue.tables.get("holidays", ())):
        if each.period not in found or each.convention == settings.get("convention"):
            found[each.period] = {
                "period": each.period, "kind": each.kind, "date_from": each.date_from, "date_to": each.date_to,
                "due_at": each.due_at, "convention": each.convention, "name": each.name,
            }  # fmt: skip
    return list(found.values())


def obligation_rows(catalogue: Catalogue) -> list[Mapping[str, object]]:
    """What each unit must do (channels, audiences): its own list, else that of its kind."""
    rows = catalogue.tables.get("obligations", ())
    return [
        {"unit_code": unit.unit_code, "subject": row["subject"], "code": row["code"], "condition": row.get("condition")}
        for unit in catalogue.units
        for subject in sorted({row["subject"] for row in rows})
        for row in applying([row for row in rows if row["subject"] == subject], unit)
    ]


def duty_rows(catalogue: Catalogue) -> list[Mapping[str, object]]:
    """Which form each unit owes, how often and since when."""
    return [
        duty_row(unit, row) for unit in catalogue.units for row in applying(catalogue.tables.get("duties", ()), unit)
    ]


def duty_row(unit: Unit, row: Row) -> Mapping[str, object]:
    """One duty of one unit."""
    return {**row, "unit_code": unit.unit_code}


def term_rows(indicators: Sequence[Row]) -> list[Mapping[str, object]]:
    """The terms of each indicator's sides: measure, pattern of items, sign, and a bit that tells which came."""
    return [row for each in indicators for side in ("numerator", "denominator") for row in side_rows(each, side)]


def side_rows(indicator: Row, side: str) -> Iterator[Mapping[str, object]]:
    """The terms of one side."""
    terms = list(terms_of(indicator[side]))
    measures = sorted({measure for measure, _, _ in terms})
    all_bits = (1 << len(measures)) - 1
    for measure, items, coefficient in terms:
        yield {
            "indicator": indicator["indicator"], "side": side, "measure": measure, "items": items,
            "coefficient": coefficient, "measure_bit": 1 << measures.index(measure), "all_bits": all_bits,
        }  # fmt: skip


def terms_of(expression: str) -> Iterable[tuple[str, str, float]]:
    """measure, item pattern and coefficient of each term of `done_early[TONG] + done_ontime[TONG]`."""
    for sign, measure, items in TERM.findall(expression.replace("(", " ").replace(")", " ")):
        for pattern in (items or "*").split("|"):
            yield measure, pattern.strip(), -1.0 if sign == "-" else 1.0
