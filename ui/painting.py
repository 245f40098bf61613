"""Tables and charts as the messages that Streamlit sends to the browser.

st.dataframe and st.plotly_chart make these messages anew at every run of a page; for a table of a hundred units that
takes longer than all the rest. Here a message is made of lists, and it can be remembered. Messages are Streamlit's own
business (this is how 1.67 has them), hence only this module and ui/handing.py know them, and a test compares them with
those that Streamlit makes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
from plotly.io.json import to_json_plotly
from streamlit.dataframe_util import convert_arrow_table_to_arrow_bytes
from streamlit.elements.lib.column_config_utils import INDEX_IDENTIFIER, marshall_column_config
from streamlit.proto.Dataframe_pb2 import Dataframe
from streamlit.proto.PlotlyChart_pb2 import PlotlyChart

from ui import formats
from ui.drawing import Figure

Texts = Mapping[str, Sequence[str]]
COLOURS = "streamlit"
"""The theme of charts: the browser puts its own colours in the place of placeholders."""


def table(
    columns: Mapping[str, Sequence[Any]], texts: Texts, styles: Texts, config: Mapping[Any, Any], row_height: int,
    key: str, alt: str,
) -> Dataframe:  # fmt: skip
    """A table that sorts by its values; in some columns it shows texts in their place, and its cells have the style
    given ("" for none).
    """
    message = Dataframe(alt=alt, row_height=row_height, placeholder=formats.NONE)
    message.arrow_data.data = arrow(columns)
    message.arrow_data.styler.uuid = key
    message.arrow_data.styler.styles = "\n".join(rules(key, list(columns), styles))
    message.arrow_data.styler.display_values = arrow(
        {name: texts.get(name) or written(values) for name, values in columns.items()}
    )
    marshall_column_config(message, {**config, INDEX_IDENTIFIER: {"hidden": True}})
    return message


def arrow(columns: Mapping[str, Sequence[Any]]) -> bytes:
    """Columns as Arrow sends them, missing where NaN."""
    return convert_arrow_table_to_arrow_bytes(
        pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})
    )


def written(values: Sequence[Any]) -> Sequence[str | None]:
    """What a column shows that has no texts of its own; words show as they are, and need not be sent twice."""
    if all(isinstance(one, str) or formats.is_missing(one) for one in values):
        return [None] * len(values)
    return [None if formats.is_missing(one) else str(one) for one in values]


def rules(key: str, names: Sequence[str], styles: Texts) -> Iterator[str]:
    """The style sheet of a table; cells alike share a rule."""
    alike: dict[str, list[str]] = {}
    for name, those in styles.items():
        place = names.index(name)
        for row, style in enumerate(those):
            if style:
                alike.setdefault(style, []).append(f"#T_{key}_row{row}_col{place}")
    for style, cells in alike.items():
        yield f"{', '.join(cells)} {{ {style} }}"


def chart(figure: Figure, config: Mapping[str, Any], alt: str) -> PlotlyChart:
    """A figure, which is known to be right: Plotly would check every value again."""
    return PlotlyChart(spec=to_json_plotly(figure), config=json.dumps(config), alt=alt, theme=COLOURS)
