"""The made-up year: the same for a seed, right in its arithmetic, and wrong only where it is meant to be."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from etl.calendar import period_before
from etl.demo import DemoFile, plan_demo, write_demo
from etl.demo.schedule import come_by
from etl.demo.write import last_months
from etl.inspection import Incoming, Inspected, inspect
from etl.report import Report
from tests.workbooks import prepared

TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime.combine(TODAY, dt.time(23, 59))
UNITS, MONTHS, SEED = 10, 4, 57

Seen = list[tuple[DemoFile, Inspected]]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[DemoFile, Path]]:
    return write_demo(prepared(), tmp_path_factory.mktemp("demo"), UNITS, MONTHS, SEED, NOW)


@pytest.fixture(scope="module")
def seen(written: list[tuple[DemoFile, Path]]) -> Seen:
    return [(file, inspect(prepared(), Incoming(file.file_name, path, file.received_at))) for file, path in written]


def accepted(seen: Seen) -> dict[tuple[str, str], Report]:
    """The report that counts of each unit and period."""
    return {(file.unit_code, file.period): each.reports[0] for file, each in seen if file.kind != "faulty"}


def numbers(report: Report) -> dict[tuple[str, str], float]:
    """measure and item -> value."""
    return {(each.measure, each.item_code): each.value for each in report.observations
            if each.value is not None and each.theme_code is None}  # fmt: skip


def test_it_is_planned_as_a_year_of_a_city() -> None:
    catalogue = prepared().catalogue
    files = plan_demo(catalogue, last_months(catalogue, 12, TODAY), SEED)
    first = [file for file in files if file.number == 1]
    assert len({file.unit_code for file in files}) == 115
    assert 0.94 * 115 * 12 < len(first) < 115 * 12, "nearly everyone reports, not always everyone"
    kinds = Counter(file.kind for file in files)
    assert 0.02 < kinds["late"] / len(first) < 0.2
    assert kinds["faulty"] == 2 * 12
    assert 0 < kinds["corrected"] <= kinds["faulty"]
    assert kinds["revised"] == 2 * 12
    assert list(files) == sorted(files, key=lambda file: (file.received_at, file.unit_code))


def test_the_same_seed_writes_the_same_bytes(written: list[tuple[DemoFile, Path]], tmp_path: Path) -> None:
    again = write_demo(prepared(), tmp_path, UNITS, MONTHS, SEED, NOW)
    assert [file for file, _ in again] == [file for file, _ in written]
    assert all(one.read_bytes() == other.read_bytes() for (_, one), (_, other) in zip(again, written, strict=True))
    catalogue = prepared().catalogue
    months = last_months(catalogue, MONTHS, TODAY)
    assert plan_demo(catalogue, months, SEED) != plan_demo(catalogue, months, SEED + 1)


def test_nothing_is_found_in_a_neat_report_and_nothing_wrong_in_a_careless_one(seen: Seen) -> None:
    for file, each in seen:
        found = [finding for report in each.reports for finding in report.findings] + list(each.findings)
        if file.kind == "faulty":
            assert any(finding.severity == "error" for finding in found), file
        elif file.manner in ("neat", "hasty"):
            assert not [finding for finding in found if finding.rule_id != "V26a" or file.manner == "neat"], file
        else:
            assert all(finding.severity == "note" for finding in found), file


def test_dossiers_balance_and_are_carried_from_month_to_month(seen: Seen) -> None:
    reports = accepted(seen)
    for (unit_code, period), report in reports.items():
        row = {measure: value for (measure, item), value in numbers(report).items() if item == "TONG"}
        assert row["recv_online"] + row["recv_direct"] + row["recv_post"] == row["recv_total"]
        assert row["done_early"] + row["done_ontime"] + row["done_late"] == row["done_total"]
        assert row["carried_in"] + row["recv_total"] == row["done_total"] + row["open_total"] + row["withdrawn"]
        before = reports.get((unit_code, period_before(period)))
        if before:
            assert row["carried_in"] == numbers(before)["open_total", "TONG"]


def test_what_is_reached_never_falls_and_adds_up(seen: Seen) -> None:
    reports = accepted(seen)
    pairs = 0
    for (unit_code, period), report in reports.items():
        before = reports.get((unit_code, period_before(period)))
        now, last = numbers(report), numbers(before) if before else {}
        for (measure, item), value in now.items():
            if measure == "cumulative" and ("cumulative", item) in last:
                assert value == last["cumulative", item] + now["in_period", item]
                assert value >= last["cumulative", item]
                pairs += 1
    assert pairs > 100


def test_themes_add_up_to_the_products(seen: Seen) -> None:
    for report in accepted(seen).values():
        products = {each.item_code: each.value for each in report.observations if each.measure == "products"}
        themes: Counter[str] = Counter()
        for each in report.observations:
            if each.measure == "products_by_theme":
                themes[each.item_code] += int(each.value or 0)
        assert all(themes[item] == products[item] for item in themes)


def test_no_task_vanishes_and_a_finished_one_has_a_day(seen: Seen) -> None:
    reports = accepted(seen)
    for (unit_code, period), report in reports.items():
        ids = [task.task_id for task in report.tasks]
        assert len(ids) == len(set(ids))
        before = reports.get((unit_code, period_before(period)))
        assert {task.task_id for task in before.tasks} <= set(ids) if before else True
        assert all((task.status == "HOAN_THANH") == (task.done_date is not None) for task in report.tasks)


def test_more_is_filed_online_as_months_go_by() -> None:
    from etl.demo.character import character
    from etl.demo.services import services

    catalogue = prepared().catalogue
    rates = []
    for index in (0, 11):
        online = received = 0.0
        for unit in catalogue.units[:60]:
            rows, _ = services(character(catalogue, unit, SEED), index, dt.date(2026, 11, 14), {}, SEED)
            online += float(str(rows["TONG"]["recv_online"]))
            received += float(str(rows["TONG"]["recv_total"]))
        rates.append(online / received)
    assert 0.48 < rates[0] < 0.64 < rates[1] < 0.85


def test_a_month_that_is_not_due_yet_is_left_out_and_nothing_comes_from_the_future() -> None:
    catalogue = prepared().catalogue
    assert last_months(catalogue, 3, dt.date(2026, 11, 16))[-1].period == "2026-10"
    assert last_months(catalogue, 3, TODAY)[-1].period == "2026-11"


def test_files_come_in_the_order_they_were_received(written: list[tuple[DemoFile, Path]]) -> None:
    received = [file.received_at for file, _ in written]
    assert received == sorted(received)
    assert max(received) <= NOW


def test_nothing_comes_later_than_this_moment() -> None:
    """On the day itself, the files of the afternoon have not come yet in the morning."""
    catalogue = prepared().catalogue
    files = plan_demo(catalogue, last_months(catalogue, 12, TODAY), SEED)
    noon = dt.datetime.combine(TODAY, dt.time(12))
    morning, day = come_by(files, noon), come_by(files, NOW)
    assert max(file.received_at for file in morning) <= noon
    assert {file.received_at.date() for file in day if file not in morning} == {TODAY}
