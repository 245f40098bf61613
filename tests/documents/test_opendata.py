"""Open data: the numbers of the warehouse, described, the same bytes for the same figures."""

import csv
import datetime as dt
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from etl import intake
from etl.__main__ import app
from etl.inspection import Incoming
from etl.warehouse import open_to_read
from tests.workbooks import prepared, report

RECEIVED = dt.datetime(2026, 11, 18, 9)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("open") / "data"
    files = [
        ("a.xlsx", report(changes={"2_TUYEN_TRUYEN K0101 products": 7})),
        ("b.xlsx", report("11359", changes={"2_TUYEN_TRUYEN K0101 products": 3})),
    ]
    intake.submit(prepared(), [Incoming(name, content, RECEIVED) for name, content in files], folder, "thử")
    return folder


def export(data: Path, out: Path, period: str = "2026-11") -> None:
    result = CliRunner().invoke(app, ["export", "--period", period, "--out", str(out), "--data", str(data)])
    assert result.exit_code == 0, result.output


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_number_is_given_with_its_unit_and_cell(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path)
    given = {
        (row["unit_code"], row["measure"], row["item_code"], row["theme_code"], row["cell"]): float(row["value"])
        for row in rows(tmp_path / "so-lieu-2026-11.csv")
    }
    with open_to_read(data) as con:
        held = con.execute("""
            select unit_code, measure, coalesce(item_code, ''), coalesce(theme_code, ''), cell, value
            from observation join submission using (submission_id) where value is not null
        """).fetchall()
    assert given == {tuple(row[:5]): row[5] for row in held}
    assert {row[0] for row in held} >= {"11359"} and 7.0 in given.values()


def test_csv_and_parquet_say_the_same(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path)
    for name in ("so-lieu", "chi-tieu", "tinh-hinh-nop"):
        table = pq.read_table(tmp_path / f"{name}-2026-11.parquet").to_pylist()
        written = rows(tmp_path / f"{name}-2026-11.csv")
        assert len(table) == len(written) > 0
        for ours, theirs in zip(table, written, strict=True):
            assert {key: as_text(value) for key, value in ours.items()} == theirs


def as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def test_the_dictionary_describes_every_column_of_every_file(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert {each["path"] for each in package["resources"]} == {
        path.name for path in tmp_path.iterdir() if path.suffix in (".csv", ".parquet")
    }
    for each in package["resources"]:
        path = tmp_path / each["path"]
        names = list(rows(path)[0]) if path.suffix == ".csv" else pq.read_schema(path).names
        assert [field["name"] for field in each["schema"]["fields"]] == names
        assert all(field["title"] and field["description"] for field in each["schema"]["fields"])
        assert each["bytes"] == path.stat().st_size


def test_the_same_figures_give_the_same_bytes(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path / "one")
    export(data, tmp_path / "two")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_a_quarter_is_its_months_and_an_unknown_period_is_told(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path, "2026-Q4")
    assert {row["period"] for row in rows(tmp_path / "chi-tieu-2026-Q4.csv")} <= {"2026-10", "2026-11", "2026-12"}
    result = CliRunner().invoke(app, ["export", "--period", "1066-13", "--out", str(tmp_path), "--data", str(data)])
    assert result.exit_code == 2
    assert "Traceback" not in result.output
