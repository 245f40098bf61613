"""Tình hình nộp: remind, confirm, extend, close; and the closed state looked at again on every page."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl import intake, settle, settled
from etl.actors import Actor, act_as
from etl.inspection import Incoming
from etl.trouble import Unsaved
from etl.warehouse import open_to_read
from tests.apps import dashboard
from tests.workbooks import prepared, report
from ui.formats import plain

ROOT = Path(__file__).resolve().parent.parent.parent
PERIOD = "2026-11"
STATUS = "pages/reports/status.py"
CROWD = {"3_DOI_TUONG A01 attendances": 300}
SERVED = {
    "5_DVC TONG recv_online": 60, "5_DVC TONG recv_direct": 40, "5_DVC TONG recv_total": 100,
    "5_DVC TONG done_ontime": 100, "5_DVC TONG done_total": 100,
}  # fmt: skip
BETTER = {**SERVED, "5_DVC TONG recv_online": 80, "5_DVC TONG recv_direct": 20}


def send(data: Path, unit: str, changes: dict[str, object], day: int, reason: str = "") -> None:
    content, at = report(unit, PERIOD, changes), dt.datetime(2026, 11, day)
    intake.submit(prepared(), [Incoming(f"{unit}.xlsx", content, at, reason=reason)], data, "An")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One good report, one to be confirmed, one returned; all others are missing."""
    data = tmp_path_factory.mktemp("sent")
    send(data, "10966", SERVED, 18)
    send(data, "11359", CROWD, 19)
    send(data, "11948", {"5_DVC TONG recv_online": 5}, 19)
    return data


@pytest.fixture
def data(sent: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sent, tmp_path / "data")


@pytest.fixture(scope="module")
def closed(sent: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after the month was closed."""
    data = shutil.copytree(sent, tmp_path_factory.mktemp("closed") / "data")
    settle.close_period(PERIOD, "Báo cáo tháng 11", "Trình UBND thành phố", "Bình", data)
    return data


@pytest.fixture
def page(data: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return opened(data, monkeypatch).switch_page(STATUS).run()


def opened(data: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The dashboard on the 24th of the month."""
    monkeypatch.setenv("NQ57_DATA", str(data))
    monkeypatch.setattr("ui.ask.now", lambda: dt.datetime(2026, 11, 24, 9))
    return dashboard().run()


def go(page: AppTest, section: str) -> None:
    page.segmented_control(key="muc").set_value(section).run()
    assert not page.exception
    assert not page.error


def press(page: AppTest, form: str, button: str, **fields: str) -> None:
    for name, value in fields.items():
        page.text_input(key=f"{form}-0-{name}").set_value(value)
    next(each for each in page.button if each.label == button).click().run()
    assert not page.exception


def said(page: AppTest) -> str:
    return " ".join(each.value for each in [*page.title, *page.markdown, *page.caption])


def ask(data: Path, sql: str, closing: str = "") -> list[tuple[object, ...]]:
    with settled.open_closing(data, closing) if closing else open_to_read(data) as con:
        return con.execute(sql).fetchall()


def test_each_unit_has_a_message_ready_to_be_pasted(page: AppTest) -> None:
    go(page, "Đôn đốc")
    (text, every) = (each.value for each in page.code)
    assert text.startswith("Kính gửi ")
    assert "Số liệu chung" not in text
    assert "113 đơn vị cần nhắc" in said(page)
    assert every.count("Kính gửi") == 113
    page.segmented_control(key="truong-hop").set_value("Chưa sửa").run()
    (text, every) = (each.value for each in page.code)
    assert "5_DVC" in text and "điểm cần sửa" in text
    assert every == text


def test_an_extended_unit_is_not_reminded_any_more(page: AppTest, data: Path) -> None:
    go(page, "Gia hạn")
    page.multiselect(key="extend-0-units").set_value(["11948"])
    page.date_input(key="extend-0-until").set_value(dt.date(2026, 11, 30))
    press(page, "extend", "Gia hạn", reason="Mưa bão, mất điện", by="Nguyễn Thị An")
    assert page.success[0].value == plain("Đã gia hạn cho 1 đơn vị đến hết ngày 30/11/2026.")
    assert ask(data, "select unit_code, reason from extension") == [("11948", "Mưa bão, mất điện")]
    go(page, "Đôn đốc")
    assert "112 đơn vị cần nhắc" in said(page)


def test_all_that_are_missing_are_extended_at_once(page: AppTest, data: Path) -> None:
    go(page, "Gia hạn")
    page.checkbox(key="extend-0-all").check()
    press(page, "extend", "Gia hạn", reason="Mưa bão, mất điện", by="Nguyễn Thị An")
    assert ask(data, "select count(*) from extension") == [(113,)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": "Mưa bão, mất điện", "by": "An"}, "Chọn đơn vị được gia hạn."),
        ({"reason": "", "by": "An"}, "Ghi rõ lý do"),
        ({"reason": "Mưa bão, mất điện", "by": ""}, "Ghi tên người thực hiện."),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_changed(
    page: AppTest, data: Path, fields: dict[str, str], words: str
) -> None:
    go(page, "Gia hạn")
    if "Chọn" not in words:
        page.multiselect(key="extend-0-units").set_value(["11948"])
    press(page, "extend", "Gia hạn", **fields)
    assert words in page.error[0].value
    assert ask(data, "select count(*) from extension") == [(0,)]


@pytest.mark.parametrize(("role", "extends", "closes"), [
    ("admin", True, True), ("analyst", True, False), ("monitor", True, True), ("leader", False, False),
])  # fmt: skip
def test_a_form_is_offered_to_those_only_whose_role_allows_what_it_does(
    data: Path, monkeypatch: pytest.MonkeyPatch, role: str, extends: bool, closes: bool
) -> None:
    settle.extend_deadline(["11948"], PERIOD, dt.date(2026, 11, 30), "Mưa bão, mất điện", "An", data=data)
    monkeypatch.setattr("ui.signin.entry.enter", lambda: act_as(Actor("an@haiphong.gov.vn", role)))
    page = opened(data, monkeypatch).switch_page(STATUS).run()
    offered = set()
    for section in ("Gia hạn", "Chốt kỳ"):
        go(page, section)
        offered |= {each.label for each in page.button}
        assert "Vai trò của bạn chỉ xem được phần này." in said(page) or section in offered
    assert offered & {"Gia hạn", "Bỏ gia hạn", "Chốt kỳ"} == {
        *(("Gia hạn", "Bỏ gia hạn") if extends else ()), *(("Chốt kỳ",) if closes else ())
    }  # fmt: skip


def test_what_the_disk_would_not_take_is_said_and_the_fields_stay(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object, **named: object) -> None:
        raise Unsaved("Chưa ghi nhận được: đĩa lưu dữ liệu đã đầy.")

    monkeypatch.setattr("ui.parts.closing.close_period", full)
    go(page, "Chốt kỳ")
    press(page, "close", "Chốt kỳ", name="Báo cáo tháng 11", reason="Trình UBND thành phố", by="Bình")
    assert page.error[0].value == plain("Chưa ghi nhận được: đĩa lưu dữ liệu đã đầy.")
    assert page.text_input(key="close-0-name").value == "Báo cáo tháng 11"


@pytest.mark.parametrize("where", ["status", "unit"])
def test_a_question_is_answered_and_the_answer_stands_beside_the_number(page: AppTest, data: Path, where: str) -> None:
    if where == "status":
        go(page, "Cần xác nhận")
    else:
        page.switch_page("pages/analysis/unit.py").run()
        page.selectbox(key="don-vi").set_value("11359").run()
    press(page, "explain", "Ghi giải trình", reason="Hội nghị của thành phố", by="An")
    assert page.success[0].value == plain("Đã ghi giải trình cho 1 điểm.")
    assert "1 số liệu có giải trình" in said(page)
    assert ask(data, "select count(*) from open_question") == [(0,)]
    page.switch_page("pages/reports/cells.py").run()
    page.selectbox(key="cua-don-vi").set_value("11359").run()
    assert not page.error


def test_a_closed_period_is_looked_at_as_it_was(page: AppTest, data: Path) -> None:
    go(page, "Chốt kỳ")
    press(page, "close", "Chốt kỳ", name="Báo cáo tháng 11", reason="Trình UBND thành phố", by="Bình")
    assert page.success[0].value == plain("Đã chốt kỳ dưới tên “Báo cáo tháng 11”.")
    send(data, "10966", BETTER, 23, "Tính sót hồ sơ")
    page.run()
    assert "1 việc đã làm sau chốt" in said(page)
    assert "1 điều chỉnh sau chốt" in said(page)
    services = "pages/analysis/services.py"
    page.switch_page(services).run()
    assert "80,0%" in said(page)
    page.selectbox(key="so-lieu").select_index(1).run()
    assert "60,0%" in said(page)
    assert "80,0%" not in said(page)
    assert "Số liệu đã chốt" in said(page)
    page.switch_page(STATUS).run()
    assert not page.exception
    for section in ("Gia hạn", "Cần xác nhận", "Chốt kỳ", "Đôn đốc", "Tình hình"):
        go(page, section)
        assert not [each for each in page.button if each.label in ("Gia hạn", "Chốt kỳ", "Ghi giải trình")]
    assert "1 đơn vị nộp đúng hạn" not in said(page)


@pytest.mark.parametrize(
    "script",
    [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "pages").rglob("*.py"))
        if path.stem not in ("start", "submit", "audit", "nation")
    ],
)
def test_every_page_answers_from_a_closed_state(closed: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    page = opened(closed, monkeypatch)
    page.selectbox(key="so-lieu").select_index(1).run()
    page.switch_page(script).run()
    assert not page.exception
    assert not page.error
    assert "Số liệu đã chốt" in said(page)
