"""Some of the work: the tasks a part of the units leads, the tasks of a group, and what tasks lack."""

import pandas as pd
import pytest
from duckdb import DuckDBPyConnection

from queries import completion, work
from queries.scope import made_out
from queries.work import Work

from .conftest import Put, follow

TASKS = """
    task_id | task_group | title    | lead_role | responsible | product | kind    | due_date   | status         | done_date  | cell
    T-1     | 1          | Việc một | U01       | Ông A       | Báo cáo | MOT_LAN | 2026-11-04 | DANG_THUC_HIEN |            | C4
    T-2     | 1          | Việc hai | U01       | Ông A       |         | MOT_LAN | 2026-11-10 | HOAN_THANH     | 2026-11-09 | C5
    T-3     | 2          | Việc ba  | U01       | Ông A       | Báo cáo | MOT_LAN | 2026-11-08 | HOAN_THANH     | 2026-11-08 | C6
    T-4     | 2          | Việc bốn | U02       | Ông B       | Báo cáo | MOT_LAN | 2026-11-12 | HOAN_THANH     | 2026-11-12 | C7
    T-5     | 1          | Việc năm |           |             |         | MOT_LAN | 2026-11-12 | DANG_THUC_HIEN |            | C8
    T-6     | 1          | Việc sáu | U01       | Ông A       |         | MOT_LAN | 2026-11-02 | HUY            |            | C9
"""


@pytest.fixture
def reported(con: DuckDBPyConnection, put: Put, report: Put) -> DuckDBPyConnection:
    """One unit's report with six tasks."""
    put("role", "role_code | name\nU00 | (Chưa giao đơn vị)\nU01 | Phòng VH-XH\nU02 | Phòng Kinh tế")
    put("task_group", "task_group | name\n1 | Nhận thức\n2 | Thể chế")
    report("unit | period | received_at | status\n01 | 2026-11 | 2026-11-18 08:00:00 | accepted")
    put("task", TASKS, submission_id=1)
    follow(con)
    return con


COUNTED = (
    (Work(role="U01"), (2, 3), (1, 3)),
    (Work(group="2"), (2, 2), (0, 2)),
    (Work(role="U01", group="1"), (1, 2), (1, 2)),
    (Work(role="U00"), (0, 1), (1, 1)),
)


@pytest.mark.parametrize(("chosen", "on_time", "overdue"), COUNTED)
def test_only_the_work_chosen_is_counted(
    reported: DuckDBPyConnection, chosen: Work, on_time: tuple[int, int], overdue: tuple[int, int]
) -> None:
    scope = made_out(reported, "2026-11")
    standing, past = completion.course(reported, scope, chosen)
    rows = standing.set_index("indicator")
    assert tuple(rows.loc["TC02", ["numerator", "denominator"]]) == on_time
    assert tuple(rows.loc["TC03", ["numerator", "denominator"]]) == overdue
    assert rows.loc["TC02", "value"] == pytest.approx(100 * on_time[0] / on_time[1])
    units = completion.by_unit(reported, scope, chosen)
    assert list(units[["on_time", "due", "overdue"]].iloc[0]) == [on_time[0], on_time[1], overdue[0]]
    assert tuple(past[past["indicator"] == "TC02"][["numerator", "denominator"]].iloc[-1]) == on_time


def test_the_parts_add_up_to_the_whole(reported: DuckDBPyConnection) -> None:
    scope = made_out(reported, "2026-11")
    counts = ["total", "done", "due", "on_time", "overdue"]
    whole = completion.by_role(reported, scope)[counts].sum()
    of_groups = sum(completion.by_role(reported, scope, group)[counts].sum() for group in work.groups(reported))
    of_roles = sum(completion.by_group(reported, scope, role)[counts].sum() for role in work.roles(reported))
    pd.testing.assert_series_equal(whole, of_groups)
    pd.testing.assert_series_equal(whole, of_roles)


def test_a_choice_without_tasks_has_no_value_and_no_units(reported: DuckDBPyConnection) -> None:
    scope = made_out(reported, "2026-11")
    nobody = Work(role="U02", group="1")
    row = completion.course(reported, scope, nobody)[0].set_index("indicator").loc["TC02"]
    assert row["value"] is None
    assert completion.by_unit(reported, scope, nobody).empty


def test_what_a_task_lacks_of_the_five_clarities(reported: DuckDBPyConnection) -> None:
    lacking = completion.unclear(reported, made_out(reported, "2026-11")).set_index("task_id")
    assert list(lacking.index) == ["T-5", "T-2"]
    assert list(lacking.loc["T-5", ["no_title", "no_role", "no_person", "no_date", "no_result"]]) == [
        False, True, True, False, True,
    ]  # fmt: skip
    assert list(lacking["lacking"]) == [3, 1]
    assert set(lacking["in_all"]) == {2}
    only = completion.unclear(reported, made_out(reported, "2026-11"), Work(role="U01"))
    assert list(only["task_id"]) == ["T-2"]
