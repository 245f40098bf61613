"""Every page in its frame, with nothing in the warehouse and with a small demonstration in it."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from etl import load_demo
from etl.actors import Actor, act_as
from tests.apps import dashboard
from ui import ask, remembering
from ui.remembering import share

ROOT = Path(__file__).resolve().parent.parent.parent
OF_NATION = "nation"
"""The page of a national server alone (tests/test_nation.py)."""
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").rglob("*.py") if path.stem != OF_NATION)
ALWAYS = ("pages/reports/submit.py", "pages/admin/catalogue.py", "pages/admin/audit.py")


def opened(data: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("NQ57_DATA", str(data))
    return dashboard().run()


def test_the_first_page_explains_the_first_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(tmp_path, monkeypatch)
    assert not page.exception
    assert [title.value for title in page.title] == ["Bắt đầu theo dõi Nghị quyết 57"]
    assert page.button(key="make-demo").label == "Tạo dữ liệu minh họa"


def test_demonstration_data_are_made_and_cleared_by_those_alone_who_may(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role, may in (("admin", True), ("analyst", False)):
        monkeypatch.setattr("ui.signin.entry.enter", lambda role=role: act_as(Actor("an@haiphong.gov.vn", role)))
        pages = opened(tmp_path, monkeypatch), opened(filled, monkeypatch).switch_page("pages/reports/submit.py").run()
        for page, key in zip(pages, ("make-demo", "clear-demo"), strict=True):
            assert (key in {button.key for button in page.button}) == may


@pytest.mark.parametrize("script", [path for path in PAGES if path != "pages/steering/overview.py"])
def test_a_page_without_data_is_a_sentence_not_an_error(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(tmp_path, monkeypatch).switch_page(script).run()
    assert not page.exception
    assert not page.error
    assert len(page.title) == 1


@pytest.mark.parametrize("script", [path for path in PAGES if path != "pages/steering/start.py"])
def test_a_page_with_data_says_a_finding_and_how_fresh_it_is(
    script: str, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(filled, monkeypatch).switch_page(script).run()
    assert not page.exception
    assert not page.error
    (title,) = page.title
    assert len(title.value) > 5
    if script not in ALWAYS:
        assert "11/2026" in title.value or "11/2026" in " ".join(each.value for each in page.markdown)


@pytest.mark.parametrize("script", [path for path in PAGES if path != "pages/steering/start.py"])
def test_a_page_shown_again_makes_nothing_anew_and_changes_nothing_shared(
    script: str, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pandas has no way to forbid it: a column can be added to any frame, and written to one whose memory is shared."""
    made: list[Any] = []
    frames: list[tuple[pd.DataFrame, pd.DataFrame]] = []

    def noted(thing: Any) -> Any:
        made.append(thing)
        if isinstance(thing, pd.DataFrame):
            frames.append((thing, thing.copy()))
        return share(thing)

    ask._answer.cache_clear()
    monkeypatch.setattr(ask, "share", noted)
    monkeypatch.setattr(remembering, "share", noted)
    page = opened(filled, monkeypatch).switch_page(script).run()
    made.clear()
    page.run()
    assert not page.exception
    assert not page.error
    assert not made
    assert frames
    for frame, copy in frames:
        pd.testing.assert_frame_equal(frame, copy)


def test_the_demonstration_can_be_made_from_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Worker processes must not run the dashboard again: under Streamlit it is their parent's main script. The files of
    16 units are enough to employ them.
    """
    from ui.parts import start

    monkeypatch.setattr(start, "DEMO_MONTHS", 1)
    monkeypatch.setattr(start, "load_demo", lambda data, **how: load_demo(data, **how | {"units": 16}))
    page = opened(tmp_path, monkeypatch)
    page.button(key="make-demo").click().run()
    assert not page.exception
    assert not page.error
    assert page.title[0].value.startswith("Tháng 11/2026") or "2026" in page.title[0].value
