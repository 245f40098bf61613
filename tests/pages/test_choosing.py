"""What the address asks of a page is what the page shows; numbers and findings carry addresses of their own."""

import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from etl.warehouse import open_to_read
from queries import work
from tests.apps import dashboard
from ui import choosing


@pytest.fixture(autouse=True)
def served(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NQ57_DATA", str(filled))


def opened() -> AppTest:
    """The dashboard in a new window."""
    return dashboard().run()


def at_address(script: str, **asked: str) -> AppTest:
    """A page by its address, in a new window."""
    page = opened().switch_page(script)
    for name, value in asked.items():
        page.query_params[name] = value
    return page.run()


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
    month, quarter, *_, year = page.selectbox(key=choosing.TAKEN_PERIOD).options
    assert (month, quarter[:4], year[:4]) == (page.selectbox(key="ky").options[0], "Quý ", "Năm ")
    assert "Công văn, bộ đôn đốc lập cho" not in said(page)
    page = at_address("pages/reports/export.py", **{choosing.TAKEN_PERIOD: quarter})
    assert page.title[0].value == f"Xuất báo cáo q{quarter[1:]}"
    assert f"Công văn, bộ đôn đốc lập cho t{month[1:]}." in said(page)
    page = at_address("pages/reports/export.py", **{choosing.TAKEN_PERIOD: "Quý không có"})
    assert page.title[0].value == f"Xuất báo cáo t{month[1:]}"


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
