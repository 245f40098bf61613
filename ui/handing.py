"""Hands ready messages to Streamlit, as st.dataframe and st.plotly_chart of 1.67 do with the ones they make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.elements.arrow import DataframeSelectionSerde
from streamlit.elements.lib.layout_utils import LayoutConfig
from streamlit.elements.lib.utils import compute_and_register_element_id
from streamlit.elements.plotly_chart import PlotlyChartSelectionSerde
from streamlit.proto.Dataframe_pb2 import Dataframe
from streamlit.proto.PlotlyChart_pb2 import PlotlyChart
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import register_widget

PAGE = st._main


def show_table(message: Dataframe, height: int) -> None:
    """Put a table on the page."""
    PAGE._enqueue("dataframe", message, LayoutConfig("stretch", height))


def clicked_cells(message: Dataframe, height: int, key: str) -> Sequence[tuple[int, str]]:
    """Put a table on the page; gives row and column of the cell that was clicked on."""
    own = Dataframe(selection_mode=[Dataframe.SelectionMode.SINGLE_CELL])
    own.MergeFrom(message)
    own.id = compute_and_register_element_id("dataframe", user_key=key, dg=PAGE, key_as_main_identity=True)
    show_table(own, height)
    cells: Sequence[tuple[int, str]] = _selection(own.id, DataframeSelectionSerde()).cells
    return cells


def picked(message: Dataframe, height: int, key: str) -> tuple[Sequence[int], Sequence[tuple[int, str]]]:
    """Put a table on the page whose rows can be ticked; gives the rows ticked, and the cell that was clicked on."""
    own = Dataframe(selection_mode=[Dataframe.SelectionMode.MULTI_ROW, Dataframe.SelectionMode.SINGLE_CELL])
    own.MergeFrom(message)
    own.id = compute_and_register_element_id("dataframe", user_key=key, dg=PAGE, key_as_main_identity=True)
    show_table(own, height)
    selection = _selection(own.id, DataframeSelectionSerde())
    return selection.rows, selection.cells


def show_chart(message: PlotlyChart, height: int, key: str) -> str:
    """Put a chart on the page; gives its name there, which goes with what it shows."""
    own = PlotlyChart()
    own.CopyFrom(message)
    own.id = compute_and_register_element_id(
        "plotly_chart", user_key=key, dg=PAGE, key_as_main_identity=False, spec=own.spec, alt=own.alt
    )
    PAGE._enqueue("plotly_chart", own, LayoutConfig("stretch", height))
    return own.id


def clicked_marks(message: PlotlyChart, height: int, key: str) -> Sequence[dict[str, Any]]:
    """Put a chart on the page; gives the mark that was clicked on."""
    own = PlotlyChart(selection_mode=[PlotlyChart.SelectionMode.POINTS])
    own.MergeFrom(message)
    points: Sequence[dict[str, Any]] = _selection(show_chart(own, height, key), PlotlyChartSelectionSerde()).points
    return points


def _selection(element: str, serde: Any) -> Any:
    """What is selected in an element."""
    registered = register_widget(
        element, deserializer=serde.deserialize, serializer=serde.serialize, ctx=get_script_run_ctx(),
        value_type="string_value",
    )  # fmt: skip
    return registered.value.selection
