"""Decisions: applied with a reason, told in the audit, taken again by a rebuild."""

import datetime as dt
from pathlib import Path

import pytest

from etl import front, intake
from etl.inspection import Incoming
from etl.undecidable import Undecidable
from etl.warehouse import open_to_read
from tests.workbooks import prepared, report

IN_TIME = dt.datetime(2026, 11, 18, 9)
LATE = dt.datetime(2026, 11, 25, 9)
KEY = ("10861", "2026-11", "NQ57-HP-1")
PRODUCTS = "select value from measure where measure = 'products' and item_code = 'K0101'"


def send(data: Path, products: int, received_at: dt.datetime = IN_TIME) -> None:
    content = report(changes={"2_TUYEN_TRUYEN K0101 products": products})
    intake.submit(prepared(), [Incoming(f"{products}.xlsx", content, received_at)], data, "thử")


def ask(data: Path, sql: str) -> list[tuple[object, ...]]:
    con = open_to_read(data)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


def test_what_is_voided_counts_for_nothing_and_the_version_before_counts_again(data: Path) -> None:
    send(data, 7)
    send(data, 9, LATE)
    (unit,) = {row[0] for row in ask(data, "select unit_code from submission")}
    key = (str(unit), *KEY[1:])
    assert ask(data, PRODUCTS) == [(9.0,)]
    front.void_submission(key, 2, "Gửi nhầm tệp", "An", data)
    assert ask(data, PRODUCTS) == [(7.0,)]
    assert ask(data, "select status, note from submission order by version") == [
        ("accepted", None), ("void", "Gửi nhầm tệp"),
    ]  # fmt: skip
    assert ask(data, "select actor, reason, detail from event where action = 'void'") == [
        ("An", "Gửi nhầm tệp", '{"version": 2}')
    ]
    front.void_submission(key, 1, "Gửi nhầm tệp", "An", data)
    assert ask(data, "select state from reporting where period = '2026-11' and unit_code = '" + key[0] + "'") == [
        ("missing",)
    ]


def test_a_rebuild_takes_decisions_again_at_their_place(data: Path) -> None:
    send(data, 7)
    (unit,) = {row[0] for row in ask(data, "select unit_code from submission")}
    front.void_submission((str(unit), *KEY[1:]), 1, "Gửi nhầm tệp", "An", data)
    send(data, 7)
    before = [
        ask(data, f"select * from {table} order by all") for table in ("submission", "measure", "report", "event")
    ]
    front.rebuild(data)
    after = [ask(data, f"select * from {table} order by all") for table in ("submission", "measure", "report", "event")]
    assert after == before
    assert ask(data, "select version, status from submission order by version") == [(1, "void"), (2, "accepted")]


def test_a_decision_needs_a_reason_and_something_to_decide_on(data: Path) -> None:
    send(data, 7)
    (unit,) = {row[0] for row in ask(data, "select unit_code from submission")}
    key = (str(unit), *KEY[1:])
    for version, reason, words in ((1, " ", "lý do"), (5, "Gửi nhầm tệp", "Không có lần nộp 5")):
        with pytest.raises(Undecidable, match=words):
            front.void_submission(key, version, reason, "An", data)
    assert ask(data, "select status from submission") == [("accepted",)]
    assert ask(data, "select count(*) from event where action = 'void'") == [(0,)]
