"""The page Nhật ký and the history of a unit."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl import front
from etl.journal import journal_path
from etl.notes import note_event
from etl.warehouse import Paths
from tests.apps import dashboard
from tests.etl.acting import FORM, PERIOD, UNITS
from tests.etl.test_backup import send
from tests.workbooks import report


@pytest.fixture(scope="module")
def worked(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which all kinds of things were done."""
    data = shutil.copytree(begun, tmp_path_factory.mktemp("worked") / "data")
    send(data, "a.xlsx", report(UNITS[0], PERIOD))
    send(data, "b.xlsx", report(UNITS[1], PERIOD))
    front.void_submission((UNITS[1], PERIOD, FORM), 1, "Gửi nhầm tệp", "An", data)
    note_event("exported", "Bình", "bảng =1+1.xlsx", data=data)
    note_event("not_allowed", "lanh.dao@haiphong.gov.vn", "close_period", data=data)
    return data


@pytest.fixture
def data(worked: Path, tmp_path: Path) -> Path:
    return shutil.copytree(worked, tmp_path / "data")


def page(data: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("NQ57_DATA", str(data))
    first = dashboard().run()
    return first.switch_page("pages/admin/audit.py").run()


def headings(shown: AppTest) -> list[str]:
    return [each.value.splitlines()[0] for each in shown.markdown if each.value.startswith("##### ")]


def test_everything_is_there_also_what_was_noted_since_the_last_load(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page(data, monkeypatch)
    assert shown.title[0].value == "Nhật ký: sổ nguyên vẹn"
    assert "cả 6 dòng" in shown.success[0].value
    assert headings(shown) == ["##### 8 sự kiện"]
    shown.selectbox(key="viec").select("exported").run()
    assert headings(shown) == ["##### 1 sự kiện"]
    frame = shown.dataframe[0].value
    assert list(frame["about"]) == ["bảng =1+1.xlsx"]
    shown.selectbox(key="viec").select("not_allowed").run()
    assert list(shown.dataframe[0].value["about"]) == ["Chốt kỳ"]
    shown.date_input(key="tu-ngay").set_value(dt.date(2020, 1, 1))
    shown.date_input(key="den-ngay").set_value(dt.date(2020, 1, 2)).run()
    assert headings(shown) == []
    assert shown.info[0].value == "Không có sự kiện nào trong phạm vi đã chọn."
    assert not shown.exception and not shown.error


def test_a_line_that_was_altered_is_said(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = journal_path(Paths(data))
    path.write_bytes(path.read_bytes().replace("Gửi nhầm tệp".encode(), "Gửi đúng tệp".encode()))
    shown = page(data, monkeypatch)
    assert shown.title[0].value == "Nhật ký: sổ không còn nguyên vẹn"
    assert "bị sửa" in shown.error[0].value


def test_what_was_noted_before_anything_was_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note_event("signed_in", "an@haiphong.gov.vn", data=tmp_path)
    shown = page(tmp_path, monkeypatch)
    assert headings(shown) == ["##### 1 sự kiện"]
    assert list(shown.dataframe[0].value["who"]) == ["an@haiphong.gov.vn"]
    assert not shown.exception and not shown.error


def test_a_unit_has_its_history(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NQ57_DATA", str(data))
    first = dashboard().run()
    shown = first.switch_page("pages/analysis/unit.py").run()
    shown.selectbox(key="don-vi").select(UNITS[1]).run()
    assert "##### Lịch sử" in headings(shown)
    assert not shown.exception and not shown.error
