"""Several authorities in one database and one bucket: each has its own lake, and nobody sees another's."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path

import pytest

from documents import sharing
from etl import intake
from etl.inspection import Incoming
from etl.lake import PREFIX, Lake, forget, on
from etl.opening import followed
from etl.prepare import Prepared
from etl.show import upkeep
from etl.summary import read_summary
from etl.trouble import Unsaved
from etl.warehouse import open_to_read
from tests.provinces import HAI_PHONG, QUANG_NINH, their_report, theirs
from tests.scale.postgres import given_to, program
from tests.workbooks import prepared, report

EARLY = dt.datetime(2026, 11, 19, 9)


def load(ready: Prepared, content: bytes, data: Path) -> str:
    """Load one file; returns what became of it."""
    (receipt,) = intake.submit(ready, [Incoming("bao-cao.xlsx", content, EARLY)], data, "someone")
    return receipt.outcome


def names(data: Path) -> list[tuple[str, float]]:
    """Who reported what population, as a machine knows it."""
    with open_to_read(data) as con:
        return con.execute(
            """
            select u.full_name, o.value from observation o join submission s using (submission_id)
            join unit u using (unit_code) where o.measure = 'population'
            """
        ).fetchall()


def sql(postgres: str, database: str, statements: str) -> None:
    """Say something to PostgreSQL as its administrator."""
    subprocess.run([program("psql"), "-q", *given_to(postgres), database, "-c", statements], check=True)


def test_two_provinces_in_one_lake_see_nothing_of_each_other(lake: Lake, postgres: str, tmp_path: Path) -> None:
    other = lake._replace(authority=QUANG_NINH)
    assert load(prepared(), report(), tmp_path / "hp") == "accepted"
    with on(other):
        changed = {"1_THONG_TIN population": 12_000}
        assert load(theirs(), their_report(**changed), tmp_path / "qn") == "accepted"
        followed(theirs(), tmp_path / "qn-anew")
    followed(prepared(), tmp_path / "hp-anew")
    for place in ("hp", "hp-anew"):
        (one,) = names(tmp_path / place)
        assert one[1] == 10_000 and one[0] != "Phường Hạ Long"
    for place in ("qn", "qn-anew"):
        assert names(tmp_path / place) == [("Phường Hạ Long", 12_000)]
    kept = {path.relative_to(lake.data).parts[0] for path in Path(lake.data).rglob("*.xlsx")}
    assert kept == {HAI_PHONG, QUANG_NINH}
    with on(other), pytest.raises(Unsaved, match="Kho dùng chung đang chọn là phần của “tinh-quang-ninh”"):
        load(prepared(), report("11050"), tmp_path / "hp")
    with on(other), pytest.raises(Unsaved, match="không thuộc kho dùng chung"):
        load(theirs(), report("11050"), tmp_path / "hp")
    only_with_its_own_role(lake, other, postgres, tmp_path)
    upkeep(lake, tmp_path / "hp", dt.timedelta(0))
    shown, not_shown = sharing.of_source(PREFIX + lake.catalogue)
    assert isinstance(shown, bytes) and read_summary(shown).authority == HAI_PHONG
    assert read_summary(shown).totals == sharing.of_folder(tmp_path / "hp").totals != ()
    assert isinstance(not_shown, str) and "“tinh-quang-ninh” trong kho dùng chung chưa có bảng tổng hợp" in not_shown


def only_with_its_own_role(lake: Lake, other: Lake, postgres: str, tmp_path: Path) -> None:
    """A role of PostgreSQL that was let into one province's schema does not get into another's."""
    as_them = other.catalogue.replace("user=nq57", "user=quang_ninh")
    sql(
        postgres, other.catalogue.rpartition("dbname=")[2],
        f"create role quang_ninh login; grant usage, create on schema {other.schema} to quang_ninh; "
        f"grant all on all tables in schema {other.schema} to quang_ninh",
    )  # fmt: skip
    forget()
    with on(other._replace(catalogue=as_them)):
        assert load(theirs(), their_report(unit_code="06652"), tmp_path / "qn") == "accepted"
    assert len(names(tmp_path / "qn")) == 2
    with on(lake._replace(catalogue=as_them)), pytest.raises(Unsaved, match="permission denied"):
        followed(prepared(), tmp_path / "spy")
    assert not names_or_nothing(tmp_path / "spy")


def names_or_nothing(data: Path) -> list[tuple[str, float]]:
    """What a machine knows that may never have published."""
    try:
        return names(data)
    except FileNotFoundError:
        return []
