"""Months are judged alike whether they come together or one after the other: by memory as by the warehouse."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from random import Random

from etl.findings import Finding
from etl.inspection import Incoming, Inspected
from etl.report import Fact, Observations, Report, ReportKey
from etl.store import store_catalogue
from etl.storing import period_of, store_files
from etl.warehouse import open_empty
from tests.workbooks import prepared, task

FORM, NOW = "NQ57-HP-1", dt.datetime(2026, 12, 1, 9)
PERIODS = ["2025-10", "2025-11", "2025-12", *(f"2026-{month:02}" for month in range(1, 9))]
UNITS = [each.unit_code for each in prepared().catalogue.units if each.kind == "xa"][:11]
SUMMING = UNITS[:3]
"""They add up from January on."""
COLUMNS = {
    "2_TUYEN_TRUYEN": (("K0101", "K0301", "K0401", "K0601"), ("products", "reach", "interactions")),
    "3_DOI_TUONG": (("A01", "A02", "A03"), ("sessions", "attendances")),
    "5_DVC": (("TONG",), ("recv_total", "done_total", "open_total", "carried_in")),
    "6_KY_NANG_SO": (("KN03", "KN11", "KN12", "KN17"), ("cumulative", "in_period")),
}
PLACES = [(sheet, item, each) for sheet, (items, those) in COLUMNS.items() for item in items for each in those]
RULES = {"V15", "V15.3", "V15.5", "V15.6", "V21", "V25a", "V25b", "V33", "V42", "V43", "V53.2", "V55.2"}
Numbers = dict[tuple[str, str, str], float]


def year(random: Random) -> Iterator[Inspected]:
    """Months in which much is odd: leaps, nothing, copies, sums, tasks that change, months missing, many versions."""
    usual = {unit: {place: random.choice((3, 10, 30, 300)) for place in PLACES} for unit in UNITS}
    last: dict[str, Numbers] = {}
    for period in PERIODS:
        for unit in UNITS:
            for _ in range(random.choice((0, *[1] * 12, 2, 3))):
                now = {place: random.lognormvariate(0, 0.2) * size for place, size in usual[unit].items()}
                now = {place: float(round(one * random.choice((0, 20, *[1] * 40)))) for place, one in now.items()}
                if unit in SUMMING and period > "2026-01":
                    now = {place: one + last[unit][place] for place, one in now.items()}
                elif unit in last and random.random() < 0.05:
                    now = last[unit]
                last[unit] = now
                yield inspected(random, unit, period, now)


def inspected(random: Random, unit: str, period: str, numbers: Numbers) -> Inspected:
    """A report as it was read; one of ten is sent back by a person."""
    facts: list[Fact] = [(sheet, item, None, each, one, each + item) for (sheet, item, each), one in numbers.items()]
    facts += [(sheet, item, "T01", each, 9000.0, cell) for sheet, item, _, each, _, cell in facts[:3]]
    facts.append(("2_TUYEN_TRUYEN", "K0806", None, "products", None, "D9"))
    due, progress = dt.date(2026, 12, 14 + (random.random() < 0.05)), random.choice((50.0, 50.0, 60.0))
    tasks = [task(f"T{number}", due_date=due, progress=progress) for number in range(2 + (random.random() < 0.9))]
    at, returned = dt.datetime.fromisoformat(f"{period}-18"), "" if random.random() < 0.9 else "Đơn vị xin gửi lại"
    report = Report(FORM, unit, period, Observations.of(facts), tuple(tasks))
    return Inspected(Incoming(f"{period}.xlsx", b"", at, returned=returned), str(random.random()), FORM, (report,))


def found_in(calls: Sequence[Sequence[Inspected]]) -> dict[tuple[ReportKey, int], tuple[Finding, ...]]:
    """What is found in each version of the reports, when they come in these calls."""
    with open_empty() as con:
        store_catalogue(con, prepared().catalogue, NOW.date())
        judged = [each for call in calls for each in store_files(con, prepared(), call, "thử", NOW)]
    return {(each.reports[0].key, each.versions[0]): each.reports[0].findings for each in judged}


def test_months_that_come_together_are_judged_as_those_that_come_one_by_one() -> None:
    months = [list(those) for _, those in groupby(year(Random(57)), key=period_of)]
    one_by_one = found_in(months)
    assert found_in([list(chain(*months[:5])), list(chain(*months[5:]))]) == one_by_one
    assert {each.rule_id for findings in one_by_one.values() for each in findings} >= RULES
