"""Another province: its units from the official list, and a report of one of them loaded with no code written."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.catalogue import load_catalogue
from etl.provinces import read_list
from etl.provinces_says import UnusableList
from etl.warehouse import open_to_read
from tests.workbooks import CATALOGUE

LIST = """Mã TP;Tỉnh / Thành phố;Mã;Tên;Cấp;Kinh độ;Vĩ độ
31;Thành phố Hải Phòng;10888;Xã Cẩm Giang;Xã;106,2;20,9
31;Thành phố Hải Phòng;10903;Xã Cẩm Giàng;Xã;106,2;20,9
22;Tỉnh Quảng Ninh;6652;Móng Cái 1;Phường;107,9;21,5
22;Tỉnh Quảng Ninh;7081;Xã Tân Lập;;;
22;Tỉnh Quảng Ninh;7082;Phường Tân Lập;;;
99;Tỉnh Sai;ab;Tân;;;
"""


def written(tmp_path: Path, text: str = LIST) -> Path:
    path = tmp_path / "danh-muc.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout, " ".join(result.stderr.split())


def test_names_that_can_be_mistaken_are_listed_and_bad_rows_stop_their_province(tmp_path: Path) -> None:
    code, out, errors = run("catalogue", "import", str(written(tmp_path)), "--out", str(tmp_path / "out"))
    assert code == 1
    assert "Tỉnh Quảng Ninh: 3 đơn vị" in out and "Tỉnh Sai: chưa lập danh mục" in out
    assert "Trùng tên trong tỉnh: Xã Tân Lập (07081), Phường Tân Lập (07082)." in errors
    assert "Chỉ khác nhau dấu: Xã Cẩm Giang (10888), Xã Cẩm Giàng (10903)." in errors
    assert "dòng 7: Mã đơn vị “ab” không phải là 5 chữ số" in errors
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["thanh-pho-hai-phong", "tinh-quang-ninh"]


def test_nothing_of_the_base_province_goes_along(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("catalogue", "import", str(written(tmp_path)), "--out", str(out), "--province", "tỉnh quảng ninh")
    folder = out / "tinh-quang-ninh"
    codes = {row["unit_code"] for row in rows(folder / "units.csv")}
    assert codes == {"06652", "07081", "07082"}
    base = load_catalogue(CATALOGUE)
    for table in ("obligations", "duties", "tasks"):
        assert not [row for row in rows(folder / f"{table}.csv") if base.has_unit(row["applies_to"])]
    assert "Hải Phòng" not in {row["scope"] for row in rows(folder / "targets.csv")}
    targets = {row["target_id"] for row in rows(folder / "targets.csv")} | {""}
    assert {row["target_id"] for row in rows(folder / "indicators.csv")} <= targets
    settings = load_catalogue(folder).settings
    assert settings["authority"] == "Sở Khoa học và Công nghệ tỉnh Quảng Ninh"
    assert run("catalogue", "import", str(written(tmp_path)), "--out", str(out))[0] == 2


def test_a_report_of_the_new_province_is_loaded(tmp_path: Path) -> None:
    out, data = tmp_path / "out", str(tmp_path / "data")
    run("catalogue", "import", str(written(tmp_path)), "--out", str(out), "--province", "Tỉnh Quảng Ninh")
    its = ["--catalogue", str(out / "tinh-quang-ninh"), "--data", data]
    assert run("template", "--unit", "07081", "--period", "2026-11", "--out", str(tmp_path / "mau"), *its)[0] == 0
    (template,) = (tmp_path / "mau").iterdir()
    code, said, _ = run("load", str(template), "--received", "2026-11-19T10:00", "--json", *its)
    assert code == 1 and '"07081"' in said  # recognised, and returned because nothing is filled in
    with open_to_read(Path(data)) as con:
        assert con.execute("select unit_code, received_at::date from submission").fetchall() == [
            ("07081", dt.date(2026, 11, 19))
        ]
        assert con.execute("select count(*) from unit").fetchall() == [(3,)]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"M\xe3,T\xean\n", "CSV UTF-8"), ("Mã,Tên\n1,Xã A\n".encode(), "không có cột tỉnh"), (b"", "không có cột")],
)
def test_a_list_that_cannot_be_used_says_why(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(UnusableList, match=words):
        read_list(path, "2025-07-01")
