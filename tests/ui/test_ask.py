"""The one door to the warehouse: asked once a snapshot, and again when there is a newer one."""

from pathlib import Path

import pandas as pd
import pytest
from duckdb import DuckDBPyConnection

from etl import warehouse
from tests.apps import app
from tests.folders import writing

TIMES: list[str] = []


def counted(con: DuckDBPyConnection, code: str) -> pd.DataFrame:
    """A question that says when it was really asked."""
    TIMES.append(code)
    return con.execute("select name from unit where unit_code = $code", {"code": code}).df()


def script() -> None:
    import streamlit as st

    from tests.ui.test_ask import counted
    from ui import ask

    ask.start_run()
    st.text("empty" if ask.is_empty() else ask.ask(counted, "1")["name"].iloc[0])


def published(data: Path, name: str) -> None:
    with writing(data) as con:
        con.execute("delete from unit")
        con.execute(
            "insert into unit (unit_code, name, full_name, kind, valid_from) values ('1', $name, '', 'xa', '2025-07-01')",
            {"name": name},
        )
        warehouse.publish(con, data)


def test_an_answer_is_remembered_until_something_newer_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NQ57_DATA", str(tmp_path))
    TIMES.clear()
    page = app(script).run()
    assert page.text[0].value == "empty"
    published(tmp_path, "cũ")
    assert page.run().text[0].value == "cũ"
    assert page.run().text[0].value == "cũ"
    assert TIMES == ["1"]
    published(tmp_path, "mới")
    assert page.run().text[0].value == "mới"
    assert TIMES == ["1", "1"]
    assert not page.exception


def looks() -> None:
    import streamlit as st

    from ui import ask

    if "began" not in st.session_state:
        st.session_state["began"] = True
        ask.start_run()
    st.text("newer" if ask.is_stale() else "newest")


def test_a_run_knows_when_something_newer_was_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NQ57_DATA", str(tmp_path))
    published(tmp_path, "một")
    page = app(looks).run()
    assert page.text[0].value == "newest"
    published(tmp_path, "hai")
    assert page.run().text[0].value == "newer"
