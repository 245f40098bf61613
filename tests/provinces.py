"""Another province for tests: Quảng Ninh, one of whose communes has the code of one in Hải Phòng."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from etl.catalogue import load_catalogue
from etl.prepare import Prepared
from etl.provinces import read_list, write_catalogue
from tests.workbooks import CATALOGUE, prepared, report

LIST = "mã,tên,tỉnh\n10966,Phường Hạ Long,Tỉnh Quảng Ninh\n06652,Phường Móng Cái 1,Tỉnh Quảng Ninh\n"
HALONG, MONGCAI = "10966", "06652"
NAMES = {HALONG: "Phường Hạ Long", MONGCAI: "Phường Móng Cái 1"}
QUANG_NINH, HAI_PHONG = "tinh-quang-ninh", "thanh-pho-hai-phong"


@cache
def quang_ninh() -> Path:
    """The folder of its catalogue, as `catalogue import` writes it."""
    folder = Path(mkdtemp(prefix="nq57-province-"))
    atexit.register(rmtree, folder)
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    (one,) = read_list(folder / "list.csv", "2025-07-01")
    write_catalogue(load_catalogue(CATALOGUE), one, "Sở Khoa học và Công nghệ Quảng Ninh", folder / QUANG_NINH)
    return folder / QUANG_NINH


def theirs() -> Prepared:
    """Its catalogue, ready."""
    return prepared(quang_ninh())


def their_report(unit_code: str = HALONG, period: str = "2026-11", **changes: object) -> bytes:
    """A report of one of its communes; changes as `report` takes them."""
    given = {
        "1_THONG_TIN unit_code": unit_code, "1_THONG_TIN unit_name": NAMES[unit_code], "1_THONG_TIN unit_type": "PHUONG",
    }  # fmt: skip
    return report(period=period, changes={**given, **changes})
