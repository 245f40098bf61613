"""What Streamlit makes of a painted frame: the texts and styles are those that were handed over."""

import pandas as pd
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.elements.lib.pandas_styler_utils import marshall_styler
from streamlit.proto.ArrowData_pb2 import ArrowData

from ui.painting import painted


def test_streamlit_shows_the_texts_and_the_styles() -> None:
    frame = pd.DataFrame({"unit": ["Xã A", "Xã B"], "value": [12.5, float("nan")]})
    proto = ArrowData()
    texts = {"value": ["12,5%", "—"]}
    marshall_styler(proto, painted(frame, texts, {"value": ["background-color: #112233", ""]}, "bang"), "x")
    shown = convert_arrow_bytes_to_pandas_df(proto.styler.display_values)
    assert list(shown["value"]) == ["12,5%", "—"]
    assert list(shown["unit"]) == ["Xã A", "Xã B"]
    assert proto.styler.styles == "#T_bang_row0_col1 { background-color: #112233 }"
