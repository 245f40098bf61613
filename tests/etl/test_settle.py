"""Extensions, explanations and closings: what they change, what they leave, and that a rebuild gives the same."""

import datetime as dt
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl import copies, front, intake, settle, settled
from etl.cli import app
from etl.explained import covers
from etl.inspection import Incoming
from etl.receipt import Receipt
from etl.settled import FindingPlace
from etl.undecidable import Undecidable
from etl.warehouse import Paths, open_to_read
from tests.workbooks import prepared, report, task

UNIT, PERIOD, FORM = "10966", "2026-11", "NQ57-HP-1"
KEY = (UNIT, PERIOD, FORM)
IN_TIME, LATE = dt.datetime(2026, 11, 18, 9), dt.datetime(2026, 11, 23, 9)
CROWD = {"3_DOI_TUONG A01 attendances": 300}
"""Three hundred people at no event: V19 asks."""
WHY = "Đơn vị tính sót một kênh"
SPOKEN = "2_TUYEN_TRUYEN K0101 products"
HELD = (
    "submission", "report", "current_measure", "current_indicator", "extension", "explanation", "closing",
    "closed_report", "closed_indicator", "open_question", "explained", "adjustment", "event", "due_report", "finding",
)  # fmt: skip
ON_TIME = (
    f"select value from measure where measure = 'reports_on_time' and period = '{PERIOD}' and unit_code = '{UNIT}'"
)
Rows = list[tuple[object, ...]]


def send(
    data: Path, changes: dict[str, object], at: dt.datetime = IN_TIME, period: str = PERIOD, reason: str = ""
) -> Receipt:
    content = report(UNIT, period, changes)
    files = [Incoming(f"{hash(content)}.xlsx", content, at, reason=reason)]
    (receipt,) = intake.submit(prepared(), files, data, "thử")
    return receipt


def ask(data: Path, sql: str, closing: str = "") -> Rows:
    with settled.open_closing(data, closing) if closing else open_to_read(data) as con:
        return con.execute(sql).fetchall()


def everything(data: Path, closing: str = "") -> list[Rows]:
    """All that is held, now or as a closing kept it."""
    with settled.open_closing(data, closing) if closing else open_to_read(data) as con:
        return [con.execute(f"select * from {table} order by all").fetchall() for table in HELD]


def state(data: Path) -> Rows:
    return ask(
        data,
        f"select state, on_time, due_at, extension_reason from reporting where unit_code = '{UNIT}' and period = '{PERIOD}'",
    )


def place(rule_id: str, sheet: str, cell: str, report: tuple[str, str, str] = KEY) -> FindingPlace:
    return FindingPlace(report, rule_id, sheet, cell)


def asked(data: Path, period: str = PERIOD) -> list[FindingPlace]:
    return [each.place for each in settled.open_findings(data, period, UNIT)]


# Extensions -----------------------------------------------------------------------------------------------------------


def test_an_extension_makes_a_late_report_come_in_time_and_can_be_taken_back(data: Path) -> None:
    send(data, {}, LATE)
    due = dt.datetime(2026, 11, 20, 23, 59, 59)
    assert state(data) == [("accepted", False, due, None)]
    settle.extend_deadline([UNIT], PERIOD, dt.date(2026, 11, 25), "Bão số 12, mất điện", "An", data=data)
    assert state(data) == [("accepted", True, dt.datetime(2026, 11, 25, 23, 59, 59), "Bão số 12, mất điện")]
    assert ask(data, ON_TIME) == [(1.0,)]
    settle.extend_deadline([UNIT], PERIOD, dt.date(2026, 11, 22), "Chỉ đến hết ngày 22", "An", data=data)
    assert state(data)[0][:2] == ("accepted", False)
    assert ask(data, "select count(*) from extension") == [(1,)]
    settle.take_back_extension([UNIT], PERIOD, "Ghi nhầm đơn vị", "An", data=data)
    assert state(data) == [("accepted", False, due, None)]
    assert [row[0] for row in ask(data, "select reason from event where action = 'extend' order by rowid")] == [
        "Bão số 12, mất điện", "Chỉ đến hết ngày 22", "Ghi nhầm đơn vị",
    ]  # fmt: skip


def test_many_units_are_extended_together_or_not_at_all(data: Path) -> None:
    send(data, {})
    with pytest.raises(Undecidable, match="HU-CAMGIANG không phải nộp"):
        settle.extend_deadline(["11948", "HU-CAMGIANG"], PERIOD, dt.date(2026, 11, 25), "Bão số 12", "An", data=data)
    assert ask(data, "select count(*) from extension") == [(0,)]
    settle.extend_deadline(["11948", "11359"], PERIOD, dt.date(2026, 11, 25), "Bão số 12", "An", data=data)
    assert ask(data, "select unit_code from extension order by 1") == [("11359",), ("11948",)]


@pytest.mark.parametrize(("until", "words"), [(dt.date(2026, 11, 20), "sau hạn chung"), (None, "không được gia hạn")])
def test_an_extension_must_extend(data: Path, until: dt.date | None, words: str) -> None:
    send(data, {})
    with pytest.raises(Undecidable, match=words):
        if until:
            settle.extend_deadline([UNIT], PERIOD, until, "Bão số 12", "An", data=data)
        else:
            settle.take_back_extension([UNIT], PERIOD, "Bão số 12", "An", data=data)


def test_an_extension_before_the_period_ends_counts_no_report_yet(data: Path) -> None:
    send(data, {})
    settle.extend_deadline([UNIT], "2027-06", dt.date(2027, 6, 25), "Đại hội cơ sở", "An", data=data)
    assert ask(data, "select count(*) from current_measure where period = '2027-06'") == [(0,)]
    assert ask(data, "select due_at from due_report where period = '2027-06' and unit_code = '10966'") == [
        (dt.datetime(2027, 6, 25, 23, 59, 59),)
    ]


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        ("2026-11-20", 1, "2026-11-23"),  # Friday
        ("2026-02-13", 2, "2026-02-24"),  # Tết from 16 to 20 February, then a weekend
        ("2026-04-29", 1, "2026-05-04"),  # 30 April and 1 May, then a weekend
        ("2026-09-01", 1, "2026-09-03"),  # 2 September
        ("2026-11-21", 0, "2026-11-23"),  # a Saturday is none
        ("2027-02-04", 1, "2027-02-11"),  # Tết of 2027
    ],
)
def test_working_days_know_tet_and_holidays(day: str, days: int, expected: str) -> None:
    assert settle.working_day_after(dt.date.fromisoformat(day), days).isoformat() == expected


# Explanations ---------------------------------------------------------------------------------------------------------


def test_an_answer_is_kept_and_the_same_cause_is_not_asked_again(data: Path) -> None:
    send(data, CROWD)
    (where,) = asked(data)
    assert (where.rule_id, where.sheet) == ("V19", "3_DOI_TUONG")
    settle.explain_findings([where], "Dự hội nghị do thành phố tổ chức", "An", data)
    assert asked(data) == []
    assert ask(data, "select value, explained_in, reason, actor from explained") == [
        ("0", PERIOD, "Dự hội nghị do thành phố tổ chức", "An")
    ]
    with pytest.raises(Undecidable, match="đã được giải trình"):
        settle.explain_findings([where], "Dự hội nghị do thành phố tổ chức", "An", data)
    again = send(data, {**CROWD, SPOKEN: 7}, LATE)
    assert (again.version, again.counts["explain"]) == (2, 0)
    (noted,) = [each for each in again.findings if each.rule_id == "V19"]
    assert noted.severity == "note"
    assert "Đã giải trình ở kỳ 2026-11: “Dự hội nghị do thành phố tổ chức”." in noted.message
    assert asked(data) == []
    assert ask(data, "select value, reason from explained") == [("0", "Dự hội nghị do thành phố tổ chức")]


def test_an_answer_holds_next_month_where_the_catalogue_says_so(data: Path) -> None:
    send(data, CROWD, dt.datetime(2026, 7, 18), "2026-07")
    settle.explain_findings(asked(data, "2026-07"), "Dự hội nghị do thành phố tổ chức", "An", data)
    for month, still in (("2026-08", 0), ("2026-10", 0), ("2026-11", 1)):
        receipt = send(data, CROWD, dt.datetime.fromisoformat(f"{month}-18"), month)
        assert receipt.counts["explain"] == still, month
    assert len(asked(data)) == 1
    assert ask(data, "select explained_in from explained where period = '2026-08'") == [("2026-07",)]


ROWS = {row["rule_id"]: row for row in prepared().catalogue.tables["explaining"]}


@pytest.mark.parametrize(
    ("rule_id", "explained", "value", "period", "covered"),
    [
        ("V15", "1.200", "1.200", "2026-11", True),
        ("V15", "1.200", "1.800", "2026-12", True),  # up to half as much again
        ("V15", "1.200", "1.801", "2026-12", False),
        ("V15", "1.200", "800", "2026-12", True),  # and as near from below: further down is another cause
        ("V15", "1.200", "799", "2026-12", False),
        ("V12", "1.200", "1.320", "2026-12", True),  # up to a tenth more
        ("V12", "1.200", "1.321", "2026-12", False),
        ("V12", "1.200", "300", "2027-02", True),
        ("V12", "1.200", "300", "2027-03", False),  # three periods later at most
        ("V12", "1.200", "300", "2026-10", False),  # never backwards
        ("*", "1.200", "1.200", "2026-11", True),  # the same number in another version
        ("*", "1.200", "1.199", "2026-11", False),
        ("*", "1.200", "1.200", "2026-12", False),
        ("V19", "300", "900", "2026-12", True),
        ("V15", "300,5", "không rõ", "2026-12", False),
    ],
)
def test_an_answer_reaches_as_far_as_the_catalogue_says(
    rule_id: str, explained: str, value: str, period: str, covered: bool
) -> None:
    from etl.explained import Explanation

    given = Explanation("2026-11", explained, "Lý do", dt.datetime(2026, 11, 20))
    assert covers(ROWS[rule_id], given, value, period) is covered


def test_a_task_keeps_its_name_when_its_row_moves(data: Path) -> None:
    """V26b asks for a due day; the answer belongs to the task, wherever it stands."""
    first = report(UNIT, PERIOD, tasks=(task("N1"), task("N2", due_date=None)))
    moved = report(UNIT, PERIOD, tasks=(task("N2", due_date=None), task("N1")))
    for content in (first, moved):
        intake.submit(prepared(), [Incoming("a.xlsx", content, IN_TIME)], data, "thử")
        if content is first:
            settle.explain_findings(asked(data), "Chờ văn bản giao hạn", "An", data)
    assert ask(data, "select distinct row_label from finding where rule_id = 'V26b'") == [("N2",)]
    assert asked(data) == []


def test_only_what_is_asked_can_be_answered(data: Path) -> None:
    send(data, CROWD)
    with pytest.raises(Undecidable, match="Không có điểm cần xác nhận"):
        settle.explain_findings([*asked(data), place("V12", "2_TUYEN_TRUYEN", "C9")], "Lý do đủ dài", "An", data)
    assert len(asked(data)) == 1


# Closings -------------------------------------------------------------------------------------------------------------


def closed(data: Path) -> None:
    """A closed month with one report that says 7; then a version that says 9, with what followed."""
    send(data, {SPOKEN: 7})
    settle.close_period(PERIOD, "Báo cáo tháng 11", "Trình UBND thành phố", "Bình", data)
    send(data, {SPOKEN: 9, **CROWD}, LATE, reason=WHY)


def test_a_closed_state_is_shown_again_exactly(data: Path) -> None:
    send(data, {SPOKEN: 7})
    before = everything(data)
    settle.close_period(PERIOD, "Báo cáo tháng 11", "Trình UBND thành phố", "Bình", data)
    send(data, {SPOKEN: 9}, LATE, reason=WHY)
    settle.extend_deadline([UNIT], PERIOD, dt.date(2026, 11, 25), "Bão số 12", "An", data=data)
    front.void_submission(KEY, 1, "Gửi nhầm tệp", "An", data)
    assert everything(data, "Báo cáo tháng 11") == before
    spoken = "select value from measure where measure = 'products' and item_code = 'K0101'"
    assert (ask(data, spoken), ask(data, spoken, "báo cáo tháng 11")) == ([(9.0,)], [(7.0,)])


def test_what_happens_after_a_closing_is_told_with_who_when_and_why(data: Path) -> None:
    closed(data)
    settle.explain_findings(asked(data), "Dự hội nghị do thành phố tổ chức", "An", data)
    front.void_submission(KEY, 2, "Gửi nhầm tệp", "An", data)
    told = ask(data, "select action, version, actor, reason from adjustment")
    assert sorted(told, key=str) == [
        ("accepted", "v2", "thử", WHY),
        ("explain", None, "An", "Dự hội nghị do thành phố tổ chức"),
        ("void", None, "An", "Gửi nhầm tệp"),
    ]


def test_a_file_for_a_closed_period_needs_a_reason(data: Path) -> None:
    closed(data)
    with pytest.raises(Undecidable, match="Kỳ 2026-11 đã chốt"):
        send(data, {SPOKEN: 11})
    assert ask(data, "select max(version) from submission") == [(2,)]
    assert send(data, {}, dt.datetime(2026, 12, 18), "2026-12").outcome == "accepted"
    other = data / "11.xlsx"
    other.write_bytes(report(UNIT, PERIOD, {SPOKEN: 11}))
    result = CliRunner().invoke(app, ["load", str(other), "--data", str(data)])
    assert (result.exit_code, "cần ghi lý do" in result.output) == (2, True)
    assert "lần 3" in run(data, "load", str(other), "--reason", "Nhập sót một kênh")
    assert ask(data, "select reason from adjustment where version = 'v3'") == [("Nhập sót một kênh",)]
    assert "Đã nhận rồi" in run(data, "load", str(other))


def test_a_period_may_be_closed_again_under_another_name_only(data: Path) -> None:
    closed(data)
    with pytest.raises(Undecidable, match="đã dùng cho lần chốt kỳ 2026-11"):
        settle.close_period(PERIOD, "báo cáo tháng 11 ", "Trình UBND thành phố", "Bình", data)
    settle.close_period("2026-Q4", "Quý IV", "Trình UBND thành phố", "Bình", data)
    assert [(each.name, each.adjustments) for each in settled.closings_of(data, PERIOD)] == [
        ("Báo cáo tháng 11", 1), ("Quý IV", 0),
    ]  # fmt: skip
    for name, words in (("", "Đặt tên"), ("Tháng 3", "chưa có báo cáo nào")):
        with pytest.raises(Undecidable, match=words):
            settle.close_period("2026-03", name, "Trình UBND thành phố", "Bình", data)
    assert len(list((data / "reports" / "closed").iterdir())) == 2


def test_a_rebuild_gives_the_same_number_by_number(data: Path) -> None:
    closed(data)
    settle.explain_findings(asked(data), "Dự hội nghị do thành phố tổ chức", "An", data)
    settle.extend_deadline([UNIT, "11948"], PERIOD, dt.date(2026, 11, 25), "Bão số 12", "An", data=data)
    settle.close_period(PERIOD, "Lần 2", "Trình UBND thành phố", "Bình", data)
    settle.take_back_extension(["11948"], PERIOD, "Ghi nhầm đơn vị", "An", data=data)
    names = ("", "Báo cáo tháng 11", "Lần 2")
    before = [everything(data, name) for name in names]
    front.rebuild(data)
    assert [everything(data, name) for name in names] == before
    for path in (data / "reports" / "closed").iterdir():
        path.unlink()
    front.rebuild(data)
    assert [everything(data, name) for name in names] == before


def test_a_closed_state_outlives_a_change_of_the_tables(data: Path) -> None:
    """A copy made by an earlier version of the software: a table lacks a column, another is not there at all."""
    import duckdb

    closed(data)
    (kept,) = (data / "reports" / "closed").iterdir()
    before = ask(data, "select * from current_indicator order by all", "Báo cáo tháng 11")
    with duckdb.connect(str(kept)) as old:
        old.execute("update catalogue set sha256 = 'earlier' where file = 'derived'")
        old.execute("drop view open_question; drop view explained; drop table explanation")
        old.execute("drop view reporting; drop table due_report; alter table current_measure drop theme_code")
        old.execute("update current_indicator set numerator = 5 where indicator = 'BC01'")
    as_was = [(*row[:3], 5.0, row[4]) if row[0] == "BC01" else row for row in before]
    told = ask(data, "select * from current_indicator order by all", "Báo cáo tháng 11")
    assert sorted(told, key=str) == sorted(as_was, key=str)
    assert ask(data, "select count(*) from reporting where period = '2026-11'", "Báo cáo tháng 11") == [(115,)]
    assert copies.shape_of(kept) == "earlier"


def test_clearing_the_demonstration_takes_its_decisions_and_copies_along(data: Path) -> None:
    front.load_demo(data, units=2, months=1)
    (unit, period) = ask(data, "select unit_code, period from submission limit 1")[0]
    settle.extend_deadline([str(unit)], str(period), dt.date(2027, 1, 5), "Thử gia hạn", "An", data=data)
    settle.close_period(str(period), "Thử", "Thử chốt kỳ", "An", data)
    front.clear_demo(data)
    assert ask(data, "select (select count(*) from extension), (select count(*) from closing)") == [(0, 0)]
    assert list((data / "reports" / "closed").iterdir()) == []


# Command line ---------------------------------------------------------------------------------------------------------


def run(data: Path, *words: str) -> str:
    result = CliRunner().invoke(app, [*words, "--data", str(data)])
    assert result.exit_code == 0, result.output
    return result.output


def test_everything_is_decided_on_the_command_line_too(data: Path) -> None:
    send(data, CROWD, LATE)
    month = ("--period", "11/2026")
    extended = run(
        data, "extend", *month, "--unit", UNIT, "--until", "2026-11-25", "--reason", "Bão số 12", "--by", "An"
    )
    assert extended.strip() == "Đã gia hạn kỳ 2026-11 cho 1 đơn vị đến hết ngày 25/11/2026."
    assert "[V19] 3_DOI_TUONG!" in run(data, "explain", *month, "--unit", UNIT)
    assert "1 điểm" in run(data, "explain", *month, "--unit", UNIT, "--rule", "V19", "--reason", "Hội nghị thành phố")
    assert "Không có điểm nào" in run(data, "explain", *month, "--unit", UNIT)
    assert "Đã chốt kỳ 2026-11" in run(data, "close", *month, "--name", "Tháng 11", "--by", "Bình")
    assert "Bỏ" not in run(data, "extend", *month, "--unit", UNIT, "--take-back", "--reason", "Ghi nhầm", "--by", "An")
    status = run(data, "status", *month)
    assert "1 nộp trễ" in status
    assert "Đã chốt “Tháng 11” lúc " in status
    assert status.rstrip().endswith("Bình: 1 điều chỉnh sau chốt.")
    assert "0 nộp trễ" in run(data, "status", *month, "--closing", "tháng 11")
    assert run(data, "query", "select count(*) from extension", "--closing", "Tháng 11").split() == [
        "count_star()",
        "1",
    ]


def test_what_cannot_be_decided_is_a_sentence(data: Path) -> None:
    send(data, {})
    for words in (
        ("close", "--period", "2026-03", "--name", "Tháng 3"),
        ("query", "select 1", "--closing", "Không có"),
        ("extend", "--period", "2026-11", "--unit", UNIT, "--until", "2026-11-25", "--reason", "x"),
        ("extend", "--period", "2026-11", "--unit", UNIT, "--reason", "Bão số 12"),
    ):
        result = CliRunner().invoke(app, [*words, "--data", str(data)])
        assert result.exit_code == 2, words
        assert "Traceback" not in result.output


def test_a_copy_is_complete_before_it_bears_its_name(data: Path) -> None:
    closed(data)
    assert [path.suffix for path in (data / "reports" / "closed").iterdir()] == [".duckdb"]
    with pytest.raises(FileNotFoundError):
        copies.readable(Paths(data), "2026-11-none")
