"""Nộp báo cáo: look, choose, and nothing before the choice; what was chosen is what was seen.

AppTest can drop files and press buttons; it cannot tick rows of a table or download, which tests/browser does.
"""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.warehouse import open_to_read
from tests.apps import dashboard
from tests.workbooks import report, task
from ui import ask as asking

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BINH_GIANG, GIA_VIEN = "10966", "11359"
PRODUCTS = "2_TUYEN_TRUYEN K0101 products"
FAULTY = {"5_DVC TONG recv_online": 5}


@pytest.fixture
def desk(data: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("NQ57_DATA", str(data))
    return opened()


@pytest.fixture
def first_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page before there is any data folder."""
    monkeypatch.setenv("NQ57_DATA", str(tmp_path / "new"))
    return opened()


def opened() -> AppTest:
    """One analyst's session on the intake page."""
    page = dashboard().run()
    return page.switch_page("pages/reports/submit.py").run()


def drop(page: AppTest, **files: bytes) -> AppTest:
    page.file_uploader[0].set_value([(f"{name}.xlsx", content, XLSX) for name, content in files.items()]).run()
    assert not page.exception
    assert not page.error, [each.value for each in page.error]
    return page


def press(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


def products(number: int, unit: str = BINH_GIANG) -> bytes:
    return report(unit, changes={PRODUCTS: number})


def said(page: AppTest) -> str:
    """Everything the page says in words."""
    kinds = (page.title, page.markdown, page.caption, page.warning, page.info, page.success, page.error)
    return "\n".join(str(each.value) for kind in kinds for each in kind).replace("\\", "")


def ask(data: Path, sql: str) -> list[tuple[object, ...]]:
    con = open_to_read(data)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


STATUSES = "select unit_code, version, status, coalesce(note, ''), loaded_by from submission order by all"


def test_nothing_is_stored_before_somebody_chooses(first_desk: AppTest, tmp_path: Path) -> None:
    drop(first_desk, tot=products(7), sai=report(GIA_VIEN, changes=FAULTY), hong=b"khong phai")
    assert first_desk.title[0].value == "3 tệp: 1 hợp lệ, 1 cần sửa, 1 không đọc được"
    assert "Các tệp này chưa được lưu" in said(first_desk)
    assert not list(tmp_path.rglob("*.duckdb"))
    assert first_desk.file_uploader[0].value == []


def test_good_files_are_recorded_and_faulty_ones_wait(first_desk: AppTest, tmp_path: Path) -> None:
    desk, data = first_desk, tmp_path / "new"
    drop(desk, tot=products(7), sai=report(GIA_VIEN, changes=FAULTY))
    desk.text_input(key="intake-by").input("Lan").run()
    assert desk.button(key="record").label == "Ghi nhận 1 tệp hợp lệ"
    press(desk, "record")
    assert desk.success[0].value.startswith("Đã lưu: 1 báo cáo được ghi nhận.")
    assert desk.title[0].value == "1 tệp: 1 cần sửa"
    assert "Chưa có gì" not in said(desk), "something was stored just now"
    assert ask(data, STATUSES) == [(BINH_GIANG, 1, "accepted", "", "Lan")]
    press(desk, "return-all")
    assert desk.success[0].value.startswith("Đã lưu: 1 báo cáo bị trả lại.")
    assert desk.title[0].value == "Nộp báo cáo"
    assert ask(data, STATUSES) == [(BINH_GIANG, 1, "accepted", "", "Lan"), (GIA_VIEN, 1, "returned", "", "Lan")]
    assert [each.label for each in desk.get("download_button")] == ["Tải 1 tệp đã đánh dấu lỗi"]


def test_a_good_file_is_sent_back_only_with_a_reason(desk: AppTest, data: Path) -> None:
    drop(desk, tot=products(7))
    press(desk, "return-now-one")
    assert "Ghi rõ lý do" in desk.error[0].value
    assert ask(data, STATUSES) == []
    desk.text_input(key="why-one").input("Thiếu chữ ký của lãnh đạo")
    press(desk, "return-now-one")
    assert ask(data, STATUSES) == [(BINH_GIANG, 1, "returned", "Thiếu chữ ký của lãnh đạo", "trang nộp báo cáo")]


def test_what_is_left_out_leaves_nothing_behind(desk: AppTest, data: Path) -> None:
    drop(desk, tot=products(7), khac=products(3, GIA_VIEN))
    press(desk, "leave-one")
    assert desk.title[0].value == "1 tệp: 1 hợp lệ"
    press(desk, "leave-out")
    assert desk.title[0].value == "Nộp báo cáo"
    assert not list(data.rglob("*.xlsx"))


def test_results_of_an_earlier_file_do_not_linger(desk: AppTest) -> None:
    drop(desk, bao_cao=report(GIA_VIEN, changes=FAULTY))
    assert "Hồ sơ trực tuyến (5)" in said(desk)
    drop(desk, bao_cao=report(GIA_VIEN))
    assert desk.title[0].value == "1 tệp: 1 hợp lệ"
    assert "Hồ sơ trực tuyến (5)" not in said(desk)


def test_files_wait_while_another_page_is_looked_at(desk: AppTest, data: Path) -> None:
    drop(desk, tot=products(7))
    desk.switch_page("pages/admin/catalogue.py").run()
    desk.switch_page("pages/reports/submit.py").run()
    assert desk.title[0].value == "1 tệp: 1 hợp lệ"
    press(desk, "record")
    assert ask(data, "select count(*) from submission") == [(1,)]


def test_a_new_version_shows_its_changed_cells_and_what_they_do(desk: AppTest) -> None:
    press(drop(desk, lan_1=products(7)), "record")
    drop(desk, lan_2=products(9))
    assert "Nộp lại: thay lần nộp 1 đang có hiệu lực" in said(desk)
    assert [tab.label for tab in desk.tabs][:2] == ["Khác bản trước (1)", f"Chỉ tiêu ({effects_of(desk)})"]
    changed, moved = (frame.value for frame in desk.dataframe[1:3])
    assert changed.to_numpy().tolist() == [
        ["2_TUYEN_TRUYEN D4", "Tin, bài trên báo, đài, tạp chí · Số sản phẩm trong kỳ", "7", "9"]
    ]
    row = moved[moved["name"].str.startswith("CC03")].iloc[0]
    assert (row["unit"], row["city"], row["of"]) == ("7 → 9", "7 → 9", "1/115")


def effects_of(page: AppTest) -> int:
    return len(page.dataframe[2].value)


def test_the_same_bytes_say_when_and_by_whom(desk: AppTest) -> None:
    content = products(7)
    press(drop(desk, lan_1=content), "record")
    drop(desk, lan_2=content)
    assert desk.title[0].value == "1 tệp: 1 đã nhận rồi"
    assert "Đã nhận rồi: lan_1.xlsx, lần 1, nhận" in said(desk)
    assert "trang nộp báo cáo ghi" in said(desk)
    assert "record-one" not in {button.key for button in desk.button}


def test_the_second_of_two_analysts_is_told_and_chooses_again(desk: AppTest, data: Path) -> None:
    """Both look at a file of the same report; she records hers while he still has the old state before him."""
    hers = opened()
    drop(desk, cua_toi=products(7), khac=products(3, GIA_VIEN))
    drop(hers, cua_chi=products(9))
    hers.text_input(key="intake-by").input("Bình").run()
    press(hers, "record")
    press(desk, "record")
    assert "1 tệp chưa lưu: trong lúc xem, người khác đã ghi nhận bản khác" in desk.warning[0].value
    assert ask(data, "select unit_code, version, loaded_by from submission order by 1") == [
        (BINH_GIANG, 1, "Bình"), (GIA_VIEN, 1, "trang nộp báo cáo"),
    ]  # fmt: skip
    assert desk.title[0].value == "1 tệp: 1 có bản mới hơn"
    assert "lần nộp 1 của báo cáo này vừa được lưu (Bình ghi lúc" in said(desk)
    assert desk.dataframe[1].value.to_numpy().tolist()[0][2:] == ["9", "7"]
    assert desk.button(key="record").label == "Ghi nhận 0 tệp hợp lệ"
    press(desk, "record-one")
    assert ask(data, "select version, loaded_by from submission where unit_code = '10966' order by 1") == [
        (1, "Bình"), (2, "trang nộp báo cáo"),
    ]  # fmt: skip


def test_a_change_is_told_before_anything_is_chosen_too(desk: AppTest) -> None:
    """The page runs again for another reason: what changed under the analyst is marked, not slipped in."""
    hers = opened()
    drop(desk, cua_toi=products(7))
    press(drop(hers, cua_chi=products(9)), "record")
    desk.run()
    assert desk.title[0].value == "1 tệp: 1 có bản mới hơn"
    assert desk.button(key="record").label == "Ghi nhận 0 tệp hợp lệ"


def test_an_earlier_date_of_receipt_holds_for_the_batch(
    desk: AppTest, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(desk, tot=products(7))
    day, hour = desk.date_input[0], desk.time_input[0]
    day.set_value(day.value.replace(2026, 11, 19))
    hour.set_value(hour.value.replace(16, 30))
    later = asking.now() + dt.timedelta(minutes=1)
    monkeypatch.setattr(asking, "now", lambda: later)  # whoever types takes a while
    submit = next(each for each in desk.button if each.label == "Dùng cho cả đợt")
    submit.click().run()
    assert "phải có lý do" in desk.error[0].value
    next(each for each in desk.text_input if each.label == "Lý do").input("Nhận qua thư điện tử")
    next(each for each in desk.button if each.label == "Dùng cho cả đợt").click().run()
    assert not desk.error
    press(desk, "record")
    assert [str(one) for one in ask(data, "select received_at from submission")[0]] == ["2026-11-19 16:30:00"]
    assert ask(data, "select on_time from report") == [(True,)]
    assert ask(data, "select reason from event where action = 'received'") == [("Nhận qua thư điện tử",)]


def test_a_shared_snapshot_stays_open_while_files_are_recorded(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page's open snapshot and the check of files live in one process."""
    data = shutil.copytree(filled, tmp_path / "data")
    monkeypatch.setenv("NQ57_DATA", str(data))
    page = drop(opened(), tot=report("11948", tasks=(task("11948-2026-901"),)), hong=b"khong phai")
    press(page, "record")
    press(page, "return-all")
    assert page.success[0].value.startswith("Đã lưu: 1 tệp không đọc được")


SECRETS = ("0912 345 678", "031234567890", "nguyenvana@gmail.com")


def every_text(page: AppTest) -> str:
    """All that a page shows, tables and buttons too."""
    frames = [each.value.to_csv() for each in page.dataframe]
    return "\n".join([said(page), *frames, str([each.proto for each in page.main])]).replace("\\", "")


def test_personal_data_are_masked_wherever_a_dropped_file_is_shown(desk: AppTest) -> None:
    """In its name, in its findings, and in what it would change."""
    drop(desk, tot=report(remarks=(("KHO_KHAN", "Thiếu kinh phí", "SO"),), tasks=(task("10966-2026-001"),)))
    press(desk, "record")
    phone, paper, mail = SECRETS
    faulty = report(
        changes={"1_THONG_TIN signed_date": f"hỏi {paper}", PRODUCTS: 9},
        remarks=(("KHO_KHAN", f"Liên hệ {phone} để xử lý", "SO"),),
        tasks=(task("10966-2026-001", responsible=f"Ông A {mail}"),),
    )
    drop(desk, **{f"Ông A {phone}": faulty})
    shown = every_text(desk)
    assert "dữ liệu cá nhân" in shown
    assert [secret for secret in SECRETS if secret in shown] == []
