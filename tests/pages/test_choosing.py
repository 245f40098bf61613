"""What the address asks of a page is what the page shows; numbers and findings carry addresses of their own."""

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from etl.warehouse import open_to_read
from queries import work
from tests.apps import dashboard
from ui import choosing, filters, formats

CELLS = "pages/reports/cells.py"
LONGER = (
    "pages/steering/overview.py", "pages/analysis/channels.py", "pages/analysis/completion.py", "pages/analysis/services.py", "pages/analysis/skills.py", "pages/analysis/unit.py", CELLS,
)  # fmt: skip


@pytest.fixture(autouse=True)
def served(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NQ57_DATA", str(filled))


def opened(**asked: str) -> AppTest:
    """The dashboard in a new window."""
    return asking(dashboard(), asked).run()


def at_address(script: str, **asked: str) -> AppTest:
    """A page by its address, in a new window: the first run learns which pages there are, and that of the frame's
    choices.
    """
    return asking(opened(**asked).switch_page(script), asked).run()


def asking(page: AppTest, asked: Mapping[str, str]) -> AppTest:
    """A page with what stands behind the question mark of its address."""
    for name, value in asked.items():
        page.query_params[name] = value
    return page


def said(page: AppTest) -> str:
    """Everything a page says in words."""
    return " ".join(str(each.value) for each in [*page.title, *page.markdown, *page.caption, *page.info])


def roles(data: Path) -> dict[str, str]:
    """The parts of units that may lead work."""
    con = open_to_read(data)
    known = work.roles(con)
    con.close()
    return known


def test_a_role_asked_for_is_the_only_one_counted(filled: Path) -> None:
    everything = at_address("pages/analysis/completion.py").metric[0].value
    name = roles(filled)["U01"]
    page = at_address("pages/analysis/completion.py", **{choosing.ROLE: name})
    assert page.selectbox(key=choosing.ROLE).value == "U01"
    assert f"**{name.replace('-', chr(92) + '-')}.**" in said(page)
    assert page.metric[0].value != everything
    pressing = next((table.value for table in page.dataframe if "obstacle" in table.value), None)
    assert pressing is None or set(pressing["role"]) == {name}


def test_work_nobody_has_is_a_sentence(filled: Path) -> None:
    page = at_address("pages/analysis/completion.py", **{choosing.ROLE: roles(filled)["U13"]})
    assert not page.error
    assert "Chưa có số liệu nhiệm vụ" in said(page)


def test_a_channel_group_asked_for_shows_who_is_silent_on_it() -> None:
    page = at_address("pages/analysis/channels.py")
    words = next(one for one in page.selectbox(key=choosing.CHANNEL_GROUP).options if one.startswith("K05"))
    page = at_address("pages/analysis/channels.py", **{choosing.CHANNEL_GROUP: words})
    assert not page.error
    assert "chưa có sản phẩm trên kênh K05" in said(page)
    assert all(one.startswith("K05") for one in page.selectbox(key=choosing.CHANNEL).options)


def test_documents_are_of_the_month_or_of_a_longer_period_it_lies_in() -> None:
    page = at_address("pages/reports/export.py")
    month = page.selectbox(key=filters.PERIOD).options[0]
    assert page.title[0].value == f"Xuất báo cáo t{month[1:]}"
    assert "Công văn, bộ đôn đốc lập cho" not in said(page)
    page = at_address("pages/reports/export.py", **{filters.SPAN: "Theo quý"})
    assert page.title[0].value.startswith("Xuất báo cáo quý ")
    assert f"Công văn, bộ đôn đốc lập cho t{month[1:]}." in said(page)
    page = at_address("pages/reports/export.py", **{filters.SPAN: "Theo tuần"})
    assert page.title[0].value == f"Xuất báo cáo t{month[1:]}"


@pytest.mark.parametrize("script", LONGER)
def test_a_page_of_numbers_is_of_a_year_too(script: str) -> None:
    page = at_address(script, **{filters.SPAN: "Theo năm"})
    year = page.selectbox(key=filters.PERIOD).options[0].rpartition("/")[2]
    assert not page.error
    assert page.title[0].value.startswith(f"Năm {year}: ")
    assert not [one for one in at_address(script).title if one.value.startswith("Năm ")]


def test_the_work_left_is_told_of_its_month_beside_a_longer_period() -> None:
    page, of_year = (at_address("pages/analysis/completion.py", **asked) for asked in ({}, {filters.SPAN: "Theo năm"}))
    left = re.compile(r"Tháng \d+/\d{4}: còn [\d.]+/[\d.]+ nhiệm vụ chưa hoàn thành")
    assert left.search(said(of_year))
    assert not left.search(said(page))


@pytest.mark.parametrize("days", [0, 1])
def test_numbers_that_may_still_change_are_called_provisional(days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the reports of the period's last month are due."""
    asked = {filters.SPAN: "Theo năm"}
    due_at = at_address("pages/analysis/channels.py", **asked).session_state[filters.CHOSEN].due_at
    monkeypatch.setattr("ui.filters.today", lambda: due_at.date() + dt.timedelta(days))
    assert ("· Số liệu tạm tính" in said(at_address("pages/analysis/channels.py", **asked))) == (days == 0)
    assert "· Số liệu tạm tính" not in said(at_address("pages/reports/submit.py"))
    unit = at_address("pages/analysis/unit.py", **asked, **{choosing.UNIT: "Phường Gia Viên"})
    (indicators,) = (table.value for table in unit.dataframe if "made_of" in table.value)
    assert ("chỉ tiêu đạt" in unit.title[0].value, "level" in indicators) == (days == 1, days == 1)


def test_pages_that_know_months_only_offer_no_longer_period() -> None:
    page = at_address("pages/reports/status.py", **{filters.SPAN: "Theo năm"})
    assert page.title[0].value.startswith("Tháng ")
    assert filters.SPAN not in [one.key for one in page.selectbox]


def test_a_number_of_a_year_leads_over_units_and_months_to_its_cells(filled: Path) -> None:
    con = open_to_read(filled)
    asked = """
        select u.full_name, period.name, v.numerator, sum(v.numerator) over (partition by unit_code)
        from indicator_value v join unit u using (unit_code) join period using (period)
        where indicator = 'DV01' and left(v.period, 4) = (select max(left(period, 4)) from indicator_value)
        order by count(*) over (partition by unit_code) desc, v.unit_code, v.period limit 1
    """
    unit, month, of_month, of_year = con.execute(asked).fetchall()[0]
    con.close()
    words = next(one for one in at_address(CELLS).selectbox(key=choosing.TRACED).options if one.startswith("DV01"))
    asked_for = {filters.SPAN: "Theo năm", choosing.TRACED: words}
    units = at_address(CELLS, **asked_for).dataframe[0].value
    assert units.set_index("unit").loc[unit, "numerator"] == of_year
    assert units["denominator"].is_monotonic_decreasing
    page = at_address(CELLS, **asked_for, **{choosing.TRACED_UNIT: unit})
    months = page.dataframe[0].value
    assert months["numerator"].sum() == of_year
    assert f"({formats.number(of_year)})" in said(page)
    page = at_address(CELLS, **asked_for, **{choosing.TRACED_UNIT: unit, choosing.TRACED_PERIOD: month})
    assert page.title[0].value.startswith(month)
    assert of_month in list(page.dataframe[0].value["value"])


def test_words_the_page_does_not_know_are_passed_over() -> None:
    page = at_address("pages/analysis/completion.py", **{choosing.ROLE: "Phòng không có"})
    assert not page.error
    assert page.selectbox(key=choosing.ROLE).value is None


def test_cards_and_findings_lead_to_addresses() -> None:
    page = opened()
    words = "".join(one.value for one in page.markdown)
    links = [(where, parse_qs(asked)) for where, asked in re.findall(r"\]\(([^()?]*)\??([^()]*)\)", words)]
    assert {where for where, _ in links} >= {"do-phu-theo-kenh", "hoan-thanh-nhiem-vu", "truy-xuat-so-lieu"}
    traced = [asked[choosing.TRACED][0] for where, asked in links if where == "truy-xuat-so-lieu"]
    assert [words.partition(" ")[0] for words in traced] == ["BC01", "CC01", "TC02", "DV01"]


def test_of_a_longer_period_who_needs_attention_is_told_of_its_latest_month(filled: Path) -> None:
    con = open_to_read(filled)
    asked = """
        select name, date_to from period where kind = 'month' and date_to < (select max(cut_off) from current_task)
        order by date_to desc limit 1
    """
    ((earlier, _),) = con.execute(asked).fetchall()
    con.close()
    page = at_address("pages/steering/overview.py", **{filters.PERIOD: earlier, filters.SPAN: "Theo năm"})
    assert not page.error
    assert f"##### {earlier}: điểm đáng chú ý" in said(page)
    assert "Báo cáo đã nộp" in [one.label for one in page.metric]
    month = at_address("pages/steering/overview.py", **{filters.PERIOD: earlier})
    assert "##### Điểm đáng chú ý" in said(month)
    assert month.metric[0].value != page.metric[0].value


def test_a_unit_is_told_of_over_a_year_with_the_tasks_of_its_last_month(filled: Path) -> None:
    con = open_to_read(filled)
    asked = """
        select u.full_name, arg_max(p.name, p.date_to) from current_task t join unit u using (unit_code)
        join period p using (period)
        where left(t.period, 4) = (select max(left(period, 4)) from current_task) group by 1 order by 1 limit 1
    """
    unit, month = con.execute(asked).fetchall()[0]
    con.close()
    page = at_address("pages/analysis/unit.py", **{filters.SPAN: "Theo năm", choosing.UNIT: unit})
    assert not page.error
    assert page.title[0].value.startswith(f"{unit}, năm ")
    assert re.search(rf"##### {month}: \d+ nhiệm vụ", said(page))
    page = at_address("pages/analysis/unit.py", **{choosing.UNIT: unit})
    assert re.search(r"##### \d+ nhiệm vụ", said(page))
