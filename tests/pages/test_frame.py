"""What surrounds every page: choices that hold from page to page, freshness, and a net for faults."""

from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from etl import warehouse
from tests.apps import dashboard
from ui.parts import channels as channel_parts

HOSTILE = "**Xã** <b>Lạ</b> [x](http://x) :red[đỏ] $1$"


@pytest.fixture
def page(filled: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("NQ57_DATA", str(filled))
    return dashboard().run()


def test_a_choice_holds_from_page_to_page(page: AppTest) -> None:
    earlier = page.selectbox(key="ky").options[1]
    page.selectbox(key="ky").select_index(1).run()
    assert earlier in page.title[0].value
    page.switch_page("pages/reports/status.py").run()
    assert earlier in page.title[0].value
    page.switch_page("pages/reports/submit.py").run()
    page.switch_page("pages/analysis/services.py").run()
    assert earlier in page.title[0].value


def test_the_choice_of_units_is_said(page: AppTest) -> None:
    kind = page.selectbox(key="loai").options[1]
    page.selectbox(key="loai").select_index(1).run()
    assert any(kind in each.value for each in page.markdown)
    assert not page.error


def test_the_banner_says_that_it_is_a_demonstration_and_how_fresh(page: AppTest) -> None:
    assert any("Dữ liệu minh họa" in each.value for each in page.markdown)
    assert any(each.value.startswith("Số liệu chốt lúc ") for each in page.caption)


def test_units_that_do_not_exist_are_a_sentence(page: AppTest) -> None:
    kinds, districts = page.selectbox(key="loai"), page.selectbox(key="dia-ban")
    for kind in range(1, len(kinds.options)):
        for district in range(1, len(districts.options)):
            page.selectbox(key="loai").select_index(kind)
            page.selectbox(key="dia-ban").select_index(district).run()
            assert not page.error
            if page.info and "Không có đơn vị nào" in page.info[0].value:
                return
    pytest.skip("every kind has units in every district of this demonstration")


def test_a_fault_is_a_sentence_with_a_code_not_a_trace(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(channel_parts, "silence", broken)
    page.switch_page("pages/analysis/channels.py").run()
    assert not page.exception
    assert "vẫn an toàn" in page.error[0].value
    assert "secret" not in page.error[0].value


@pytest.mark.parametrize(
    "script", ["pages/analysis/channels.py", "pages/analysis/services.py", "pages/reports/status.py"]
)
def test_names_from_the_warehouse_are_never_obeyed(
    script: str, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "published").mkdir()
    hostile = tmp_path / "published" / "warehouse-00000001.duckdb"
    hostile.write_bytes((filled / "published" / warehouse.version(filled)).read_bytes())
    (tmp_path / "published" / "current").write_text(hostile.name)
    with duckdb.connect(str(hostile)) as con:
        con.execute("update unit set full_name = $name, name = $name", {"name": HOSTILE})
        con.execute("update channel set name = $name", {"name": HOSTILE})
        con.execute("update theme set short_name = $name", {"name": HOSTILE})
        con.execute("update indicator set name = $name", {"name": HOSTILE})
    monkeypatch.setenv("NQ57_DATA", str(tmp_path))
    page = dashboard().run().switch_page(script).run()
    assert not page.error
    for each in [*page.title, *page.markdown, *page.caption]:
        assert HOSTILE not in each.value, each.value
    for chart in page.get("plotly_chart"):
        assert "<b>Lạ</b>" not in chart.proto.spec
