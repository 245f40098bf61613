"""What roles allow, asked by the functions that write."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl import front
from etl.actors import RIGHTS, STRANGER, Actor, act_as, may
from etl.undecidable import NotAllowed
from etl.warehouse import open_to_read
from tests.workbooks import report

NOW = dt.datetime(2026, 11, 18, 9)
KEY = ("10966", "2026-11", "NQ57-HP-1")


@pytest.fixture(autouse=True)
def nobody_afterwards() -> Iterator[None]:
    yield
    act_as(None)


def test_without_sign_in_everything_is_allowed_and_a_stranger_may_do_nothing() -> None:
    rights = set().union(*RIGHTS.values())
    act_as(None)
    assert all(may(right) for right in rights)
    act_as(STRANGER)
    assert not any(may(right) for right in rights)


@pytest.mark.parametrize(("role", "submits", "voids"), [
    ("admin", True, True), ("analyst", True, True), ("monitor", False, True), ("leader", False, False),
    ("unit", False, False), ("no such role", False, False),
])  # fmt: skip
def test_each_role_writes_what_it_may_and_nothing_else(
    role: str, submits: bool, voids: bool, data: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    first.write_bytes(report())
    second.write_bytes(report(changes={"1_THONG_TIN population": 10_001}))
    front.submit_paths([first], NOW, "thử", data)
    act_as(Actor("an@haiphong.gov.vn", role))
    if submits:
        front.submit_paths([second], NOW, "ai đó", data)
    else:
        with pytest.raises(NotAllowed, match="không có quyền"):
            front.submit_paths([second], NOW, "ai đó", data)
    if voids:
        front.void_submission(KEY, 1, "Gửi nhầm tệp", "ai đó", data)
    else:
        with pytest.raises(NotAllowed):
            front.void_submission(KEY, 1, "Gửi nhầm tệp", "ai đó", data)
    act_as(None)
    with open_to_read(data) as con:
        assert con.execute("select count(*) from submission").fetchall() == [(2 if submits else 1,)]
        voided = con.execute("select actor from event where action = 'void'").fetchall()
        assert voided == ([("an@haiphong.gov.vn",)] if voids else [])
