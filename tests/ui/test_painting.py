"""Ready messages are those that Streamlit itself makes of the same table and figure."""

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from tests.apps import app

FRAME = pd.DataFrame({"unit": ["Xã A", "Xã B"], "value": [12.5, float("nan")], "line": [[1.0], []]}, index=[4, 7])
TEXTS = {"value": ["12,5%", "—"]}
STYLES = {"value": ["background-color: #112233", ""]}
FIGURE: dict[str, Any] = {
    "data": [{"type": "bar", "x": [1, 2], "y": [3.5, float("nan")], "name": "</script>"}], "layout": {"height": 333},
}  # fmt: skip


def columns() -> dict[str, Any]:
    return {"unit": st.column_config.Column("Đơn vị", pinned=True), "line": st.column_config.LineChartColumn("Dòng")}


def ours() -> None:
    from tests.ui import test_painting as given
    from ui import charts, handing, painting

    table = painting.table(given.FRAME.to_dict("list"), given.TEXTS, given.STYLES, given.columns(), 35, "bang", "Bảng")
    assert list(handing.clicked_cells(table, 110, "bang")) == []
    assert charts.clicked(charts.drawn(given.FIGURE, "Hình"), "hinh") == ""


def theirs() -> None:
    import streamlit as st

    from tests.ui import test_painting as given
    from ui.charts import CONFIG

    styled = given.FRAME.reset_index(drop=True).style.set_uuid("bang")
    styled.format({"value": lambda one: given.TEXTS["value"][int(one != one)]})
    styled.apply(lambda _: given.STYLES["value"], subset=["value"])
    st.dataframe(
        styled, key="bang", alt="Bảng", hide_index=True, row_height=35, height=110, placeholder="—",
        column_config=given.columns(), on_select="rerun", selection_mode="single-cell",
    )  # fmt: skip
    st.plotly_chart(given.FIGURE, key="hinh", config=CONFIG, alt="Hình", on_select="rerun", selection_mode="points")


def message(script: Callable[[], None], kind: str) -> Any:
    """The message of the only element of its kind on a page."""
    page = app(script).run()
    assert not page.exception
    return page.get(kind)[0].proto


def opened(sent: bytes) -> dict[str, list[Any]]:
    """An Arrow message by its columns."""
    return pa.ipc.open_stream(sent).read_all().to_pydict()


def test_a_table_is_the_one_streamlit_makes() -> None:
    mine, its = message(ours, "dataframe"), message(theirs, "dataframe")
    for one in (mine, its):
        data, shown = opened(one.arrow_data.data), opened(one.arrow_data.styler.display_values)
        if one is mine:
            assert shown["unit"] == [None, None]  # words are not sent twice
            shown["unit"] = data["unit"]
        one.arrow_data.styler.display_values, one.arrow_data.data = repr(shown).encode(), repr(data).encode()
    assert mine.arrow_data.styler == its.arrow_data.styler
    mine.id = its.id
    assert mine == its


def test_a_chart_is_the_one_streamlit_makes() -> None:
    mine, its = message(ours, "plotly_chart"), message(theirs, "plotly_chart")
    drawn = json.loads(its.spec)
    del drawn["layout"]["template"]  # Plotly's own looks, which ours do without
    assert json.loads(mine.spec) == drawn
    assert "</script>" not in mine.spec
    mine.id, mine.spec = its.id, its.spec
    assert mine == its
