"""The nation: provinces share totals, nobody shares units; rates are ratios of sums, and who is missing is named."""

import csv
import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from documents import sharing
from documents.summary import summary_of
from etl import clock, intake
from etl.__main__ import app
from etl.catalogue import load_catalogue
from etl.gathering import gather
from etl.inspection import Incoming
from etl.nation_says import NOT_A_SUMMARY
from etl.opening import remade
from etl.prepare import Prepared
from etl.provinces import Province, write_nation
from etl.summary import Summary, written
from etl.undecidable import Undecidable
from etl.warehouse import Paths, open_to_read, snapshots
from queries import indicators, nation
from queries.scope import made_out
from tests.apps import dashboard
from tests.provinces import HAI_PHONG, HALONG, QUANG_NINH, their_report, theirs
from tests.workbooks import CATALOGUE, prepared, report

NOW = dt.datetime(2026, 11, 21, 9)
BINH_GIANG, GIA_VIEN = "10966", "11359"
SEPTEMBER, QUARTER = "2026-09", "2026-Q3"


def figures(online: int, total: int, vneid: int) -> dict[str, object]:
    """What a commune reports: dossiers of the month, and people with VNeID so far of its 7,000 adults."""
    return {
        "5_DVC TONG recv_total": total, "5_DVC TONG recv_online": online, "5_DVC TONG recv_direct": total - online,
        "5_DVC TONG done_total": total, "5_DVC TONG done_early": total, "6_KY_NANG_SO KN05 cumulative": vneid,
    }  # fmt: skip


def load(ready: Prepared, data: Path, *reports: tuple[str, bytes]) -> None:
    """Load reports of periods in time."""
    files = [
        Incoming(f"{number}.xlsx", content, dt.datetime(int(period[:4]), int(period[5:]), 19, 9))
        for number, (period, content) in enumerate(reports)
    ]
    receipts = intake.submit(ready, files, data, "someone")
    assert {receipt.outcome for receipt in receipts} == {"accepted"}


@pytest.fixture(scope="module", autouse=True)
def today() -> Iterator[None]:
    """It is 21 November 2026."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        patch.setattr(sharing, "now", lambda: NOW)
        yield


@pytest.fixture(scope="module")
def provinces(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Hải Phòng, of which two communes report, one of them in July only; and Quảng Ninh, of which one does."""
    ours, other = tmp_path_factory.mktemp("hp"), tmp_path_factory.mktemp("qn")
    load(prepared(), ours, *(
        (period, report(unit, period, values))
        for unit, period, values in (
            (BINH_GIANG, "2026-07", figures(80, 100, 1_000)), (GIA_VIEN, "2026-07", figures(10, 100, 3_500)),
            (BINH_GIANG, SEPTEMBER, figures(90, 100, 2_000)),
        )
    ))  # fmt: skip
    load(theirs(), other, (SEPTEMBER, their_report(HALONG, SEPTEMBER, **figures(30, 300, 700))))
    return ours, other


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue of the nation: these two provinces and a third."""
    return nation_of(tmp_path_factory.mktemp("catalogue"), "Thành phố Hải Phòng", "Tỉnh Quảng Ninh", "Tỉnh Lào Cai")


def nation_of(place: Path, *names: str) -> Path:
    """The catalogue of a nation of these provinces."""
    folder = place / "toan-quoc"
    write_nation(load_catalogue(CATALOGUE), [Province(name, ()) for name in names], "Bộ KH&CN", folder)
    return folder


def shared_by(data: Path, at: dt.datetime = NOW) -> Summary:
    """What a province shares."""
    with open_to_read(data) as con:
        return summary_of(con, "warehouse-00000001.duckdb", at)


@pytest.fixture(scope="module")
def country(provinces: tuple[Path, Path], national: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of the nation, with what both provinces shared."""
    data = tmp_path_factory.mktemp("nation")
    files = [written(shared_by(province)) for province in provinces]
    done = gather(prepared(national), data, files)
    assert [one.authority for one in done if isinstance(one, Summary)] == [HAI_PHONG, QUANG_NINH]
    assert len(snapshots(data)) == 1, "what all shared is published at once"
    return data


@pytest.fixture
def con(country: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """What the nation's pages read."""
    with open_to_read(country) as opened:
        yield opened


def sides(con: duckdb.DuckDBPyConnection, period: str, indicator: str) -> tuple[float, float, float, int]:
    """Numerator, denominator, value and provinces of the nation."""
    (row,) = nation.standing(con, made_out(con, period), (indicator,)).to_dict("records")
    return row["numerator"], row["denominator"], row["value"], row["provinces"]


def test_a_rate_of_the_nation_is_the_ratio_of_sums(con: duckdb.DuckDBPyConnection) -> None:
    assert sides(con, SEPTEMBER, "DV01") == (90 + 30, 100 + 300, 30.0, 2)  # the mean of both would be 50%
    assert sides(con, QUARTER, "DV01") == (80 + 10 + 90 + 30, 300 + 300, 35.0, 2)


def test_of_a_stock_the_latest_month_of_each_unit_counts(con: duckdb.DuckDBPyConnection) -> None:
    """Hải Phòng's own September has only 2,000 of 7,000: Gia Viên reported in July last."""
    numerator, denominator, value, _ = sides(con, QUARTER, "BD04")
    assert (numerator, denominator) == (2_000 + 3_500 + 700, 7_000 * 3)
    assert value == pytest.approx(100 * 6_200 / 21_000)


TOTALS = """
    select indicator, numerator, denominator, units from province_total
    where authority_code = ? and period = ? order by indicator
"""


def test_totals_are_those_of_the_provinces_own_pages(
    con: duckdb.DuckDBPyConnection, provinces: tuple[Path, Path]
) -> None:
    for authority, data in zip((HAI_PHONG, QUANG_NINH), provinces, strict=True):
        for period in (SEPTEMBER, QUARTER):
            with open_to_read(data) as own:
                codes = [code for (code,) in own.execute("select indicator from indicator order by 1").fetchall()]
                asked = indicators.standing(own, made_out(own, period), codes).to_dict("records")
            expected = [
                (row["indicator"], row["numerator"], row["denominator"], row["units"]) for row in asked if row["units"]
            ]
            assert con.execute(TOTALS, [authority, period]).fetchall() == expected
            assert len(expected) > 20


def test_provinces_are_ranked_and_who_is_missing_is_named(con: duckdb.DuckDBPyConnection) -> None:
    frame = nation.provinces(con, made_out(con, SEPTEMBER), "DV01")
    assert list(zip(frame["province"], frame["state"], frame["units"].fillna(-1), frame["owed"].fillna(-1), strict=True)) == [
        ("Thành phố Hải Phòng", "known", 1, 115), ("Tỉnh Quảng Ninh", "known", 1, 2), ("Tỉnh Lào Cai", "missing", -1, -1),
    ]  # fmt: skip
    july = nation.provinces(con, made_out(con, "2026-07"), "DV01").set_index("authority_code")
    assert july["state"][QUANG_NINH] == "old"
    assert sides(con, "2026-07", "DV01") == (90, 200, 45.0, 1)


def test_a_change_is_that_of_the_provinces_that_have_both_periods(
    provinces: tuple[Path, Path], national: Path, tmp_path: Path
) -> None:
    ours, other = map(shared_by, provinces)
    august = [("2026-08", "DV01", 40.0, 50.0, 1)]
    gather(prepared(national), tmp_path, [written(replace(ours, totals=(*ours.totals, *august))), written(other)])
    with open_to_read(tmp_path) as con:
        (row,) = nation.standing(con, made_out(con, SEPTEMBER), ("DV01",)).to_dict("records")
    assert (row["value"], row["before"], row["change"]) == (30.0, 80.0, 10.0)  # 90% after 80% in Hải Phòng alone


def test_no_unit_is_named_in_what_a_province_shares(provinces: tuple[Path, Path]) -> None:
    content = written(shared_by(provinces[1])).decode()
    assert HALONG not in content and "Hạ Long" not in content


def test_an_indicator_worked_out_otherwise_is_left_out_and_said(
    provinces: tuple[Path, Path], national: Path, tmp_path: Path
) -> None:
    ours, other = map(shared_by, provinces)
    odd = ("recv_full[TONG]", *other.definitions["DV01"][1:])
    changed = replace(other, definitions={**other.definitions, "DV01": odd})
    gather(prepared(national), tmp_path, [written(ours), written(changed)])
    with open_to_read(tmp_path) as con:
        assert sides(con, SEPTEMBER, "DV01") == (90, 100, 90.0, 1)
        states = nation.provinces(con, made_out(con, SEPTEMBER), "DV01").set_index("authority_code")["state"]
        assert states[QUANG_NINH] == "differing"


def test_what_is_wrong_older_or_not_listed_is_refused_and_the_rest_kept(
    provinces: tuple[Path, Path], national: Path, tmp_path: Path
) -> None:
    ours = shared_by(provinces[0])
    done = gather(prepared(national), tmp_path, [
        written(ours), written(replace(ours, made_at=NOW - dt.timedelta(hours=1))), written(replace(ours, authority="tinh-la")),
        written(replace(ours, made_at=NOW + dt.timedelta(days=9))), written(ours)[:500], b"\xff\x00", b"[1]", b'{"format": "x"}',
        written(ours).replace(b"90.0", b"NaN"),
    ])  # fmt: skip
    said = [one if isinstance(one, str) else one.authority for one in done]
    assert said[0] == HAI_PHONG and "cũ hơn bản đang có" in said[1] and "không có trong danh sách" in said[2]
    assert "sau hôm nay" in said[3] and said[4:] == [NOT_A_SUMMARY] * 5
    (path,) = (Paths(tmp_path).reports / "summaries").rglob("*.json")
    path.write_bytes(b"{")  # the disk did it
    gather(prepared(national), tmp_path, [written(replace(ours, made_at=NOW + dt.timedelta(minutes=1)))])
    with open_to_read(tmp_path) as con:
        assert sides(con, SEPTEMBER, "DV01")[3] == 1
    with pytest.raises(Undecidable, match="không phải danh mục toàn quốc"):
        gather(prepared(), tmp_path / "other", [written(ours)])
    assert not (tmp_path / "other").exists()


def test_made_anew_it_says_the_same(country: Path, national: Path, tmp_path: Path) -> None:
    shutil.copytree(country, tmp_path / "copy")
    remade(prepared(national), tmp_path / "copy")
    with open_to_read(country) as one, open_to_read(tmp_path / "copy") as other:
        for table in ("province", "province_period", "province_total"):
            asked = f"from {table} order by all"
            assert one.execute(asked).fetchall() == other.execute(asked).fetchall() != []


def test_by_command_and_on_the_page(
    provinces: tuple[Path, Path], national: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, data = tmp_path / "tinh.json", tmp_path / "nation"
    run = CliRunner().invoke
    assert run(app, ["share", "--out", str(file), "--data", str(provinces[1])]).exit_code == 0
    result = run(app, ["gather", str(file), str(provinces[0]), "--data", str(data), "--catalogue", str(national)])
    assert result.exit_code == 0 and "thanh-pho-hai-phong: " in result.stdout, result.output
    monkeypatch.setenv("NQ57_DATA", str(data))
    page = dashboard()
    page.query_params["ky-toan-quoc"] = "Tháng 9/2026"
    page.run()
    assert not page.exception and not page.error
    assert page.title[0].value == "Tháng 9/2026: 2/3 tỉnh, thành phố có số liệu, 30,0% hồ sơ nộp trực tuyến"
    assert any("Tỉnh Lào Cai" in each.value and "Chưa chia sẻ: 1" in each.value for each in page.markdown)
    assert any("120/400 · 2/117 đơn vị có số liệu · 2/3 tỉnh" in each.value for each in page.markdown)


def test_where_every_province_shared_nobody_is_missed(
    provinces: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = prepared(nation_of(tmp_path, "Thành phố Hải Phòng", "Tỉnh Quảng Ninh"))
    gather(both, tmp_path / "nation", [written(shared_by(province)) for province in provinces])
    monkeypatch.setenv("NQ57_DATA", str(tmp_path / "nation"))
    page = dashboard()
    page.query_params["ky-toan-quoc"] = "Tháng 9/2026"
    page.run()
    assert not page.exception and not page.error
    assert any("Mọi tỉnh trong danh sách đã chia sẻ." in each.value for each in page.markdown)
    assert not any("không có trong số liệu" in each.value for each in page.markdown)


def test_what_cannot_be_had_is_told_and_the_others_are_taken(
    provinces: tuple[Path, Path], national: Path, tmp_path: Path
) -> None:
    gone, nothing_yet, data = tmp_path / "gone.json", tmp_path / "empty", tmp_path / "nation"
    nothing_yet.mkdir()
    asked = ["gather", gone, nothing_yet, provinces[0], "--data", data, "--catalogue", national]
    result = CliRunner().invoke(app, [str(one) for one in asked])
    assert result.exit_code == 1
    assert "thanh-pho-hai-phong: " in result.stdout
    said = "".join(result.stderr.split())  # a terminal is as wide as it is
    assert "gone.json:Khôngthấy" in said and "empty:Chưacósốliệu" in said


def test_before_any_province_shared_the_page_says_how(
    national: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gather(prepared(national), tmp_path, [])
    monkeypatch.setenv("NQ57_DATA", str(tmp_path))
    page = dashboard().run()
    assert not page.exception and not page.error
    assert page.title[0].value == "Toàn quốc: chưa có tỉnh nào chia sẻ số liệu"
    assert "etl gather" in page.info[0].value


def test_a_national_catalogue_is_written_from_the_list(tmp_path: Path) -> None:
    listing = tmp_path / "list.csv"
    listing.write_text("mã,tên,tỉnh\n00001,Xã A,Tỉnh Một\n00002,Xã B,Tỉnh Một\n00003,Xã C,Tỉnh Hai\n", encoding="utf-8")
    out = tmp_path / "out"
    command = ["catalogue", "import", str(listing), "--out", str(out), "--nation", "Bộ Khoa học và Công nghệ"]
    assert CliRunner().invoke(app, command).exit_code == 0
    with (out / "toan-quoc" / "provinces.csv").open(encoding="utf-8") as file:
        rows = [(row["authority_code"], row["units"]) for row in csv.DictReader(file)]
    assert rows == [("tinh-mot", "2"), ("tinh-hai", "1")]
    assert load_catalogue(out / "tinh-mot").authority == "tinh-mot"
    assert load_catalogue(out / "toan-quoc").settings["authority"] == "Bộ Khoa học và Công nghệ"
    assert CliRunner().invoke(app, command).exit_code == 2
