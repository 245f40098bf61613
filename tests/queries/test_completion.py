"""Tasks: on time among due, by unit, group and role; the pressing ones."""

import pandas as pd
from duckdb import DuckDBPyConnection

from queries import completion
from queries.scope import made_out
from queries.work import Work

from .conftest import Put, follow

COUNTS = """
    unit_code | indicator | numerator | denominator
    01        | TC01      | 9         | 12
    01        | TC02      | 8         | 10
    01        | TC03      | 1         | 10
    02        | TC01      | 8         | 9
    02        | TC02      | 4         | 5
    02        | TC03      | 0         | 5
    03        | TC01      | 1         | 8
    03        | TC02      | 1         | 4
    03        | TC03      | 3         | 4
"""
TASKS = """
    task_id | title    | lead_role | kind        | due_date   | status         | done_date  | progress | obstacle       | cell
    T-1     | Việc một | U01       | MOT_LAN     | 2026-11-04 | DANG_THUC_HIEN |            | 40       | Thiếu kinh phí  | C4
    T-2     | Việc hai | U01       | MOT_LAN     | 2026-11-10 | HOAN_THANH     | 2026-11-09 | 100      |                 | C5
    T-3     | Việc ba  | U02       | MOT_LAN     | 2026-11-18 | DANG_THUC_HIEN |            | 10       |                 | C6
    T-4     | Việc bốn | U02       | THUONG_XUYEN |           | HOAN_THANH     | 2026-11-14 | 100      |                 | C7
    T-5     | Việc năm |           | MOT_LAN     | 2026-10-01 | HUY            |            |          |                 | C8
"""


def units(con: DuckDBPyConnection, put: Put) -> pd.DataFrame:
    put("current_indicator", COUNTS, period="2026-11")
    put("current_indicator", "unit_code | indicator | numerator | denominator\n01 | TC02 | 5 | 10", period="2026-10")
    return completion.by_unit(con, made_out(con, "2026-11")).set_index("unit_code")


def test_the_rate_of_a_unit_is_on_time_among_due(con: DuckDBPyConnection, put: Put) -> None:
    row = units(con, put).loc["01"]
    assert (row["value"], row["before"], row["change"]) == (100 * 8 / 10, 100 * 5 / 10, 80 - 50)
    assert (row["total"], row["done"], row["due"], row["on_time"], row["overdue"]) == (12, 9, 10, 8, 1)


def test_equal_values_share_a_rank_inside_the_kind(con: DuckDBPyConnection, put: Put) -> None:
    frame = units(con, put)
    assert list(frame["place"][["01", "02"]]) == [1, 1]
    assert frame["peers"]["01"] == 2


def test_few_due_tasks_take_no_rank_and_stand_last(con: DuckDBPyConnection, put: Put) -> None:
    frame = units(con, put)
    assert bool(frame["small"]["03"])
    assert pd.isna(frame["place"]["03"])
    assert frame.index[-1] == "03"


def test_the_seven_groups(con: DuckDBPyConnection, put: Put) -> None:
    put("task_group", "task_group | name\n1 | Nhận thức\n2 | Thể chế")
    put(
        "current_task",
        """
        unit_code | task_id | task_group | state        | due_on
        01        | T-1     | 1          | done_on_time | 2026-11-01
        01        | T-2     | 1          | overdue      | 2026-11-01
        01        | T-3     | 1          | in_progress  | 2026-12-01
        02        | T-4     | 1          | done_on_time | 2026-11-02
        02        | T-5     | 1          | cancelled    | 2026-11-02
        01        | T-6     | 2          | in_progress  | 2026-12-01
        """,
        period="2026-11",
        cut_off="2026-11-14",
    )
    frame = completion.by_group(con, made_out(con, "2026-11")).set_index("task_group")
    assert (frame["total"]["1"], frame["value"]["1"]) == (3 + 1, 100 * (1 + 1) / (2 + 1))
    assert pd.isna(frame["value"]["2"])


def test_roles_and_pressing_tasks_come_from_dates(con: DuckDBPyConnection, put: Put, report: Put) -> None:
    report("unit | period | received_at | status\n01 | 2026-11 | 2026-11-18 08:00:00 | accepted")
    put("task", TASKS, submission_id=1)
    follow(con)
    put("role", "role_code | name\nU01 | Phòng VH-XH\nU02 | Phòng Kinh tế")
    scope = made_out(con, "2026-11")
    roles = completion.by_role(con, scope).set_index("role")
    assert tuple(roles.loc["Phòng VH-XH", ["total", "due", "on_time", "overdue", "value"]]) == (2, 2, 1, 1, 50)
    assert tuple(roles.loc["Phòng Kinh tế", ["total", "due", "on_time", "value"]]) == (2, 1, 1, 100)
    pressing = completion.pressing(con, scope)
    assert [(row["task_id"], row["state"], row["days"]) for _, row in pressing.iterrows()] == [
        ("T-1", "overdue", 10),
        ("T-3", "due_soon", -4),
    ]
    assert (pressing["overdue"].iloc[0], pressing["due_soon"].iloc[0], pressing["obstacle"].iloc[0]) == (
        1,
        1,
        "Thiếu kinh phí",
    )
    assert completion.soon_days(con) == 7
    put("setting", "setting | value\ndue_soon_days | 3\nconvention | ND09")
    follow(con)
    assert list(completion.pressing(con, scope)["task_id"]) == ["T-1"], "T-3 is due in 4 days"
    assert completion.soon_days(con) == 3


def test_of_several_months_the_latest_tasks_of_each_unit_count(con: DuckDBPyConnection, put: Put) -> None:
    put("task_group", "task_group | name\n1 | Nhận thức")
    tasks = """
        unit_code | period  | state        | due_on     | cut_off    | cell | days_late
        01        | 2026-08 | overdue      | 2026-08-01 | 2026-08-14 | C4   | 13
        01        | 2026-09 | done_on_time | 2026-08-01 | 2026-09-14 | C4   |
        02        | 2026-08 | overdue      | 2026-08-01 | 2026-08-14 | C4   | 13
    """
    put("current_task", tasks, task_group="1", submission_id=1, five_clear=False)
    put("task", "cell | title\nC4 | Việc một", submission_id=1)
    scope = made_out(con, "2026-Q3")
    groups = completion.by_group(con, scope).iloc[0]
    assert (groups["total"], groups["due"], groups["on_time"], groups["overdue"]) == (2, 2, 1, 1)
    assert list(completion.pressing(con, scope)["unit_code"]) == ["02"]
    assert list(completion.unclear(con, scope)["unit_code"]) == ["02", "01"]
    put("current_task", tasks, task_group="2", submission_id=2, five_clear=False)
    for work in (Work(group="1"), Work(group="2")):
        units = completion.by_unit(con, scope, work).set_index("unit_code")
        assert {unit: tuple(row) for unit, row in units[["due", "on_time", "overdue"]].iterrows()} == {
            "01": (1, 1, 0), "02": (1, 0, 1),
        }  # fmt: skip
        late, past = completion.course(con, scope, work)
        assert tuple(late.set_index("indicator").loc["TC03", ["numerator", "denominator", "units"]]) == (1, 2, 2)
        assert list(past[past["indicator"] == "TC03"]["numerator"]) == [2, 0]


def test_of_several_months_a_unit_is_where_its_latest_month_left_it(con: DuckDBPyConnection, put: Put) -> None:
    counts = COUNTS.strip().splitlines()
    of_unit = {unit: "\n".join([counts[0], *(row for row in counts if f"  {unit} " in row)]) for unit in ("01", "02")}
    for unit, period in (("01", "2026-08"), ("02", "2026-07"), ("02", "2026-05")):
        put("current_indicator", of_unit[unit], period=period)
        put("current_task", f"unit_code | period\n{unit} | {period}")
    units = completion.by_unit(con, made_out(con, "2026-Q3")).set_index("unit_code")
    assert dict(units["value"]) == {"01": 80, "02": 80}
    assert dict(units["change"].dropna()) == {"02": 0}
