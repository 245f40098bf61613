"""Every question of queries/, asked with arguments that have an answer: a new question is found and asked as well."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import math
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pandas as pd

import queries
from queries.audit import Wanted
from queries.held import held
from queries.indicators import over_months, told
from queries.lineage import numbers_of
from queries.scope import made_out
from queries.services import sides
from queries.unit import of_unit
from queries.work import Work, counted

TODAY = dt.date(2026, 11, 21)
OF_ANSWERS = {counted, held, numbers_of, of_unit, over_months, sides, told}
"""What an answer is made of, or only says more of one that others gave."""


def questions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The questions by name: the functions that are given a connection."""
    for found in pkgutil.iter_modules(queries.__path__):
        module = importlib.import_module(f"queries.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            if function.__module__ == module.__name__ and first == "con" and function not in OF_ANSWERS:
                yield f"{found.name}.{name}", function


def asked(con: duckdb.DuckDBPyConnection, period: str) -> dict[str, Any]:
    """The answer to every question about a period."""
    given = arguments(con, period)
    return {name: answer(question, con, given) for name, question in questions()}


def arguments(con: duckdb.DuckDBPyConnection, period: str) -> dict[str, Any]:
    """What questions about a period are asked with, by the names of their parameters; `work` is some of the work, as
    all of it is asked of the sums.
    """
    (unit, submission), = con.execute(
        "select unit_code, current_submission_id from report where period = ? and state = 'accepted' order by all limit 1",
        [period],
    ).fetchall()  # fmt: skip
    ((kind,),) = con.execute("select kind from unit where unit_code = ?", [unit]).fetchall()
    ((role,),) = con.execute("select any_value(lead_role) from current_task where period = ?", [period]).fetchall()
    closing = con.execute("select max(closing) from closing").fetchall()[0][0]
    return {
        "scope": made_out(con, period), "today": TODAY, "indicators": ["CC01", "DV01", "TC01", "BC01"], "indicator": "DV01",
        "unit_code": unit, "period": period, "channel": "K01", "submission_id": submission, "measure": "products",
        "months": [period], "closing": closing, "date_to": TODAY, "name": "unit", "kind": kind, "work": Work(role),
        "month": period, "before": period, "wanted": Wanted(dt.date(2020, 1, 1), TODAY),
    }  # fmt: skip


def answer(question: Callable[..., Any], con: duckdb.DuckDBPyConnection, given: dict[str, Any]) -> Any:
    """The answer to one question; arguments that have a default keep it."""
    parameters = list(inspect.signature(question).parameters.values())[1:]
    return question(con, **{one.name: given[one.name] for one in parameters if one.default is one.empty})


def same(one: Any, other: Any) -> bool:
    """Whether two answers are the same; sums of fractions may differ in the last digit."""
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other, check_dtype=False, rtol=1e-9)
        return True
    if isinstance(one, (tuple, list)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, float):
        return math.isclose(one, other, rel_tol=1e-9)
    return bool(one == other)
