"""What the past says of a month: outliers, copies, sums entered for a month, falls, and answers that hold."""

import datetime as dt
import shutil
from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from etl import intake, judge, recalled, settle, settled
from etl.figures import Figure
from etl.findings import Finding
from etl.habits import Habit, habit_of
from etl.inspection import Incoming
from etl.limits import Limits
from etl.past import History
from tests.workbooks import prepared, report

UNIT = "10966"
OF_KIND = [each.unit_code for each in prepared().catalogue.units if each.kind == "xa"]
PRODUCTS, REACH = "2_TUYEN_TRUYEN K0301 products", "2_TUYEN_TRUYEN K0301 reach"
Changes = Mapping[str, object]


def send(data: Path, period: str, changes: Changes | Sequence[tuple[str, Changes]], tag: str = "") -> list[Finding]:
    """What is found in a month's report of the unit, or in those of several units that come together."""
    those = [(UNIT, changes)] if isinstance(changes, Mapping) else changes
    return found_in(data, [incoming(unit, period, given, tag) for unit, given in those])


def incoming(unit: str, period: str, changes: Changes, tag: str = "") -> Incoming:
    at = dt.datetime.fromisoformat(f"{period}-18T09:00")
    return Incoming(f"{unit}_{period}{tag}.xlsx", report(unit, period, changes), at)


def found_in(data: Path, files: Sequence[Incoming]) -> list[Finding]:
    receipts = intake.submit(prepared(), files, data, "thử")
    assert [each.outcome for each in receipts] == ["accepted"] * len(files)
    return [each for receipt in receipts for each in receipt.findings]


def months(data: Path, last: str, past: Sequence[Changes], now: Changes) -> list[Finding]:
    """What is found in a month after some months before it, in which nothing is asked; the same past is sent once."""
    year, month = int(last[:4]), int(last[5:])
    numbers = range(year * 12 + month - 1 - len(past), year * 12 + month - 1)
    kept = data.parents[1] / f"past of {last}, {crc32(repr(past).encode())}"
    if kept.exists():
        shutil.rmtree(data)
        shutil.copytree(kept, data)
    else:
        before = [incoming(UNIT, f"{number // 12}-{number % 12 + 1:02}", changes)
                  for number, changes in zip(numbers, past, strict=True)]  # fmt: skip
        assert found_in(data, before) == []
        shutil.copytree(data, kept)
    return send(data, last, now)


def asked(found: Sequence[Finding]) -> list[tuple[str, str, str]]:
    return [(each.rule_id, each.severity, each.value) for each in found]


# Outliers -------------------------------------------------------------------------------------------------------------

SIX = (10, 12, 9, 11, 10, 13)
OUTLIERS: list[tuple[str, tuple[int, ...], int, list[tuple[str, str, str]]]] = [
    ("ten times as much", SIX, 110, [("V15", "explain", "110")]),
    ("what was there before", SIX, 13, []),
    ("a good month", SIX, 40, []),
    ("five periods are too few, and there are no others", SIX[1:], 110, []),
    ("a tenth of it", (200, 220, 190, 210, 205, 199), 20, [("V15", "explain", "20")]),
    ("small numbers are never asked about", (1, 1, 1, 1, 1, 1), 19, []),
    ("nothing where there was much", (1200, 1250, 1190, 1250, 1205, 1250), 0, [("V15", "explain", "0")]),
    ("nothing where there was little", (60, 70, 65, 60, 72, 66), 0, []),
    ("often nothing", (1250, 0, 1250, 1250, 0, 1250, 1250, 1250), 0, []),
    ("a unit that always varies", (5, 60, 8, 90, 6, 70), 150, []),
]


@pytest.mark.parametrize(("name", "past", "now", "expected"), OUTLIERS, ids=[case[0] for case in OUTLIERS])
def test_an_outlier_is_judged_by_the_past_of_the_unit_itself(
    data: Path, name: str, past: tuple[int, ...], now: int, expected: list[tuple[str, str, str]]
) -> None:
    assert asked(months(data, "2026-11", [{PRODUCTS: each} for each in past], {PRODUCTS: now})) == expected


def test_a_question_says_what_is_usual_and_what_to_do(data: Path) -> None:
    (found,) = months(data, "2026-11", [{PRODUCTS: each} for each in SIX], {PRODUCTS: 110})
    assert found.sheet == "2_TUYEN_TRUYEN"
    assert "kỳ này là 110, gấp 10 lần mức thường gặp" in found.message
    assert found.expected == "Đơn vị thường ghi từ 10 đến 12; kỳ trước ghi 13"
    assert "gõ thừa, thiếu chữ số" in found.fix


def test_a_mistake_in_the_past_hardly_moves_what_is_usual(data: Path) -> None:
    found = months(data, "2026-10", [{PRODUCTS: each} for each in SIX], {PRODUCTS: 9000})
    assert asked(found) == [("V15", "explain", "9.000")]
    assert asked(send(data, "2026-11", {PRODUCTS: 110})) == [("V15", "explain", "110")]


def test_what_follows_from_a_number_is_judged_beside_it(data: Path) -> None:
    """Six times the products reach six times the people; the same products do not reach thirty times as many."""
    past = [{PRODUCTS: each, REACH: each * 100} for each in SIX]
    assert asked(months(data, "2026-11", past, {PRODUCTS: 30, REACH: 6000})) == []
    found = send(data, "2026-11", {PRODUCTS: 10, REACH: 30_000}, "-2")
    assert asked(found) == [("V15", "explain", "30.000")]
    assert "(khi “" in found[0].expected


def test_a_unit_with_a_short_past_is_judged_by_those_of_its_kind(data: Path) -> None:
    usual = [(unit, {PRODUCTS: 10 + index}) for index, unit in enumerate(OF_KIND[:9])]
    (found,) = send(data, "2026-10", [*usual, (OF_KIND[9], {PRODUCTS: 500})])
    assert (found.rule_id, found.value) == ("V15", "500")
    assert found.expected.startswith("Các đơn vị cùng loại thường ghi từ 11 đến")
    (later,) = send(data, "2026-11", [(OF_KIND[10], {PRODUCTS: 5000})])
    assert (later.rule_id, later.value) == ("V15", "5.000")


def test_a_file_that_was_received_before_has_no_past_looked_up(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again, new = incoming(OF_KIND[0], "2026-10", {}), incoming(OF_KIND[1], "2026-10", {})
    found_in(data, [again])
    looked_up: list[str] = []

    def histories(*given: Any) -> Mapping[int, History]:
        looked_up.extend(each.unit_code for each in given[-1])
        return recalled.histories(*given)

    monkeypatch.setattr(judge, "histories", histories)
    receipts = intake.submit(prepared(), [again, new], data, "thử")
    assert ([each.outcome for each in receipts], looked_up) == (["duplicate", "accepted"], [OF_KIND[1]])


def test_few_of_a_kind_say_nothing(data: Path) -> None:
    few = [(unit, {PRODUCTS: 10}) for unit in OF_KIND[:6]]
    assert send(data, "2026-10", [*few, (OF_KIND[6], {PRODUCTS: 500})]) == []


def test_nothing_is_asked_about_beside_what_it_follows_from(data: Path) -> None:
    past = [{PRODUCTS: each * 20, REACH: each * 2000} for each in SIX]
    assert asked(months(data, "2026-11", past, {PRODUCTS: 0, REACH: 0})) == [("V15", "explain", "0")]
    (found,) = send(data, "2026-11", {PRODUCTS: 200, REACH: 0}, "-2")
    assert "kỳ này là 0, trong khi các kỳ trước hầu như luôn có số" in found.message
    assert found.expected.startswith("Đơn vị thường ghi từ 20.000 đến 20.000 (khi “")


def test_nothing_is_asked_about_until_answered_or_usual(data: Path) -> None:
    past = [{PRODUCTS: each * 20} for each in SIX]
    assert asked(months(data, "2026-10", past, {PRODUCTS: 0})) == [("V15", "explain", "0")]
    assert asked(send(data, "2026-11", {PRODUCTS: 0})) == [("V15", "explain", "0")]
    answer(data, "2026-11")
    assert asked(send(data, "2026-11", {PRODUCTS: 0, REACH: 0}, "-2")) == [("V15", "note", "0")]
    assert send(data, "2026-12", {PRODUCTS: 0}) == []
    assert send(data, "2027-01", {PRODUCTS: 230}) == [], "what there was before is no surprise"


def test_nothing_is_usual_where_it_was_so_before_or_next_to_it() -> None:
    limits = Limits(unusual_times=4)
    much = Habit(6, log(1250), 0.05, log(1200), log(1300))
    assert much.forbids_zero(1, limits)
    assert much._replace(gaps=1).forbids_zero(1, limits), "it may have been a mistake"
    assert not much._replace(gaps=2).forbids_zero(1, limits)
    assert not much._replace(middle=log(70), least=log(60)).forbids_zero(1, limits)
    assert not much._replace(least=log(30)).forbids_zero(1, limits)
    assert not much.forbids_zero(1, Limits()), "a catalogue that sets no limits asks nothing"


def test_what_is_usual_is_a_median_and_a_distance_on_a_log_scale() -> None:
    habit = habit_of([0.0, 1.0, 2.0, 3.0, 10.0])
    assert (habit.times, habit.middle, habit.spread, habit.least, habit.most) == (5, 2.0, 1.0, 1.0, 3.0)
    limits = Limits(unusual_times=4)
    tight = Habit(6, 2.3, 0.05, 2.2, 2.4)
    rates = {number: Figure(0, "products", "", "K0301", number, 1).rate for number in (11.0, 35.0, 45.0)}
    assert [tight.unusual(rate, limits) for rate in rates.values()] == [False, False, True]
    wide = tight._replace(spread=0.8)
    assert not wide.unusual(rates[45.0], limits), "where months vary as much, that is nothing"
    assert not tight.unusual(rates[45.0], Limits()), "a catalogue that sets no limits asks nothing"


# Copies ---------------------------------------------------------------------------------------------------------------

CODES = ("K0101", "K0301", "K0401", "K0601", "K0801", "K0806")
SPOKEN = {f"2_TUYEN_TRUYEN {code} products": 21 + 3 * index for index, code in enumerate(CODES)}


@pytest.mark.parametrize(
    ("changed", "expected"), [(0, [("V55.2", "explain", "6/6 số")]), (1, []), (6, [])], ids=["all", "one", "none"]
)
def test_a_copy_of_last_month_is_asked_about(data: Path, changed: int, expected: list[tuple[str, str, str]]) -> None:
    now = {key: value + (index < changed) for index, (key, value) in enumerate(SPOKEN.items())}
    assert asked(months(data, "2026-11", [SPOKEN], now)) == expected


def test_a_few_small_numbers_that_stay_are_no_copy(data: Path) -> None:
    quiet = {key: index + 1 for index, key in enumerate(SPOKEN)}
    assert months(data, "2026-11", [quiet], quiet) == []


# Sums entered for a month ---------------------------------------------------------------------------------------------


def spoken(*numbers: int) -> dict[str, object]:
    return {f"2_TUYEN_TRUYEN {code} products": number for code, number in zip(CODES, numbers, strict=False)}


YEAR = [spoken(30, 42, 55, 21), spoken(33, 40, 50, 25), spoken(28, 45, 60, 22), spoken(31, 41, 52, 24)]
SUM = spoken(150, 212, 272, 115)


def test_a_sheet_of_sums_is_asked_about_and_says_what_the_month_would_be(data: Path) -> None:
    found = months(data, "2026-05", YEAR, SUM)
    assert asked(found) == [("V53.2", "explain", value) for value in ("150", "212", "272", "115")]
    assert "gần bằng cộng dồn các kỳ trước trong năm (122)" in found[0].message
    assert found[0].expected == "Số của riêng kỳ này (khoảng 28); kỳ trước ghi 31"


def test_sums_are_asked_about_again_until_somebody_answers(data: Path) -> None:
    months(data, "2026-05", YEAR, SUM)
    more = spoken(181, 254, 330, 139)
    assert [each.rule_id for each in send(data, "2026-06", more)] == ["V53.2"] * 4


def test_one_number_like_the_sum_of_the_year_is_no_sheet_of_sums(data: Path) -> None:
    assert months(data, "2026-05", YEAR, spoken(150, 44, 58, 23)) == []


def test_sums_since_january_are_known_by_never_falling(data: Path) -> None:
    rising = [spoken(*(n * month for n in (30, 42, 55, 21, 40))) for month in range(1, 6)]
    assert [each.rule_id for each in months(data, "2026-05", rising[:4], rising[4])] == ["V53.2"] * 5


def test_a_new_year_starts_anew(data: Path) -> None:
    """The sum of last year's months is no sum of this year's."""
    assert months(data, "2027-01", YEAR, SUM) == []


# Cumulative numbers, balances, numbers that stay ----------------------------------------------------------------------

PAID = {"7_KINH_PHI NSNN approved": 900_000_000, "7_KINH_PHI NSNN spent_period": 0}
BALANCED = {
    "5_DVC TONG recv_total": 10, "5_DVC TONG recv_direct": 10, "5_DVC TONG done_total": 7, "5_DVC TONG done_early": 7,
    "5_DVC TONG open_total": 3, "5_DVC TONG open_intime": 3,
}  # fmt: skip
KN03 = "6_KY_NANG_SO KN03 cumulative"
NEXT: list[tuple[str, str, Changes, str, Changes, list[str]]] = [
    ("a cumulative number falls", "2026-10", {KN03: 50}, "2026-11", {KN03: 40}, ["V42"]),
    ("it falls over the new year too", "2026-12", {KN03: 50}, "2027-01", {KN03: 40}, ["V42"]),
    ("it stays", "2026-10", {KN03: 50}, "2026-11", {KN03: 50}, []),
    ("procedures in use fall", "2026-10", {"5_DVC TONG procs_used": 9, "5_DVC TONG procs_total": 10, "5_DVC TONG procs_online": 10}, "2026-11", {"5_DVC TONG procs_used": 4, "5_DVC TONG procs_total": 10, "5_DVC TONG procs_online": 10}, ["V36d"]),
    ("they start anew each year", "2026-12", {"5_DVC TONG procs_used": 9, "5_DVC TONG procs_total": 10, "5_DVC TONG procs_online": 10}, "2027-01", {"5_DVC TONG procs_used": 4, "5_DVC TONG procs_total": 10, "5_DVC TONG procs_online": 10}, []),
    ("spending falls", "2026-10", {**PAID, "7_KINH_PHI NSNN spent_cum": 500_000_000}, "2026-11", {**PAID, "7_KINH_PHI NSNN spent_cum": 400_000_000}, ["V44c", "V44d"]),
    ("spending starts anew each year", "2026-12", {**PAID, "7_KINH_PHI NSNN spent_cum": 500_000_000}, "2027-01", {**PAID, "7_KINH_PHI NSNN spent_cum": 0}, []),
    ("a budget grows a hundredfold", "2026-10", {"7_KINH_PHI NSNN approved": 1_000_000}, "2026-11", {"7_KINH_PHI NSNN approved": 100_000_000}, ["V45b"]),
    ("a new year has a new budget", "2026-12", {"7_KINH_PHI NSNN approved": 1_000_000}, "2027-01", {"7_KINH_PHI NSNN approved": 100_000_000}, []),
    ("what was open is not carried in", "2026-10", BALANCED, "2026-11", {}, ["V33"]),
    ("it is carried in", "2026-10", BALANCED, "2026-11", {"5_DVC TONG carried_in": 3, "5_DVC TONG done_total": 3, "5_DVC TONG done_early": 3}, []),
    ("a month between is missing", "2026-09", BALANCED, "2026-11", {}, []),
    ("the number of households jumps", "2026-10", {}, "2026-11", {"1_THONG_TIN households": 3_500}, ["V08c"]),
    ("it grows", "2026-10", {}, "2026-11", {"1_THONG_TIN households": 2_600}, []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "before", "past", "period", "now", "expected"), NEXT, ids=[case[0] for case in NEXT])
def test_a_month_follows_on_from_the_one_before(
    data: Path, name: str, before: str, past: Changes, period: str, now: Changes, expected: list[str]
) -> None:
    assert send(data, before, past) == []
    found = send(data, period, now)
    assert [each.rule_id for each in found] == expected
    assert all(each.severity == "explain" for each in found)


# Answers --------------------------------------------------------------------------------------------------------------

WHY = "Mở thêm mười nhóm Zalo từ kỳ này"


def answer(data: Path, period: str) -> None:
    places = [each.place for each in settled.open_findings(data, period, UNIT)]
    settle.explain_findings(places, WHY, "An", data)


def test_an_answer_is_not_asked_for_again_next_month(data: Path) -> None:
    months(data, "2026-11", [{PRODUCTS: each} for each in SIX], {PRODUCTS: 110})
    answer(data, "2026-11")
    (noted,) = send(data, "2026-12", {PRODUCTS: 118})
    assert (noted.rule_id, noted.severity) == ("V15", "note")
    assert WHY in noted.message
    assert settled.open_findings(data, "2026-12", UNIT) == []
    assert send(data, "2027-01", {PRODUCTS: 112}) == [], "by now it is usual"


def test_what_nobody_answered_is_asked_again(data: Path) -> None:
    months(data, "2026-11", [{PRODUCTS: each} for each in SIX], {PRODUCTS: 110})
    assert asked(send(data, "2026-12", {PRODUCTS: 118})) == [("V15", "explain", "118")]


def test_an_answer_reaches_neither_far_above_nor_below_what_it_was_for(data: Path) -> None:
    past = [{PRODUCTS: each * 20} for each in SIX]
    months(data, "2026-11", past, {PRODUCTS: 2200})
    answer(data, "2026-11")
    assert asked(send(data, "2026-12", {PRODUCTS: 8000})) == [("V15", "explain", "8.000")]
    assert asked(send(data, "2026-12", {PRODUCTS: 20}, "-2")) == [("V15", "explain", "20")]


def test_an_answer_for_a_copy_and_for_sums_holds_next_month(data: Path) -> None:
    assert asked(months(data, "2026-11", [SPOKEN], SPOKEN)) == [("V55.2", "explain", "6/6 số")]
    answer(data, "2026-11")
    assert asked(send(data, "2026-12", SPOKEN)) == [("V55.2", "note", "6/6 số")]
